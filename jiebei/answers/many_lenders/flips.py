"""Several lenders: what an extra yuan a month buys, and when highest rate first is not cheapest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.many_lenders.verdict import free_in, has_family, in_words, notes
from jiebei.compare.vary import vary
from jiebei.language.words import EMPTY, Text, Words, headline_yuan, passage
from jiebei.life.debts.debt import NO_DAY, Debt, payday
from jiebei.life.debts.orders import ROUNDING, Choice, cheapest, leads, least, named, paid, ranks
from jiebei.life.debts.outcome import Freedom, freedom
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["depends", "extra", "extra_chart"]

MORE = (0, 100, 200, 500, 1_000, 2_000, 5_000)  # yuan a month
FEE, LATE_FEE, FREE_MONTHS = 0.03, 1_000, 6  # what the cases assume


# What an extra yuan buys -------------------------------------------------------------------


def extra(debts: Sequence[Debt], monthly: float) -> Answer:
    """Show what more money a month saves, and say the least that frees you of debt.

    Parameters
    ----------
    debts : list of Debt
    monthly : yuan
    """
    lowest = least(debts, kept=False)
    table, found, _ = _amounts(debts, monthly)
    parts = [Words("answer.many_lenders.least", least=lowest)]
    if has_family(debts):
        kept = least(debts, kept=True)
        parts.append(Words("answer.many_lenders.least_kept", least=kept))
    parts += _bought(table, found, monthly)
    table.index = pd.Index([_named(each, monthly) for each in table["a_month"]], dtype=object)
    if not has_family(debts):
        table = table.drop(columns="still_late")
    return Answer(passage(parts), table, passage(notes(debts, "extra_note")))


def _amounts(debts: Sequence[Debt], monthly: float) -> tuple[pd.DataFrame, Freedom, list[Choice]]:
    """Return what each amount comes to in the order that is cheapest for it, and these orders."""
    amounts = sorted({monthly + more for more in MORE} | {float(least(debts, kept=False))})
    choices = [cheapest(debts, each)[0] for each in amounts]
    lead = np.array([each.lead for each in choices])
    found = freedom(debts, np.array(amounts), ranks(debts, choices), lead)
    table = pd.DataFrame({"a_month": amounts, "cost": _cost(found)})
    table["saved"] = table.loc[table["a_month"] == monthly, "cost"].iloc[0] - table["cost"]
    more = table["a_month"] - monthly
    table["saved_per_yuan"] = np.where(more > 0, table["saved"] / more.where(more > 0), np.nan)
    table["in_debt"] = pd.Series(
        [Words("text.months", n=int(each)) if each else EMPTY for each in found.months]
    )
    table["still_late"] = np.where(found.free, found.late / 100, np.nan)
    return table, found, choices


def _named(amount: float, monthly: float) -> Words:
    """Name a row by what it is to the reader: hers, more, or the least that frees her."""
    if amount == monthly:
        return Words("answer.many_lenders.case_yours")
    more = amount - monthly
    if more in MORE:
        return Words("answer.many_lenders.row_more", amount=more)
    return Words("answer.many_lenders.row_least")


def _bought(table: pd.DataFrame, found: Freedom, monthly: float) -> list[Words]:
    """Say what 500 yuan more a month buy, where the amount leads out."""
    yours = table[table["a_month"] == monthly].iloc[0]
    if np.isnan(yours["cost"]):
        return []
    amounts = table["a_month"].tolist()
    sooner = found.months[amounts.index(monthly)] - found.months[amounts.index(monthly + 500)]
    return [_buys(table, monthly, yours, int(sooner))]


def _buys(table: pd.DataFrame, monthly: float, yours: pd.Series[Any], sooner: int) -> Words:
    """Say what 500 yuan more a month save, or that they meet a deadline."""
    row = table[table["a_month"] == monthly + 500].iloc[0]
    fields = {"more": 500, "saved": abs(row["saved"]), "sooner": sooner}
    if row["saved"] > FEN:
        key = "buys" if sooner > 0 else "buys_only"
    elif row["still_late"] < yours["still_late"]:
        key = "buys_time" if row["saved"] < -FEN else "buys_time_free"
    else:
        key = "buys_nothing"
    return Words(f"answer.many_lenders.{key}", months=row["in_debt"], **fields)


def _cost(found: Freedom) -> Any:
    return np.where(found.free, found.cost / 100, np.nan)


def _in_time(debts: Sequence[Debt], amounts: Any, more: Sequence[Choice]) -> Freedom:
    """Return for each amount the best of the known orders and of some more, in time if it can."""
    known = [named(debts, each).places for each in ("highest_rate", "earliest_deadline")]
    choices = [*(Choice(places, lead) for places in known for lead in leads(debts)), *more]
    size = len(amounts)
    rank = np.repeat(ranks(debts, choices), size, axis=1)
    lead = np.repeat([each.lead for each in choices], size)
    found = freedom(debts, np.tile(amounts, len(choices)), rank, lead)
    order = np.lexsort((found.cost, found.late, ~found.free))
    best = [next(each for each in order if each % size == place) for place in range(size)]
    return Freedom(**{each.name: getattr(found, each.name)[..., best] for each in fields(Freedom)})


def extra_chart(debts: Sequence[Debt], monthly: float) -> Axes | Words:
    """Draw what the debts cost over the monthly amount; a sentence where it is always the same."""
    lowest = least(debts, kept=False)
    highest = max(2 * lowest, 1.25 * monthly)
    table, found, choices = _amounts(debts, monthly)
    tried = np.append(np.linspace(lowest, highest, 60).round(), table["a_month"])
    amounts = np.unique(tried[(tried >= lowest) & (tried <= highest)])
    costs = _cost(_in_time(debts, amounts, list(dict.fromkeys(choices))))
    amounts, costs = amounts[np.isfinite(costs)], costs[np.isfinite(costs)]
    first, last = float(costs[0]), float(costs[-1])
    if headline_yuan(first) == headline_yuan(last):
        return Words("answer.many_lenders.extra_same", first=first)
    here = amounts[0] <= monthly <= amounts[-1]
    ends = {"first": first, "last": last, "begin": amounts[0], "end": amounts[-1]}
    told = _bought(table, found, monthly) if here else []
    return charts.lines(
        amounts,
        {Words("column.cost"): costs},
        x_kind="yuan",
        x_label=Words("answer.many_lenders.extra_x", unit="{unit}"),
        mark=(monthly, Words("answer.many_lenders.extra_you", amount=monthly)) if here else None,
        title=told[0] if told else Words("answer.many_lenders.extra_title", **ends),
        subtitle=Words("answer.many_lenders.extra_subtitle", unit="{unit}"),
        note=passage(notes(debts, "extra_chart_note")),
    )


# When another order is cheaper -------------------------------------------------------------


def depends(debts: Sequence[Debt], monthly: float) -> Answer:
    """Change one thing at a time, and look whether the highest rate first is still the cheapest.

    Parameters
    ----------
    debts : list of Debt
    monthly : yuan
    """
    table = vary(_cases(debts, monthly), _row)
    text = _holds(table) if len(debts) > 1 else Words("answer.many_lenders.depends_one")
    if not has_family(debts):
        table = table.drop(columns="highest_rate_late")
    remark = [Words("answer.many_lenders.depends_note")]
    if tied := _tied(debts):
        remark.append(Words("answer.many_lenders.depends_tied", names=tied))
    return Answer(text, table, passage(remark))


def _tied(debts: Sequence[Debt]) -> tuple[Text, ...]:
    """Name the debts whose rate another has too: which of them has the highest is open."""
    rates = [0 if each.kind == "family" else int(each.rate) for each in debts]
    pairs = zip(debts, rates, strict=True)
    return tuple(each.name for each, rate in pairs if rates.count(rate) > 1)


def _highest_rate(debts: Sequence[Debt], monthly: float) -> Choice:
    """Return the highest rate first, and before a deadline what has one: as late as it can be."""
    places = named(debts, "highest_rate").places
    choices = [Choice(places, lead) for lead in leads(debts)]
    found = paid(debts, choices, monthly)
    return choices[int(np.lexsort((found.cost, found.late, ~found.free))[0])]


def _row(case: tuple[list[Debt], float]) -> dict[str, Any]:
    """Show the cheapest order, and what the highest rate first costs more."""
    debts, monthly = case
    best, _ = cheapest(debts, monthly)
    found = paid(debts, [best, _highest_rate(debts, monthly)], monthly)
    cost = np.where(found.free, found.cost / 100, np.nan)
    later = found.late[1] > found.late[0]
    return {
        "order_of_paying": in_words(debts, best) if found.free[0] else EMPTY,
        "cost": float(cost[0]),
        "highest_rate_more": float(cost[1] - cost[0]),
        "highest_rate_late": Words(f"answer.many_lenders.{'is_late' if later else 'is_in_time'}"),
        "free_on": free_in(debts, found, 0),
    }


def _holds(table: pd.DataFrame) -> Text:
    """Say in how many cases the highest rate first is the cheapest, and where it is not."""
    known = table.dropna(subset=["cost"])
    if known.empty:
        return Words("answer.many_lenders.depends_none")
    late = known["highest_rate_late"].map(lambda each: each.key.endswith("is_late"))
    other = known[
        (known["highest_rate_more"] > ROUNDING / 100) | late | known["highest_rate_more"].isna()
    ]
    words = {"n": len(known) - len(other), "all": len(known)}
    if other.empty:
        return Words("answer.many_lenders.depends_all", **words)
    dear = other["highest_rate_more"].fillna(-1)
    worst: Any = dear.idxmax()
    key = "depends_some" if len(other) < len(known) else "depends_never"
    parts = [Words(f"answer.many_lenders.{key}", **words, names=tuple(other.index))]
    if dear[worst] > ROUNDING / 100:
        amount = float(dear[worst])
        parts.append(Words("answer.many_lenders.depends_worst", case=worst, amount=amount))
    return passage(parts)


def _cases(debts: Sequence[Debt], monthly: float) -> dict[Words, tuple[list[Debt], float]]:
    """Return one change at a time: amounts, fees, free periods, deadlines."""
    mine = list(debts)
    cases = {Words("answer.many_lenders.case_yours"): (mine, monthly)}
    for more in (-500, 1_000):
        if monthly + more > 0:
            name = Words("answer.many_lenders.case_amount", amount=monthly + more)
            cases[name] = (mine, monthly + more)
    cases |= {name: (changed, monthly) for name, changed in _changed(mine)}
    return cases


def _changed(debts: list[Debt]) -> list[tuple[Words, list[Debt]]]:
    """Return the debts with one of them changed."""
    found = []
    dearest = named(debts, "highest_rate").places
    loans = [place for place in dearest if debts[place].kind == "loan"]
    if loans and debts[loans[0]].fee_rate == 0:
        found.append(_with(debts, loans[0], "fee", fee_rate=np.int64(FEE * 1e10)))
    if loans and debts[loans[0]].method != "bullet":
        found.append(_with(debts, loans[0], "bullet", method="bullet"))
    for place, debt in enumerate(debts):
        until = payday(debt.start, FREE_MONTHS)
        if debt.kind == "card" and debt.deadline == NO_DAY:
            found.append(_with(debts, place, "free", free_until=until))
        if debt.kind == "family":
            found.append(_with(debts, place, "open", due=payday(debt.start, 120)))
            if debt.late_fee == 0:
                found.append(_with(debts, place, "late_fee", late_fee=np.int64(LATE_FEE * 100)))
    return found


def _with(debts: list[Debt], place: int, case: str, **change: Any) -> tuple[Words, list[Debt]]:
    """Return a case in words, and the debts with one of them changed."""
    changed = replace(debts[place], **change)
    name = Words(
        f"answer.many_lenders.case_{case}",
        name=changed.name,
        fee=FEE,
        amount=LATE_FEE,
        months=FREE_MONTHS,
        day=np.int64(payday(changed.start, FREE_MONTHS)).astype("M8[D]"),
    )
    return name, [changed if at == place else each for at, each in enumerate(debts)]
