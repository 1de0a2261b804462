"""Read the text of a grey cell where Python cannot: its assignments, and literals as typed.

Quotes, commas, colons and brackets may be full-width ones; what stands bare is taken for a figure,
a day or a text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from jiebei.units.written import PERCENT, date_of, number_of, signs

__all__ = ["Statement", "UnreadableError", "statements", "unquoted", "value_of"]

DOUBLE, SINGLE = '"“”„‟「」『』＂', "'‘’‚‛＇"
PAIRS = ("“”", "‘’", "「」", "『』")
HEAD = re.compile(r"\s*([^\W\d]\w*)\s*[=＝:：](?![=＝])")
CLOSING = {"[": "]", "(": ")", "{": "}"}
UNITS = PERCENT | dict.fromkeys(["元", "块", "元/月", "期", "个月", "天", "日", "号", "倍"], 1)


class UnreadableError(ValueError):
    """What is typed has no one meaning."""


class Piece(NamedTuple):
    """A piece of a line: a quoted text, a sign, or what stands bare between them."""

    kind: str
    text: str


def _pieces(line: str) -> Iterator[Piece]:
    """Cut a line into pieces, up to its comment."""
    bare, place = "", 0
    while place < len(line) and line[place] not in "#＃":
        mark = line[place]
        sign = signs(mark)
        if mark in DOUBLE + SINGLE or sign in "[](){},:;":
            if bare.strip():
                yield Piece("bare", bare.strip())
            bare = ""
        else:
            bare += mark
        if mark in DOUBLE + SINGLE:
            end = _closing(line, place)
            yield Piece("text", line[place + 1 : end])
            place = end
        elif sign in "[](){},:;":
            yield Piece("sign", sign.replace(";", ","))
        place += 1
    if bare.strip():
        yield Piece("bare", bare.strip())


def _closing(line: str, place: int) -> int:
    """Return where the quote that opens at a place is closed: by the next one of its kind.

    A straight one is closed by a straight one, unless a curly one in between has no partner. Where
    none is closed before the comment, the text ends there.
    """
    mark, family = line[place], DOUBLE if line[place] in DOUBLE else SINGLE
    comment = re.search(r"\s+[#＃]|\s*$", line[place:])
    last = place + comment.start() if comment else len(line)
    ends = [each for each in range(place + 1, last) if line[each] in family]
    straight = [each for each in ends if line[each] == mark] if mark in "\"'" else []
    if straight and _paired(line[place + 1 : straight[0]]):
        return straight[0]
    return ends[0] if ends else last


def _paired(text: str) -> bool:
    pairs = all(text.count(pair[0]) == text.count(pair[1]) for pair in PAIRS)
    return pairs and text.count("＂") % 2 == 0


# Statements ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Statement:
    """Hold `name = value` as it is typed.

    Attributes
    ----------
    name : str
        What is given a value; empty for a line that gives none.
    source : str
        The lines, with their comments.
    value : str
        What stands right of the sign, without comments.
    line : int
        The number of the first line, from 1.
    """

    name: str
    source: str
    value: str
    line: int


def statements(text: str) -> list[Statement]:
    r"""Return the assignments of a cell, each with all lines that it goes on over.

    Examples
    --------
    >>> found = statements("months = 12期  # 期数\nneed = {  # 用款\n  “2027-6-1”：2万}\n")
    >>> [(each.name, each.line) for each in found]
    [('months', 1), ('need', 2)]
    """
    lines = text.splitlines(keepends=True)
    found, first = [], 0
    while first < len(lines):
        last = first + 1
        while last < len(lines) and _is_open(lines[first:last]) and not HEAD.match(lines[last]):
            last += 1
        found.append(_statement(lines[first:last], first + 1))
        first = last
    return found


def _is_open(lines: list[str]) -> bool:
    """Tell whether a bracket waits for more lines."""
    marks = [piece.text for line in lines for piece in _pieces(line) if piece.kind == "sign"]
    return sum((mark in "[({") - (mark in "])}") for mark in marks) > 0


def _statement(lines: list[str], number: int) -> Statement:
    head = HEAD.match(lines[0])
    name = signs(head[1]) if head else ""
    rest = [lines[0][head.end() if head else 0 :], *lines[1:]]
    value = "".join(line[: _end(line)] + "\n" for line in rest).strip()
    return Statement(name, "".join(lines), value, number)


def _end(line: str) -> int:
    """Return where the comment of a line begins."""
    place = 0
    while place < len(line) and line[place] not in "#＃":
        place = _closing(line, place) if line[place] in DOUBLE + SINGLE else place
        place += 1
    return place


# Values --------------------------------------------------------------------------------------


def unquoted(text: str) -> str:
    """Return a text without the quotes around it, and without a comma or stop at its end.

    Examples
    --------
    >>> unquoted("“每月等额”，"), unquoted("30,000")
    ('每月等额', '30,000')
    """
    return text.strip().rstrip(",，;；。").strip(DOUBLE + SINGLE + " \t\u3000")


def value_of(text: str) -> Any:
    """Return what a text means: lists and rows of figures, days and texts.

    Examples
    --------
    >>> value_of("｛2027年6月1日：2万，“2027-7-1”: 30,000｝")
    {'2027-06-01': 20000, '2027-7-1': 30000}
    >>> value_of("【每月等额、bullet】")
    ['每月等额', 'bullet']

    Raises
    ------
    UnreadableError
        Where a bracket or a comma is missing, or a comma in a list may be one of thousands.
    """
    pieces = [piece for line in text.splitlines() for piece in _pieces(line)]
    try:
        value, rest = _value(pieces)
    except IndexError:
        raise UnreadableError from None  # a bracket is not closed
    if rest:
        raise UnreadableError
    return value


def _value(pieces: list[Piece]) -> tuple[Any, list[Piece]]:
    """Return the first value, and the pieces after it."""
    (kind, text), rest = pieces[0], pieces[1:]
    match kind, text:
        case "text", _:
            return text, rest
        case "bare", _:
            return _bare(text), rest
        case _, "{":
            return _entries(rest)
        case _, "[" | "(":
            return _items(rest, CLOSING[text])
    raise UnreadableError


def _items(pieces: list[Piece], closing: str) -> tuple[list[Any], list[Piece]]:
    items = []
    while pieces[0].text != closing:
        if pieces[0].kind == "bare" and re.match(r"0\d", pieces[0].text):
            raise UnreadableError  # 40,000 in a list
        item, pieces = _value(pieces)
        items.append(item)
        pieces = _after_comma(pieces, closing)
    return items, pieces[1:]


def _entries(pieces: list[Piece]) -> tuple[dict[Any, Any], list[Piece]]:
    entries: dict[Any, Any] = {}
    while pieces[0].text != "}":
        key = date_of(pieces[0].text) if pieces[0].kind == "bare" else None
        key = key or pieces[0].text
        if pieces[0].kind == "sign" or pieces[1] != Piece("sign", ":") or key in entries:
            raise UnreadableError
        entries[key], pieces = _value(_grouped(pieces[2:]))
        pieces = _after_comma(pieces, "}")
    return entries, pieces[1:]


def _grouped(pieces: list[Piece]) -> list[Piece]:
    """Join a figure with the thousands that a comma parts from it: no key of an entry is such."""
    while (
        len(pieces) > 3
        and all(piece.kind == "bare" for piece in pieces[:3:2])
        and pieces[1].text == ","
        and re.match(r"\d{3}(?!\d)", pieces[2].text)
        and pieces[3].text != ":"
    ):
        pieces = [Piece("bare", f"{pieces[0].text},{pieces[2].text}"), *pieces[3:]]
    return pieces


def _after_comma(pieces: list[Piece], closing: str) -> list[Piece]:
    if pieces[0] == Piece("sign", ","):
        return pieces[1:]
    if pieces[0] == Piece("sign", closing):
        return pieces
    raise UnreadableError


def _bare(text: str) -> Any:
    """Return the figure or the day that stands bare; anything else is a text."""
    if (number := number_of(text, UNITS)) is not None:
        return number
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return date_of(text) or text
