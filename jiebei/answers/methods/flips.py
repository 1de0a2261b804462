"""Which repayment method suits me? What the answer depends on, and when it flips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.shared.quotes import daily_words
from jiebei.answers.shared.verdicts import turns
from jiebei.compare.compare import Cash, flip, horizon, net_benefit
from jiebei.compare.vary import vary
from jiebei.language.words import EMPTY, Words, passage
from jiebei.life.rules.facts import usual_rates
from jiebei.loan.loan import Loan
from jiebei.loan.terms import least_months
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_days, day_of_month, due_date, month_of
from jiebei.units.fen import FEN
from jiebei.value.worth import BreakEven

__all__ = ["depends", "flips", "least_surplus"]

TERMS = (3, 6, 12, 24)
SAVINGS = (0.0, 0.2)


# What it depends on ------------------------------------------------------------------------


def depends(loans: Mapping[Any, Loan], savings_rate: float) -> Answer:
    """Show the interest of each method when one thing changes, and which is then the best."""
    first = next(iter(loans.values()))
    changes: list[tuple[Words, dict[str, Any], float]] = [
        (Words("answer.methods.case_yours"), {}, savings_rate)
    ]
    for rate in usual_rates():
        case = Words("answer.methods.case_rate", rate=daily_words(rate))
        changes.append((case, {"daily_rate": rate}, savings_rate))
    for months in TERMS:
        case = Words("answer.methods.case_months", months=months)
        changes.append((case, {"months": months}, savings_rate))
    for rate in SAVINGS:
        changes.append((Words("answer.methods.case_savings", rate=rate), {}, rate))
    own = {"daily_rate": first.daily_rate, "months": first.months}
    cases = {
        case: (change, rate)
        for place, (case, change, rate) in enumerate(changes)
        if not place or (own | change, rate) != (own, savings_rate)  # that row is there already
    }

    def row(case: tuple[dict[str, Any], float]) -> dict[str, Any]:
        able = _able(loans, case[0])
        interest = {name: loan.summary().interest for name, loan in able.items()}
        return dict.fromkeys(loans, np.nan) | interest | {"best_method": _winner(able, case[1])}

    table = vary(cases, row)
    winners = dict.fromkeys(table["best_method"])
    winners.pop(Words("chart.label.same"), None)
    key = ("none", "one", "many")[min(len(winners), 2)]
    text = [Words(f"answer.methods.depends_{key}", names=tuple(winners))]
    if winners:
        text.append(Words(f"answer.methods.grows{'_apart' if _grow_apart(loans) else ''}"))
    return Answer(passage(text), table, Words("answer.methods.depends_note"))


def _grow_apart(loans: Mapping[Any, Loan]) -> bool:
    """Tell whether the methods cost the more differently, the higher the rate and the longer."""
    cases = [{"months": months} for months in TERMS]
    rates = [{"daily_rate": rate} for rate in usual_rates()]
    return all(
        bool((np.diff([_apart(loans, each) for each in some]) > -FEN).all())
        and _apart(loans, some[-1]) > FEN
        for some in (cases, rates)
    )


def _apart(loans: Mapping[Any, Loan], change: Mapping[str, Any]) -> float:
    """Return how far apart the interest of the methods is, of those that the term allows."""
    able = _able(loans, change).values()
    return float(np.ptp([each.summary().interest for each in able])) if able else 0.0


def _able(loans: Mapping[Any, Loan], change: Mapping[str, Any]) -> dict[Any, Loan]:
    """Return the loans with a change, those for which the term leaves room."""
    return {
        name: loan.but(**change)
        for name, loan in loans.items()
        if change.get("months", loan.months) >= least_months(loan.method, loan.interest_only_months)
    }


def _winner(loans: Mapping[Any, Loan], savings_rate: float) -> Any:
    """Return the name of the method with the highest net benefit, cash apart."""
    first, last = next(iter(loans.values())), horizon(*loans.values())
    worth = {name: net_benefit(loan, first, savings_rate, last) for name, loan in loans.items()}
    same = max(worth.values()) - min(worth.values()) < FEN
    return Words("chart.label.same") if same else max(worth, key=worth.__getitem__)


# When it flips -----------------------------------------------------------------------------


def least_surplus(loan: Loan, cash: Cash) -> float:
    """Return the least that must be left each month, so that the cash never falls below zero.

    Examples
    --------
    >>> loan = Loan(12_000, daily_rate=0.0, months=12, start="2026-12-01")
    >>> least_surplus(loan, Cash(6_000, 0, "2026-12-01"))
    500.0
    """
    since = as_days(cash.since, "since")[0]
    flows = loan.cashflows(["date", "payment"])
    days = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    paid = flows["payment"].to_numpy().cumsum() - cash.in_hand
    months = month_of(days) - month_of(since)
    paydays = months - (due_date(month_of(days), day_of_month(since)) > days)
    needed = (paid[paydays > 0] / paydays[paydays > 0]).max(initial=0.0)
    return float(np.ceil(needed * 100 - 1e-6) / 100)


def flips(loans: Mapping[Any, Loan], cash: Cash) -> Answer:
    """Say at which savings rate each method overtakes the first, and what it asks of a month."""
    names = list(loans)
    first = loans[names[0]]
    found = {name: flip(loans[name], first) for name in names}
    table = pd.DataFrame(
        {
            "flip_rate": [_turn(each) for each in found.values()],
            "effective_rate": [loan.summary().effective_rate for loan in loans.values()],
            "least_surplus": [least_surplus(loan, cash) for loan in loans.values()],
        },
        index=pd.Index(names, name="method"),
    )
    turning = [EMPTY, *(_flip_words(found[name]) for name in names[1:])]
    table["flip"] = pd.Series(turning, table.index)
    several = any(turns(each).rates.size > 1 for each in found.values())
    spread = np.ptp([loan.summary().interest for loan in loans.values()])
    tie_at_zero = bool(spread < FEN) and any(each.kind == "one" for each in found.values())
    flipping = _flip(table["flip_rate"], names[0], several, tie_at_zero)
    text = passage([flipping, _need(table["least_surplus"])])
    columns = ["flip_rate", "flip", "effective_rate", "least_surplus"]
    return Answer(text, table[columns])


def _turn(found: BreakEven) -> float:
    """Return the savings rate at which the better one changes; at zero none does, nor does a tie.

    Where it changes more than once there is no such rate.
    """
    rates = turns(found).rates
    return float(rates[0]) if rates.size == 1 else float("nan")


def _flip(rates: pd.Series[float], first: Any, several: bool, tie_at_zero: bool) -> Words:
    """Say between which savings rates the methods change places with the first."""
    known = rates.dropna()
    if several:
        return Words("answer.methods.flip_several", first=first)
    if known.empty:
        return Words(f"answer.methods.flip_{'zero' if tie_at_zero else 'none'}", first=first)
    low, high = (round(float(each), 4) for each in (known.min(), known.max()))
    return Words(f"answer.methods.flip_{'one' if low == high else 'range'}", low=low, high=high)


def _need(surplus: pd.Series[float]) -> Words:
    """Say which method asks the least of a month."""
    least = surplus.min()
    if surplus.min() < FEN:
        return Words("answer.methods.need_none", names=tuple(surplus.index[surplus < FEN]))
    if surplus.max() - surplus.min() < FEN:
        return Words("answer.methods.need_same", amount=least)
    return Words("answer.methods.need", name=surplus.idxmin(), amount=least)


def _flip_words(found: BreakEven) -> Words:
    when, rates = turns(found)
    return Words(f"answer.methods.better_{when if rates.size < 2 else 'several'}")
