"""Paying late: penalty counted day by day from the plan, money from elsewhere, and which is said.

From the page: overdue principal, and interest if so chosen, bears the daily rate times the multiple
from its due day; days of grace of each instalment spare it if all is paid within them; once the
whole loan is called, all of it bears penalty, and contract interest stops.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from jiebei.answers import overdue
from jiebei.language.words import Words
from jiebei.life.late.costs import Elsewhere
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told

TIGHT = 0.03  # yuan: roundings of several instalments; so near to a boundary no sentence is asked
DAYS = (1, 7, 30, 31, 60, 90, 180)


class Due(NamedTuple):
    """What falls due on a day."""

    on: date
    principal: float
    interest: float

    @property
    def all(self) -> float:
        """Return both."""
        return round(self.principal + self.interest, 2)


class Late(NamedTuple):
    """What being late costs: penalty, and contract interest more than on time."""

    penalty: float
    interest: float

    @property
    def cost(self) -> float:
        """Return both."""
        return round(self.penalty + self.interest, 2)


def plan(loan: Loan) -> list[Due]:
    flows = loan.cashflows(["date", "event", "principal", "interest"])
    flows = flows[flows["event"] == "instalment"]
    return [
        Due(each.date.date(), float(each.principal), float(each.interest))
        for each in flows.itertuples()
    ]


def late(dues: list[Due], first: int, days: int, terms: dict[str, Any]) -> Late:
    """Count the penalty of all that fell due, and was not paid, by the day on which it is."""
    paid_on = dues[first].on + timedelta(days)
    called_on = dues[first].on + timedelta(terms["accelerate_after"] or 100_000)
    rate = terms["daily_rate"] * terms["penalty_multiple"]
    with_interest = terms["penalty_on"] == "principal_and_interest"
    penalty = interest = 0.0
    before = dues[first].on
    for place in range(first, len(dues)):
        due = dues[place]
        if due.on > min(called_on, paid_on):
            break
        held = (paid_on - due.on).days
        bears = due.all if with_interest else due.principal
        if held > terms["grace_days"]:
            penalty += bears * rate * held
        before = due.on
    rest = [due for due in dues[first:] if due.on > called_on]
    if called_on <= paid_on and rest:
        owed = sum(due.principal for due in rest)
        run_up = owed * terms["daily_rate"] * (called_on - before).days
        held = (paid_on - called_on).days
        penalty += (owed + (run_up if with_interest else 0.0)) * rate * held
        interest = run_up - on_time(dues, before, paid_on, terms["daily_rate"])
    return Late(round(penalty, 2), round(interest, 2))


def on_time(dues: list[Due], since: date, until: date, daily_rate: float) -> float:
    """Return the contract interest from a due day on, where all is paid as agreed."""
    total, begun = 0.0, since
    for due in [each for each in dues if each.on > since]:
        if due.on > until:
            owed = sum(each.principal for each in dues if each.on >= due.on)
            return total + owed * daily_rate * (until - begun).days
        total, begun = total + due.interest, due.on
    return total


def elsewhere(dues: list[Due], first: int, days: int, rate: float) -> float:
    back = dues[first].on + timedelta(days)
    held = [(due.all, (back - due.on).days) for due in dues[first:] if due.on < back]
    return sum(amount * ((1 + rate) ** (each / 365) - 1) for amount, each in held)


def same_cost(dues: list[Due], first: int, days: int, target: float) -> float | None:
    if target < 0.01 or elsewhere(dues, first, days, 10.0) < target:
        return None
    low, high = 0.0, 10.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if elsewhere(dues, first, days, middle) < target else (low, middle)
        )
    return low


def missed(dues: list[Due], first: int, days: int, after: int) -> int:
    until = dues[first].on + timedelta(min(days, after or days))
    return sum(due.on < until for due in dues[first + 1 :])


def turns(dues: list[Due], first: int, most: int, terms: dict[str, Any], other: Elsewhere) -> Any:
    """Return after which days late the cheaper of the two changes; None where it is too near."""
    gaps = [
        (day, late(dues, first, day, terms).cost - elsewhere(dues, first, day, other.rate))
        for day in range(1, most + 1)
    ]
    gaps = [(day, gap - other.fee) for day, gap in gaps]
    if any(0.0 < abs(gap) < TIGHT for _, gap in gaps):
        return None
    clear = [(day, gap > 0) for day, gap in gaps if gap]
    found = [one[0] for one, two in pairwise(clear) if one[1] != two[1]]
    return found, (clear[0][1] if clear else False)


def case(rng: Random) -> tuple[dict[str, Any], int, int, Elsewhere]:
    terms = loans(rng) | {
        "penalty_multiple": rng.choice([0.0, 0.5, 1.0, 1.3, 1.5, 1.5, 2.0]),
        "penalty_on": rng.choice(["principal", "principal_and_interest"]),
        "grace_days": 0,
        "accelerate_after": 0,
    }
    if (kind := rng.randrange(4)) < 2:
        terms["grace_days" if kind else "accelerate_after"] = rng.choice([3, 10, 30])
    days = rng.choice([0, 1, 2, 5, 10, 30, 31, 45, 60, 90, 120, 200])
    other = Elsewhere(rng.choice([0.0, 0.06, 0.12, 0.18, 0.24, 0.36]), rng.choice([0.0, 0.0, 20.0]))
    return terms, rng.randrange(100), days, other


def test_what_paying_late_costs(truth: Truth) -> None:
    for rng in truth.cases(60):
        terms, place, days, other = case(rng)
        loan = Loan(**terms)
        dues = plan(loan)
        first = place % len(dues)
        found = overdue.answer(loan, first + 1, days, other)
        table(truth, found.figures, dues, first, terms, other)
        said = told(found.said)
        parts = _costs(truth, said, dues, first, days, terms)
        if parts is None or not days:
            continue
        said = said[parts:]
        _elsewhere(truth, said, dues, first, days, terms, other)


def table(
    truth: Truth, rows: Any, dues: list[Due], first: int, terms: dict[str, Any], other: Elsewhere
) -> None:
    for name, row in rows.iterrows():
        days = name.fields["value"]
        meant = late(dues, first, days, terms)
        truth.figure(row["date"], dues[first].on + timedelta(days))
        after = terms["accelerate_after"]
        if 0 < after <= days and dues[-1].on > dues[first].on + timedelta(after):
            truth.sentence(row["also_missed"], ".all_called")
        else:
            truth.figure(row["also_missed"].fields["value"], missed(dues, first, days, after))
        truth.figure(row["penalty"], meant.penalty, TIGHT)
        truth.figure(row["extra_cost"], meant.cost, TIGHT)
        borrowed = elsewhere(dues, first, days, other.rate)
        if sum(due.all for due in dues[first:] if due.on < dues[first].on + timedelta(days)):
            borrowed += other.fee
        truth.figure(row["elsewhere_cost"], borrowed)
        rate = same_cost(dues, first, days, row["extra_cost"] - other.fee)
        truth.figure(row["same_cost_rate"], rate, 1e-6)


def _costs(
    truth: Truth,
    said: list[Any],
    dues: list[Due],
    first: int,
    days: int,
    terms: dict[str, Any],
) -> int | None:
    """Hold the sentences on the cost; return how many there are, None where it is too near."""
    meant = late(dues, first, days, terms)
    if 0 < abs(meant.cost) < TIGHT:
        return None
    due, paid = dues[first].on, dues[first].on + timedelta(days)
    fields: dict[str, Any] = {"k": first + 1, "due": due}
    if not meant.cost:
        key = ".on_time" if not days else ".grace" if days <= terms["grace_days"] else ".nothing"
        overdue = [each for each in dues[first:] if each.on < paid]
        bare = not any(each.principal for each in overdue) and terms["penalty_on"] == "principal"
        penalised = meant.penalty >= 0.005
        bears = "same" if penalised else "interest" if bare else "fen"
        if key == ".nothing":
            fields["why"] = Words(f"answer.overdue.nothing_{bears}")
        if days and not sum(each.all for each in overdue):
            truth.sentence(said[0], ".nothing_due", due=due, days=days)
            return None
        truth.sentence(said[0], key, **fields)
        whole = 0 < terms["accelerate_after"] <= days
        return 2 if whole and dues[-1].on > due + timedelta(terms["accelerate_after"]) else 1
    key = ".costs" if meant.cost > 0 else ".spares"
    truth.sentence(said[0], key, **fields, days=days, day=paid)
    truth.figure(said[0].fields["cost"], abs(meant.cost), TIGHT)
    at = 1
    besides = missed(dues, first, days, after := terms["accelerate_after"])
    if besides:
        truth.sentence(said[at], ".missed", n=besides)
        at += 1
    if 0 < after <= days and dues[-1].on > due + timedelta(after):
        rest = sum(each.principal for each in dues[first:])
        begun = dues[first - 1].on if first else date.fromisoformat(terms["start"])
        charged = on_time(dues, begun, paid, terms["daily_rate"]) + meant.cost
        truth.sentence(said[at], ".called", after=after, day=paid)
        truth.figure(said[at].fields["then"], rest + charged, 2 * TIGHT)
        at += 1
    bare = terms | {"penalty_multiple": 1.0, "penalty_on": "principal"}
    plain = late(dues, first, days, bare).penalty + meant.interest
    extra = meant.cost - plain
    if plain > TIGHT and meant.cost > 0:
        if 0.006 < abs(extra) < 2 * TIGHT:
            return None
        key = ".split" if extra > TIGHT else ".split_none" if extra > -TIGHT else ".less"
        truth.sentence(said[at], key)
        if key != ".split_none":
            truth.figure(said[at].fields["plain"], plain, 2 * TIGHT)
            truth.figure(said[at].fields["extra"], abs(extra), 2 * TIGHT)
        at += 1
    return at if meant.cost < 0 or not plain or plain > TIGHT else None


def _elsewhere(
    truth: Truth,
    said: list[Any],
    dues: list[Due],
    first: int,
    days: int,
    terms: dict[str, Any],
    other: Elsewhere,
) -> None:
    cost = late(dues, first, days, terms).cost
    borrowed = elsewhere(dues, first, days, other.rate) + other.fee
    gap = cost - borrowed
    if TIGHT / 10 < abs(gap) < TIGHT:
        return
    key = "same" if abs(gap) < TIGHT else "cheaper" if gap > 0 else "dearer"
    truth.sentence(said[0], f".elsewhere_{key}", rate=other.rate)
    truth.figure(said[0].fields["other"], borrowed)
    at = 1
    if (root := same_cost(dues, first, days, cost - other.fee)) is not None:
        truth.sentence(said[at], ".flip_fee" if other.fee else ".flip")
        truth.figure(said[at].fields["flip"], root, 0.01)
        at += 1
    most = max(2 * days, 180)
    if (turned := turns(dues, first, most, terms, other)) is None:
        return
    found, late_is_dearer = turned
    if not found:
        assert len(said) == at, f"seed {truth.seed}: {said[at:]}"
        return
    key = "elsewhere" if late_is_dearer else "late"
    key = f".until_{key if len(found) == 1 else 'several'}"
    truth.sentence(said[at], key, days=found[0], most=most)
