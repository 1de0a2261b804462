"""What is to be paid, as a calendar file: what falls due, and what is planned beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from jiebei.engine.events import VOLUNTARY
from jiebei.language.errors import JiebeiError
from jiebei.language.table import language
from jiebei.language.words import count, day, say, yuan
from jiebei.notebook.places import Note, saved, target_of, write

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan
    from jiebei.loan.plan import Plan

__all__ = ["save_calendar"]

BY_DAY = {"payment", "early", "closing", "to_do"}  # what a frame of days told apart must have


def save_calendar(
    strategy: Loan | Plan | pd.DataFrame, path: str | Path | None, since: Any = None
) -> Note:
    """Write the due dates and amounts of a strategy to a calendar file (还款日历).

    Every day on which something is to be paid becomes a whole-day entry with the amount, and a
    reminder at nine o'clock the day before.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> save_calendar(loan, "")
    Nothing was written: give a file name, such as "my_loan.ics".

    Parameters
    ----------
    strategy : Loan, Plan or DataFrame
        One scenario; or days already told apart, by date: `payment` (of it `early`, `principal`,
        `interest`, `fee`, `penalty`), `closing`, and `to_do`, a line for each thing to do.
    path : str
        Where to write; .ics is put behind a name without an ending. "" or None writes nothing.
    since : date, optional
        Only what is to be paid after that day is written, and what is planned on it: today, of a
        loan that runs.

    Raises
    ------
    JiebeiError
        As `save` does; and for arrays of scenarios.
    """
    from jiebei.loan.plan import check_strategy

    if not isinstance(strategy, pd.DataFrame) or not {*strategy.columns} >= BY_DAY:
        check_strategy(strategy, "strategy")
        if strategy.shape:
            raise JiebeiError("error.calendar", scenarios=np.prod(strategy.shape))
    target = target_of(path, (".ics",))
    if target is None:
        return Note(say("export.nothing", example="my_loan.ics"))
    days = strategy if isinstance(strategy, pd.DataFrame) else _by_day(strategy.cashflows())
    if since is not None:
        today = pd.Timestamp(str(since))
        planned = days["early"] > 0  # what falls due today is paid
        if "to_do" in days:
            planned |= days["to_do"] != ""
        planned &= days.index == today
        days = days[(days.index > today) | planned]
    if days.empty:
        return Note(say("export.none_ahead"))
    write(target, _calendar(days))
    return saved(target, count(len(days), "entry"))


def _by_day(flows: pd.DataFrame) -> pd.DataFrame:
    """Return what is paid on each day, of it what is `early`, and what is owed after it."""
    owed = (flows["closing"] - flows["opening"]).groupby(flows["date"]).sum().cumsum().round(2)
    flows = flows.assign(early=flows["payment"].where(flows["event"].isin(VOLUNTARY), 0.0))
    parts = ["payment", "early", "principal", "interest", "fee", "penalty"]
    days = flows.groupby("date")[parts].sum().round(2).assign(closing=owed)
    return days[days["payment"] > 0]


def _calendar(days: pd.DataFrame) -> bytes:
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//jiebei//repayments//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("export.calendar"))
    planned = ""
    for date, paid in days.iterrows():
        when = pd.Timestamp(str(date)).date()
        kind, amounts = _said_of(paid)
        event, alarm = Event(), Alarm()
        event.add("uid", f"{when:%Y%m%d}-{round(paid['payment'] * 100)}@jiebei")
        event.add("dtstamp", pd.Timestamp(when, tz="UTC").to_pydatetime())  # no clock is read
        event.add("dtstart", when)
        event.add("dtend", when + pd.Timedelta(days=1).to_pytimedelta())
        event.add("summary", say(f"export.event{kind}", **amounts))
        event.add("description", _parts(paid, planned))
        event.add("transp", "TRANSPARENT")
        alarm.add("action", "DISPLAY")
        alarm.add("description", say(f"export.reminder{kind}", day=day(when), **amounts))
        alarm.add("trigger", -pd.Timedelta(hours=15).to_pytimedelta())
        planned = day(when) if paid["early"] else planned
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _said_of(paid: Any) -> tuple[str, dict[str, str]]:
    """Return whether what is paid on a day falls due, is paid early or both, and its amounts."""
    due = round(paid["payment"] - paid["early"], 2)
    if not paid["payment"]:
        return "_step", {}
    kind = "" if not paid["early"] else "_both" if due else "_early"
    amounts = {"amount": paid["payment"], "early": paid["early"], "due": due}
    return kind, {name: yuan(each) for name, each in amounts.items()}


def _parts(paid: Any, planned: str) -> str:
    """Say what a payment is made of, which early repayment it rests on, what is owed after it."""
    colon = "：" if language() == "zh" else ": "
    names = ["principal", "interest", *(each for each in ("fee", "penalty") if paid[each])]
    lines = [f"{say(f'column.{name}')}{colon}{yuan(paid[name])}" for name in names]
    to_do = paid.get("to_do", "")
    lines = [to_do] * bool(to_do) + lines * bool(paid["payment"])
    if planned:
        lines.append(say("export.assumes", day=planned))
    left = "export.left_in_all" if "to_do" in paid else "export.left"
    return "\n".join([*lines, say(left, amount=yuan(paid["closing"]))])
