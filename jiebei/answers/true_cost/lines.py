"""What does the loan really cost a year? Against the lines that courts and supervisors draw."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.quotes import points, side, yearly
from jiebei.answers.true_cost.verdict import Lines, lines_on
from jiebei.compare.turns import turns
from jiebei.language.figures import daily_words
from jiebei.language.words import Words, passage, percent
from jiebei.life.rules.court import simple_rate
from jiebei.life.rules.facts import facts, usual_rates
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_days
from jiebei.units.reading import HIGHEST_DAILY_RATE
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["crossing", "late", "lpr", "rates"]

SHOWN_RATES = (0.00015, 0.0002, 0.0003, 0.0004, 0.00045, 0.0005, 0.0006)
ANY_PRINCIPAL = 100_000
CONFIRMED = "confirmed"


def effective(loan: Loan, daily_rates: Any) -> npt.NDArray[np.float64]:
    """Return the effective rate of the loan at other daily rates."""
    return np.asarray(loan.but(daily_rate=daily_rates).summary().effective_rate)


def simple(loan: Loan, daily_rates: Any) -> npt.NDArray[np.float64]:
    """Return the loan's simple rate, all costs included, at other daily rates."""
    return np.asarray(simple_rate(loan.but(daily_rate=daily_rates)))


def crossing(loan: Loan, line: float) -> float:
    """Return the daily rate from which on the simple rate of the loan is above a line.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=60, start="2026-12-01", method="bullet")
    >>> round(crossing(loan, 0.24) * 365, 4)
    0.24
    """
    loan = loan.but(principal=ANY_PRINCIPAL)  # a rate does not depend on the amount
    return turns(lambda rates: simple(loan, rates) - line, 0.0, HIGHEST_DAILY_RATE)[0][1]


# Paying late -------------------------------------------------------------------------------


def late(loan: Loan, as_of: Any) -> Answer:
    """Say what paying late costs a year, and from which daily rate on it passes the line (罚息)."""
    lines, daily = lines_on(as_of), float(loan.daily_rate)
    rates = np.unique([*SHOWN_RATES, daily])
    table = pd.DataFrame(
        {
            "annual_rate": yearly(rates),
            "effective_rate": effective(loan, rates),
            "penalty_rate": [percent(each) for each in yearly(rates * lines.penalty)],
        },
        index=pd.Index([daily_words(each) for each in rates], name="daily_rate"),
    )
    over = [
        _over(rate, yearly(each * lines.penalty), lines.judicial)
        for each, rate in zip(rates, simple(loan, rates), strict=True)
    ]
    table["over"] = pd.Series(over, table.index)
    penalty = yearly(daily * lines.penalty)
    text = Words(
        f"answer.true_cost.late_{side(penalty, lines.judicial)}",
        times=f"{lines.penalty:g}",
        daily=daily_words(daily * lines.penalty),
        penalty=penalty,
        line=lines.judicial,
        gap=points(penalty, lines.judicial),
    )
    note = Words("answer.true_cost.late_note", times=f"{lines.penalty:g}")
    return Answer(passage([text, _passes(loan, lines)]), table, note)


def _over(rate: float, penalty: float, line: float) -> Words:
    return Words(f"answer.true_cost.over_{_which(rate, penalty, line)}")


def _which(rate: float, penalty: float, line: float) -> str:
    """Tell which of the two is above the line; the penalty is the first to be, fen apart."""
    loan_is, penalty_is = (side(each, line) == "above" for each in (rate, penalty))
    if loan_is and penalty_is:
        return "both"
    return "loan" if loan_is else "penalty" if penalty_is else "neither"


def _passes(loan: Loan, lines: Lines) -> Words:
    line = lines.judicial
    penalty, normal = _up(line / lines.penalty / DAYS_A_YEAR), _up(crossing(loan, line))
    return Words("answer.true_cost.passes", normal=normal, line=line, late=penalty)


def _up(daily_rate: float) -> float:
    """Round up what is shown with four decimals: a hair below, the line is not passed yet."""
    return round(float(np.ceil(round(daily_rate * 1e6, 3))) / 1e6, 6)


def rates(loan: Loan, as_of: Any) -> Axes:
    """Draw the quoted, the effective and the penalty rate over the daily rate (日利率与年利率)."""
    lines, daily = lines_on(as_of), float(loan.daily_rate)
    lowest, highest = usual_rates()
    x = np.union1d(np.linspace(min(lowest, daily), max(highest, daily), 91), daily)
    penalty = Words("answer.true_cost.penalty_line", times=f"{lines.penalty:g}")
    court = Words("answer.true_cost.court_line", line=lines.judicial)
    four = Words("answer.true_cost.four_line", four=lines.four_lpr)
    really, named = (Words(f"answer.true_cost.{key}_line") for key in ("effective", "quoted"))
    values = {
        really: effective(loan, x),
        named: yearly(x),
        penalty: yearly(x) * lines.penalty,
        court: np.full(len(x), lines.judicial),
        four: np.full(len(x), lines.four_lpr),
    }
    here = int(np.searchsorted(x, daily))
    yours = {each: round(float(values[each][here]), 10) for each in (really, named, penalty)}
    return charts.lines(
        x,
        values,
        x_kind="percent",
        y_kind="percent",
        x_label=Words("answer.true_cost.daily_label"),
        dashed=[court, four],
        mark=(daily, Words("answer.true_cost.yours", daily=daily_words(daily))),
        told={
            each: Words("answer.true_cost.yours_a_year", rate=rate, daily=daily_words(daily))
            for each, rate in yours.items()
        },
        title=_rates_title(loan, lines),
        subtitle=Words("answer.true_cost.rates_subtitle"),
        note=Words("answer.true_cost.rates_note"),
    )


def _rates_title(loan: Loan, lines: Lines) -> Words:
    """Say how the reader's own rate, and its penalty, stand to the line of the courts."""
    daily, rate = float(loan.daily_rate), float(simple_rate(loan))
    penalty = float(yearly(daily * lines.penalty))
    fields: dict[str, Any] = {"daily": daily_words(daily), "line": lines.judicial}
    fields |= {"simple": rate, "penalty": penalty}
    fields["effective"] = float(effective(loan, daily))
    return Words(f"answer.true_cost.rates_{_which(rate, penalty, lines.judicial)}", **fields)


# Four times the LPR ------------------------------------------------------------------------


def lpr(loan: Loan, as_of: Any) -> Axes:
    """Draw four times the LPR since it counts, as far as it is known, with the loan's rate."""
    lines, rate = lines_on(as_of), float(simple_rate(loan))
    table = facts("lpr")
    until = as_days(as_of, "as_of")[0].astype("M8[D]")
    table = table[table["date"] <= until]
    counts = table["date"] >= lines.times_since
    table = table[counts] if counts.any() else table
    four = lines.times_lpr * table["lpr_1y"].to_numpy()
    weak = (table["confidence"] != CONFIRMED).to_numpy()
    joined = weak | np.append(weak[1:], False)  # the dashed line begins where the other ends
    names = {
        name: Words(f"answer.true_cost.{name}") for name in ("four_times", "four_weak", "your_loan")
    }
    court = Words("answer.true_cost.court_line", line=lines.judicial)
    values = {
        names["your_loan"]: np.full(len(four), rate),
        names["four_times"]: np.where(weak, np.nan, four),
        court: np.full(len(four), lines.judicial),
    }
    if weak.any():
        values[names["four_weak"]] = np.where(joined, four, np.nan)
    path = {"first": four[0], "last": four[-1], "day": table["date"].iloc[-1]}
    moved = side(four[-1], four[0], ("moved", "still", "moved"))
    title = Words(
        f"answer.true_cost.lpr_{side(rate, float(four[-1]))}",
        rate=rate,
        path=Words(f"answer.true_cost.lpr_{moved}", **path),
    )
    parts = [Words("answer.true_cost.lpr_note", since=lines.times_since)]
    if lines.lpr.note:
        parts.append(Words("answer.true_cost.lpr_note_ends", day=lines.lpr.date))
    return charts.lines(
        table["date"].to_numpy(),
        values,
        x_kind="date",
        y_kind="percent",
        steps=True,
        dashed=[names["four_weak"], court],
        title=title,
        subtitle=Words("answer.true_cost.lpr_subtitle"),
        note=passage(parts),
    )
