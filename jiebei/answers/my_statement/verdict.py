"""What the file says, whether it adds up, and what another convention would make of it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.my_statement.found import plan
from jiebei.answers.my_statement.how import how
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words, apart
from jiebei.life import statement
from jiebei.life.statement.agreed_as import convention_words
from jiebei.life.statement.rounds import Quote
from jiebei.loan.loan import Loan
from jiebei.loan.terms import DAY_COUNTS
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import RATE_SCALE
from jiebei.value.worth import BANK_YEAR, DAYS_A_YEAR

__all__ = ["answer", "chart", "conventions", "what_was_read"]

FEE = 5.0  # yuan a month, to see what a small one does


def what_was_read(frame: pd.DataFrame) -> Answer:
    """Say what was read of a file, and each thing that was left out or put right.

    Parameters
    ----------
    frame : DataFrame
        As `jb.statement.read` returned it.
    """
    dated = frame.loc[frame["payment"] > 0, "date"].dropna()
    fields = {"n": int((frame["payment"] > 0).sum()), "amount": float(frame["payment"].sum())}
    key = f"answer.my_statement.read_{frame.attrs['kind']}"
    if not dated.empty:
        fields |= {"first": dated.iloc[0], "last": dated.iloc[-1]}
    notes = list(frame.attrs["notes"])
    table = pd.DataFrame({"reading_note": notes}, pd.RangeIndex(1, len(notes) + 1))
    return Answer(Words(key, **fields), table)


def answer(frame: pd.DataFrame, loan: Loan) -> Answer:
    """Say whether what is stated adds up under the loan's own terms, and why not (对账).

    Returns
    -------
    Answer
        Table by row of the file: `date`, `by_terms`, `stated`, `difference`, with the interest
        where it is stated, and the `reason`.
    """
    found = statement.reconcile(frame, loan)
    said = _other_loan(frame, loan, found) or found.headline
    compared = partial(how, loan, found.table)
    return Answer(said, _short(found.table), Words("answer.my_statement.note"), compared)


def _other_loan(frame: pd.DataFrame, loan: Loan, found: statement.Reconciled) -> Text | None:
    """Say which other loan the plan is, to the fen, where no convention makes it this one."""
    explained = found.explained_by
    if found.adds_up or (explained and statement.reconcile(frame, explained).adds_up):
        return None
    _, candidates = plan(frame, float(loan.principal), str(loan.start))
    if not candidates or not candidates[0].fits:
        return None
    rate = float(loan.daily_rate)
    return Words(
        "answer.my_statement.other_loan",
        terms=candidates[0].conventions,
        own=convention_words(loan, Quote(round(rate * RATE_SCALE), rate, 1, 0)),
    )


def _short(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without columns that say nothing: due days as stated, empty reasons."""
    same = (table["date"] == table["due"]).all()
    needless = ["due"] if same else ["date"] if table["date"].isna().all() else []
    if (table["reason"].astype(str) == "").all():
        needless.append("reason")
    return table.drop(columns=needless)


def chart(answer: Answer, ax: Axes | None = None) -> Axes | Text:
    """Draw by how much each payment differs, and say why; where none does, return the sentence.

    Parameters
    ----------
    answer : Answer
        As `answer` returns it.
    ax : Axes, optional
        Where to draw.
    """
    table = answer.figures
    if (table["difference"].abs() < FEN).all():
        return answer.said
    days = [table[each] for each in ("date", "due") if each in table]
    why = apart(answer.said)[-1]
    return charts.differences(
        days[0].fillna(days[-1]).to_numpy(), table["difference"].to_numpy(), note=why, ax=ax
    )


# What another convention would make of it ----------------------------------------------------


def conventions(loan: Loan) -> Answer:
    """Say what the loan would cost under each of the usual conventions (换一种口径).

    Returns
    -------
    Answer
        Table by convention: `interest` and fees in all, `difference` to the loan's own terms.
    """
    base = _cost(loan)
    rows = {words: _cost(changed) for words, changed in _changed(loan)}
    table = pd.DataFrame(
        {"interest_and_fees": rows.values(), "difference": [each - base for each in rows.values()]},
        pd.Index(list(rows), name="convention"),
    )
    words, most = max(rows.items(), key=lambda each: abs(each[1] - base))
    gap = round(most - base, 2)
    fields: dict[str, Any] = {"convention": words, "base": base, "gap": abs(gap)}
    key = "more" if gap > 0 else "less" if gap < 0 else "same"
    return Answer(Words(f"answer.my_statement.convention_{key}", **fields), table)


def _cost(loan: Loan) -> float:
    total = loan.summary()
    return float(total.interest + total.fee)


def _changed(loan: Loan) -> list[tuple[Words, Loan]]:
    """Return the loan under one other convention after the other, those that it can have."""
    rate = float(loan.daily_rate)
    tried: list[tuple[Words, dict[str, Any]]] = [
        *(
            (Words(f"statement.reason.{each}"), {"day_count": each})
            for each in DAY_COUNTS
            if each != loan.day_count
        ),
        (Words("statement.reason.year_360"), {"daily_rate": rate * DAYS_A_YEAR / BANK_YEAR}),
        (Words("statement.reason.fee", amount=FEE), {"instalment_fee": FEE}),
    ]
    found = []
    for words, terms in tried:
        try:
            found.append((words, loan.but(**terms)))
        except JiebeiError:  # a rate at the end of what is allowed
            continue
    return found
