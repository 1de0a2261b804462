"""Read a cell: an amount to the fen, a day, or the number of an instalment."""

from __future__ import annotations

import datetime as dt
import re

from jiebei.life.statement.notes import refused
from jiebei.units.days import FIRST_YEAR, LAST_YEAR
from jiebei.units.reading import MOST_YUAN
from jiebei.units.written import date_of, number_of, signs

__all__ = ["amount_in", "day_in", "is_amount", "is_empty", "is_serial", "order_in"]

YUAN = dict.fromkeys(
    ["元", "块", "块钱", "圆", "元整", "人民币", "rmb", "cny", "yuan", "元人民币"], 1
)
EMPTY = re.compile(r"[-—–−/\\.·*_=\s]*|无|暂无|n/?a|none|null|nan|nat|待定", re.IGNORECASE)
FOREIGN = re.compile(r"[$€£]|美元|港币|usd|hkd|eur", re.IGNORECASE)
TIME = re.compile(r"(?<=\d)[日号]?[T ]+\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?秒?.*$")
WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTHS = {name: place for place, name in enumerate(NAMES, start=1)}
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3})[a-z]*\.?[ ,-]+(\d{4})")
MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?[ ,-]+(\d{4})")
SERIALS = (32_874, 109_574)  # 1990 to 2199, as spreadsheets count days
SERIAL_ZERO = dt.date(1899, 12, 30)


def is_empty(text: str) -> bool:
    """Tell whether a cell holds nothing, or a sign for nothing."""
    return bool(EMPTY.fullmatch(text.strip()))


def is_amount(text: str) -> bool:
    """Tell whether a text is an amount of money."""
    return _yuan(text) is not None


def amount_in(text: str, row: int, column: str, scale: int = 1) -> int:
    """Return an amount in fen; brackets, or a minus before or behind, make it negative.

    Examples
    --------
    >>> [amount_in(each, 5, "C") for each in ("2,729.20", "¥２７２９．２", "0.27292万元", "(5.00)")]
    [272920, 272920, 272920, -500]

    Raises
    ------
    JiebeiError
        With row and column, for what is no amount, is not whole fen, or cannot be meant.
    """
    if text.startswith("="):
        raise refused("formula", row=row, column=column, value=text)
    yuan = _yuan(text)
    if yuan is None:
        key = "foreign" if FOREIGN.search(signs(text)) else "amount"
        raise refused(key, row=row, column=column, value=text)
    fen = round(yuan * scale * 100)
    if abs(yuan * scale * 100 - fen) > 1e-4:
        raise refused("fen", row=row, column=column, value=text)
    if abs(fen) > MOST_YUAN * 100:
        raise refused("large", row=row, column=column, value=text)
    return fen


def _yuan(text: str) -> int | float | None:
    plain = re.sub(r"^(人民币|rmb|cny)|\s+(?=[元万块])", "", signs(text).strip().lower())
    bare = re.fullmatch(r"([-+]?)¥?\((.*)\)|([-+]?)¥?([-+]?)(.*?)([-+]?)", plain)
    if bare is None:
        return None
    written = bare[2] if bare[2] is not None else bare[5]
    turned = (bare[1], bare[3], bare[4], bare[6]).count("-") + (bare[2] is not None)
    number = number_of(written.removeprefix("¥"), YUAN)
    if number is None or turned > 1 or written[:1] in "+-":
        return None
    return -number if turned else number


def day_in(text: str, row: int, column: str) -> str:
    """Return the day of a cell as 2027-03-01; a time of day does not move it.

    Examples
    --------
    >>> [day_in(each, 5, "B") for each in ("2027年3月1日", "1 March 2027", "46447")]
    ['2027-03-01', '2027-03-01', '2027-03-01']

    Raises
    ------
    JiebeiError
        With row and column, for what is no day, or may be two.
    """
    if text.startswith("="):
        raise refused("formula", row=row, column=column, value=text)
    plain = WEEKDAY.sub("", TIME.sub("", signs(text).strip()).strip()).strip()
    found = date_of(plain) or _english(plain.lower())
    if is_serial(plain):
        found = str(SERIAL_ZERO + dt.timedelta(int(float(plain))))
    if found is None:
        raise refused(_why_no_day(plain), row=row, column=column, value=text)
    if not FIRST_YEAR <= int(found[:4]) <= LAST_YEAR:
        raise refused("years", row=row, column=column, value=text)
    return found


def is_serial(text: str) -> bool:
    """Tell whether a day is written as the number that a spreadsheet keeps for it."""
    known = re.fullmatch(r"\d{5,6}(\.\d+)?", text.strip())
    return bool(known) and SERIALS[0] <= float(text) <= SERIALS[1]


def _english(text: str) -> str | None:
    """Read 1 March 2027, 01-Mar-2027, Mar 1, 2027."""
    day = month = year = ""
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    try:
        return str(dt.date(int(year), MONTHS[month], int(day)))
    except (ValueError, KeyError):
        return None


def _why_no_day(text: str) -> str:
    """Return which rule a day breaks."""
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})", text):
        return "day_order"  # 03/04/2027, 27-03-04
    if re.fullmatch(r"\d{1,2}月\d{1,2}[日号]?|\d{1,2}[-/.]\d{1,2}", text):
        return "no_year"
    if re.fullmatch(r"\d{4}[-/.年]\d{1,2}月?", text):
        return "no_day_of_month"
    return "day"


def order_in(text: str) -> int | None:
    """Return which instalment a cell numbers: 3, 第3期, 3/12, 第三期; None for none.

    Examples
    --------
    >>> [order_in(each) for each in ("3", "第3期", "3/12", "第十二期", "合计")]
    [3, 3, 3, 12, None]
    """
    plain = "".join(signs(text).split()).lower()
    found = re.fullmatch(
        r"(?:第|no\.?|#)?(\d{1,3})(?:\.0)?(?:期|月|个月)?(?:/(?:共)?\d{1,3}期?)?", plain
    )
    if found:
        return int(found[1])
    spelt = re.fullmatch(r"第?([一二三四五六七八九十]{1,3})期?", plain)
    return _numeral(spelt[1]) if spelt else None


def _numeral(text: str) -> int | None:
    tens, ten, ones = text.partition("十")
    digits = "零一二三四五六七八九"
    if not ten:
        return digits.find(text) if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    return 10 * (digits.find(tens) if tens else 1) + (digits.find(ones) if ones else 0)
