"""One contract lived through day by day: interest and penalty run, instalments fall due."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .agreement import RATE_UNIT, DueDates, Terms, in_fen, in_rate_units, rounded
from .arrears import Arrears, Parts
from .coupons import Coupons
from .rows import Row, row_of


@dataclass
class Holiday:
    """A payment holiday in which nothing falls due, and how its interest is settled at the end."""

    interest: str  # billed, capitalised or waived
    ends: date
    due_dates: int  # how many due dates are still passed over


class Book:
    """What is owed today on one contract, and the rows written so far."""

    def __init__(self, terms: Terms) -> None:
        self.terms, self.method = terms, terms.falls_due
        self.calendar = DueDates(terms)
        self.rate = in_rate_units(terms.daily_rate)
        self.agreed = 1 if self.method == "bullet" else terms.months or 0  # instalments in all
        self.interest_only_until = terms.interest_only_months  # under interest_then_equal
        if self.method == "interest_then_equal" and self.interest_only_until >= self.agreed:
            raise ValueError("interest_then_equal: no equal part is left")
        self.behind = 0  # instalments paid or missed
        self.more = 0  # what the next instalment takes of what rounding leaves
        self.level = 0  # the agreed instalment, or under equal_principal the principal in it
        self.paused_until = 0  # up to this instalment a holiday leaves only interest to pay
        self.holiday: Holiday | None = None
        self.carried = 0  # interest of a holiday, to be paid with the next instalment
        self.arrears, self.coupons = Arrears(terms), Coupons(terms.rounding)
        self.negotiated = False
        self.plans = list[int]()  # how many instalments were behind when each settlement began
        self.today, self.rows = terms.drawdown, list[Row]()
        self.was_late_since: date | None = None  # when the last row was written
        self.balance = in_fen(terms.principal)  # the principal that is not overdue
        self.counted = 0  # days counted so far in the period that is running
        self.start_interest_anew()
        self.start_date_anew()
        if terms.day_count == "both_ends":
            self.factor, self.days = self.rate, 1
        self.write("draw", paid=Parts(fee=in_fen(terms.drawdown_fee)), drawn=self.balance)
        self.recast()

    # ---- where the loan stands ----

    def is_late(self) -> bool:
        return self.arrears.late_since is not None

    def is_closed(self) -> bool:
        return self.balance == 0 and not self.is_late()

    def is_open(self) -> bool:
        """Tell whether all has fallen due, and some of it was not paid."""
        return self.balance == 0 and self.is_late()

    def overdue(self) -> Parts:
        return self.arrears.owed(self.today)

    def next_due(self) -> date:
        return self.calendar.due(1)

    def falls_due_altogether(self) -> date | None:
        """Return the day on which everything falls due because the borrower is late."""
        days, since = self.terms.accelerate_after, self.arrears.late_since
        beyond_grace = max(days, self.terms.grace_days + 1)
        return since + timedelta(beyond_grace) if days and since and self.balance else None

    def dates_ahead(self) -> list[date]:
        """Return the dates on which something happens by itself; none if nothing more falls due."""
        if not self.balance:
            return []
        everything = self.falls_due_altogether()
        dates = [self.next_due()] + ([self.holiday.ends] if self.holiday else [])
        return dates + ([everything] if everything and everything > self.today else [])

    # ---- interest ----

    def accrue(self, until: date) -> None:
        """Let interest and penalty run, day by day."""
        if until > self.today:
            self.start_date_anew()
        while self.today < until:
            self.today += timedelta(1)
            self.arrears.run(self.rate)
            if self.balance:
                self.accrue_one_day()

    def accrue_one_day(self) -> None:
        """Add the rate to the factor that every fen owes, once for each day that counts."""
        counted = max(self.counted, self.calendar.days_until(self.today))
        new_days, self.counted = counted - self.counted, counted
        self.days += new_days
        self.factor += self.rate * new_days
        self.coupons.run(self.rate, new_days, self.today)

    def factor_when_due(self) -> int:
        """Return the factor on the next due date: what ran so far and the days still ahead."""
        return self.factor + self.rate * (self.calendar.days(1) - self.counted)

    def interest_on_balance(self) -> tuple[int, list[int]]:
        """Return the interest run up on the whole balance, and what each coupon lets off of it."""
        interest = self.interest_on(self.balance, self.factor)
        return interest, self.coupons.waived(self.balance, self.balance, self.factor)

    def interest_on(self, part: int, factor: int) -> int:
        return rounded(Fraction(part * factor, RATE_UNIT), self.terms.rounding)

    def settle_interest(self) -> tuple[int, int, int]:
        """Settle that interest, to start anew: return its days, what is billed and what let off."""
        days, (interest, waived) = self.days, self.interest_on_balance()
        self.coupons.use(waived)
        self.start_interest_anew()
        return days, interest - sum(waived), sum(waived)

    def start_interest_anew(self) -> None:
        """The interest on the whole balance has just been settled."""
        self.factor, self.days = 0, 0
        self.coupons.start_interest_anew()
        self.settled_today = self.interest_today = self.waived_today = 0

    def start_date_anew(self) -> None:
        """Prepayments on one date share one rounding; on another date they start from nothing."""
        self.coupons.start_date_anew()
        self.settled_today = self.interest_today = self.waived_today = 0
        self.prepaid_today = self.fee_today = 0

    # ---- instalments ----

    def in_equal_part(self) -> bool:
        """Tell whether instalments are level now, interest and principal together."""
        if self.method == "interest_then_equal":
            return self.behind >= self.interest_only_until
        return self.method == "equal_instalment"

    def is_paused(self) -> bool:
        """Tell whether a holiday is running; level instalments are recast when it ends."""
        return self.holiday is not None or self.behind < self.paused_until

    def recast(self) -> None:
        """Spread the balance anew over the instalments that remain."""
        if self.method == "equal_principal":
            remain = self.agreed - max(self.behind, self.paused_until)
            self.level = rounded(Fraction(self.balance, remain), self.terms.rounding)
            self.more = self.left_to_the_last()
        else:
            self.recast_level()

    def recast_level(self) -> None:
        """Spread the balance anew over level instalments."""
        if not self.in_equal_part() or self.is_paused():
            return
        growth = 1 + Fraction(self.factor_when_due(), RATE_UNIT)
        discount_factors = 1 / growth
        for number in range(2, self.agreed - self.behind + 1):
            growth *= 1 + Fraction(self.rate * self.calendar.days(number), RATE_UNIT)
            discount_factors += 1 / growth
        self.level = rounded(self.balance / discount_factors, self.terms.rounding)
        self.more = self.left_to_the_last()

    def left_to_the_last(self) -> int:
        """Return by how much the last instalment differs, where the first is to take that."""
        if self.terms.residual == "last":
            return 0
        balance, factor = self.balance, self.factor_when_due()
        for number in range(self.behind + 1, self.agreed + 1):
            if number > self.behind + 1:
                factor = self.rate * self.calendar.days(number - self.behind)
            level_pays = self.method != "equal_principal"
            part = self.level - level_pays * self.interest_on(balance, factor)
            left = balance - part
            balance -= min(max(part, 0), balance)
        return left

    def principal_due(self, number: int, balance: int, interest: int, more: int = 0) -> int:
        """Return the principal in an instalment; the last one takes all that is left."""
        if number == self.agreed:
            return balance
        if number <= self.paused_until:
            return 0
        if self.method == "equal_principal":
            return min(max(self.level + more, 0), balance)
        return min(max(self.level + more - interest, 0), balance) if self.in_equal_part() else 0

    def instalment(self, missed: bool) -> None:
        """Pay or miss what falls due today; its principal is that of the schedule without coupon.

        What is paid covers all that is overdue as well.
        """
        full_interest, _ = self.interest_on_balance()
        number = self.behind + 1
        principal = self.principal_due(number, self.balance, full_interest, self.more)
        equal = self.in_equal_part() or self.method == "equal_principal"
        if equal and number > self.paused_until:
            self.more = 0
        days, billed, waived = self.settle_interest()
        fee = in_fen(self.terms.instalment_fee)
        bill = Parts(fee=fee, interest=billed + self.carried, principal=principal)
        self.balance, self.carried = self.balance - principal, 0
        self.behind += 1
        self.pass_due_date()
        if missed:
            self.arrears.grow(self.today, bill, self.terms.grace_days)
            self.write("missed", days, waived_interest=waived)
        else:
            overdue = self.arrears.pay(self.today, self.overdue().total())
            self.write("instalment", days, overdue + bill, waived_interest=waived)
        equal_part_begins = self.method == "interest_then_equal"
        equal_part_begins = equal_part_begins and self.behind == self.interest_only_until
        if self.balance and (equal_part_begins or self.behind == self.paused_until):
            self.recast()

    def pass_due_date(self) -> None:
        self.calendar.go_on()
        self.counted = 0

    def write(self, event: str, days: int = 0, paid: Parts | None = None, **other: int) -> None:
        """Write the row of what has just happened; `other` are columns beside the payment."""
        self.rows.append(row_of(self, event, days, paid or Parts(), other))
        self.was_late_since = self.arrears.late_since
