"""Say in words what a loan was agreed as."""

from __future__ import annotations

from functools import reduce

from jiebei.engine.decisions.decision import Decision
from jiebei.language.words import Words
from jiebei.life.statement.rounds import Quote
from jiebei.loan.loan import Loan
from jiebei.loan.terms import RESIDUALS
from jiebei.units.days import iso
from jiebei.units.fen import ROUNDINGS

__all__ = ["convention_words", "percent_of", "rate_alone", "rate_words"]


def rate_words(quote: Quote) -> Words:
    """Say a rate as it may have been quoted: 0.045% a day, 15.5% a year ÷ 365."""
    daily = percent_of(quote.units / 1e10)
    return Words(f"statement.rate.{quote.year}", rate=percent_of(quote.quoted), daily=daily)


def rate_alone(quote: Quote) -> Words | str:
    """Say a rate under a head that calls it daily already."""
    return percent_of(quote.quoted) if quote.year == 1 else rate_words(quote)


def percent_of(share: float) -> str:
    """Write a rate with as many decimals as it has: 0.045%."""
    return f"{round(share * 100, 8):f}".rstrip("0").rstrip(".") + "%"


def convention_words(loan: Loan, quote: Quote) -> Words:
    """Say method, rate, days and fees of a loan, and what was repaid early.

    Examples
    --------
    >>> loan = Loan(30_000, daily_rate=0.00045, months=12, start="2026-03-07")
    >>> print(convention_words(loan, Quote(4_500_000, 0.00045, 1, 1)))
    ¥30,000.00 drawn on 2026-03-07, equal instalments, 12 instalments, 0.045% a day, first day
    counted, last not
    """
    method = str(loan.method)
    days = loan.months is None
    parts = [
        Words("statement.terms.drawn", amount=float(loan.principal), day=str(loan.start)),
        Words(f"method.{method}"),
        Words(f"statement.terms.{'days' if days else 'months'}", n=loan.days or loan.months),
        rate_words(quote),
        Words(f"statement.terms.{loan.day_count}"),
    ]
    if method == "interest_then_equal":
        parts.insert(2, Words("statement.terms.interest_only", n=loan.interest_only_months))
    if loan.instalment_fee:
        parts.append(Words("statement.terms.fee", amount=loan.instalment_fee))
    if loan.due_day is not None:
        parts.append(Words("statement.terms.due_day", n=loan.due_day))
    if loan.month_end != "clamp":
        parts.append(Words(f"statement.terms.month_end_{loan.month_end}"))
    if loan.rounding != ROUNDINGS[0]:
        parts.append(Words(f"statement.terms.{loan.rounding}"))
    if loan.residual != RESIDUALS[0]:
        parts.append(Words("statement.terms.residual_first"))
    parts += [_decision(each) for each in loan.decisions]
    return reduce(lambda told, more: Words("statement.terms.and", told=told, more=more), parts)


def _decision(decision: Decision) -> Words:
    """Say what was repaid early, and when."""
    given = decision.values()
    day = iso(given["on"].flat[0])
    if "amount" not in given:
        return Words("statement.terms.settled", day=day)
    then = "shorten" if int(given["then"].flat[0]) else "lower"
    return Words(f"statement.terms.{then}", amount=int(given["amount"].flat[0]) / 100, day=day)
