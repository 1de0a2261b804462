"""Which offer is better? The least to ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.answers.shared.quotes import yearly
from jiebei.compare.compare import Cash
from jiebei.language.words import (
    Text,
    Words,
    passage,
    written,
)
from jiebei.life.negotiation.carried import kept_short, lowest
from jiebei.life.negotiation.least import SHARES
from jiebei.life.negotiation.standing import Debt, takes, worth
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import whole_number

__all__ = ["least"]

RATE_STEP = 1e-6  # a day: 0.0001 %
Numbers = npt.NDArray[np.float64]


class Ask(NamedTuple):
    """Something to ask for: how much of it is tried, least first, and how it is written."""

    key: str
    amounts: Numbers
    plan: Callable[[Any], Loan]
    write: Callable[[float], Words]


def least(debt: Debt, ask_months: int, cash: Cash, own_rate: float) -> Answer:
    """Find the least of each concession that the cash can carry: every amount is tried.

    Parameters
    ----------
    debt : Debt
    ask_months : int
        Instalments of the plan in which a lower rate or principal is asked for, 1 to 60.
    cash : Cash
    own_rate : decimal

    Returns
    -------
    Answer
        Months are whole, rates to 0.0001 % a day, shares to 0.1 % of the principal.
    """
    whole_number(ask_months, "ask_months", 1, MOST_MONTHS)
    asks = _asks(debt, int(ask_months))
    left = [lowest(each.plan(each.amounts), debt, cash) for each in asks]
    rows = {
        Words(f"answer.negotiate.for_{each.key}", months=ask_months): _row(
            each, each_left, debt, own_rate
        )
        for each, each_left in zip(asks, left, strict=True)
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("ask_for")
    found = {each.key: _first(each, each_left) for each, each_left in zip(asks, left, strict=True)}
    kept = kept_short(cash)
    if kept >= FEN:
        return Answer(Words("answer.negotiate.keep_short", short=kept), table)
    return Answer(_least_words(found, int(ask_months)), table)


def _first(each: Ask, left: Numbers) -> tuple[int, Words] | None:
    """Return the place of the least amount that is carried, and how it is written."""
    carried = left > -FEN
    place = int(carried.argmax())
    return (place, each.write(each.amounts[place])) if carried.any() else None


def _asks(debt: Debt, months: int) -> list[Ask]:
    late, on = debt.late, debt.on
    own = float(late.daily_rate)
    steps = np.arange(int(np.floor(own / RATE_STEP + 1e-6)), -1, -1)
    rates = np.unique(np.append(steps * RATE_STEP, own))[::-1]

    def rate(value: float) -> Words:
        fields = {"rate": value, "year": yearly(value)}
        return Words("answer.negotiate.a_rate", **fields)

    def share(value: float) -> Words:
        amount = value * debt.owed["principal"]
        return Words("answer.negotiate.a_share", share=value, amount=amount)

    return [
        Ask(
            "months",
            np.arange(1.0, MOST_MONTHS + 1),
            lambda n: late.restructure(n, on=on),
            lambda n: written(n, "count.instalment"),
        ),
        Ask("rate", rates, lambda r: late.restructure(months, on=on, daily_rate=r), rate),
        Ask("haircut", SHARES, lambda h: late.restructure(months, on=on, haircut=h), share),
        Ask(
            "once",
            SHARES,
            lambda h: late.restructure(0, on=on, haircut=h, waive=1.0, waive_interest=1.0),
            share,
        ),
    ]


def _row(each: Ask, left: Numbers, debt: Debt, own_rate: float) -> dict[str, Any]:
    """Show the least amount that is carried, else the one that comes nearest."""
    first = _first(each, left)
    place = int(left.argmax()) if first is None else first[0]
    most = each.write(each.amounts[-1])
    plan, amount = each.plan(each.amounts[place]), each.write(each.amounts[place])
    if first is None:
        at_least = Words("answer.negotiate.not_even", most=most)
    elif place == 0 and each.key != "months":
        at_least = Words("answer.negotiate.nothing")
    else:
        at_least = amount
    taken = takes(plan, debt.on)
    return {
        "just_enough": at_least,
        "paid_at_once": taken.at_once,
        "month_at_most": taken.monthly,
        "worth_today": round(float(worth(plan, debt, own_rate)), 2),
        "lowest_cash": float(left[place]),
    }


def _least_words(found: dict[str, tuple[int, Words] | None], months: int) -> Text:
    """Say the least of months and, over the months entered, of rate or principal."""
    fields: dict[str, Any] = {"months": months}
    parts = []
    longest = found["months"]
    if longest is None:
        parts.append(Words("answer.negotiate.least_no_months", most=MOST_MONTHS))
    else:
        key = "least_any" if longest[0] == 0 else "least_months"
        parts.append(Words(f"answer.negotiate.{key}", least=longest[1]))
    rate, haircut = found["rate"], found["haircut"]
    if rate is not None and rate[0] == 0:
        parts.append(Words("answer.negotiate.least_nothing", **fields))
    elif rate is not None and haircut is not None:
        parts.append(Words("answer.negotiate.least_rate", rate=rate[1], share=haircut[1], **fields))
    elif haircut is not None:
        parts.append(Words("answer.negotiate.least_haircut", share=haircut[1], **fields))
    else:
        parts.append(Words("answer.negotiate.least_none", **fields))
    once = found["once"]
    if once is not None:
        key = "least_once_full" if once[0] == 0 else "least_once"
        parts.append(Words(f"answer.negotiate.{key}", share=once[1]))
    return passage(parts)
