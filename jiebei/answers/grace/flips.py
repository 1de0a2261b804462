"""When does a grace period pay? With the end unchanged, with interest waived, by savings rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.shared.frontier import Along, along
from jiebei.answers.shared.verdicts import flip_words, unless
from jiebei.compare.compare import Cash, flip, horizon, lowest_cash, net_benefit
from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["gauge", "in_place", "same_end"]

HIGHEST_RATE = 0.3  # a year, at least so far goes the chart


def same_end(
    agreed: Loan, months: int, on: Any, savings_rate: float, cash: Cash | None = None
) -> Answer:
    """Compare grace that moves the end with grace that leaves it where it is (到期日不变).

    Interest only for the first months, and equal instalments over the others, is such a grace; a
    coupon on the first instalments waives interest and moves nothing. Both count from the last due
    day that was paid on; where something was missed since then, they would change what is past, and
    are left out.

    Parameters
    ----------
    agreed : Loan
        As agreed.
    months : int
        Length of the grace.
    on : date
        The day of the drawdown.
    savings_rate : decimal
    cash : Cash, optional
        For the lowest cash of each.
    """
    found = {
        Words("answer.grace.end_paid_later"): agreed.defer(months, on=on, interest="paid"),
        Words("answer.grace.end_waived_later"): agreed.defer(months, on=on, interest="waived"),
    }
    missed, coupon = _missed(agreed), in_place(agreed, months)
    if coupon is not None:
        found[Words("answer.grace.end_waived")] = coupon
    if agreed.method == "equal_instalment" and 0 < months < int(agreed.months) and not missed:
        first = agreed.but(method="interest_then_equal", interest_only_months=months)
        found[Words("answer.grace.end_paid")] = first
    last = horizon(agreed, *found.values())
    before = agreed.summary()
    rows = {}
    for name, loan in found.items():
        total = loan.summary()
        rows[name] = {
            "extra_cost": round(total.interest - before.interest, 2),
            "net_benefit": float(net_benefit(loan, agreed, savings_rate, at=last)),
            "grace_flip": flip_words(flip(loan, agreed)),
            "largest_payment": total.largest_payment,
            "payoff_date": pd.Timestamp(total.payoff_date),
        }
        if cash is not None:
            rows[name]["lowest_cash"], rows[name]["lowest_cash_date"] = lowest_cash(loan, cash)
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("grace_kind")
    later = found[Words("answer.grace.end_waived_later")]
    words: Text = Words("answer.grace.nothing")
    if months:
        words = _waived_words(agreed, later, coupon, savings_rate, cash)
    shown = [each for each in ("paid", "waived") if Words(f"answer.grace.end_{each}") in found]
    notes = [Words(f"answer.grace.end_note_{each}") for each in shown]
    return Answer(words, table, passage([*notes, Words("answer.grace.end_note")]))


def in_place(agreed: Loan, months: int) -> Loan | None:
    """Return the loan with the interest of its first months let off; None where it would be past.

    Examples
    --------
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> print(in_place(loan, 1).summary().payoff_date)
    2027-03-01
    """
    return None if _missed(agreed) else agreed.coupon(instalments=months)


def _missed(agreed: Loan) -> bool:
    return any(each.name == "miss" for each in agreed.decisions)


def _waived_words(
    agreed: Loan, later: Loan, coupon: Loan | None, savings_rate: float, cash: Cash | None
) -> Text:
    """Say when waived interest is worth it: always with the end unchanged, else nearly so.

    It saves money, but brings no time: the cash may not carry it.
    """
    if coupon is None:
        parts = [Words("answer.grace.waived_left_out")]
    else:
        saved = agreed.summary().interest - coupon.summary().interest
        if saved < FEN:
            return Words("answer.grace.nothing_waived")
        short = _shortage(coupon, cash)
        key = "short" if short else "always"
        parts = [Words(f"answer.grace.waived_{key}", saved=saved, **short)]
    cost = later.summary().interest - agreed.summary().interest
    gain = float(net_benefit(later, agreed, savings_rate))
    key = "same" if abs(gain) < FEN else "gains" if gain > 0 else "loses"
    fields: dict[str, Any] = {
        "cost": cost,
        "amount": abs(gain),
        "unless": "" if key == "same" else unless(flip(later, agreed), savings_rate),
    }
    parts.append(Words(f"answer.grace.waived_later_{key}", **fields))
    if short := _shortage(later, cash):
        parts.append(Words("answer.grace.waived_later_short", **short))
    return passage(parts)


def _shortage(loan: Loan, cash: Cash | None) -> dict[str, Any]:
    """Return by how much the cash falls short at worst, and when; nothing where it lasts."""
    lowest, when = (0.0, None) if cash is None else lowest_cash(loan, cash)
    return {"short": -lowest, "day": when} if lowest <= -FEN else {}


def gauge(
    agreed: Loan, months: int, on: Any, kind: str, savings_rate: float, ax: Axes | None = None
) -> Axes | Text:
    """Draw what the grace leaves you with more than as agreed, over the savings rate.

    Where it makes no difference there is nothing to see: then it is a sentence.
    """
    if agreed.method == "bullet" or not months:
        return Words("answer.grace.nothing")
    graced = agreed.defer(months, on=on, interest=kind)
    most = max(HIGHEST_RATE, min(1.5 * savings_rate, 1.0))
    rates = Along(np.linspace(0.0, most, 61), savings_rate, Words("answer.grace.savings_label"))
    gain = np.asarray(net_benefit(graced, agreed, rates.grid))
    if np.abs(gain).max() < FEN:
        return Words("answer.grace.frontier_none")
    return along(
        gain,
        rates,
        regions=(Words("answer.grace.region"), Words("answer.grace.region_agreed")),
        subtitle=Words("answer.grace.frontier_subtitle", unit="{unit}"),
        ax=ax,
    )
