"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from jiebei.answers.negotiate.offers import ways
from jiebei.answers.negotiate.verdict import answer
from jiebei.answers.shared.example import LOAN, SO_FAR, Reader
from jiebei.compare.goals import day_of
from jiebei.language.words import Words
from jiebei.life.negotiation.carried import means
from jiebei.life.negotiation.standing import Debt, behind
from jiebei.loan.terms import MOST_MONTHS, PENALTY_MULTIPLE
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, middle
from jiebei.notebook.so_far import SoFar, so_far
from jiebei.units.days import day_of_month, due_date, iso, month_of

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        "late_instalment": 3,
        "offer_on": "2027-06-01",
        "penalty_multiple": PENALTY_MULTIPLE,
        "offers": {
            "no_interest": {"months": 36, "daily_rate": 0.0, "waive": 1.0},
            "half_rate": {"months": 60, "daily_rate": 0.0002, "waive": 1.0},
            "longer": {"months": 24, "waive": 1.0},
            "pause_first": {"months": 48, "defer": 3, "interest": "capitalised"},
            "at_once": {"months": 0, "haircut": 0.3, "waive": 1.0, "waive_interest": 1.0},
            "pause": {"defer": 3, "interest": "capitalised"},
        },
        "cash_now": 3_000,
        "surplus_now": 1_400,
        "keep_back": 1_000,
        "savings_rate": 0.02,
        "ask_months": 36,
        "grace_months": 3,
    }
)
MONTHS_LATE, MORE = 3, 12  # as in the example: the talks so much later, a longer term by so much


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the late instalment, the day of the talks and the offers to the loan as it is today."""
    loan = now.ahead
    flows = loan.cashflows(["date", "event"])
    flows = flows[flows["event"].isin(["instalment", "missed"])]
    dues = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    mine = begin(typed, EXAMPLE).number("late_instalment", len(dues))
    if mine.own("late_instalment") and mine.late_instalment not in range(len(dues) + 1):
        behind(loan, mine.late_instalment, mine.offer_on)  # which refuses it in words
    mine = now.tell_late(mine, loan, dues)
    first = int(dues[mine.late_instalment - 1]) if mine.late_instalment else None
    if not mine.own("offer_on"):
        mine = _talks(mine, now, first, int(dues[-1]))
    elif now.is_underway:
        now.refuse_before("offer_on", mine.offer_on)
    if mine.own("offers"):
        return mine
    return _offers(mine, behind(loan, mine.late_instalment, mine.offer_on))


def _talks(mine: Fit, now: SoFar, first: int | None, last: int) -> Fit:
    """Talk three months after the first day late, or, where nothing is late, in mid-life.

    Where something is overdue by what was paid so far, today.
    """
    today = day_of(now.whole, now.today)
    since = max(today, 0 if first is None else first + 1)
    if since <= day_of(now.whole, mine.offer_on) <= last:
        return mine
    if now.whole.owed(now.today).overdue:
        return mine.take(offer_on=now.today)
    if first is None:
        return mine.take(offer_on=middle(now.ahead, today))
    return mine.take(offer_on=iso(due_date(month_of(first) + MONTHS_LATE, day_of_month(first))))


def _offers(mine: Fit, debt: Debt) -> Fit:
    """Let the offers of the example be what they are called, for this debt."""
    offers = {name: dict(terms) for name, terms in mine.offers.items()}
    offers["half_rate"]["daily_rate"] = round(float(debt.late.daily_rate) / 2, 10)
    if debt.ahead >= offers["longer"]["months"]:
        offers["longer"]["months"] = min(debt.ahead + MORE, MOST_MONTHS)
    mine = mine.take(offers=offers)
    if not float(debt.late.daily_rate):
        mine = _without(mine, "half_rate")
    if debt.ahead >= offers["longer"]["months"]:
        mine = _without(mine, "longer", ahead=debt.ahead)
    if not debt.ahead:
        return _without(mine, "pause", day=debt.on)
    return _without(mine, "pause", "_once") if debt.late.method == "bullet" else mine


def _without(mine: Fit, name: str, why: str = "", **fields: Any) -> Fit:
    """Leave an offer out, and say why."""
    kept = {each: terms for each, terms in mine.offers.items() if each != name}
    offer = Words(f"offer.{name}")
    left = Words(f"answer.negotiate.without_{name}{why}", offer=offer, **fields)
    return mine.take(offers=kept).leave_out(left)


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan, with the offers and the cash of the example."""
    mine = fitted(so_far(reader.loan, {}, ""), reader.typed_into(EXAMPLE))
    debt = behind(reader.loan, mine.late_instalment, mine.offer_on)
    cash = means(debt, mine.cash_now, mine.surplus_now, mine.keep_back)
    return answer(debt, ways(debt, mine.offers), cash, reader.savings_rate)
