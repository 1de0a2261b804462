"""What does a grace period cost? Its four kinds measured, and whether the cash asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jiebei.answers.extend.verdict import postponed_rate
from jiebei.answers.shared.verdicts import unless
from jiebei.compare.compare import Cash, flip, horizon, lowest_cash, net_benefit
from jiebei.engine.decisions.new_terms import INTEREST
from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.how import Compared
from jiebei.units.days import as_days, due_date, iso, month_of
from jiebei.units.fen import FEN
from jiebei.units.reading import share

__all__ = ["Grace", "advised", "answer", "extremes", "kind_name", "measure", "ways"]


@dataclass(frozen=True)
class Grace:
    """Say what a grace period gives and takes.

    Attributes
    ----------
    meanwhile : yuan
        How much less is paid until it is over.
    cost : yuan
        Interest and fees in all, more than as agreed.
    rate : decimal
        Effective annual rate on what is postponed; NaN where there is none.
    highest : yuan
        The highest payment afterwards; NaN where none is left.
    """

    meanwhile: float
    cost: float
    rate: float
    highest: float


def kind_name(kind: str) -> Words:
    """Return what a kind of grace is called: interest paid, billed, capitalised or waived.

    Examples
    --------
    >>> kind_name("waived")
    interest waived
    """
    return Words(f"strategy.grace_{kind}")


def ways(agreed: Loan, months: int, on: Any) -> dict[Words, Loan]:
    """Return the loan as agreed, and with a grace period of each kind (宽限期).

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> list(ways(loan, 3, on="2026-12-01"))[1:3]
    [interest paid, interest billed afterwards]
    """
    graced = {kind_name(kind): agreed.defer(months, on=on, interest=kind) for kind in INTEREST}
    return {Words("strategy.as_agreed"): agreed} | graced


def measure(agreed: Loan, graced: Loan, months: int, on: Any) -> Grace:
    """Measure what a grace period gives and takes (宽限的代价).

    It is over with the first due day after its own. The rate is that of the difference of the two
    cash flows: what is not paid now is like a new loan.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> graced = loan.defer(3, on=0, interest="capitalised")
    >>> given = measure(loan, graced, 3, on="2026-12-01")
    >>> given.meanwhile, given.cost, round(given.rate, 4), given.highest
    (13509.33, 1974.43, 0.1542, 4667.65)
    """
    theirs, ours = _paid(agreed), _paid(graced)
    over = _over(agreed, months, on)
    before, after = ours[ours.index < over], ours[ours.index >= over]
    return Grace(
        meanwhile=round(float(theirs[theirs.index < over].sum() - before.sum()), 2),
        cost=round(float(ours.sum() - theirs.sum()), 2),
        rate=postponed_rate(theirs, ours),
        highest=float(after.max()),
    )


def _over(agreed: Loan, months: int, on: Any) -> pd.Timestamp:
    """Return the first due day after a grace of so many due days."""
    since = max(int(as_days(on, "on")[0]), int(agreed.terms["start"]) + 1)
    month, due_day = month_of(since), int(agreed.terms["due_day"])
    month += int(due_date(month, due_day) < since)
    return pd.Timestamp(iso(due_date(month + months, due_day)))


def _date(on: Any) -> str:
    return iso(int(as_days(on, "on")[0]))


def _paid(loan: Loan) -> pd.Series[float]:
    """Return what is paid on each day."""
    flows = loan.cashflows(["date", "payment"])
    paid = flows.groupby("date")["payment"].sum().round(2)
    return paid[paid > 0]


# The answer --------------------------------------------------------------------------------


def answer(
    agreed: Loan,
    months: int,
    on: Any,
    kind: str,
    savings_rate: float,
    cash: Cash | None = None,
    supposed: Text = "",
) -> Answer:
    """Say what a grace period costs by its kind, and whether the cash asks for it.

    Parameters
    ----------
    agreed : Loan
        As agreed.
    months : int
        So many due days without principal.
    on : date
        The day from which it runs.
    kind : {"paid", "billed", "capitalised", "waived"}
        The kind that the sentences are about; the table has all four.
    savings_rate : decimal
        What your savings earn a year, 0 to 1.
    cash : Cash, optional
        In hand, left each month, and the thin months as `spends`; without it nothing is said of it.
    supposed : Words or str
        What of the cash is not the reader's own, said after what it costs.
    """
    share(savings_rate, "savings_rate")
    chosen = agreed.defer(months, on=on, interest=kind)
    loans = ways(agreed, months, on)
    last = horizon(*loans.values())
    found = {name: measure(agreed, loan, months, on) for name, loan in loans.items()}
    table = _table(loans, found, savings_rate, last, cash)
    given = found[kind_name(kind)]
    note, compared = Words("answer.grace.note"), Compared(loans, savings_rate)
    if not months:
        return Answer(Words("answer.grace.nothing"), table, note, compared)
    parts = [
        _price(given, agreed, {"months": months, "day": _date(on), "kind": kind_name(kind)}),
        _own_months(agreed, chosen),
        _kinds({name: each.cost for name, each in found.items()}),
        _verdict(agreed, chosen, on, savings_rate, cash),
    ]
    pays = _pays(agreed, chosen, savings_rate, cash)
    best = () if pays is None else (kind_name(kind) if pays else Words("strategy.as_agreed"),)
    return Answer(passage([parts[0], supposed, *parts[1:]]), table, note, compared, best)


def advised(found: Answer, ways: Mapping[Words, Loan]) -> Loan:
    """Return the way that the answer recommends; the loan as agreed, where it recommends none."""
    return ways[found.best[0] if found.best else Words("strategy.as_agreed")]


def _table(
    loans: Mapping[Any, Loan],
    found: Mapping[Any, Grace],
    savings_rate: float,
    last: Any,
    cash: Cash | None,
) -> pd.DataFrame:
    agreed = next(iter(loans.values()))
    rows: dict[Any, dict[str, Any]] = {}
    for name, loan in loans.items():
        total = loan.summary()
        rows[name] = {
            "meanwhile": found[name].meanwhile,
            "extra_cost": found[name].cost,
            "postponed_rate": found[name].rate,
            "net_benefit": float(net_benefit(loan, agreed, savings_rate, at=last)),
            "effective_rate": total.effective_rate,
            "highest_after": found[name].highest,
            "payoff_date": pd.Timestamp(total.payoff_date),
        }
        if cash is not None:
            rows[name]["lowest_cash"], rows[name]["lowest_cash_date"] = lowest_cash(loan, cash)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def _price(given: Grace, agreed: Loan, fields: dict[str, Any]) -> Text:
    """Say what the grace costs in all, what it puts off, and at which rate."""
    key = "same" if abs(given.cost) < FEN else "more" if given.cost > 0 else "less"
    parts = [Words(f"answer.grace.cost_{key}", **fields, cost=abs(given.cost))]
    if abs(given.meanwhile) < FEN:
        parts.append(Words("answer.grace.no_relief"))
    else:
        parts.append(Words("answer.grace.relief", relief=given.meanwhile))
    if given.cost >= FEN and not pd.isna(given.rate):
        own = agreed.summary().effective_rate
        parts.append(Words("answer.grace.rate", rate=given.rate, own=own))
    return passage(parts)


def _own_months(agreed: Loan, chosen: Loan) -> Text:
    """Say that a loan's own months of interest only come after the grace, where it has some."""
    if agreed.method != "interest_then_equal":
        return ""
    first, moved = (_first_principal(each) for each in (agreed, chosen))
    return Words("answer.grace.own_months", day=moved, plan=first) if moved != first else ""


def _first_principal(loan: Loan) -> pd.Timestamp:
    flows = loan.cashflows(["date", "event", "principal"])
    due = (flows["event"] == "instalment") & (flows["principal"] >= FEN)
    return pd.Timestamp(flows.loc[due, "date"].iloc[0])


def extremes(costs: Mapping[Any, float]) -> dict[str, Any] | None:
    """Return the cheapest kinds and the dearest, with costs; nothing where all cost the same.

    Examples
    --------
    >>> extremes({"as agreed": 0.0, "interest paid": 50.0, "interest waived": -1.0})
    {'cheap': ('interest waived',), 'low': -1.0, 'dear': ('interest paid',), 'high': 50.0}
    """
    kinds = dict(list(costs.items())[1:])
    low, high = min(kinds.values()), max(kinds.values())
    if high - low < FEN:
        return None
    cheap, dear = (
        tuple(name for name, each in kinds.items() if abs(each - end) < FEN) for end in (low, high)
    )
    return {"cheap": cheap, "low": low, "dear": dear, "high": high}


def _kinds(costs: Mapping[Any, float]) -> Words:
    fields = extremes(costs)
    if not fields:
        return Words("answer.grace.kinds_same")
    for end in ("cheap", "dear"):
        fields[end] = tuple(Words("answer.grace.quoted", name=each) for each in fields[end])
    return Words("answer.grace.kinds_apart", **fields)


def _verdict(agreed: Loan, chosen: Loan, on: Any, savings_rate: float, cash: Cash | None) -> Text:
    """Say whether the cash lasts with and without the grace; if it does, what leaves more."""
    if cash is None:
        return _gain(agreed, chosen, savings_rate)
    (plan, plan_day), (left, left_day) = (lowest_cash(each, cash) for each in (agreed, chosen))
    if plan > -FEN and left > -FEN:
        return passage([Words("answer.grace.carries"), _gain(agreed, chosen, savings_rate)])
    fields: dict[str, Any] = {"plan": -plan, "plan_day": plan_day}
    if left > -FEN:
        return Words("answer.grace.needed", left=left, **fields)
    fields = {"short": -left, "day": left_day}
    before = "_before" if as_days(left_day, "day")[0] < as_days(on, "on")[0] else ""
    key = "breaks" if plan > -FEN else f"none_lasts{before}"
    return Words(f"answer.grace.{key}", **fields)


def _pays(agreed: Loan, chosen: Loan, savings_rate: float, cash: Cash | None) -> bool | None:
    """Tell whether the grace is recommended; None where the cash carries neither way."""
    if cash is not None:
        plan, left = (lowest_cash(each, cash)[0] > -FEN for each in (agreed, chosen))
        if not (plan and left):
            return left or (False if plan else None)
    return float(net_benefit(chosen, agreed, savings_rate)) >= FEN


def _gain(agreed: Loan, chosen: Loan, savings_rate: float) -> Words:
    gain = float(net_benefit(chosen, agreed, savings_rate))
    fields: dict[str, Any] = {"savings": savings_rate, "day": horizon(agreed, chosen)}
    if abs(gain) < FEN:
        return Words("answer.grace.even", **fields)
    fields["amount"] = abs(gain)
    free = gain > 0 and abs(float(net_benefit(chosen, agreed, 0.0))) < FEN
    nothing = Words("answer.grace.unless_nothing")
    fields["unless"] = nothing if free else unless(flip(chosen, agreed), savings_rate)
    return Words(f"answer.grace.{'better' if gain > 0 else 'worse'}", **fields)
