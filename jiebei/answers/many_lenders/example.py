"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from jiebei.answers.many_lenders.verdict import answer
from jiebei.answers.shared.example import LOAN, Reader
from jiebei.language.errors import JiebeiError
from jiebei.language.frames import called
from jiebei.language.words import Words, passage
from jiebei.life.debts.debt import Debt, payday, read
from jiebei.life.debts.orders import least
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, rounded_up
from jiebei.units.days import as_days, iso

__all__ = ["EXAMPLE", "asked_by", "fitted", "of_line", "owing"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        "line_limit": 60_000,
        "drawdowns": [
            {"amount": 30_000, "on": "2026-09-01", "daily_rate": 0.0004, "months": 12},
            {
                "amount": 15_000,
                "on": "2026-10-15",
                "daily_rate": 0.0003,
                "months": 6,
                "method": "interest_only",
            },
            {"amount": 5_000, "on": "2026-11-27", "daily_rate": 0.0005, "days": 7},
        ],
        "cash_in_hand": 25_000,
        "other_debts": [
            {
                "name": "card",
                "kind": "card",
                "balance": 18_000,
                "daily_rate": 0.0005,
                "minimum_share": 0.1,
                "minimum_floor": 100,
                "limit": 25_000,
            },
            {
                "name": "platform",
                "kind": "loan",
                "balance": 20_000,
                "daily_rate": 0.00065,
                "months": 12,
                "prepay_fee_rate": 0.0,
                "limit": 30_000,
            },
            {
                "name": "family",
                "kind": "family",
                "balance": 15_000,
                "due": "2027-09-01",
                "late_fee": 0,
            },
        ],
        "debt_budget": 11_000,
        "take_home_pay": 25_000,
        "order": "cheapest",
        "own_money": 1_000,
        "new_loan_months": 12,
    }
)
USUAL = {each.name: each.default for each in fields(Loan)}
OF_LINE = ("prepay_fee_rate",)
FAMILY_MONTHS = 9  # from the start of the example to the deadline of its family money
ROOM, SPARE = 1.2, 1.25  # times what is owed, and times the least that frees you of debt


def fitted(typed: Mapping[str, Any], agreed: Mapping[str, Any] = MappingProxyType({})) -> Fit:
    """Fit the limit, the deadline of the family and the monthly amount to the loan.

    Of what is `agreed` besides, the orders of paying know but the fee for early repayment.
    """
    mine = begin(typed, EXAMPLE)
    if any(each != USUAL[name] for name, each in agreed.items() if name not in OF_LINE):
        mine = mine.leave_out(Words("fit.line_plain"))
    if any("due_day" in each for each in mine.other_debts):
        mine = mine.leave_out(Words("fit.one_due_day", start=mine.start))
    mine = mine.leave_out(mine.supposed("fit.example_debts", "other_debts"))
    if mine.own("line_limit") and mine.line_limit < mine.principal:
        shown = {"limit": mine.line_limit, "owed": mine.principal}
        raise JiebeiError("error.line_limit", **shown)
    if not mine.own("line_limit") and mine.line_limit < mine.principal:
        mine = mine.take(line_limit=rounded_up(ROOM * mine.principal))
    if not mine.own("drawdowns"):
        mine = _drawn_before(mine)
    if not mine.own("other_debts"):
        mine = _with_deadline_ahead(mine)
    if mine.own("debt_budget"):
        return mine
    enough = least(owing(mine), kept=False)
    if mine.debt_budget < enough:
        mine = mine.take(debt_budget=rounded_up(SPARE * enough))
    return mine


def owing(mine: Fit, **change: Any) -> list[Debt]:
    """Return all that is owed, this line first; `change` sets the principal and the like anew."""
    this = {name: getattr(mine, name) for name in ("principal", "daily_rate", "months", "method")}
    this |= change
    balance = this.pop("principal")
    line = {"name": "this_line", "kind": "loan", "balance": balance, **this}
    others = [{name: row[name] for name in row if name != "due_day"} for row in mine.other_debts]
    return read([line | {"limit": max(mine.line_limit, balance)}, *others], mine.start)


def of_line(agreed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the contract says of this line that a debt among others can have."""
    return {name: each for name, each in agreed.items() if name in OF_LINE}


def _drawn_before(mine: Fit) -> Fit:
    """Let the drawdowns of the example lie as long before today as there, and within the limit."""
    moved = int(as_days(mine.start, "start")[0]) - int(as_days(EXAMPLE["start"], "start")[0])
    smaller = min(mine.line_limit / EXAMPLE["line_limit"], 1.0)
    rows = [
        each
        | {"amount": max(round(each["amount"] * smaller, 2), 1)}
        | {"on": iso(int(as_days(each["on"], "on")[0]) + moved)}
        for each in mine.drawdowns
    ]
    return replace(mine, typed={**mine.typed, "drawdowns": rows})


def _with_deadline_ahead(mine: Fit) -> Fit:
    """Move the deadline of the example's family money where it is over before the first bill."""
    start = int(as_days(mine.start, "start")[0])
    debts, said = [], []
    for each in mine.other_debts:
        if "due" in each and as_days(each["due"], "due")[0] < payday(start, 1):
            each = each | {"due": iso(np.int64(payday(start, FAMILY_MONTHS)))}
            said.append(Words("fit.due", name=called(each["name"]), day=each["due"]))
        debts.append(each)
    mine = replace(mine, typed={**mine.typed, "other_debts": debts})
    for sentence in said:
        mine = mine.leave_out(sentence)
    return mine


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan, with the other debts of the example."""
    mine = fitted(reader.typed_into(EXAMPLE))
    found, example = answer(owing(mine), mine.debt_budget), EXAMPLE["debt_budget"]
    if mine.debt_budget == example:
        return found
    fields = {"monthly": mine.debt_budget, "example": example}
    assumed = Words("answer.many_lenders.assumed", **fields)
    return Answer(passage([assumed, found.said]), found.figures, found.remark)
