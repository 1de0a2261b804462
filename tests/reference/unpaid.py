"""Decisions on their dates, and which due dates a borrower leaves unpaid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Chain = Sequence[tuple[str, Mapping[str, Any]]]

UNDATED = ("miss", "pay_late")


@dataclass(frozen=True, order=True)
class Decision:
    """One decision on its date; in the order of date, then phase, then place in the chain."""

    date: date
    phase: int
    place: int
    name: str = field(compare=False)
    arguments: Mapping[str, Any] = field(compare=False)


@dataclass(frozen=True)
class Late:
    """From an instalment on nothing is paid, until so many days after it."""

    instalment: int
    days: int
    place: int


class Unpaid:
    """The instalments, numbered from the drawdown on, that are missed or paid late."""

    PHASE = 4

    def __init__(self, chain: Chain) -> None:
        self.missed, self.late, self.named = list[range](), list[Late](), set[int]()
        self.until = date.min  # the day on which a late payment comes
        for place, (name, given) in enumerate(chain):
            if name not in UNDATED or not given["instalment"]:
                continue
            first, times = given["instalment"], given.get("times", 1)
            if name == "miss" and times:
                self.missed.append(range(first, first + times))
                self.named.add(first)
            elif name == "pay_late" and given["days"]:
                self.late.append(Late(first, given["days"], place))
                self.named.add(first)

    def late_payments(self, number: int, today: date) -> list[Decision]:
        """Return the late payments that follow if this instalment falls due today."""
        days = [each for each in self.late if each.instalment == number]
        late = [
            Decision(today + timedelta(each.days), self.PHASE, each.place, "pay_late", {})
            for each in days
        ]
        self.until = max([self.until, *(each.date for each in late)])
        return late

    def is_missed(self, number: int, today: date, plans: Sequence[int]) -> bool:
        """Tell whether an instalment that falls due today is left unpaid.

        Missing one after the other ends with a new plan; `plans` are the last numbers before each.
        """
        missed = [each for each in self.missed if number in each]
        kept = [each for each in missed if any(each[0] <= plan < number for plan in plans)]
        return len(missed) > len(kept) or today < self.until

    def check(self, count: int) -> None:
        """Refuse to miss an instalment that never came."""
        if self.named and max(self.named) > count:
            raise ValueError(f"miss: the loan has only {count} instalments")
