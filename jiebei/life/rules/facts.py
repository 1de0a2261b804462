"""What is known of the product, the rates and the rules, read from the CSV files in `data/`."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.words import Text, Words, say
from jiebei.units.days import MISSING, as_days, iso

__all__ = ["KnownRate", "cited", "facts", "latest_lpr", "usual_rates"]

_PACKAGE = Path(__file__).resolve().parents[2]
_INSTALLED = _PACKAGE / "data"
# In an installed package; in a checkout beside it, where people look for it.
DATA = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.with_name("data")
FIXING_DAY = 20  # of the month; the rate is published that day or the next working day


class KnownRate(NamedTuple):
    """A published rate: since when it holds, and what cannot be known about it."""

    date: dt.date
    rate: float
    note: str  # empty where no later rate is due


def facts(name: str = "") -> pd.DataFrame:
    """Read one of the tables of facts, with its sources.

    Examples
    --------
    >>> facts("lpr").columns.to_list()
    ['date', 'lpr_1y', 'lpr_5y', 'confidence', 'source']

    Parameters
    ----------
    name : str
        "lpr", "published_examples", "legal_lines", "product" or "assumptions"; `data/README.md`
        describes them.

    Returns
    -------
    DataFrame
        The rows of data/NAME.csv, yours to change. Columns of dates are datetime64.

    Raises
    ------
    JiebeiError
        For an unknown name, with the nearest one that is known; for none, with all of them.
    """
    known = sorted(path.stem for path in DATA.glob("*.csv"))
    if not isinstance(name, str) or name not in known:
        raise JiebeiError("error.facts", name=name, nearest=nearest(name, known))
    return _read(name).copy()


def cited(rule: pd.Series[Any]) -> Text:
    """Write the document of a row of legal_lines.csv as the reader's language does.

    Examples
    --------
    >>> lines = facts("legal_lines").set_index("line")
    >>> cited(lines.loc["extension"])
    Civil Code (民法典), art. 678
    >>> cited(lines.loc["judicial line"])
    Supreme People's Court, opinions of 2017 (法发〔2017〕22号)
    """
    name, _, article = str(rule["document"]).partition(" art. ")
    name = name.partition(",")[0]
    if pd.isna(rule["title"]):
        return name
    fields = {"name": name, "title": rule["title"]}
    key = "numbered" if re.search(r"\d", name) else "named"
    if article:
        key = f"{key}_article"
        fields |= {"number": article, "numeral": _numeral(int(article))}
    return Words(f"document.{key}", **fields)


def _numeral(number: int) -> str:
    """Write a number below a thousand as laws count their articles.

    Examples
    --------
    >>> [_numeral(each) for each in (6, 16, 39, 70, 678, 605)]
    ['六', '十六', '三十九', '七十', '六百七十八', '六百零五']
    """
    digits, (hundreds, rest) = "零一二三四五六七八九", divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    ten = "十" if tens == 1 and not hundreds else f"{digits[tens]}十" if tens else ""
    gap = "零" if hundreds and ones and not tens else ""
    return f"{head}{ten}{gap}{digits[ones] if ones else ''}"


@cache
def _read(name: str) -> pd.DataFrame:
    table = pd.read_csv(DATA / f"{name}.csv", encoding="utf-8")
    for column in table.columns.intersection(["date", "from", "until"]):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    return table


def latest_lpr(on: Any, term: str = "1y") -> KnownRate:
    """Look up the loan prime rate (贷款市场报价利率, LPR) in force on a day.

    Examples
    --------
    >>> latest_lpr("2025-06-01")
    KnownRate(date=datetime.date(2025, 5, 20), rate=0.03, note='')
    >>> print(latest_lpr("2026-12-01").note)
    The last rate in data/lpr.csv is that of 2026-08-20; those due up to 2026-12-01 are not known.

    Parameters
    ----------
    on : date
    term : str
        "1y", or "5y" for the rate over five years.

    Returns
    -------
    KnownRate
        date, rate (a decimal a year) and note: the last rate known on or before that day. The
        note says so where a later one should have been published but is not in the table.

    Raises
    ------
    JiebeiError
        For a day before the first rate in the table, or an unknown term.
    """
    table = facts("lpr")
    terms = [column.removeprefix("lpr_") for column in table.columns if column.startswith("lpr_")]
    if not isinstance(term, str) or term not in terms:
        raise JiebeiError("error.lpr_term", term=term, nearest=nearest(term, terms))
    days, after_drawdown = as_days(on, "on")
    if after_drawdown or days.ndim or days == MISSING:
        raise JiebeiError("error.lpr_on", on=on)
    day = int(days)
    dates = table["date"].to_numpy().astype("M8[D]").astype(np.int64)
    place = int(np.searchsorted(dates, day, side="right")) - 1
    if place < 0:
        raise JiebeiError("error.lpr_early", on=iso(day), first=iso(dates[0]))
    known = iso(dates[place])
    note = ""
    if place == len(dates) - 1 and day >= _next_fixing(known):
        note = say("note.lpr", known=known, on=iso(day))
    rate = float(table[f"lpr_{term}"].iloc[place])
    return KnownRate(dt.date.fromisoformat(known), rate, note)


def _next_fixing(known: str) -> int:
    """Return the earliest day on which the rate after a known one can be published."""
    month = np.datetime64(known, "M") + 1
    return int(month.astype("M8[D]").astype(np.int64)) + FIXING_DAY - 1


def usual_rates() -> tuple[float, float]:
    """Return the lowest and the highest daily rate that pages name for this product.

    Examples
    --------
    >>> usual_rates()
    (0.00015, 0.0006)
    """
    product = facts("product").set_index("fact")["value"]
    return float(product["lowest daily rate"]), float(product["highest daily rate"])
