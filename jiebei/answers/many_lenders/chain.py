"""Borrowing from one lender to pay another: in which month the chain breaks, and what breaks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.many_lenders.verdict import notes
from jiebei.compare.vary import vary
from jiebei.language.words import Words, passage
from jiebei.life.debts.chain import Collapse, Link, collapse, links, outcome
from jiebei.life.debts.debt import NO_LIMIT, Debt, payday
from jiebei.life.debts.payments import frame, last_payday
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_dates
from jiebei.units.reading import HIGHEST_DAILY_RATE, RATE_SCALE

__all__ = ["InShort", "answer", "cashflows", "chart", "depends", "in_short"]

UNTIL = 60  # months looked at
MOST_ROWS = 25  # of a table


def _month(debts: Sequence[Debt], number: Any) -> Any:
    return as_dates(payday(debts[0].start, int(number)))


def answer(debts: Sequence[Debt], own: float, new_months: int) -> Answer:
    """Say how a chain ends, month by month.

    Parameters
    ----------
    debts : list of Debt
        With a limit where a lender lends more.
    own : yuan
        What you pay each month out of your own pocket; the rest is borrowed.
    new_months : int
        Over how many months new loans run.
    """
    run = _links(debts, own, new_months)
    found = outcome(debts, run, 1)
    table = _table(run, own)
    parts = [_end(debts, run, found), _grown(debts, found)]
    if found.month[0]:
        parts.append(_enough(debts, new_months))
    remark = notes(debts, "chain_note")
    if found.month[0]:
        remark.append(Words("answer.many_lenders.chain_note_stops"))
    return Answer(passage(parts), table, passage(remark))


class InShort(NamedTuple):
    """A chain in a picture of other ways: its name, how it ends, and what is owed then, in yuan."""

    name: Words
    clause: Words
    told: Words
    owed: float


def in_short(debts: Sequence[Debt], own: float, new_months: int) -> InShort:
    """Say shortly how a chain ends; the parameters are those of `answer`."""
    found = collapse(debts, own, new_months, UNTIL)
    broken = int(found.month[0])
    end = "breaks" if broken else "free" if found.free[0] else "holds"
    months = broken or len(_links(debts, own, new_months))
    fields: dict[str, Any] = {"month": _month(debts, months), "own": own, "n": UNTIL}
    fields |= {"interest": found.cost[0] / 100, "owed": found.owed[0] / 100}
    key = f"{end}_at_once" if broken == 1 else end
    return InShort(
        Words("answer.many_lenders.chain_name", **fields),
        Words(f"answer.many_lenders.chain_clause_{end}", **fields),
        Words(f"answer.many_lenders.chain_told_{key}", **fields),
        found.owed[0] / 100,
    )


def _end(debts: Sequence[Debt], run: Sequence[Link], found: Collapse) -> Words:
    """Say in which month the chain breaks, and what breaks it; or that it holds."""
    if found.free[0]:
        return _free(debts, run, found, "chain_free")
    if not found.month[0]:
        wide = found.owed[0] > sum(int(each.balance) for each in debts)
        key = "chain_holds_wide" if wide else "chain_holds"
        return Words(f"answer.many_lenders.{key}", months=UNTIL)
    broken = int(found.month[0])
    family = [each for each in debts if each.kind == "family" and last_payday(each) == broken]
    fields = {
        "n": broken,
        "month": _month(debts, broken),
        "due": found.due[0] / 100,
        "missing": found.missing[0] / 100,
        "room": found.room[0] / 100,
    }
    key = "chain_breaks_family" if family else "chain_breaks"
    return Words(f"answer.many_lenders.{key}", name=family[0].name if family else "", **fields)


def _free(debts: Sequence[Debt], run: Sequence[Link], found: Collapse, key: str) -> Words:
    """Say when all is repaid, and what had to be borrowed for it."""
    borrows = [at for at, each in enumerate(run, start=1) if each.month.parts["drawn"].any()]
    fields: dict[str, Any] = {"n": len(run), "month": _month(debts, len(run))}
    if not borrows:
        return Words(f"answer.many_lenders.{key}", **fields)
    fields |= {"drawn": found.drawn[0] / 100, "last": _month(debts, borrows[-1])}
    return Words(f"answer.many_lenders.{key}_borrowed", **fields)


def _grown(debts: Sequence[Debt], found: Collapse) -> Words:
    """Say what was paid in, and what is owed for it."""
    before = sum(int(each.balance) for each in debts)
    fields = {
        "own": found.own[0] / 100,
        "before": before / 100,
        "owed": found.owed[0] / 100,
        "interest": found.cost[0] / 100,
    }
    more = found.owed[0] - before
    if found.free[0]:
        return Words("answer.many_lenders.chain_paid", **fields)
    key = "more" if more > 0 else "less" if more < 0 else "same"
    return Words(f"answer.many_lenders.chain_{key}", **fields)


def _enough(debts: Sequence[Debt], new_months: int) -> Words:
    """Say how much of your own money a month would keep the chain from breaking."""
    low, high = 0, 1 + int(sum(1.3 * each.balance for each in debts) // 100)
    while high - low > 1:
        tried = np.unique(np.linspace(low, high, 400).astype(np.int64)[1:])
        holds = collapse(debts, tried, new_months, UNTIL).month == 0
        place = int(np.argmax(holds))
        low, high = int(tried[place - 1]) if place else low, int(tried[place])
    return Words("answer.many_lenders.chain_enough", own=high, months=UNTIL)


def _links(debts: Sequence[Debt], own: float, new_months: int) -> list[Link]:
    """Return the months that hold, and the one that does not."""
    return list(links(debts, own, new_months, UNTIL))


def _table(run: Sequence[Link], own: float) -> pd.DataFrame:
    """Return what falls due, what is borrowed for it, and what is owed, a row a month."""
    rows = []
    for link in run:
        each, holds = link.month, bool(link.month.counts[0])
        drawn, room = int(each.parts["drawn"].sum()), int(link.room[0])
        rows.append(
            {
                "date": as_dates(each.day),
                "must_pay": each.due.sum() / 100,
                "own_money": (each.payment.sum() - drawn) / 100 if holds else own,
                "borrowed": (drawn if holds else room) / 100,
                "missing": link.missing[0] / 100,
                "owed_in_all": each.closing.sum() / 100 if holds else np.nan,
                "room_left": (room - drawn) / 100 if holds else 0.0,
            }
        )
    table = pd.DataFrame(rows)
    table.index = pd.RangeIndex(1, len(table) + 1, name="month")
    if len(table) > MOST_ROWS:
        table = table[(table.index % 6 == 0) | (table.index >= len(table) - 1) | (table.index == 1)]
    return table


def cashflows(debts: Sequence[Debt], own: float, new_months: int) -> pd.DataFrame:
    """Return the dated cash flows of the chain while it holds; see `payments.frame`."""
    return frame(debts, (each.month for each in _links(debts, own, new_months)))


def chart(debts: Sequence[Debt], own: float, new_months: int) -> Axes:
    """Draw what is owed to those who lend against all that they lend, until the chain breaks."""
    lenders = [place for place, each in enumerate(debts) if each.limit != NO_LIMIT]
    run = _links(debts, own, new_months)
    found = outcome(debts, run, 1)
    held = [each.month for each in run if each.month.counts[0]]
    owed = [sum(int(debts[place].balance) for place in lenders)]
    bills: list[float] = [np.nan]
    for each in held:
        owed.append(int(each.closing[lenders, 0].sum()))
        bills.append(each.due.sum() / 100)
    if found.month[0]:  # the month that breaks it: all that anybody still lends does not do
        owed.append(int(run[-1].month.closing[lenders, 0].sum() + found.room[0]))
        bills.append(found.due[0] / 100)
    dates = [as_dates(payday(debts[0].start, at)) for at in range(len(owed))]
    limits = sum(int(debts[place].limit) for place in lenders) / 100
    values = {
        Words("answer.many_lenders.line_owed"): np.array(owed) / 100,
        Words("answer.many_lenders.line_limit"): np.full(len(owed), limits),
        Words("answer.many_lenders.line_bill"): np.array(bills),
    }
    return charts.lines(
        np.array(dates),
        values,
        x_kind="date",
        dashed=[Words("answer.many_lenders.line_limit")],
        title=_title(debts, run, found, limits),
        subtitle=Words("answer.many_lenders.chain_subtitle", unit="{unit}"),
        note=passage([*_steps(debts, len(owed)), Words("answer.many_lenders.chain_chart_note")]),
    )


def _steps(debts: Sequence[Debt], shown: int) -> list[Words]:
    """Say why the lines step up: family money falls due as a whole."""
    return [
        Words(
            "answer.many_lenders.chain_chart_family",
            month=_month(debts, last_payday(each)),
            name=each.name,
        )
        for each in debts
        if each.kind == "family" and last_payday(each) < shown
    ]


def _title(debts: Sequence[Debt], run: Sequence[Link], found: Collapse, limits: float) -> Words:
    if found.month[0]:
        fields = {"month": _month(debts, found.month[0]), "limit": limits}
        return Words("answer.many_lenders.chain_title", **fields)
    if found.free[0]:
        return _free(debts, run, found, "chain_title_free")
    return Words("answer.many_lenders.chain_title_holds", owed=found.owed[0] / 100)


# What it depends on ------------------------------------------------------------------------


def depends(debts: Sequence[Debt], own: float, new_months: int) -> Answer:
    """Show when the chain breaks if one thing changes: your money, limits, rates, terms."""
    cases = _cases(own, new_months, max(int(np.max(each.rate)) for each in debts))
    own_money, term, limit, rate, again = map(np.array, zip(*cases.values(), strict=True))
    found = collapse(_scaled(debts, limit, rate), own_money, term, UNTIL, again)

    def row(place: int) -> dict[str, Any]:
        return {
            "chain_ends": _breaks(debts, found, place),
            "owed_in_all": found.owed[place] / 100,
            "own_money": found.own[place] / 100,
            "cost": found.cost[place] / 100,
        }

    table = vary(dict(zip(cases, range(len(cases)), strict=True)), row)
    return Answer(_weighs(table, found), table, Words("answer.many_lenders.chain_depends_note"))


def _breaks(debts: Sequence[Debt], found: Collapse, place: int) -> Words:
    if found.month[place]:
        when = _month(debts, found.month[place])
        return Words("answer.many_lenders.breaks_in", month=when, months=int(found.month[place]))
    return Words(f"answer.many_lenders.{'gets_free' if found.free[place] else 'holds_on'}")


def _scaled(debts: Sequence[Debt], limit: Any, rate: Any) -> list[Debt]:
    """Return the debts with limits and rates times these factors."""
    return [
        replace(
            each,
            rate=np.rint(each.rate * rate).astype(np.int64),
            limit=np.where(
                each.limit == NO_LIMIT, NO_LIMIT, np.rint(each.limit * limit).astype(np.int64)
            ),
        )
        for each in debts
    ]


class Case(NamedTuple):
    """What a case assumes: your own money, factors on all limits and rates, the new loans."""

    own: float
    new_months: int
    limit: float = 1.0
    rate: float = 1.0
    lends_again: bool = True


def _cases(own: float, new_months: int, rate: int) -> dict[Words, Case]:
    """Return one change at a time, named in words: those that the highest rate leaves room for."""
    yours = Case(own, new_months)
    cases = {_case("yours"): yours}
    for other in (own - 500, own + 500, own + 1_000, own + 2_000):
        if other >= 0:
            cases[_case("own", amount=other)] = yours._replace(own=other)
    for factor in (0.8, 1.2):
        change = round(factor - 1, 2)
        cases[_case("limit", change=change)] = yours._replace(limit=factor)
        if rate * factor <= HIGHEST_DAILY_RATE * RATE_SCALE:
            cases[_case("rate", change=change)] = yours._replace(rate=factor)
    cases[_case("once")] = yours._replace(lends_again=False)
    for term in (3, 24):
        case = _case("term", months=term)
        cases[case] = yours._replace(new_months=term)
        case = _case("term_once", months=term)
        cases[case] = yours._replace(new_months=term, lends_again=False)
    return cases


def _case(key: str, **fields: object) -> Words:
    return Words(f"answer.many_lenders.case_{key}", **fields)


def _weighs(table: pd.DataFrame, found: Collapse) -> Words:
    """Say in how many cases the chain breaks, and where it does so first."""
    breaks = found.month > 0
    fields = {"n": int(breaks.sum()), "all": len(table)}
    if not breaks.any():
        return Words("answer.many_lenders.chain_never", **fields)
    if breaks.all() and len(set(found.month)) == 1:
        return Words("answer.many_lenders.chain_all_same", **fields)
    soonest = int(np.argmin(np.where(breaks, found.month, UNTIL + 1)))
    fields |= {"case": table.index[soonest], "ends": table["chain_ends"].iloc[soonest]}
    fields["soon"] = int((found.month == found.month[soonest]).sum())
    key = "chain_all" if breaks.all() else "chain_moves"
    key += "_one" if fields["n"] == 1 else "_tied" if fields["soon"] > 1 else ""
    return Words(f"answer.many_lenders.{key}", **fields)
