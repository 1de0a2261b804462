"""Repaying early: the figures by hand and by brute force, and every sentence reached."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import repay_early
from jiebei.answers.shared import frontier
from jiebei.answers.shared.verdicts import flip_words, unless
from jiebei.language.errors import JiebeiError
from jiebei.language.shown import spoken
from jiebei.language.words import Words, say
from jiebei.notebook.so_far import so_far
from jiebei.value.worth import BreakEven
from tests.helpers.example import loan
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.said import says
from tests.helpers.texts import seen
from tests.truth import told

ON = "2027-03-01"
PLENTY = jb.Cash(1e6, 0, "2026-12-01")


pytestmark = pytest.mark.usefixtures("lang")


def chains(each: jb.Loan, amount: float = 20_000, on: str = ON) -> dict[str, Any]:
    ways = {
        say("strategy.as_agreed"): each,
        say("strategy.repay_lower"): each.prepay(amount, on=on),
        say("strategy.repay_shorten"): each.prepay(amount, on=on, then="shorten"),
        say("strategy.settle"): each.settle(on=on),
    }
    return repay_early.possible(ways, each, on)


def answer(
    savings_rate: float = 0.02,
    in_hand: float = 60_000,
    monthly: float = 5_000,
    amount: float = 20_000,
    **changes: Any,
) -> Any:
    own = jb.Cash(in_hand, monthly, "2026-12-01")
    return repay_early.answer(chains(loan(**changes), amount), ON, savings_rate, own)


# ---- the verdict ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, ["repay", "own_rate"]),
        ({"savings_rate": 0.4}, ["keep", "own_rate"]),
        ({"prepay_fee_rate": 0.05}, ["repay", "fee_moves"]),
        ({"prepay_fee_rate": 0.1}, ["keep", "fee_moves"]),
        ({"daily_rate": 0.0}, ["keep"]),
        ({"daily_rate": 0.0, "savings_rate": 0.0}, ["equal"]),
        ({"in_hand": 25_000}, ["repay", "left_out"]),
        ({"in_hand": 5_000}, ["short"]),
        ({"in_hand": 5_000, "monthly": 1_000}, ["short_all"]),
        ({"in_hand": 52_500, "monthly": 0}, ["short_agreed"]),
    ],
)
def test_every_verdict_is_reached(asked: dict[str, Any], keys: list[str]) -> None:
    text = answer(**asked).headline
    for key in keys:
        assert says(f"answer.repay_early.{key}", text), text


def test_the_best_is_the_best_by_a_savings_book() -> None:
    """Who keeps the difference in a savings book, day by day, ends with the net benefit."""
    each, savings = loan(), 0.05
    ways = chains(each)
    table = repay_early.answer(ways, ON, savings, jb.Cash(1e6, 0, "2026-12-01")).table
    agreed = each.cashflows().groupby("date")["payment"].sum()
    for name, way in ways.items():
        ours, book = way.cashflows().groupby("date")["payment"].sum(), 0.0
        for day in np.arange("2026-12-01", "2027-12-02", dtype="M8[D]"):
            book *= (1 + savings) ** (1 / 365)
            book += agreed.get(day, 0.0) - ours.get(day, 0.0)
        assert table["net_benefit"][name] == pytest.approx(book, abs=0.01)


def test_without_a_fee_every_way_flips_at_the_loans_own_rate() -> None:
    table = answer().table
    own = loan().summary().effective_rate
    assert np.allclose(table["flip_rate"].iloc[1:], own, atol=2e-5)


def test_the_next_instalment() -> None:
    table = answer().table["next_instalment"]
    assert table[say("strategy.as_agreed")] == table[say("strategy.repay_shorten")] == 4503.11
    assert table[say("strategy.repay_lower")] == pytest.approx(2142.68)
    assert np.isnan(table[say("strategy.settle")])


@pytest.mark.parametrize("method", ["interest_only", "bullet", "interest_then_equal"])
def test_where_nothing_can_be_shortened_the_note_says_so(method: str) -> None:
    given = answer(method=method)
    assert say("strategy.repay_shorten") not in given.table.index
    assert says("answer.repay_early.no_shorten", given.note)
    assert not says("answer.repay_early.both", given.note)
    assert not says("answer.repay_early.no_shorten", answer().note)
    assert says("answer.repay_early.both", answer().note)


LARGE: dict[str, Any] = {  # of equal principal, 133,000 repaid early with little cash
    "principal": 412_700,
    "daily_rate": 0.00023,
    "months": 41,
    "method": "equal_principal",
    "start": "2026-05-17",
    "repay_amount": 133_000,
    "repay_on": "2027-11-02",
    "prepay_fee_rate": 0.018,
    "savings_rate": 0.027,
    "cash_in_hand": 8_900,
    "monthly_surplus": 18_700,
    "free_by": "2028-07-01",
    "save_goal": 9_000,
}


def test_what_stays_the_same_of_equal_principal_is_the_principal(lang: str) -> None:
    run = run_notebook("03_repay_early", lang=lang, **LARGE)
    text = run.text
    assert says("answer.repay_early.free_principal", text)
    assert not says("answer.repay_early.free", text)
    assert says("answer.repay_early.eve_shorten_less", text)  # 45,034.30 - 45,003.71
    assert ("¥30.59 less interest" if lang == "en" else "少付利息¥30.59") in text
    assert says("how.short", run.namespace["answer"].how().headline)  # settling: 130,726 short


@pytest.mark.parametrize(
    ("savings_rate", "key"), [(0.02, "both_more"), (0.3, "both_less"), (0.02, "both")]
)
def test_why_shortening_leaves_more_or_less(savings_rate: float, key: str) -> None:
    ways = {Words("strategy.as_agreed"): loan()}
    for then in ("lower", "shorten"):
        ways[Words(f"strategy.repay_{then}")] = loan().prepay(20_000, on=ON, then=then)
    own = jb.Cash(60_000, 5_000, "2026-12-01")
    assert says(f"answer.repay_early.{key}", repay_early.answer(ways, ON, savings_rate, own).note)


@pytest.mark.parametrize("lang", ["en"], indirect=True)  # in Chinese: test_errors_zh.py
def test_bad_numbers_are_refused_in_words() -> None:
    with pytest.raises(JiebeiError, match=r"savings_rate=2: a share is a decimal from 0 to 1"):
        answer(savings_rate=2)
    with pytest.raises(JiebeiError, match=r"prepay\(40,000.*\) on 2027-03-01: only 38,155"):
        answer(amount=40_000)
    with pytest.raises(JiebeiError, match=r"on=2028-01-01: nothing is owed that day"):
        chains(loan(), on="2028-01-01")


# ---- clauses on the savings rate -----------------------------------------------------------------


def found(roots: list[float], signs: list[int]) -> BreakEven:
    kind = ("none", "one", "several")[min(len(roots), 2)] if any(signs) else "equal"
    return BreakEven(kind, np.array(roots), np.array(signs))


@pytest.mark.parametrize(
    ("roots", "signs", "at", "key"),
    [
        ([], [1], 0.02, "always"),
        ([0.15], [1, -1], 0.02, "above"),
        ([0.15], [1, -1], 0.2, "below"),
        ([0.15], [1, 1], 0.2, "always"),  # it only touches zero
        ([0.0], [1, -1], 0.02, "always"),  # no savings earn less than nothing
        ([0.05, 0.3], [-1, 1, -1], 0.1, "between"),
        ([0.05, 0.3], [-1, 1, -1], 0.01, "above"),
        ([0.05, 0.3], [-1, 1, -1], 0.5, "below"),
    ],
)
def test_unless(roots: list[float], signs: list[int], at: float, key: str) -> None:
    assert says(f"answer.shared.unless_{key}", unless(found(roots, signs), at))


def test_the_flip_in_a_table() -> None:
    written = [
        flip_words(found(roots, signs))
        for roots, signs in [
            ([], [1]),
            ([], [-1]),
            ([], [0]),
            ([0.1], [1, -1]),
            ([0.05, 0.3], [-1, 1, -1]),
            ([0.0], [1, -1]),
        ]
    ]
    always, never, same = (
        say(key)
        for key in ("answer.shared.flip_always", "answer.shared.flip_never", "chart.label.same")
    )
    assert spoken(written) == [always, never, same, "10.00%", "5.00% / 30.00%", never]


# ---- fees ----------------------------------------------------------------------------------------


def test_the_highest_fee_that_pays_leaves_nothing() -> None:
    """At the fee that the headline names, the net benefit is nothing."""
    given = repay_early.flips.fees(loan(), 20_000, ON, 0.02, PLENTY)
    assert says("answer.repay_early.fee_limit", given.headline)
    assert "5.34%" in given.headline
    most = loan(prepay_fee_rate=0.0534)
    gain = jb.net_benefit(most.prepay(20_000, on=ON), loan(), 0.02)
    assert abs(gain) < 2
    assert (np.diff(given.table["gain_lower"]) < 0).all()


@pytest.mark.parametrize(
    ("savings_rate", "amount", "key"), [(0.4, 20_000, "fee_never"), (0.02, 0, "fee_none")]
)
def test_other_words_on_fees(savings_rate: float, amount: float, key: str) -> None:
    given = repay_early.flips.fees(loan(), amount, ON, savings_rate, PLENTY)
    assert says(f"answer.repay_early.{key}", given.headline)


def test_no_fee_beyond_what_may_be_charged_is_named() -> None:
    dear = loan(principal=1_000_000, daily_rate=0.0006, months=60)  # 153 % for shortening
    rich = jb.Cash(1e8, 0, "2026-12-01")
    given = repay_early.flips.fees(dear, 20_000, ON, 0.02, rich).headline
    assert says("answer.repay_early.fee_always", given)
    assert "153" not in given


def test_where_the_cash_does_not_last_no_flip_is_named() -> None:
    poor = jb.Cash(1_000, 100, "2026-12-01")
    each = loan()
    given = [
        repay_early.flips.fees(each, 20_000, ON, 0.02, poor).headline,
        repay_early.flips.savings_gauge(lower(each, 20_000), poor, 0.02),
    ]
    assert len(set(map(str, spoken(given)))) == 1
    assert says("answer.repay_early.no_verdict", given[0])


def test_the_fee_that_was_entered_is_among_the_rows() -> None:
    given = repay_early.flips.fees(loan(prepay_fee_rate=0.015), 20_000, ON, 0.02, PLENTY)
    assert given.table["fee"]["1.50%"] == 300


# ---- which day -----------------------------------------------------------------------------------


def test_every_day_is_what_one_loan_gives() -> None:
    table = repay_early.when.by_day(loan(), 20_000)
    assert len(table) == 365
    for place in (0, 89, 90, 200, 364):
        row = table.iloc[place]
        amount = min(20_000, row["amount"])
        for then in ("lower", "shorten"):
            one = loan().prepay(amount, on=place, then=then).summary()
            assert row[then] == one.interest
    assert table["amount"].iloc[-1] < 20_000  # late in the term all that is owed


def test_the_tooth_is_what_stays_owed_longer() -> None:
    """Interest is what is owed, day by day, times the rate: so the tooth is, too."""
    eve, due = (loan().prepay(20_000, on=day).summary() for day in (89, 90))
    longer = (eve.yuan_days - due.yuan_days) * 0.0004
    assert eve.interest - due.interest == pytest.approx(longer, abs=0.1)
    assert eve.interest - due.interest == pytest.approx(110.86, abs=0.005)


@pytest.mark.parametrize(
    ("changes", "amount", "keys"),
    [
        ({}, 20_000, ["eve_more", "eve_shorten"]),
        ({"method": "equal_principal"}, 20_000, ["eve_more"]),
        ({"method": "interest_only"}, 20_000, ["eve_even"]),
        ({"method": "bullet"}, 20_000, ["eve_none"]),
        ({"daily_rate": 0.0}, 20_000, ["eve_zero"]),
    ],
)
def test_every_reason_is_reached(changes: dict[str, Any], amount: float, keys: list[str]) -> None:
    text = repay_early.when.eve(loan(**changes), amount, ON, 0.02).headline
    for key in keys:
        assert says(f"answer.repay_early.{key}", text), text


def test_a_day_can_save_more_than_the_tooth_costs() -> None:
    """Of a large amount on a small rest, hardly any of the next instalment is left to fall."""
    row = {"due_instalment": 50.0, "owed_after": 100.0, "interest": 10.0}
    on_eve, on_due = dict(row, owed_after=101.0), dict(row, interest=11.0)
    frames = [repay_early.when.pd.Series(each) for each in (on_eve, on_due)]
    text = repay_early.when._lower_words(*frames, per_day=2.0, due=20_000, amount=90.0)
    assert says("answer.repay_early.eve_less", text)


@pytest.mark.parametrize(
    ("changes", "key"),
    [({}, "day_saw"), ({"method": "interest_only"}, "day_sooner")],
)
def test_the_title_over_the_days(changes: dict[str, Any], key: str) -> None:
    ax = repay_early.when.day_chart(loan(**changes), 20_000)
    assert says(f"answer.repay_early.{key}", ax.get_title())


def test_without_interest_there_is_a_sentence_and_no_picture() -> None:
    free = loan(daily_rate=0)
    assert str(repay_early.when.day_chart(free, 20_000)) == say("answer.repay_early.day_same")
    nothing = say("answer.repay_early.further_nothing")
    assert str(repay_early.amounts.further_chart(free, ON)) == nothing
    assert repay_early.amounts.further(free, ON).headline == nothing
    most = repay_early.amounts.needed(free, ON, "2027-06-01", 1_000, PLENTY).headline
    assert says("answer.repay_early.save_none", most)
    assert "¥0.00" not in most


def test_the_tooth_in_the_title_is_no_fee() -> None:
    """Late in the term the fee falls with what is left to repay; that is no tooth."""
    titles = [
        repay_early.when.day_chart(loan(prepay_fee_rate=fee), 20_000).get_title()
        for fee in (0.0, 0.1)
    ]
    assert titles[0] == titles[1]


def test_interest_then_equal_is_shortened_only_in_its_equal_part() -> None:
    table = repay_early.when.by_day(loan(method="interest_then_equal"), 20_000)
    first = table["date"][table["shorten"].notna()].iloc[0]
    assert str(first.date()) == "2027-06-01"


# ---- how much ------------------------------------------------------------------------------------


def test_a_new_rate_moves_no_due_day_of_interest_then_equal() -> None:
    loan = jb.Loan(
        15_000, daily_rate=0.0006, months=9, method="interest_then_equal", start="2027-04-09"
    ).reprice(0.0005, on="2027-08-09")
    shorten = repay_early.when.by_day(loan, 4_000).set_index("date")["shorten"]
    assert shorten[:"2027-10-08"].isna().all()  # the sixth due day is 2027-10-09
    assert shorten["2027-10-09":].notna().all()


def test_the_steps_add_up() -> None:
    """A thousand at a time, the savings of all steps are the saving of settling."""
    given = repay_early.amounts.further(loan(), ON, points=38)
    last = loan().prepay(38_000, on=ON).summary().interest
    assert given.table["saves_lower"].sum() == pytest.approx(4037.33 - last, abs=0.005)
    assert given.table["saved_lower"].iloc[-1] == pytest.approx(4037.33 - last, abs=0.005)
    assert (np.diff(given.table["saves_shorten"]) < 0.05).all()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "further_changes"),
        ({"method": "interest_only"}, "further_level"),
        ({"method": "interest_only", "prepay_fee_rate": 0.1, "months": 6}, "further_costs"),
    ],
)
def test_words_on_the_steps(changes: dict[str, Any], key: str) -> None:
    assert says(
        f"answer.repay_early.{key}", repay_early.amounts.further(loan(**changes), ON).headline
    )


@pytest.mark.parametrize(
    ("free_by", "save", "method", "keys"),
    [
        ("2027-06-01", 1_000, "equal_instalment", ["free", "save"]),
        ("2027-03-01", 9_999, "equal_instalment", ["free_all", "save_never"]),
        ("2027-06-01", 1_000, "interest_only", ["free_all", "save"]),
        ("2028-01-01", 0, "equal_instalment", ["free_anyway", "save"]),
        ("2027-01-01", 1_000, "equal_instalment", ["free_never", "save"]),
    ],
)
def test_words_on_a_goal(free_by: str, save: float, method: str, keys: list[str]) -> None:
    given = repay_early.amounts.needed(loan(method=method), ON, free_by, save, PLENTY)
    for key in keys:
        assert says(f"answer.repay_early.{key}", given.headline), given.headline


@pytest.mark.parametrize(
    ("per_day", "eve", "due", "amount", "key"),
    [
        (2.0, {"owed_after": 101.0}, {}, 0.0, "nothing"),
        (0.0, {"owed_after": 101.0}, {}, 90.0, "zero"),
        (2.0, {}, {}, 90.0, "even"),
        (2.0, {"owed_after": 101.0, "interest": 12.0}, {}, 90.0, "more"),
        (2.0, {"owed_after": 101.0}, {"interest": 11.0}, 90.0, "less"),
    ],
)
def test_when_the_eve_of_a_due_day_costs_more(
    per_day: float, eve: dict[str, float], due: dict[str, float], amount: float, key: str
) -> None:
    row = {"due_instalment": 50.0, "owed_after": 100.0, "interest": 10.0}
    frames = [pd.Series({**row, **each}) for each in (eve, due)]
    found = repay_early.when._lower_words(*frames, per_day=per_day, due=20_000, amount=amount)
    assert found.key == f"answer.repay_early.eve_{key}"


@pytest.mark.parametrize(
    ("per_day", "less", "saved", "keys"),
    [
        (0.0, 5.0, 5.0, []),
        (2.0, 5.0, 2.0, ["shorten"]),
        (2.0, 0.0, 2.0, ["shorten_less"]),  # nothing less is owed on the due day
        (2.0, 5.0, 1.0, ["shorten_less"]),  # less than the interest of that day
        (2.0, 5.0, 0.0, ["shorten_same"]),
        (2.0, 5.0, -1.0, ["shorten_more"]),
    ],
)
def test_when_the_eve_is_better_with_a_shorter_term(
    per_day: float, less: float, saved: float, keys: list[str]
) -> None:
    eve, due = pd.Series({"owed_after": 100.0, "interest": 10.0}), {"owed_after": 100.0 + less}
    found = repay_early.when._shorten_words(
        eve, pd.Series({**due, "interest": 10.0 + saved}), per_day
    )
    assert [each.key for each in found] == [f"answer.repay_early.eve_{key}" for key in keys]


LOWER, SHORTEN = Words("strategy.repay_lower"), Words("strategy.repay_shorten")


@pytest.mark.parametrize(
    ("benefit", "roots", "key"),
    [
        ([9.0, 9.0], [[0.1], [0.2]], None),
        ([9.0, 8.0], [[0.1], [0.2]], "both_less"),
        ([8.0, 9.0], [[0.1], [0.2]], "both_more_rate"),
        ([8.0, 9.0], [[0.1], [0.1]], "both_more"),
        ([8.0, 9.0], [[0.1, 0.2], [0.1]], "both_more_plain"),
        ([8.0, 9.0], [[], []], "both_more_plain"),
    ],
)
def test_why_a_shorter_term_leaves_more(
    monkeypatch: pytest.MonkeyPatch, benefit: list[float], roots: list[list[float]], key: str | None
) -> None:
    each = loan()
    ways = {Words("strategy.as_agreed"): each, LOWER: "lower", SHORTEN: "shorten"}
    rates = {"lower": roots[0], "shorten": roots[1]}
    monkeypatch.setattr(repay_early.verdict, "flip", lambda way, _: rates[way])
    monkeypatch.setattr(
        repay_early.verdict, "turns", lambda found: SimpleNamespace(rates=np.array(found))
    )
    left: Any = pd.Series(benefit, pd.Index([LOWER, SHORTEN]))
    found = repay_early.verdict._why_apart(ways, left)  # type: ignore[arg-type]
    assert [each.key for each in found] == [f"answer.repay_early.{key}"] * (key is not None)


@pytest.mark.parametrize(
    ("in_hand", "key"), [(10_000, "needed_short"), (0, "needed_short_all"), (60_000, None)]
)
def test_which_goals_are_beyond_your_cash(in_hand: float, key: str | None) -> None:
    """Being free by June takes most; with 1,000 a month even the instalments are too much."""
    cash = jb.Cash(in_hand, 5_000 if in_hand else 1_000, "2026-12-01")
    found = told(repay_early.amounts.needed(loan(), ON, "2027-06-01", 1_000, cash).said)
    short = [each.key for each in found if "needed_short" in each.key]
    assert short == [f"answer.repay_early.{key}"] * (key is not None)


def test_a_goal_beyond_your_cash_is_named() -> None:
    cash = jb.Cash(10_000, 5_000, "2026-12-01")
    given = repay_early.amounts.needed(loan(), ON, "2027-06-01", 1_000, cash)
    assert (given.table["lowest_cash"] < 0).sum() == 2
    assert given.headline.endswith(say("answer.repay_early.needed_short", n="2", all="3"))


def test_the_most_that_can_be_saved_says_where_the_cash_does_not_carry_it() -> None:
    small = jb.Loan(3_000, daily_rate=0.0003, months=3, start="2026-12-15", prepay_fee_rate=0.01)
    cash = jb.Cash(1_800, 900, "2026-12-15")
    given = repay_early.amounts.needed(small, "2027-01-02", "2027-02-01", 20, cash)
    assert says("answer.repay_early.save_never_short", given.headline), given.headline
    assert (given.table["lowest_cash"].iloc[1:] < 0).all()


def test_a_goal_is_reached_by_the_row_that_says_so() -> None:
    table = repay_early.amounts.needed(loan(), "2027-03-15", "2027-06-01", 1_000, PLENTY).table
    free, lower, shorten = table["amount"]
    early = loan().prepay(free, on="2027-03-15", then="shorten")
    assert str(early.summary().payoff_date) == "2027-06-01"
    assert table["cash_needed"].iloc[0] == pytest.approx(free * (1 + 14 * 0.0004), abs=0.006)
    assert (table["saved"].iloc[1:] >= 1_000).all()
    assert shorten < lower


# ---- the common error ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "on", "key"),
    [
        ({}, ON, "wrong"),
        ({"prepay_fee_rate": 0.05}, ON, "wrong_with_fee"),
        ({"prepay_fee_rate": 0.1}, ON, "wrong_fee"),
        ({"daily_rate": 0.0}, ON, "wrong_zero"),
    ],
)
def test_the_common_error(changes: dict[str, Any], on: str, key: str) -> None:
    given = repay_early.remaining_interest(loan(**changes), on)
    assert says(f"answer.repay_early.{key}", given.headline)
    really, claimed = given.table["total_paid"]
    parts = given.table[["principal", "interest", "fee"]].sum(axis=1)
    assert np.allclose(parts, [really, claimed])


def test_settling_within_a_month_costs_the_interest_to_that_day() -> None:
    table = repay_early.remaining_interest(loan(), "2027-01-11").table
    assert table["interest"].iloc[0] == round(46_116.89 * 0.0004 * 10, 2)


# ---- charts --------------------------------------------------------------------------------------


def lower(agreed: jb.Loan, amount: float) -> dict[Any, jb.Loan]:
    early = agreed.prepay(amount, on=ON)
    return {Words("strategy.as_agreed"): agreed, Words("strategy.repay_lower"): early}


def test_the_charts_show_the_figures() -> None:
    ax = repay_early.amounts.further_chart(loan(), ON)
    assert says("answer.repay_early.chart_falls", ax.get_title())
    assert {each.get_drawstyle() for each in ax.get_lines()} == {"steps-post"}
    level = repay_early.amounts.further_chart(loan(method="bullet"), ON)
    assert says("answer.repay_early.chart_level", level.get_title())
    gauge = repay_early.flips.savings_gauge(lower(loan(), 20_000), PLENTY, 0.02)
    title = gauge.get_title().lower()
    assert say("strategy.repay_lower") in title
    assert say("strategy.as_agreed") in title
    assert "15.6%" in title  # without a fee it turns at the loan's own effective rate
    nothing = repay_early.flips.savings_gauge(lower(loan(), 0), PLENTY, 0.02)
    assert str(nothing) == say("answer.repay_early.no_gain")


def test_the_savings_rates_of_a_frontier_go_beyond_the_flip() -> None:
    assert frontier.savings_rates(loan(), 0.02)[-1] > loan().summary().effective_rate
    assert frontier.savings_rates(loan(), 0.9)[-1] == 1
    no_rate = loan(principal=100, drawdown_fee=99)
    assert np.isnan(no_rate.summary().effective_rate)
    assert frontier.savings_rates(no_rate, 0.02)[-1] == 0.1


# ---- cash and principal ----------------------------------------------------------------------


REST = jb.Loan(20_551.90, daily_rate=0.00045, months=8, start="2026-11-10")


def repaid(amount: float, on: str) -> dict[str, Any]:
    return {
        "as agreed": REST,
        "lower": REST.prepay(amount, on=on),
        "settle": REST.settle(on=on),
    }


@pytest.mark.parametrize("lang", ["en"], indirect=True)
def test_what_is_short_says_how_much_less_would_do() -> None:
    """15,000 in hand, 15 days at 0.045 %: 15,000 / 1.00675 = 14,899.428; the rest is rounding."""
    on, cash = "2026-11-25", jb.Cash(15_000, 5_000, "2026-11-10")
    text = repay_early.answer(repaid(15_000, on), on, 0.02, cash).headline
    assert "¥101 short on 2026-11-25" in text
    assert "On 2026-11-25 you can repay at most ¥14,899.43 of principal; or wait." in text
    assert "takes ¥15,101.25 in cash that day" in text
    assert "¥15,000.00 in cash, all included, repays ¥14,899.43 of principal" in text
    for more, enough in ((0.0, True), (0.01, False)):
        lowest = jb.lowest_cash(REST.prepay(14_899.43 + more, on=on), cash)[0]
        assert (lowest > -0.005) == enough


def test_without_a_fen_to_spare_only_later_will_do() -> None:
    on, cash = "2026-11-25", jb.Cash(0, 5_000, "2026-11-10")
    text = repay_early.answer(repaid(15_000, on), on, 0.02, cash).headline
    assert says("answer.repay_early.short_later", text)


def test_on_a_due_day_principal_is_cash() -> None:
    on = "2027-01-10"
    text = repay_early.answer(repaid(5_000, on), on, 0.02, PLENTY).headline
    assert not says("answer.repay_early.cash", text)


@pytest.mark.parametrize("lang", ["en"], indirect=True)
def test_a_fee_is_named_only_where_there_is_one() -> None:
    with_fee = jb.Loan(
        20_000, daily_rate=0.0004, months=8, start="2026-11-10", prepay_fee_rate=0.01
    )
    ways = {"as agreed": with_fee, "lower": with_fee.prepay(5_000, on="2027-01-10")}
    text = repay_early.answer(ways, "2027-01-10", 0.02, PLENTY).headline
    assert "takes ¥5,050.00 in cash that day, with the interest up to it and the fee" in text


@pytest.mark.parametrize("lang", ["en"], indirect=True)
def test_the_chart_is_about_the_way_that_the_answer_recommends() -> None:
    """The review's A2: settling was the title's hero, though the cash was ¥11,664 short of it."""
    run = run_notebook("03_repay_early")
    first, title = (run.figures[place].axes[0].get_title() for place in (1, 2))
    assert first.replace("\n", " ").startswith(
        '"Repay early, shorten the term", ¥20,000 on 2027-03-01: at least ¥6,491'
    )
    assert title.startswith("Repay early, shorten the")
    assert title.endswith("4 months sooner than as agreed, ¥1,792 less in interest and fees")
    shown = "".join(text for text, _ in seen(run.figures[2]))
    assert "cash¥11,664short" in shown.replace(" ", "").replace("\n", "")


def test_a_tie_has_no_verdict_and_no_flip(lang: str) -> None:
    """The review's A5: at a rate of nothing the answer flipped at a date before the loan."""
    run = run_notebook("03_repay_early", daily_rate=0.0, savings_rate=0.0, lang=lang)
    titles = [figure.axes[0].get_title() for figure in run.figures]
    assert [each for each in titles if says("chart.frontier.title_same", each)]
    assert not [each for each in titles if says("chart.frontier.title_flip", each)]
    assert not [each for each in titles if "by ¥0" in each or "相差¥0" in each]


# ---- a loan that runs, and whose rate changes ----------------------------------------------------

RUNS: dict[str, Any] = {
    "principal": 30_000,
    "daily_rate": 0.0006,
    "months": 24,
    "method": "equal_principal",
    "start": "2026-03-31",
    "as_of": "2026-08-15",
    "new_rates": {"2026-12-01": 0.0003},
    "repay_amount": 9_000,
    "repay_on": "2026-10-10",
    "prepay_fee_rate": 0.03,
    "cash_in_hand": 12_000,
    "monthly_surplus": 2_500,
}
TOO_MUCH = {"2026-04-30": 1_790, "2026-05-31": 1_800, "2026-06-30": 1_800, "2026-07-31": 1_770}


def test_a_day_that_is_past_is_not_tried(lang: str) -> None:
    late = {"2026-04-30": 1_790, "2026-05-31": 1_800, "2026-07-06": 1_800, "2026-08-03": 1_800}
    run = run_notebook("03_repay_early", lang=lang, paid=late, **RUNS)
    tried = repay_early.when.by_day(run.namespace["loan"], 9_000, run.namespace["since"])
    assert str(tried["date"].iloc[0])[:10] == "2026-08-15"


def test_what_is_past_is_told_neither_as_next_nor_as_cash(lang: str) -> None:
    """Of 9,000: a fee of 270, and 10 days at 5.40; 36.28 too much was paid on 2026-07-31."""
    run = run_notebook("03_repay_early", lang=lang, paid=TOO_MUCH, **RUNS)
    said = [each for each in run.shown if hasattr(each, "said")]
    assert "1,708.11" in said[0].headline
    assert len(said[1].figures) == 20
    (answer,) = [each for each in said if says("answer.repay_early.cash_fee", each.said)]
    assert "9,324.00" in answer.headline
    assert "8,687.26" in answer.headline


def test_without_a_fee_it_flips_at_the_rate_of_the_time_that_is_left() -> None:
    """A settled loan spares 0.04 % for a month and 0.02 % for eight: far below 11.86 % in all."""
    agreed = loan(prepay_fee_rate=0.03).reprice(0.0002, on="2027-04-01")
    found = repay_early.answer(chains(agreed), ON, 0.02, PLENTY)
    assert says("answer.repay_early.fee_moves_else", found.said)
    free = jb.flip(agreed.but(prepay_fee_rate=0).settle(on=ON), agreed.but(prepay_fee_rate=0))
    assert free.roots[0] < agreed.summary().effective_rate - 0.02


def test_of_a_loan_that_runs_the_interest_is_from_today_on(lang: str) -> None:
    said = {"en": "still to pay from today on", "zh": "从今天起还要付的利息和费用"}[lang]
    figures = [
        repay_early.when.day_chart(loan(), 5_000, since).figure for since in (None, "2027-03-20")
    ]
    new, runs = (" ".join(text for text, _ in seen(each)).replace("\n", "") for each in figures)
    assert said not in new
    assert said in runs


def test_what_the_app_is_told_is_principal_or_the_whole_sum(lang: str) -> None:
    """5,000 and 6 days of 0.05 % on it."""
    hers = jb.Loan(46_000, daily_rate=0.0005, months=18, start="2026-06-20")
    ways = chains(hers.rest("2026-11-26"), 5_000, "2026-11-26")
    headline = repay_early.answer(ways, "2026-11-26", 0.02, PLENTY).headline
    said = {"en": "the whole sum, ¥5,015.00.", "zh": "填本金就填¥5,000.00，填总额就填¥5,015.00。"}
    assert said[lang] in headline


@pytest.mark.parametrize(
    ("lang", "page"), [("en", "00_start_here"), ("zh", "03_repay_early")], indirect=["lang"]
)
def test_the_page_counts_the_surplus_from_the_day_on_which_it_comes(lang: str, page: str) -> None:
    """It comes on the 10th, before the 20th: so today is tightest, with 8,000 - 5,500 - 16.50."""
    hers = {"principal": 46_000, "daily_rate": 0.0005, "months": 18, "start": "2026-06-20"}
    hers |= {"as_of": "2026-11-26", "cash_in_hand": 8_000, "monthly_surplus": 4_500}
    hers |= {"repay_amount": 5_500, "repay_on": "2026-11-26", "surplus_day": 10}
    table = run_notebook(page, lang=lang, **hers).namespace["answer"].figures
    assert table["lowest_cash"][Words("strategy.repay_shorten")] == 2_483.50


# ---- what is said now and then -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saves", "key"),
    [
        ([0.0, 0.0], "nothing"),
        ([9.0, 0.0], "changes"),
        ([0.0, 9.0], "changes"),
        ([9.0, 8.78], "level"),  # a fiftieth of the first, and 5 fen
        ([9.0, 8.76], "changes"),
        ([-9.0, -9.0], "costs"),
    ],
)
def test_what_each_further_step_saves(
    monkeypatch: pytest.MonkeyPatch, saves: list[float], key: str
) -> None:
    table = pd.DataFrame({"saves_lower": saves, "saves_shorten": saves})
    table.attrs["amounts"] = [0.0, 1_000.0]
    monkeypatch.setattr(repay_early.amounts, "_further", lambda *_: (1_000.0, table))
    said = told(repay_early.amounts.further(loan(), ON).said)
    assert {each.key for each in said} == {f"answer.repay_early.further_{key}"}
    drawn = repay_early.amounts.further_chart(loan(), ON)
    assert isinstance(drawn, Words) == (key == "nothing")
    if key in ("changes", "level"):
        shown = {"changes": "falls", "level": "level"}[key]
        assert says(f"answer.repay_early.chart_{shown}", drawn.get_title())


def test_the_steps_are_drawn_from_nothing_to_all_that_is_owed() -> None:
    """38,155 are owed: the last whole step begins at 37,000."""
    (x, *_) = (each.get_xdata() for each in repay_early.amounts.further_chart(loan(), ON).lines)
    assert (x[0], x[-1]) == (0, 37_000)


def test_only_what_repays_a_part_early_is_told_in_cash() -> None:
    assert repay_early.cash.cash_words({"as agreed": loan(), "the same": loan()}, ON) == []
    early = loan().prepay(9_000, on="2027-03-15")
    again = early.reborrow(5_000, on="2027-05-01", months=6)
    assert repay_early.cash.cash_words({"as agreed": loan(), "again": again}, "2027-03-15") == []
    assert repay_early.verdict._without_fee(again, loan(), 0.1, 5.0) == []
    assert repay_early.verdict._without_fee(loan(), again, 0.1, 5.0) == []


@pytest.mark.parametrize(
    ("lower", "shorten", "key"),
    [
        (0.0, 0.0, "never"),
        (0.0, 0.05, "limit"),
        (0.05, 0.2, "limit"),
        (0.1, 0.2, "limit"),  # the highest that may be entered
        (0.11, 0.2, "always"),
    ],
)
def test_up_to_which_fee_it_pays(lower: float, shorten: float, key: str) -> None:
    said = repay_early.flips._fee_limits({LOWER: lower, SHORTEN: shorten}, 0.02)
    assert said.key == f"answer.repay_early.fee_{key}"


def test_a_fee_is_named_up_to_what_may_be_entered() -> None:
    assert [repay_early.flips._up_to(each) for each in (-0.01, 0.05, 0.1)] == [0.0, 0.05, 0.1]
    assert repay_early.flips._up_to(0.11) == Words("answer.repay_early.limit_beyond", most=0.1)


def test_of_a_way_that_stands_alone_nothing_is_compared() -> None:
    alone: Any = pd.Series([9.0], pd.Index([LOWER]))
    assert repay_early.verdict._why_apart({LOWER: loan()}, alone) == []


def test_a_part_that_can_be_shortened_is_drawn() -> None:
    ax = repay_early.when.day_chart(loan(method="interest_then_equal"), 20_000)
    drawn = [each for each in ax.lines if len(each.get_xdata()) > 300]
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("agreed", "lower", "key", "amount"),
    [
        (0.0, [0.0, 5.0], "day_same", None),
        (9.0, [9.0], "day_same", None),
        (9.0, [10.0, 8.0, 9.0], "day_saw", 2.0),
        (9.0, [7.0, 8.0, 9.0], "day_sooner", 2.0),
        (9.0, [7.0, 7.0, 9.0], "day_sooner", 2.0),
    ],
)
def test_what_the_day_changes(
    agreed: float, lower: list[float], key: str, amount: float | None
) -> None:
    """On the last day less can be repaid, which is no part of it."""
    lower, amounts = [*lower, 0.0], [20.0] * len(lower) + [3.0]
    table = pd.DataFrame({"agreed": agreed, "lower": lower, "amount": amounts})
    said = repay_early.when._day_title(table)
    assert said.key == f"answer.repay_early.{key}"
    assert said.fields.get("amount") == amount


@pytest.mark.parametrize("lang", ["en"], indirect=True)
def test_a_day_that_is_past_is_refused_by_its_name() -> None:
    now = so_far(loan(), {}, "2027-03-20")
    for amount in (0, 9_000):  # also where nothing is repaid on it
        typed = {**repay_early.EXAMPLE, "repay_on": "2027-03-19", "repay_amount": amount}
        with pytest.raises(JiebeiError, match=r"^repay_on=2027-03-19: that is past, today"):
            repay_early.fitted(now, typed)
    today = repay_early.fitted(now, {**repay_early.EXAMPLE, "repay_on": "2027-03-20"})
    assert today.repay_on == "2027-03-20"


def test_while_something_is_overdue_nothing_is_repaid_early() -> None:
    with pytest.raises(JiebeiError, match="2027"):
        repay_early.fitted(so_far(loan(), {"2026-12-20": 1}, "2027-03-20"), repay_early.EXAMPLE)
