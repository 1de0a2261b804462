"""The best plan in words: what to do when, what it leaves, and that no plan leaves more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, apart, passage, written
from jiebei.life.best.best import Best, best, between_days
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.cure import cure
from jiebei.life.best.lanes import Lane
from jiebei.life.best.played import EARLY, Played, Step, play
from jiebei.life.best.rules import RULES, follow
from jiebei.life.debts.debt import Debt
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_dates, iso
from jiebei.units.fen import FEN

__all__ = [
    "SEEN",
    "answer",
    "as_agreed",
    "by_day",
    "calendar",
    "check",
    "how",
    "in_short",
    "in_words",
    "say_",
    "sheets",
]

YEAR = 365
SEEN = 0.5  # yuan: what is less is not worth a word


def say_(key: str, **fields: object) -> Words:
    """Return words of this page."""
    return Words(f"answer.best_plan.{key}", **fields)


def answer(there: Borrower) -> Answer:
    """Say what to do first, what the plan leaves, and that no plan leaves more; or why none does.

    Parameters
    ----------
    there : Borrower

    Returns
    -------
    Answer
        Its table is the calendar: what to do when, and the cash after it.
    """
    found = best(there)
    if found is None:
        return _no_plan(there)
    parts = [*_first(found), *_comes_to(found), _proof(found), *_open(found)]
    return Answer(passage(parts), calendar(found), passage(_notes(found)))


def in_short(there: Borrower) -> Text:
    """Say what to do first and what the plan gains, in two sentences; or why there is no plan.

    Examples
    --------
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> print(in_short(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01"))))
    Today: pay ¥4,000.00 early on this line, ¥3,998.40 of it principal, the rest interest. \
Why: this line costs 14.6% a year, savings earn \
0.0%. In the end you have ¥144 more than by paying all \
as agreed.
    """
    found = best(there)
    if found is None:
        return passage(apart(_no_plan(there).said)[:1])
    agreed = as_agreed(found)
    gain = found.played.left - agreed.left
    now = [*_now(found), *_why(found)]
    if agreed.lowest < -FEN:
        return passage([*now, *_comes_to(found)])
    key = "short_same" if gain < FEN else "short"
    return passage([*now, say_(key, gain=gain)])


def _notes(found: Best) -> list[Words]:
    """Say what was looked at, how the limit is found, and what the model takes for granted."""
    there, notes = found.ground.borrower, [say_("note"), say_("note_limit")]
    more = between_days(found.ground)
    if more >= FEN:
        notes.append(say_("note_between", most=more))
    if there.coupons and any(each.what == "take" for each in found.played.steps):
        notes.append(say_("note_coupon"))
    if any(each.kind == "card" for each in there.debts):
        notes.append(say_("note_card"))
    return notes


def _first(found: Best) -> list[Words]:
    """Say what to do first and why, and how many days follow with something to do."""
    days, now = by_day(found), _now(found)
    later = list(days)[len(_soon(found)) :]
    if not later or now[0].key.endswith("nothing_ever"):
        return [*now, *_why(found)]
    return [*now, *_why(found), say_("then", n=len(later), last=iso(max(days)))]


def _now(found: Best) -> list[Words]:
    """Say what to do today and tomorrow, or on the first day on which there is something to do."""
    days = by_day(found)
    if not any(each.what != "due" for steps in days.values() for each in steps):
        return [say_("nothing_ever")]
    said = []
    for day in _soon(found):
        done = tuple(in_words(found, each) for each in days[day])
        said.append(say_(_when(found, day), steps=done, on=iso(day)))
    return said


def _soon(found: Best) -> list[int]:
    """Return the first day with something to do; and tomorrow, after today."""
    days, today = list(by_day(found)), found.ground.borrower.today
    return days[:2] if days[:2] == [today, today + 1] else days[:1]


def _when(found: Best, day: int) -> str:
    later = day - found.ground.borrower.today
    return {0: "today", 1: "tomorrow"}.get(later, "first")


def _why(found: Best) -> list[Words]:
    """Say what each debt costs that is repaid early, in that order, against what cash earns."""
    savings, lanes = found.ground.borrower.savings_rate, found.ground.lanes
    steps = [each for each in found.played.steps if each.what in (*EARLY, "draw")]
    moved = [each.lane for each in sorted(steps, key=lambda s: (s.day, -lanes[s.lane].rate))]
    dear = [at for at in dict.fromkeys(moved) if YEAR * lanes[at].rate > savings]
    said = []
    if len(dear) > 1:
        debts = tuple(_costs(found, lanes[at]) for at in dear)
        said.append(say_("why_order", debts=debts, savings=savings))
    elif dear and (lanes[dear[0]].fee or lanes[dear[0]].free is not None):
        said.append(say_("why_one", debt=_costs(found, lanes[dear[0]]), savings=savings))
    elif dear:
        lane = lanes[dear[0]]
        said.append(say_("why", name=lane.name, cost=YEAR * lane.rate, savings=savings))
    elif not moved and savings > max(YEAR * each.rate for each in lanes):
        said.append(say_("why_nothing", savings=savings))
    if any(_when(found, each.day) == "tomorrow" for each in found.played.steps):
        said.append(say_("why_wait"))
    return said


def _costs(found: Best, lane: Lane) -> Words:
    """Say what a debt costs a year, and what makes it cheaper, or dearer to repay early."""
    key = "_coupon" if lane.free is not None else "_fee" if lane.fee else ""
    return say_(f"why_debt{key}", name=lane.name, cost=YEAR * lane.rate, fee=lane.fee)


def by_day(found: Best) -> dict[int, list[Step]]:
    """Return the steps by day, and what family gets back."""
    steps = sorted([*found.played.steps, *_family(found)], key=_in_turn)
    return {day: list(each) for day, each in groupby(steps, key=lambda step: step.day)}


def _in_turn(step: Step) -> tuple[int, bool, int]:
    """Order by day; what is taken comes first, as what is repaid that day counts with it."""
    return step.day, step.what != "take", step.lane


def _family(found: Best) -> Iterator[Step]:
    """Yield what is still owed to family on its last day: a sum that no instalment reminds of."""
    lanes = found.ground.lanes
    for number, flows in found.played.flows.groupby("lane"):
        lane = lanes[int(str(number))]
        if isinstance(lane.play, Debt) and lane.play.kind == "family":
            day, paid = flows[["day", "payment"]].iloc[-1]
            if day == lane.due[-1] and paid:
                yield Step(int(day), int(str(number)), "due", float(paid))


def in_words(found: Best, step: Step) -> Words:
    """Say what is to be done in one step, and of what debt."""
    lane = found.ground.lanes[step.lane]
    kept = "_kept" if lane.level and step.what == "repay" else ""
    fields = {"name": lane.name, "amount": step.amount, "way": step.taken}
    off = step.what == "take" and step.amount >= FEN
    fields["off"] = say_("step_off", amount=step.amount) if off else ""
    fields["of_it"] = _principal(step) if step.what == "repay" else ""
    return say_(f"step_{step.what}{kept}", **fields)


def _principal(step: Step) -> Text:
    """Say how much of what leaves the hand is principal, where interest or a fee goes with it."""
    if step.amount - step.principal < FEN:
        return ""
    interest = step.amount - step.principal - step.fee >= FEN
    key = "_only_fee" if not interest else "_fee" if step.fee >= FEN else ""
    return say_(f"step_principal{key}", principal=step.principal)


@lru_cache(4)  # the answer and its picture ask alike
def as_agreed(found: Best) -> Played:
    """Return what paying all as agreed comes to."""
    return play(found.ground, follow(found.ground, RULES["as_agreed"])[0])


def _comes_to(found: Best) -> list[Words]:
    """Say what the plan leaves on its last day, against all as agreed."""
    played, agreed = found.played, as_agreed(found)
    fields = {"left": played.left, "last": iso(int(found.ground.days[-1]))}
    gain = played.left - agreed.left
    if agreed.lowest < -FEN:
        day = int(found.ground.days[int(np.argmax(agreed.cash < found.ground.borrower.keep - FEN))])
        return [say_("leaves_only", short=-agreed.lowest, on=iso(day), **fields)]
    if gain < FEN:
        return [say_("leaves_same", **fields)]
    less = agreed.cost - played.cost
    parts = {"costs": _cost_moves(played, agreed), "savings": _savings_move(gain - less)}
    return [say_("leaves", gain=gain, **parts, **fields)]


def _cost_moves(played: Played, agreed: Played) -> Words:
    less = agreed.cost - played.cost
    key = "costs_less" if less >= SEEN else "costs_more" if less <= -SEEN else "costs_same"
    return say_(key, less=less, more=-less, agreed=agreed.cost, cost=played.cost)


def _savings_move(more: float) -> Text:
    """Say what savings earn more, or less: what the gain is beside interest and fees."""
    if abs(more) < SEEN:
        return ""
    return say_("savings_more" if more > 0 else "savings_less", amount=abs(more))


def _proof(found: Best) -> Words:
    return say_("proof", bound=found.bound, left=found.played.left)


def _open(found: Best) -> list[Words]:
    """Say by how much another plan could still be better."""
    gap = round(found.bound, 2) - round(found.played.left, 2)
    return [say_("open", gap=gap)] if gap > FEN else []


def calendar(found: Best) -> pd.DataFrame:
    """Show what to do when: a row a day with more than instalments, or with family money due.

    Returns
    -------
    DataFrame
        By `date`: `to_do`, in words; yuan `repaid_early`, `due` on that day of all debts, and
        `cash_then`.
    """
    rows: dict[Any, dict[str, Any]] = {}
    flows, days = found.played.flows, found.ground.days
    for day, steps in by_day(found).items():
        early = sum(each.amount for each in steps if each.what in EARLY)
        paid = float(flows["payment"][(flows["day"] == day).to_numpy()].sum())
        rows[as_dates(day)] = {
            "to_do": say_("steps", steps=tuple(in_words(found, each) for each in steps)),
            "repaid_early": early,
            "due": round(paid - early, 2),
            "cash_then": float(found.played.cash[int(np.searchsorted(days, day))]),
        }
    columns = ["to_do", "repaid_early", "due", "cash_then"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table.index = pd.Index([written(each, "day") for each in table.index], name="date")
    return table


def how(there: Borrower) -> Answer:
    """Show how the cash of the plan came about: a row a day, each from the row before.

    Returns
    -------
    Answer
        By `date`, in yuan: `cash_ahead`, with what savings earned since the row before;
        `income_spare`, less spending; `drawn`; `payment`, all that is paid on debts; `cash_then`.
    """
    found = best(there)
    if found is None:
        return Answer(say_("no_picture"), pd.DataFrame())
    ground, played = found.ground, found.played
    moved = played.flows.groupby("day")[["drawn", "payment"]].sum().reindex(ground.days).fillna(0.0)
    income = np.array(ground.net)
    income[0] = 0.0
    before = np.append(float(ground.net[0]), played.cash[:-1] * ground.growth)
    parts = {"cash_ahead": before, "income_spare": income}
    table = pd.DataFrame(parts | {name: moved[name].to_numpy() for name in moved})
    table["cash_then"] = played.cash
    table.index = pd.Index([written(as_dates(day), "day") for day in ground.days], name="date")
    return Answer(say_("how", left=played.left), table, say_("how_note"))


# No plan -------------------------------------------------------------------------------------


def _no_plan(there: Borrower) -> Answer:
    """Say which day cannot be paid, by how much, and the least changes that would do."""
    found = cure(there)
    if not found.missing:
        return Answer(say_("hopeless"), pd.DataFrame())
    day, amount = next(iter(found.missing.items()))
    total = sum(found.missing.values())
    key = "missing" if len(found.missing) == 1 else "missing_more"
    fields = {"n": len(found.missing) - 1, "total": total}
    parts: list[Text] = [say_(key, on=iso(day), amount=amount, **fields)]
    rows: dict[Words, Words] = {}
    if found.a_month is not None:
        rows[say_("cure_month")] = written(np.ceil(100 * found.a_month) / 100, "yuan")
    if found.keep is not None:
        rows[say_("cure_keep", keep=there.keep)] = written(np.floor(100 * found.keep) / 100, "yuan")
    if found.longer is not None:
        once = there.loans[0].method == "bullet"
        unit = "count.month" if once else "count.instalment"
        rows[say_("cure_once" if once else "cure_longer")] = written(found.longer, unit)
    if rows:
        parts.append(
            say_("cured", ways=tuple(say_("cure", what=k, least=v) for k, v in rows.items()))
        )
    else:
        parts.append(say_("not_cured"))
    table = pd.DataFrame({"least": list(rows.values())}, pd.Index(list(rows), name="change"))
    return Answer(passage(parts), table, say_("cure_note"))


# What can be checked, and taken home ------------------------------------------------------------


def check(there: Borrower, holds: Callable[[object], None]) -> None:
    """Check a plan in plain sight: its parts, its cash, its bound, and every simple rule."""
    found = best(there)
    if found is None:
        holds(bool(cure(there).missing))  # something is missing indeed
        return
    flows, played, ground = found.played.flows, found.played, found.ground
    net = np.array(ground.net)
    at = np.searchsorted(ground.days, flows["day"].to_numpy())
    np.add.at(net, at, (flows["drawn"] - flows["payment"]).to_numpy())
    follows = np.abs(played.cash[1:] - played.cash[:-1] * ground.growth - net[1:])
    holds(bool((follows < FEN).all()))  # the cash of a day follows from the day before
    holds(played.lowest > -FEN)  # the reserve is kept
    owed = flows.groupby("lane")["closing"].last()
    ends = [at for at in owed.index if not ground.lanes[int(at)].floor]
    holds(bool((owed.loc[ends] < FEN).all()))  # all is repaid, but for cards
    holds(played.left <= found.bound)
    for rule in RULES.values():
        other = play(ground, follow(ground, rule)[0])
        holds(other.lowest < -FEN or other.left <= found.bound)


def sheets(there: Borrower, found: Answer, rules: Answer) -> dict[Words, pd.DataFrame]:
    """Return what is taken home: the plan, every payment, the rules."""
    plan = best(there)
    tables = {say_("sheet_plan"): found.table, say_("sheet_rules"): rules.table}
    if plan is not None:
        lanes = plan.ground.lanes
        flows = plan.played.flows
        tables[say_("sheet_flows")] = pd.DataFrame(
            {
                "debt": [str(lanes[at].name) for at in flows["lane"]],
                "date": as_dates(flows["day"]),
                **{
                    name: flows[name] for name in ("drawn", "interest", "fee", "payment", "closing")
                },
            }
        )
    return tables
