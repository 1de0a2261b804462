"""Which loan gives these payments, and what it really costs a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.my_statement.example import EXAMPLE
from jiebei.answers.shared.example import Reader
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words, passage, yuan
from jiebei.life import statement
from jiebei.life.statement import Candidate
from jiebei.life.statement.agreed_as import rate_alone, rate_words
from jiebei.notebook.answer import Answer

__all__ = ["asked_by", "instalment", "plan", "rates", "record"]

SHOWN = 4
LONGEST = 60 * 31 + 1  # days, of a loan
FEES = (0.0, 0.001, 0.002, 0.004)  # of the principal, each month
Found = list[Candidate]


def plan(frame: pd.DataFrame, principal: Any, start: Any) -> tuple[Answer, Found]:
    """Say which loan gives the plan, to the fen or how near, and what it really costs (反推).

    Parameters
    ----------
    frame : DataFrame
        From `jb.statement.read`.
    principal, start : yuan, date
        What was drawn and when, where the file does not say.

    Returns
    -------
    (Answer, list of Candidate)
        Table by candidate: `terms`, `difference` over all rows, `annual_rate` as it is shown,
        `effective_rate`.
    """
    told = frame.attrs.get("loan", {})
    has_sum = "principal" in frame or "drawn" in frame or "principal" in told
    own = {} if has_sum else {"principal": principal}
    if "drawn" not in frame and "start" not in told and _may_begin(frame, start):
        own["start"] = start
    return _or_why_not(lambda: statement.infer(frame, **own))


def _or_why_not(ask: Callable[[], Found]) -> tuple[Answer, Found]:
    """Return the answer; where no loan gives these rows, the sentence that says why."""
    try:
        found = ask()
    except JiebeiError as refused:
        return Answer(refused.words, pd.DataFrame()), []
    return _answer(found), found


def _may_begin(frame: pd.DataFrame, start: Any) -> bool:
    """Tell whether the reader's drawdown can be the one of the file: up to two months before.

    Where all is paid in one sum, that comes as late as the term is long.
    """
    first, lone = frame["date"].min(), (frame["payment"] > 0).sum() == 1
    return bool(
        pd.isna(first) or 0 < (first - pd.Timestamp(start)).days < (LONGEST if lone else 63)
    )


def record(frame: pd.DataFrame) -> tuple[Answer, Found]:
    """Say which loan explains a statement of sums and dates alone, and what it leaves open."""
    answer, found = _or_why_not(lambda: statement.infer(frame))
    if not found:
        return answer, found
    table = statement.reconcile(frame, found[0].loan).table
    kept = ["date", "by_terms", "stated", "difference"]
    return Answer(answer.said, table[kept], answer.remark), found


def _answer(found: Found) -> Answer:
    best = found[0]
    alike = [each for each in found if each.difference == best.difference]
    key = "fits" if best.fits else "nearest"
    fields = {"terms": best.conventions, "fen": best.difference}
    parts: list[Text] = [Words(f"answer.my_statement.{key}", **fields)]
    if best.fits and len(alike) > 1:
        parts.append(Words("answer.my_statement.several", n=len(alike) - 1))
    parts += [_cost(best), *best.left_open]
    return Answer(passage(parts), _table(found[:SHOWN]), Words("answer.my_statement.found_note"))


def _cost(best: Candidate) -> Words:
    """Put what the loan really costs beside what is shown."""
    fields = {"shown": best.advertised, "really": best.effective_rate}
    if np.isnan(best.effective_rate):
        return Words("answer.my_statement.cost_none", shown=best.advertised)
    return Words("answer.my_statement.cost", **fields)


def _table(found: Found) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "terms": [each.conventions for each in found],
            "fen_off": [f"{each.difference:,}" for each in found],
            "daily_rate": [rate_alone(each.quote) for each in found],
            "annual_rate": [each.advertised for each in found],
            "effective_rate": [each.effective_rate for each in found],
        },
        pd.RangeIndex(1, len(found) + 1),
    )


def instalment(amount: Any, instalments: Any, borrowed: Any) -> tuple[Answer, Found]:
    """Say what the rate is where only the instalment, their number and the sum are known.

    Returns
    -------
    (Answer, list of Candidate)
        Table by a fee that may hide in the instalment: `daily_rate`, `annual_rate`,
        `effective_rate`. Empty where no rate gives it, and the sentence says why.
    """
    answer, found = _or_why_not(lambda: _told(amount, instalments, borrowed))
    if not found:
        return answer, found
    best = found[0]
    fields = {"amount": amount, "n": instalments, "borrowed": borrowed}
    key = "rate" if best.fits else "rate_near"
    said = Words(
        f"answer.my_statement.{key}", **fields, daily=rate_words(best.quote), fen=best.difference
    )
    table = _by_fee(amount, instalments, borrowed)
    return Answer(passage([said, _cost(best), *best.left_open]), table), found


def asked_by(_reader: Reader) -> Answer:
    """Answer for the instalment of the example: the first page has no file of its reader."""
    return instalment(*(EXAMPLE[name] for name in ("instalment", "instalments", "borrowed")))[0]


def _told(amount: float, instalments: int, borrowed: float) -> Found:
    frame = pd.DataFrame({"date": pd.NaT, "payment": [float(amount)] * int(instalments)})
    frame["date"] = frame["date"].astype("datetime64[s]")
    frame.attrs = {"kind": "sentence", "loan": {"principal": borrowed, "months": instalments}}
    return statement.infer(frame)


def _by_fee(amount: float, instalments: int, borrowed: float) -> pd.DataFrame:
    """Return what the daily rate would be if part of each instalment were a fee."""
    rows = {}
    for share in FEES:
        fee = round(share * borrowed, 2)
        if round((amount - fee) * instalments - borrowed, 2) < 0:
            continue  # more of a fee than there is interest
        try:
            best = _told(round(amount - fee, 2), instalments, borrowed)[0]
        except JiebeiError:
            continue
        laden = best.loan.but(instalment_fee=fee).summary().effective_rate
        rows[yuan(fee)] = (rate_alone(best.quote), best.advertised, laden)
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["daily_rate", "annual_rate", "effective_rate"]
    ).rename_axis("fee_inside")


def rates(candidates: Mapping[Any, Found]) -> Axes | Text:
    """Draw each loan's rate as it is shown and as it really is."""
    known = {
        name: (found[0].advertised, found[0].effective_rate)
        for name, found in candidates.items()
        if found and np.isfinite(found[0].effective_rate)
    }
    if not known:
        return Words("answer.my_statement.no_rates")
    return charts.slope(known)
