"""What stands under a plan: what falls due beside it, and what it takes for granted."""

from __future__ import annotations

import numpy as np

from jiebei.answers.best_plan.steps import SEEN, as_agreed, early, is_card, lowers, say_
from jiebei.language.words import Text, Words
from jiebei.life.best.best import Best, between_days
from jiebei.life.best.lanes import Lane
from jiebei.life.best.played import Played
from jiebei.units.days import as_dates, day_of_month, iso
from jiebei.units.fen import FEN

__all__ = ["notes"]


def notes(found: Best) -> list[Words]:
    """Say what falls due beside, what was looked at, and what the model takes for granted."""
    there, ground = found.ground.borrower, found.ground
    said = [say_("note"), *_beside(found), say_("note_daily"), say_("note_due"), *_kept(found)]
    said += [*_typed(found), *_lowered(found)]
    card = any(each.kind == "card" for each in there.debts)
    said.append(say_("note_last_card" if card else "note_last", last=iso(int(ground.days[-1]))))
    said.append(say_("note_agreed_card" if card else "note_agreed"))
    if card:
        said.append(say_("note_card"))
    said.append(say_("note_limit"))
    more = between_days(ground)
    return [*said, say_("note_between", most=more)] if more >= FEN else said


def _beside(found: Best) -> list[Words]:
    """Say what each debt takes on its next due day, where the calendar leaves it out."""
    rows = [_next(found, number) for number in sorted(set(found.played.flows["lane"]))]
    dues = tuple(each for each in rows if each is not None)
    return [say_("note_beside", dues=dues)] if dues else []


def _next(found: Best, number: int) -> Words | None:
    """Say what falls due next on a debt after today; nothing of family money, or of one repaid.

    Nor of its last payment, which stands in the calendar.
    """
    lane, today = found.ground.lanes[number], found.ground.borrower.today
    if lane.kind == "family":
        return None
    ahead = [int(day) for day in lane.due if day > today]
    for day in ahead:
        amount = _due(found.played, number, day)
        if amount >= FEN and (is_card(lane) or day < ahead[-1]):
            fields = {"name": lane.name, "amount": amount, "on": as_dates(day)}
            fields["n"] = int(day_of_month(max(ahead, key=day_of_month)))
            fields["then"] = _dearer(found, number, day, amount)
            return say_(_due_key(found, lane, day, amount), **fields)
    return None


def _dearer(found: Best, number: int, day: int, amount: float) -> Text:
    """Say when most falls due on a debt, where that is more than next time."""
    later = [int(each) for each in found.ground.lanes[number].due if each > day]
    dues = {each: _due(found.played, number, each) for each in later}
    most = max(dues, key=lambda each: dues[each], default=day)
    if not dues or dues[most] - amount < SEEN:
        return ""
    return say_("due_more", most=dues[most], when=as_dates(most))


def _due_key(found: Best, lane: Lane, day: int, amount: float) -> str:
    if is_card(lane):
        return "due_card"
    agreed = as_agreed(found)
    same = [at for at, each in enumerate(found.ground.lanes) if each.debt == lane.debt]
    was = max(_due(agreed, at, day) for at in same)
    if was - amount < FEN:
        return "due_loan"
    sooner = [each.lane for each in early(found) if each.day < day]
    lowered = any(found.ground.lanes[each] is lane for each in sooner)
    at = int(np.flatnonzero(lane.due == day)[0])
    coupon = bool(len(lane.waives) and lane.waives[at] > 0)
    return "due_" + ("lowered" if lowered else "loan") + ("_coupon" if coupon else "")


def _due(played: Played, number: int, day: int) -> float:
    """Return what falls due on a debt on a day, without what is paid early, in yuan."""
    flows = played.flows
    paid = flows["payment"][((flows["lane"] == number) & (flows["day"] == day)).to_numpy()].sum()
    return round(float(paid) - played.early(day, number), 2)


def _kept(found: Best) -> list[Words]:
    """Say why more than the reserve stays in hand on a day: it is paid before the next payday."""
    cash, days = found.played.cash, found.ground.days
    above = cash >= found.ground.borrower.keep + 1
    paydays = np.asarray(found.ground.months.date)
    for day in dict.fromkeys(each.day for each in early(found)):
        until = paydays[paydays > day]
        ahead = (days > day) & (days < (until[0] if len(until) else day))
        if above[int(np.searchsorted(days, day))] and (ahead & ~above).any():
            return [say_("note_kept", on=as_dates(day))]
    return []


def _typed(found: Best) -> list[Words]:
    """Say what is typed in the app, where interest or a fee goes with the principal."""
    apart = (each for each in found.played.steps if each.what == "repay")
    some = any(each.amount - each.principal >= FEN for each in apart)
    return [say_("note_typed")] if some else []


def _lowered(found: Best) -> list[Words]:
    """Say why lowering the instalment is right here, though shortening is often advised."""
    lanes = found.ground.lanes
    low = [each for each in found.played.steps if lowers(lanes[each.lane], each)]
    if not low:
        return []
    names = tuple(lanes[at].name for at in dict.fromkeys(each.lane for each in low))
    again = any(each.day > low[0].day for each in early(found))
    return [say_("note_lowered_again" if again else "note_lowered", names=names)]
