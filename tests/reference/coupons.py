"""Coupons: a share of the interest of certain days is let off, on a slice, up to a cap."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .agreement import RATE_UNIT, half_up, rounded


@dataclass
class Coupon:
    """One coupon, the part of the factor that it lets off, and what it has let off in fen."""

    off: Fraction
    until: date  # the interest that runs until this date is let off
    slice: int | None = None  # only on so much of the balance
    cap: int | None = None  # most fen let off in all
    let_off: Fraction = Fraction(0)
    used: int = 0
    used_today: int = 0  # of `used`, by the prepayments of today, which share one rounding

    def free(self, part: int, balance: int) -> int:
        """Return how much of a part of the balance is free; the other fen are repaid first."""
        slice_ = balance if self.slice is None else min(self.slice, balance)
        return max(0, part - (balance - slice_))


class Coupons:
    """The coupon in force, and before it those that it replaced since interest was settled.

    Beside them a holiday may waive interest: all of that of its days, which no coupon lets off.
    """

    def __init__(self, rounding: str) -> None:
        self.rounding = rounding
        self.taken = list[Coupon]()
        self.waiver: Coupon | None = None

    def run(self, rate: int, days: int, today: date) -> None:
        """Let off the share of the rate that ran until today, in whole units a day."""
        for each in (self.waiver, *self.taken[-1:]):
            if each and today <= each.until:
                each.let_off += half_up(rate * each.off) * days
                return  # a day is let off once

    def one_day_more(self, rate: int, today: date) -> "Coupons":
        """Return what would be let off if interest had run for one day."""
        coupons = deepcopy(self)
        coupons.run(rate, 1, today + timedelta(1))
        return coupons

    def all(self) -> list[Coupon]:
        """Return what lets off interest: a waiver, then the coupons, the oldest first."""
        return ([self.waiver] if self.waiver else []) + self.taken

    def waived(self, part: int, balance: int, factor: int) -> list[int]:
        """Return what each lets off of the interest on a part of the balance."""
        return list(self.each_waived(part, balance, Fraction(part * factor, RATE_UNIT)))

    def each_waived(self, part: int, balance: int, interest: Fraction) -> Iterator[int]:
        for coupon in self.all():
            less = interest - coupon.free(part, balance) * coupon.let_off / RATE_UNIT
            waived = rounded(interest, self.rounding) - rounded(less, self.rounding)
            left = waived if coupon.cap is None else coupon.cap - coupon.used + coupon.used_today
            interest = less
            yield min(waived, left)

    def use(self, waived: list[int]) -> None:
        """So much is let off in all by the prepayments of today, each by its coupon."""
        for coupon, fen in zip(self.all(), waived, strict=True):
            coupon.used += fen - coupon.used_today
            coupon.used_today = fen

    def start_date_anew(self) -> None:
        for coupon in self.all():
            coupon.used_today = 0

    def start_interest_anew(self) -> None:
        """The interest on the whole balance has just been settled."""
        self.start_date_anew()
        self.taken = self.taken[-1:]
        for coupon in self.all():
            coupon.let_off = Fraction(0)
