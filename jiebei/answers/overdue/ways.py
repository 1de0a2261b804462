"""Money is short on the due day: the ways to pay a part, pay late, borrow elsewhere, or extend."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.compare.compare import net_benefit
from jiebei.engine.arrears import ORDERS
from jiebei.language.words import Text, Words, passage, written
from jiebei.life.late.costs import Elsewhere, called, due_date, due_then, falls_due
from jiebei.life.late.when_short import Extension, given_back, missing, ways
from jiebei.life.rules.court import settled
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import money, share

__all__ = ["answer", "orders"]


def answer(
    loan: Loan,
    instalment: int,
    days: int,
    can_pay: float,
    extension: Extension,
    elsewhere: Elsewhere,
    savings_rate: float,
) -> Answer:
    """Say which way to take with the money in hand on the due day, one that is not late first.

    All ways are held against paying on time on the day on which the rest comes, as if the loan were
    settled then: what later days cost counts for none of them.

    Parameters
    ----------
    loan : Loan
        As agreed, one scenario.
    instalment, days : int
        Which instalment, and how many days late the rest of it comes.
    can_pay : yuan
        In hand on the due day.
    extension : Extension
        As offered; months 0 for none.
    elsewhere : Elsewhere
        Money for what is missing on the due days, given back when the rest comes.
    savings_rate : decimal
        What money earns a year until it is paid.
    """
    money(can_pay, "can_pay", zero=True)
    share(savings_rate, "savings_rate")
    due = due_date(loan, instalment)
    found = ways(loan, instalment, days, can_pay, extension)
    rows: dict[Any, dict[str, Any]] = {
        name: _row(each, loan, (due, days), savings_rate) for name, each in found.items()
    }
    lent = missing(loan, due, days, can_pay)
    borrowed = given_back(lent, due + days, elsewhere, savings_rate)
    rows[Words("strategy.elsewhere")] = _on_top(rows[Words("strategy.pay_on_time")], borrowed)
    table: Any = pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")
    early: Any = pd.Series({name: _before(each, due, days) for name, each in found.items()})
    asked = early.reindex(table.index).fillna(table["cash_needed"])  # elsewhere lends the others
    within = (asked <= can_pay + FEN) | (not days)  # then all of it is there
    table["holds_that_day"] = [
        Words("answer.yes") if each else Words("answer.no") for each in within
    ]
    whole = due_then(loan, instalment)[1]
    if days and falls_due(loan, instalment, days) < FEN:
        parts: list[Text] = [Words("answer.overdue.nothing_due", due=due, days=days)]
    else:
        parts = _verdict(table[within], loan, (due, days, can_pay))
    if called(loan, instalment, days):
        then = float(table["payment_then"][table["days_late"] > 0].max())
        parts.append(Words("answer.overdue.way_called", day=due + days, then=then))
    table["days_late"] = [written(int(each), "count.day") for each in table["days_late"]]
    if days and extension.months and not within.loc[Words("strategy.extend")]:
        at_once = table.loc[Words("strategy.extend"), "cash_needed"] > can_pay + FEN
        parts.append(Words(f"answer.overdue.way_no_extension{'' if at_once else '_later'}"))
    if days and can_pay > 0 and whole >= FEN:
        parts.append(_part_words(table, can_pay, whole, days <= int(loan.grace_days)))
    return Answer(passage(parts), table, Words("answer.overdue.ways_note"))


def _before(way: Loan, due: Any, days: int) -> float:
    """Return what a way asks for from the due day on, before the rest of the money comes."""
    flows = way.cashflows(["date", "payment"])
    since, until = pd.Timestamp(due), pd.Timestamp(due + days)
    return float(flows["payment"][(flows["date"] >= since) & (flows["date"] < until)].sum())


def _row(way: Loan, loan: Loan, case: tuple[Any, int], savings_rate: float) -> dict[str, Any]:
    due, days = case
    flows = way.cashflows(["date", "payment", "days_late"])
    paid = flows.groupby("date")["payment"].sum()
    late, on_time = (settled(each, due + days) for each in (way, loan))
    costs = [
        total.interest + total.penalty + total.fee for total in (late.summary(), on_time.summary())
    ]
    return {
        "cash_needed": float(paid.get(pd.Timestamp(due), 0.0)),
        "payment_then": float(paid.get(pd.Timestamp(due + days), 0.0)),
        "extra_cost": round(costs[0] - costs[1], 2),
        "net_benefit": round(float(net_benefit(late, on_time, savings_rate, due + days)), 2),
        "days_late": int(flows["days_late"][flows["date"] >= pd.Timestamp(due)].max()),
    }


def _on_top(row: dict[str, Any], more: dict[str, float]) -> dict[str, Any]:
    return {name: round(each + more[name], 2) for name, each in row.items()}


def _verdict(within: pd.DataFrame, loan: Loan, case: tuple[Any, int, float]) -> list[Text]:
    """Name the way that leaves most without being late; what is cheaper, but late, comes second.

    A few yuan are no reason to recommend a record of years.
    """
    due, days, can_pay = case
    if not days:
        return [Words("answer.overdue.way_no_delay", due=due)]
    gain = within["net_benefit"]
    in_time = gain[within["days_late"] <= int(loan.grace_days)]
    most = float(in_time.max())
    best: Any = in_time.idxmax()
    fields: dict[str, Any] = {
        "best": best,
        "due": due,
        "days": days,
        "cash": can_pay,
        "grace": int(loan.grace_days),
        "amount": abs(most),
    }
    key = "same" if abs(most) < FEN else "gains" if most > 0 else "costs"
    if best == Words("strategy.pay_on_time"):
        text = Words("answer.overdue.way_on_time", **fields)
    elif within["days_late"][best]:
        text = Words(f"answer.overdue.way_grace_{key}", **fields)
    else:
        text = Words(f"answer.overdue.way_clean_{key}", **fields)
    parts: list[Text] = [text]
    if (gap := round(float(gain.max()) - most, 2)) >= FEN:
        parts.append(Words("answer.overdue.way_cheapest", late=gain.idxmax(), gap=gap))
    return parts


def _part_words(table: pd.DataFrame, can_pay: float, whole: float, in_grace: bool) -> Words:
    """Say what a part payment on the due day spares, and what it does not."""
    if can_pay > whole - FEN:
        return Words("answer.overdue.part_whole", part=whole)
    if in_grace:
        return Words("answer.overdue.part_grace", part=can_pay)
    rows: Any = table.loc
    late, part = (rows[Words(f"strategy.pay_{name}")] for name in ("late", "part"))
    spared = round(float(late["extra_cost"] - part["extra_cost"]), 2)
    fields = {"part": can_pay, "amount": spared}
    return Words(f"answer.overdue.{'part_spares' if spared >= FEN else 'part_nothing'}", **fields)


# What a part payment goes to ----------------------------------------------------------------


def orders(loan: Loan, instalment: int, days: int, amount: float) -> Answer:
    """Show what a part payment spares, by what penalty runs on and what a payment goes to first.

    Returns
    -------
    Answer
        Table by rule: `spared_at_once` if it is paid on the due day, `spared_midway` if it is paid
        when half of the days have passed.
    """
    due, whole = due_date(loan, instalment), due_then(loan, instalment)[1]
    paid = min(float(money(amount, "can_pay", zero=True)) / 100, whole)
    rows = {}
    for base in ("principal_and_interest", "principal"):
        for order in ORDERS:
            late = loan.but(penalty_on=base, payment_order=order).pay_late(instalment, days)
            penalty = float(late.summary().penalty)
            rows[Words(f"answer.overdue.{base}"), Words(f"answer.overdue.{order}")] = [
                _spared(late, penalty, paid * (after < days), due + after)
                for after in (0, max(days // 2, 1))
            ]
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.columns = pd.Index(["spared_at_once", "spared_midway"])
    names = [Words("answer.overdue.rule", base=base, order=order) for base, order in rows]
    table.index = pd.Index(names, name="rule")
    text = Words("answer.overdue.part_whole", part=paid) if paid == whole else ""
    yours = Words(
        "answer.overdue.rule",
        base=Words(f"answer.overdue.{loan.penalty_on}"),
        order=Words(f"answer.overdue.{loan.payment_order}"),
    )
    note = Words("answer.overdue.rules_note", yours=yours)
    return Answer(text or _orders_words(table, paid), table, note)


def _spared(late: Loan, penalty: float, paid: float, on: Any) -> float:
    """Return how much less penalty there is with a part payment."""
    return round(penalty - float(late.pay(paid, on=on).summary().penalty), 2)


def _orders_words(table: pd.DataFrame, part: float) -> Words:
    """Say what paying a part spares: by when it is paid, and within that by the contract."""
    if part < FEN:
        return Words("answer.overdue.rules_no_part")
    if float(table.to_numpy().max()) < FEN:
        return Words("answer.overdue.rules_nothing", part=part)
    once, midway = (_spread(table[each]) for each in ("spared_at_once", "spared_midway"))
    return Words("answer.overdue.rules_apart", part=part, once=once, midway=midway)


def _spread(spared: pd.Series[float]) -> Text:
    """Write from the least to the most; two roundings instead of one may cost a fen."""
    least, most = (max(float(each), 0.0) for each in (spared.min(), spared.max()))
    key = "one" if most - least < FEN else "spread"
    return Words(f"answer.overdue.rules_{key}", least=least, most=most)
