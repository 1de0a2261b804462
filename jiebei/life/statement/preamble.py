"""What a file says of the loan in words, above its table: 借款金额, 放款日, 日利率, 期数."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jiebei.life.statement.figures import amount_in, day_in
from jiebei.units.written import PERCENT, number_of, signs

__all__ = ["DAY", "SUM", "TEN_THOUSAND", "facts_in"]

TEN_THOUSAND = r"万(?:[1-9一二三四五六七八九]千?(?!\d|\s*(?:期|个月)))?(?:元|块)?"  # 3万6, 3万 6期
SUM = (
    rf"[¥]?\s?(?:\d[\d,]*(?:\.\d+)?\s*(?:{TEN_THOUSAND}|元|块)?"
    rf"|[一二两三四五六七八九十百]+{TEN_THOUSAND})"
)
DAY = r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}[日号]?|(?<!\d)20\d{6}(?!\d)"
RATE = r"[\d.]+\s*[%‰]|万分之[\d.]+"
GAP = r"[\s:为是=(]*"
ASKED: Mapping[str, str] = {
    "principal": rf"(?:(?:借款|贷款|放款)(?:金额|本金|总额)?|借了?|"
    rf"principal|borrowed|loan(?: amount)?(?: of)?){GAP}(?:元\)?[\s:]*)?({SUM})",
    "start": rf"(?:(?:放款|借款|起息|发放|用款)(?:日期|日|时间)|drawn(?: on)?|"
    rf"drawdown(?: date| on)?|start(?: date)?|from){GAP}({DAY})",
    "daily_rate": rf"(?:日利率|日息|每日利率|daily rate|a day at){GAP}({RATE})",
    "annual_rate": rf"(?:年利率|年化利率|年化|annual rate|a year at|apr){GAP}([\d.]+\s*%)",
    "months": r"(?<![第\d.])(\d{1,2})\s*(?:期|个月|months?|instal?lments?)",
    "instalment": rf"(?:月供|每月还款?|每期(?:应)?(?:还款?)?|每月应还|期供|"
    rf"(?:monthly )?(?:payment|instal?lment)|emi){GAP}({SUM})",
}


def facts_in(text: str) -> dict[str, Any]:
    """Return what is said of the loan: yuan, a day, decimals, a number of months.

    Examples
    --------
    >>> facts_in("月供 913.94, 12 期, 借 10,000")
    {'principal': 10000.0, 'months': 12, 'instalment': 913.94}
    >>> facts_in("借了三万六，每期还3290.18元"), facts_in("借3万6期")
    ({'principal': 36000.0, 'instalment': 3290.18}, {'principal': 30000.0, 'months': 6})
    >>> facts_in("借款金额：3万元，放款日2026年3月7日，日利率0.045%")
    {'principal': 30000.0, 'start': '2026-03-07', 'daily_rate': 0.00045}
    """
    plain = signs(text).lower()
    found = {name: match[1] for name, asked in ASKED.items() if (match := re.search(asked, plain))}
    return {name: _read(name, value.strip(" ,")) for name, value in found.items()}


def _read(name: str, value: str) -> Any:
    match name:
        case "start":
            return day_in(value.replace(" ", ""), 1, name)
        case "months":
            return int(value)
        case "daily_rate" | "annual_rate":
            units: dict[str, int | Decimal] = {**PERCENT}
            return number_of(value, units)
    return amount_in(value, 1, name) / 100
