"""Read figures and days as people write them: 3万, 30,000元, 0.045%, 2026年7月10日."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from unicodedata import normalize

__all__ = ["PERCENT", "date_of", "number_of", "signs"]

SIGNS = str.maketrans("“”„‟「」『』‘’‚‛、。【】〔〕−–—", '""""""""\'\'\'\'' + ",.[][]---")
SCALES = {"": 1, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "百万": 1_000_000}
PARTS = {"百分之": 100, "千分之": 1_000, "万分之": 10_000}
PERCENT = {"%": Decimal("0.01"), "‰": Decimal("0.001")}

DATE = (  # re compiles and keeps it when it is first needed
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))"
)
NUMBER = (
    r"(?P<part>[百千万]分之)?(?P<sign>[-+]?)[¥]?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d[\d_]*|(?=\.\d))(?P<rest>\.\d*)?"
    r"(?P<scale>百万|[千k万w]?)(?P<unit>[^\d,.]*)"
)


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
    >>> date_of("2026-02-30"), date_of("7月10日")
    (None, None)
    """
    found = re.fullmatch(DATE, "".join(signs(text).split()))
    try:
        return str(dt.date(*(int(part) for part in found.groups() if part))) if found else None
    except ValueError:
        return None


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
    >>> number_of("1年", {"年": 12, "月": 1}), number_of("30,00", {})
    (12, None)
    """
    plain = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", ",", signs(text).strip().lower())
    found = re.fullmatch(NUMBER, re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", plain))
    if not found or (found["part"] and "%" not in units):
        return None
    times = {"": 1, **units}.get(found["unit"])
    if times is None:
        return None
    digits = found["digits"].replace(",", "").replace("_", "") + (found["rest"] or "")
    times = times * SCALES[found["scale"]] / Decimal(PARTS.get(found["part"], 1))
    number = Decimal(found["sign"] + digits.rstrip(".")) * times
    return int(number) if number == int(number) else float(number)
