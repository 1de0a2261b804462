"""What a notebook answers with: a sentence, a table, a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.language.frames import cell, column
from jiebei.language.shown import spoken
from jiebei.language.tables import as_html, is_counted, shown, whole_yuan
from jiebei.language.words import Text, Words, apart, passage, sentence, sentences
from jiebei.notebook.how import Compared, Workings

__all__ = ["Answer", "Compared", "shown", "whole_yuan"]


@dataclass(frozen=True)
class Answer:
    """Hold the answer to a question; a notebook shows it as text and as HTML.

    What it says is kept as words, which are chosen when it is shown: in the language then in use.

    Attributes
    ----------
    said : Words or str
        The answer in a sentence or more.
    figures : DataFrame
        The figures behind it, as numbers; its rows and texts may be words.
    remark : Words or str
        What the answer assumes or leaves out.
    compared : callable, optional
        How it came about, for `how()`: such as `Compared`.
    best : tuple
        Names of the rows that are recommended: they stand out.
    functions : tuple of str
        What did it, in Python; shown in a line of its own.
    headline, note : str
        What is said, and the remark, in the language in use.
    table : DataFrame
        The figures, with their rows and texts in the language in use.

    Examples
    --------
    >>> Answer("It costs 4,037.33 yuan.", pd.DataFrame({"interest": [4037.33]}, ["as agreed"]))
    It costs 4,037.33 yuan.
    <BLANKLINE>
                interest
    as agreed  ¥4,037.33
    """

    said: Text
    figures: pd.DataFrame
    remark: Text = ""
    compared: Workings | None = None
    best: tuple[Any, ...] = ()
    functions: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """Return the answer in the language in use."""
        return sentence(str(self.said))

    @property
    def table(self) -> pd.DataFrame:
        """Return the figures, with their rows and texts in the language in use.

        Its `attrs["answer"]` has the sentence and the note that belong to it.
        """
        table = cast(pd.DataFrame, spoken(self.figures)).copy(deep=False)
        table.attrs = {**table.attrs, "answer": (self.headline, self.note)}
        return table

    @property
    def note(self) -> str:
        """Return what the answer assumes or leaves out, in the language in use."""
        return str(self.remark)

    def how(self, name: Text | None = None) -> Answer:
        """Show how the answer came about (怎么算出来的), step by step, mostly a row a day.

        Parameters
        ----------
        name : str, optional
            The way to look at, where there are several; the best that cash carries, if not given.

        Returns
        -------
        Answer
            Where ways were compared, its table has by date the cash of every way, received +, paid
            -, and of that one the difference, days to the end, factor and worth. Elsewhere the
            steps are those of the question: its note says how they are read. The last line names
            the functions that did it.

        Raises
        ------
        JiebeiError
            For an answer that is its own working, and for a name that is none of the ways.

        Examples
        --------
        >>> import jiebei as jb
        >>> from jiebei.answers import methods
        >>> terms = {"daily_rate": 0.0004, "months": 3, "start": "2026-12-01"}
        >>> ways = {each: jb.Loan(9_000, method=each, **terms)
        ...         for each in ("equal_instalment", "interest_only")}
        >>> answer = methods.answer(ways, 0.0, jb.Cash(9_000, 5_000, "2026-12-01"))
        >>> answer.how().table["worth"].round(2).to_list()
        [0.0, 2961.9, 2961.9, -6027.29]
        """
        if self.compared is None:
            raise JiebeiError("error.how")
        said, table, remark, functions = self.compared(self.figures, name)
        return Answer(said, table, remark, self.compared, functions=functions)

    def __repr__(self) -> str:
        """Show the answer as plain text."""
        figures, note = self.apart()
        table = ""
        if not figures.empty:
            written = shown(figures, whole_yuan(figures))
            table = written.to_string(index=not is_counted(figures))
        parts = [self.headline, table, note, self._done_by(self.functions)]
        return "\n\n".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        first, *others = apart(self.said) or [""]
        bold = f"<strong>{escape(sentence(str(first)))}</strong>"
        said = f"<p>{sentences([bold, *(escape(sentence(str(each))) for each in others)])}</p>"
        if self.figures.empty:
            return said
        figures, note = self.apart()
        cash = self.figures.get("lowest_cash")
        beyond = [] if cash is None else list(cash.index[cash < 0])
        table = as_html(
            figures,
            index=not is_counted(figures),
            best=self.best,
            beyond=beyond,
            whole=whole_yuan(figures),
        )
        code = [f"<code>{escape(each)}</code>" for each in self.functions]
        small = [each for each in (escape(note), self._done_by(code)) if each]
        return f"{said}\n{table}\n" + "\n".join(f"<p><small>{each}</small></p>" for each in small)

    def _done_by(self, names: Sequence[str]) -> str:
        """Return the line that names the functions."""
        return str(Words("how.functions", names=names)) if names else ""

    def apart(self) -> tuple[pd.DataFrame, str]:
        """Return the figures that tell ways apart, and the note with those that do not."""
        frame = self.figures
        if len(frame) < 2 or not all(isinstance(each, str | Words) for each in frame.index):
            return frame, self.note
        figures = [name for name in frame if pd.api.types.is_numeric_dtype(frame[name])]
        alike = [name for name in figures if frame[name].nunique(dropna=False) == 1]
        if len(alike) == len(frame.columns):  # a table of names alone would not be read as one
            return frame, self.note
        full = [name for name in alike if pd.notna(frame[name].iloc[0])]
        told = [f"{column(str(name))} {cell(str(name), frame[name].iloc[0])}" for name in full]
        same = Words("answer.alike", figures=tuple(told)) if told else ""
        return frame.drop(columns=alike), str(passage([same, self.remark]))
