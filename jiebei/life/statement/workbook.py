"""Read a workbook (.xlsx, .xlsm): what is stored in its cells; nothing in it is ever run."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from jiebei.language.words import Words
from jiebei.life.statement.heads import best_score
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.sheet import Row, Sheet

__all__ = ["is_workbook", "read_workbook"]

MOST_UNPACKED = 400_000_000  # bytes; a small file may unpack to anything


def is_workbook(data: bytes, name: str) -> bool:
    """Tell a workbook from a text; refuse other archives in words."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise refused("broken", name=name) from None
    if any(each.flag_bits & 1 for each in parts):
        raise refused("zip_locked", name=name)
    if "xl/workbook.xml" not in {each.filename for each in parts}:
        raise refused("archive", name=name)
    if sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise refused("too_large", name=name)
    return True


def read_workbook(data: bytes, name: str) -> Sheet:
    """Return the rows of the one sheet that holds a table of payments.

    Raises
    ------
    JiebeiError
        Where several sheets hold one; for merged cells in the table.
    """
    stored, formulas = _load(data, name, True), _load(data, name, False)
    tables = {sheet.title: _rows(sheet) for sheet in stored.worksheets}
    found = [title for title, rows in tables.items() if best_score(rows)]
    if len(found) > 1:
        raise refused("sheets", name=name, names=", ".join(found))
    title = found[0] if found else next((each for each, rows in tables.items() if rows), "")
    if not title:
        raise refused("empty")
    rows = tables[title]
    sheet = formulas[title]
    written, notes = _formulas(sheet, stored[title])
    notes += _hidden(sheet)
    if len(stored.worksheets) > 1:
        notes.append(note("sheet", title=title))
    return Sheet(_with_formulas(_unmerged(sheet, rows), written), tuple(notes))


def _load(data: bytes, name: str, values: bool) -> Any:
    import openpyxl  # loaded only for who brings a workbook

    try:
        return openpyxl.load_workbook(
            io.BytesIO(data), data_only=values, keep_links=False, keep_vba=False
        )
    except Exception as cause:  # whatever is wrong inside, it cannot be read
        raise refused("broken", name=name) from cause


def _rows(sheet: Any) -> tuple[Row, ...]:
    rows = (
        Row(number, tuple(map(_text, cells)))
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
    )
    return tuple(each for each in rows if any(each.cells))


def _text(value: Any) -> str:
    """Write what a cell holds as a text, figures as they were meant: 418.5, not 418.50000000001."""
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.isoformat(" ")
        case bool():
            return str(value)
        case float():
            return f"{value:.12g}"
    return str(value).strip()


def _formulas(sheet: Any, stored: Any) -> tuple[dict[tuple[int, int], str], list[Words]]:
    """Return the formulas whose result is not stored, by row and column, and note the others."""
    found = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    empty = [cell for cell in found if stored[cell.coordinate].value is None]
    known = len(found) - len(empty)
    cell = next((each.coordinate for each in found if each not in empty), "")
    notes = [note("formulas", n=known, cell=cell)] if known else []
    return {(each.row, each.column): str(each.value) for each in empty}, notes


def _with_formulas(rows: tuple[Row, ...], formulas: dict[tuple[int, int], str]) -> tuple[Row, ...]:
    """Return the rows with such formulas as they are written: whoever needs one refuses it."""
    if not formulas:
        return rows
    return tuple(
        Row(
            row.number,
            tuple(formulas.get((row.number, at), cell) for at, cell in enumerate(row.cells, 1)),
        )
        for row in rows
    )


def _hidden(sheet: Any) -> list[Words]:
    """Note rows that a filter hides: they are read all the same."""
    rows = tuple(row for row, each in sorted(sheet.row_dimensions.items()) if each.hidden)
    return [note("hidden", rows=rows)] if rows else []


def _unmerged(sheet: Any, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Refuse merged cells below the heads: one figure for several rows has no one meaning."""
    first = next((row.number for row in rows if best_score([row])), None)
    for area in sheet.merged_cells.ranges:
        if first is not None and area.max_row > first and area.min_row < area.max_row:
            raise refused("merged", cells=str(area), row=area.min_row)
    return rows
