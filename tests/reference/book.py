"""One contract lived through day by day: interest runs, instalments and decisions act on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .agreement import RATE_UNIT, DueDates, Terms, half_up, in_fen, in_rate_units


@dataclass(frozen=True)
class Row:
    """One dated event; money in fen."""

    date: date
    event: str
    days: int
    opening: int
    drawn: int
    interest: int
    penalty: int
    fee: int
    principal: int
    payment: int
    closing: int
    waived_interest: int


class Book:
    """What is owed today on one contract, and the rows written so far."""

    def __init__(self, terms: Terms) -> None:
        self.terms, self.method = terms, terms.method
        self.calendar = DueDates(terms)
        self.rate = in_rate_units(terms.daily_rate)
        self.fee_rate = Fraction(str(terms.prepay_fee_rate))
        self.agreed = 1 if terms.method == "bullet" else terms.months or 0  # instalments in all
        if self.method == "interest_then_equal" and terms.interest_only_months >= self.agreed:
            raise ValueError("interest_then_equal: no equal part is left")
        self.paid = 0  # instalments paid
        self.level = 0  # the agreed instalment, or under equal_principal the principal in it
        self.today, self.balance, self.rows = terms.drawdown, 0, list[Row]()
        self.counted = 0  # days counted so far in the period that is running
        self.coupon_off, self.coupon_until = Fraction(0), self.today
        self.start_interest_anew()
        self.start_date_anew()
        if terms.day_count == "both_ends":
            self.factor, self.days = self.rate, 1
        self.write("draw", drawn=in_fen(terms.principal), fee=in_fen(terms.drawdown_fee))
        self.recast()

    def next_due(self) -> date:
        return self.calendar.due(self.paid + 1)

    # ---- interest ----

    def accrue(self, until: date) -> None:
        """Let interest run: each day adds the rate to the factor that every fen owes."""
        if until > self.today:
            self.start_date_anew()
        while self.today < until:
            self.today += timedelta(1)
            counted = max(self.counted, self.calendar.days_until(self.today, self.paid + 1))
            new_days, self.counted = counted - self.counted, counted
            self.days += new_days
            self.factor += self.rate * new_days
            if self.today <= self.coupon_until:
                self.let_off += self.rate * new_days * self.coupon_off

    def factor_when_due(self) -> int:
        """Return the factor on the next due date: what ran so far and the days still ahead."""
        return self.factor + self.rate * (self.calendar.days(self.paid + 1) - self.counted)

    def start_interest_anew(self) -> None:
        """The interest on the whole balance has just been settled."""
        self.factor, self.days = 0, 0
        self.let_off = Fraction(0)  # the part of the factor that a coupon lets off
        self.settled_today = self.interest_today = self.billed_today = 0

    def start_date_anew(self) -> None:
        """Prepayments on one date share one rounding; on another date they start from nothing."""
        self.settled_today = self.interest_today = self.billed_today = 0
        self.prepaid_today = self.fee_today = 0

    # ---- instalments ----

    def in_equal_part(self) -> bool:
        """Tell whether instalments are level now, interest and principal together."""
        if self.method == "interest_then_equal":
            return self.paid >= self.terms.interest_only_months
        return self.method == "equal_instalment"

    def recast(self) -> None:
        """Spread the balance anew over the instalments that remain."""
        if self.method == "equal_principal":
            self.level = half_up(Fraction(self.balance, self.agreed - self.paid))
        elif self.in_equal_part():
            growth = 1 + Fraction(self.factor_when_due(), RATE_UNIT)
            discount_factors = 1 / growth
            for number in range(self.paid + 2, self.agreed + 1):
                growth *= 1 + Fraction(self.rate * self.calendar.days(number), RATE_UNIT)
                discount_factors += 1 / growth
            self.level = half_up(self.balance / discount_factors)

    def principal_due(self, number: int, balance: int, interest: int) -> int:
        """Return the principal in an instalment; the last one takes all that is left."""
        if number == self.agreed:
            return balance
        if self.method == "equal_principal":
            return min(self.level, balance)
        return min(max(self.level - interest, 0), balance) if self.in_equal_part() else 0

    def instalment(self) -> None:
        """Pay what falls due today; the principal is that of the schedule without a coupon."""
        interest = half_up(Fraction(self.balance * self.factor, RATE_UNIT))
        billed = half_up(self.balance * (self.factor - self.let_off) / RATE_UNIT)
        principal = self.principal_due(self.paid + 1, self.balance, interest)
        self.write("instalment", self.days, billed, interest - billed, principal=principal)
        self.start_interest_anew()
        self.paid, self.counted = self.paid + 1, 0
        if self.method == "interest_then_equal" and self.paid == self.terms.interest_only_months:
            self.recast()  # the equal part begins

    # ---- decisions ----

    def extend(
        self, months: int = 0, days: int = 0, fee: float = 0.0, daily_rate: float | None = None
    ) -> None:
        """Agree on more instalments, or on a later due date of a bullet loan."""
        if self.method == "bullet":
            self.calendar.move(months, days)
        else:
            self.agreed += months
        if daily_rate is not None:
            self.rate = in_rate_units(daily_rate)
        self.write("extension", fee=in_fen(fee))
        self.recast()

    def prepay(self, part: int, then: str = "lower") -> None:
        """Repay `part` of the principal, with its interest and fee on top."""
        if not 0 < part <= self.balance:
            raise ValueError(f"prepay: {part} fen, but {self.balance} fen is owed")
        if then == "shorten" and not (self.in_equal_part() or self.method == "equal_principal"):
            raise ValueError("shorten: there is no instalment to keep")
        days, billed, waived, fee = self.cost_of_repaying(part)
        event = "payoff" if part == self.balance else "prepayment"
        self.write(event, days, billed, waived, fee=fee, principal=part)
        self.settled_today += part
        self.interest_today += billed + waived
        self.billed_today += billed
        self.prepaid_today += part
        self.fee_today += fee
        if self.terms.prepay_settles == "whole" and self.days:
            self.start_interest_anew()
        if self.balance and then == "lower":
            self.recast()
        elif self.balance:
            self.shorten()

    def cost_of_repaying(self, part: int) -> tuple[int, int, int, int]:
        """Return days, interest billed, interest let off and fee if `part` is repaid now."""
        days, factor, let_off = self.days, self.factor, self.let_off
        if self.today == self.terms.drawdown and self.terms.day_count != "both_ends":
            days, factor = 1, self.rate  # money given back the same day pays for one day
            let_off = self.rate * self.coupon_off
        basis = self.settled_today + part
        if self.terms.prepay_settles == "whole" and self.days:
            basis = self.balance
        interest = half_up(Fraction(basis * factor, RATE_UNIT)) - self.interest_today
        billed = half_up(basis * (factor - let_off) / RATE_UNIT) - self.billed_today
        fee = half_up((self.prepaid_today + part) * self.fee_rate) - self.fee_today
        return days, billed, interest - billed, fee

    def shorten(self) -> None:
        """Keep the instalment; agree on the least number of them that clears the balance."""
        balance, number, factor = self.balance, self.paid + 1, self.factor_when_due()
        while number < self.agreed:
            interest = half_up(Fraction(balance * factor, RATE_UNIT))
            principal = self.principal_due(number, balance, interest)
            if principal == balance:  # this instalment covers all that is left: it is the last
                break
            balance, number = balance - principal, number + 1
            factor = self.rate * self.calendar.days(number)
        self.agreed = number

    def pay_extra(self, cash: int, then: str = "lower") -> None:
        """Repay the largest principal that the cash covers together with its interest and fee."""
        least, most = 0, min(cash, self.balance)
        while least < most:
            middle = (least + most + 1) // 2
            _, billed, _, fee = self.cost_of_repaying(middle)
            least, most = (middle, most) if middle + billed + fee <= cash else (least, middle - 1)
        if not least:
            raise ValueError("pay_extra: less than the interest that comes first")
        self.prepay(least, then)

    def coupon(self, days: int, off: float = 1.0) -> None:
        """Let off the share `off` of the interest of so many days; replaces another coupon."""
        self.coupon_off, self.coupon_until = Fraction(str(off)), self.today + timedelta(days)
        if self.today == self.terms.drawdown and self.days:  # both ends counted: day one is over
            self.let_off = self.factor * self.coupon_off
            self.coupon_until -= timedelta(1)
        self.write("coupon")

    def write(
        self, event: str, days: int = 0, interest: int = 0, waived: int = 0, **money: int
    ) -> None:
        """Move the balance and write the row; `money` is drawn, fee or principal."""
        drawn, fee, principal = (money.get(name, 0) for name in ("drawn", "fee", "principal"))
        opening, self.balance = self.balance, self.balance + drawn - principal
        parts = (interest, 0, fee, principal, interest + fee + principal)
        row = Row(self.today, event, days, opening, drawn, *parts, self.balance, waived)
        self.rows.append(row)
