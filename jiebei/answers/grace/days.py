"""What is grace on the due date worth? What a late payment costs by days late and days of grace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import Text, Words, passage, written
from jiebei.life.late.costs import missed_besides
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["answer", "card_grace", "chart", "costs"]

IN_A_FILE = 15  # days, in an example of the files that lenders exchange; see data/product.csv
DAYS = (1, 3, 4, 7, 15, 16, 30)
LEAST_SHOWN = 30  # days along the chart


def costs(
    agreed: Loan, instalment: int, days: Any, graces: Sequence[int]
) -> npt.NDArray[np.float64]:
    """Return what paying late costs, a row for each number of days of grace (还款日宽限).

    Examples
    --------
    Within three days of grace nothing; a day more costs as much as without any grace.

    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> costs(loan, 3, [3, 4], graces=[0, 3]).tolist()
    [[8.11, 10.81], [0.0, 10.81]]
    """
    loans = agreed.but(grace_days=np.array(graces)[:, None])
    late = loans.pay_late(instalment, np.asarray(days)).summary()
    return np.asarray(np.round(late.total_paid - agreed.summary().total_paid, 2))


def card_grace() -> int:
    """Return the least days of grace of credit cards (容时).

    Examples
    --------
    >>> card_grace()
    3
    """
    rules = facts("legal_lines").set_index("line")
    return int(float(str(rules.loc["grace on the due date, cards", "value"])))


def _graces(yours: int) -> list[int]:
    return sorted({0, card_grace(), IN_A_FILE, yours})


def _name(grace: int) -> Words:
    return Words("answer.grace.days_with", days=grace) if grace else _none()


def _none() -> Words:
    return Words("answer.grace.days_without")


def answer(agreed: Loan, instalment: int, days_late: int, savings_rate: float) -> Answer:
    """Say what paying one instalment late costs, with and without grace on the due date.

    Parameters
    ----------
    agreed : Loan
        One, with your days of grace (`grace_days`).
    instalment : int
        Number of the instalment that is late, 0 for none.
    days_late : int
    savings_rate : decimal
        What the money earns in the meantime, a year.
    """
    agreed.pay_late(instalment, days_late).summary()  # a mistake is told of one loan, not of many
    yours = int(agreed.grace_days)
    graces = _graces(yours)
    rows = sorted({*DAYS, days_late, *([yours, yours + 1] if yours else [])} - {0})
    found = costs(agreed, instalment, rows, graces)
    names = pd.Index([written(each, "count.day") for each in rows], name="days_late")
    table = pd.DataFrame(found.T, names, [_name(each) for each in graces])
    note = Words("answer.grace.days_note")
    if not instalment or not days_late:
        return Answer(Words("answer.grace.days_on_time"), table, note)
    if not found.any():
        return Answer(Words("answer.grace.days_free"), table, note)
    shown = yours or card_grace()
    parts = [
        _yours(agreed, instalment, days_late),
        _edge(agreed, instalment, shown),
        _waiting(agreed, instalment, shown, savings_rate),
    ]
    return Answer(passage(parts), table, note)


def _yours(agreed: Loan, instalment: int, days_late: int) -> Text:
    """Say what it costs under the reader's own days of grace."""
    yours = int(agreed.grace_days)
    without, cost = costs(agreed, instalment, days_late, [0, yours])[:, 0]
    fields: dict[str, Any] = {
        "n": instalment,
        "days": days_late,
        "grace": yours,
    }
    if without < FEN:
        return Words("answer.grace.days_nothing", **fields)
    key = "no_grace" if not yours else "within" if cost < FEN else "beyond"
    fields["cost"] = float(cost if key == "beyond" else without)
    text = Words(f"answer.grace.days_{key}", **fields)
    if key == "within" or not (missed := int(missed_besides(agreed, instalment, days_late))):
        return text
    return passage([text, Words("answer.grace.days_besides", n=missed)])


def _edge(agreed: Loan, instalment: int, grace: int) -> Text:
    """Say what the first day beyond the grace costs; nothing where that is less than a fen."""
    cost = costs(agreed, instalment, grace + 1, [grace])[0, 0]
    if cost < FEN:
        return ""
    fields = {"grace": grace, "more": grace + 1}
    return Words("answer.grace.days_edge", cost=cost, **fields)


def _waiting(agreed: Loan, instalment: int, grace: int, savings_rate: float) -> Text:
    """Say what keeping the money until the last day of grace would earn, a fen or more."""
    flows = agreed.cashflows(["event", "payment"])
    due = flows.loc[flows["event"] == "instalment", "payment"].iloc[instalment - 1]
    earned = round(float(due * ((1 + savings_rate) ** (grace / DAYS_A_YEAR) - 1)), 2)
    if earned < FEN:
        return ""
    fields = {"grace": grace, "earned": earned}
    return Words("answer.grace.days_waiting", savings=savings_rate, **fields)


def chart(agreed: Loan, instalment: int, days_late: int, ax: Axes | None = None) -> Axes | Text:
    """Draw what paying late costs day by day: nothing within the grace, then all of it at once.

    Where it never costs anything, say so.
    """
    yours = int(agreed.grace_days)
    graces = _graces(yours)
    days = np.arange(max(LEAST_SHOWN, days_late) + 1)
    without = costs(agreed, instalment, days, [0])[0]
    lines = {_none(): without}
    for grace in [each for each in graces if each and each < days[-1]][::-1]:
        line = costs(agreed, instalment, days, [grace])[0]
        own = (days <= grace + 1) | (line < without)  # elsewhere it is the first line
        lines[_name(grace)] = np.where(own, line, np.nan)
    shown = yours or card_grace()
    cost = costs(agreed, instalment, shown + 1, [shown])[0, 0]
    fields = {"grace": shown, "cost": cost}
    key = "title" if cost >= FEN else "title_free" if instalment else "title_none"
    if not any(np.nanmax(each) for each in lines.values()):
        return Words(f"answer.grace.days_{key}", **fields)
    return charts.lines(
        days,
        lines,
        steps=True,
        x_kind="days",
        x_label=Words("answer.grace.days_days_label"),
        title=Words(f"answer.grace.days_{key}", **fields),
        subtitle=Words("answer.grace.days_subtitle", n=instalment, unit="{unit}"),
        note=Words("answer.grace.days_chart_note"),
        ax=ax,
    )
