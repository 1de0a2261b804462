"""What is meant by what was typed: "3万" is 30,000, "2026/7/10" a day, "每月等额" a method."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jiebei.language.frames import keyed
from jiebei.language.table import in_chinese
from jiebei.loan.terms import METHODS
from jiebei.notebook.days_said import day_said
from jiebei.notebook.lenient import UNITS as ANY
from jiebei.notebook.rules import WITHIN
from jiebei.units.term import ForDays
from jiebei.units.written import PERCENT, date_of, number_of, signs

__all__ = ["NO_METHODS", "UNITS", "choice", "meant"]

Units = Mapping[str, int | Decimal]  # what may stand behind a figure, and its multiple

YUAN = dict.fromkeys(
    ["元", "元整", "元正", "圆整", "块", "块钱", "圆", "yuan", "rmb", "cny", "元/月", "元每月"], 1
)
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

IN_ROWS = (  # what may be chosen within a row
    *("loan", "card", "family", "billed", "capitalised", "paid", "waived"),
    *METHODS,
)

NO_METHODS = dict.fromkeys(
    ["等本等息", "等额等息", "等本等额", "固定本息", "flat"], "error.method_flat"
)
NO_METHODS |= dict.fromkeys(
    ["随借随还", "按日计息", "随用随还", "随借随还按日计息"], "error.method_revolving"
)


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
    >>> meant("other_debts", "rows", [{"name": "花呗", "kind": "信用卡", "daily_rate": "万分之五"}])
    [{'name': '花呗', 'kind': 'card', 'daily_rate': 0.0005}]
    >>> meant("drawdowns", "rows", [{"amount": "3万6", "on": "2026年7月10号"}])
    [{'amount': 36000, 'on': '2026-07-10'}]
    >>> meant("other_debts", "rows", [{"name": "信用卡"}])  # as the example's
    [{'name': 'card'}]
    >>> meant("offers", "by name", {"longer": {"months": "一年半", "waive": "五成"}})
    {'longer': {'months': 18, 'waive': 0.5}}
    >>> meant("drawdowns", "rows", [{"amount": "2千", "months": "7天"}])  # no months
    [{'amount': 2000, 'months': '7天'}]
    """
    match kind, value:
        case "date", str() | int():
            return _day(str(value), name) or value
        case "choice", str():
            return choice(value, known)
        case "list" | "yuan a month", list():
            kind = "choice" if known else "yuan"
            return [meant(name, kind, each, known) for each in value]
        case "by name", dict() if name == "lends_again":
            return _row(value)
        case "by name", dict():
            keys = {each: _day(each, name) or each for each in value}
            found = {keys[each]: _figure(name, kind, amount) for each, amount in value.items()}
            return found if len(found) == len(value) else value  # no day is lost
        case "rows", list():
            return [_row(each) if isinstance(each, dict) else each for each in value]
        case "rows" | "list" | "by name" | "file", _:
            return value
        case _, str():
            return _figure(name, kind, value)
    return value


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as it is meant: figures, days and choices in it may be texts."""
    return {key: _in_row(each, key) for key, each in row.items()}


def _in_row(value: Any, key: str) -> Any:
    if not isinstance(value, str):
        return value
    if key == "name":
        return keyed(value)
    kind = WITHIN.get(key, "")
    if day := _day(value, key) if kind == "date" else date_of(value):
        return day
    number = number_of(_plain(value, kind), UNITS.get(kind, ANY))
    return choice(value, IN_ROWS) if number is None else number


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


def _day(said: Any, name: str) -> str | None:
    """Return the day that is written, or said as people say it from today on."""
    if not isinstance(said, str):
        return None
    plain = "今天" if choice(said, ["today"]) == "today" else said
    return date_of(plain) or day_said(plain, name)


def _figure(name: str, kind: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _row(value)
    plain = _plain(value, kind) if isinstance(value, str) else ""
    number = number_of(plain, _units(name, kind))
    if number is None and kind == "term" and isinstance(value, str):
        days = number_of(value, TERM_IN_DAYS)
        return value if days is None else ForDays(days)
    return value if number is None else number


A_DAY_ON = re.compile(  # 1000元用1天0.4元, 每万元每天5元
    r"(?:每|借|用)?(?P<of>[^元块天日]*?[\d一万千百])(?:元|块钱?)?(?:,)?(?:用|借)?(?:每天|一天|1天|每日|一日|1日)"
    r"(?:利息|收)?(?P<cost>[\d.一二两三四五六七八九]+)(?:元|块钱?)?"
)
IN_FRONT = {
    "daily rate": r"^(日利率|日息|日|每天|每日|一天)[:为是]?",
    "share": r"^(年化收益率|年化利率|年利率|年化|年息|一年)[:为是]?",
}


def _plain(text: str, kind: str) -> str:
    """Return what a figure is written as without the words that say what it is."""
    text = "".join(signs(text).split())
    if kind == "daily rate" and (said := A_DAY_ON.fullmatch(text)):
        of = number_of("1" + said["of"] if said["of"] in "万千百" else said["of"], {})
        cost = number_of(said["cost"], {})
        return f"{cost / of:.10f}" if of and cost is not None else text
    if kind in ("term", "months") and (said := re.fullmatch(r"(\d+)年零?(\d+)[个個]?月", text)):
        return f"{12 * int(said[1]) + int(said[2])}个月"
    return re.sub(IN_FRONT.get(kind, "^$"), "", text)


def _units(name: str, kind: str) -> Units:
    """Return the words that may stand behind a figure of this kind."""
    return {"chance": SHARES, "new_rates": A_DAY}.get(name) or UNITS.get(kind, {})
