"""What is meant by what was typed: "3万" is 30,000, "2026/7/10" a day, "每月等额" a method."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jiebei.language.table import in_chinese
from jiebei.units.term import ForDays
from jiebei.units.written import PERCENT, date_of, number_of

__all__ = ["UNITS", "choice", "meant"]

Units = Mapping[str, int | Decimal]  # what may stand behind a figure, and its multiple

YUAN = dict.fromkeys(["元", "块", "块钱", "圆", "yuan", "rmb", "cny", "元/月", "元每月"], 1)
MONTHS = dict.fromkeys(["期", "个月", "月", "months", "month"], 1)
MONTHS |= dict.fromkeys(["年", "years", "year"], 12)
TERM_IN_DAYS = dict.fromkeys(["天", "日", "days", "day"], 1) | dict.fromkeys(["周", "星期"], 7)
DAYS = {**TERM_IN_DAYS, "号": 1}
COUNTS = dict.fromkeys(["期", "次", "家", "个", "户", "年", "years"], 1)
SHARES: Units = {**PERCENT, "成": Decimal("0.1"), "倍": 1}
SIGNS: Units = {"": 1, **PERCENT}
A_DAY = {
    sign + day: times for sign, times in SIGNS.items() for day in ("", "/天", "/日", "每天", "每日")
}
UNITS: Mapping[str, Units] = {
    **dict.fromkeys(["share", "multiple"], SHARES),
    "daily rate": A_DAY,
    **dict.fromkeys(["yuan", "yuan a month", "by name"], YUAN),
    **dict.fromkeys(["term", "months"], MONTHS),
    "days": DAYS,
    "count": COUNTS,
}


def meant(name: str, kind: str, value: Any, known: Sequence[str] = ()) -> Any:
    """Return what is meant; what has no one meaning stays as it is, to be refused by its rule.

    Parameters
    ----------
    name, kind : str
        Of the parameter, as in parameters.csv.
    value : object
        As it was typed.
    known : sequence of str
        What may be chosen, where it is a choice.

    Examples
    --------
    >>> meant("principal", "yuan", "三万五"), meant("months", "term", "一年半")
    (35000, 18)
    >>> meant("months", "term", "7天")
    '7 days'
    >>> meant("repay_on", "date", 20270301), meant("who", "choice", "小店", ["household", "shop"])
    ('2027-03-01', 'shop')
    >>> meant("need", "by name", {"2027/6/1": "2万"}), meant("principal", "yuan", "much")
    ({'2027-06-01': 20000}, 'much')
    >>> meant("new_rates", "by name", {"2027年6月1日": "0.035%"})
    {'2027-06-01': 0.00035}
    """
    match kind, value:
        case "date", str() | int():
            return date_of(str(value)) or _today(value) or value
        case "choice", str():
            return choice(value, known)
        case "list" | "yuan a month", list():
            kind = "choice" if known else "yuan"
            return [meant(name, kind, each, known) for each in value]
        case "by name", dict():
            found = {_day(each): _figure(name, kind, amount) for each, amount in value.items()}
            return found if len(found) == len(value) else value  # no day is lost
        case "rows" | "list" | "by name" | "file", _:
            return value
        case _, str():
            return _figure(name, kind, value)
    return value


def choice(text: str, known: Sequence[str]) -> str:
    """Return the choice that a text names, in English or Chinese; else the text.

    Examples
    --------
    >>> choice("Equal instalment", ["equal_instalment"]), choice("先息后本", ["interest_only"])
    ('equal_instalment', 'interest_only')
    """
    called = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    for each in known:
        if called == each.replace(" ", "_") or text.strip() in in_chinese(each):
            return each
    return text


def _today(value: Any) -> str | None:
    """Return the date of today, where that is what was typed."""
    said = isinstance(value, str) and choice(value, ["today"]) == "today"
    return dt.date.today().isoformat() if said else None


def _day(text: Any) -> Any:
    return (date_of(text) if isinstance(text, str) else None) or text


def _figure(name: str, kind: str, value: Any) -> Any:
    number = number_of(value, _units(name, kind)) if isinstance(value, str) else None
    if number is None and kind == "term" and isinstance(value, str):
        days = number_of(value, TERM_IN_DAYS)
        return value if days is None else ForDays(days)
    return value if number is None else number


def _units(name: str, kind: str) -> Units:
    """Return the words that may stand behind a figure of this kind."""
    return {"chance": SHARES, "new_rates": A_DAY}.get(name) or UNITS.get(kind, {})
