"""Which offer is better? What a pause costs later, and what the rules say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.shared.quotes import points, side, yearly
from jiebei.compare.compare import Cash
from jiebei.language.errors import JiebeiError
from jiebei.language.words import (
    Text,
    Words,
    passage,
)
from jiebei.life.negotiation.carried import kept_short, lowest, short_from, worst_on
from jiebei.life.negotiation.standing import Debt, payments, takes, worth
from jiebei.life.rules.court import all_in
from jiebei.life.rules.facts import cited, facts
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_days, iso
from jiebei.units.fen import FEN
from jiebei.units.reading import whole_number

__all__ = ["relief", "rules"]

ALMOST = 0.001  # of all that is paid: less is next to nothing
KINDS = ("paid", "billed", "capitalised", "waived")
# The lines of data/legal_lines.csv that matter here, and whether they bind this lender.
RULES = {
    "judicial line": ("line", "yes"),
    "highest penalty": ("penalty", "yes"),
    "extension": ("extension", "yes"),
    "individual instalments": ("cards", "no"),
    "record of late payment": ("record", "yes"),
    "one-off credit repair": ("repair", "ended"),
    "collection, guideline of the banks": ("collection", "members"),
}


# Hardship relief ---------------------------------------------------------------------------


def relief(debt: Debt, ask_months: int, grace_months: int, cash: Cash, own_rate: float) -> Answer:
    """Show what a pause (纾困延期) gives now and costs later, by what becomes of its interest.

    Parameters
    ----------
    debt : Debt
    ask_months : int
        Instalments of the new plan at the present rate, nothing let off, 1 to 60.
    grace_months : int
        Months without principal before it, 0 to 60.
    cash : Cash
    own_rate : decimal
    """
    months = int(whole_number(ask_months, "ask_months", 1, MOST_MONTHS))
    pause = int(whole_number(grace_months, "grace_months", 0, MOST_MONTHS))
    plan = debt.late.restructure(months, on=debt.on)
    ways: dict[Any, Loan] = {Words("answer.negotiate.pause_none"): plan}
    for kind in KINDS if pause else ():
        paused = plan.defer(pause, on=debt.on, interest=kind)
        ways[Words(f"answer.negotiate.pause_{kind}")] = paused
    if pause and debt.missed:
        ways |= _without_a_plan(debt, pause)
    paid = takes(plan, debt.on).paid
    rows = {name: _row(way, debt, cash, own_rate, paid) for name, way in ways.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("interest_meanwhile")
    alone = table.index == Words("answer.negotiate.pause_alone")
    table.loc[alone, "costs_more"] = np.nan  # no plan: it is held against catching up instead
    return Answer(_relief_words(table, ways, pause, debt, cash), table)


def _without_a_plan(debt: Debt, pause: int) -> dict[Words, Loan]:
    """Return the pause alone, where the loan allows one: what is overdue stays overdue."""
    paused = debt.late.defer(pause, on=debt.on, interest="capitalised")
    try:
        paused.summary()
    except JiebeiError:
        return {}
    return {Words("answer.negotiate.pause_alone"): paused}


def _row(way: Loan, debt: Debt, cash: Cash, own_rate: float, paid: float) -> dict[str, Any]:
    flows = payments(way, debt.on)
    first = flows[flows["payment"] > 0]
    taken, left = takes(way, debt.on), lowest(way, debt, cash)
    return {
        "carried": Words(f"answer.{'yes' if left > -FEN else 'no'}"),
        "first_payment": float(first["payment"].iloc[0]) if len(first) else 0.0,
        "first_payment_date": first["date"].iloc[0] if len(first) else pd.NaT,
        "month_at_most": taken.monthly,
        "payoff_date": flows["date"].iloc[-1],
        "paid_from_now": taken.paid,
        "costs_more": round(taken.paid - paid, 2),
        "worth_today": round(float(worth(way, debt, own_rate)), 2),
        "lowest_cash": left,
    }


def _relief_words(
    table: pd.DataFrame, ways: dict[Any, Loan], pause: int, debt: Debt, cash: Cash
) -> Text:
    """Say what the dearest and the cheapest kind of pause come to."""
    if not pause:
        return Words("answer.negotiate.relief_none")
    rows: dict[Any, Any] = dict(table.iterrows())
    added, free = (
        rows[Words(f"answer.negotiate.pause_{each}")] for each in ("capitalised", "waived")
    )
    plan = table.iloc[0]
    higher = float(added["month_at_most"] - plan["month_at_most"])
    fields: dict[str, Any] = {
        "pause": pause,
        "day": added["first_payment_date"],
        "cost": added["costs_more"],
        "higher": higher,
    }
    if added["costs_more"] < FEN:
        return Words("answer.negotiate.relief_free", **fields)
    key = "relief_added" if higher >= FEN else "relief_added_flat"
    parts = [Words(f"answer.negotiate.{key}", **fields)]
    # The days of the months that are paid for differ a little.
    same = abs(free["costs_more"]) < ALMOST * plan["paid_from_now"]
    cost = abs(free["costs_more"])
    key = "same" if same else "more" if free["costs_more"] > 0 else "less"
    parts.append(Words(f"answer.negotiate.relief_waived_{key}", cost=cost))
    alone = Words("answer.negotiate.pause_alone")
    if alone in rows:
        parts += _alone_words(rows[alone], ways[alone], debt, cash)
    return passage(parts)


def _alone_words(then: Any, paused: Loan, debt: Debt, cash: Cash) -> list[Words]:
    """Say what a pause without a plan leads to, and what it costs against catching up."""
    fields: dict[str, Any] = {
        "amount": then["first_payment"],
        "day": then["first_payment_date"],
    }
    key = "alone" if debt.owed["penalty"] > FEN else "alone_plain"
    parts = [Words(f"answer.negotiate.relief_{key}", **fields)]
    kept = kept_short(cash)  # what is kept back is no fault of the pause
    cash = replace(cash, in_hand=cash.in_hand + kept)
    short = -then["lowest_cash"] - kept
    if short > FEN:
        first = short_from(paused, debt, cash)
        key = "short" if first == then["first_payment_date"] else "later"
        days = {"first": first, "worst": worst_on(paused, debt, cash)}
        key = "once" if key == "later" and first == days["worst"] else key
        parts.append(Words(f"answer.negotiate.relief_alone_{key}", short=short, **days))
    more = float(then["paid_from_now"] - takes(debt.caught_up, debt.on).paid)
    if more > FEN:
        parts.append(Words("answer.negotiate.relief_alone_more", more=more))
    return parts


# What the rules say ------------------------------------------------------------------------


def rules(debt: Debt, penalty_multiple: float) -> Answer:
    """Say which rules help, which are only said to, and how what is charged stands to 24 % a year.

    Parameters
    ----------
    debt : Debt
    penalty_multiple : decimal
        The penalty rate as a multiple of the daily rate.

    Returns
    -------
    Answer
        Its table is from data/legal_lines.csv.
    """
    lines = facts("legal_lines").set_index("line")
    line = float(lines["value"]["judicial line"])
    rows = {}
    for name, (key, binds) in RULES.items():
        rule: Any = lines.loc[name]
        value = float(rule["value"])
        fields = {
            "line": line,
            "multiple": value,
            "most": value,
            "until": rule["until"],
        }
        rows[Words(f"answer.negotiate.rule_{key}")] = {
            "says": Words(f"answer.negotiate.says_{key}", **fields),
            "binds": Words(f"answer.negotiate.binds_{binds}"),
            "document": cited(rule),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("rule")
    return Answer(_line_words(debt, penalty_multiple, line), table)


def _line_words(debt: Debt, multiple: float, line: float) -> Text:
    """Say how the penalty rate stands to the line, and what of all that is charged is above it."""
    rate = float(yearly(float(debt.late.daily_rate) * multiple))
    where = side(rate, line)
    fields: dict[str, Any] = {"rate": rate, "line": line, "points": points(rate, line)}
    if debt.missed:
        found = all_in(
            debt.late, debt.on, since=iso(int(as_days(debt.on, "on")[0]) - debt.days_late)
        )
        fields |= {"total": found.rate, "above": found.excess}
        if found.excess >= FEN:
            where = "above_owed"
        elif where == "above":
            where = "above_within"
    texts = [
        Words("answer.negotiate.rules_none"),
        Words(f"answer.negotiate.line_{where}", **fields),
    ]
    return passage(texts)
