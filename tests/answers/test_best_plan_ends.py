"""The best plan: each sentence and bar just where it turns, and what the example is fitted to."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiebei.answers import best_plan
from jiebei.answers.best_plan import charts, depends, futures, notes, verdict, worth
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.played import Step
from jiebei.life.household.budget import Budget
from jiebei.loan.loan import Loan
from jiebei.notebook.so_far import so_far
from tests.truth import told

START = "2026-12-01"
LOAN = Loan(9_000, daily_rate=0.0004, months=3, start=START)


def there(keep: float = 500, loan: Loan = LOAN) -> Borrower:
    return Borrower((loan,), Budget(5_000, 1_000, 4_000, START), keep)


def ends(said: Any) -> list[str]:
    return [each.key.rpartition(".")[2] for each in told(said)]


# ---- what is fitted --------------------------------------------------------------------------


@pytest.mark.parametrize(("cash", "reserve"), [(8_000, 8_000), (7_999, 0)])
def test_a_reserve_that_is_not_there_is_none(cash: int, reserve: int) -> None:
    own = {"cash_in_hand": cash, "take_home_pay": 26_000}
    mine = best_plan.fitted(so_far(LOAN, {}, ""), {**best_plan.EXAMPLE, **own})
    assert mine.reserve == reserve


def test_the_familys_day_is_nine_months_from_today() -> None:
    own = {"start": "2027-03-10", "take_home_pay": 26_000}
    mine = best_plan.fitted(
        so_far(LOAN.but(start="2027-03-10"), {}, ""), {**best_plan.EXAMPLE, **own}
    )
    assert [each["due"] for each in mine.other_debts if "due" in each] == ["2027-12-10"]
    assert any(getattr(each, "key", "").endswith("fit.due") for each in mine.left_out)


# ---- the pictures ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owed", "left", "month"),
    [
        ([100, 10, 5, 0], 5, "2027-02"),  # ten yuan are no trifle
        ([100, 9.99, 5, 0], 9.99, "2027-01"),
        ([100, 10, 5], None, ""),  # it is never paid off
        ([100, 10, 0], None, ""),  # the trifle is gone in that very month
        ([9.99, 5, 0], None, ""),  # nothing else was owed
    ],
)
def test_a_trifle_that_stays_is_told_in_the_title(
    owed: list[float], left: float | None, month: str
) -> None:
    dates = np.array(["2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01"], "M8[D]")
    said = charts._paid_off(dates, np.array(owed, float))
    assert (said and said.fields["left"]) == left
    if said:
        days = [str(said.fields[each])[:7] for each in ("month", "last")]
        assert days == [month, "2027-03"]


@pytest.mark.parametrize(("gain", "seen"), [(None, 0.0), (0.49, 0.0), (0.5, 0.5)])
def test_less_than_half_a_yuan_has_no_bar(
    monkeypatch: pytest.MonkeyPatch, gain: float | None, seen: float
) -> None:
    monkeypatch.setattr(charts, "gain", lambda _: gain)
    found: Any = None
    assert charts._seen_gain(found) == seen


def test_one_payment_too_many_has_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found = best(there())
    assert found is not None
    steps = best_plan.steps.early(found)
    drawn: dict[Any, float] = {}
    monkeypatch.setattr(charts, "MOST_ROWS", len(steps) - 1)
    monkeypatch.setattr("jiebei.charts.bars", lambda bars, *_, **__: drawn.update(bars))
    charts.payments(there())
    assert [*drawn.values()][: len(steps)] == [each.amount for each in steps]
    assert not any(str(getattr(name, "key", "")).endswith("bar_later") for name in drawn)


def test_the_rates_that_are_tried_leave_no_wide_gap() -> None:
    assert (depends.RATES[0], depends.RATES[-1]) == (0.01, 0.3)
    gaps = np.diff(depends.RATES)
    assert gaps.min() > 0
    assert gaps.max() < 0.061


# ---- the sentences ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keep", "cash", "binds"),
    [(1.0, 1.99, True), (1.0, 2.0, False), (0.99, 0.99, False), (500, 500.99, True)],
)
def test_a_reserve_binds_where_less_than_a_yuan_is_above_it(
    keep: float, cash: float, binds: bool
) -> None:
    ground = SimpleNamespace(borrower=SimpleNamespace(keep=keep), days=np.array([3, 5]))
    played = SimpleNamespace(cash=np.array([9_000.0, cash]))
    found: Any = SimpleNamespace(ground=ground, played=played)
    assert verdict._binds(found, 5) == binds


@pytest.mark.parametrize(
    ("cost", "key"), [(99.5, "less"), (99.51, "same"), (100.49, "same"), (100.5, "more")]
)
def test_half_a_yuan_of_cost_is_worth_a_word(cost: float, key: str) -> None:
    mine: Any = SimpleNamespace(cost=cost)
    agreed: Any = SimpleNamespace(cost=100.0)
    assert ends(verdict._cost_moves(mine, agreed)) == [f"costs_{key}"]


def test_half_a_yuan_of_savings_is_worth_a_word() -> None:
    moves = [verdict._savings_move(each) for each in (0.5, -0.5)]
    assert [ends(each) for each in moves] == [["savings_more"], ["savings_less"]]
    assert [verdict._savings_move(each) for each in (0.49, -0.49)] == ["", ""]


@pytest.mark.parametrize(("bound", "gap"), [(1.004, []), (1.01, [0.01]), (3.0, [2.0])])
def test_what_the_bound_leaves_open_is_said_to_the_fen(bound: float, gap: list[float]) -> None:
    found: Any = SimpleNamespace(bound=bound, played=SimpleNamespace(left=1.0))
    assert [each.fields["gap"] for each in verdict._open(found)] == pytest.approx(gap)


@pytest.mark.parametrize(
    ("a_month", "keep", "least"),
    [
        (12.340005, 7.994, ["¥12.34", "¥7.99"]),  # the solver may be off by a hair
        (12.340015, 7.999985, ["¥12.35", "¥7.99"]),
        (12.34, 7.999995, ["¥12.34", "¥8.00"]),
    ],
)
def test_what_would_do_is_rounded_to_the_side_that_does(
    monkeypatch: pytest.MonkeyPatch, a_month: float, keep: float, least: list[str]
) -> None:
    cure = SimpleNamespace(missing={20_800: 5.0}, a_month=a_month, keep=keep, longer=None)
    monkeypatch.setattr(verdict, "cure", lambda _: cure)
    table = verdict._no_plan(there()).figures
    assert [str(each) for each in table["least"]] == least


@pytest.mark.parametrize(
    ("paydays", "cash", "kept"),
    [
        ([9, 40], [2_000, 501, 500], True),
        ([9, 40], [2_000, 500.99, 500], False),  # less than a yuan above the reserve
        ([9, 20], [2_000, 2_000, 500], False),  # the next pay has come by then
    ],
)
def test_only_what_goes_before_the_next_pay_is_kept(
    monkeypatch: pytest.MonkeyPatch, paydays: list[int], cash: list[float], kept: bool
) -> None:
    """Paid early on day 10; 500 are the reserve."""
    ground = SimpleNamespace(borrower=SimpleNamespace(keep=500), days=np.array([5, 10, 20]))
    ground.months = SimpleNamespace(date=paydays)
    found: Any = SimpleNamespace(ground=ground, played=SimpleNamespace(cash=np.array(cash)))
    monkeypatch.setattr(notes, "early", lambda _: [SimpleNamespace(day=10)])
    assert bool(notes._kept(found)) is kept


@pytest.mark.parametrize(("amount", "said"), [(10.0, True), (10.01, False)])
def test_a_later_bill_is_told_where_it_is_half_a_yuan_more(
    monkeypatch: pytest.MonkeyPatch, amount: float, said: bool
) -> None:
    due = {1: amount, 3: 10.5, 6: 10.0}
    monkeypatch.setattr(notes, "_due", lambda _played, _number, day: due[day])
    lanes = [SimpleNamespace(due=[1, 3, 6])]
    found: Any = SimpleNamespace(ground=SimpleNamespace(lanes=lanes), played=None)
    told_too = notes._dearer(found, 0, 1, amount)
    assert bool(told_too) == said
    assert not said or told_too.fields["most"] == 10.5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("worths", "key", "last"),
    [
        ([0.02, 0.01, 0.0], "worth_until", 30),
        ([0.02, 0.01, 0.01], "worth_all", 30),
        ([0.02, 0.0, 0.0], "worth_until", 20),
        ([0.0, 0.0, 0.0], "worth_flat", None),
    ],
)
def test_until_when_a_hundred_yuan_more_are_worth_something(
    worths: list[float], key: str, last: int | None
) -> None:
    said = worth._first(pd.DataFrame({"day": [10, 20, 30], "worth": worths, "saved": 0.0}))
    assert ends(said) == [key]
    if last is not None:
        assert said.fields["extra"] == 2.0
        assert said.fields.get("last", np.datetime64(last, "D")) == np.datetime64(last, "D")
        assert said.fields["on"] == np.datetime64(10, "D")


@pytest.mark.parametrize(
    ("keep", "rate", "terms"),
    [(1.0, 0.0004, 3), (0.99, 0.0004, 2), (0.0, 0.0001, 2), (0.0, 0.00009, 1)],
)
def test_only_other_terms_that_there_can_be_are_tried(keep: float, rate: float, terms: int) -> None:
    found = worth._others(there(keep, LOAN.but(daily_rate=rate)))
    assert len(found) == terms
    halves = [each.keep for name, each in found.items() if name.key.endswith("term_keep")]
    assert halves == [keep / 2] * (keep >= 1)


@pytest.mark.parametrize(
    ("plan", "average", "key"),
    [
        ((900, 0, 0), (901, 0, 9), "open"),  # a yuan is something
        ((900, 0, 0), (900.99, 0, 9), "same"),
        ((900, 0, 0), (901, 0.01, 0.01), "more"),
        ((900, 0, 0), (899, 0.01, 0.01), "less"),
    ],
)
def test_a_yuan_less_or_more_today_is_another_plan(plan: Any, average: Any, key: str) -> None:
    names = ("repaid_today", "at_least", "average")
    rows = [dict(zip(names, each, strict=True)) for each in (plan, average)]
    assert ends(futures._today(rows[0], rows[1], 9)) == [f"future_{key}"]


@pytest.mark.parametrize(
    ("repaid", "regret", "key"),
    [
        (900, 1.0, "least_regret"),
        (900, 0.99, "least_regret_none"),
        (901, 2.0, "least_regret"),
        (901.01, 2.0, "least_regret_reserve"),
    ],
)
def test_a_regret_of_a_yuan_is_one(
    monkeypatch: pytest.MonkeyPatch, repaid: float, regret: float, key: str
) -> None:
    rows = {
        "plan": (900, 0, 0, 5),
        "on_average": (900, 0, 0, 5),
        "least_regret": (repaid, 0, 0, regret),
    }
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["repaid_today", "at_least", "average", "regret"]
    ).assign(worst=0.0)
    monkeypatch.setattr(futures, "policies", lambda *_: SimpleNamespace(table=lambda: table))
    assert ends(futures.answer(replace(there(), savings_rate=0.02), {}, 1).said)[1] == key


# ---- the lanes, and what is checked ----------------------------------------------------------


def test_the_lanes_run_from_what_is_owed_now_until_nothing_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """9,000 today, less what is repaid today; as agreed they last until March."""
    found = best(there())
    assert found is not None
    drawn: list[Any] = []
    monkeypatch.setattr("jiebei.charts.lanes", lambda *given, **_: drawn.extend(given))
    charts.lanes(there())
    dates, mine, agreed = drawn
    ((owed,), (as_agreed,)) = mine.values(), agreed.values()
    assert len(dates) == len(owed) == len(as_agreed)
    assert [str(each) for each in dates[:2]] == ["2026-12-01", "2026-12-02"]
    assert owed[:2] == [9_000, pytest.approx(found.played.flows["closing"].iloc[0])]
    assert as_agreed[:2] == [9_000, 9_000]
    assert as_agreed[-1] == 0 < as_agreed[-2]
    assert str(dates[-1]) == "2027-03-01"


@pytest.mark.parametrize(("lowest", "gain"), [(0.0, 2.0), (-0.01, None)])
def test_what_is_agreed_is_measured_where_it_keeps_the_reserve(
    monkeypatch: pytest.MonkeyPatch, lowest: float, gain: float | None
) -> None:
    agreed = SimpleNamespace(lowest=lowest, left=1.0)
    monkeypatch.setattr(best_plan.steps, "as_agreed", lambda _: agreed)
    found: Any = SimpleNamespace(played=SimpleNamespace(left=3.0))
    assert best_plan.steps.gain(found) == gain


@pytest.mark.parametrize(
    ("change", "fails"), [({}, 0), ({"lowest": -0.01}, 1), ({"left": 1e9}, 1), ({"cash": 1.0}, 1)]
)
def test_a_plan_that_is_wrong_anywhere_does_not_pass(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, float], fails: int
) -> None:
    """A yuan too much on one day alone is seen, too."""
    found = best(there())
    assert found is not None
    more = change.pop("cash", 0.0) * (np.arange(len(found.played.cash)) == 1)
    wrong = replace(found.played, cash=found.played.cash + more, **change)  # type: ignore[arg-type]
    monkeypatch.setattr(verdict, "best", lambda _: replace(found, played=wrong))
    checked: list[object] = []
    verdict.check(there(), checked.append)
    assert checked.count(False) == fails


@pytest.mark.parametrize(
    ("paid", "closing", "last"),
    [
        ([3, 4], 0.0, [(50, 3)]),  # of the four a yuan was repaid early
        ([3, 0], 0.0, [(20, 2)]),
        ([3, 4], 5.0, []),  # something is owed still, as on a card
        ([0, 0], 0.0, []),
    ],
)
def test_the_last_payment_is_the_one_that_leaves_nothing(
    paid: list[float], closing: float, last: list[tuple[int, float]]
) -> None:
    flows = pd.DataFrame({"lane": 0, "day": [20, 50], "payment": paid, "closing": [4.0, closing]})
    played = SimpleNamespace(flows=flows, early=lambda _day, _lane: 1.0)
    found: Any = SimpleNamespace(played=played)
    assert [(each.day, each.amount) for each in best_plan.steps._last(found)] == last


def test_only_what_is_drawn_today_is_borrowed_now(monkeypatch: pytest.MonkeyPatch) -> None:
    today = there().today
    steps = [
        Step(today, 0, "draw", 100.0),
        Step(today + 5, 0, "draw", 50.0),
        Step(today, 0, "repay", 9.0),
    ]
    found = SimpleNamespace(played=SimpleNamespace(steps=steps))
    for plan, borrowed in ((found, 100.0), (None, 0.0)):
        monkeypatch.setattr(depends, "best", lambda _, plan=plan: plan)
        assert depends._drawn_now(there()) == borrowed
