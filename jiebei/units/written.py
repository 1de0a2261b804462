"""Figures and days as people write them: 3万5, 三万, 30,000元, 0.045%, 2026年7月10日."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from unicodedata import normalize

__all__ = ["PERCENT", "date_of", "in_digits", "number_of", "signs", "spelled_out"]

SIGNS = str.maketrans("“”„‟「」『』‘’‚‛、。【】〔〕−–—", '""""""""\'\'\'\'' + ",.[][]---")
SPELLED = str.maketrans("零〇一二两三四五六七八九点kw", "001223456789" + ".千万")
SPELLED_DIGITS = str.maketrans("零〇一二两三四五六七八九", "001223456789")
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬個圓兩", "一二三四五六七八九十百千万个圆两")
SCALES = {"万": 10_000, "千": 1_000, "百": 100, "十": 10}  # the largest first
PARTS = {"百分之": 100, "千分之": 1_000, "万分之": 10_000, "万": 10_000}
PERCENT = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "‱": Decimal("0.0001")}

DATE = (  # re compiles and keeps it when it is first needed
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))"
)
NUMBER = (
    r"(?P<part>[百千万]分之|万(?=\d))?(?P<sign>[-+]?)[¥]?"
    r"(?P<figure>[\d,_.十百千万]+|半(?=[^\d,.]))(?P<unit>[^\d,.]*)"
)
DIGITS = r"(\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+|\d[\d_]*|(?=\.\d))(\.\d*)?"
RANGE = r"[一二两三四五六七八九][零〇一二两三四五六七八九]"  # 三五万 is three to five


def signs(text: str) -> str:
    """Return the text with the signs of an English keyboard.

    Examples
    --------
    >>> print(signs("｛“ａ”：３％，‘b’、【1】｝"))
    {"a":3%,'b',[1]}
    """
    return normalize("NFKC", text.translate(SIGNS)).translate(SIGNS)


def date_of(text: str) -> str | None:
    """Return the day that is written, as 2026-07-10; None for what is no day.

    Examples
    --------
    >>> [date_of(each) for each in ("2026-7-10", "2026/7/10", "2026年7月10日", "２０２６０７１０")]
    ['2026-07-10', '2026-07-10', '2026-07-10', '2026-07-10']
    >>> date_of("2026-02-30"), date_of("7月10日"), date_of("二〇二七年三月十一日")
    (None, None, '2027-03-11')
    """
    plain = re.sub(r"^(\d\d)年", r"20\1年", spelled_out("".join(signs(text).split())))
    found = re.fullmatch(DATE, plain)
    try:
        return str(dt.date(*(int(part) for part in found.groups() if part))) if found else None
    except ValueError:
        return None


def spelled_out(text: str) -> str:
    """Return a text with the numbers of its days and months in figures.

    Examples
    --------
    >>> spelled_out("二〇二七年三月十一日"), spelled_out("三十天后"), spelled_out("二十号")
    ('2027年3月11日', '30天后', '20号')
    """
    digits = text.translate(FORMAL).translate(SPELLED_DIGITS)
    return re.sub(r"(\d?)十(\d?)", lambda ten: f"{ten[1] or 1}{ten[2] or 0}", digits)


def number_of(text: str, units: Mapping[str, int | Decimal]) -> int | float | None:
    """Return the figure that is written; None for what is none, or bears another unit.

    Parameters
    ----------
    text : str
        As people write it.
    units : dict
        The words and signs that may stand behind it, each with what it multiplies by.

    Examples
    --------
    >>> [number_of(each, {"元": 1}) for each in ("3.5万", "¥30，000", "30000元", "3w", "-5")]
    [35000, 30000, 30000, 30000, -5]
    >>> number_of("0.045%", PERCENT), number_of("万分之4.5", PERCENT), number_of("5%", {"元": 1})
    (0.00045, 0.00045, None)
    >>> [number_of(each, {"元": 1}) for each in ("一万五", "3万5千元", "二十五", "三五万")]
    [15000, 35000, 25, None]
    >>> number_of("万四点五", PERCENT), number_of("零点零四五%", PERCENT)
    (0.00045, 0.00045)
    >>> [number_of(each, {"年": 12, "月": 1}) for each in ("1年", "半年", "一年半", "30,00")]
    [12, 6, 18, None]
    """
    plain = signs(text).strip().lower().translate(FORMAL).replace("个点", "%")
    plain = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", ",", plain)
    if re.search(RANGE, plain.partition("点")[0]):
        return None
    plain = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", plain).translate(SPELLED)
    found = re.fullmatch(NUMBER, plain)
    if not found or (found["part"] and "%" not in units):
        return None
    unit, half = found["unit"], Decimal(0)
    if len(unit) > 1 and unit.endswith("半"):  # 一年半
        unit, half = unit[:-1], Decimal("0.5")
    times, figure = {"": 1, **units}.get(unit), _figure(found["figure"])
    if times is None or figure is None:
        return None
    number = (figure + half) * times / Decimal(PARTS.get(found["part"], 1))
    number = -number if found["sign"] == "-" else number
    return int(number) if number == int(number) else float(number)


def _figure(text: str) -> Decimal | None:
    """Return a figure with its hundreds, thousands and ten thousands.

    A digit that stands alone behind one of them is of the next lower one: 3万5 is 35,000.

    Examples
    --------
    >>> [str(_figure(each)) for each in ("3.5万", "3百万", "1千2", "3万0500", "十2", "3万50")]
    ['35000.0', '3000000', '1200', '30500', '12', 'None']
    """
    if text == "半":
        return Decimal("0.5")
    for name, scale in SCALES.items():
        head, found, tail = text.partition(name)
        if found:
            high = _figure(head) if head or name != "十" else Decimal(1)
            low = _below(tail, scale)
            if high is None or low is None or (tail and high != int(high)):
                return None
            return high * scale + low
    digits = text.replace(",", "").replace("_", "").rstrip(".")
    return Decimal(digits) if re.fullmatch(DIGITS, text) else None


def _below(text: str, scale: int) -> Decimal | None:
    """Return what stands behind a scale; None where it may mean more than one thing."""
    if not text:
        return Decimal(0)
    if re.fullmatch("[1-9]", text):
        return Decimal(text) * max(scale // 10, 1)
    found = _figure(text)
    if found is None or found >= scale:
        return None
    spelled = text[0] == "0" or not text[0].isdigit() or any(each in text for each in SCALES)
    return found if spelled or 100 * found >= scale else None


def in_digits(value: float, mark: str = "") -> str:
    """Write a number as people do: no powers of ten, nothing beyond the tenth decimal.

    Parameters
    ----------
    value : float
        At least 1e-10 where it is not 0.
    mark : str
        What parts the thousands: "_", "," or nothing.

    Examples
    --------
    >>> in_digits(20_000, "_"), in_digits(1_234_567.89), in_digits(0.1 + 0.2), in_digits(5e-6)
    ('20_000', '1234567.89', '0.3', '0.000005')
    """
    exact = round(value, 10)
    if exact == 0 or abs(exact) >= 1e-4:
        return f"{exact:{mark}}"
    return f"{exact:.10f}".rstrip("0")
