"""What if every bill is paid with a new loan? The chain (以贷养贷), month by month."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import (
    Text,
    Words,
    passage,
    written,
)
from jiebei.life.credit.rollover import month_by_month
from jiebei.loan.plan import Plan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "chart"]

LOWER = 0.9  # of the bill before: one that has gone down, and not for a month of fewer days
MOST_ROWS = 25  # of a table; a longer chain is shown by the half-year


def answer(chain: Plan, months: int, monthly_surplus: float) -> Answer:
    """Say what is owed at the end of the chain, and how the bill of the month has grown.

    Parameters
    ----------
    chain : Plan
        As `jiebei.life.credit.rollover.rollover` returns it.
    months : int
        For how many months every bill was paid with a new loan.
    monthly_surplus : yuan
        What your income leaves each month.
    """
    table = month_by_month(chain)
    parts = [_grown(chain, table, months), _bill(table), _rate(chain)]
    parts += [_surplus(table, monthly_surplus), _later(chain, table, monthly_surplus)]
    shown = table.assign(open_loans=table["open_loans"].map(lambda n: written(n, "count.loan")))
    shown.index = pd.RangeIndex(len(shown), name="month")
    if len(shown) > MOST_ROWS:
        shown = shown[(shown.index % 6 == 0) | (shown.index == len(shown) - 1)]
    text = passage([part for part in parts if part])
    return Answer(text, shown, Words("answer.reborrow.rollover_note"))


def _grown(chain: Plan, table: pd.DataFrame, months: int) -> Words:
    span = months
    if len(table) == 1:
        return Words("answer.reborrow.rollover_none", months=span)
    flows = chain.loans[0].cashflows(["date", "closing"])
    agreed = float(flows.loc[flows["date"] <= table["date"].iloc[-1], "closing"].iloc[-1])
    fields: dict[str, Any] = {"months": span, "owed": table["owed"].iloc[-1]}
    fields |= {"agreed": agreed, "day": table["date"].iloc[-1]}
    key = "grown_clear" if agreed < FEN else "grown"
    if _after_the_last_bill(chain, table, months):
        key += "_before"
    elif abs(fields["owed"] - agreed) < FEN:
        key = "grown_same"
    return Words(f"answer.reborrow.rollover_{key}", **fields)


def _after_the_last_bill(chain: Plan, table: pd.DataFrame, months: int) -> bool:
    """Tell whether months pass without a bill after the last one: interest runs up meanwhile."""
    start, last = chain.loans[0].terms["start"].astype("M8[D]"), table["date"].iloc[-1]
    end = start.astype("M8[M]") + months
    return bool(last.to_datetime64().astype("M8[M]") < end)


def _bill(table: pd.DataFrame) -> Text:
    """Say how what falls due at once has grown."""
    bills = table["due"].iloc[1:]
    if len(bills) < 2:
        return ""
    first, last, most = bills.iloc[0], bills.iloc[-1], bills.max()
    if bills.max() > max(bills.iloc[0], bills.iloc[-1]) + FEN:
        when = table["date"].iloc[int(table["due"].to_numpy().argmax())]
        return Words(
            "answer.reborrow.rollover_bill_peak", first=first, last=last, most=most, when=when
        )
    if (bills.to_numpy()[1:] < LOWER * bills.to_numpy()[:-1]).any():  # it does not simply grow
        when = table["date"].iloc[int(table["due"].to_numpy().argmax())]
        return Words("answer.reborrow.rollover_bill_uneven", first=first, most=most, when=when)
    alike = abs(first - last) < (0.5 if first >= 100 else FEN)  # as they are shown
    return Words(f"answer.reborrow.rollover_bill{'_same' if alike else ''}", first=first, last=last)


def _rate(chain: Plan) -> Text:
    """Say how fast the debt grows by itself."""
    rate = chain.loans[0].summary().effective_rate
    if len(chain.loans) == 1:
        return ""
    if not rate > 1e-9:
        return Words("answer.reborrow.rollover_free")
    years = math.log(2) / math.log1p(rate)
    return Words("answer.reborrow.rollover_rate", rate=rate, years=years)


def _surplus(table: pd.DataFrame, monthly_surplus: float) -> Text:
    """Say from when on the bill is more than the income leaves."""
    if len(table) == 1:
        return ""
    bills = table["due"].to_numpy()
    over = np.flatnonzero(bills > monthly_surplus + FEN)
    most = int(bills.argmax())
    fields: dict[str, Any] = {
        "surplus": monthly_surplus,
        "most": bills[most],
        "when": table["date"].iloc[most],
    }
    if not over.size:
        return Words("answer.reborrow.rollover_within", **fields)
    if over.size < len(bills) - over[0]:  # a bill above the income, and then one below it again
        return Words("answer.reborrow.rollover_over_once", **fields)
    if over[0] == 1:
        return Words("answer.reborrow.rollover_over_first", **fields)
    return Words("answer.reborrow.rollover_over", month=table["date"].iloc[over[0]], **fields)


def _later(chain: Plan, table: pd.DataFrame, monthly_surplus: float) -> Text:
    """Say what is too much later, when no new loan pays for it, where every bill was within."""
    if len(table) == 1 or table["due"].max() > monthly_surplus + FEN:
        return ""
    flows = pd.concat([each.cashflows(["date", "payment"]) for each in chain.loans])
    bills = flows[flows["date"] > table["date"].iloc[-1]].groupby("date")["payment"].sum()
    if bills.empty or bills.max() <= monthly_surplus + FEN:
        return ""
    return Words("answer.reborrow.rollover_later", most=bills.max(), day=bills.idxmax())


def chart(chain: Plan, monthly_surplus: float) -> Axes | Text:
    """Draw what falls due each month, all of it paid with new loans; a sentence if nothing does."""
    table = month_by_month(chain)
    bills = table.iloc[1:]
    if not len(bills) or bills["due"].max() < FEN:
        return Words("answer.reborrow.rollover_no_bill")
    first, last = bills.iloc[0], bills.iloc[-1]
    most = bills.iloc[int(bills["due"].to_numpy().argmax())]
    peak = most["due"] > max(first["due"], last["due"]) + FEN
    title = Words(
        f"answer.reborrow.rollover_title{'_one' if len(bills) == 1 else '_peak' if peak else ''}",
        most=most["due"],
        when=most["date"],
        first=first["due"],
        begin=first["date"],
        last=last["due"],
        end=last["date"],
    )
    return charts.columns(
        bills["date"].to_numpy(),
        {"principal": bills["due"] - bills["interest"], "interest": bills["interest"]},
        income=monthly_surplus,
        income_name=Words("answer.reborrow.rollover_surplus"),
        title=title,
        subtitle=Words("answer.reborrow.rollover_subtitle", unit="{unit}"),
        note=Words("answer.reborrow.rollover_chart_note"),
    )
