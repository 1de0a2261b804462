"""What is overdue: it bears no interest any more but a penalty, and what is paid settles it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from .agreement import RATE_UNIT, Terms, half_up

ORDERS = {
    "penalty_first": ("penalty", "fee", "interest", "principal"),
    "principal_first": ("principal", "interest", "fee", "penalty"),
}


@dataclass(frozen=True)
class Parts:
    """The four parts of a payment, or of what is owed; in fen."""

    penalty: int = 0
    fee: int = 0
    interest: int = 0
    principal: int = 0

    def total(self) -> int:
        return self.penalty + self.fee + self.interest + self.principal

    def __add__(self, other: "Parts") -> "Parts":
        return add(self, other, 1)

    def __sub__(self, other: "Parts") -> "Parts":
        return add(self, other, -1)

    def covered_by(self, cash: int, order: str) -> "Parts":
        """Split cash over what is owed, one part after the other."""
        covered = {}
        for name in ORDERS[order]:
            covered[name] = min(cash, getattr(self, name))
            cash -= covered[name]
        return Parts(**covered)


def add(one: Parts, other: Parts, sign: int) -> Parts:
    """Add part to part, or take it off."""
    names: Iterable[str] = asdict(one)
    return Parts(**{name: getattr(one, name) + sign * getattr(other, name) for name in names})


class Arrears:
    """What fell due and was not paid, since when, and the penalty that has run up on it."""

    def __init__(self, terms: Terms) -> None:
        self.multiple = Fraction(str(terms.penalty_multiple))
        self.interest_bears_penalty = terms.penalty_on == "principal_and_interest"
        self.grace_days = terms.grace_days
        self.forget()

    def forget(self) -> None:
        """Nothing is overdue."""
        self.principal, self.interest, self.fee = 0, 0, 0
        self.penalty_run_up = Fraction(0)  # exact, rounded only when it is paid
        self.late_since: date | None = None  # the oldest due date that was not paid in full

    def run(self, daily_rate: int) -> None:
        """Let the penalty of one day run up; never on penalty or fees."""
        penalty_rate = half_up(daily_rate * self.multiple)
        bearing = self.principal + self.interest * self.interest_bears_penalty
        self.penalty_run_up += Fraction(bearing * penalty_rate, RATE_UNIT)

    def days_late(self, today: date) -> int:
        return (today - self.late_since).days if self.late_since else 0

    def penalty(self, today: date) -> int:
        """Return the penalty owed; none inside the days of grace, then that of all days."""
        if self.days_late(today) <= self.grace_days:
            return 0
        return half_up(self.penalty_run_up)

    def owed(self, today: date) -> Parts:
        """Return all that is overdue."""
        return Parts(self.penalty(today), self.fee, self.interest, self.principal)

    def grow(self, today: date, unpaid: Parts) -> None:
        """Add what was not paid on its due date."""
        self.principal += unpaid.principal
        self.interest += unpaid.interest
        self.fee += unpaid.fee
        if self.late_since is None and unpaid.total():
            self.late_since = today

    def settle(self, today: date, paid: Parts) -> None:
        """Take off what is paid; with nothing left the borrower is not late any more."""
        self.principal -= paid.principal
        self.interest -= paid.interest
        self.fee -= paid.fee
        whole_penalty = 0 < paid.penalty == self.penalty(today)
        self.penalty_run_up -= self.penalty_run_up if whole_penalty else paid.penalty
        if not self.owed(today).total():
            self.forget()
