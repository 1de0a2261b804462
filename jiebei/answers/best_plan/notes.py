"""What stands under a plan: what falls due beside it, and what it takes for granted."""

from __future__ import annotations

from jiebei.answers.best_plan.steps import as_agreed, is_card, lowers, say_
from jiebei.language.words import Words
from jiebei.life.best.best import Best, between_days
from jiebei.life.best.lanes import Lane
from jiebei.life.best.played import EARLY, Played
from jiebei.life.debts.debt import Debt
from jiebei.units.days import as_dates, day_of_month, iso
from jiebei.units.fen import FEN

__all__ = ["notes"]


def notes(found: Best) -> list[Words]:
    """Say what falls due beside, what was looked at, and what the model takes for granted."""
    there, ground = found.ground.borrower, found.ground
    said = [say_("note"), *_beside(found), say_("note_due"), *_lowered(found)]
    card = any(each.kind == "card" for each in there.debts)
    said.append(say_("note_last_card" if card else "note_last", last=iso(int(ground.days[-1]))))
    if card:
        said.append(say_("note_card"))
    if any(each.kind != "family" for each in there.debts):
        said.append(say_("note_due_day", n=int(day_of_month(there.today))))
    if there.coupons and any(each.what == "take" for each in found.played.steps):
        said.append(say_("note_coupon"))
    such = say_("such_coupon" if there.coupons else "such_rounding")
    said.append(say_("note_limit", such=such))
    more = between_days(ground)
    return [*said, say_("note_between", most=more)] if more >= FEN else said


def _beside(found: Best) -> list[Words]:
    """Say what each debt takes on its next due day, which the calendar may leave out."""
    rows = [_next(found, number) for number in sorted(set(found.played.flows["lane"]))]
    dues = tuple(each for each in rows if each is not None)
    return [say_("note_beside", dues=dues)] if dues else []


def _next(found: Best, number: int) -> Words | None:
    """Say what falls due next on a debt after today; nothing of family money, or of one repaid."""
    lane, today = found.ground.lanes[number], found.ground.borrower.today
    if isinstance(lane.play, Debt) and not is_card(lane):
        return None
    ahead = [int(day) for day in lane.due if day > today]
    for day in ahead:
        amount = _due(found.played, number, day)
        if amount >= FEN:
            fields = {"name": lane.name, "amount": amount, "on": as_dates(day)}
            n = int(day_of_month(max(ahead, key=day_of_month)))
            return say_(_due_key(found, lane, day, amount), n=n, **fields)
    return None


def _due_key(found: Best, lane: Lane, day: int, amount: float) -> str:
    if is_card(lane):
        return "due_card"
    if day == lane.due[-1]:
        return "due_once"
    agreed = as_agreed(found)
    same = [at for at, each in enumerate(found.ground.lanes) if each.debt == lane.debt]
    was = max(_due(agreed, at, day) for at in same)
    return "due_lowered" if amount < was - FEN else "due_loan"


def _due(played: Played, number: int, day: int) -> float:
    """Return what falls due on a debt on a day, without what is paid early, in yuan."""
    flows = played.flows
    paid = flows["payment"][((flows["lane"] == number) & (flows["day"] == day)).to_numpy()].sum()
    return round(float(paid) - played.early(day, number), 2)


def _lowered(found: Best) -> list[Words]:
    """Say why lowering the instalment is right here, though shortening is often advised."""
    lanes, steps = found.ground.lanes, found.played.steps
    low = [each for each in steps if lowers(lanes[each.lane], each)]
    if not low:
        return []
    names = tuple(lanes[at].name for at in dict.fromkeys(each.lane for each in low))
    again = any(each.what in EARLY and each.day > low[0].day for each in steps)
    return [say_("note_lowered_again" if again else "note_lowered", names=names)]
