"""What is overdue: it bears no interest any more but a penalty, and what is paid settles it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from .agreement import RATE_UNIT, Terms, half_up, rounded

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


@dataclass
class Overdue:
    """What fell due on one day and was not paid, and the penalty that has run up on it."""

    due: date
    grace_days: int
    fee: int
    interest: int
    principal: int
    penalty_run_up: Fraction = Fraction(0)  # exact, rounded only when it is paid

    def days_late(self, today: date) -> int:
        return (today - self.due).days

    def is_in_grace(self, today: date) -> bool:
        return 0 < self.grace_days >= self.days_late(today)


class Arrears:
    """What is overdue, instalment by instalment, the oldest first."""

    def __init__(self, terms: Terms) -> None:
        self.multiple = Fraction(str(terms.penalty_multiple))
        self.interest_bears_penalty = terms.penalty_on == "principal_and_interest"
        self.order, self.spread = ORDERS[terms.payment_order], terms.payment_spread
        self.grace_days, self.rounding = terms.grace_days, terms.rounding
        self.items = list[Overdue]()

    @property
    def late_since(self) -> date | None:
        """The due day of the oldest instalment that is not paid in full."""
        return self.items[0].due if self.items else None

    @property
    def principal(self) -> int:
        return sum(each.principal for each in self.items)

    def days_late(self, today: date) -> int:
        return self.items[0].days_late(today) if self.items else 0

    def is_in_grace(self, today: date) -> bool:
        return bool(self.items) and self.items[0].is_in_grace(today)

    def run(self, daily_rate: int) -> None:
        """Let the penalty of one day run up; never on penalty or fees."""
        penalty_rate = half_up(daily_rate * self.multiple)
        for each in self.items:
            bearing = each.principal + each.interest * self.interest_bears_penalty
            each.penalty_run_up += Fraction(bearing * penalty_rate, RATE_UNIT)

    def owed(self, today: date) -> Parts:
        """Return all that is overdue."""
        return sum(self.owed_of_each(today), Parts())

    def owed_of_each(self, today: date) -> list[Parts]:
        """Return what is overdue of each, the oldest first.

        Its penalty is none inside its days of grace, then that of all days. The penalty of the
        oldest ones together is rounded once, so the parts add up to the rounded whole.
        """
        owed, run_up, before = [], Fraction(0), 0
        for each in self.items:
            run_up += 0 if each.is_in_grace(today) else each.penalty_run_up
            penalty, before = (
                rounded(run_up, self.rounding) - before,
                rounded(run_up, self.rounding),
            )
            owed.append(Parts(penalty, each.fee, each.interest, each.principal))
        return owed

    def grow(self, today: date, unpaid: Parts, grace_days: int) -> None:
        """Add what was not paid on its due date."""
        if unpaid.total():
            item = Overdue(today, grace_days, unpaid.fee, unpaid.interest, unpaid.principal)
            self.items.append(item)

    def pay(self, today: date, cash: int) -> Parts:
        """Spread cash over what is overdue; return what is paid."""
        owed, paid = self.owed_of_each(today), Parts()
        for place, name in self.claims():
            part = min(cash, getattr(owed[place], name))
            cash, paid = cash - part, paid + Parts(**{name: part})
            if name != "penalty":
                item = self.items[place]
                setattr(item, name, getattr(item, name) - part)
        self.take_off_penalty(today, paid.penalty)
        self.let_go_of_paid(today)
        return paid

    def claims(self) -> list[tuple[int, str]]:
        """Return which part of which instalment is paid, one after the other."""
        places = range(len(self.items))
        if self.spread == "component":
            return [(place, name) for name in self.order for place in places]
        return [(place, name) for place in places for name in self.order]

    def take_off_penalty(self, today: date, paid: int) -> None:
        """Take off what is paid as it ran up, the oldest first; nothing stays of the whole."""
        whole, left = paid == self.owed(today).penalty, Fraction(paid)
        for each in self.items:
            if paid and not each.is_in_grace(today):
                part = each.penalty_run_up if whole else min(left, each.penalty_run_up)
                each.penalty_run_up -= part
                left -= part

    def let_go_of_paid(self, today: date) -> None:
        """Let go of what is paid in full; what rounding left of it goes over to the next."""
        rest, stay = Fraction(0), []
        for each, owed in zip(self.items, self.owed_of_each(today), strict=True):
            if owed.total():
                stay.append(each)
            elif not each.is_in_grace(today):
                rest += each.penalty_run_up
        self.items = stay
        for oldest in [each for each in stay if not each.is_in_grace(today)][:1]:
            oldest.penalty_run_up += rest

    def let_principal_go(self, today: date) -> int:
        """Let all overdue principal run on; return it."""
        principal = self.principal
        for each in self.items:
            each.principal = 0
        self.let_go_of_paid(today)  # perhaps nothing is overdue any more
        return principal
