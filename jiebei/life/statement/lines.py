"""Read lines as people type them off a screen: 2027-03-01 应还 4,503.11 本金 3,943.11 ..."""

from __future__ import annotations

import re
from typing import NamedTuple

from jiebei.life.statement.figures import order_in
from jiebei.life.statement.heads import field_of
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.preamble import DAY, TEN_THOUSAND, facts_in
from jiebei.life.statement.sheet import Row, Sheet
from jiebei.units.written import signs

__all__ = ["labelled", "sentence"]

ORDER = re.compile(
    r"第\s?[\d一二三四五六七八九十]+\s?(?:/\s?\d+\s?)?期|(?<!\d)\d+\s?(?:/\s?\d+\s?)?期"
)
AMOUNT = re.compile(
    r"(?P<label>[^\d¥()\s:,;、+-]*)[\s:]*(?P<amount>[-+]?¥?\s?\(?[-+]?\d[\d,]*(?:\.\d+)?\)?"
    rf"(?:\s?(?:{TEN_THOUSAND}|元|块))?)"
)
FIELDS = ("number", "date", "payment", "principal", "interest", "fee", "penalty", "closing")
ENGLISH_DAY = r"\d{1,2}[ -][A-Za-z]{3,9}[ ,-]+\d{4}|[A-Za-z]{3,9} \d{1,2}, ?\d{4}"
WORDS = dict.fromkeys(["应还款", "共", "共还", "还", "共计", "合计还款", "待还"], "payment")
WORDS |= dict.fromkeys(["剩", "剩余", "余"], "closing") | {"手续": "fee"}


class _Line(NamedTuple):
    number: int
    cells: dict[str, str]


def labelled(text: str) -> Sheet | None:
    """Return lines that each name a day and its amounts as a table; None where there are none.

    Examples
    --------
    >>> labelled("2027-03-01 应还 4,503.11 本金 3,943.11 利息 560.00").rows[1].cells
    ('2027-03-01', '4,503.11', '3,943.11', '560.00')
    """
    lines, others = [], []
    for number, written in enumerate(text.splitlines(), start=1):
        line = _line(number, signs(written))
        if line is not None:
            lines.append(line)
        elif written.strip():
            others.append((number, written))
    if not lines:
        return None
    named = [field for field in FIELDS if any(field in each.cells for each in lines)]
    rows = [Row(each.number, tuple(each.cells.get(field, "") for field in named)) for each in lines]
    before = [Row(number, (written,)) for number, written in others if number < lines[0].number]
    after = tuple(number for number, _ in others if number > lines[0].number)
    notes = (note("no_day", rows=after),) if after else ()
    return Sheet((*before, Row(0, tuple(named)), *rows), notes)


def _line(number: int, text: str) -> _Line | None:
    """Return the day of a line and what stands behind each of its words."""
    day = re.search(f"{DAY}|{ENGLISH_DAY}", text)
    if day is None or "start" in facts_in(text):  # the latter tells of the loan
        return None
    cells = {"date": day[0].replace(" ", "") if day[0][0:4].isdigit() else day[0]}
    rest = f"{text[: day.start()]} {text[day.end() :]}"
    if order := ORDER.search(rest):
        cells["number"] = str(order_in(order[0].replace(" ", "")) or "")
        rest = rest.replace(order[0], " ")
    rest = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?", " ", rest)
    found = [(each["label"], each["amount"]) for each in AMOUNT.finditer(rest)]
    for label, amount in found:
        field = _field(label, alone=len(found) == 1)
        if field is None:
            raise refused("no_label", row=number, value=amount.strip(), text=text.strip())
        if field in cells:
            raise refused("label_twice", row=number, label=label, text=text.strip())
        cells[field] = amount.strip()
    return _Line(number, cells) if found else None


def _field(label: str, alone: bool) -> str | None:
    """Return which column a word before an amount means; one that stands alone is the payment."""
    if label in WORDS:
        return WORDS[label]
    field = field_of(label) if label else None
    if field == "paid":
        return "payment"
    return field if field in FIELDS else "payment" if alone else None


def sentence(text: str) -> Sheet | None:
    """Return a loan that is told in a sentence, as a table without days.

    Examples
    --------
    >>> len(sentence("月供 913.94, 12 期, 借 10,000").rows)
    14
    """
    said = facts_in(text)
    if not said.keys() >= {"instalment", "months"}:
        return None
    payment = f"{said['instalment']:.2f}"
    rows = [Row(place, (str(place), payment)) for place in range(1, said["months"] + 1)]
    return Sheet((Row(0, (text,)), Row(0, ("number", "payment")), *rows))
