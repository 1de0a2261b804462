"""Should I repay early? Which day costs least: total cost over every day of the term, and why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.repay_early.verdict import ways
from jiebei.compare.compare import horizon, net_benefit
from jiebei.compare.goals import can_shorten, day_of
from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import due_days
from jiebei.units.days import Ints, due_date, iso
from jiebei.units.fen import FEN

__all__ = ["amounts_by_day", "by_day", "day_chart", "eve"]


def amounts_by_day(loan: Loan, amount: float, since: Any = None) -> tuple[Ints, Any]:
    """Return every day of the loan from a day on, and what can be repaid on it: what is owed."""
    flows = loan.cashflows(["date", "closing"])
    dates = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    days = np.arange(_first(loan, since, dates[0]), dates[-1])
    owed = flows["closing"].to_numpy()[np.searchsorted(dates, days, side="right") - 1]
    return days, np.minimum(amount, owed)


def _first(loan: Loan, since: Any, begin: Any) -> int:
    """Return the first day on which anything can still be decided."""
    return int(begin) if since is None else max(int(begin), day_of(loan, since))


def by_day(loan: Loan, amount: float, since: Any = None) -> pd.DataFrame:
    """Return what the loan costs in all if `amount` is repaid on this day or that.

    Parameters
    ----------
    loan : Loan
    amount : yuan
        Of principal; less where less is owed.
    since : date, optional
        Today, of a loan that runs: no earlier day can be chosen any more.

    Returns
    -------
    DataFrame
        One row for every day of the loan from then on: `date`, `amount`, and in yuan of interest
        and fees `agreed`, `lower` and `shorten`, NaN on days when there is no instalment to keep.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> by_day(loan, 20_000).iloc[[89, 90], 2:]
         agreed    lower  shorten
    89  4037.33  2904.31  2222.95
    90  4037.33  2793.45  2245.00
    """
    days, amounts = amounts_by_day(loan, amount, since)
    on = days.astype("M8[D]")
    cost = {
        "agreed": np.full(len(days), _cost(loan)),
        "lower": _cost(loan.prepay(amounts, on)),
        "shorten": np.full(len(days), np.nan),
    }
    first = _first_with_instalment(loan)
    if first is not None:
        part = days >= first
        cost["shorten"][part] = _cost(loan.prepay(amounts[part], on[part], then="shorten"))
    return pd.DataFrame({"date": on.astype("M8[s]"), "amount": amounts, **cost})


def _cost(loan: Loan) -> Any:
    total = loan.summary()
    return np.round(total.interest + total.fee, 2)


def _first_with_instalment(loan: Loan) -> int | None:
    """Return the first day on which there is an instalment to keep."""
    start = int(loan.terms["start"])
    if can_shorten(loan, 0):
        return start
    if loan.method != "interest_then_equal":
        return None
    terms = loan.terms  # a new rate has a row of its own: the due days are counted, not the rows
    return int(due_date(terms["anchor"] + terms["interest_only"], terms["due_day"]))


def day_chart(loan: Loan, amount: float, since: Any = None) -> Axes | Text:
    """Draw what the loan costs in all over the day of the early repayment, or say it is the same.

    Where it costs nothing, or the same on every day, there is nothing to draw. Days before `since`
    are past.
    """
    table = by_day(loan, amount, since)
    costs = table[["agreed", "lower", "shorten"]].to_numpy()
    if np.nanmax(costs) - np.nanmin(costs) < FEN:
        return Words("answer.repay_early.day_same")
    lines = {
        Words("strategy.as_agreed"): table["agreed"],
        Words("strategy.repay_lower"): table["lower"],
    }
    if table["shorten"].notna().any():
        lines[Words("strategy.repay_shorten")] = table["shorten"]
    return charts.lines(
        table["date"].to_numpy(),
        lines,
        x_kind="date",
        x_label=Words("answer.repay_early.day_label"),
        title=_day_title(table),
        subtitle=Words(
            f"answer.repay_early.day_subtitle{'' if since is None else '_ahead'}",
            amount=amount,
            unit="{unit}",
        ),
        note=Words("answer.repay_early.day_note"),
    )


def _day_title(table: pd.DataFrame) -> Words:
    # While the whole amount can be repaid: later the fee falls with what is left.
    whole = table["lower"][table["amount"] == table["amount"].max()].to_numpy()
    steps = np.diff(whole)
    if table["agreed"].iloc[0] < FEN or not len(steps):
        return Words("answer.repay_early.day_same")
    if steps.min() < -FEN:
        return Words("answer.repay_early.day_saw", amount=-float(steps.min()))
    return Words("answer.repay_early.day_sooner", amount=float(whole[-1] - whole[0]))


# Why: the eve of a due day, and the due day itself ------------------------------------------


def eve(loan: Loan, amount: float, on: Any, savings_rate: float, since: Any = None) -> Answer:
    """Compare repaying on the eve of a due day with the day itself, and say why they differ.

    The due day is the first one from `on` that leaves something owed, else the last such; its eve
    is never before `since`.
    """
    due = _due_day(loan, on, since)
    if due is None:
        return Answer(Words("answer.repay_early.eve_none"), pd.DataFrame())
    days, amounts = amounts_by_day(loan, amount)
    amount = float(amounts[due - days[0]])
    rows = {}
    for name, then in ways(loan, iso(due - 1)).items():
        for key, date in (("on_eve", due - 1), ("on_due", due)):
            label = Words(f"answer.repay_early.{key}", name=name, day=iso(date))
            rows[label] = _at_due(loan, amount, date, due, then, savings_rate)
    table = pd.DataFrame.from_dict(rows, orient="index")
    per_day = round(amount * float(loan.daily_rate), 2)
    parts = [_lower_words(table.iloc[0], table.iloc[1], per_day, due, amount)]
    if len(table) > 2:
        parts += _shorten_words(table.iloc[2], table.iloc[3], per_day)
    return Answer(passage(parts), table)


def _due_day(loan: Loan, on: Any, since: Any) -> int | None:
    """Return a due day on which something stays owed, from `on` or else before; None if none."""
    dues = due_days(loan)
    if since is not None:
        dues = dues[dues > day_of(loan, since)]
    if not dues.size:
        return None
    later = dues[dues >= day_of(loan, on)]
    return int(later[0] if later.size else dues[-1])


def _at_due(
    loan: Loan, amount: float, date: int, due: int, then: str, savings_rate: float
) -> dict[str, float]:
    early = loan.prepay(amount, on=iso(date), then=then)
    flows = early.cashflows(["date", "event", "payment", "closing"])
    flows = flows[flows["date"] <= iso(due)]
    at_due = (flows["event"] == "instalment") & (flows["date"] == iso(due))
    since = flows["date"] >= iso(due - 1)
    return {
        "due_instalment": float(flows["payment"][at_due].sum()),
        "paid_both_days": round(float(flows["payment"][since].sum()), 2),
        "owed_after": float(flows["closing"].iloc[-1]),
        "interest": early.summary().interest,
        "fee": early.summary().fee,
        "net_benefit": float(net_benefit(early, loan, savings_rate, at=horizon(loan))),
    }


def _lower_words(
    on_eve: pd.Series[float], on_due: pd.Series[float], per_day: float, due: int, amount: float
) -> Words:
    more = on_eve["interest"] - on_due["interest"]
    extra = on_eve["owed_after"] - on_due["owed_after"]
    fields = {
        "due": iso(due),
        "repaid": amount,
        "less": on_due["due_instalment"] - on_eve["due_instalment"],
        "extra": extra,
        "cost": max(more + per_day, 0.0),
        "saved": per_day,
        "amount": abs(more),
    }
    if amount < FEN:
        key = "eve_nothing"
    elif per_day < FEN:
        key = "eve_zero"
    elif extra < FEN:
        key = "eve_even"
    else:
        key = "eve_more" if more > 0 else "eve_less"
    return Words(f"answer.repay_early.{key}", **fields)


def _shorten_words(
    on_eve: pd.Series[float], on_due: pd.Series[float], per_day: float
) -> list[Words]:
    less = on_due["owed_after"] - on_eve["owed_after"]
    saved = on_due["interest"] - on_eve["interest"]
    if per_day < FEN:
        return []
    if less >= FEN and saved >= per_day:
        return [Words("answer.repay_early.eve_shorten", less=less, amount=saved)]
    key = "same" if abs(saved) < FEN else "less" if saved > 0 else "more"
    return [Words(f"answer.repay_early.eve_shorten_{key}", amount=abs(saved))]
