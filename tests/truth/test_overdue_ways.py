"""Money is short on the due day: what each way costs by the day on which the rest comes.

From the page: all is counted on that day, as if the loan were settled then; from elsewhere only
what is missing is borrowed; the way named is the best of those that are not late and that the money
in hand pays for.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

from jiebei.answers import overdue
from jiebei.language.words import Words
from jiebei.life.late.costs import Elsewhere
from jiebei.life.late.when_short import Extension
from jiebei.loan.loan import Loan
from tests.truth import Truth, told
from tests.truth.test_overdue import TIGHT, Due, case, late, plan


class Way(NamedTuple):
    """What a way asks for on the due day, costs, leaves, and how late it is."""

    needed: float  # on the due day
    cost: float
    gain: float
    days_late: int


def earned(dues: list[Due], first: int, days: int, savings: float, kept_less: float = 0.0) -> float:
    """Return what savings earn on the instalments that are kept until the rest comes."""
    back = dues[first].on + timedelta(days)
    kept = [(due.all, (back - due.on).days) for due in dues[first:] if due.on < back]
    kept = [(kept[0][0] - kept_less, kept[0][1]), *kept[1:]] if kept else []
    return sum(amount * ((1 + savings) ** (held / 365) - 1) for amount, held in kept)


def ways(
    loan: Loan, first: int, days: int, can_pay: float, other: Elsewhere, savings: float
) -> dict[str, Way]:
    dues, terms = plan(loan), _terms(loan)
    due, whole = dues[first], dues[first].all
    found = {"pay_on_time": Way(whole, 0.0, 0.0, 0)}
    cost = late(dues, first, days, terms).cost
    found["pay_late"] = Way(
        0.0 if days else whole, cost, earned(dues, first, days, savings) - cost, days
    )
    bears = terms["daily_rate"] * terms["penalty_multiple"] * days * (days > terms["grace_days"])
    for name, part in (("pay_interest", due.interest), ("pay_part", can_pay)):
        if not (days and 0.01 < part < whole - 0.01):
            continue
        to_principal = max(part - due.interest, 0.0)
        spared = part if terms["penalty_on"] == "principal_and_interest" else to_principal
        extra = cost - spared * bears
        gain = earned(dues, first, days, savings, part) - extra
        found[name] = Way(part, extra, gain, days)
    lacking = max(whole - can_pay, 0.0)
    less = whole - lacking
    borrowed = earned(dues, first, days, other.rate, less)
    missing = days and (
        lacking or sum(each.all for each in dues[first + 1 :] if (each.on - due.on).days < days)
    )
    borrowed += other.fee if missing else 0.0
    gain = earned(dues, first, days, savings, less) - borrowed
    found["elsewhere"] = Way(less if days else whole, borrowed, gain, 0)
    return found


def asks(name: str, way: Way, dues: list[Due], days: int) -> float:
    """Return what a way asks for before the rest comes: on time, each instalment until then."""
    if name != "pay_on_time":
        return way.needed
    back = dues[0].on + timedelta(days)
    return sum(due.all for due in dues if due.on < back)


def _terms(loan: Loan) -> dict[str, Any]:
    names = ("daily_rate", "penalty_multiple", "penalty_on", "grace_days", "accelerate_after")
    return {name: getattr(loan, name) for name in names}


def asked(rng: Random) -> tuple[Loan, int, int, float, Elsewhere, float]:
    terms, place, days, other = case(rng)
    loan = Loan(**terms)
    dues = plan(loan)
    first = place % len(dues)
    can_pay = round(dues[first].all * rng.choice([0.0, 0.1, 0.5, 0.9, 1.0, 1.5]), 2)
    return loan, first, days, can_pay, other, rng.choice([0.0, 0.02, 0.05])


def test_which_way_to_take(truth: Truth) -> None:
    for rng in truth.cases(40):
        loan, first, days, can_pay, other, savings = asked(rng)
        meant = ways(loan, first, days, can_pay, other, savings)
        found = overdue.ways.answer(
            loan, first + 1, days, can_pay, Extension(0), other, savings_rate=savings
        )
        dues = plan(loan)[first:]
        rows = {name.key.removeprefix("strategy."): row for name, row in found.figures.iterrows()}
        assert set(rows) == set(meant), f"seed {truth.seed}: {set(rows)}, meant {set(meant)}"
        for name, way in meant.items():
            truth.figure(rows[name]["cash_needed"], way.needed)
            truth.figure(rows[name]["extra_cost"], way.cost, TIGHT)
            truth.figure(rows[name]["net_benefit"], way.gain, TIGHT)
            if plan(loan)[first].all:
                truth.figure(rows[name]["days_late"].fields["value"], way.days_late)
            holds = "yes" if not days or asks(name, way, dues, days) <= can_pay + 0.01 else "no"
            truth.figure(rows[name]["holds_that_day"], Words(f"answer.{holds}"))
        _said(truth, told(found.said), loan, first, days, can_pay, meant)


def _said(
    truth: Truth,
    said: list[Words],
    loan: Loan,
    first: int,
    days: int,
    can_pay: float,
    meant: dict[str, Way],
) -> None:
    dues, keys = plan(loan), {each.key.split(".")[-1] for each in said}
    due = dues[first]
    if not days:
        truth.sentence(said[0], ".way_no_delay", due=due.on)
        return
    paid_on = due.on + timedelta(days)
    if not sum(each.all for each in dues[first:] if each.on < paid_on):
        truth.sentence(said[0], ".nothing_due", due=due.on, days=days)
        return
    if not due.all:  # only what falls due later is late, and for fewer days
        return
    within = {
        name: way
        for name, way in meant.items()
        if asks(name, way, dues[first:], days) <= can_pay + 0.01
    }
    in_time = {name: way for name, way in within.items() if way.days_late <= loan.grace_days}
    best = max(in_time, key=lambda name: in_time[name].gain)
    named = {name for name, way in in_time.items() if in_time[best].gain - way.gain < TIGHT}
    if len(named) == 1:
        how = "grace" if meant[best].days_late else "clean"
        gain = meant[best].gain
        sign = "same" if abs(gain) < 0.005 else "gains" if gain > 0 else "costs"
        key = ".way_on_time" if best == "pay_on_time" else f".way_{how}_{sign}"
        if best == "pay_on_time" or not 0 < abs(gain) < TIGHT:
            truth.sentence(said[0], key, due=due.on, cash=can_pay)
    most = max(way.gain for way in within.values()) - in_time[best].gain
    if most == 0 or most > TIGHT:
        _there(truth, keys, "way_cheapest", most > TIGHT)
    after = int(loan.accelerate_after)
    all_due = 0 < after <= days and dues[-1].on > due.on + timedelta(after)
    _there(truth, keys, "way_called", all_due)
    if can_pay >= due.all > 0:
        _there(truth, keys, "part_whole", True)
    elif can_pay:
        _there(truth, keys, "part_grace", days <= loan.grace_days)
        spared = meant["pay_late"].cost - meant["pay_part"].cost if "pay_part" in meant else 0.0
        if spared > TIGHT:
            _there(truth, keys, "part_spares", True)


def _there(truth: Truth, keys: set[str], key: str, meant: bool) -> None:
    truth.sentences += 1
    assert (key in keys) == meant, f"seed {truth.seed}: {key} meant {meant}, said {keys}"
