"""The steps of a plan in words, by day: a calendar of what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, written
from jiebei.life.best.best import Best
from jiebei.life.best.lanes import Lane
from jiebei.life.best.played import EARLY, Played, Step
from jiebei.life.best.rules import ruled
from jiebei.life.debts.debt import Debt
from jiebei.units.days import as_dates
from jiebei.units.fen import FEN

__all__ = [
    "SEEN",
    "as_agreed",
    "by_day",
    "calendar",
    "choice",
    "early",
    "gain",
    "in_words",
    "is_card",
    "lowers",
    "say_",
    "soon",
    "when",
    "with_last",
]

SEEN = 0.5  # yuan: what is less is not worth a word


def say_(key: str, **fields: object) -> Words:
    """Return words of this page."""
    return Words(f"answer.best_plan.{key}", **fields)


def as_agreed(found: Best) -> Played:
    """Return what paying all as agreed comes to."""
    return ruled(found.ground, "as_agreed")


def gain(found: Best) -> float | None:
    """Return what the plan leaves more than paying as agreed; None where that is not possible."""
    agreed = as_agreed(found)
    return found.played.left - agreed.left if agreed.lowest >= -FEN else None


def by_day(found: Best) -> dict[int, list[Step]]:
    """Return the steps by day, and what family gets back."""
    return _grouped([*found.played.steps, *_family(found)])


def with_last(found: Best) -> dict[int, list[Step]]:
    """Return the steps by day, and the last payment of each debt that falls due and is not early.

    Else the debt would seem to be paid off before, or never.
    """
    steps = [*found.played.steps, *_family(found)]
    ended = {each.lane for each in steps if each.what in ("settle", "due")}
    return _grouped([*steps, *(each for each in _last(found) if each.lane not in ended)])


def early(found: Best) -> list[Step]:
    """Return the steps that pay early."""
    return [each for each in found.played.steps if each.what in EARLY]


def _grouped(steps: Iterable[Step]) -> dict[int, list[Step]]:
    in_turn = sorted(steps, key=_in_turn)
    return {day: list(each) for day, each in groupby(in_turn, key=lambda step: step.day)}


def _in_turn(step: Step) -> tuple[int, bool, int]:
    """Order by day; what is taken comes first, as what is repaid that day counts with it."""
    return step.day, step.what != "take", step.lane


def _family(found: Best) -> Iterator[Step]:
    """Yield what is still owed to family on its last day: a sum that no instalment reminds of."""
    lanes = found.ground.lanes
    for number, flows in found.played.flows.groupby("lane"):
        lane = lanes[int(str(number))]
        if lane.kind == "family":
            day, paid = flows[["day", "payment"]].iloc[-1]
            if day == lane.due[-1] and paid:
                yield Step(int(day), int(str(number)), "due", float(paid))


def _last(found: Best) -> Iterator[Step]:
    """Yield what falls due last on each debt that ends."""
    for number, flows in found.played.flows.groupby("lane"):
        paid = flows[(flows["payment"] > 0).to_numpy()]
        if flows["closing"].iloc[-1] >= FEN or not len(paid):
            continue
        day, lane = int(paid["day"].iloc[-1]), int(str(number))
        that_day = float(paid["payment"][(paid["day"] == day).to_numpy()].sum())
        yield Step(day, lane, "last", round(that_day - found.played.early(day, lane), 2))


def in_words(found: Best, step: Step) -> Words:
    """Say what is to be done in one step, and of what debt."""
    lane = found.ground.lanes[step.lane]
    kind = choice(lane, step) if step.what in EARLY else ""
    fields = {"name": lane.name, "amount": step.amount, "way": step.taken}
    off = step.what == "take" and step.amount >= FEN
    fields["off"] = say_("step_off", amount=step.amount) if off else ""
    fields["of_it"] = _principal(step) if step.what == "repay" else ""
    return say_(f"step_{step.what}{kind}", **fields)


def is_card(lane: Lane) -> bool:
    """Tell whether a debt is a card: paid on its due days, the minimum or more."""
    return lane.kind == "card"


def choice(lane: Lane, step: Step) -> str:
    """Tell what is to be chosen in the app: of a loan of which instalments remain, one of two."""
    if is_card(lane):
        return "_card"
    if isinstance(lane.play, Debt) or step.what == "settle":
        return ""
    return "_kept" if lane.level else "_lower" if lowers(lane, step) else ""


def lowers(lane: Lane, step: Step) -> bool:
    """Tell whether an early repayment lowers the instalments: two or more of them remain."""
    falls = step.what == "repay" and not isinstance(lane.play, Debt) and not lane.level
    return falls and int((lane.due > step.day).sum()) > 1


def _principal(step: Step) -> Text:
    """Say how much of what leaves the hand is principal, where interest or a fee goes with it."""
    if step.amount - step.principal < FEN:
        return ""
    interest = step.amount - step.principal - step.fee >= FEN
    key = "_only_fee" if not interest else "_fee" if step.fee >= FEN else ""
    return say_(f"step_principal{key}", principal=step.principal)


def soon(found: Best) -> list[int]:
    """Return the first day with something to do; and tomorrow, after today."""
    days, today = list(by_day(found)), found.ground.borrower.today
    return days[:2] if days[:2] == [today, today + 1] else days[:1]


def when(found: Best, day: int) -> str:
    """Return the key of what is said of a day: today, tomorrow, or the first one later."""
    later = day - found.ground.borrower.today
    return {0: "today", 1: "tomorrow"}.get(later, "first")


def calendar(found: Best) -> pd.DataFrame:
    """Show what to do when: a row a day with more than instalments, or with a debt's last payment.

    Returns
    -------
    DataFrame
        By `date`: `to_do`, in words; yuan `repaid_early`, `due` on that day of all debts, and
        `cash_then`.
    """
    rows: dict[Any, dict[str, Any]] = {}
    flows, days = found.played.flows, found.ground.days
    for day, steps in with_last(found).items():
        repaid = found.played.early(day)
        paid = float(flows["payment"][(flows["day"] == day).to_numpy()].sum())
        rows[as_dates(day)] = {
            "to_do": say_("steps", steps=tuple(in_words(found, each) for each in steps)),
            "repaid_early": repaid,
            "due": round(paid - repaid, 2),
            "cash_then": float(found.played.cash[int(np.searchsorted(days, day))]),
        }
    columns = ["to_do", "repaid_early", "due", "cash_then"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table.index = pd.Index([written(each, "day") for each in table.index], name="date")
    return table
