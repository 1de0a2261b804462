"""Sentences that are said now and then: when each of them is, and when it is not."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei import charts
from jiebei.answers import best_plan, many_lenders, negotiate, overdue, true_cost
from jiebei.answers.shared import drawdowns
from jiebei.language.words import Words, apart
from jiebei.life.best.borrower import Borrower
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.notebook.so_far import so_far
from tests.truth import told

START = "2026-12-01"
LOAN = Loan(9_000, daily_rate=0.0004, months=3, start=START)


def keys(said: Any) -> list[str]:
    return [each.key.split(".", 2)[2] for each in apart(said) if isinstance(each, Words)]


def there(loan: Loan = LOAN, cash: float = 4_000, **more: Any) -> Borrower:
    return Borrower((loan,), Budget(5_000, 1_000, cash, START), 0, **more)


# ---- the best plan -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "waits"), [(0.0003, False), (0.0004, True), (0.0005, True)], ids=str
)
def test_a_card_waits_where_it_costs_as_much_as_what_is_repaid_before_it(
    rate: float, waits: bool
) -> None:
    """The line costs 0.04 % a day."""
    card = {"name": "card", "kind": "card", "balance": 2_000, "daily_rate": rate}
    said = best_plan.answer(there(debts=tuple(read([card], START)))).said
    found = [each for each in apart(said) if str(getattr(each, "key", "")).endswith("card_waits")]
    assert bool(found) == waits
    if waits:
        assert str(found[0]) == (  # its first letter is raised by the passage
            "this line can be repaid on any day and come first: card takes it on its due day only."
        )


@pytest.mark.parametrize(("savings", "tomorrow"), [(0.0, False), (0.02, True)])
def test_a_loan_drawn_today_is_repaid_tomorrow_where_its_money_earns_a_day(
    savings: float, tomorrow: bool
) -> None:
    """The day of the drawdown is owed in any case; 9,000 earn 49 fen a day at 2 % a year."""
    said = keys(best_plan.answer(there(cash=10_000, savings_rate=savings)).said)
    assert said[0] == ("tomorrow" if tomorrow else "today")
    assert ("why_wait" in said) == tomorrow


@pytest.mark.parametrize(("rate", "same"), [(0.0, True), (0.0004, False)])
def test_rules_are_drawn_unless_none_of_them_loses_a_yuan(rate: float, same: bool) -> None:
    shown = best_plan.rules.chart(there(LOAN.but(daily_rate=rate)))
    assert (getattr(shown, "key", "") == "answer.best_plan.rules_same") == same


def test_how_near_the_plans_of_the_drawn_borrowers_are_is_counted() -> None:
    gap = facts("best_plan_borrowers")["gap"]
    last = apart(best_plan.lesson.answer().said)[-1]
    assert last.key == "answer.best_plan.often_proof"
    assert last.fields["half"] == gap.median()
    assert 0 <= last.fields["most"] - gap.max() < 0.0101  # a fen more
    assert (gap <= last.fields["most"]).all()


# ---- several drawdowns and lenders ---------------------------------------------------------------


def test_how_many_due_days_are_ahead_and_which_is_the_heaviest() -> None:
    """Of 3,000 and 6,000 for nothing in three parts each: 1,000, 3,000 twice, and 2,000."""
    rows = [(3_000, "2026-12-01"), (6_000, "2027-01-01")]
    drawn = [
        drawdowns.Drawdown(name, Loan(yuan, daily_rate=0.0, months=3, start=day))
        for name, (yuan, day) in zip("AB", rows, strict=True)
    ]
    said = told(drawdowns.due_days(drawn, "2027-01-01", 10_000).said)[0]
    assert said.key == "answer.shared.drawn_due_days"
    shown = said.fields
    assert (shown["n"], shown["due"]) == (3, 3_000)
    assert str(shown["day"])[:10] == "2027-02-01"
    assert str(shown["last"])[:10] == "2027-04-01"


def test_each_drawdown_has_its_own_payments_in_the_calendar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without interest 9,000 in three are 3,000 each, 600 in two 300 each."""
    drawn = [
        drawdowns.Drawdown("A", Loan(9_000, daily_rate=0.0, months=3, start="2027-01-01")),
        drawdowns.Drawdown("B", Loan(600, daily_rate=0.0, months=2, start="2027-01-15")),
    ]
    shown: dict[str, Any] = {}
    monkeypatch.setattr(charts, "duedates", shown.update)
    drawdowns.calendar(drawn, "2027-01-20")
    paid = {name: list(amounts) for name, (_, amounts) in shown.items()}
    assert paid == {"A": [3_000.0] * 3, "B": [300.0] * 2}


FAMILY = {"name": "family", "kind": "family", "balance": 15_000, "due": "2027-09-01"}
CARD = {"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005, "limit": 25_000}


@pytest.mark.parametrize(("monthly", "late"), [(2_000, 13_000), (15_000, 0)])
def test_what_an_order_still_owes_the_family_is_noted_below_its_picture(
    monthly: int, late: float
) -> None:
    debts = read([FAMILY | {"due": "2027-01-01"}], START)
    choice = many_lenders.choice(debts, monthly, "only_due")
    notes = many_lenders.months._notes(debts, monthly, choice)
    found = [each.fields["late"] for each in notes if each.key.endswith("chart_late")]
    assert found == ([late] if late else [])


@pytest.mark.parametrize(
    ("costs", "key"), [([9.0, np.nan], "fails"), ([np.nan, 9.0], "fails"), ([9.0, 9.0], "same")]
)
def test_an_order_that_does_not_lead_out_of_debt_has_no_sum(costs: list[float], key: str) -> None:
    debts = read([CARD, FAMILY], START)
    choice = many_lenders.choice(debts, 5_000, "highest_rate")
    figures = pd.DataFrame({"cost": costs}, index=["a", "b"])
    said = many_lenders.how.how(debts, 5_000, {"a": choice, "b": choice}, figures, None).said
    assert keys(said) == [f"how_{key}"]
    if key == "fails":
        assert said.fields["name"] == "ab"[int(np.isnan(costs[1]))]


# ---- late and negotiated -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ({}, "more"),
        ({"daily_rate": 0.0}, "same"),  # nothing grows of nothing
        # the rest is called after ten days, and bears nothing from then on
        ({"penalty_multiple": 0.0, "accelerate_after": 10}, "less"),
    ],
)
def test_whether_paying_late_takes_more(terms: dict[str, Any], key: str) -> None:
    loan = jb.Loan(
        **{"principal": 9_000, "daily_rate": 0.0004, "months": 3, "start": START} | terms
    )
    worked = overdue.answer(loan, 1, 30, overdue.Elsewhere(0.2)).how()
    assert keys(worked.said)[0] == f"how_{key}"


@pytest.mark.parametrize(("rate", "left_out"), [(0.0, True), (0.0004, False)])
def test_half_of_no_rate_is_no_offer(rate: float, left_out: bool) -> None:
    mine = negotiate.fitted(so_far(LOAN.but(daily_rate=rate), {}, ""), negotiate.EXAMPLE)
    said = [each.key for each in told(mine.said)]
    assert ("answer.negotiate.without_half_rate" in said) == left_out
    assert ("half_rate" in mine.offers) != left_out


# ---- the true cost -------------------------------------------------------------------------------


@pytest.mark.parametrize(("fee", "key"), [(0, "how"), (9_000, "how_none")])
def test_where_all_that_is_lent_goes_into_a_fee_there_is_no_rate(fee: float, key: str) -> None:
    """Nothing is received on the first day: no rate makes it worth the instalments."""
    worked = true_cost.how.how(LOAN.but(drawdown_fee=fee), pd.DataFrame(), None)
    assert keys(worked.said) == [key]
    assert ("worth_at_drawdown" in worked.table) == (key == "how")


@pytest.mark.parametrize(
    ("rates", "ends", "key", "other"),
    [
        ([5, 3, 3], [1, 9, 9], "dearest", None),
        ([5, 5, 3], [9, 8, 9], "longest", None),
        ([5, 5, 3], [9, 9, 1], "longest", None),  # no longer is the other
        ([5, 5, 3], [8, 9, 1], "dearest", None),
        ([5, 5, 5], [8, 7, 9], "dearest", None),
        ([3, 5, 6], [9, 1, 2], "over", "c"),  # it lasts longer than a dearer one
        ([3, 6, 5], [9, 1, 2], "over", "b"),
    ],
)
def test_why_one_drawdown_is_repaid_first(
    rates: list[float], ends: list[int], key: str, other: str | None
) -> None:
    table = pd.DataFrame({"daily_rate": rates, "payoff_date": ends}, list("abc"))
    (said,) = drawdowns._why("a", table)
    assert isinstance(said, Words)
    assert said.key == f"answer.shared.drawn_why_{key}"
    if other:
        assert (said.fields["other"], said.fields["end"]) == (other, table["payoff_date"][other])
