"""Should I repay early? What each further 1,000 yuan saves, and how much a goal takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.repay_early.verdict import ways
from jiebei.compare.affordable import repaid_early
from jiebei.compare.compare import Cash, lowest_cash
from jiebei.compare.goals import (
    Sought,
    amount_to_be_free_by,
    can_shorten,
    day_of,
    owed,
    seek_saving,
)
from jiebei.language.words import (
    Text,
    Words,
    passage,
)
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import iso
from jiebei.units.fen import FEN

__all__ = ["further", "further_chart", "needed"]

STEPS = (1_000.0, 100.0, 10.0, 1.0, 0.01)
MOST_POINTS = 201


# Each further 1,000 ------------------------------------------------------------------------


def further(loan: Loan, on: Any, points: int = 9) -> Answer:
    """Show what each further 1,000 yuan saves (每多还 1,000 元省多少).

    Parameters
    ----------
    loan : Loan
        As agreed.
    on : date
        Day of the early repayment.
    points : int
        How many places between nothing and all that is owed are shown.

    Notes
    -----
    Where less than 5,000 yuan are owed the step is smaller.
    """
    step, table = _further(loan, on, points)
    columns = list(table.columns)
    fields: dict[str, Any] = {"step": step}
    parts: list[Text] = []
    for name, then in ways(loan, on).items():
        first, last = table[f"saves_{then}"].iloc[[0, -1]]
        fields |= {"name": name, "first": _gain(first), "last": _gain(last)}
        level = abs(first - last) <= 0.02 * abs(first) + 10 * FEN
        if max(abs(first), abs(last)) < FEN:
            key = "further_nothing"
        elif level:
            key = "further_level" if first > -FEN else "further_costs"
            fields["amount"] = abs(first)
        else:
            key = "further_changes"
        parts.append(Words(f"answer.repay_early.{key}", **fields))
    parts = list(dict.fromkeys(parts))
    return Answer(passage(parts), table[columns], Words("answer.repay_early.further_note"))


def _further(loan: Loan, on: Any, points: int) -> tuple[float, pd.DataFrame]:
    """Return the step, and at some amounts what the step from there on saves."""
    most = owed(loan, on)
    step = next(each for each in STEPS if 500 * each <= most or each == STEPS[-1])
    fen = round(100 * step)
    places = np.unique(np.linspace(0, max(most - fen, 0) // fen, points).astype(np.int64)) * fen
    agreed = _cost(loan)
    columns: dict[str, Any] = {}
    for then in ways(loan, on).values():
        here = _cost(loan.prepay(places / 100, on, then))
        there = _cost(loan.prepay(np.minimum(places + fen, most) / 100, on, then))
        columns[f"saves_{then}"] = np.round(here - there, 2)
        columns[f"saved_{then}"] = np.round(agreed - there, 2)
    names = [
        Words("answer.repay_early.from_to", low=low, high=high)
        for low, high in zip(places / 100, np.minimum(places + fen, most) / 100, strict=True)
    ]
    table = pd.DataFrame(columns, index=pd.Index(names, name="repaid"))
    table.attrs["amounts"] = places / 100
    return step, table


def _gain(saved: float) -> Words:
    """Say what a step saves, or by how much its fee is more than that."""
    return Words(f"answer.repay_early.{'saves' if saved > -FEN else 'costs'}", amount=abs(saved))


def _cost(loan: Loan) -> Any:
    total = loan.summary()
    return total.interest + total.fee


def further_chart(loan: Loan, on: Any) -> Axes | Text:
    """Draw what each further 1,000 yuan saves over the amount repaid; a sentence if nothing."""
    step, table = _further(loan, on, MOST_POINTS)
    if table.abs().to_numpy().max() < FEN:
        return Words("answer.repay_early.further_nothing")
    lines = {Words("strategy.repay_lower"): table["saves_lower"].to_numpy()}
    if "saves_shorten" in table:
        lines[Words("strategy.repay_shorten")] = table["saves_shorten"].to_numpy()
    first, last = (next(iter(reversed(lines.values())))[place] for place in (0, -1))
    same = abs(first - last) <= 0.02 * abs(first) + 10 * FEN
    return charts.lines(
        table.attrs["amounts"],
        lines,
        steps=True,
        x_kind="yuan",
        x_label=Words("answer.repay_early.repaid_label", unit="{unit}"),
        title=Words(
            f"answer.repay_early.chart_{'level' if same else 'falls'}",
            name=next(iter(reversed(lines))),
            step=step,
            first=_gain(first),
            last=_gain(last),
        ),
        subtitle=Words("answer.repay_early.further_subtitle", step=step, unit="{unit}"),
    )


# How much a goal takes ---------------------------------------------------------------------


def needed(loan: Loan, on: Any, free_by: Any, save: float, cash: Cash) -> Answer:
    """Say how much to repay to be free of debt by a date, or to save a sum (要还多少才够).

    Parameters
    ----------
    loan : Loan
        As agreed.
    on, free_by : date
        Day of the early repayment, and day from which nothing shall be owed.
    save : yuan
        Interest and fees that shall be saved.
    cash : Cash
        In hand, and left each month: the lowest that is left then is shown.
    """
    free = _to_be_free(loan, on, free_by, cash)
    rows = {Words("answer.repay_early.goal_free", day=free_by): free}
    parts: list[Text] = [_free_words(loan, on, free_by, next(iter(rows.values())))]
    sought: list[Words] = []
    for name, then in ways(loan, on).items():
        found = seek_saving(loan, on, save, then)
        goal = Words("answer.repay_early.goal_save", amount=save, name=name)
        rows[goal] = _row(loan, on, found.amount, then, found.reached, cash)
        sought.append(_save_words(on, save, name, found, rows[goal]["lowest_cash"]))
    table = pd.DataFrame.from_dict(rows, orient="index")
    parts += sought
    reached = table["reached"] == Words("answer.repay_early.yes")
    short = int((table["lowest_cash"][reached] <= -FEN).sum())
    if short:
        fields = {"n": short, "all": int(reached.sum())}
        every = "_all" if short == fields["all"] else ""
        parts.append(Words(f"answer.repay_early.needed_short{every}", **fields))
    return Answer(passage(parts), table, Words("answer.repay_early.needed_note"))


def _row(
    loan: Loan, on: Any, amount: float, then: str, reached: bool, cash: Cash
) -> dict[str, Any]:
    early = loan.prepay(amount, on, then)
    return {
        "amount": amount,
        "cash_needed": float(repaid_early(early, loan)["payment"]),
        "saved": round(float(_cost(loan) - _cost(early)), 2),
        "payoff_date": pd.Timestamp(early.summary().payoff_date),
        "reached": Words(f"answer.repay_early.{'yes' if reached else 'no'}"),
        "lowest_cash": lowest_cash(early, cash)[0],
    }


def _to_be_free(loan: Loan, on: Any, free_by: Any, cash: Cash) -> dict[str, Any]:
    reached = day_of(loan, free_by) >= day_of(loan, on)
    amount = amount_to_be_free_by(loan, on, free_by) if reached else owed(loan, on) / 100
    then = "shorten" if can_shorten(loan, on) else "lower"
    return _row(loan, on, amount, then, reached, cash)


def _free_words(loan: Loan, on: Any, free_by: Any, row: dict[str, Any]) -> Words:
    fields = {
        "goal": free_by,
        "day": iso(day_of(loan, on)),
        "amount": row["amount"],
        "with_cash": _with(row["cash_needed"], float(loan.prepay_fee_rate) > 0),
        "end": row["payoff_date"],
    }
    if day_of(loan, free_by) < day_of(loan, on):
        key = "free_never"
    elif row["amount"] == 0:
        key = "free_anyway"
    elif round(row["amount"] * 100) == owed(loan, on):
        key = "free_all"
    elif not can_shorten(loan, on):
        key = "free_rest"
    else:
        key = "free_principal" if loan.method == "equal_principal" else "free"
    return Words(f"answer.repay_early.{key}", **fields)


def _with(cash: float, fee: bool) -> Words:
    """Say what leaves the pocket that day, and for what."""
    return Words(f"answer.repay_early.with_{'fee' if fee else 'interest'}", cash=cash)


def _save_words(on: Any, save: float, name: Text, found: Sought, lowest: float) -> Words:
    never = "none" if found.value < FEN else "fen" if found.value < 5 * FEN else "never"
    if never == "never" and lowest <= -FEN:
        never = "never_short"
    return Words(
        f"answer.repay_early.save{'' if found.reached else f'_{never}'}",
        save=save,
        name=name,
        amount=found.amount,
        most=found.value,
        day=on,
    )
