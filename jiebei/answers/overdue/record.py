"""Paying late: the clock of the credit record, and the 24 % a year that courts leave a lender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, passage, written
from jiebei.life.late.charged import LOOKED_AT, above_line, charged_late
from jiebei.life.late.costs import called, due_date, due_dates, falls_due, late_cost
from jiebei.life.late.repair import Delay, contested_grace, credit_repair, delay, years_kept
from jiebei.life.rules.court import judicial_line
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["court", "court_chart", "record"]

BUCKETS = (1, 31, 61, 91)  # first days late of the stages M1, M2, M3 and beyond
COURT_DAYS = (30, 90, 180, 365, 730)
DRAWN_RATES = (0.0004, 0.0005, 0.0006)  # a day, beside the reader's own


# The record --------------------------------------------------------------------------------


def record(loan: Loan, instalment: int, days: int) -> Answer:
    """Say in which stage of lateness a loan is, what the next one begins with, how long it shows.

    Returns
    -------
    Answer
        Table by stage: `from_day`, `until_day`, `extra_cost` if paid on its last day.
    """
    due = due_date(loan, instalment)
    last = [first - 1 for first in BUCKETS[1:]]
    starts = [pd.Timestamp(due + each) for each in BUCKETS]
    cost = late_cost(loan, instalment, last).cost
    table = pd.DataFrame(
        {
            "from_day": starts,
            "until_day": [*(each - pd.Timedelta(days=1) for each in starts[1:]), pd.NaT],
            "extra_cost": [*cost, np.nan],
        },
        pd.Index([Words(f"answer.overdue.stage_{each}") for each in BUCKETS], name="stage"),
    )
    text = passage(_record_words(loan, instalment, days))
    return Answer(text, table, Words("answer.overdue.record_note"))


def _record_words(loan: Loan, instalment: int, days: int) -> list[Text]:
    """Say what stage it is, and until when the record shows it."""
    due = due_date(loan, instalment)
    if not days:
        return [Words("answer.overdue.record_clean", due=due)]
    if falls_due(loan, instalment, days) < FEN:
        return [Words("answer.overdue.nothing_due", due=due, days=days)]
    place = int(np.searchsorted(BUCKETS, days, side="right")) - 1
    fields: dict[str, Any] = {"day": due + np.timedelta64(days, "D"), "days": days}
    parts: list[Text] = [Words("answer.overdue.record_now", stage=_stage(place), **fields)]
    if place + 1 < len(BUCKETS):
        ahead = BUCKETS[place + 1] - days
        following = {"ahead": ahead, "stage": _stage(place + 1)}
        parts.append(Words("answer.overdue.record_next", **following))
    if days <= loan.grace_days:
        parts.append(Words("answer.overdue.record_grace"))
    elif days <= (grace := contested_grace()):
        parts.append(Words("answer.overdue.record_contested", grace=grace))
    return [*parts, *_shown_until(delay(loan, instalment, days))]


def _shown_until(late: Delay) -> list[Text]:
    """Say until when the record shows the delay, and what the one-off repair does to it."""
    repair = credit_repair()
    fields = {
        "most": repair.most,
        "amount": late.most,
        "first": repair.first,
        "last": repair.last,
        "closed": repair.repaid_by,
    }
    reason = repair.refuses(late)
    if not reason:
        return [Words("answer.overdue.record_repaired", **fields)]
    years = years_kept()
    gone = pd.Timestamp(late.paid_on) + pd.DateOffset(years=years)
    kept = Words("answer.overdue.record_until", years=years, gone=gone)
    return [kept, Words(f"answer.overdue.record_repair_{reason}", **fields)]


def _stage(place: int) -> Words:
    return Words(f"answer.overdue.stage_{BUCKETS[place]}")


# The court ---------------------------------------------------------------------------------


def court(loan: Loan, instalment: int, days: int) -> Answer:
    """Hold what is charged since the first day late against what courts leave: 24 % a year in all.

    Nothing is paid from the instalment on. Two readings: counted from the drawdown, and from the
    first day late.

    Returns
    -------
    Answer
        Table by days late: `charged`, `allowed`, `excess` and `all_in_rate` since the first day
        late, `excess_from_start` since the drawdown.
    """
    shown = np.unique([*COURT_DAYS, *([days] if days else [])])
    since_late = charged_late(loan, instalment, shown)
    since_drawn = charged_late(loan, instalment, shown, from_start=True)
    table = pd.DataFrame(
        {
            "charged": since_late.charged,
            "allowed": since_late.allowed,
            "excess": since_late.excess,
            "all_in_rate": since_late.rate,
            "excess_from_start": since_drawn.excess,
        },
        pd.Index([written(int(each), "count.day") for each in shown], name="days_late"),
    )
    parts = [_court_words(loan, instalment, days)] if days else []
    parts += [_above_words(loan, instalment)]
    return Answer(passage(parts), table, Words("answer.overdue.court_note"))


def _court_words(loan: Loan, instalment: int, days: int) -> Words:
    """Say how much of what is charged by the reader's day a court would cut."""
    found = charged_late(loan, instalment, days)
    fields = {
        "days": days,
        "from_start": charged_late(loan, instalment, days, from_start=True).excess,
        "charged": found.charged,
        "allowed": found.allowed,
        "excess": found.excess,
        "rate": found.rate,
        "line": judicial_line(),
    }
    return Words(f"answer.overdue.court_{'over' if found.excess >= FEN else 'within'}", **fields)


def _above_words(loan: Loan, instalment: int) -> Words:
    """Say from which day late on the total is above the line."""
    first, stays = above_line(loan, instalment)
    fields = {"line": judicial_line(), "rate": daily_words(float(loan.daily_rate))}
    if not first:
        return Words("answer.overdue.court_never", **fields)
    key = "at_times" if not stays else "from" if first > 1 else "from_first"
    return Words(f"answer.overdue.court_{key}", days=first, **fields)


def court_chart(loan: Loan, instalment: int) -> Axes:
    """Draw all that is charged since the first day late as a rate a year, by the daily rate."""
    own = round(float(loan.daily_rate), 10)
    curves: dict[Words, Any] = {}
    passes: dict[float, int] = {}
    for each in sorted({own, *DRAWN_RATES}):
        drawn = loan.but(daily_rate=each)
        name = f"answer.overdue.court_{'yours' if each == own else 'other'}_rate"
        curves[Words(name, rate=daily_words(each))] = charged_late(
            drawn, instalment, LOOKED_AT
        ).rate
        if first := above_line(drawn, instalment).first:
            passes[each] = first
    line = Words("answer.overdue.court_line", line=judicial_line())
    curves[line] = np.full(len(LOOKED_AT), judicial_line())
    return charts.lines(
        LOOKED_AT,
        curves,
        y_kind="percent",
        dashed=[line],
        x_label=Words("column.days_late"),
        title=_court_title(own, passes),
        subtitle=Words("answer.overdue.court_subtitle"),
        note=_overdue_words(loan, instalment),
    )


def _overdue_words(loan: Loan, instalment: int) -> Text:
    """Say how principal comes to bear the penalty rate: all at once, when called, or bit by bit."""
    parts: list[Text] = [Words("answer.overdue.court_chart_note")]
    if instalment == len(due_dates(loan)):
        parts.append(Words("answer.overdue.court_chart_whole"))
    elif called(loan, instalment, int(LOOKED_AT[-1])):
        parts.append(Words("answer.overdue.court_chart_called", after=int(loan.accelerate_after)))
    elif loan.penalty_multiple > 1:
        parts.append(Words("answer.overdue.court_chart_climbs"))
    return passage(parts)


def _court_title(own: float, passes: Mapping[float, int]) -> Words:
    """Say after how many days the reader's own rate passes the line, or else the next dearer."""
    fields: dict[str, Any] = {"rate": daily_words(own), "line": judicial_line()}
    if own in passes:
        key = "first" if passes[own] == 1 else "above"
        return Words(f"answer.overdue.court_title_{key}", days=passes[own], **fields)
    dearer = [each for each in passes if each > own]
    if not dearer:
        return Words("answer.overdue.court_title_below", **fields)
    fields |= {"other": daily_words(dearer[0]), "days": passes[dearer[0]]}
    return Words("answer.overdue.court_title_dearer", **fields)
