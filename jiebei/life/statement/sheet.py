"""A table as it was written: rows of texts, each with the number by which a reader finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from jiebei.language.words import Words

__all__ = ["Row", "Sheet"]


class Row(NamedTuple):
    """A row of a file: its number, counted from 1 as spreadsheets and editors do, and its cells."""

    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return what is written in it, without the gaps."""
        return " ".join(each for each in self.cells if each)

    def cell(self, place: int) -> str:
        """Return the cell of a column; a row may end early."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """Hold the rows that are not blank, what was noted while they were read, and the text."""

    rows: tuple[Row, ...]
    notes: tuple[Words, ...] = ()
    text: str = ""  # as it was before it was cut; empty for a workbook
    by_blanks: bool = False  # whether blanks part the cells, so that none can be empty

    def before(self, place: int) -> str:
        """Return what is written above the row at a place, before it was cut into cells."""
        if self.text:
            return "\n".join(self.text.split("\n")[: max(self.rows[place].number - 1, 0)])
        return "\n".join(row.text for row in self.rows[:place])
