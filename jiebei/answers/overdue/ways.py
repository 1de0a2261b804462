"""Money is short on the due day: the ways to pay a part, pay late, borrow elsewhere, or extend."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.compare.compare import net_benefit
from jiebei.engine.arrears import ORDERS
from jiebei.language.words import count, day, headline_yuan, say, sentence, sentences
from jiebei.life.late.costs import Elsewhere, due_date, due_then
from jiebei.life.late.ways import Extension, given_back, missing, ways
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
    rows = {name: _row(each, loan, (due, days), savings_rate) for name, each in found.items()}
    lent = missing(loan, due, days, can_pay)
    borrowed = given_back(lent, due + days, elsewhere, savings_rate)
    rows[say("strategy.elsewhere")] = _on_top(rows[say("strategy.pay_on_time")], borrowed)
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")
    within = (table["cash_needed"] <= can_pay + FEN) | (not days)  # then all of it is there
    table["holds"] = [say("answer.yes") if each else say("answer.no") for each in within]
    whole = due_then(loan, instalment)[1]
    parts = _verdict(table[within], loan, (due, days, can_pay))
    table["days_late"] = [count(each, "day") for each in table["days_late"]]
    if days and extension.months and not within[say("strategy.extend")]:
        parts.append(say("answer.overdue.way_no_extension"))
    if days and can_pay > 0:
        parts.append(_part_words(table, can_pay, whole))
    return Answer(sentences(parts), table, say("answer.overdue.ways_note"))


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
        "days_late": int(flows["days_late"].max()),
    }


def _on_top(row: dict[str, Any], more: dict[str, float]) -> dict[str, Any]:
    return {name: round(each + more[name], 2) for name, each in row.items()}


def _verdict(within: pd.DataFrame, loan: Loan, case: tuple[Any, int, float]) -> list[str]:
    """Name the way that leaves most without being late; what is cheaper, but late, comes second.

    A few yuan are no reason to recommend a record of years.
    """
    due, days, can_pay = case
    if not days:
        return [say("answer.overdue.way_no_delay", due=day(due))]
    gain = within["net_benefit"]
    in_time = gain[within["days_late"] <= int(loan.grace_days)]
    best, most = str(in_time.idxmax()), float(in_time.max())
    fields = {
        "best": best,
        "due": day(due),
        "days": count(days, "day"),
        "cash": headline_yuan(can_pay),
        "amount": headline_yuan(abs(most)),
    }
    key = "same" if abs(most) < FEN else "gains" if most > 0 else "costs"
    on_time = best == say("strategy.pay_on_time")
    text = say(f"answer.overdue.way_{'on_time' if on_time else f'clean_{key}'}", **fields)
    parts = [sentence(text)]
    if (gap := round(float(gain.max()) - most, 2)) >= FEN:
        late = {"late": str(gain.idxmax()), "gap": headline_yuan(gap)}
        parts.append(sentence(say("answer.overdue.way_cheapest", **late)))
    return parts


def _part_words(table: pd.DataFrame, can_pay: float, whole: float) -> str:
    """Say what a part payment on the due day spares, and what it does not."""
    if can_pay > whole - FEN:
        return say("answer.overdue.part_whole", part=headline_yuan(whole))
    rows: Any = table.loc
    late, part = (rows[say(f"strategy.pay_{name}")] for name in ("late", "part"))
    spared = round(float(late["extra_cost"] - part["extra_cost"]), 2)
    fields = {"part": headline_yuan(can_pay), "amount": headline_yuan(spared)}
    return say(f"answer.overdue.{'part_spares' if spared >= FEN else 'part_nothing'}", **fields)


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
            rows[say(f"answer.overdue.{base}"), say(f"answer.overdue.{order}")] = [
                _spared(late, penalty, paid * (after < days), due + after)
                for after in (0, max(days // 2, 1))
            ]
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.columns = pd.Index(["spared_at_once", "spared_midway"])
    names = [say("answer.overdue.rule", base=base, order=order) for base, order in rows]
    table.index = pd.Index(names, name="rule")
    part = headline_yuan(paid)
    text = say("answer.overdue.part_whole", part=part) if paid == whole else ""
    return Answer(text or _orders_words(table, part), table, say("answer.overdue.rules_note"))


def _spared(late: Loan, penalty: float, paid: float, on: Any) -> float:
    """Return how much less penalty there is with a part payment."""
    return round(penalty - float(late.pay(paid, on=on).summary().penalty), 2)


def _orders_words(table: pd.DataFrame, part: str) -> str:
    """Say what paying a part spares: by when it is paid, and within that by the contract."""
    if float(table.to_numpy().max()) < FEN:
        return say("answer.overdue.rules_nothing", part=part)
    once, midway = (_spread(table[each]) for each in ("spared_at_once", "spared_midway"))
    return say("answer.overdue.rules_apart", part=part, once=once, midway=midway)


def _spread(spared: pd.Series[float]) -> str:
    """Write from the least to the most; two roundings instead of one may cost a fen."""
    least, most = (headline_yuan(max(float(each), 0.0)) for each in (spared.min(), spared.max()))
    return least if least == most else say("answer.overdue.rules_spread", least=least, most=most)
