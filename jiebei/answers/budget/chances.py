"""How likely is a missed payment? A hundred thousand futures of income, and what each way makes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
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
    count,
    headline_yuan,
    number,
    percent,
    say,
    sentence,
    sentences,
)
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import Futures, futures, standard_error
from jiebei.life.household.misses import Tightest, cash_paths, missed, reserve_needed, tightest
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer, shown
from jiebei.units.days import Ints

__all__ = ["answer", "assumptions", "curve", "depends", "fan", "lows", "reserves"]

SHOWN = 61  # points along a curve


def assumptions(shocks: pd.DataFrame) -> pd.DataFrame:
    """Return what is assumed of shocks as people read it (假设)."""

    def shares(name: str) -> list[str]:
        return [percent(each, 0) if each else EMPTY for each in shocks[name]]

    lasts = [
        EMPTY if row.chance == 1 else count(row.months, "month", _places(row.months))
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
    return shown(table)


def _places(value: Any) -> int:
    return 0 if float(value).is_integer() else 1


def _named(shock: str) -> str:
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
    return say(f"shock.{shock.replace(' ', '_')}") if shock in known else shock


# The chances -------------------------------------------------------------------------------


def lows(strategies: Mapping[str, Strategy], found: Futures) -> dict[str, Tightest]:
    """Return the least that each future leaves under each way.

    Who cannot afford an early repayment on its day goes on as the first way does.
    """
    first = next(iter(strategies.values()))
    return {name: tightest(each, found, first) for name, each in strategies.items()}


def answer(strategies: Mapping[str, Strategy], found: Futures) -> Answer:
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
            "missed": [percent(each) for each in chances.values()],
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
        share = percent(anyway, _shown_places(anyway))
        parts.append(say("answer.budget.anyway", share=share))
    note = say("answer.budget.chances_note", households=number(households))
    return Answer(sentences(parts), table, note)


def _unable(able: Mapping[str, float]) -> list[str]:
    """Say which ways nobody can go: there is never the cash to repay early on the day."""
    names = [name for name, share in able.items() if share == 0]
    return [say("answer.budget.able_none", name=one_of(names))] if names else []


def _error(share: float, households: int) -> float:
    """Return two standard errors; where hardly any future counts, the rule of three is wider."""
    return max(2 * standard_error(share, households), 3 / households)


def _fifth(low: Ints) -> float:
    """Return what five in a hundred futures fall below, in yuan, at the tightest payment."""
    return float(np.partition(low, len(low) // 20)[len(low) // 20]) / 100


def _chance_words(chances: Mapping[str, float]) -> str:
    """Name the ways with the fewest missed payments and those with the most."""
    few, many = percent(min(chances.values())), percent(max(chances.values()))
    if not any(chances.values()):
        return say("answer.budget.chances_never")
    if len(chances) == 1:
        return say("answer.budget.chances_one", name=next(iter(chances)), share=few)
    if few == many:
        return say("answer.budget.chances_same", share=few)
    least, most = (
        one_of([name for name, each in chances.items() if percent(each) == share])
        for share in (few, many)
    )
    fields = {"least": least, "few": few, "most": most, "many": many}
    return sentence(say("answer.budget.chances", **fields))


def fan(strategy: Strategy, found: Futures, name: str) -> Axes:
    """Draw how far the cash spreads under a strategy, with nothing left as the limit."""
    shown = found.date <= int(horizon(strategy).astype(np.int64))
    return charts.fan(
        found.date[shown].astype("M8[D]"),
        cash_paths(strategy, found)[:, shown],
        limit=0.0,
        limit_name=say("answer.budget.nothing_left"),
        title=_fan_title(float(missed(tightest(strategy, found)))),
        subtitle=say("answer.budget.fan_subtitle", name=name, unit="{unit}"),
        note=say("answer.budget.fan_note"),
    )


def _fan_title(share: float) -> str:
    if share == 0:
        return say("answer.budget.fan_title_none")
    return say("answer.budget.fan_title", share=percent(share, _shown_places(share)))


def _shown_places(share: float) -> int:
    """Return with how many decimals a share is not shown as nothing."""
    return 1 if share == 0 or share >= 0.0005 else 2


# The reserve -------------------------------------------------------------------------------


def reserves(
    strategies: Mapping[str, Strategy], found: Futures, budget: Budget, accepted: float
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
    need = _needs(lows(strategies, found), budget.reserve, accepted)
    outgo = float(np.mean(budget.expenses) + np.mean(budget.other_loans))
    spans = [number(each / outgo, 1) if outgo else EMPTY for each in need.values()]
    table = pd.DataFrame(
        {"reserve_needed": list(need.values()), "months_of_spending": spans},
        pd.Index(list(need), name="strategy"),
    )
    text = _reserve_words(need, budget.reserve, accepted)
    return Answer(text, table, say("answer.budget.reserve_note"))


def _needs(tight: Mapping[str, Tightest], reserve: float, accepted: float) -> dict[str, float]:
    return {name: reserve_needed(each, reserve, accepted) for name, each in tight.items()}


def _reserve_words(need: Mapping[str, float], reserve: float, accepted: float) -> str:
    """Say which way needs the least reserve, and which of them yours is enough for."""
    least, most = min(need, key=need.__getitem__), max(need, key=need.__getitem__)
    fields = {"accepted": percent(accepted, _places(100 * accepted)), "least": least, "most": most}
    fields |= {"low": headline_yuan(need[least]), "high": headline_yuan(need[most])}
    key = "reserve_same" if need[least] == need[most] else "reserve"
    key = "reserve_zero" if need[most] == 0 else key
    short = [name for name, each in need.items() if each > reserve]
    which = "all" if not short else "some" if len(short) < len(need) else "none"
    words = {"reserve": headline_yuan(reserve), "all": number(len(need))}
    words |= {"n": number(len(need) - len(short)), "names": str(one_of(short)) if short else ""}
    yours = say(f"answer.budget.reserve_{which}", **words)
    return sentences([sentence(say(f"answer.budget.{key}", **fields)), yours])


def curve(
    strategies: Mapping[str, Strategy], found: Futures, budget: Budget, accepted: float
) -> Axes:
    """Draw the chance of a missed payment over the reserve; arguments as for `reserves`."""
    tight = lows(strategies, found)
    need = _needs(tight, budget.reserve, accepted)
    top = max(1.3 * max(need.values()), 1.5 * budget.reserve, 1_000.0)
    along = np.linspace(0.0, top, SHOWN)
    least, most = min(need.values()), max(need.values())
    fields = {"accepted": percent(accepted, _places(100 * accepted))}
    fields |= {"low": headline_yuan(least), "high": headline_yuan(most)}
    key = "reserve_title_same" if fields["low"] == fields["high"] else "reserve_title"
    key = "reserve_title_zero" if most == 0 else key
    limit = say("answer.budget.accepted")
    curves = {name: missed(each, along - budget.reserve) for name, each in tight.items()}
    return charts.lines(
        along,
        {**curves, limit: np.full(SHOWN, accepted)},
        dashed=[limit],
        x_kind="yuan",
        y_kind="percent",
        x_label=say("answer.budget.reserve_label", unit="{unit}"),
        title=say(f"answer.budget.{key}", **fields),
        subtitle=say("answer.budget.reserve_subtitle"),
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
    yours: dict[str, Mapping[str, Any]] = {
        say("answer.budget.if_reserve", amount=headline_yuan(step)): own(
            reserve=budget.reserve + step
        ),
        say("answer.budget.if_spend_less"): own(expenses=times(0.9, budget.expenses)),
        say("answer.budget.if_smaller"): {"loan": smaller},
        say("answer.budget.if_longer", months=count(longer.months, "month")): {"loan": longer},
    }
    luck: dict[str, Mapping[str, Any]] = {
        say("answer.budget.if_income_more"): own(income=times(1.1, budget.income)),
        say("answer.budget.if_income_less"): own(income=times(0.9, budget.income)),
        say("answer.budget.if_often", shock=_named(first)): {"shocks": often},
        say("answer.budget.if_long", shock=_named(first)): {"shocks": lasting},
        say("answer.budget.if_never"): {"shocks": shocks.assign(chance=0.0)},
    }
    cases = {say("answer.budget.as_entered"): {}, **yours, **luck}
    table = vary(cases, chance)
    chances = table["missed"]
    # What is shown adds up.
    points = [float(percent(each).rstrip("%")) for each in chances]
    changes = [number(each - points[0], 2, signed=True) for each in points]
    best, base = str(chances[list(yours)].idxmin()), chances.iloc[0]
    least = chances[best]
    table = pd.DataFrame(
        {"missed": [percent(each) for each in chances], "points": [EMPTY, *changes[1:]]},
        table.index,
    )
    fields = {"base": percent(base, _shown_places(base)), "best": best}
    fields["least"] = percent(least, _shown_places(least))
    key = "depends_zero" if base == 0 else "depends_best" if least < base else "depends_none"
    return Answer(say(f"answer.budget.{key}", **fields), table, say("answer.budget.depends_note"))
