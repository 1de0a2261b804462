"""What is computed, though hardly meant: a daily rate that no page of the product names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from jiebei.language.figures import daily_words
from jiebei.language.words import percent, say, sentences
from jiebei.life.rules.facts import usual_rates
from jiebei.units.written import date_of, in_digits
from jiebei.value.rates import annual_rate

__all__ = ["on_days", "on_rates"]

HIGH = 0.001  # a day: more than any page names


def on_days(taken: Mapping[str, tuple[Any, Any]]) -> list[str]:
    """Say of every day that was told without its year which one was taken.

    `taken` is what was typed and what it was taken for, by name, wherever the two differ.

    Examples
    --------
    >>> for each in on_days({"repay_on": ("3月1日", "2027-03-01")}):
    ...     print(each)
    repay_on: 3月1日 is taken for 2027-03-01; if another day is meant, write its year.
    >>> for each in on_days({"debts": ([{"due": "7月底"}], [{"due": "2027-07-31"}])}):
    ...     print(each)
    debts: 7月底 is taken for 2027-07-31; if another day is meant, write its year.
    """
    said = [(name, *texts) for name, pair in taken.items() for texts in _texts(*pair)]
    today = dt.date.today().isoformat()  # who writes today means no other day
    days = [each for each in said if date_of(each[2]) not in (None, date_of(each[1]), today)]
    return [say("caution.day", name=name, said=old, day=new) for name, old, new in days]


def _texts(old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """Yield each text within a value as it was typed, and as it was taken."""
    match old, new:
        case str(), str():
            yield old, new
        case Mapping(), Mapping():
            for pair in zip(old.items(), new.items(), strict=False):
                yield from _texts(*map(list, pair))
        case list(), list():
            for pair in zip(old, new, strict=False):
                yield from _texts(*pair)


def on_rates(rates: Mapping[str, float]) -> list[str]:
    """Say of every daily rate that is high what it comes to a year, and what is usual.

    Examples
    --------
    >>> for each in on_rates({"daily_rate": 0.0045, "reborrow_rate": 0.0004}):
    ...     print(each)
    Mind: daily_rate = 0.0045 is 0.450% a day, 164.25% a year. Public pages name 0.015% to \
0.060% a day for this line. Is a nought missing? 0.00045 is 0.045%.
    """
    return [_on(name, rate) for name, rate in rates.items() if rate > HIGH]


def _on(name: str, rate: float) -> str:
    low, high = usual_rates()
    amounts = {"daily": daily_words(rate), "yearly": percent(annual_rate(rate))}
    known = {"low": percent(low, 3), "high": percent(high, 3)}
    said = say("caution.daily_rate", name=name, rate=in_digits(rate), **amounts, **known)
    if not low <= rate / 10 <= high:
        return said
    less = say("caution.one_zero", less=in_digits(rate / 10), daily=daily_words(rate / 10))
    return sentences([said, less])
