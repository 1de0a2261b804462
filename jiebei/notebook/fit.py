"""Fit what the reader did not type to the loan that he did (按借款调整例子里的数字).

Every parameter comes with the value of an example. One that still has it was not typed: where it
cannot be for this loan, another is taken from the loan, and said. What was typed is never changed:
where it cannot be, it is refused under its own name.

    mine = fit.begin(globals(), EXAMPLE).day("extend_on", loan)
    mine.extend_on, mine.said
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, log10
from typing import Any

import numpy as np

from jiebei.compare.goals import day_of, owed
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.loan.terms import least_months
from jiebei.notebook import parameters
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints, iso
from jiebei.units.term import ForDays
from jiebei.units.written import in_digits

__all__ = [
    "Fit",
    "again",
    "begin",
    "due_days",
    "literal",
    "middle",
    "owed_at",
    "repayment",
    "round_part",
    "rounded_up",
]


@dataclass(frozen=True)
class Fit:
    """Hold the parameters of a page as they are used, and what had to be said about them.

    A parameter is an attribute: `mine.repay_on`.

    Attributes
    ----------
    typed : dict
        Name to value, as they stand in the cell.
    example : dict
        The values that the cell came with.
    taken : dict
        What is used instead, of those that the reader did not type.
    left_out : tuple of Words
        Sentences on ways that make no sense for this loan.
    """

    typed: Mapping[str, Any]
    example: Mapping[str, Any]
    taken: Mapping[str, Any] = field(default_factory=dict)
    left_out: tuple[Text, ...] = ()

    def __getattr__(self, name: str) -> Any:
        """Return a parameter as it is used."""
        for values in (self.__dict__.get("taken", {}), self.__dict__.get("typed", {})):
            if name in values:
                return values[name]
        raise AttributeError(name)

    def own(self, name: str) -> bool:
        """Tell whether the reader typed the parameter: it is not the example's any more.

        Examples
        --------
        >>> mine = begin({"extend_months": 3, "extend_fee": 0.0}, {"extend_months": 6})
        >>> mine.own("extend_months")
        True
        """
        return name in self.typed and self.typed[name] != self.example.get(name)

    def supposed(self, key: str, *names: str, **fields: object) -> Text:
        """Return words on what is the example's, while something else is the reader's own; or "".

        Parameters
        ----------
        key : str
            Of the sentence in the table of words.
        *names : str
            The parameters that it is about: none of them was typed.
        **fields
            Of the sentence.

        Examples
        --------
        >>> cell = {"principal": 50_000, "sales": [1]}
        >>> begin(cell | {"principal": 30_000}, cell).supposed("fit.example_sales", "sales")
        The shop's sales are still the example's of the grey cell.
        >>> begin(cell, cell).supposed("fit.example_sales", "sales")
        ''
        """
        theirs = any(map(self.own, self.example)) and not any(map(self.own, names))
        return Words(key, **fields) if theirs else ""

    def mark(self, answer: Answer, name: str) -> Answer:
        """Say first that an answer rests on the example's figures, not on the reader's own.

        Examples
        --------
        >>> import pandas as pd
        >>> cell = {"principal": 50_000, "offers": {"longer": {"months": 24}}}
        >>> mine = begin(cell | {"principal": 30_000}, cell)
        >>> print(mine.mark(Answer("Take it.", pd.DataFrame()), "offers").headline)
        The example's (offers, in the grey cell), not yours: put your own there. Take it.
        """
        first = self.supposed(f"fit.example.{name}", name)
        return replace(answer, said=passage([first, answer.said]))

    def take(self, **values: Any) -> Fit:
        """Use other values than those of the example."""
        new = {name: value for name, value in values.items() if getattr(self, name) != value}
        return replace(self, taken={**self.taken, **new})

    def leave_out(self, sentence: Text) -> Fit:
        """Keep a sentence on a way that makes no sense for this loan; an empty one is none."""
        return replace(self, left_out=(*self.left_out, sentence)) if sentence else self

    def day(self, name: str, loan: Loan, first: Any = None, before_the_end: int = 0) -> Fit:
        """Keep a day on which the loan runs, or take a due day in its middle.

        Parameters
        ----------
        name : str
            Of the parameter.
        loan : Loan
            One scenario.
        first : date, optional
            No day before this one will do; the drawdown, if not given.
        before_the_end : int
            How many days before it is paid off the last day lies that will do.

        Examples
        --------
        >>> loan = Loan(5_000, daily_rate=0.0004, months=6, start="2025-07-10")
        >>> begin({"extend_on": "2027-06-01"}, {"extend_on": "2027-06-01"}).day(
        ...     "extend_on", loan
        ... ).extend_on
        '2025-10-10'
        """
        start, end = _life(loan)
        low = start if first is None else max(start, day_of(loan, first))
        if low <= day_of(loan, getattr(self, name)) <= end - before_the_end:
            return self
        if self.own(name):
            parameters.day_in_life(loan, getattr(self, name), name)
            return self  # it is a day of the loan: what is wrong with it is said where it is used
        return self.take(**{name: middle(loan, low)})

    def number(self, name: str, most: int, least: int = 0) -> Fit:
        """Keep a number of the example that is at most so large, or take the largest that is.

        What the reader typed is left to whoever uses it, and refuses it by its name.
        """
        value = getattr(self, name)
        if self.own(name) or least <= value <= most:
            return self
        return self.take(**{name: max(least, min(value, most))})

    @property
    def said(self) -> Text | None:
        """Say what was taken from the loan and what is left out; None where nothing was."""
        parts: list[Text] = []
        taken = self.taken.items()
        lines = [line for name, value in taken for line in _lines(name, value, self.example[name])]
        if lines:
            key = "fit.taken" if len(lines) > 1 else "fit.taken_one"
            parts.append(Words(key, values=tuple(lines)))
        return passage([*parts, *self.left_out]) or None


def begin(typed: Mapping[str, Any], example: Mapping[str, Any]) -> Fit:
    """Begin with what stands in the cell; names that are no parameters of the page are dropped."""
    return Fit({name: value for name, value in typed.items() if name in example}, dict(example))


def _lines(name: str, value: Any, example: Any) -> list[str]:
    """Write what a cell would say instead; of a table of named rows only those that changed.

    Examples
    --------
    >>> _lines("offers", {"a": 1, "b": 3}, {"a": 1, "b": 2, "c": 5})
    ['offers["b"] = 3']
    """
    if isinstance(value, Mapping) and set(value) <= set(example):
        changed = [key for key, each in value.items() if each != example[key]]
        return [f'{name}["{key}"] = {literal(value[key])}' for key in changed]
    return [f"{name} = {literal(value)}"]


def literal(value: Any) -> str:
    """Write a value as a cell does.

    Examples
    --------
    >>> print(literal({"2027-06-01": 20_000}), literal(0.5))
    {"2027-06-01": 20_000} 0.5
    """
    if isinstance(value, Mapping):
        pairs = (f"{literal(key)}: {literal(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    is_text = isinstance(value, str | ForDays)
    return json.dumps(str(value), ensure_ascii=False) if is_text else in_digits(value, "_")


# What is chosen from a loan -------------------------------------------------------------------


def _life(loan: Loan) -> tuple[int, int]:
    """Return the days of the drawdown and of the last payment."""
    last = loan.summary().payoff_date.astype("M8[D]").astype(np.int64)
    return int(loan.terms["start"]), int(last)


def due_days(loan: Loan) -> Ints:
    """Return the due days on which something stays owed."""
    flows = loan.cashflows(["date", "event", "closing"])
    due = flows["date"][(flows["event"] == "instalment") & (flows["closing"] > 0)]
    return due.to_numpy().astype("M8[D]").astype(np.int64)


def middle(loan: Loan, first: int | None = None) -> str:
    """Return a due day in the middle of the loan, or of what is left of it from a day on.

    Where there is none, it is any day in the middle.

    Examples
    --------
    >>> middle(Loan(5_000, daily_rate=0.0004, months=12, start="2026-12-01"))
    '2027-06-01'
    >>> middle(Loan(5_000, daily_rate=0.0004, months=1, start="2026-12-01"))
    '2026-12-16'
    """
    start, end = _life(loan)
    low = start if first is None else first
    dues: Sequence[int] = [int(each) for each in due_days(loan) if each > low]
    return iso(dues[(len(dues) - 1) // 2] if dues else (low + end) // 2)


def round_part(whole: float) -> float:
    """Return a round sum of at most half: 1, 2 or 5 and noughts.

    Examples
    --------
    >>> round_part(13_113.29), round_part(1_000), round_part(0.09)
    (5000, 500, 0.02)
    """
    half = max(whole / 2, 0.01)
    power = 10.0 ** np.floor(np.log10(half) + 1e-9)
    part = max(each * power for each in (1, 2, 5) if each * power <= half + 1e-9)
    return int(part) if part >= 1 else round(float(part), 2)


def rounded_up(amount: float) -> int:
    """Return a sum of at least so much, with two digits and noughts.

    Examples
    --------
    >>> rounded_up(36_960), rounded_up(1_200_000)
    (37000, 1200000)
    """
    unit = int(10 ** max(ceil(log10(amount)) - 2, 0))
    return ceil(round(amount / unit, 6)) * unit


# What several pages fit ------------------------------------------------------------------------


def repayment(mine: Fit, loan: Loan, first: Any = None) -> Fit:
    """Fit `repay_on` and `repay_amount`: a day on which so much is owed, a part of what is owed.

    No day before `first` is chosen; of the drawdown, if not given.

    Examples
    --------
    >>> cell = {"repay_amount": 20_000, "repay_on": "2027-03-01"}
    >>> loan = Loan(30_000, daily_rate=0.00045, months=12, start="2026-07-10")
    >>> repayment(begin(cell, cell), loan).taken
    {'repay_amount': 5000}
    >>> mine = begin(cell | {"repay_amount": 15_000}, cell)
    >>> print(repayment(mine, loan).said)
    Fitted to your loan, since the example's value does not go with it: repay_on = "2027-01-10".
    """
    if not mine.repay_amount:
        return mine
    mine = mine.day("repay_on", loan, first, before_the_end=1)
    if mine.repay_amount * 100 <= owed(loan, mine.repay_on) + 0.5:
        return mine
    if not mine.own("repay_amount"):
        return mine.take(repay_amount=round_part(owed(loan, mine.repay_on) / 100))
    if not mine.own("repay_on"):
        before = [iso(each) for each in due_days(loan) if each < day_of(loan, mine.repay_on)]
        earliest = int(loan.terms["start"]) if first is None else day_of(loan, first)
        days = [iso(earliest), *(each for each in before if each >= iso(earliest))]
        enough = [each for each in days if owed(loan, each) >= mine.repay_amount * 100 - 0.5]
        if enough:
            return mine.take(repay_on=enough[-1])
    parameters.repayment(loan, mine.repay_amount, mine.repay_on)
    return mine


def again(mine: Fit, loan: Loan, first: Any = None, drawn: float | None = None) -> Fit:
    """Fit what is borrowed again to what is repaid: not before it, and no more than fits the line.

    No day before `first` is chosen; `drawn` is the limit, the principal of the loan if not given.

    The limit that comes back is what has been repaid by then. The rate that is then shown is
    taken to be the loan's own.

    Raises
    ------
    JiebeiError
        If the term typed has no room for the method, which the new loan has from the first.
    """
    mine = mine.day("reborrow_on", loan, first=mine.repay_on if mine.repay_amount else first)
    fitted = "repay_amount" in mine.taken
    limit = float(loan.principal) if drawn is None else drawn
    room = limit - owed_at(loan, mine.reborrow_on) + mine.repay_amount
    if not mine.own("reborrow_amount") and (fitted or mine.reborrow_amount > room):
        mine = mine.take(reborrow_amount=mine.repay_amount)
    least = least_months(loan.method, loan.interest_only_months)
    if not isinstance(mine.reborrow_months, ForDays) and mine.reborrow_months < least:
        if mine.own("reborrow_months"):
            fields = {"months": mine.reborrow_months, "only": least - 1, "least": least}
            raise JiebeiError("error.reborrow_months", **fields)
        mine = mine.take(reborrow_months=2 * (least - 1))
    changed = float(loan.daily_rate) != mine.example.get("daily_rate", float(loan.daily_rate))
    if "reborrow_rate" in mine.typed and changed and not mine.own("reborrow_rate"):
        mine = mine.take(reborrow_rate=float(loan.daily_rate))
    return mine


def owed_at(loan: Loan, on: Any) -> float:
    """Return the principal owed at the end of a day in yuan: nothing once it is paid off."""
    flows = loan.cashflows(["date", "closing"])
    behind = flows["closing"][flows["date"] <= iso(day_of(loan, on))]
    return float(behind.iloc[-1]) if len(behind) else 0.0
