"""Why a plan may differ from what is expected: the usual ways, each tried through the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.life.statement.agreed_as import percent_of
from jiebei.life.statement.fit import fitted
from jiebei.life.statement.pairing import Pair, Pairing
from jiebei.life.statement.stated import stated_of
from jiebei.loan.loan import Loan
from jiebei.loan.terms import DAY_COUNTS, RESIDUALS
from jiebei.units.days import iso
from jiebei.units.fen import ROUNDINGS
from jiebei.units.reading import HIGHEST_DAILY_RATE, RATE_SCALE
from jiebei.value.worth import BANK_YEAR, DAYS_A_YEAR

__all__ = ["Reason", "best_reason", "reason_of_row"]

FEW_FEN = 2
FEW_EXTRA = 3  # payments that may have been early repayments


class Reason(NamedTuple):
    """A convention that explains rows: its words, the loan on these terms, and what it leaves."""

    words: Words
    loan: Loan
    pairs: list[Pair]

    @property
    def left(self) -> int:
        """Return how many fen it leaves unexplained."""
        return sum(abs(each.difference) + abs(each.interest_difference) for each in self.pairs)

    @property
    def places(self) -> frozenset[int]:
        """Return the rows of the file that agree under it."""
        return frozenset(each.stated.place for each in self.pairs if each.stated and each.agrees)


def best_reason(frame: pd.DataFrame, pair: Pairing, loan: Loan) -> Reason | None:
    """Return the usual convention, or two, that explains most; None where none does.

    One that explains all by itself comes before two together. `pair` puts the rows of the frame
    beside those of a loan.
    """
    pairs = pair(loan)
    single = [
        each for change in _changes(frame, loan, pairs) if (each := _tried(pair, loan, *change))
    ]
    if any(each.left == 0 for each in single):
        return min(single, key=lambda each: each.left)
    rate = _other_rate(frame, pair, loan)
    if rate is not None and rate.left == 0:
        return rate
    double = [
        each
        for one in sorted(single, key=lambda each: each.left)[:4]
        for change in _changes(frame, one.loan, one.pairs)
        if (each := _tried(pair, one.loan, *change, also=one.words))
    ]
    base = sum(abs(each.difference) + abs(each.interest_difference) for each in pairs)
    agreed = frozenset(each.stated.place for each in pairs if each.stated and each.agrees)
    found = min(
        [*single, *([rate] if rate else []), *double], key=lambda each: each.left, default=None
    )
    better = found is not None and found.left < base and found.places - agreed
    return found if better else None


Change = tuple[Words, Callable[[Loan], Loan]]


def _changes(frame: pd.DataFrame, loan: Loan, pairs: Sequence[Pair]) -> Iterator[Change]:
    """Yield what lenders often have otherwise, the commonest first."""
    for words, terms in _other_terms(loan, pairs):
        yield words, partial(Loan.but, **terms)
    drawn = _drawn(frame)
    if drawn and drawn != float(loan.principal):
        words = Words("statement.reason.principal", amount=drawn, was=float(loan.principal))
        yield words, partial(Loan.but, principal=drawn)
    extra = [pair for pair in pairs if pair.expected is None and pair.stated is not None]
    for pair in extra if len(extra) <= FEW_EXTRA else ():
        if pair.stated is not None and pair.stated.day > 0:
            amount, day = pair.stated.payment / 100, iso(pair.stated.day)
            for then in ("lower", "shorten"):
                words = Words(f"statement.reason.early_{then}", amount=amount, day=day)
                yield words, partial(_repaid_early, amount=amount, day=day, then=then)


def _drawn(frame: pd.DataFrame) -> float:
    """Return the sum drawn that the file tells of; 0 where it does not, or of part of a plan."""
    if "drawn" in frame and frame["drawn"].sum() > 0:
        return float(frame["drawn"].sum())
    told = frame.attrs.get("loan", {}).get("principal")
    if told or "principal" not in frame:
        return float(told or 0)
    return round(float(frame["principal"].sum()), 2)


def _repaid_early(loan: Loan, amount: float, day: str, then: str) -> Loan:
    return loan.pay_extra(amount, on=day, then=then)


def _other_terms(loan: Loan, pairs: Sequence[Pair]) -> Iterator[tuple[Words, dict[str, Any]]]:
    for each in DAY_COUNTS:
        if each != loan.day_count:
            yield Words(f"statement.reason.{each}"), {"day_count": each}
    for name, all_ in (("rounding", ROUNDINGS), ("residual", RESIDUALS)):
        for each in all_:
            if each != getattr(loan, name):
                yield Words(f"statement.reason.{name}_{each}"), {name: each}
    rate = float(loan.daily_rate)
    for key, factor in (
        ("year_360", DAYS_A_YEAR / BANK_YEAR),
        ("year_365", BANK_YEAR / DAYS_A_YEAR),
    ):
        yield (
            Words(f"statement.reason.{key}"),
            {"daily_rate": min(rate * factor, HIGHEST_DAILY_RATE)},
        )
    fee = _constant_fee(pairs)
    if fee:
        more = max(float(loan.instalment_fee) + fee / 100, 0.0)
        key = "fee" if fee > 0 else "no_fee"
        yield Words(f"statement.reason.{key}", amount=abs(fee) / 100), {"instalment_fee": more}
    if loan.months is not None:
        for days in (0, 15, 31):
            if days != loan.shortest_first_period:
                yield Words("statement.reason.first_period"), {"shortest_first_period": days}
        due = _due_day(pairs)
        if due:
            yield Words("statement.reason.due_day", n=due), {"due_day": due}
    start = int(loan.terms["start"])
    for key, days in (("day_later", 1), ("day_earlier", -1)):
        yield Words(f"statement.reason.{key}", day=iso(start + days)), {"start": iso(start + days)}


def _tried(
    pair: Pairing, loan: Loan, words: Words, change: Callable[[Loan], Loan], also: Any = None
) -> Reason | None:
    try:
        changed = change(loan)
        pairs = pair(changed)
    except JiebeiError:  # these terms do not fit the loan, or its decisions
        return None
    said = Words("statement.reason.both", one=also, other=words) if also else words
    return Reason(said, changed, pairs)


def _other_rate(frame: pd.DataFrame, pair: Pairing, loan: Loan) -> Reason | None:
    """Return the loan at the daily rate that explains most, all else as it is."""
    try:
        stated = stated_of(frame, float(loan.principal), iso(int(loan.terms["start"])))
    except JiebeiError:
        return None
    found = fitted(lambda rates: loan.but(daily_rate=rates), stated, loan.day_count == "thirty")
    if found is None:
        return None
    rate, was = found.quote.units / RATE_SCALE, float(loan.daily_rate)
    words = Words("statement.reason.rate", rate=percent_of(rate), was=percent_of(was))
    return _tried(pair, loan, words, partial(Loan.but, daily_rate=rate))


def _constant_fee(pairs: Sequence[Pair]) -> int:
    """Return the fen by which every row is dearer, 0 where they differ."""
    found = {each.difference for each in pairs if each.expected and each.stated}
    return found.pop() if len(found) == 1 else 0


def _due_day(pairs: Sequence[Pair]) -> int:
    """Return the day of the month on which most rows are stated, 0 where all are as expected."""
    if not any(each.days_off for each in pairs):
        return 0
    days = [iso(each.stated.day)[8:] for each in pairs if each.stated and each.stated.day > 0]
    return int(max(set(days), key=days.count)) if days else 0


def reason_of_row(pair: Pair, pairs: Sequence[Pair], best: Reason | None) -> Words | str:
    """Say why one row differs; empty where it agrees."""
    if pair.stated is None:
        return Words("statement.reason.not_stated")
    if pair.expected is None:
        return Words("statement.reason.not_expected")
    if pair.agrees:
        return _by_day(pair)
    if best is not None and pair.stated.place in best.places:
        return best.words
    return _by_pattern(pair, pairs)


def _by_day(pair: Pair) -> Words | str:
    """Say why a payment of the right amount stands on another day."""
    assert pair.expected is not None
    off = pair.days_off
    if not off:
        return ""
    weekday = int(np.datetime64(pair.expected.day, "D").astype(object).weekday())
    if weekday >= 5 and 0 < off <= 8:
        return Words("statement.reason.holiday", n=off)
    return Words(f"statement.reason.{'later' if off > 0 else 'earlier'}", n=abs(off))


def _by_pattern(pair: Pair, pairs: Sequence[Pair]) -> Words:
    """Say what a small difference looks like that no setting explains."""
    off = [each for each in pairs if not each.agrees]
    most = (
        max(abs(each.difference) for each in off[:-1]) if len(off) > 1 else abs(off[0].difference)
    )
    parts = [each.interest_difference for each in off if each.interest_difference]
    if most <= FEW_FEN and all(part >= -FEW_FEN for part in parts) and abs(pair.difference) <= 100:
        return Words("statement.reason.rounding")
    if pair is pairs[0] and len(off) == 1:
        return Words("statement.reason.first_row", amount=pair.difference / 100)
    return Words("statement.reason.unknown")
