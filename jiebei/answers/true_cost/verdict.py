"""What does the loan really cost a year? From the daily rate to the effective one."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.answers.shared.quotes import points, side, yearly
from jiebei.answers.true_cost.how import how
from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, passage, percent
from jiebei.life.rules.court import simple_rate
from jiebei.life.rules.facts import KnownRate, cited, facts, latest_lpr
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_days, month_of
from jiebei.units.fen import FEN
from jiebei.value.rates import annual_rate, periodic_rate
from jiebei.value.worth import BANK_YEAR, DAYS_A_YEAR

__all__ = ["Lines", "answer", "lines_on", "misreadings", "monthly_rate"]


class Lines(NamedTuple):
    """The lines that courts and supervisors draw, a year, and where they are from."""

    judicial: float
    judicial_document: Text
    times_lpr: float
    times_since: pd.Timestamp
    times_document: Text
    penalty: float  # times the contract rate, the most that is allowed
    lpr: KnownRate

    @property
    def four_lpr(self) -> float:
        """Return four times the one-year LPR."""
        return self.times_lpr * self.lpr.rate


def lines_on(as_of: Any) -> Lines:
    """Look up the lines that held on a day.

    Examples
    --------
    >>> lines = lines_on("2025-06-01")
    >>> print(lines.judicial, round(lines.four_lpr, 4), lines.penalty)
    0.24 0.12 1.5
    """
    table = facts("legal_lines").set_index("line")
    court: Any = table.loc["judicial line"]
    times: Any = table.loc["four times LPR"]
    penalty: Any = table.loc["highest penalty"]
    return Lines(
        court["value"],
        cited(court),
        times["value"],
        times["from"],
        cited(times),
        penalty["value"],
        latest_lpr(as_of),
    )


# The answer --------------------------------------------------------------------------------


def answer(loan: Loan, as_of: Any) -> Answer:
    """Say what the loan is quoted at, what it really costs a year, and how near the lines that is.

    Parameters
    ----------
    loan : Loan
        One scenario.
    as_of : date
        The day on which the lines are looked up.
    """
    daily, effective = float(loan.daily_rate), float(loan.summary().effective_rate)
    simple = float(simple_rate(loan))
    quoted = yearly(daily)
    readings: dict[str, tuple[str, Text]] = {
        "daily": (daily_words(daily), ""),
        "simple_365": (percent(quoted), f"{daily_words(daily)} × 365"),
        "simple_360": (percent(annual_rate(daily, BANK_YEAR)), f"{daily_words(daily)} × 360"),
        **_monthly(loan),
        "effective": (percent(effective), Words("answer.true_cost.how_effective")),
    }
    table = pd.DataFrame.from_dict(
        {Words(f"answer.true_cost.{name}"): each for name, each in readings.items()},
        orient="index",
        columns=["rate", "how"],
    ).rename_axis("reading")
    lines = lines_on(as_of)
    parts = [_really(daily, effective, simple), _against(simple, lines, as_of)]
    return Answer(passage(parts), table, note(lines), partial(how, loan))


def _monthly(loan: Loan) -> dict[str, tuple[str, Text]]:
    """Return the reading by months; of a loan for days there is none."""
    if loan.months is None:
        return {}
    monthly = 12 * monthly_rate(loan)
    return {"monthly": (percent(monthly), f"{percent(monthly / 12, 4)} × 12")}


def _really(daily: float, effective: float, simple: float) -> Words:
    """Say what is paid, how far that is from what is quoted, and whether rounding makes it so."""
    quoted = yearly(daily)
    key = side(effective, quoted, ("less", "same", "more"))
    rounded = 2 * abs(simple - quoted) > abs(effective - quoted)  # most of the distance
    return Words(
        f"answer.true_cost.really_{key}{'_fen' if rounded and key != 'same' else ''}",
        daily=daily_words(daily),
        quoted=quoted,
        effective=effective,
        gap=points(effective, quoted),
    )


def _against(simple: float, lines: Lines, as_of: Any) -> Words:
    """Place all that the loan costs, as courts count it, against the lines there are by then."""
    first = _side(simple, lines.judicial)
    if pd.Timestamp(as_days(as_of, "as_of")[0].astype("M8[D]").item()) < lines.times_since:
        return Words(
            "answer.true_cost.against_before",
            simple=simple,
            line=lines.judicial,
            first=first,
            since=lines.times_since,
        )
    second = _side(simple, lines.four_lpr)
    fields: dict[str, Any] = {
        "simple": simple,
        "line": lines.judicial,
        "four": lines.four_lpr,
    }
    return Words("answer.true_cost.against", first=first, second=second, **fields)


def _side(rate: float, line: float) -> Words:
    return Words(f"answer.true_cost.{side(rate, line)}", gap=points(rate, line))


def note(lines: Lines) -> Text:
    """Say where the lines are from, and up to when the LPR is known."""
    known: Text = Words("answer.true_cost.lpr_known", day=lines.lpr.date, rate=lines.lpr.rate)
    if lines.lpr.note:
        known = passage([known, Words("answer.true_cost.lpr_ends")])
    documents = {"court": lines.judicial_document, "private": lines.times_document}
    return passage([Words("answer.true_cost.note", line=lines.judicial, **documents), known])


def monthly_rate(loan: Loan) -> float:
    """Return the rate per month that fits the payments, months taken as equal (月利率, IRR).

    Examples
    --------
    >>> loan = Loan(10_000, daily_rate=0.0005, months=12, start="2026-01-10", day_count="thirty")
    >>> round(monthly_rate(loan), 5)
    0.015
    """
    flows = loan.cashflows(["date", "drawn", "payment"])
    month = month_of(flows["date"].to_numpy().astype("M8[D]").astype(np.int64))
    cash = (flows["drawn"] - flows["payment"]).to_numpy()
    return periodic_rate(np.bincount((month - month[0]).astype(np.intp), cash))


# Common wrong answers ----------------------------------------------------------------------


def misreadings(loan: Loan) -> Answer:
    """Correct two common wrong answers: daily rate / 365, and interest / principal / years."""
    total, daily = loan.summary(), float(loan.daily_rate)
    years = total.days_in_debt / DAYS_A_YEAR
    owed = total.yuan_days / total.days_in_debt
    flat = round(total.interest / total.principal / years, 10)
    simple = round(total.interest / owed / years, 10)
    to_the_end = total.principal - owed < FEN
    right_flat = "right_flat" if to_the_end else "wrong_flat"
    rows = {
        "divided": (daily / DAYS_A_YEAR, Words("answer.true_cost.wrong_divided")),
        "flat": (flat, Words(f"answer.true_cost.{right_flat}")),
        "on_average": (simple, Words("answer.true_cost.right_simple")),
        "effective": (total.effective_rate, Words("answer.true_cost.right_effective")),
    }
    table = pd.DataFrame(
        {
            "rate": [
                percent(rate, 5 if name == "divided" else 2) for name, (rate, _) in rows.items()
            ],
            "verdict": [verdict for _, verdict in rows.values()],
        },
        index=pd.Index([Words(f"answer.true_cost.{name}") for name in rows], name="reading"),
    )
    if total.interest == 0:
        return Answer(Words("answer.true_cost.flat_zero"), table)
    key = "same" if to_the_end else "half"
    text = Words(
        f"answer.true_cost.flat_{key}",
        flat=flat,
        share=flat / total.effective_rate,
        effective=total.effective_rate,
        principal=total.principal,
        owed=owed,
        simple=simple,
        quoted=yearly(daily),
    )
    return Answer(text, table)
