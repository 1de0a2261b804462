"""Why a plan repays in this order: what each debt costs a year, against what cash earns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from jiebei.answers.best_plan.steps import early, is_card, say_
from jiebei.language.words import Words
from jiebei.life.best.best import Best
from jiebei.life.best.lanes import Lane, is_new
from jiebei.life.best.played import EARLY
from jiebei.units.days import as_dates
from jiebei.value.rates import annual_rate, nominal_to_effective
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["why"]

MONTHS = 12


def why(found: Best) -> list[Words]:
    """Say what each debt costs that is repaid early, in that order, against what cash earns."""
    savings, lanes = found.ground.borrower.savings_rate, found.ground.lanes
    steps = [each for each in found.played.steps if each.what in (*EARLY, "draw")]
    moved = [each.lane for each in sorted(steps, key=lambda s: (s.day, -lanes[s.lane].rate))]
    dear = _with_reasons([lanes[at] for at in dict.fromkeys(moved) if cost(lanes[at]) > savings])
    said = []
    if dear:
        debts = tuple(_costs(each) for each in dear)
        names, name = tuple(each.name for each in dear), dear[0].name
        fields = {"debts": debts, "names": names, "name": name}
        said.append(say_(_key(dear), cost=cost(dear[0]), savings=savings, **fields))
        waits = [at for at, each in enumerate(dear) if _waits(dear[0], each)]
        if waits:
            before = tuple(each.name for each in dear[: waits[0]] if not is_card(each))
            said.append(say_("why_card_waits", names=before, card=dear[waits[0]].name))
        else:
            said += _before_card(found)
        said += _cheaper_first(found)
    elif not moved and savings > max(cost(each) for each in lanes):
        said.append(say_("why_nothing", savings=savings))
    if _could_today(found):
        said.append(say_("why_wait"))
    return said


def _with_reasons(dear: list[Lane]) -> list[Lane]:
    """Leave out what the plan draws on this line: it costs what the line does, no other reason."""
    return [each for each in dear if not (each.drawn and each.on_line)] or dear


def _before_card(found: Best) -> list[Words]:
    """Say on which day a cheaper debt gets money before a dearer card: that waits for its day."""
    lanes = found.ground.lanes
    for sooner, later in permutations(early(found), 2):
        first, card = lanes[sooner.lane], lanes[later.lane]
        if later.day > sooner.day and _waits(first, card) and _shown(card) > _shown(first):
            fields = {"name": first.name, "card": card.name}
            return [say_("why_before_card", on=as_dates(sooner.day), **fields)]
    return []


def _cheaper_first(found: Best) -> list[Words]:
    """Say why a cheaper debt gets money while a dearer one is not paid off: to owe less of it then.

    Nothing else can be the reason where both take any sum, on any day, free of charge.
    """
    lanes = found.ground.lanes
    steps = [each for each in early(found) if each.amount >= 1]
    plain = {at for at, each in enumerate(lanes) if not (is_card(each) or _special(each))}
    for sooner, later in permutations(steps, 2):
        if {sooner.lane, later.lane} <= plain and later.day > sooner.day:
            first, dearer = lanes[sooner.lane], lanes[later.lane]
            if _shown(first) < _shown(dearer):
                return [say_("why_cheaper", name=first.name, dearer=dearer.name)]
    return []


def _could_today(found: Best) -> bool:
    """Tell whether a loan drawn today is repaid tomorrow, with cash that is there today."""
    there = found.ground.borrower
    steps = [each for each in early(found) if each.day == there.today + 1]
    tomorrow = [found.ground.lanes[each.lane] for each in steps]
    spare = found.played.cash[0] - there.keep
    return spare >= 1 and any(is_new(each, there.today) for each in tomorrow)


def cost(lane: Lane) -> float:
    """Return what a debt costs a year, interest on interest as often as it is paid (实际年利率).

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> print(f"{cost(SimpleNamespace(rate=0.0005, play=None)):.2%}")
    19.86%
    """
    return float(nominal_to_effective(annual_rate(lane.rate), _times(lane)))


def _times(lane: Lane) -> Any:
    """Return how often a year interest is paid: each month, or at the end of a loan repaid once."""
    loan = lane.play(lane.owed) if callable(lane.play) else None
    if loan is None or loan.method != "bullet":
        return MONTHS
    return DAYS_A_YEAR / (int(lane.due[-1]) - int(loan.terms["start"]))


def _shown(lane: Lane) -> float:
    """Return what a debt costs to the tenth of a percent that is printed."""
    return round(cost(lane), 3)


def _special(lane: Lane) -> bool:
    """Tell whether a fee or a coupon makes it dearer to repay early than its rate says."""
    return bool(lane.fee) or lane.free is not None


def _key(dear: Sequence[Lane]) -> str:
    """Tell whether the debts cost the same, or less and less, so that this gives the order."""
    costs = [_shown(each) for each in dear]
    special = any(_special(each) for each in dear)
    if len(dear) == 1:
        return "why_costs" if special else "why"
    if len(set(costs)) == 1 and not special:
        return "why_same"
    return "why_order" if costs == sorted(costs, reverse=True) else "why_costs"


def _waits(first: Lane, card: Lane) -> bool:
    """Tell whether a card is as dear as what is repaid before it, but has to wait."""
    return is_card(card) and not is_card(first) and _shown(card) >= _shown(first)


def _costs(lane: Lane) -> Words:
    """Say what a debt costs a year, and what makes it cheaper, or dearer to repay early."""
    key = "_coupon" if lane.free is not None else "_fee" if lane.fee else ""
    return say_(f"why_debt{key}", name=lane.name, cost=cost(lane), fee=lane.fee)
