"""What was agreed: the terms with their units, the due dates and the days between them."""

import calendar
import math
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

RATE_UNIT = 10**10  # a rate is a whole number of these parts a day: 0.04 % = 4,000,000


def half_up(exact: Fraction) -> int:
    """Round to the nearest whole number, a half upwards (四舍五入)."""
    return math.floor(exact + Fraction(1, 2))


def rounded(exact: Fraction, how: str) -> int:
    """Round a sum as agreed: half up, half to the even fen, down, or up."""
    below = math.floor(exact)
    if how == "down":
        return below
    if how == "up":
        return math.ceil(exact)
    if how == "half_even" and exact - below == Fraction(1, 2):
        return below + below % 2
    return half_up(exact)


def in_fen(yuan: float) -> int:
    """Turn yuan into whole fen, reading the number as it is printed."""
    return half_up(Fraction(str(yuan)) * 100)


def in_rate_units(daily_rate: float) -> int:
    """Turn a rate a day into whole units of 1e-10."""
    return half_up(Fraction(str(daily_rate)) * RATE_UNIT)


def as_date(on: date | str | int, start: date) -> date:
    """Read a date, or a number of days after the drawdown."""
    if isinstance(on, int):
        return start + timedelta(on)
    return date.fromisoformat(on) if isinstance(on, str) else on


def day_in_month(day: date, months: int, day_of_month: int) -> date:
    """Return that day so many months after the month of `day`; in a short month, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day_of_month, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was agreed, with the names and the units of the public arguments."""

    principal: float
    daily_rate: float
    start: date | str
    months: int | None = None
    days: int | None = None
    method: str = "equal_instalment"
    interest_only_months: int = 6
    due_day: int | None = None
    month_end: str = "clamp"
    shortest_first_period: int = 15
    day_count: str = "actual"
    rounding: str = "half_up"
    residual: str = "last"
    prepay_fee_rate: float = 0.0
    prepay_settles: str = "part"
    drawdown_fee: float = 0.0
    instalment_fee: float = 0.0
    penalty_multiple: float = 1.5
    penalty_on: str = "principal_and_interest"
    grace_days: int = 0
    payment_order: str = "penalty_first"
    payment_spread: str = "oldest"
    accelerate_after: int = 0

    @property
    def falls_due(self) -> str:
        """The method, but that a loan for so many days is due once whichever was chosen."""
        return "bullet" if self.days else self.method

    @property
    def drawdown(self) -> date:
        return as_date(self.start, date.min)


class DueDates:
    """The due dates of one contract: the one that passed last, and those ahead."""

    def __init__(self, terms: Terms) -> None:
        self.thirty = terms.day_count == "thirty"
        self.bullet = terms.falls_due == "bullet"
        self.last, self.last_day = terms.drawdown, terms.drawdown.day
        # A bullet loan has one due date: so many months (or days) after the drawdown.
        self.counts_from = self.last + timedelta(terms.days or 0)
        self.months = terms.months or 0
        self.thirty_days = 30 * self.months + (terms.days or 0)
        # The others fall due every month on the due day.
        self.due_day = terms.due_day or self.last.day
        if self.due_day >= 29 and terms.month_end != "clamp":
            self.due_day -= {"25_to_27": 4, "1_to_3": 28}[terms.month_end]
        self.next = self.first_after(max(1, terms.shortest_first_period))

    def first_after(self, days: int) -> date:
        """Return the first due day that is at least so many days after the drawdown."""
        months = 0
        while (day_in_month(self.last, months, self.due_day) - self.last).days < days:
            months += 1
        return day_in_month(self.last, months, self.due_day)

    def due(self, number: int) -> date:
        """Return the due date so many ahead, 0 for the last one; month ends do not drift."""
        if number == 0:
            return self.last
        if self.bullet:
            return day_in_month(self.counts_from, self.months, self.counts_from.day)
        return day_in_month(self.next, number - 1, self.due_day)

    def days(self, number: int) -> int:
        """Return the days of interest in the period that ends so many due dates ahead."""
        begins, ends = self.due(number - 1), self.due(number)
        if not self.thirty:
            return (ends - begins).days
        if self.bullet:
            return self.thirty_days
        if number > 1:
            return 30
        months = (ends.year - begins.year) * 12 + ends.month - begins.month
        return max(1, 30 * months + self.due_day - self.last_day)

    def days_until(self, day: date) -> int:
        """Return the days counted from the last due date until `day`, on or before the next."""
        if day == self.due(1):
            return self.days(1)
        return min((day - self.last).days, self.days(1))

    def go_on(self) -> None:
        """Pass the next due date."""
        self.last, self.last_day = self.due(1), self.due_day
        self.next = day_in_month(self.last, 1, self.due_day)

    def move(self, months: int, days: int) -> None:
        """Move the due date of a bullet loan."""
        if days:
            self.counts_from, self.months = self.due(1) + timedelta(days), 0
        else:
            self.months += months
        self.thirty_days += 30 * months + days

    def postpone(self, days: int) -> None:
        """Let the next due date and all later ones fall so many days later."""
        self.next += timedelta(days)
        self.due_day = self.next.day

    def start_anew(self, today: date, months: int = 1, days: int = 0) -> None:
        """Count from today: every month on this day, or for a bullet loan so much later."""
        self.last, self.last_day = today, today.day
        self.due_day, self.next = today.day, day_in_month(today, 1, today.day)
        self.counts_from, self.months = today + timedelta(days), months
        self.thirty_days = 30 * months + days
