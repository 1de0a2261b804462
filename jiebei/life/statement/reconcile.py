"""Hold what is stated against the loan, row by row, in whole fen (对账)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import refuse_kind
from jiebei.language.words import Text, Words, passage
from jiebei.life.statement.notes import refused
from jiebei.life.statement.pairing import Pair, pairing
from jiebei.life.statement.reasons import Reason, best_reason, reason_of_row
from jiebei.loan.loan import Loan
from jiebei.units.days import MISSING, iso

__all__ = ["Reconciled", "reconcile"]


@dataclass(frozen=True)
class Reconciled:
    """Hold the comparison of a statement with a loan.

    Attributes
    ----------
    headline : Words
        Whether it adds up, by how much not, and why.
    table : DataFrame
        One row a line, by its row in the file: `date` stated, `due` expected, in yuan `by_terms`,
        `stated`, `difference`; `interest_by_terms` and `interest_stated` where it is; `reason`.
    explained_by : Loan or None
        The loan under the conventions that explain the differences, or most of them.
    """

    headline: Text
    table: pd.DataFrame
    explained_by: Loan | None

    @property
    def difference(self) -> int:
        """Return the fen that payments are off, each counted without its sign, all added."""
        return int((self.table["difference"].abs() * 100).round().sum())

    @property
    def adds_up(self) -> bool:
        """Tell whether every row agrees to the fen, interest too where it is stated."""
        off = self.difference
        if "interest_stated" in self.table:
            parts = self.table["interest_stated"] - self.table["interest_by_terms"]
            off += int((parts.abs() * 100).round().sum())
        return off == 0

    def __repr__(self) -> str:
        """Show the sentence and the table."""
        return f"{self.headline}\n\n{self.table.to_string()}"


def reconcile(frame: pd.DataFrame, loan: Loan) -> Reconciled:
    r"""Compare each row that is stated with what the loan's own terms ask for, to the fen (对账).

    Parameters
    ----------
    frame : DataFrame
        As `read` returns it, or any with `date` and `payment`.
    loan : Loan
        One scenario, with its decisions, if any.

    Returns
    -------
    Reconciled
        With a row a line; what differs has its reason in words, found by asking the same engine for
        the schedule under other usual conventions: both ends counted, months of 30 days, a year of
        360 days, another first period, a fee, a day later.

    Raises
    ------
    JiebeiError
        For a frame without payments, or more than one loan.

    Examples
    --------
    >>> import jiebei as jb
    >>> rows = "还款日,月供\n2026-12-31,4005\n2027-01-31,4005\n2027-03-02,4005"
    >>> plan = jb.statement.read(rows)
    >>> loan = jb.Loan(12_000, daily_rate=0.00002, months=3, start="2026-12-01", due_day=31)
    >>> found = jb.statement.reconcile(plan, loan)
    >>> found.difference, str(found.table["reason"].iloc[0])
    (60, 'a fee of ¥0.20 with each instalment')
    """
    refuse_kind(frame, (pd.DataFrame,), "frame", "statement.error.no_frame")
    refuse_kind(loan, (Loan,), "loan", "error.kind_loan")
    if loan.shape:
        raise refused("one_loan")
    for name in ("date", "payment"):
        if name not in frame:
            raise refused("no_column", name=name)
    pair = pairing(frame)
    pairs = pair(loan)
    if not any(each.stated for each in pairs):
        raise refused("no_payments")
    differ = [each for each in pairs if not each.agrees]
    best = best_reason(frame, pair, loan) if differ else None
    reasons = [reason_of_row(each, pairs, best) for each in pairs]
    table = _table(pairs, reasons)
    explained = best.loan if best is not None else None
    return Reconciled(_headline(pairs, reasons, best), table, explained)


def _table(pairs: list[Pair], reasons: list[Any]) -> pd.DataFrame:
    split = any(each.stated and each.stated.interest is not None for each in pairs)
    rows = []
    for pair, reason in zip(pairs, reasons, strict=True):
        stated, wanted = pair.stated, pair.expected
        dated = stated is not None and stated.day != MISSING
        row: dict[str, Any] = {
            "date": pd.Timestamp(iso(stated.day)) if stated and dated else pd.NaT,
            "due": pd.Timestamp(iso(wanted.day)) if wanted else pd.NaT,
            "by_terms": wanted.payment / 100 if wanted else 0.0,
            "stated": stated.payment / 100 if stated else 0.0,
            "difference": pair.difference / 100,
        }
        if split:
            known = stated is not None and wanted is not None
            row["interest_by_terms"] = (wanted.interest or 0) / 100 if wanted and known else np.nan
            row["interest_stated"] = (stated.interest or 0) / 100 if stated and known else np.nan
        rows.append({**row, "reason": reason})
    index = [str(pair.stated.place) if pair.stated else "–" for pair in pairs]
    table = pd.DataFrame(rows, index=pd.Index(index, name="row"))
    dates = dict.fromkeys(("date", "due"), "datetime64[s]")
    return table.astype(dates)


def _headline(pairs: list[Pair], reasons: list[Any], best: Reason | None) -> Text:
    """Say whether it adds up; else how many rows differ, by how much, and why."""
    differ = [each for each in pairs if not each.agrees]
    total = sum(each.stated.payment for each in pairs if each.stated) / 100
    if not differ:
        moved = sum(each.days_off != 0 for each in pairs)
        said = Words("statement.adds_up", n=len(pairs), amount=total)
        return passage([said, Words("statement.moved", n=moved) if moved else ""])
    off = sum(each.difference for each in pairs) / 100
    key = "more" if off > 0 else "less" if off < 0 else "even"
    fields = {"n": len(differ), "all": len(pairs), "amount": abs(off)}
    parts = [Words(f"statement.differs_{key}", **fields)]
    stated, expected = (sum(each[at] is not None for each in pairs) for at in (1, 0))
    if stated != expected:
        parts.append(Words("statement.counts", stated=stated, expected=expected))
    return passage([*parts, _why(differ, reasons, best)])


def _why(differ: list[Pair], reasons: list[Any], best: Reason | None) -> Words:
    """Name the convention that explains the differences, or say that none does."""
    if best is not None and best.left == 0:
        return _why_all(best.words)
    told = [each for each in reasons if isinstance(each, Words)]
    unknown = sum(each == Words("statement.reason.unknown") for each in told)
    if best is not None:
        explained = sum(each == best.words for each in told)
        return Words("statement.why_some", n=explained, reason=best.words)
    kinds = set(told) - {Words("statement.reason.unknown")}
    if not unknown and len(kinds) == 1:
        return _why_all(kinds.pop())
    return Words("statement.why_none")


def _why_all(reason: Words) -> Words:
    many = reason.key == "statement.reason.both"
    return Words(f"statement.why_{'both' if many else 'all'}", reason=reason)
