"""How much can I carry? Which month breaks under each way, and what share of the income goes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.charts.duedates import MONTHS_SHOWN
from jiebei.compare.compare import Strategy
from jiebei.language.errors import one_of
from jiebei.language.words import Text, Words, passage, percent
from jiebei.life.household.budget import Budget, by_month, service_ratio
from jiebei.life.rules.facts import facts
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "calendar", "chart", "figures", "verdict"]

BANDS = ("healthy", "watch", "strain", "danger")
UNEVEN = 1.5  # from so many times the average on, a month is named
FEW = 3  # payments that need no picture
PARTS = ["expenses", "other_loans", "instalments", "repaid_early"]


def answer(strategies: Mapping[Any, Strategy], budget: Budget) -> Answer:
    """Say which month breaks under each way, as planned, and what share of the income goes.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each; the share is told of the first.
    budget : Budget

    Returns
    -------
    Answer
        A row a way: the first month whose cash does not suffice (`breaks`), the tightest month and
        the least cash in it, the share of income that all loans take (`service_ratio`).
    """
    plans = {name: by_month(each, budget) for name, each in strategies.items()}
    table = figures(plans)
    ratios = [service_ratio(each) for each in plans.values()]
    table["service_ratio"] = [percent(each, 1) for each in ratios]
    text = passage([verdict(plans), _ratio_words(ratios[0], *next(iter(plans.items())))])
    return Answer(text, table, Words("answer.budget.note"))


def figures(plans: Mapping[Any, pd.DataFrame]) -> pd.DataFrame:
    """Return which month breaks, which is tightest, and what it leaves; a row a way."""
    rows = {}
    for name, frame in plans.items():
        first = _broken(frame)
        low = int(frame["lowest_cash"].to_numpy().argmin())
        rows[name] = {
            "breaks": Words("answer.budget.none") if first is None else _named(frame, first),
            "tightest": _named(frame, frame["date"].iloc[low]),
            "lowest_cash": float(frame["lowest_cash"].iloc[low]),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def _broken(frame: pd.DataFrame) -> Any:
    """Return the first month whose cash does not suffice, None if there is none."""
    dates = frame["date"][frame["lowest_cash"] < -FEN]
    return None if dates.empty else dates.iloc[0]


def _named(frame: pd.DataFrame, first: Any) -> Words:
    """Name a month by its first day, where it is not one of the calendar."""
    of_calendar = (frame["date"].iloc[1:].dt.day == 1).all() and first.day == 1
    return Words("text.month" if of_calendar else "answer.budget.from_day", on=first)


def verdict(plans: Mapping[Any, pd.DataFrame]) -> Text:
    """Say which ways break, when, and by how much; or where money is tightest.

    Parameters
    ----------
    plans : dict
        Name to a frame with `date` and `lowest_cash`, a row a month.
    """
    lows = {name: float(each["lowest_cash"].min()) for name, each in plans.items()}
    broken = {name: first for name, each in plans.items() if (first := _broken(each)) is not None}
    holds = [name for name in plans if name not in broken]
    if not broken:
        name = min(lows, key=lows.__getitem__)
        place = int(plans[name]["lowest_cash"].to_numpy().argmin())
        fields: dict[str, Any] = {"left": max(lows[name], 0.0), "n": len(plans)}
        fields |= {"name": name, "month": _named(plans[name], plans[name]["date"].iloc[place])}
        fields["names"] = tied = [each for each in plans if lows[each] < lows[name] + FEN]
        if len(plans) == 1:
            return Words("answer.budget.holds_one", **fields)
        if _alike(plans, lows):
            return Words("answer.budget.holds_same", **fields)
        together = _alike({each: plans[each] for each in tied}, {each: lows[each] for each in tied})
        key = "holds" if len(tied) == 1 else "holds_tied" if together else "holds_tied_apart"
        return Words(f"answer.budget.{key}", **fields)
    if not holds:
        # Of those that hold longest, the one that lacks least.
        name = max(broken, key=lambda each: (broken[each], lows[each]))
        key = f"none_holds{_how_alike(broken, lows)}" if len(plans) > 1 else "breaks"
        return Words(f"answer.budget.{key}", **_lack(plans, name, broken, lows))
    parts = [Words("answer.budget.breaks", **_lack(plans, name, broken, lows)) for name in broken]
    return passage([*parts, Words("answer.budget.others_hold", names=one_of(holds))])


def _alike(plans: Mapping[Any, pd.DataFrame], lows: Mapping[Any, float]) -> bool:
    """Tell whether all ways are tightest in the same month, by the same amount."""
    months = {
        each["date"].iloc[int(each["lowest_cash"].to_numpy().argmin())] for each in plans.values()
    }
    return len(months) == 1 and max(lows.values()) - min(lows.values()) < FEN


def _how_alike(broken: Mapping[Any, Any], lows: Mapping[Any, float]) -> str:
    """Tell whether all ways break in the same month, and whether by the same amount."""
    if len(set(broken.values())) > 1:
        return ""
    return "_alike" if max(lows.values()) - min(lows.values()) < FEN else "_same"


def _lack(
    plans: Mapping[Any, pd.DataFrame], name: Any, broken: Mapping[Any, Any], lows: Mapping[Any, Any]
) -> dict[str, object]:
    return {"name": name, "month": _named(plans[name], broken[name]), "short": -lows[name]}


def _ratio_words(ratio: float, name: Text, plan: pd.DataFrame) -> Words:
    """Say what share of the income the loans take, and what public pages call that."""
    if np.isnan(ratio):
        return Words("answer.budget.ratio_nothing")
    if np.isinf(ratio):
        return Words("answer.budget.ratio_no_income")
    due = plan["date"][plan["instalments"] > 0]
    if len(due) == 1:
        fields = {"name": name, "day": due.iloc[0], "ratio": ratio, "times": ratio}
        return Words(f"answer.budget.ratio_once{'_times' if ratio > 1 else ''}", **fields)
    rules = facts("assumptions")
    lines = sorted(rules["value"][rules["unit"] == "of income"].astype(float))
    place = bisect_right(lines, ratio)
    band = Words(f"answer.budget.band_{BANDS[place]}")
    key = "ratio_yet" if place < BANDS.index("strain") and _broken(plan) is not None else "ratio"
    more = _uneven(ratio, plan)
    return Words(f"answer.budget.{key}", name=name, ratio=ratio, band=band, more=more)


def _uneven(ratio: float, plan: pd.DataFrame) -> Text:
    """Say which month takes far more of its income than the average; nothing where none does."""
    runs = plan[(plan["instalments"] > 0) & (plan["income"] > 0)]
    shares = (runs["instalments"] + runs["other_loans"]) / runs["income"]
    most = float(shares.max())
    if most < UNEVEN * ratio:
        return ""
    month = _named(plan, runs["date"].iloc[int(shares.to_numpy().argmax())])
    return Words("answer.budget.ratio_uneven", month=month, share=most)


# The charts --------------------------------------------------------------------------------


def chart(strategy: Strategy, budget: Budget, name: Text) -> Axes:
    """Draw what each month takes against its income.

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario.
    budget : Budget
    name : Words or str
        What the strategy is called.
    """
    frame = by_month(strategy, budget)
    frame = frame[(frame[["income", *PARTS]] > 0).any(axis=1)]
    if frame.empty:
        frame = by_month(strategy, budget)
    return charts.columns(
        frame["date"].to_numpy(),
        {each: frame[each].to_numpy() for each in PARTS},
        income=frame["income"].to_numpy(),
        income_name=Words("answer.budget.income_line"),
        title=_chart_title(frame),
        subtitle=Words("answer.budget.chart_subtitle", name=name, unit="{unit}"),
        note=Words("answer.budget.chart_note"),
    )


def _chart_title(frame: pd.DataFrame) -> Words:
    """Say which month breaks, or what the reserve has to bear, or that every income suffices."""
    place = int(frame["lowest_cash"].to_numpy().argmin())
    low, low_month = float(frame["lowest_cash"].iloc[place]), frame["date"].iloc[place]
    low_month = _named(frame, low_month)
    first = _broken(frame)
    if first is not None:
        fields = {"month": _named(frame, first), "low_month": low_month, "short": -low}
        return Words("answer.budget.chart_breaks", **fields)
    over = frame[frame[PARTS].sum(axis=1) - frame["income"] > FEN]
    if len(over):
        tightest = over.iloc[int(over["lowest_cash"].to_numpy().argmin())]
        fields = {"months": len(over), "low_month": _named(frame, tightest["date"])}
        fields["left"] = max(tightest["lowest_cash"], 0.0)
        key = "chart_bears_one" if len(over) == 1 else "chart_bears"
        return Words(f"answer.budget.{key}", **fields)
    fields = {"left": max(low, 0.0), "low_month": low_month}
    spare = float((frame["income"] - frame[PARTS].sum(axis=1)).min())
    return Words("answer.budget.chart_covers", spare=spare, **fields)


def calendar(strategy: Strategy, budget: Budget, name: Text) -> Axes | Words:
    """Draw what a way that is called so asks for on which days; a few of them are told instead."""
    payments = {}
    for place, loan in enumerate(strategy.loans):
        flows = loan.cashflows(["date", "payment"])
        of = Words(f"answer.budget.{'loan' if place == 0 else 'new_loan'}")
        of = of if place < 2 else Words("answer.budget.new_loan_n", n=place)
        payments[of] = (flows["date"].to_numpy(), flows["payment"].to_numpy())
    by_day = pd.concat([pd.Series(paid, when) for when, paid in payments.values()])
    by_day = by_day[by_day > 0].groupby(level=0).sum()
    if len(by_day) <= FEW:
        days = [
            Words("answer.budget.calendar_day", day=when, amount=paid)
            for when, paid in by_day.items()
        ]
        return Words("answer.budget.calendar_few", days=days)
    payday = pd.Timestamp(str(budget.since)).day if budget.payday is None else budget.payday
    note = passage(
        [Words("answer.budget.calendar_of", name=name), Words("answer.budget.calendar_note")]
    )
    return charts.duedates(payments, payday=payday, title=_beyond(by_day), note=note)


def _beyond(by_day: pd.Series[float]) -> Words | None:
    """Name the heaviest day where it comes after the months that are drawn."""
    heaviest = by_day.idxmax()
    if heaviest < by_day.index[0] + pd.DateOffset(months=MONTHS_SHOWN, day=1):
        return None
    amount = float(by_day.max())
    return Words("answer.budget.calendar_later", day=heaviest, amount=amount)
