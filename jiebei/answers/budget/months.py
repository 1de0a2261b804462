"""How much can I carry? Which month breaks under each way, and what share of the income goes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.budget.how import how
from jiebei.answers.shared.by_cash import least
from jiebei.compare.compare import Strategy, horizon
from jiebei.language.errors import one_of
from jiebei.language.words import Text, Words, passage, percent, written
from jiebei.life.household.budget import Budget, by_month, service_ratio
from jiebei.life.rules.facts import facts
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "calendar", "cash_chart", "chart", "figures", "verdict"]

BANDS = ("healthy", "watch", "strain", "danger")
UNEVEN = 1.5  # from so many times the average on, a month is named
DAYS_LISTED = 12  # of the calendar
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
    return Answer(text, table, Words("answer.budget.note"), partial(how, plans))


def figures(plans: Mapping[Any, pd.DataFrame]) -> pd.DataFrame:
    """Return which month breaks, which is tightest, and what it leaves; a row a way."""
    rows = {}
    for name, frame in plans.items():
        first = _broken(frame)
        low = _tightest(frame)
        rows[name] = {
            "breaks": Words("answer.budget.none") if first is None else _named(frame, first),
            "tightest": _named(frame, low["date"]),
            "lowest_cash": float(low["lowest_cash"]),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def _broken(frame: pd.DataFrame) -> Any:
    """Return the first month whose cash does not suffice, None if there is none."""
    dates = frame["date"][frame["lowest_cash"] < -FEN]
    return None if dates.empty else dates.iloc[0]


def _tightest(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return the first of the months with the least cash."""
    return frame.iloc[int(frame["lowest_cash"].to_numpy().argmin())]


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
        fields: dict[str, Any] = {"left": max(lows[name], 0.0)}
        fields |= {"name": name, "month": _named(plans[name], _tightest(plans[name])["date"])}
        fields["all"] = tuple(plans)
        fields["names"] = tied = [each for each in plans if lows[each] - lows[name] < FEN]
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
        longest = [each for each in broken if broken[each] == broken[name]]
        least = [each for each in longest if lows[name] - lows[each] < FEN]
        key = f"none_holds{_how_alike(broken, lows, longest)}" if len(plans) > 1 else "breaks"
        lacks_least = one_of(least) if len(least) > 1 else name
        told = _lack(plans, name, broken, lows) | {"names": longest, "name": lacks_least}
        return Words(f"answer.budget.{key}", **told)
    key = "breaks" if len(broken) == 1 else "break"
    lacks = [Words(f"answer.budget.{key}", **_lack(plans, name, broken, lows)) for name in broken]
    first = lacks[0] if len(lacks) == 1 else Words("answer.budget.breaks_several", ways=lacks)
    return passage([first, Words("answer.budget.others_hold", names=one_of(holds))])


def _alike(plans: Mapping[Any, pd.DataFrame], lows: Mapping[Any, float]) -> bool:
    """Tell whether all ways are tightest in the same month, by the same amount."""
    months = {_tightest(each)["date"] for each in plans.values()}
    return len(months) == 1 and max(lows.values()) - min(lows.values()) < FEN


def _how_alike(broken: Mapping[Any, Any], lows: Mapping[Any, float], longest: Sequence[Any]) -> str:
    """Tell which ways last as long as each other: all or some, and whether they lack as much."""
    last = [lows[each] for each in longest]
    as_much = max(last) - min(last) < FEN
    if len(longest) == len(broken):
        return "_alike" if as_much else "_same"
    if len(longest) == 1:
        return ""
    return "_tied" if as_much else "_longest"


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
    every = by_month(strategy, budget)
    busy = every[(every[["income", *PARTS]] > 0).any(axis=1)]
    frame = every if busy.empty else busy
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
    first = _broken(frame)
    if first is not None:
        low = _tightest(frame)
        month, low_month = _named(frame, first), _named(frame, low["date"])
        fields = {"month": month, "low_month": low_month, "short": -float(low["lowest_cash"])}
        key = "chart_breaks_once" if month == low_month else "chart_breaks"
        return Words(f"answer.budget.{key}", **fields)
    over = frame[frame[PARTS].sum(axis=1) - frame["income"] > FEN]
    if len(over):
        tightest = _tightest(over)
        fields = {"months": len(over), "low_month": _named(frame, tightest["date"])}
        fields["left"] = max(tightest["lowest_cash"], 0.0)
        key = "chart_bears_one" if len(over) == 1 else "chart_bears"
        return Words(f"answer.budget.{key}", **fields)
    spare = float((frame["income"] - frame[PARTS].sum(axis=1)).min())
    return Words("answer.budget.chart_covers", spare=spare)


def cash_chart(strategies: Mapping[Any, Strategy], budget: Budget, ax: Axes | None = None) -> Axes:
    """Draw the least cash of each month under each way; what breaks is hollow.

    Parameters
    ----------
    strategies, budget
        As for `answer`.
    ax : Axes, optional
        Where to draw.
    """
    last = horizon(*strategies.values())
    goes_on = {name: by_month(each, budget, last) for name, each in strategies.items()}
    plans = {name: _while_it_runs(goes_on[name], each) for name, each in strategies.items()}
    dates = next(iter(goes_on.values()))["date"]
    lows = {name: each["lowest_cash"].to_numpy() for name, each in plans.items()}
    broken = [name for name, each in plans.items() if _broken(each) is not None]
    some = 0 < len(broken) < len(plans)  # where all break, nothing would tell them apart
    return charts.lines(
        dates.to_numpy(),
        {
            name: _drawn(lows[name], each["lowest_cash"].to_numpy())
            for name, each in goes_on.items()
        },
        x_kind="date",
        steps=True,
        short={name: -float(lows[name].min()) for name in broken} if some else None,
        told={name: least(float(each.min()), some) for name, each in lows.items()},
        title=_cash_title(plans),
        subtitle=Words("answer.budget.cash_subtitle", unit="{unit}"),
        note=Words(f"answer.budget.cash_note{'_short' if some else ''}"),
        ax=ax,
    )


def _while_it_runs(frame: pd.DataFrame, strategy: Strategy) -> pd.DataFrame:
    """Return the months that begin before a way is paid off, and the first in any case."""
    return frame[(frame["date"] <= horizon(strategy)) | (frame.index == 0)]


def _drawn(own: Any, to_the_end: Any) -> Any:
    """Return what is drawn of a way: up to the last day of all, if it is never lower by then.

    Examples
    --------
    >>> _drawn(np.array([5.0, 2.0]), np.array([5.0, 2.0, 3.0])).tolist()
    [5.0, 2.0, 3.0]
    >>> _drawn(np.array([5.0, 2.0]), np.array([5.0, 2.0, 1.0])).tolist()
    [5.0, 2.0, nan]
    """
    if own.min() - to_the_end.min() < FEN:
        return to_the_end
    return np.pad(own, (0, len(to_the_end) - len(own)), constant_values=np.nan)


def _cash_title(plans: Mapping[Any, pd.DataFrame]) -> Words:
    """Say under which ways cash runs out, or how much is left where it is tightest."""
    broken = [name for name, each in plans.items() if _broken(each) is not None]
    tightest = {name: _tightest(plans[name]) for name in broken or plans}
    least = min(each["lowest_cash"] for each in tightest.values())
    tied = [name for name, each in tightest.items() if each["lowest_cash"] - least < FEN]
    month = _named(plans[tied[0]], tightest[tied[0]]["date"])
    fields = {"names": tied, "month": month, "left": max(least, 0.0), "short": -least}
    if not broken:
        key = "cash_holds_all" if len(tied) == len(plans) else "cash_holds"
        return Words(f"answer.budget.{key}", **fields)
    fields |= {"broken": broken, "holds": [name for name in plans if name not in broken]}
    key = "cash_some" if len(broken) < len(plans) else "cash_none" if len(plans) > 1 else "cash_one"
    return Words(f"answer.budget.{key}", **fields)


def calendar(strategy: Strategy, budget: Budget, name: Text) -> Answer:
    """List the next days on which a way asks for money, and what is in hand after each.

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario.
    budget : Budget
    name : Words or str
        What the strategy is called.

    Returns
    -------
    Answer
        By day: what each loan takes where there are several, `payment`, the sum, and `cash_then`,
        what is left in hand.
    """
    first, *later = (each.cashflows(["date", "drawn", "payment"]) for each in strategy.loans)
    flows = [first.iloc[1:], *later]  # what the first brings is taken as spent
    months = budget.months(horizon(strategy))
    begin = months.date[0].astype("M8[D]")  # what was paid before is not in hand any more
    flows = [each[each["date"] >= begin] for each in flows]
    table = pd.DataFrame(
        {
            _loan_name(place): each.groupby("date")["payment"].sum()
            for place, each in enumerate(flows)
        }
    ).fillna(0.0)
    if not later:
        table = table.iloc[:, :0]
    sums = pd.concat(flows).groupby("date")[["drawn", "payment"]].sum()
    day = sums.index.to_numpy().astype("M8[D]").astype(np.int64)
    cash = months.cash[np.searchsorted(months.date, day, side="right") - 1] / 100
    table["payment"] = sums["payment"].round(2)
    table["cash_then"] = (cash + (sums["drawn"] - sums["payment"]).cumsum()).round(2)
    table = table[table["payment"] > 0]
    return Answer(_heaviest(table["payment"], name), _next_days(table), _calendar_note(table))


def _loan_name(place: int) -> Words:
    if place < 2:
        return Words(f"answer.budget.{'new_loan' if place else 'loan'}")
    return Words("answer.budget.new_loan_n", n=place)


def _next_days(table: pd.DataFrame) -> pd.DataFrame:
    days = [written(each, "day") for each in table.index[:DAYS_LISTED]]
    return table.iloc[:DAYS_LISTED].set_axis(pd.Index(days, name="date"))


def _heaviest(paid: pd.Series[float], name: Text) -> Words:
    """Say on how many days there is something to pay, how much, and on which day most."""
    most = paid.max()
    key = "calendar_one" if len(paid) == 1 else "calendar"
    key += "_same" if len(paid) > 1 and (most - paid < FEN).all() else ""
    fields = {"name": name, "n": len(paid), "total": paid.sum(), "amount": most}
    return Words(f"answer.budget.{key}", day=paid.idxmax(), **fields)


def _calendar_note(table: pd.DataFrame) -> Text:
    later = table["payment"].iloc[DAYS_LISTED:]
    more = [Words("answer.budget.calendar_more", n=len(later), amount=later.sum())]
    return passage([*(more if len(later) else []), Words("answer.budget.calendar_note")])
