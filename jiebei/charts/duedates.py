"""Due dates: which days of which months bring which payments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import Floats, axes_box, in_points
from jiebei.charts.drawing.given import check_names, figures
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.style import (
    EDGE,
    GREY,
    INK,
    MARKERS,
    MASK,
    RULE,
    SERIES,
    Said,
    axes,
    cell,
    chart,
    frame,
    write,
)
from jiebei.charts.drawing.text import LEADING, NOTE, TICK, text_size
from jiebei.language import words
from jiebei.language.errors import JiebeiError
from jiebei.units.reading import whole_number

__all__ = ["duedates"]

DAYS = 31
MONTHS_SHOWN = 24  # rows; later months are told of in the note
ROW, BESIDE = 17.0, 130.0  # points: the height of a row, and what stands above and below them
NAMED_DAYS = (1, 5, 10, 15, 20, 25, 31)
MARK = 6.5  # points across
FREE = 0.005  # yuan: less than this is no payment


@chart
def duedates(
    payments: Mapping[Said, tuple[Any, Any]],
    *,
    payday: int | None = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw which days of which months bring which payments, 还款日历.

    Examples
    --------
    >>> from jiebei import charts
    >>> dates = np.array(["2027-01-01", "2027-02-01", "2027-02-14"], "M8[D]")
    >>> charts.duedates({"this loan": (dates, [900.0, 900.0, 5000.0])}).get_title()
    'The heaviest day is 2027-02-14: ¥5,000 of the ¥6,800 to pay'

    Parameters
    ----------
    payments : dict
        Name of a loan to its dates and amounts in yuan.
    payday : int, optional
        Day of the month on which income comes, drawn as a line.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones.
    """
    check_names("duedates", payments)
    if payday is not None:
        whole_number(payday, "payday", 1, DAYS)
    table = _table(payments)
    first = table["month"].min() if len(table) else 0
    rows = int(table["month"].max() - first) + 1 if len(table) else 1
    shown = table[table["month"] < first + MONTHS_SHOWN]
    rows = min(rows, MONTHS_SHOWN)
    ax = axes(ax, (rows * ROW + BESIDE) / 72)
    days, months = (shown.groupby(each)["amount"].sum() for each in ("date", "month"))
    counted = money((days, months))
    sums = months.reindex(range(first, first + rows))
    totals = ["" if pd.isna(each) else counted.write(each) for each in sums]
    ax.set(xlim=(0.4, DAYS + 0.6), ylim=(rows - 0.4, -0.6))
    ax.set_xticks(NAMED_DAYS, [str(each) for each in NAMED_DAYS])
    dates = [pd.Timestamp(np.datetime64(int(first + row), "M")) for row in range(rows)]
    ax.set_yticks(range(rows), [_month_name(each, row == 0) for row, each in enumerate(dates)])
    looks = {name: (SERIES[at % 6], MARKERS[at % 6]) for at, name in enumerate(payments, start=1)}
    key = "chart.duedates.subtitle" if payday is None else "chart.duedates.subtitle_payday"
    frame(
        ax,
        _title(table) if title is None else title,
        words.say(key, unit=counted.unit) if subtitle is None else subtitle,
        words.sentences([each for each in (note, _more(table, first)) if each]),
        unit=counted.unit,
        x_label=words.say("chart.duedates.day"),
        key=[(name, colour) for name, (colour, _) in looks.items()] if len(looks) > 1 else [],
        right=max((text_size(each, TICK, "bold")[0] for each in totals), default=0.0) + 10,
    )
    if payday is not None:
        ax.axvline(payday, color=RULE, linewidth=1.2, zorder=1)
    _marks(ax, shown, first, looks, counted)
    _write_totals(ax, totals)
    return ax


def _month_name(date: pd.Timestamp, first: bool) -> str:
    """Name a month, with its year where one begins."""
    if first or date.month == 1:
        return words.month(date)
    return words.say(f"month.{date.month:02}")


def _table(payments: Mapping[str, tuple[Any, Any]]) -> pd.DataFrame:
    """Return one row a loan and day: its name, date, month since 1970, day, and amount."""
    parts = []
    for name, (dates, amounts) in payments.items():
        when, yuan = np.asarray(dates, "M8[D]"), figures("duedates", name, amounts)
        if when.shape != yuan.shape or when.ndim != 1:
            raise JiebeiError("error.duedates")
        parts.append(pd.DataFrame({"name": name, "date": when, "amount": yuan}))
    if not parts:
        raise JiebeiError("error.duedates")
    table = pd.concat(parts)
    table = table[table["amount"] > FREE]
    table = table.groupby(["name", "date"], sort=False)["amount"].sum().reset_index()
    month = table["date"].to_numpy().astype("M8[M]").astype(np.int64)
    return table.assign(month=month, day=table["date"].dt.day).sort_values("date", kind="stable")


def _marks(
    ax: Axes,
    table: pd.DataFrame,
    first: int,
    looks: Mapping[str, tuple[str, str]],
    counted: Money,
) -> None:
    """Draw a mark for each payment, several of one day side by side, and the day's sum beside."""
    for row in range(int(table["month"].max() - first) + 1 if len(table) else 0):
        by_day = dict(list(table[table["month"] == first + row].groupby("day")))
        places = {day: _place(ax, row, day, len(each)) for day, each in by_day.items()}
        taken = [(at.min() - MARK / 2, at.max() + MARK / 2) for at in places.values()]
        for day, each in by_day.items():
            for x, name in zip(places[day], each["name"], strict=True):
                colour, marker = looks[name]
                where = ax.transData.inverted().transform((x * ax.figure.dpi / 72, 0))[0]
                ax.plot(where, row, marker, color=colour, markersize=MARK, zorder=3)
            colour = looks[each["name"].iloc[0]][0] if len(each) == 1 else INK
            _label(ax, places[day], row, counted.bare(each["amount"].sum()), colour, taken)


def _place(ax: Axes, row: int, day: Any, number: int) -> Floats:
    """Return where the marks of a day stand, in points across."""
    middle = in_points(ax, (float(day), row))[0, 0]
    return np.asarray(middle + (np.arange(number) - (number - 1) / 2) * (MARK + 1))


def _label(
    ax: Axes, at: Floats, row: int, label: str, colour: str, taken: list[tuple[float, float]]
) -> None:
    """Write an amount to the right of its marks or to their left, or nowhere if neither is free."""
    width, room = text_size(label, NOTE)[0], axes_box(ax)
    height = in_points(ax, (0, row))[0, 1]
    for left in (at.max() + MARK / 2 + 3, at.min() - MARK / 2 - 3 - width):
        right = left + width
        free = all(right + 2 < begin or left - 2 > end for begin, end in taken)
        if free and left >= room.x0 and right <= room.x1:
            taken.append((left, right))
            write(ax, left, height + NOTE * LEADING / 2, [label], NOTE, colour, bbox=MASK)
            return


def _write_totals(ax: Axes, totals: list[str]) -> None:
    edge = cell(ax).x1 - EDGE
    for row, label in enumerate(totals):
        if label:
            height = in_points(ax, (0, row))[0, 1] + TICK * LEADING / 2
            write(ax, edge, height, [label], TICK, GREY, "bold", ha="right")


def _more(table: pd.DataFrame, first: int) -> str:
    """Say what later months bring."""
    later = table[table["month"] >= first + MONTHS_SHOWN]
    if later.empty:
        return ""
    months = words.count(int(later["month"].max() - first - MONTHS_SHOWN + 1), "month")
    amount = words.headline_yuan(later["amount"].sum())
    return words.say("chart.duedates.more", months=months, amount=amount)


def _title(table: pd.DataFrame) -> str:
    """Name the day on which most is to be paid."""
    if table.empty:
        return words.say("chart.duedates.title_none")
    days = table.groupby("date")["amount"].sum()
    written = days.map(words.headline_yuan)
    fields = {
        "day": words.day(days.idxmax()),
        "amount": words.headline_yuan(days.max()),
        "total": words.headline_yuan(days.sum()),
        "days": words.count(len(days), "day"),
    }
    alike = "title_same" if written.nunique() == 1 else "title"
    key = "title_one" if len(days) == 1 else alike
    return words.say(f"chart.duedates.{key}", **fields)
