"""Repay and borrow again? What the answer depends on, and where it turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.reborrow.verdict import least_again, needless, out_of_reach
from jiebei.answers.shared import verdicts
from jiebei.answers.shared.beside import rates_beside
from jiebei.answers.shared.frontier import Along, over
from jiebei.compare.compare import Cash, flip, lowest_cash, net_benefit
from jiebei.compare.turns import turns
from jiebei.compare.vary import vary, weighs_most
from jiebei.language.words import (
    Text,
    Words,
    passage,
    written,
)
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.loan.terms import MOST_MONTHS, least_months
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import HIGHEST_DAILY_RATE
from jiebei.units.term import instalments_in
from jiebei.value.rates import annual_rate

__all__ = ["Again", "depends", "frontier", "rates"]

Again = Callable[..., Plan]  # borrow again, with other amount, on, daily_rate or months
STEP = 0.0001  # a day


# What it depends on ------------------------------------------------------------------------


def depends(loan: Loan, again: Again, cash: Cash, savings_rate: float, at: Any) -> Answer:
    """Show the net benefit of borrowing again when one thing changes.

    Parameters
    ----------
    loan : Loan
        Kept as agreed.
    again : callable
        `again(amount=, on=, daily_rate=, months=)` returns the plan; what is not given stays.
    cash : Cash
        With the need; only as much as is missing then is one of the changes.
    savings_rate : decimal
    at : date
        The net benefit is in yuan of that day.
    """
    plan = again()
    new = plan.loans[-1]
    start = new.terms["start"].astype("M8[D]")
    cases: dict[Words, tuple[dict[str, Any], float]] = {
        Words("answer.reborrow.case_yours"): ({}, savings_rate)
    }
    for other in rates_beside(new.daily_rate, STEP):
        case = Words("answer.reborrow.case_rate", rate=other)
        cases[case] = ({"daily_rate": other}, savings_rate)
    for months in (3, 6, 12, 24):
        if months != new.term and months >= least_months(new.method, new.interest_only_months):
            case = Words("answer.reborrow.case_months", months=months)
            cases[case] = ({"months": months}, savings_rate)
    later = start + np.timedelta64(30, "D")
    cases[Words("answer.reborrow.case_later", day=later)] = ({"on": later}, savings_rate)
    least = least_again(plan, cash)
    if 0 < least < new.terms["principal"] / 100:
        case = Words("answer.reborrow.case_least", amount=least)
        cases[case] = ({"amount": least}, savings_rate)
    for other in (0.0, 0.2):
        if other != savings_rate:
            cases[Words("answer.reborrow.case_savings", rate=other)] = ({}, other)

    def row(case: tuple[dict[str, Any], float]) -> dict[str, Any]:
        change, savings = case
        plan = again(**change)
        holds = lowest_cash(plan, cash)[0] > -FEN
        return {"net_benefit": float(net_benefit(plan, loan, savings, at)), "holds": holds}

    table = vary(cases, row, of="net_benefit")
    holds = table["holds"].to_numpy(np.bool_)
    table["holds"] = table["holds"].map({True: Words("answer.yes"), False: Words("answer.no")})
    return Answer(_weighs(table[["net_benefit", "change"]], holds), table)


def _weighs(table: pd.DataFrame, holds: npt.NDArray[np.bool_]) -> Text:
    """Say in how many cases it pays to borrow again, and what weighs most."""
    if not holds.any():
        return Words("answer.reborrow.depends_none")
    text = _pays(table[holds])
    short = Words("answer.reborrow.depends_short", n=int((~holds).sum()))
    return text if holds.all() else passage([text, short])


def _pays(table: pd.DataFrame) -> Words:
    benefit = table["net_benefit"]
    pays, loses = int((benefit > FEN).sum()), int((benefit < -FEN).sum())
    if pays + loses == 0:
        return Words("answer.reborrow.depends_same")
    if len(benefit) in (pays, loses):
        names = Words("strategy.reborrow"), Words("strategy.keep")
        name, other = names if pays else names[::-1]
        return Words("answer.reborrow.depends_all", name=name, other=other)
    weight: Any = weighs_most(table["change"])
    change = float(table["change"][weight])
    fields: dict[str, Any] = {"n": pays, "all": len(benefit), "case": weight, "change": change}
    return Words("answer.reborrow.depends_some", **fields)


# Where it turns ----------------------------------------------------------------------------


def rates(loan: Loan, again: Again, cash: Cash, savings_rate: float, at: Any) -> Answer:
    """Find the daily rate of the new loan at which it stops paying, and the savings rate.

    Daily rates from 0 to 0.5 % are searched, to a hundred-millionth. Where the cash does not
    last, no verdict is given.
    """
    plan = again()
    yours, borrowed = float(plan.loans[-1].daily_rate), plan.loans[-1].terms["principal"] / 100

    def worth(daily: npt.NDArray[np.float64]) -> Any:
        return net_benefit(again(daily_rate=daily), loan, savings_rate, at)

    root, key = _dearest(worth)
    fields: dict[str, Any] = {"rate": root, "year": annual_rate(root), "again": borrowed}
    parts: list[Text] = [Words(f"answer.reborrow.rate_{key}", **fields)]
    if key == "one":
        side = "above" if yours > root else "below"
        parts.append(Words(f"answer.reborrow.rate_{side}", rate=yours))
    parts += [_flip_words(plan, loan, borrowed), *needless(plan, loan, cash)]
    tried = sorted({yours, *np.array([0.00015, 0.0003, 0.0004, 0.0005, 0.0006, 0.0008]), root})
    table = pd.DataFrame(
        {
            "daily_rate": [written(each, "percent.4") for each in tried],
            "annual_rate": annual_rate(tried).round(9),  # 0.015 % a day are 5.475 % a year
            "net_benefit": worth(np.array(tried)),
        },
        pd.RangeIndex(1, len(tried) + 1),
    )
    return Answer(out_of_reach(plan, cash) or passage(parts), table)


def _dearest(worth: Callable[[npt.NDArray[np.float64]], Any]) -> tuple[float, str]:
    """Return the rate up to which borrowing again pays, and what kind of answer that is."""
    low, high = 0.0, HIGHEST_DAILY_RATE
    least, most = worth(np.array([high, low]))
    if most - least < FEN:
        return high, "same"
    if most <= FEN:
        return low, "never"
    if least >= -FEN:
        return high, "always"
    return turns(worth, low, high)[-1][0], "one"


def _flip_words(plan: Plan, loan: Loan, again: float) -> Words:
    """Say at which savings rate the answer turns."""
    found = flip(plan, loan)
    when, turning = verdicts.turns(found)
    if not turning.size:  # nothing turns, but at no gain at all they may be worth the same
        at_zero = found.roots.size and found.roots[0] <= verdicts.LEAST_RATE
        key = {"always": "zero_gains", "never": "zero_loses"}[when] if at_zero else when
        return Words(f"answer.reborrow.flip_{key}", again=again)
    if when == "several":
        return Words("answer.reborrow.flip_several", rates=tuple(turning), again=again)
    rates = Words("answer.reborrow.pair", low=turning[0], high=turning[-1])
    return Words(f"answer.reborrow.flip_{when}", rate=turning[0], rates=rates, again=again)


def frontier(loan: Loan, again: Again, cash: Cash, savings_rate: float, at: Any) -> Axes | Text:
    """Draw the net benefit over the rate and the term of the new loan, or say why not."""
    if out_of_reach(again(), cash):  # which the two answers above have told
        return Words("answer.reborrow.no_map")
    new = again().loans[-1]
    rate = float(new.daily_rate)
    highest = min(max(0.001, 1.5 * rate), HIGHEST_DAILY_RATE)
    fewest = least_months(new.method, new.interest_only_months)
    terms = np.arange(fewest, min(max(24, 2 * instalments_in(new.term)), MOST_MONTHS) + 1)

    def gain(daily: Any, terms: Any) -> Any:
        return net_benefit(again(daily_rate=daily, months=terms[:, None]), loan, savings_rate, at)

    x, y = Words("answer.reborrow.frontier_x"), Words("answer.reborrow.frontier_y")
    found = over(
        gain,
        Along(np.linspace(0.0, highest, 41), rate, x, shown=annual_rate),
        Along(terms, None if new.months is None else int(new.months), y, "number"),
    )
    if found.nothing:
        return Words("answer.reborrow.flip_equal")
    return found.draw(
        regions=(Words("answer.reborrow.frontier_yes"), Words("answer.reborrow.frontier_no")),
        subtitle=Words("answer.reborrow.frontier_subtitle", unit="{unit}"),
    )
