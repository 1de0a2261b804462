"""Read my_numbers.toml: what is meant by each value, and by its line what is wrong with it."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jiebei.compare.goals import day_of
from jiebei.language.errors import JiebeiError, nearest
from jiebei.life.debts.debt import read as read_debts
from jiebei.life.offers.entered import read_coupons, read_offers
from jiebei.loan.loan import Loan
from jiebei.notebook import parameters
from jiebei.notebook.numbers.sections import FILE, LOAN, MORE, SECTIONS, SETTINGS, known
from jiebei.notebook.numbers.toml import Lines, as_toml, lines_of
from jiebei.notebook.rules import rules
from jiebei.notebook.so_far import SoFar, so_far
from jiebei.units.term import term
from jiebei.units.written import date_of

__all__ = ["Numbers", "read", "read_text"]

MADE = frozenset(LOAN) - {"method"}  # without these there is no loan
NONE = ("other_debts", "coupons", "other_offers")  # of these [] says that there is none
LONG_AGO = "2000-01-01"  # before any deadline


@dataclass(frozen=True)
class Numbers:
    """Hold the reader's own numbers.

    Attributes
    ----------
    values : dict
        Name to value, as a grey cell would hold it; what is left open is not there.
    loan : Loan or None
        As it was agreed; None where it is not told.
    now : SoFar or None
        As it is today, by what was paid.
    """

    values: Mapping[str, Any]

    @cached_property
    def loan(self) -> Loan | None:
        """Return the loan as agreed."""
        if not self.values.keys() >= MADE:
            return None
        agreed = {name: self.values[name] for name in LOAN if name in self.values}
        length = term(agreed.pop("months"))
        return Loan(**agreed, **length, **self.settings)

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings of the loan, for every page."""
        return {name: self.values[name] for name in SETTINGS if name in self.values}

    @cached_property
    def now(self) -> SoFar | None:
        """Return the loan as it is today; None where it is not told, or not drawn yet."""
        as_of, paid = self.values.get("as_of", ""), self.values.get("paid", {})
        if self.loan is None or not (as_of or paid):
            return None
        if as_of and day_of(self.loan, as_of) < int(self.loan.terms["start"]):
            return None
        return so_far(self.loan, paid, as_of)


def read(path: Path) -> Numbers:
    """Read the reader's numbers from a file (读取我的数字); none where there is no file.

    Raises
    ------
    JiebeiError
        With every line that is wrong: its number, the value received, the rule, the way out.
    """
    if not path.exists():
        return Numbers({})
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    return read_text(text, path.name)


def read_text(text: str, file: str = FILE) -> Numbers:
    r"""Read the reader's numbers from a text.

    Parameters
    ----------
    text : str
        TOML, or what people write for it.
    file : str
        What it is called in an error.

    Examples
    --------
    >>> found = read_text("[loan]\nprincipal = 3万\ndaily_rate = 0.045%\nmonths = 18\n")
    >>> dict(found.values)
    {'principal': 30000, 'daily_rate': 0.00045, 'months': 18}
    >>> read_text("[loan]\nmonths = 100\n")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: my_numbers.toml, line 2: months=100: a loan runs 1 to 60 months,
    a whole number.
    """
    ready = as_toml(text)
    lines = lines_of(ready)
    found, faults = dict[str, Any](), list[tuple[int, JiebeiError]]()
    for path, value in _given(_document(ready, file)):
        name, line = path.rpartition(".")[2], lines.get(path, 0)
        try:
            if name in found:
                raise JiebeiError("error.numbers_twice", name=name)
            found |= _one(name, value)
        except JiebeiError as why:
            faults.append((line, why))
    _raise([*faults, *_rows(found, lines)], file)
    numbers = Numbers(found)
    _raise([*_together(numbers, lines)], file)
    return numbers


def _document(ready: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(ready)
    except tomllib.TOMLDecodeError as why:
        said, _, place = str(why).partition(" (at line ")
        line = int(place.partition(",")[0]) if place[:1].isdigit() else ready.count("\n") + 1
        text = "".join(ready.splitlines()[line - 1 : line]).strip()[:60]
        key = "error.numbers_again" if "overwrite" in said else "error.numbers_line"
        raise _at(file, line, JiebeiError(key, text=text, why=said)) from None


def _at(file: str, line: int, why: JiebeiError) -> JiebeiError:
    return JiebeiError("error.numbers_at", file=file, line=line, why=why.words)


def _raise(faults: list[tuple[int, JiebeiError]], file: str) -> None:
    """Raise all that is wrong at once, from the first line on."""
    found = [_at(file, line, why) for line, why in sorted(faults, key=lambda each: each[0])]
    if found:
        raise JiebeiError("error.text", text="\n".join(map(str, found)))


def _given(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each name with its path and value; what is left open is not given."""
    for section, value in document.items():
        inside = section in (*SECTIONS, MORE) and isinstance(value, dict)
        pairs = value.items() if inside else [(section, value)]
        for name, each in pairs:
            if not _is_open(each) or (name in NONE and each == []):
                yield (f"{section}.{name}" if inside else name), each


def _is_open(value: Any) -> bool:
    return value in ([], {}) or (isinstance(value, str) and not value.strip())


def _one(name: str, value: Any) -> dict[str, Any]:
    """Return a name and what its value means, checked."""
    if name not in known():
        raise JiebeiError("error.numbers_name", name=name, nearest=nearest(name, known()))
    cell = {name: _plain(value)}
    if isinstance(value, int) and rules()[name].kind == "date" and not date_of(str(value)):
        raise JiebeiError("error.give_a_date", name=name, value=value)  # not days after a drawdown
    parameters.understand(cell, {name: None})
    return cell


def _rows(found: Mapping[str, Any], lines: Lines) -> Iterator[tuple[int, JiebeiError]]:
    """Yield what is wrong within rows, with the line of the name that it is about."""
    since = found.get("as_of") or found.get("start") or LONG_AGO
    readers: dict[str, Callable[[list[Any]], Any]] = {
        "other_debts": lambda rows: read_debts(rows, since),
        "coupons": read_coupons,
        "other_offers": read_offers,
    }
    for name, reader in readers.items():
        rows = found.get(name, [])
        if not rows or (why := _refused(reader, rows)) is None:
            continue
        place = next((n for n, row in enumerate(rows, start=1) if _refused(reader, [row])), 1)
        paths = [f"{name}.{place}.{each}" for each in _told(why)]
        yield (
            next((lines[each] for each in (*paths, f"{name}.{place}", name) if each in lines), 0),
            why,
        )


def _refused(reader: Callable[[list[Any]], Any], rows: list[Any]) -> JiebeiError | None:
    try:
        reader(rows)
    except JiebeiError as why:
        return why
    return None


def _told(why: JiebeiError) -> list[str]:
    """Return the names that an error tells, and the error within it."""
    fields = why.words.fields.values()
    within = [name for each in fields if isinstance(each, JiebeiError) for name in _told(each)]
    return [*within, *(each.strip("'") for each in fields if isinstance(each, str))]


def _plain(value: Any) -> Any:
    """Return a value as a grey cell holds it."""
    match value:
        case dt.datetime():
            return str(value.date())
        case dt.date():
            return str(value)
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
    return value


def _together(numbers: Numbers, lines: Lines) -> Iterator[tuple[int, JiebeiError]]:
    """Yield what is wrong with values that are right by themselves: the loan, and what was paid."""
    for made, section in ((lambda: numbers.loan, "loan"), (lambda: numbers.now, "history")):
        try:
            made()
        except JiebeiError as why:
            yield _line(why, section, lines), why
            return


def _line(why: JiebeiError, section: str, lines: Lines) -> int:
    """Return the line of the name, or the day, that an error is about, else of the section."""
    fields = why.words.fields
    names = [str(fields[each]) for each in ("value", "name") if each in fields]
    paths = [f"{each}.{name}" for name in names for each in ("history.paid", *SECTIONS, MORE)]
    return next((lines[each] for each in [*paths, *names, section] if each in lines), 1)
