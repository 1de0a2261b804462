"""Paying late: the clock of the credit record, and the 24 % a year that courts leave a lender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.quotes import daily_words
from jiebei.language.words import EMPTY, count, day, headline_yuan, percent, say, sentences, yuan
from jiebei.life.late.costs import due_date, late_cost
from jiebei.life.late.repair import Delay, contested_grace, credit_repair, delay, years_kept
from jiebei.life.rules.court import Charged, all_in, judicial_line
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["court", "court_chart", "record"]

BUCKETS = (1, 31, 61, 91)  # first days late of the stages M1, M2, M3 and beyond
COURT_DAYS = (30, 90, 180, 365, 730)
DRAWN_RATES = (0.0004, 0.0005, 0.0006)  # a day, beside the reader's own
YEARS_DRAWN = 2


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
    ends = [str(due + each) for each in last]
    cost = late_cost(loan, instalment, last).cost
    table = pd.DataFrame(
        {
            "from_day": [day(due + each) for each in BUCKETS],
            "until_day": [*map(day, ends), EMPTY],
            "extra_cost": [*cost, np.nan],
        },
        pd.Index([say(f"answer.overdue.stage_{each}") for each in BUCKETS], name="stage"),
    )
    text = sentences(_record_words(loan, instalment, days))
    return Answer(text, table, say("answer.overdue.record_note"))


def _record_words(loan: Loan, instalment: int, days: int) -> list[str]:
    """Say what stage it is, and until when the record shows it."""
    due = due_date(loan, instalment)
    if not days:
        return [say("answer.overdue.record_clean", due=day(due))]
    place = int(np.searchsorted(BUCKETS, days, side="right")) - 1
    fields = {"day": day(due + np.timedelta64(days, "D")), "days": count(days, "day")}
    parts = [say("answer.overdue.record_now", stage=_stage(place), **fields)]
    if place + 1 < len(BUCKETS):
        ahead = BUCKETS[place + 1] - days
        following = {"ahead": count(ahead, "day"), "stage": _stage(place + 1)}
        parts.append(say("answer.overdue.record_next", **following))
    if days <= loan.grace_days:
        parts.append(say("answer.overdue.record_grace"))
    elif days <= (grace := contested_grace()):
        parts.append(say("answer.overdue.record_contested", grace=count(grace, "day")))
    return [*parts, *_shown_until(delay(loan, instalment, days))]


def _shown_until(late: Delay) -> list[str]:
    """Say until when the record shows the delay, and what the one-off repair does to it."""
    repair = credit_repair()
    fields = {
        "most": yuan(repair.most),
        "amount": yuan(late.most),
        "first": day(repair.first),
        "last": day(repair.last),
        "closed": day(repair.repaid_by),
    }
    reason = repair.refuses(late)
    if not reason:
        return [say("answer.overdue.record_repaired", **fields)]
    years = years_kept()
    gone = pd.Timestamp(late.paid_on) + pd.DateOffset(years=years)
    kept = say("answer.overdue.record_until", years=count(years, "year"), gone=day(gone))
    return [kept, say(f"answer.overdue.record_repair_{reason}", **fields)]


def _stage(place: int) -> str:
    return say(f"answer.overdue.stage_{BUCKETS[place]}")


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
    due = due_date(loan, instalment)
    shown = np.unique([*COURT_DAYS, *([days] if days else [])])
    since_late, since_drawn = (
        _charged(loan, instalment, due + shown, each) for each in (due, None)
    )
    table = pd.DataFrame(
        {
            "charged": since_late.charged,
            "allowed": since_late.allowed,
            "excess": since_late.excess,
            "all_in_rate": [percent(each) for each in since_late.rate],
            "excess_from_start": since_drawn.excess,
        },
        pd.Index([count(each, "day") for each in shown], name="days_late"),
    )
    parts = [_court_words(loan, instalment, days)] if days else []
    parts += [_dearest_words(loan, instalment)]
    return Answer(sentences(parts), table, say("answer.overdue.court_note"))


def _charged(loan: Loan, instalment: int, on: Any, since: Any) -> Charged:
    return all_in(loan.miss(instalment, times=2 * MOST_MONTHS), on, since=since)


def _court_words(loan: Loan, instalment: int, days: int) -> str:
    """Say how much of what is charged by the reader's day a court would cut."""
    due = due_date(loan, instalment)
    found = _charged(loan, instalment, due + days, due)
    from_start = _charged(loan, instalment, due + days, None).excess
    fields = {
        "days": count(days, "day"),
        "from_start": headline_yuan(from_start),
        "charged": headline_yuan(found.charged),
        "allowed": headline_yuan(found.allowed),
        "excess": headline_yuan(found.excess),
        "rate": percent(found.rate),
        "line": percent(judicial_line(), 0),
    }
    return say(f"answer.overdue.court_{'over' if found.excess >= FEN else 'within'}", **fields)


def _dearest_words(loan: Loan, instalment: int) -> str:
    """Say from which day late on something is above the line, within ten years."""
    due, tried = due_date(loan, instalment), _grid()
    found = _charged(loan, instalment, due + tried, due)
    above = np.flatnonzero(found.excess >= FEN)
    fields = {"line": percent(judicial_line(), 0), "rate": daily_words(float(loan.daily_rate))}
    if not len(above):
        return say("answer.overdue.court_never", **fields)
    first = count(tried[above[0]], "day")
    lasts = (np.diff(above) == 1).all() and above[-1] == len(tried) - 1
    key = "at_times" if not lasts else "from" if above[0] else "from_first"
    return say(f"answer.overdue.court_{key}", days=first, **fields)


def _grid() -> Any:
    return np.arange(1, YEARS_DRAWN * 365 + 1)


def court_chart(loan: Loan, instalment: int) -> Axes:
    """Draw all that is charged since the first day late as a rate a year, by the daily rate."""
    due, days = due_date(loan, instalment), _grid()
    own = round(float(loan.daily_rate), 10)
    rates = sorted({own, *DRAWN_RATES})
    curves, passes = {}, {}
    for each in rates:
        found = _charged(loan.but(daily_rate=each), instalment, due + days, due)
        key = "yours" if each == own else "other"
        curves[say(f"answer.overdue.court_{key}_rate", rate=daily_words(each))] = found.rate
        if (above := np.flatnonzero(found.excess >= FEN)).size:
            passes[each] = int(days[above[0]])
    line = say("answer.overdue.court_line", line=percent(judicial_line(), 0))
    curves[line] = np.full(len(days), judicial_line())
    return charts.lines(
        days,
        curves,
        y_kind="percent",
        dashed=[line],
        x_label=say("column.days_late"),
        title=_court_title(own, passes),
        subtitle=say("answer.overdue.court_subtitle"),
        note=say("answer.overdue.court_chart_note"),
    )


def _court_title(own: float, passes: Mapping[float, int]) -> str:
    """Say after how many days the reader's own rate passes the line, or else the next dearer."""
    fields = {"rate": daily_words(own), "line": percent(judicial_line(), 0)}
    if own in passes:
        days = count(passes[own], "day")
        if passes[own] == 1:
            return say("answer.overdue.court_title_first", **fields)
        return say("answer.overdue.court_title_above", days=days, **fields)
    dearer = [each for each in passes if each > own]
    if not dearer:
        return say("answer.overdue.court_title_below", **fields)
    fields |= {"other": daily_words(dearer[0]), "days": count(passes[dearer[0]], "day")}
    return say("answer.overdue.court_title_dearer", **fields)
