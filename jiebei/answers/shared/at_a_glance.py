"""My loan at a glance: what is paid next, until when, what it costs; principal and interest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.compare.compare import Strategy
from jiebei.language.words import Text, Words, passage
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["at_a_glance", "by_month", "coming", "first_few"]

PARTS = ("principal", "interest", "penalty", "fee")
FEW = 6  # payments in a short table, and the last
BALLOON = 5  # times the largest payment before it, and months to see beside it


def at_a_glance(loan: Strategy, since: Any = None) -> Answer:
    """Tell of a loan what is paid next, how often, until when and what it costs (借款一览).

    Parameters
    ----------
    loan : Loan or Plan
        One scenario, as it is repaid if nothing else is decided.
    since : date, optional
        Today, of a loan that runs: what was paid until then is not told again.

    Returns
    -------
    Answer
        A sentence; no table: `coming` has the payments, `by_month` draws them.

    Examples
    --------
    >>> import jiebei as jb
    >>> print(at_a_glance(jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")).headline)
    Next you pay ¥3,073.50, on 2027-01-01; after 3 payments you are free of debt, on 2027-03-01. \
Interest and fees come to ¥220.51 in all, 15.62% a year in effect.
    """
    ahead = _by_day(loan, since)
    fields: dict[str, Any] = {
        "n": len(ahead),
        "first": ahead["date"].iloc[0],
        "payment": float(ahead["payment"].iloc[0]),
        "last": ahead["date"].iloc[-1],
    }
    when = Words(f"answer.shared.glance_{'once' if len(ahead) == 1 else 'often'}", **fields)
    return Answer(passage([when, _cost(loan, ahead, since)]), pd.DataFrame())


def coming(loan: Strategy, since: Any = None) -> Answer:
    """List the payments to come, to the fen (还款计划): a row a day on which something is paid.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> coming(loan)
    3 payments to come: ¥9,220.51 in all, of it ¥220.51 interest and fees.
    <BLANKLINE>
          date   payment principal interest owed afterwards
    2027-01-01 ¥3,073.50 ¥2,961.90  ¥111.60       ¥6,038.10
    2027-02-01 ¥3,073.50 ¥2,998.63   ¥74.87       ¥3,039.47
    2027-03-01 ¥3,073.51 ¥3,039.47   ¥34.04           ¥0.00
    """
    table = _by_day(loan, since)
    paid, cost = float(table["payment"].sum()), _price(table)
    said = Words(
        "answer.shared.glance_coming", n=len(table), paid=round(paid, 2), cost=round(cost, 2)
    )
    return Answer(said, table)


def first_few(found: Answer) -> Answer:
    """Return the payments to come with only the next six and the last in the table.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=9, start="2026-12-01")
    >>> few = first_few(coming(loan))
    >>> few.table.index.to_list(), few.note
    ([1, 2, 3, 4, 5, 6, 9], 'Not shown: 2 payments in between; the Excel file has them all.')
    """
    every = found.figures
    left_out = len(every) - FEW - 1
    if left_out < 1:
        return found
    shown = pd.concat([every[:FEW], every[-1:]]).rename_axis("payment_number")
    return Answer(found.said, shown, Words("answer.shared.glance_left_out", n=left_out))


def _by_day(loan: Strategy, since: Any) -> pd.DataFrame:
    """Return what is paid on each day after `since` on which something is, counted from 1."""
    flows = loan.cashflows(["date", "payment", *PARTS, "opening", "closing"])
    flows["closing"] = flows["closing"] - flows.pop("opening")
    by_day = flows.groupby("date").sum()
    by_day["closing"] = by_day["closing"].cumsum()  # of all loans
    by_day = by_day.round(2)[by_day["payment"] >= FEN]
    if since is not None:
        by_day = by_day[by_day.index > pd.Timestamp(str(since))]
    none = [name for name in ("penalty", "fee") if by_day[name].sum() < FEN]
    table = by_day.drop(columns=none).reset_index()
    return table.set_axis(pd.RangeIndex(1, len(table) + 1))


def _price(ahead: pd.DataFrame) -> float:
    """Return the interest, penalty and fees of all payments."""
    return float(ahead["payment"].sum() - ahead["principal"].sum())


def _cost(loan: Strategy, ahead: pd.DataFrame, since: Any) -> Words:
    """Say what it costs, and what that comes to a year where one rate does."""
    cost = _price(ahead)
    if cost < FEN:
        return Words("answer.shared.glance_free")
    rate = float(loan.summary().effective_rate)
    key = "cost" if since is None else "cost_ahead"
    key += "" if np.isnan(rate) else "_rate"
    return Words(f"answer.shared.glance_{key}", cost=cost, rate=rate)


def by_month(loan: Strategy, since: Any = None) -> Axes | Text:
    """Draw what every month takes: principal, interest and what else falls due (每月还款).

    The past of a loan that runs, until the day `since`, is not drawn, nor a last payment beside
    which the others could not be seen: the note names it. Where there is one payment, or nothing
    but principal, there is nothing to see: then it is a sentence.
    """
    flows = loan.cashflows(["date", *PARTS])
    if since is not None:
        flows = flows[flows["date"] > pd.Timestamp(str(since))]
    months = flows.groupby(flows["date"].to_numpy().astype("M8[M]"))[list(PARTS)].sum()
    months = months[months.sum(axis=1) >= FEN]
    shown = [name for name in PARTS if months[name].sum() >= FEN]
    if len(months) < 2 or shown == ["principal"]:
        return Words("text.sentence", text=_finding(months))
    drawn, note = months, _every_month(months)
    if _is_balloon(months):
        drawn, note = months[:-1], passage([note, _balloon(months)])
    parts = {name: drawn[name].to_numpy() for name in shown}
    labels = drawn.index.to_numpy().astype("M8[M]")
    return charts.columns(labels, parts, title=_finding(months), note=note)


def _finding(months: pd.DataFrame) -> Words:
    """Say what part of all that is paid is the price of the money."""
    cost = float(months[["interest", "penalty", "fee"]].sum().sum())
    paid = float(months.sum().sum())
    if cost < FEN:
        return Words("answer.shared.glance_title_free", paid=paid)
    return Words("answer.shared.glance_title", paid=paid, cost=cost, share=cost / paid)


def _every_month(months: pd.DataFrame) -> Text:
    """Say how many months in which nothing falls due are left out."""
    labels = months.index.to_numpy().astype("M8[M]")
    skipped = int((labels[-1] - labels[0]).astype(np.int64)) + 1 - len(labels)
    return Words("answer.shared.glance_skipped", n=skipped) if skipped else ""


def _is_balloon(months: pd.DataFrame) -> bool:
    """Tell whether the last payment dwarfs all others."""
    paid = months.sum(axis=1)
    return len(paid) > BALLOON and bool(paid.iloc[-1] > BALLOON * paid.iloc[:-1].max())


def _balloon(months: pd.DataFrame) -> Words:
    paid, last = float(months.iloc[-1].sum()), months.index[-1]
    return Words("answer.shared.glance_balloon", paid=paid, month=last)
