"""Which repayment method suits me? What the answer depends on, and when it flips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.shared.verdicts import Turns, turns
from jiebei.compare.compare import Cash, flip, horizon, net_benefit
from jiebei.compare.vary import vary
from jiebei.language.figures import daily_words
from jiebei.language.words import EMPTY, Text, Words, passage
from jiebei.life.rules.facts import usual_rates
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS, least_months
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
    own = {"daily_rate": first.daily_rate, "months": first.term}
    cases = {
        case: (change, rate)
        for place, (case, change, rate) in enumerate(changes)
        if not place or (own | change, rate) != (own, savings_rate)  # that row is there already
    }

    def row(case: tuple[dict[str, Any], float]) -> dict[str, Any]:
        able = _able(loans, case[0])
        interest = {name: loan.summary().interest for name, loan in able.items()}
        return dict.fromkeys(loans, np.nan) | interest | {"best_method": _best(able, case[1])}

    table = vary(cases, row)
    best = [each for each in table["best_method"] if each]
    table["best_method"] = pd.Series(map(_named, table["best_method"]), table.index)
    always = [name for name in loans if all(name in each for each in best)]
    some = [name for name in loans if any(name in each for each in best)]
    key = "none" if not best else "one" if always else "many"
    text = [Words(f"answer.methods.depends_{key}", names=tuple(always or some))]
    if best and float(first.daily_rate):  # without a rate no term has any
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
        if _room(change, loan) >= least_months(loan.method, loan.interest_only_months)
    }


def _room(change: Mapping[str, Any], loan: Loan) -> Any:
    """Return the months of a case; where all falls due at once, each method has room."""
    return change.get("months", MOST_MONTHS if loan.months is None else loan.months)


def _best(loans: Mapping[Any, Loan], savings_rate: float) -> tuple[Any, ...] | None:
    """Name the methods with the highest net benefit, cash apart; none where all have it.

    Of a single one nothing can be said.
    """
    if len(loans) < 2:
        return None
    first, last = next(iter(loans.values())), horizon(*loans.values())
    worth = {name: net_benefit(loan, first, savings_rate, last) for name, loan in loans.items()}
    best = tuple(name for name in worth if max(worth.values()) - worth[name] < FEN)
    return best if len(best) < len(worth) else ()


def _named(best: tuple[Any, ...] | None) -> Text:
    if best is None:
        return EMPTY
    return Words("answer.methods.alike", names=best) if best else Words("chart.label.same")


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
    text = passage([_flip(loans, found), _need(table["least_surplus"])])
    columns = ["flip_rate", "flip", "effective_rate", "least_surplus"]
    return Answer(text, table[columns])


def _turn(found: BreakEven) -> float:
    """Return the savings rate at which the better one changes; at zero none does, nor does a tie.

    Where it changes more than once there is no such rate.
    """
    rates = turns(found).rates
    return float(rates[0]) if rates.size == 1 else float("nan")


def _flip(loans: Mapping[Any, Loan], found: Mapping[Any, BreakEven]) -> Words:
    """Say at which savings rates the methods change places with the first, and which way."""
    first, *others = loans
    whens = {name: turns(found[name]) for name in others}
    turning = {name: each for name, each in whens.items() if each.rates.size}
    if not turning:
        spread = np.ptp([loan.summary().interest for loan in loans.values()])
        zero = bool(spread < FEN) and any(each.kind == "one" for each in found.values())
        return Words(f"answer.methods.flip_{'zero' if zero else 'none'}", first=first)
    rates = [round(float(rate), 4) for each in turning.values() for rate in each.rates]
    low, high = min(rates), max(rates)
    if all(_waits(loans[name], loans[first], each) for name, each in whens.items()):
        if low == high:
            return Words("answer.methods.flip_one", low=low)
        fields = {"first": first, "low": low, "high": high}
        at = {name: set(np.round(each.rates, 4)) for name, each in turning.items()}
        names = {f"{end}_names": _at(at, fields[end]) for end in ("low", "high")}
        return Words("answer.methods.flip_range", **fields, **names)
    ways = tuple(_way(name, each) for name, each in turning.items())
    return Words("answer.methods.flip_each", first=first, ways=ways)


def _at(turning: Mapping[Any, set[float]], rate: float) -> tuple[Any, ...]:
    return tuple(name for name, rates in turning.items() if rate in rates)


def _waits(loan: Loan, first: Loan, found: Turns) -> bool:
    """Tell whether the one that pays back later is the better one just above a single rate."""
    if found.when == "equal":
        return True
    later = loan.summary().interest > first.summary().interest
    return found.when == ("above" if later else "below")


def _way(name: Any, found: Turns) -> Words:
    key = found.when if found.rates.size == 1 else "more"
    return Words(f"answer.methods.flip_{key}", name=name, rate=found.rates[0])


def _need(surplus: pd.Series[float]) -> Words:
    """Say which methods ask the least and the most of a month."""
    least, most = surplus.min(), surplus.max()
    if least < FEN:
        return Words("answer.methods.need_none", names=tuple(surplus.index[surplus < FEN]))
    if most - least < FEN:
        return Words("answer.methods.need_same", amount=least)
    names = tuple(surplus.index[surplus - least < FEN])
    dear = tuple(surplus.index[most - surplus < FEN])
    return Words("answer.methods.need", names=names, amount=least, dear=dear, most=most)


def _flip_words(found: BreakEven) -> Words:
    when, rates = turns(found)
    return Words(f"answer.methods.better_{when if rates.size < 2 else 'several'}")
