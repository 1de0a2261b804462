"""How likely is a missed payment? A hundred thousand futures of income, and what each way makes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.compare.compare import Strategy, horizon
from jiebei.compare.vary import vary
from jiebei.language.errors import one_of
from jiebei.language.words import (
    EMPTY,
    Text,
    Words,
    headline_yuan,
    number,
    passage,
    percent,
    written,
)
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import Futures, futures, standard_error
from jiebei.life.household.misses import Tightest, cash_paths, missed, reserve_needed, tightest
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints

__all__ = ["answer", "assumptions", "curve", "depends", "fan", "lows", "reserves"]

SHOWN = 61  # points along a curve


def assumptions(shocks: pd.DataFrame) -> Answer:
    """Show what is assumed of shocks (假设)."""

    def shares(name: str) -> list[str]:
        return [percent(each, 0) if each else EMPTY for each in shocks[name]]

    lasts = [
        EMPTY if row.chance == 1 else written(row.months, f"count.month.{_places(row.months)}")
        for row in shocks.itertuples()
    ]
    table = pd.DataFrame(
        {
            "chance_a_month": [percent(each, _places(100 * each)) for each in shocks["chance"]],
            "lasts": lasts,
            "income_lost": shares("lost"),
            "income_late": shares("late"),
            "extra_costs": shocks["costs"].where(shocks["costs"] > 0),
            "income_swing": ["±" + each if each != EMPTY else each for each in shares("swing")],
        },
    ).set_axis(pd.Index([_named(str(each)) for each in shocks.index], name="shock"))
    return Answer(Words("answer.budget.assumed"), table)


def _places(value: Any) -> int:
    return 0 if float(value).is_integer() else 1


def _named(shock: str) -> Text:
    """Return the words for a shock of the suite; yours keep the name that you gave them."""
    known = (
        "job loss",
        "illness",
        "pay goes up and down",
        "customers pay late",
        "trade falls off",
        "owner ill",
        "takings go up and down",
    )
    return Words(f"shock.{shock.replace(' ', '_')}") if shock in known else shock


# The chances -------------------------------------------------------------------------------


def lows(strategies: Mapping[Any, Strategy], found: Futures) -> dict[Any, Tightest]:
    """Return the least that each future leaves under each way.

    Who cannot afford an early repayment on its day goes on as the first way does.
    """
    first = next(iter(strategies.values()))
    return {name: tightest(each, found, first) for name, each in strategies.items()}


def answer(strategies: Mapping[Any, Strategy], found: Futures) -> Answer:
    """Say how likely a missed payment is under each way.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each.
    found : Futures
        The same for all of them.
    """
    households = found.cash.shape[1]
    tight = lows(strategies, found)
    chances = {name: float(missed(each)) for name, each in tight.items()}
    table = pd.DataFrame(
        {
            "missed": list(chances.values()),
            "error": ["±" + percent(_error(each, households)) for each in chances.values()],
            "in_five_of_100": [_fifth(each.left) for each in tight.values()],
        },
        pd.Index(list(chances), name="strategy"),
    )
    able = {name: float((each.early >= 0).mean()) for name, each in tight.items()}
    if any(each < 1 for each in able.values()):
        table["able"] = [percent(each, 1) if each < 1 else EMPTY for each in able.values()]
    anyway = float((found.cash < 0).any(axis=0).mean())
    parts = [_chance_words(chances), *_unable(able)]
    if anyway > 0:
        parts.append(Words("answer.budget.anyway", share=_share(anyway)))
    note = Words("answer.budget.chances_note", households=households)
    return Answer(passage(parts), table, note)


def _unable(able: Mapping[Any, float]) -> list[Words]:
    """Say which ways nobody can go: there is never the cash to repay early on the day."""
    names = [name for name, share in able.items() if share == 0]
    return [Words("answer.budget.able_none", name=one_of(names))] if names else []


def _error(share: float, households: int) -> float:
    """Return two standard errors; where hardly any future counts, the rule of three is wider."""
    return max(2 * standard_error(share, households), 3 / households)


def _fifth(low: Ints) -> float:
    """Return what five in a hundred futures fall below, in yuan, at the tightest payment."""
    return float(np.partition(low, len(low) // 20)[len(low) // 20]) / 100


def _chance_words(chances: Mapping[Any, float]) -> Words:
    """Name the ways with the fewest missed payments and those with the most."""
    few, many = min(chances.values()), max(chances.values())
    if not many:
        return Words("answer.budget.chances_never")
    if len(chances) == 1:
        return Words("answer.budget.chances_one", name=next(iter(chances)), share=few)
    if _as_shown(few) == _as_shown(many):
        return Words("answer.budget.chances_same", share=few)
    least, most = (
        one_of([name for name, each in chances.items() if _as_shown(each) == _as_shown(share)])
        for share in (few, many)
    )
    fields = {"least": least, "few": few, "most": most, "many": many}
    return Words(f"answer.budget.chances{'' if few else '_none'}", **fields)


def _as_shown(share: float) -> float:
    """Return a share as it is shown, to the hundredth of a point, half up."""
    exact = Decimal(repr(float(share)))
    return float(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def fan(strategy: Strategy, found: Futures, name: Text) -> Axes:
    """Draw how far the cash spreads under a strategy, with nothing left as the limit."""
    shown = found.date <= int(horizon(strategy).astype(np.int64))
    return charts.fan(
        found.date[shown].astype("M8[D]"),
        cash_paths(strategy, found)[:, shown],
        limit=0.0,
        limit_name=Words("answer.budget.nothing_left"),
        title=_fan_title(float(missed(tightest(strategy, found)))),
        subtitle=Words("answer.budget.fan_subtitle", name=name, unit="{unit}"),
        note=Words("answer.budget.fan_note"),
    )


def _fan_title(share: float) -> Words:
    if share == 0:
        return Words("answer.budget.fan_title_none")
    return Words("answer.budget.fan_title", share=_share(share))


def _share(share: float) -> Words:
    """Write a share with as many decimals as it takes to be shown as something."""
    places = 1 if share == 0 or share >= 0.0005 else 2
    return Words("text.written", value=share, how=f"percent.{places}")


def _accepted(share: float) -> Words:
    """Write the chance that is accepted as it was typed."""
    return Words("text.written", value=share, how=f"percent.{_places(100 * share)}")


# The reserve -------------------------------------------------------------------------------


def reserves(
    strategies: Mapping[Any, Strategy], found: Futures, budget: Budget, accepted: float
) -> Answer:
    """Find how much reserve each way needs (备用金).

    Parameters
    ----------
    strategies, found
        As for `answer`.
    budget : Budget
    accepted : decimal
        The chance of a missed payment that you accept.
    """
    tight, error = lows(strategies, found), _error(accepted, found.cash.shape[1])
    need, less, more = (
        _needs(tight, budget.reserve, min(max(each, 0.0), 1.0))
        for each in (accepted, accepted + error, accepted - error)
    )
    outgo = float(np.mean(budget.expenses) + np.mean(budget.other_loans))
    spans = [number(each / outgo, 1) if outgo else EMPTY for each in need.values()]
    table = pd.DataFrame(
        {
            "reserve_needed": list(need.values()),
            "error": ["±" + headline_yuan((more[each] - less[each]) / 2) for each in need],
            "months_of_spending": spans,
        },
        pd.Index(list(need), name="strategy"),
    )
    said = [*_reserve_words(need, budget.reserve, accepted)]
    close = [each for each in need if less[each] <= budget.reserve < more[each]]
    if close:
        said.append(Words("answer.budget.reserve_close", names=one_of(close)))
    return Answer(passage(said), table, Words("answer.budget.reserve_note"))


def _needs(tight: Mapping[Any, Tightest], reserve: float, accepted: float) -> dict[Any, float]:
    return {name: reserve_needed(each, reserve, accepted) for name, each in tight.items()}


def _reserve_words(need: Mapping[Any, float], reserve: float, accepted: float) -> list[Words]:
    """Say which way needs the least reserve, and which of them yours is enough for."""
    least, most = min(need, key=need.__getitem__), max(need, key=need.__getitem__)
    key = "reserve_same" if need[least] == need[most] else "reserve"
    key = "reserve_zero" if need[most] == 0 else key
    said = Words(
        f"answer.budget.{key}",
        accepted=_accepted(accepted),
        least=least,
        most=most,
        low=need[least],
        high=need[most],
    )
    short = [name for name, each in need.items() if each > reserve]
    which = "all" if not short else "some" if len(short) < len(need) else "none"
    return [said, Words(f"answer.budget.reserve_{which}", names=one_of(short), reserve=reserve)]


def curve(
    strategies: Mapping[Any, Strategy], found: Futures, budget: Budget, accepted: float
) -> Axes:
    """Draw the chance of a missed payment over the reserve; arguments as for `reserves`."""
    tight = lows(strategies, found)
    need = _needs(tight, budget.reserve, accepted)
    top = max(1.3 * max(need.values()), 1.5 * budget.reserve, 1_000.0)
    along = np.linspace(0.0, top, SHOWN)
    low, high = min(need.values()), max(need.values())
    key = "reserve_title"
    key += "_same" if headline_yuan(low) == headline_yuan(high) else ""
    key = "reserve_title_zero" if high == 0 else key
    limit = Words("answer.budget.accepted")
    curves = {name: missed(each, along - budget.reserve) for name, each in tight.items()}
    return charts.lines(
        along,
        {**curves, limit: np.full(SHOWN, accepted)},
        dashed=[limit],
        x_kind="yuan",
        y_kind="percent",
        x_label=Words("answer.budget.reserve_label", unit="{unit}"),
        mark=(budget.reserve, Words("answer.budget.yours", reserve=budget.reserve)),
        title=Words(f"answer.budget.{key}", accepted=_accepted(accepted), low=low, high=high),
        subtitle=Words("answer.budget.reserve_subtitle"),
    )


# What it depends on ------------------------------------------------------------------------


def depends(loan: Any, budget: Budget, shocks: pd.DataFrame, households: int, seed: int) -> Answer:
    """Show the chance of a missed payment, one thing changed at a time.

    Parameters
    ----------
    loan : Loan
        As agreed, without decisions.
    budget : Budget
    shocks : DataFrame
        The first one is what doubles.
    households, seed : int
        As for `futures`.
    """
    longer = loan.but(months=min(2 * loan.months, MOST_MONTHS))

    def chance(case: Mapping[str, Any]) -> dict[str, float]:
        given: dict[str, Any] = {"loan": loan, "shocks": shocks, "budget": budget} | dict(case)
        drawn = futures(given["budget"], given["shocks"], horizon(given["loan"]), households, seed)
        return {"missed": float(missed(tightest(given["loan"], drawn)))}

    def own(**change: Any) -> dict[str, Budget]:
        return {"budget": dataclasses.replace(budget, **change)}

    def times(factor: float, amounts: Any) -> Any:
        return np.round(np.multiply(amounts, factor), 2)

    first, step = str(shocks.index[0]), 10_000.0
    often = shocks.assign(chance=[min(2 * shocks["chance"].iloc[0], 1.0), *shocks["chance"][1:]])
    lasting = shocks.assign(months=[2 * shocks["months"].iloc[0], *shocks["months"][1:]])
    smaller = loan.but(principal=round(0.8 * float(loan.principal), 2))
    yours: dict[Words, Mapping[str, Any]] = {
        Words("answer.budget.if_reserve", amount=step): own(reserve=budget.reserve + step),
        Words("answer.budget.if_spend_less"): own(expenses=times(0.9, budget.expenses)),
        Words("answer.budget.if_smaller"): {"loan": smaller},
        Words("answer.budget.if_longer", months=longer.months): {"loan": longer},
    }
    luck: dict[Words, Mapping[str, Any]] = {
        Words("answer.budget.if_income_more"): own(income=times(1.1, budget.income)),
        Words("answer.budget.if_income_less"): own(income=times(0.9, budget.income)),
        Words("answer.budget.if_often", shock=_named(first)): {"shocks": often},
        Words("answer.budget.if_long", shock=_named(first)): {"shocks": lasting},
        Words("answer.budget.if_never"): {"shocks": shocks.assign(chance=0.0)},
    }
    cases = {Words("answer.budget.as_entered"): {}, **yours, **luck}
    table = vary(cases, chance)
    chances = table["missed"]
    points = [100 * _as_shown(each) for each in chances]  # so that what is shown adds up
    changes = [number(each - points[0], 2, signed=True) for each in points]
    best: Any = chances.iloc[1 : 1 + len(yours)].idxmin()
    base, least = float(chances.iloc[0]), float(chances[best])
    table["points"] = [EMPTY, *changes[1:]]
    key = "depends_zero" if base == 0 else "depends_best" if least < base else "depends_none"
    said = Words(f"answer.budget.{key}", base=_share(base), best=best, least=_share(least))
    return Answer(said, table, Words("answer.budget.depends_note"))
