"""The page on the best plan: which sentence is said when, in both languages."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiebei.answers import best_plan
from jiebei.answers.shared.example import Reader
from jiebei.compare.compare import Cash
from jiebei.language.chosen import speaking
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, apart
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.entered import read_again, read_extensions
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons
from jiebei.loan.loan import Loan
from jiebei.notebook.so_far import so_far
from jiebei.units.days import as_dates

START = "2026-12-01"
LOAN = Loan(9_000, daily_rate=0.0004, months=3, start=START)


def there(income: float = 5_000, cash: float = 4_000, keep: float = 500, **more: Any) -> Borrower:
    return Borrower((LOAN,), Budget(income, 1_000, cash, START), keep, **more)


def said(answer: Any) -> list[str]:
    """Return the keys of an answer's sentences, and read them in both languages."""
    for lang in ("en", "zh"):
        with speaking(lang):
            assert answer.headline
            assert "{" not in repr(answer)
    keys = [each.key for each in apart(answer.said) if isinstance(each, Words)]
    return [each.removeprefix("answer.best_plan.") for each in keys]


@pytest.mark.parametrize(
    ("borrower", "keys"),
    [
        (there(), ["today", "keeps_reserve", "why", "then", "leaves", "proof", "open"]),
        (there(savings_rate=0.9), ["nothing_ever", "why_nothing", "leaves_same", "proof", "open"]),
        (there(cash=500), ["today_reserve", "first", "why", "then", "leaves", "proof", "open"]),
        (there(income=1_100, cash=10_000), ["today", "why", "leaves", "proof", "open"]),
        (
            there(income=3_000, cash=3_690),
            ["today", "keeps_reserve", "why", "then", "leaves_only", "proof", "open"],
        ),
        (there(income=1_000), ["missing_more", "cured"]),
        (there(income=3_000, cash=3_000, keep=0), ["missing", "cured"]),
        (there(cash=100), ["missing", "cured"]),
    ],
)
def test_what_is_said_first(borrower: Borrower, keys: list[str]) -> None:
    assert said(best_plan.answer(borrower)) == keys


COUPON = {"days": 15, "principal": 5_000, "use_by": "2026-12-31"}
AUNT = {"name": "aunt", "kind": "family", "balance": 2_000, "due": "2027-02-10"}


def test_the_calendar_says_to_use_the_coupon_and_to_pay_the_family_back() -> None:
    """With a fee the plan keeps the instalment, and the coupon is taken all the same, first."""
    loan = Loan(9_000, daily_rate=0.0004, months=6, start=START, prepay_fee_rate=0.015)
    coupons, debts = tuple(read_coupons([COUPON])), tuple(read([AUNT], START))
    found = best_plan.answer(replace(there(), loans=(loan,), coupons=coupons, debts=debts))
    steps = found.figures["to_do"].map(str)
    assert steps.iloc[0].startswith('use on this line: the coupon "15 days free')
    assert "which lets off ¥30.00" in steps.iloc[0]  # 5,000 x 0.04 % x 15 days
    assert steps.iloc[0].endswith(
        "early on this line, ¥3,446.92 of it principal, the rest interest and the fee, "
        "and choose in the app to shorten the term, with the instalment kept"
    )
    assert "pay back aunt, ¥2,000.00 due" in list(steps)
    assert steps.iloc[-1].startswith("the last due payment on this line")
    assert found.figures["repaid_early"].iloc[-1] == 0


def test_what_is_said_where_nothing_would_do() -> None:
    card = {"name": "c", "kind": "card", "balance": 9_000, "daily_rate": 0.0005, "limit": 9_000}
    debts = tuple(read([card], START))
    poor = there(income=1_000, cash=500, debts=debts)
    assert said(best_plan.answer(poor))[0].startswith("missing")


POOR = there(income=1_000)


@pytest.mark.parametrize(
    "ask",
    [
        best_plan.worth.answer,
        best_plan.worth.terms,
        best_plan.rules.answer,
        best_plan.depends.answer,
        lambda each: best_plan.futures.answer(each, {}, 1),
    ],
)
def test_without_a_plan_the_others_point_to_the_answer(ask: Any) -> None:
    assert said(ask(POOR)) == ["no_picture"]


@pytest.mark.parametrize(
    "draw",
    [
        best_plan.charts.payments,
        best_plan.charts.lanes,
        best_plan.worth.chart,
        best_plan.rules.chart,
    ],
)
def test_without_a_plan_there_is_no_picture(draw: Any) -> None:
    assert draw(POOR).key == "answer.best_plan.no_picture"


def test_rules_that_all_break_are_named_instead_of_drawn() -> None:
    """All is due at once in the end, and spent before by whoever pays as agreed."""
    family = {"name": "f", "kind": "family", "balance": 3_000, "due": "2027-02-01"}
    tight = there(income=3_280, cash=3_600, keep=0, debts=tuple(read([family], START)))
    found = best(tight)
    if found is not None:
        assert "rule_close" not in said(best_plan.rules.answer(tight))
        assert isinstance(best_plan.rules.chart(tight), Words)


def test_the_first_picture_shows_what_it_gains_and_what_to_choose() -> None:
    borrower = there()
    found = best(borrower)
    assert found is not None
    ax: Any = best_plan.charts.payments(borrower)
    gain = found.played.left - best_plan.steps.as_agreed(found).left
    assert ax.patches[-1].get_width() == pytest.approx(gain)
    written = [each.get_text() for each in ax.texts]
    lowered = [
        each
        for each in found.played.steps
        if best_plan.steps.lowers(found.ground.lanes[each.lane], each)
    ]
    assert sum("instalment lowered" in each for each in written) == len(lowered) > 0


def test_payments_that_have_no_bar_of_their_own_are_added_up_until_the_last_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    borrower = there()
    found = best(borrower)
    assert found is not None
    first, *others = best_plan.steps.early(found)
    assert len(others) > 1
    drawn: dict[Any, float] = {}
    monkeypatch.setattr(best_plan.charts, "MOST_ROWS", 1)
    monkeypatch.setattr("jiebei.charts.bars", lambda bars, *_, **__: drawn.update(bars))
    best_plan.charts.payments(borrower)
    later = {"n": len(others), "last": as_dates(max(each.day for each in others))}
    together = drawn[Words("answer.best_plan.bar_later", **later)]
    assert together == pytest.approx(sum(each.amount for each in others))
    assert first.amount in drawn.values()


@pytest.mark.parametrize(("paid", "due"), [([0, 500, 2_500], [2_500]), ([0, 3_000, 0], [])])
def test_family_is_reminded_of_what_is_left_on_its_last_day(
    paid: list[float], due: list[float]
) -> None:
    """Of 3,000 due on day 50, some or all comes on day 20."""
    flows = pd.DataFrame({"lane": 0, "day": [0, 20, 50], "payment": paid})
    lanes = [SimpleNamespace(kind="family", due=[50])]
    found: Any = SimpleNamespace(
        ground=SimpleNamespace(lanes=lanes), played=SimpleNamespace(flows=flows)
    )
    steps = list(best_plan.steps._family(found))
    assert [(each.day, each.what, each.amount) for each in steps] == [(50, "due", x) for x in due]


@pytest.mark.parametrize(
    ("cash", "kept"),
    [([2_000, 2_000, 500], True), ([2_000, 2_000, 2_000], False), ([2_000, 500, 500], False)],
)
def test_more_than_the_reserve_is_kept_where_it_goes_before_the_next_payday(
    monkeypatch: pytest.MonkeyPatch, cash: list[float], kept: bool
) -> None:
    """Paid early on day 10; 500 are the reserve, day 40 is the next payday."""
    borrower = SimpleNamespace(keep=500)
    months = SimpleNamespace(date=[9, 40])
    ground = SimpleNamespace(borrower=borrower, months=months, days=np.array([5, 10, 20]))
    found: Any = SimpleNamespace(ground=ground, played=SimpleNamespace(cash=np.array(cash)))
    monkeypatch.setattr(best_plan.notes, "early", lambda _: [SimpleNamespace(day=10)])
    assert bool(best_plan.notes._kept(found)) is kept


def test_a_rule_that_keeps_the_reserve_and_leaves_more_than_the_bound_does_not_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failed(lowest: float) -> int:
        checked: list[object] = []
        rule = SimpleNamespace(lowest=lowest, left=1e9)
        monkeypatch.setattr(best_plan.verdict, "ruled", lambda *_: rule)
        best_plan.verdict.check(there(), checked.append)
        return checked.count(False)

    assert failed(lowest=0.0) > 1
    assert failed(lowest=-1.0) == 0


def test_the_lesson_is_counted_from_the_stored_table() -> None:
    assert said(best_plan.lesson.answer())[0] == "often"
    assert said(best_plan.lesson.traits()) == ["traits"]


def test_the_calendar_adds_up() -> None:
    borrower = there()
    found = best(borrower)
    assert found is not None
    table = best_plan.answer(borrower).figures
    early = found.played.flows["payment"].sum() - table["due"].sum()
    due_elsewhere = found.played.flows.groupby("day")["payment"].sum()
    shown = set(table.index)
    assert early >= table["repaid_early"].sum() - 0.01
    assert len(shown) == len(table) <= len(due_elsewhere) + 1


def test_what_the_reader_did_not_type_is_fitted() -> None:
    loan = Loan(612_000, daily_rate=0.0004, months=24, start="2025-03-05")
    now = so_far(loan, {}, "")
    mine = best_plan.fitted(now, {**best_plan.EXAMPLE, "principal": 612_000})
    assert mine.take_home_pay > best_plan.EXAMPLE["take_home_pay"]
    assert best(best_plan.borrower(now, mine)) is not None
    typed = {**best_plan.EXAMPLE, "principal": 612_000, "take_home_pay": 9_000}
    assert best_plan.fitted(now, typed).take_home_pay == 9_000


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: read_extensions([{"month": 6}], START),
        lambda: read_extensions([{"months": 0}], START),
        lambda: read_extensions([{"months": 1}] * 5, START),
        lambda: read_again({"limit": 60_000}),
        lambda: read_again({"limit": -1, "months": 6}),
        lambda: read_again({"limit": 1, "months": 6, "lost": 2}),
        lambda: replace(there(), keep=-1),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(wrong: Any) -> None:
    with pytest.raises(JiebeiError) as refused:
        wrong()
    for lang in ("en", "zh"):
        with speaking(lang):
            assert "{" not in str(refused.value)


@pytest.mark.parametrize(
    ("borrower", "keys"),
    [
        (there(), ["today", "why", "short"]),
        (there(savings_rate=0.9), ["nothing_ever", "why_nothing", "short_same"]),
        (there(income=3_000, cash=3_690), ["today", "why", "leaves_only"]),
        (POOR, ["missing_more"]),
    ],
)
def test_in_short_it_says_what_to_do_first_and_why(borrower: Borrower, keys: list[str]) -> None:
    parts = [each for each in apart(best_plan.in_short(borrower)) if isinstance(each, Words)]
    assert [each.key.removeprefix("answer.best_plan.") for each in parts] == keys


def test_the_first_page_asks_for_its_readers_loan_and_cash_alone() -> None:
    """1,000 at 0.04 % for a month, all of it in hand: repaid today it spares 30 days or so."""
    loan = Loan(1_000, daily_rate=0.0004, months=1, start=START)
    found = best_plan.asked_by(Reader(loan, {"keep": loan}, 0.0, 0.0, Cash(1_100, -20, START)))
    assert said(found) == ["today", "why", "short"]
    assert found.figures["repaid_early"].sum() == 1_000.40  # a day of interest is owed in any case


def test_how_the_cash_came_about_adds_up_row_by_row() -> None:
    """Nothing is earned by savings: each row begins where the one before ended."""
    table = best_plan.how(there()).figures
    after = table["cash_ahead"] + table["income_spare"] - table["payment"]
    assert (after - table["cash_then"]).abs().max() < 0.001
    assert table["cash_ahead"].iloc[1:].to_list() == table["cash_then"].iloc[:-1].to_list()
    assert table["cash_then"].iloc[-1] == pytest.approx(best(there()).played.left)  # type: ignore[union-attr]
    assert said(best_plan.how(POOR)) == ["no_picture"]


def test_how_the_cash_came_about_tells_what_each_debt_takes() -> None:
    borrower = there(debts=tuple(read([AUNT], START)))
    table = best_plan.how(borrower).figures
    assert [str(each) for each in table] == [
        "cash_ahead", "income_spare", "to this line", "to aunt", "cash_then"
    ]  # fmt: skip
    paid = table.iloc[:, 2] + table.iloc[:, 3]
    after = table["cash_ahead"] + table["income_spare"] - paid
    assert (after - table["cash_then"]).abs().max() < 0.001
    assert table.iloc[:, 3].sum() == 2_000


FREE = replace(there(), loans=(Loan(9_000, daily_rate=0.0, months=3, start=START),))


@pytest.mark.parametrize(
    ("ask", "borrower", "keys"),
    [
        (best_plan.rules.answer, there(), ["rule_close_several"]),
        (best_plan.rules.answer, there(savings_rate=0.9), ["rule_equal"]),  # all as agreed
        (best_plan.rules.answer, there(cash=10_000, keep=0), ["rule_equal_several"]),  # all at once
        (
            best_plan.rules.answer,
            there(income=3_000, cash=3_690),
            ["rule_close_several", "rules_break"],
        ),
        (best_plan.worth.terms, there(), ["terms"]),
        (best_plan.worth.terms, FREE, ["terms_none"]),  # nothing is cheaper than free
        (best_plan.depends.answer, there(), ["depends"]),
        (best_plan.depends.answer, there(cash=20_000), ["depends_same"]),  # all, in any case
        (best_plan.depends.answer, there(cash=500), ["depends_none"]),  # a tenth less: too little
        (best_plan.how, there(), ["how"]),
    ],
)
def test_what_is_said_of_rules_terms_and_what_it_depends_on(
    ask: Any, borrower: Borrower, keys: list[str]
) -> None:
    found = ask(borrower)
    assert said(found) == keys
    if keys == ["depends_none"]:
        rows = found.figures["left_then"]
        assert apart(found.said)[0].fields["names"] == tuple(rows.index[rows.isna()])


def test_a_rule_breaks_in_the_month_in_which_the_reserve_is_touched() -> None:
    """3,690 and 2,000 a month, less 3,073.50 from January on: 469.50 are left in March, not 500."""
    table = best_plan.rules.answer(there(income=3_000, cash=3_690)).figures
    broken = {
        name.key.split("rule_")[-1]: name for name in table.index if pd.isna(table["loses"][name])
    }
    assert set(broken) == {"as_agreed", "half_a_year"}
    for lang, month in (("en", "Mar 2027"), ("zh", "2027年3月")):
        with speaking(lang):
            said_of = {key: str(table["breaks_in"][name]) for key, name in broken.items()}
            assert set(said_of.values()) == {month}
    assert set(table["breaks_in"].drop(list(broken.values()))) == {"–"}


@pytest.mark.parametrize(("keep", "kept"), [(500, [0.0, 1_000.0]), (0, [])])
def test_only_another_reserve_is_tried(keep: float, kept: list[float]) -> None:
    cases = best_plan.depends._cases(there(keep=keep))
    tried = [each.keep for name, each in cases.items() if name.key.endswith("case_keep")]
    assert tried == kept
    assert len(cases) == 4 + len(kept)


@pytest.mark.parametrize(
    ("lows", "keys"),
    [
        ([0, 0], ["rule_close_several"]),
        ([-1, 0], ["rule_close", "rule_breaks"]),
        ([-1, -1], ["rules_break"]),
    ],
)
def test_rules_that_break_are_counted(
    monkeypatch: pytest.MonkeyPatch, lows: list[float], keys: list[str]
) -> None:
    found = best(there())
    assert found is not None
    least = [replace(found.played, left=1.0, lowest=float(each)) for each in lows]
    names = (Words("a"), Words("b"))
    monkeypatch.setattr(best_plan.rules, "_played", lambda _: dict(zip(names, least, strict=True)))
    said = apart(best_plan.rules.answer(there()).said)
    assert [each.key for each in said] == [f"answer.best_plan.{key}" for key in keys]


@pytest.mark.parametrize(
    ("borrower", "key", "days"),
    [
        (there(), "binds", 2),  # today and on the first due day; the next one ends it
        (there(cash=9_000, keep=2_000), "binds_once", 1),
        (there(cash=20_000), "never_binds", 0),
    ],
)
def test_on_how_many_days_the_reserve_binds(borrower: Borrower, key: str, days: int) -> None:
    found = best(borrower)
    assert found is not None
    assert sum(found.played.cash < borrower.keep + 1) == days
    assert said(best_plan.worth.answer(borrower))[1] == key


def test_a_loan_without_interest_is_repaid_early_at_no_savings_rate() -> None:
    assert best_plan.depends.chart(FREE).key == "answer.best_plan.turn_never"  # type: ignore[union-attr]
    assert said(best_plan.answer(FREE))[:2] == ["nothing_ever", "leaves_same"]


@pytest.mark.parametrize(("keep", "most"), [(4_000, None), (4_000.01, "¥4,000.00")])
def test_all_that_is_in_hand_can_be_the_reserve(keep: float, most: str | None) -> None:
    found = best_plan.answer(there(keep=keep))
    assert found.figures.get("least", pd.Series([None])).map(str).iloc[-1] == str(most)


# Of the plan, of whoever looks at the average, and of whoever wants to regret least: repaid today,
# left on average if nothing more is known and if all is, and at most regretted.
@pytest.mark.parametrize(
    ("plan", "average", "least", "keys"),
    [
        ((900, 0, 0, 5), (900, 0, 9, 5), (900, 0, 0, 2), ["future_same", "least_regret"]),
        ((900, 0, 0, 5), (902, 0, 0, 5), (900, 0, 0, 2), ["future_same", "least_regret"]),
        ((900, 0, 0, 5), (902, 0, 9, 5), (900, 0, 0, 0), ["future_open", "least_regret_none"]),
        ((900, 0, 0, 5), (700, 3, 9, 5), (700, 0, 0, 2), ["future_less", "least_regret"]),
        ((900, 0, 0, 5), (990, 50, 50, 5), (900, 0, 0, 2), ["future_more", "least_regret"]),
        ((900, 0, 0, 51), (900, 0, 0, 5), (990, 0, 0, 2), ["future_same", "least_regret_reserve"]),
    ],
)
def test_what_is_said_if_the_income_may_fail(
    monkeypatch: pytest.MonkeyPatch, plan: Any, average: Any, least: Any, keys: list[str]
) -> None:
    columns = ["repaid_today", "at_least", "average", "regret"]
    rows = {"plan": plan, "on_average": average, "least_regret": least}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).assign(worst=0.0)
    found = SimpleNamespace(table=lambda: table)
    monkeypatch.setattr(best_plan.futures, "policies", lambda *_: found)
    assert said(best_plan.futures.answer(there(), {}, 1)) == [*keys, "knowing"]


@pytest.mark.parametrize(
    ("cure", "keys"),
    [
        ({"missing": {}}, ["hopeless"]),
        ({"missing": {20_800: 5.0}}, ["missing", "not_cured"]),
        ({"missing": {20_800: 5.0, 20_900: 5.0}, "keep": 3.0}, ["missing_more", "cured"]),
    ],
)
def test_what_is_said_where_there_is_no_plan(
    monkeypatch: pytest.MonkeyPatch, cure: dict[str, Any], keys: list[str]
) -> None:
    given: dict[str, Any] = {"a_month": None, "keep": None, "longer": None} | cure
    monkeypatch.setattr(best_plan.verdict, "cure", lambda _: SimpleNamespace(**given))
    assert said(best_plan.answer(POOR)) == keys


def test_why_a_cheaper_debt_gets_money_first_is_said() -> None:
    """With 161 a month, 114 are the dearer debt's; from July the cheaper one asks for 180."""
    terms = {"daily_rate": 0.0003, "months": 12, "method": "interest_then_equal"}
    now = so_far(Loan(1_060, **terms, start="2026-12-14"), {}, "2027-04-17")  # type: ignore[arg-type]
    dear = {"name": "dear", "kind": "loan", "balance": 4_400, "daily_rate": 0.00065, "months": 24}
    household = Budget(230, 69, 3_200, "2027-04-17", payday=5)
    found = best(Borrower((now.ahead,), household, 280, 0.1, tuple(read([dear], "2027-04-17"))))
    assert found is not None
    assert "why_cheaper" in said(best_plan.answer(found.ground.borrower))
    assert "why_cheaper" not in said(best_plan.answer(there()))
