"""What money can be had for: a need, lenders' offers and coupons, turned into loans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.units.days import as_days, day_of_month
from jiebei.units.fen import half_up
from jiebei.units.reading import money, share
from jiebei.units.term import term
from jiebei.value.rates import annual_rate

__all__ = ["Coupon", "Market", "Need", "Offer"]


@dataclass(frozen=True)
class Need:
    """Say which money is needed when, and how it is to be repaid.

    Attributes
    ----------
    amounts : dict of date to yuan
        In the order of the dates; an amount may be an array.
    months : int or ForDays
        The term of every loan taken for it; may be an array.
    method : str
        How the loans are repaid, where the lender leaves the choice.
    """

    amounts: Mapping[str, Any]
    months: Any
    method: str

    @property
    def total(self) -> Any:
        """Return all that is needed, in yuan."""
        return round(sum(self.amounts.values()), 2)

    def split(self, limit: float) -> tuple[Need, Need]:
        """Return the first so many yuan of it, and the rest."""
        first: dict[str, float] = {}
        rest: dict[str, float] = {}
        left = round(100 * limit)
        for date, amount in self.amounts.items():
            taken = min(round(100 * amount), left)
            left -= taken
            first |= {date: taken / 100} if taken else {}
            more = round(100 * amount) - taken
            rest |= {date: more / 100} if more else {}
        return replace(self, amounts=first), replace(self, amounts=rest)


@dataclass(frozen=True)
class Offer:
    """One lender's price; see `jiebei.life.offers.entered.read_offers`."""

    name: Text
    daily_rate: float = 0.0
    off: float = 0.0
    monthly_fee: float = 0.0
    drawdown_fee: float = 0.0
    months: int | None = None
    method: str | None = None
    limit: float | None = None
    fee_stays: bool = False
    prepay_fee_rate: float = 0.0
    prepay_fee_months: int | None = None

    @property
    def quoted(self) -> float:
        """Return the rate a year as the lender names it, a flat fee twelve times."""
        if self.monthly_fee:
            return 12 * self.monthly_fee
        return round(float(annual_rate(self.daily_rate)), 10)

    def lends(self, amount: float) -> bool:
        """Tell whether this lender lends so much."""
        return self.limit is None or self.limit >= amount

    def loans(self, need: Need) -> tuple[Loan, ...]:
        """Return one loan for each amount needed, all with the due day of the first."""
        due_day = int(day_of_month(as_days(next(iter(need.amounts)), "on")[0]))
        return tuple(self._loan(need, date, due_day) for date in need.amounts)

    def _loan(self, need: Need, date: str, due_day: int) -> Loan:
        principal = need.amounts[date]
        terms: dict[str, Any] = {
            "start": date,
            "due_day": due_day,
            **term(need.months if self.months is None else self.months),
            "method": need.method if self.method is None else self.method,
            "drawdown_fee": self.drawdown_fee,
            "prepay_fee_rate": self.prepay_fee_rate,
        }
        if self.monthly_fee:
            fee = half_up(money(principal, "principal"), share(self.monthly_fee, "monthly_fee"))
            terms["instalment_fee"] = fee / 100
            terms["method"] = "equal_principal"
        return Loan(principal, daily_rate=self.daily_rate * (1 - self.off), **terms)


def _discount(off: float) -> Words:
    """Write a discount: 20 % off, or what remains in tenths in Chinese (8折)."""
    return Words("offers.discount", share=round(100 * off, 1), tenths=round(10 * (1 - off), 2))


@dataclass(frozen=True)
class Coupon:
    """One coupon in your hand; see `jiebei.life.offers.entered.read_coupons`."""

    days: int | None = None
    instalments: int | None = None
    off: float = 1.0
    principal: float | None = None
    cap: float | None = None
    expires: Any = None
    use_by: Any = None
    begins: Any = None
    name: Text = ""

    def works_on(self, loan: Loan) -> bool:
        """Tell whether a loan is drawn on a day of the coupon, from its first to its last."""
        start = loan.terms["start"]
        if self.begins is not None and start < as_days(self.begins, "begins")[0]:
            return False
        last_days = [each for each in (self.use_by, self.expires) if each is not None]
        return all(start <= as_days(each, "use_by")[0] for each in last_days)

    def on(self, loan: Loan) -> Loan:
        """Return the loan with this coupon."""
        limits = {name: getattr(self, name) for name in ("principal", "cap", "expires")}
        return loan.coupon(self.days, self.off, instalments=self.instalments, **limits)

    @property
    def words(self) -> Text:
        """Name the coupon by what it does, where it has no name."""
        limits = self._limits()
        if self.name or not limits:
            return self.short
        return Words("offers.limited", coupon=self.short, limits=limits)

    @property
    def short(self) -> Text:
        """Name the coupon without its limits."""
        if self.name:
            return self.name
        lasts = {"instalments": self.instalments, "days": self.days, "until": self.expires}
        kind, until = next((kind, each) for kind, each in lasts.items() if each is not None)
        if self.off < 1:
            return Words(f"offers.off_{kind}", lasts=until, discount=_discount(self.off))
        return Words(f"offers.free_{kind}", lasts=until)

    def _limits(self) -> tuple[Words, ...]:
        limits = {"principal": self.principal, "cap": self.cap}
        return tuple(
            Words(f"offers.limit_{name}", amount=each)
            for name, each in limits.items()
            if each is not None
        )


@dataclass(frozen=True)
class Market:
    """Hold all that decides where the money comes from.

    Attributes
    ----------
    need : Need
    line : Offer
        This line, without a coupon.
    offers : tuple of Offer
        Other lenders.
    coupons : tuple of Coupon
        In your hand, for this line.
    spent : decimal
        Share of the drawdowns on this line that the subsidy is paid for.
    savings_rate : decimal
        What your savings earn a year.
    in_hand, monthly : yuan
        Your money after the first drawdown is spent, and what is left of each month's income.
    """

    need: Need
    line: Offer
    offers: tuple[Offer, ...]
    coupons: tuple[Coupon, ...]
    spent: float
    savings_rate: float
    in_hand: float
    monthly: float
