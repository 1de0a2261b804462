"""Several lenders: what is fitted to the reader's loan, and sums just at the end of a sentence."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import many_lenders
from jiebei.answers.many_lenders import chain, flips, missed, orders, verdict
from jiebei.answers.shared.example import Reader
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.life.debts.debt import Debt, read
from jiebei.life.debts.orders import Choice
from tests.truth import told

START = "2026-12-01"
LINE = {"name": "this_line", "kind": "loan", "balance": 12_000, "daily_rate": 0.0, "months": 12}
CARD = {"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005}
FAMILY = {"name": "family", "kind": "family", "balance": 15_000, "due": "2027-09-01"}


def fitted(**typed: Any) -> Any:
    return many_lenders.fitted({**many_lenders.EXAMPLE, **typed})


def ends(said: Any) -> list[str]:
    return [each.key.rpartition(".")[2] for each in said]


# ---- what is fitted --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("principal", "budget"),
    [(240_000, 25_000), (132_000, 11_000), (132_012, 14_000)],
)
def test_who_cannot_get_free_with_the_examples_budget_is_given_a_quarter_more_than_it_takes(
    principal: int, budget: int
) -> None:
    """Twelve parts without interest: 20,000 a month, 11,000 as in the example, 11,001."""
    alone = {"principal": principal, "daily_rate": 0.0, "other_debts": []}
    assert fitted(**alone).debt_budget == budget
    assert fitted(**alone, debt_budget=12_000).debt_budget == 12_000


@pytest.mark.parametrize(("principal", "limit"), [(60_000, 60_000), (240_000, 290_000)])
def test_a_line_that_nobody_typed_has_room_for_what_is_owed(principal: int, limit: int) -> None:
    """A fifth more than is owed, with two digits and noughts."""
    assert fitted(principal=principal).line_limit == limit


def test_a_limit_below_what_is_owed_is_refused() -> None:
    assert fitted(line_limit=50_000).line_limit == 50_000
    with pytest.raises(JiebeiError, match="49,999"):
        fitted(line_limit=49_999)


@pytest.mark.parametrize(
    ("limit", "amounts"),
    [
        (120_000, [30_000, 15_000, 5_000]),
        (30_000, [15_000, 7_500, 2_500]),
        (6, [3, 1.5, 1]),  # a yuan at least
    ],
)
def test_drawdowns_of_the_example_fit_into_a_smaller_line(
    limit: float, amounts: list[float]
) -> None:
    drawn = fitted(principal=min(limit, 30_000), line_limit=limit, start="2027-01-01").drawdowns
    assert [each["amount"] for each in drawn] == amounts
    assert [each["on"] for each in drawn] == ["2026-10-02", "2026-11-15", "2026-12-28"]  # 31 later


@pytest.mark.parametrize(
    ("start", "due"), [("2027-08-01", "2027-09-01"), ("2027-08-02", "2028-05-02")]
)
def test_the_familys_day_is_moved_where_it_comes_before_the_first_payday(
    start: str, due: str
) -> None:
    mine = fitted(start=start)
    assert [each["due"] for each in mine.other_debts if "due" in each] == [due]
    assert ("due" in ends(mine.left_out)) == (due != FAMILY["due"])


@pytest.mark.parametrize(
    ("agreed", "plain"),
    [({}, False), ({"prepay_fee_rate": 0.01}, False), ({"penalty_multiple": 2.0}, True)],
)
def test_what_is_agreed_besides_is_left_out_and_said(agreed: dict[str, float], plain: bool) -> None:
    mine = many_lenders.fitted(many_lenders.EXAMPLE, agreed)
    assert ("line_plain" in ends(mine.left_out)) == plain


def test_a_line_that_owes_more_than_its_limit_has_no_room() -> None:
    mine = fitted()
    limits = [many_lenders.owing(mine, principal=each)[0].limit for each in (50_000, 70_000)]
    assert limits == [6_000_000, 7_000_000]  # fen


@pytest.mark.parametrize(("principal", "assumed"), [(50_000, False), (500_000, True)])
def test_a_budget_of_its_own_is_said_first(principal: int, assumed: bool) -> None:
    loan = jb.Loan(principal, daily_rate=0.0004, months=12, start=START)
    reader = Reader(loan, {"keep": loan}, 0.02, 0.0, jb.Cash(25_000, 5_000, START))
    assert (ends(told(many_lenders.asked_by(reader).said))[0] == "assumed") == assumed


# ---- just at the end -------------------------------------------------------------------------


@pytest.mark.parametrize(("monthly", "amounts"), [(500, [1_500]), (501, [1, 1_501])])
def test_nothing_a_month_is_no_case(monthly: float, amounts: list[float]) -> None:
    cases = flips._cases(read([LINE, CARD], START), monthly)
    found = [each.fields["amount"] for each in cases if each.key.endswith("case_amount")]
    assert found == amounts


@pytest.mark.parametrize(
    ("changes", "cases"),
    [
        (({}, {}, {}), ["fee", "bullet", "free", "open", "late_fee"]),
        (
            (
                {"prepay_fee_rate": 0.01, "method": "bullet"},
                {"free_until": "2027-03-01"},
                {"late_fee": 500},
            ),
            ["open"],
        ),
    ],
)
def test_only_what_can_be_otherwise_is_changed(changes: Any, cases: list[str]) -> None:
    rows = [row | change for row, change in zip((LINE, CARD, FAMILY), changes, strict=True)]
    found = [name.key.rpartition("case_")[2] for name, _ in flips._changed(read(rows, START))]
    assert found == cases


def test_money_of_the_family_is_at_one_rate_with_a_loan_for_nothing() -> None:
    assert len(flips._tied(read([LINE, CARD, FAMILY], START))) == 2


@pytest.mark.parametrize(
    ("more", "late", "keys"),
    [
        ([0, 0.1], [False, False], ["all"]),
        ([0, 0.1], [False, True], ["some"]),
        ([0, 0.11], [False, False], ["some", "worst"]),
    ],
)
def test_ten_fen_are_rounding(more: list[float], late: list[bool], keys: list[str]) -> None:
    when = [Words(f"answer.many_lenders.{'is_late' if each else 'is_in_time'}") for each in late]
    table = pd.DataFrame({"cost": [9, 9], "highest_rate_more": more, "highest_rate_late": when})
    assert ends(told(flips._holds(table))) == [f"depends_{key}" for key in keys]


@pytest.mark.parametrize(("gap", "key"), [(10, "same"), (11, "more"), (-10, "same"), (-11, "less")])
def test_an_order_within_ten_fen_costs_the_same(gap: int, key: str) -> None:
    found: Any = SimpleNamespace(
        cost=np.array([1_000, 1_000 + gap]), free=np.array([True, True]), late=np.zeros(2, int)
    )
    said = verdict._against(read([LINE, CARD], START), "highest_rate", found, 1)
    assert ends([said]) == [key]


@pytest.mark.parametrize(
    ("above", "late", "key", "name", "amount"),
    [
        ([0, 0.1, 5], [0, 0, 9], "gap", "c", 5),  # none in time is apart: any of them counts
        ([0, 3, 9], [0, 0, 9], "gap", "b", 3),  # what leaves more unpaid is no match
        ([0, -3, 1], [0, 0, 0], "less", "b", 3),
    ],
)
def test_the_order_that_is_farthest_from_the_first_is_the_title(
    above: list[float], late: list[float], key: str, name: str, amount: float
) -> None:
    path = Words("answer.many_lenders.path", names=("card", "x"))
    table = pd.DataFrame({"above_cheapest": above, "still_late": late}, index=list("abc"))
    table = table.assign(order_of_paying=pd.Series([path] * 3, table.index), cost=9.0, free_in="")
    said = orders._cost_title(table, "")
    assert ends([said]) == [f"title_{key}"]
    assert (said.fields["name"], said.fields["amount"]) == (name, amount)


@pytest.mark.parametrize(
    ("row", "lead", "key"),
    [
        (FAMILY, 1, "path"),  # on the last payday it comes first in any order
        (FAMILY, 2, "lead"),
        (CARD, 9, "path"),
        (CARD | {"free_until": "2027-06-01"}, 0, "path"),
        (CARD | {"free_until": "2027-06-01"}, 1, "lead_one"),
    ],
)
def test_a_lead_that_any_order_has_is_not_named(row: dict[str, Any], lead: int, key: str) -> None:
    debts = read([LINE, row], START)
    assert ends([many_lenders.in_words(debts, Choice((0, 1), lead))]) == [key]


# ---- the chain -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "tried"), [(499, [999, 1_499, 2_499]), (500, [0, 1_000, 1_500, 2_500])]
)
def test_money_of_ones_own_can_be_nothing_but_not_less(own: float, tried: list[float]) -> None:
    cases = chain._cases(own, 12, 4_000_000)
    found = [name.fields["amount"] for name in cases if name.key.endswith("case_own")]
    assert found == tried


@pytest.mark.parametrize(("owed", "key"), [(1_200_000, "holds"), (1_200_001, "holds_wide")])
def test_a_chain_that_owes_more_than_before_holds_by_its_limits(owed: int, key: str) -> None:
    found: Any = SimpleNamespace(free=np.array([False]), month=np.array([0]), owed=np.array([owed]))
    assert ends([chain._end(read([LINE], START), [], found)]) == [f"chain_{key}"]


@pytest.mark.parametrize(("months", "rows"), [(25, 25), (26, 7)])
def test_of_more_than_two_years_every_sixth_month_is_shown(months: int, rows: int) -> None:
    """Of 26 the first, 6, 12, 18, 24 and the last two."""
    nothing = np.zeros((1, 1), np.int64)
    month = SimpleNamespace(
        day=20_000,
        due=nothing,
        payment=nothing,
        closing=nothing,
        counts=[1],
        parts={"drawn": nothing},
    )
    link = SimpleNamespace(month=month, room=[0], missing=[0])
    run: Any = [link] * months
    shown = chain._table(run, 0.0).index
    assert (len(shown), shown[0], shown[-1]) == (rows, 1, months)


# ---- a bill that waits -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("free", "due"), [("2027-02-10", 1_800.0), ("2027-01-01", 1_800.0), ("", 1_827.90)]
)
def test_a_bill_bears_interest_from_the_end_of_the_free_days(free: str, due: float) -> None:
    """A tenth of 18,000 and of nothing or 31 days of 9.00 on it."""
    card = CARD | ({"free_until": free} if free else {})
    found = missed.answer(read([LINE | {"daily_rate": 0.0004}, card], START), {}).figures
    assert found["due_first"].iloc[1] == due


def test_only_this_line_is_late_by_its_own_contract() -> None:
    rows = [LINE | {"daily_rate": 0.0004, "name": each} for each in ("A", "B")]
    found = missed.answer(read(rows, START), {"penalty_multiple": 1.0}).figures
    due = found["due_first"]["A"]
    assert found["penalty"].tolist() == [round(due * rate * 31, 2) for rate in (0.0004, 0.0006)]
    assert found["on_every_hundred"]["B"] == 1.86  # 31 days of 0.06


def test_what_a_hundred_costs_is_told_of_both_ends() -> None:
    said = told(missed.answer(read([CARD, LINE | {"daily_rate": 0.0004}], START), {}).said)[0]
    assert [str(said.fields[each]) for each in ("name", "name_most")] == ["this line", "card"]


def _named(debts: list[Debt]) -> list[str]:
    return [str(each.name) for each in debts]


def test_a_debt_with_a_day_of_its_own_is_read_without_it() -> None:
    mine = fitted()
    rows = [each | {"due_day": 12} for each in mine.other_debts]
    own = replace(mine, typed={**mine.typed, "other_debts": rows})
    assert _named(many_lenders.owing(own)) == _named(many_lenders.owing(mine))
