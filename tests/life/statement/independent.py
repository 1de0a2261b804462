"""Plans computed a second time, with fractions and calendar days: nothing here is the engine's."""

import calendar
import datetime as dt
import itertools
import random
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd


def half_up(value: Fraction) -> int:
    return int((2 * value + 1) // 2)


def month_later(day: dt.date, months: int, due_day: int) -> dt.date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(due_day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True)
class Plan:
    """A plan as a lender would compute it; the first `interest_only` carry interest only."""

    principal: int  # fen
    rate: Fraction  # a day
    start: dt.date
    months: int
    method: str = "equal_instalment"
    count: str = "actual"
    due_day: int = 0
    first_off: int = 0  # months that the first due day is put off
    interest_only: int = 0
    fee: int = 0
    cut: bool = False  # interest cut off to the fen
    residual_first: bool = False

    @cached_property
    def days(self) -> list[dt.date]:
        day = self.due_day or self.start.day
        first = 1 + self.first_off - (day > self.start.day) * (self.first_off > 0)
        return [month_later(self.start, first + each, day) for each in range(self.months)]

    @cached_property
    def counted(self) -> list[int]:
        found = []
        for before, after in itertools.pairwise([self.start, *self.days]):
            real = (after - before).days
            months = 12 * (after.year - before.year) + after.month - before.month
            due = self.due_day or self.start.day
            first = 30 * months + due - self.start.day
            thirty = first if before == self.start else 30
            found.append(thirty if self.count == "thirty" else real)
        if self.count == "both_ends":
            found[0] += 1
        return found

    def rounded(self, value: Fraction) -> int:
        return int(value) if self.cut else half_up(value)

    def level(self, balance: int, ahead: list[int]) -> int:
        worth, total = Fraction(1), Fraction(0)
        for each in ahead:
            worth /= 1 + self.rate * each
            total += worth
        return self.rounded(balance / total)

    @cached_property
    def rows(self) -> list[tuple[dt.date, int, int]]:
        """Return day, principal and interest of each instalment."""
        as_last = self.rows_with(0)
        if not self.residual_first:
            return as_last
        (_, first, interest), *_, (_, rest, last) = as_last
        slices = self.method == "equal_principal"
        off = rest - first if slices else rest + last - first - interest
        return self.rows_with(off)  # what the last one would differ by

    def rows_with(self, more: int) -> list[tuple[dt.date, int, int]]:
        """Return the rows where the first instalment takes so many fen more."""
        balance, found = self.principal, []
        level = self.level(balance, self.counted) if self.method == "equal_instalment" else 0
        for place, (day, counted) in enumerate(zip(self.days, self.counted, strict=True)):
            interest = self.rounded(balance * self.rate * counted)
            left = self.months - place
            if self.method == "interest_then_equal" and place == self.interest_only:
                level = self.level(balance, self.counted[place:])
            if left == 1:
                part = balance
            elif self.method == "equal_principal":
                part = self.rounded(Fraction(self.principal, self.months))
            elif self.method == "equal_instalment" or (level and place >= self.interest_only):
                part = level - interest
            else:
                part = 0
            part += more * (place == 0)
            found.append((day, part, interest))
            balance -= part
        return found

    def frame(self, split: bool = True) -> pd.DataFrame:
        """Return what a reader has of it: with the parts of each payment, or sums alone."""
        data: dict[str, Any] = {
            "date": pd.to_datetime([day for day, _, _ in self.rows]),
            "payment": [(part + interest + self.fee) / 100 for _, part, interest in self.rows],
        }
        if split:
            data["principal"] = [part / 100 for _, part, _ in self.rows]
            data["interest"] = [interest / 100 for _, _, interest in self.rows]
            if self.fee:
                data["fee"] = self.fee / 100
        frame = pd.DataFrame(data)
        frame.attrs["kind"] = "plan"
        return frame


TEN_THOUSANDTHS = ("4", "4.5", "3.5", "1.5", "6")  # a day
A_YEAR = (("0.155", 365), ("0.144", 360), ("0.18", 360), ("0.1199", 365), ("0.144", 360))
RATES = (
    *(Fraction(each) / 10_000 for each in TEN_THOUSANDTHS),
    *(Fraction(rate) / year for rate, year in A_YEAR),
)
METHODS = ("equal_instalment", "interest_only", "equal_principal", "interest_then_equal")
COUNTS = ("actual", "both_ends", "thirty")


def forty() -> list[Plan]:
    """Return forty plans under mixed conventions, every method with every way to count days."""
    lot = random.Random(20261126)
    plans = []
    ways = list(itertools.product(METHODS, COUNTS))
    for place in range(40):
        method, count = ways[place % len(ways)]
        months = lot.choice(
            [8, 9, 12, 12, 18, 24, 36] if method == METHODS[3] else [3, 6, 9, 12, 24, 36]
        )
        plan = Plan(
            principal=lot.choice([100_000, 300_000, 1_000_000, 1_234_567, 3_000_000, 20_000_000]),
            rate=RATES[place % len(RATES) if count != "thirty" else place % 2],
            start=dt.date(2026, 1, 1) + dt.timedelta(lot.randrange(0, 420)),
            months=months,
            method=method,
            count=count,
            interest_only=min(6, months - 1) if method == METHODS[3] else 0,
            fee=lot.choice([0, 0, 0, 500, 1234]),
        )
        if place % 5 == 3:  # a due day of its own
            plan = Plan(**{**vars_of(plan), "due_day": lot.choice([5, 10, 15, 20, 28])})
            plan = _put_off(plan)
        plans.append(plan)
    return plans


def vars_of(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in Plan.__dataclass_fields__}


def _put_off(plan: Plan) -> Plan:
    """Let a first period of fewer than 15 days roll on to the next due day."""
    for months in range(3):
        first = month_later(plan.start, months, plan.due_day)
        if (first - plan.start).days >= 15:
            later = plan.due_day > plan.start.day
            return Plan(**{**vars_of(plan), "first_off": months - 1 + later})
    raise AssertionError(plan)
