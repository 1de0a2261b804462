"""Write my_numbers.toml: empty, to be filled in; or some of its values, the rest as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Item, Table

from jiebei.language.errors import JiebeiError
from jiebei.language.table import language, usual
from jiebei.language.words import say
from jiebei.notebook.numbers.reading import Numbers, read, read_text
from jiebei.notebook.numbers.sections import FILE, MORE, ROWS, SECTIONS, section_of
from jiebei.notebook.numbers.toml import as_toml, literal
from jiebei.notebook.places import replace
from jiebei.notebook.rules import rules

__all__ = ["changes", "label", "template", "updated", "write"]

PAGE = "my_numbers"  # what a parameter is called there, where not as on the pages
BY_DAY = ("paid", "needs", "thin_months")  # each a table of its own in its section
TYPED = {"daily rate": '"0.04%"', "list": "[40000, 35000, ...]"}  # by kind


def template() -> str:
    """Return the file with nothing filled in, its comments in the language in use (空白的表).

    Examples
    --------
    >>> print(template().split("[history]")[0].split("[loan]")[1].splitlines()[1])
    principal = ""  # yuan, amount drawn, more than 0; like 30000
    """
    blocks = [_commented(say("numbers.head", file=FILE))]
    blocks += ["\n".join(_section(name, names)) for name, names in SECTIONS.items()]
    blocks += [_commented(say(f"numbers.rows.{name}")) for name in ROWS]
    return "\n\n".join(blocks) + "\n"


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\\n"))


def _section(section: str, names: Sequence[str]) -> Iterator[str]:
    yield f"[{section}]  # {say(f'numbers.section.{section}')}"
    for name in names:
        if name == "as_of":
            yield f"as_of = {literal(usual('today'))}  # {_comment(name)}"
        elif name not in BY_DAY:
            empty = "[]" if rules()[name].kind in ("list", "rows") else '""'
            yield f"{name} = {empty}  # {_comment(name)}"
    for name in BY_DAY:
        if name in names:
            yield f"[{section}.{name}]  # {label(name)}"
            yield _commented(say(f"numbers.days.{name}"))


def label(name: str) -> str:
    """Return what a parameter is called in the file, and what it may be, in the language in use.

    Examples
    --------
    >>> label("principal")
    'yuan, amount drawn, more than 0'
    """
    return str(getattr(rules()[name].worded(PAGE), language()))


def _comment(name: str) -> str:
    """Return what a value may be, and how it may be typed."""
    rule = rules()[name]
    typed = TYPED.get(rule.kind, rule.typed)
    if rule.kind == "share":
        typed = literal(f"{100 * float(typed):g}%")
    if rule.kind == "choice":
        typed = literal(usual(typed.strip('"')))
    return say("numbers.like", said=label(name), typed=typed)


# Some values ----------------------------------------------------------------------------------


def changes(values: Mapping[str, Any], numbers: Numbers) -> dict[str, tuple[Any, Any]]:
    """Return what would be overwritten by values: name to what stands there and what would.

    Examples
    --------
    >>> changes({"months": 18, "principal": 30_000}, Numbers({"months": 12}))
    {'months': (12, 18)}
    """
    held = {name: numbers.values[name] for name in values if name in numbers.values}
    return {name: (old, values[name]) for name, old in held.items() if old != values[name]}


def updated(text: str, values: Mapping[str, Any]) -> str:
    r"""Return the file with some values set; order, comments and all else stay.

    Examples
    --------
    >>> print(updated("[loan]\nprincipal = 3万  # mine\nmonths = 12\n", {"months": 18}))
    [loan]
    principal = "3万"  # mine
    months = 18
    <BLANKLINE>
    """
    document = tomlkit.parse(as_toml(text))
    for name, value in values.items():
        _set(document, name, value)
    return document.as_string()


def _set(document: TOMLDocument, name: str, value: Any) -> None:
    """Set a value where the name stands, else in its section."""
    if name in ROWS:
        _set_rows(document, name, value)
        return
    there = (each for each in (*SECTIONS, MORE) if name in document.get(each, {}))
    section = next(there, "" if name in document else section_of(name))
    if section and section not in document:
        document[section] = tomlkit.table()
    _put(document[section] if section else document, name, value)


def _put(table: Any, name: str, value: Any) -> None:
    """Set a value in a table; days with their amounts are kept as a table of their own."""
    if not isinstance(table.get(name), Table):
        table[name] = _item(value)
        return
    for day in [*table[name]]:
        if day not in value:
            del table[name][day]
    for day, amount in value.items():
        table[name][day] = _item(amount)


def _set_rows(document: TOMLDocument, name: str, value: Any) -> None:
    """Write rows as tables of their own, in place of those that stand there."""
    if isinstance(value, Mapping):
        document[name] = tomlkit.table(is_super_table=True)
        for each, terms in value.items():
            document[name][each] = _filled(terms)
        return
    rows = tomlkit.aot()
    for each in value:
        rows.append(_filled(each))
    document[name] = rows


def _filled(terms: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for name, value in terms.items():
        table[name] = _item(value)
    return table


def _item(value: Any) -> Item:
    """Return a value as it is written, without powers of ten."""
    return cast(Item, tomlkit.parse(f"x = {literal(value)}").item("x"))


# The file -------------------------------------------------------------------------------------


def write(path: Path, values: Mapping[str, Any], *, over: bool = False) -> None:
    """Write values into the reader's file, which is made where it is missing (存为我的数字).

    It is written whole, or not at all; what else stands there stays.

    Parameters
    ----------
    path : Path
        The file.
    values : dict
        Name to value, as a grey cell holds them.
    over : bool
        Whether values that stand there already may be overwritten.

    Raises
    ------
    JiebeiError
        For a value that may not be, or that would overwrite another; for a file that cannot be
        read, by its line, or not be written.
    """
    there = changes(values, read(path))
    if there and not over:
        raise JiebeiError("error.numbers_there", file=path.name, names=tuple(there))
    old = path.read_bytes().decode("utf-8-sig") if path.exists() else template()
    new = updated(old, values)
    read_text(new, path.name)
    replace(path, new.encode())
