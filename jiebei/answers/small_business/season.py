"""A shop's season: what it takes to get through, and how each month covers the debt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.by_cash import least
from jiebei.answers.small_business.verdict import ratio
from jiebei.compare.vary import vary, weighs_most
from jiebei.language.words import Text, Words, passage
from jiebei.life.shop.coverage import by_month, shop_months
from jiebei.life.shop.delays import Borrow, window
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import Lowest, Strategy, cash_by_day, due_days, lowest
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_dates
from jiebei.units.fen import FEN

__all__ = ["cash_chart", "cover_chart", "depends", "months", "season"]

# The season by itself ----------------------------------------------------------------------


def season(shop: Shop, cash_in_hand: float, until: Any) -> Answer:
    """Say what the season takes before it brings anything: the need without a loan.

    Parameters
    ----------
    shop : Shop
    cash_in_hand : yuan
        The owner's money on the first day.
    until : date
        The last day shown.
    """
    ends = due_days(shop.first_day, until)
    table = pd.DataFrame({"date": as_dates(ends)})
    for name, fen in shop_months(shop, ends).items():
        table[name] = fen / 100
    table["cash_without_loan"] = cash_in_hand + table["available_for_debt"].cumsum().round(2)
    days = window(shop, until)
    cash = shop.available(days) + round(cash_in_hand * 100)
    found = lowest(cash, days)
    fields = {
        "amount": abs(found.fen.item()) / 100,
        "day": found.day.astype("M8[D]"),
        "out": found.runs_out.astype("M8[D]"),
    }
    key = "need_none" if found.fen >= 0 else "need_once" if found.day == found.runs_out else "need"
    parts = [_cycle(shop), Words(f"answer.small_business.{key}", **fields)]
    if found.fen < 0 <= cash[-1]:  # later months make up for it
        parts.append(Words("answer.small_business.bridge"))
    parts.append(_brings(table))
    return Answer(passage(parts), table.set_axis(pd.RangeIndex(1, len(table) + 1)))


def _cycle(shop: Shop) -> Words:
    """Say for how many days a yuan spent on goods is away."""
    days = shop.stock_days + shop.customer_days - shop.supplier_days
    key = "cycle" if days > 0 else "cycle_none" if days == 0 else "cycle_before"
    return Words(f"answer.small_business.{key}", days=abs(days))


def _brings(table: pd.DataFrame) -> Words:
    total = round(float(table["available_for_debt"].sum()), 2)
    fields = {"months": len(table), "amount": abs(total)}
    key = "leaves" if total >= 0 else "loses" if len(table) >= 12 else "takes"
    return Words(f"answer.small_business.{key}", **fields)


# Month by month ----------------------------------------------------------------------------


def months(name: Text, way: Strategy, shop: Shop, cash_in_hand: float) -> Answer:
    """Show month by month what comes in, what falls due, and what is left in the till.

    Parameters
    ----------
    name : Words or str
        Of the way to repay.
    way : Loan or Plan
    shop : Shop
    cash_in_hand : yuan
    """
    table = by_month(way, shop, cash_in_hand)
    covers = table["cover"].dropna()
    shown = table.assign(cover=[ratio(each) for each in table["cover"]])
    shown = shown.set_axis(pd.RangeIndex(1, len(table) + 1))
    if not table["repaid_early"].any():
        shown = shown.drop(columns="repaid_early")
    empty = len(table) - len(covers)
    note = Words("answer.small_business.months_note") if empty else ""
    return Answer(Words("text.sentence", text=_covered(name, covers)), shown, note)


def _covered(name: Text, covers: pd.Series[float]) -> Words:
    """Say in how many months what comes in pays what falls due."""
    good, all_of_them = int((covers >= 1).sum()), len(covers)
    fields = {"name": name, "good": good, "months": all_of_them}
    key = "none" if not good else "all" if good == all_of_them else "some"
    if all_of_them == 1:
        key = "one_yes" if good else "one_no"
    return Words(f"answer.small_business.months_{key}", **fields)


def cover_chart(name: Text, way: Strategy, shop: Shop, cash_in_hand: float) -> Axes | Words:
    """Draw what each month leaves for the loan against what falls due; of one, a sentence."""
    table = by_month(way, shop, cash_in_hand)
    covers = table["cover"].dropna()
    if len(covers) == 1:
        return _covered(name, covers)
    return charts.against(
        table["date"].to_numpy(),
        table["available_for_debt"].to_numpy(),
        table["debt_service"].to_numpy(),
        title=_covered(name, covers),
        subtitle=Words("answer.small_business.cover_subtitle", unit="{unit}"),
    )


def cash_chart(
    ways: Mapping[Any, Strategy], shop: Shop, cash_in_hand: float, until: Any, reserve: float
) -> Axes:
    """Draw the cash in the till day by day, one line a way to repay, and what shall stay in it."""
    days = window(shop, until)
    cash = {name: cash_by_day(way, shop, cash_in_hand, days) for name, way in ways.items()}
    lows = {name: lowest(each, days) for name, each in cash.items()}
    short = {name: -each.fen.item() / 100 for name, each in lows.items()}
    some = min(short.values()) <= 0
    kept = Words("answer.small_business.cash_reserve", reserve=reserve)
    tightest = next(iter(lows.values())).day.astype("M8[D]")
    interest = {name: float(way.summary().interest) for name, way in ways.items()}
    told = {name: least(each.fen.item() / 100, some) for name, each in lows.items()}
    if max(interest.values()) >= FEN:
        told |= {name: _priced(told[name], interest[name]) for name in ways if lows[name].fen >= 0}
    lines = {name: fen / 100 for name, fen in cash.items()}
    return charts.lines(
        as_dates(days),
        lines | ({kept: np.full(days.size, reserve)} if reserve else {}),
        x_kind="date",
        dashed=[kept],
        short=short if some else None,  # where none holds, they stay apart
        told=told,
        mark=(tightest, Words("answer.small_business.cash_tightest")),
        title=_cash_title(lows, interest),
        subtitle=Words("answer.small_business.cash_subtitle", unit="{unit}"),
        note=Words("answer.small_business.cash_note"),
    )


def _priced(left: Text, interest: float) -> Text:
    """Say beside the line of a way that holds what it costs, too."""
    return Words("answer.small_business.cash_told", low=left, interest=interest)


def _cash_title(lows: Mapping[Any, Lowest], interest: Mapping[Any, float]) -> Words:
    """Say what the first way leaves or lacks, which others do otherwise, and which costs least."""
    (name, first), *others = lows.items()
    holds = first.fen >= 0
    otherwise = tuple(each for each, low in others if (low.fen >= 0) != holds)
    fields = {
        "name": name,
        "day": first.day.astype("M8[D]"),
        "amount": abs(first.fen.item()) / 100,
        "names": otherwise,
        "cheapest": _cheapest(lows, interest),
    }
    key = f"{'holds' if holds else 'breaks'}_{'but' if otherwise else 'all'}"
    return Words(f"answer.small_business.cash_{key}", **fields)


def _cheapest(lows: Mapping[Any, Lowest], interest: Mapping[Any, float]) -> Text:
    """Name the way that costs least of those that hold, where they do not cost the same."""
    held = {name: interest[name] for name, low in lows.items() if low.fen >= 0}
    if not held or max(held.values()) - min(held.values()) < FEN:
        return ""
    first, best = next(iter(interest)), min(held, key=held.__getitem__)
    fields = {"name": best, "interest": held[best], "left": lows[best].fen.item() / 100}
    if first not in held:
        return Words("answer.small_business.cash_cheapest_held", **fields)
    key = "cheapest" if held[first] - held[best] >= FEN else "cheapest_first"
    return Words(f"answer.small_business.cash_{key}", **fields)


# What it depends on ------------------------------------------------------------------------


def depends(
    borrow: Borrow, principal: float, daily_rate: float, shop: Shop, cash_in_hand: float, until: Any
) -> Answer:
    """Show the lowest cash of the first way when one thing changes.

    Parameters
    ----------
    borrow : callable
        `borrow(principal, daily_rate)` returns the ways to repay.
    principal, daily_rate, shop, cash_in_hand, until
        As entered.
    """
    days = window(shop, until)

    def row(case: Case) -> dict[str, Any]:
        loan, other, change = case
        way = next(iter(borrow(**loan, **change).values()))
        cash = cash_by_day(way, other, cash_in_hand, days, **change)
        found = lowest(cash, days)
        return {
            "lowest_cash": found.fen.item() / 100,
            "lowest_cash_date": pd.Timestamp(found.day.astype("M8[D]").item()),
            "cash_at_the_end": cash[-1].item() / 100,
        }

    table = vary(_cases(principal, daily_rate, shop), row, of="lowest_cash")
    return Answer(_weighs(table), table)


Case = tuple[dict[str, Any], Shop, dict[str, int]]  # what changes: the loan, the shop, the days


def _cases(principal: float, daily_rate: float, shop: Shop) -> dict[Words, Case]:
    """Return the changes by name, those that can be made."""
    less = [round(each * 0.9, 2) for each in shop.sales]
    dearer = replace(shop, fixed_costs=round(shop.fixed_costs * 1.1, 2))
    cases: dict[str, Case] = {
        "yours": ({}, shop, {}),
        "late": ({}, shop, {"late": 15}),
        "longer": ({}, shop, {"longer": 15}),
        "sales": ({}, replace(shop, sales=less), {}),
        "fixed": ({}, dearer, {}),
        "less": ({"principal": round(principal * 0.8, 2)}, shop, {}),
    }
    if shop.goods_share <= 0.95:
        cases["goods"] = ({}, replace(shop, goods_share=shop.goods_share + 0.05), {})
    if daily_rate <= 0.0049:
        cases["rate"] = ({"daily_rate": daily_rate + 0.0001}, shop, {})
    rate = daily_rate + 0.0001
    return {
        Words(f"answer.small_business.case_{key}", rate=rate): each for key, each in cases.items()
    }


def _weighs(table: pd.DataFrame) -> Text:
    """Say in how many cases the cash runs out, and what weighs most."""
    broken, changes = int((table["lowest_cash"] < 0).sum()), table["change"].iloc[1:]
    key = "none" if not broken else "all" if broken == len(table) else "some"
    parts = [Words(f"answer.small_business.depends_{key}", broken=broken, cases=len(table))]
    if changes.abs().max() >= FEN:
        most: Any = weighs_most(changes)
        amount = float(changes[most])
        parts.append(Words("answer.small_business.depends_most", case=most, amount=amount))
    return passage(parts)
