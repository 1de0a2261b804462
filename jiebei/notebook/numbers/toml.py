"""Read my_numbers.toml as people type it: what is no TOML is put into it, line by line.

3万, 0.045%, a day or a word without quotes, a full-width sign: the same as in a grey cell.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from jiebei.notebook.as_typed import assigned
from jiebei.notebook.lenient import Statement, UnreadableError, statements
from jiebei.units.term import ForDays
from jiebei.units.written import date_of, in_digits, signs

__all__ = ["Lines", "as_toml", "lines_of", "literal"]

Lines = Mapping[str, int]
HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*(\]\]?)")
DAY = re.compile(r"\s*[\"'“”]?(\d{4}[^\"'“”=＝:：#]*?)[\"'“”]?\s*[=＝:：]\s*(?P<value>[^#＃]*)")
COMMENT = re.compile(r"\s*[#＃].*")


def as_toml(text: str) -> str:
    r"""Return what was typed as TOML, each line where it was; what has no meaning stays.

    Examples
    --------
    >>> print(as_toml("[loan]\nprincipal：3万  # 本金\nstart = 2026年7月10日\nmonths =\n"))
    [loan]
    principal = "3万"  # 本金
    start = "2026年7月10日"
    months = ""
    <BLANKLINE>
    """
    return "".join(_line(each) for each in statements(text.removeprefix("\ufeff")))


def _line(typed: Statement) -> str:
    if _is_toml(typed.source):
        return typed.source
    if not typed.name:
        return _other(typed.source)
    try:
        value = assigned(typed) if typed.value else ""
    except UnreadableError:
        return typed.source  # refused by its line where it is read
    first, *rest = [COMMENT.search(line) for line in typed.source.splitlines()]
    comments = [each.group() if each else "" for each in (first, *rest)]
    return f"{typed.name} = {literal(value)}" + "\n".join(comments) + _ending(typed.source)


def _other(source: str) -> str:
    """Return a head with the signs of an English keyboard, and a day that is paid on as a key."""
    if head := HEADER.match(signs(source)):
        name = ".".join(map(_key, _parts(head)))
        return f"{head[1]}{name}{head[3]}{_comment(source)}{_ending(source)}"
    if (found := DAY.match(source)) and (day := date_of(found[1])):
        value = found["value"].strip()
        value = value if value and _is_toml(f"x = {value}") else literal(value.strip("\"'“”"))
        return f'"{day}" = {value}{_comment(source)}{_ending(source)}'
    return source


def _parts(head: re.Match[str]) -> list[str]:
    return [each.strip("\"'") for each in head[2].split(".")]


def _comment(source: str) -> str:
    found = COMMENT.search(source)
    return found.group().rstrip("\r\n") if found else ""


def _ending(source: str) -> str:
    return "\n" if source.endswith("\n") else ""


def _is_toml(source: str) -> bool:
    try:
        tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return False
    return True


def lines_of(text: str) -> dict[str, int]:
    r"""Return on which line each name or day stands first, by its path from the section on.

    Examples
    --------
    >>> found = lines_of('[loan]\nmonths = 12\n[[coupons]]\ndays = 6\n[[coupons]]\ndays = 7\n')
    >>> found["loan.months"], found["coupons"], found["coupons.2"], found["coupons.2.days"]
    (2, 3, 5, 6)
    """
    found: dict[str, int] = {}
    for path, line in _paths(text):
        found.setdefault(path, line)
    return found


def _paths(text: str) -> Iterator[tuple[str, int]]:
    section, rows = "", Counter[str]()
    for each in statements(text):
        day = DAY.match(each.source)
        if head := HEADER.match(each.source):
            section = ".".join(_parts(head))
            rows[section] += head[1] == "[["
            yield section, each.line
            yield f"{section}.{rows[section]}", each.line
        elif name := each.name or (date_of(day[1]) if day else None):
            yield f"{section}.{name}".removeprefix("."), each.line
            yield f"{section}.{rows[section]}.{name}".removeprefix("."), each.line


def literal(value: Any) -> str:
    """Write a value as TOML does, on one line.

    Examples
    --------
    >>> print(literal([{"name": "信用卡", "daily_rate": 0.00005}]))
    [{name = "信用卡", daily_rate = 0.00005}]
    >>> print(literal({"2026-08-10": 1_000}))
    {2026-08-10 = 1000}
    """
    match value:
        case bool():
            return str(value).lower()
        case str() | ForDays():
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return in_digits(value)
        case Mapping():
            pairs = (f"{_key(str(name))} = {literal(each)}" for name, each in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return f"[{', '.join(map(literal, value))}]"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else literal(name)
