"""The best plan in words: what to do when, what it leaves, and that no plan leaves more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.best_plan.notes import notes
from jiebei.answers.best_plan.steps import (
    SEEN,
    as_agreed,
    by_day,
    calendar,
    early,
    gain,
    in_words,
    say_,
    soon,
    when,
    with_last,
)
from jiebei.answers.best_plan.why import why
from jiebei.language.words import Text, Words, apart, passage, written
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.cure import cure
from jiebei.life.best.lanes import Floats
from jiebei.life.best.played import Played
from jiebei.life.best.rules import RULES, ruled
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_dates, day_of_month, iso
from jiebei.units.fen import FEN

__all__ = [
    "answer",
    "check",
    "how",
    "in_short",
    "sheets",
]


NEARLY = 1e-3  # fen: what the solver may be off


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
    return Answer(passage(parts), calendar(found), passage(notes(found)))


def in_short(there: Borrower) -> Text:
    """Say what to do first and what the plan gains, in two sentences; or why there is no plan.

    Examples
    --------
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> print(in_short(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01"))))
    Today: pay ¥4,000.00 early on this line, ¥3,998.40 of it principal, the rest interest, \
and choose in the app to lower the instalment. Why: this line costs 15.6% a year, interest on \
interest included; savings earn 0.0%. In the end you have ¥144 more than by paying all \
as agreed.
    """
    found = best(there)
    if found is None:
        return passage(apart(_no_plan(there).said)[:1])
    more, now = gain(found), [*_now(found), *why(found)]
    if more is None:
        return passage([*now, *_comes_to(found)])
    return passage([*now, say_("short_same" if more < FEN else "short", gain=more)])


def _first(found: Best) -> list[Words]:
    """Say what to do first and why, and how many days follow with something to do."""
    said = [*_now(found), *_beforehand(found), *_reserve(found), *why(found)]
    later = [day for day in with_last(found) if found.played.steps and day > soon(found)[-1]]
    if later:
        said.append(say_("then", n=len(later), last=iso(later[-1])))
    return said


def _now(found: Best) -> list[Words]:
    """Say what to do today and tomorrow, or on the first day on which there is something to do."""
    if not found.played.steps:
        return [say_("nothing_ever")]
    days, said = by_day(found), _nothing_today(found)
    for day in soon(found):
        done = tuple(in_words(found, each) for each in days[day])
        said.append(say_(when(found, day), steps=done, on=iso(day)))
    return said


def _beforehand(found: Best) -> list[Words]:
    """Say what is to be looked at before the first step: the coupon, and what falls due today."""
    there, lanes, said = found.ground.borrower, found.ground.lanes, []
    used = [lanes[each.lane] for each in found.played.steps if each.what == "take"]
    if any(each.free is not None for each in used):
        said.append(say_("check_coupon"))
    return [*said, *_due_days(there)]


def _due_days(there: Borrower) -> list[Words]:
    """Say which other debts are taken to fall due today and paid, and which have days of their own.

    Today's is also the day of those for which none was given.
    """
    billed = [each for each in there.debts if each.kind != "family"]
    today = tuple(each.name for each in billed if each.last_due == there.today)
    own = tuple(each.name for each in billed if each.last_due < there.today)
    said = [say_("due_today", names=today, n=int(day_of_month(there.today)))] if today else []
    return [*said, say_("due_own", names=own)] if own else said


def _nothing_today(found: Best) -> list[Words]:
    """Say that nothing is repaid today, where that is because only the reserve is in hand."""
    there = found.ground.borrower
    idle = soon(found)[0] > there.today
    return [say_("today_reserve", keep=there.keep)] if idle and _binds(found, there.today) else []


def _reserve(found: Best) -> list[Words]:
    """Say that what is kept of today's cash is the reserve, where that is all that is kept."""
    there = found.ground.borrower
    days = [each.day for each in early(found) if each.day <= there.today + 1]
    binds = days and _binds(found, days[-1])
    return [say_("keeps_reserve", keep=there.keep)] if binds else []


def _binds(found: Best, day: int) -> bool:
    """Tell whether no more than the reserve is in hand after a day."""
    keep = found.ground.borrower.keep
    return keep >= 1 and found.played.cash[int(np.searchsorted(found.ground.days, day))] < keep + 1


def _comes_to(found: Best) -> list[Words]:
    """Say what the plan leaves on its last day, against all as agreed."""
    played, agreed = found.played, as_agreed(found)
    fields = {"left": played.left, "last": iso(int(found.ground.days[-1]))}
    more = gain(found)
    if more is None:
        day = int(found.ground.days[int(np.argmax(found.ground.borrower.keep - agreed.cash > FEN))])
        return [say_("leaves_only", short=-agreed.lowest, on=iso(day), **fields)]
    if more < FEN:
        return [say_("leaves_same", **fields)]
    less = agreed.cost - played.cost
    parts = {"costs": _cost_moves(played, agreed), "savings": _savings_move(more - less)}
    return [say_("leaves", gain=more, **parts, **fields)]


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


def how(there: Borrower) -> Answer:
    """Show how the cash of the plan came about: a row a day, each from the row before.

    Returns
    -------
    Answer
        By `date`, in yuan: `cash_ahead`, with what savings earned since the row before;
        `income_spare`, less spending; `drawn`; what is paid on each debt, or `payment` if there is
        one; `cash_then`.
    """
    found = best(there)
    if found is None:
        return Answer(say_("no_picture"), pd.DataFrame())
    ground, played = found.ground, found.played
    drawn = played.flows.groupby("day")["drawn"].sum().reindex(ground.days).fillna(0.0)
    income = np.array(ground.net)
    income[0] = 0.0
    before = np.append(float(ground.net[0]), played.cash[:-1] * ground.growth)
    parts = {"cash_ahead": before, "income_spare": income}
    parts |= {"drawn": drawn.to_numpy(), **_paid(found), "cash_then": played.cash}
    table = pd.DataFrame(parts)
    table.index = pd.Index([written(as_dates(day), "day") for day in ground.days], name="date")
    anew = bool(table["drawn"].any())
    table = table if anew else table.drop(columns="drawn")
    note = say_("how_note", drawn=say_("how_drawn") if anew else "")
    return Answer(say_("how", left=played.left), table, note)


def _paid(found: Best) -> dict[Any, Floats]:
    """Return what is paid on each debt, day by day, in yuan."""
    days, lanes, flows = found.ground.days, found.ground.lanes, found.played.flows
    alone = flows["lane"].nunique() == 1
    total: dict[Any, Floats] = {}
    for number, rows in flows.groupby("lane"):
        paid = rows.groupby("day")["payment"].sum().reindex(days).fillna(0.0).to_numpy()
        name = "payment" if alone else say_("paid", name=lanes[int(str(number))].name)
        total[name] = total.get(name, 0.0) + paid
    return total


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
        rows[say_("cure_month")] = written(np.ceil(100 * found.a_month - NEARLY) / 100, "yuan")
    if found.keep is not None:
        rows[say_("cure_keep", keep=there.keep)] = written(
            np.floor(100 * found.keep + NEARLY) / 100, "yuan"
        )
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
    for name in RULES:
        other = ruled(ground, name)
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
