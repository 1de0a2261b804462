"""Read days as people say them: 明天, 7月10日, 下个月15号, 三个月后; counted from today."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from jiebei.units.days import day_of_month, due_date, iso, month_of, one_day
from jiebei.units.written import signs, spelled_out

__all__ = ["PAST", "day_said"]

NAMED = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
MONTHS = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "": None}
PAST = ("paid", "as_of", "today")  # what has been: the last such day, not the next
DRAWN = ("start", "on")  # the day of a drawdown: it may be behind or ahead
LAST = 31

OF_YEAR = re.compile(
    r"(前年|去年|今年|本年|明年|后年)?的?(\d{1,2})月(?:份)?(底|末|\d{1,2}(?=[日号]?$))[日号]?"
)
END_OF_YEAR = re.compile(r"(前年|去年|今年|本年|明年|后年)?年?[底末]")
OF_MONTH = re.compile(r"(?:([上本这当下])个?月)?的?(\d{1,2})[日号]|(?:([上本这当下])个?)?月[底末]")
AFTER = re.compile(r"(\d+|半)(天|日|周|星期|个星期|个月|年)(?:以|之)?后")


def day_said(text: str, name: str, today: dt.date | None = None) -> str | None:
    """Return the day that is said, as 2026-07-10; None for what is none.

    Where no year or month is said it is the next such day from today on; of the drawdown the
    nearest one, of what has been paid the last one.

    Examples
    --------
    >>> today = dt.date(2026, 11, 26)
    >>> [day_said(each, "repay_on", today) for each in ("明年3月1号", "7月10日", "下个月15号")]
    ['2027-03-01', '2027-07-10', '2026-12-15']
    >>> [day_said("7月10日", name, today) for name in ("start", "paid")]
    ['2026-07-10', '2026-07-10']
    >>> [day_said(each, "free_by", today) for each in ("三个月后", "明年年底", "月底", "2月底")]
    ['2027-02-26', '2027-12-31', '2026-11-30', '2027-02-28']
    >>> day_said("春节前", "free_by", today), day_said("2月30日", "free_by", today)
    (None, None)
    """
    now = one_day((today or dt.date.today()).isoformat(), name)
    plain = spelled_out("".join(signs(text).split()))
    if plain in NAMED:
        return iso(now + NAMED[plain])
    if found := AFTER.fullmatch(plain):
        return _after(now, *found.groups())
    if found := END_OF_YEAR.fullmatch(plain):
        return _chosen(now, name, 12, found[1], "12", "底")
    if found := OF_YEAR.fullmatch(plain):
        return _chosen(now, name, 12, *found.groups())
    if found := OF_MONTH.fullmatch(plain):
        return _of_month(now, name, found[1] or found[3] or "", found[2] or "底")
    return None


def _after(now: int, number: str, unit: str) -> str:
    """Return the day so long after today."""
    if unit in ("天", "日", "周", "星期", "个星期"):
        days = 1 if unit in ("天", "日") else 7
        return iso(now + days * int(number)) if number != "半" else iso(now + 4 * days)
    months = (12 if unit == "年" else 1) * (0.5 if number == "半" else int(number))
    if months != int(months):
        return iso(now + 15)
    return iso(due_date(month_of(now) + int(months), day_of_month(now)))


def _of_month(now: int, name: str, which: str, day: str) -> str | None:
    """Return a day of the last, this or the next month, or the one that is meant."""
    if which or day == "底":
        return _exactly(int(month_of(now)) + (MONTHS[which] or 0), day)
    return _near(now, name, int(month_of(now)), 1, day)


def _chosen(now: int, name: str, every: int, year: str | None, month: str, day: str) -> str | None:
    """Return a day of a month of the year that is said, or of the one that is meant."""
    if not 1 <= int(month) <= 12:
        return None
    this = int(month_of(now)) // 12 * 12 + int(month) - 1
    if year:
        return _exactly(this + 12 * YEARS[year], day)
    return _near(now, name, this, every, day)


def _near(now: int, name: str, month: int, every: int, day: str) -> str | None:
    """Return the day of the month, or of one so many months before or after it, that is meant."""
    tries = [_exactly(month + every * step, day) for step in (-1, 0, 1)]
    days = [one_day(each, name) for each in tries if each]
    if name in PAST:
        days = [each for each in days if each <= now]
        return iso(max(days)) if days else None
    if name not in DRAWN:
        days = [each for each in days if each >= now]
    return iso(min(days, key=lambda each: abs(each - now))) if days else None


def _exactly(month: int, day: str) -> str | None:
    """Return that day of a month; None where the month has no such day."""
    found = due_date(month, LAST if day in ("底", "末") else int(day))
    same: Any = day in ("底", "末") or day_of_month(found) == int(day)
    return iso(found) if same and found > 0 else None
