"""What does extending cost for the relief it gives? The verdict, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.shared import own_list
from jiebei.answers.shared.verdicts import to_come, unless
from jiebei.compare.compare import Cash, cash_left, flip, horizon, lowest_cash, net_benefit
from jiebei.engine.decisions.new_terms import KEEP_RATE
from jiebei.language.errors import JiebeiError
from jiebei.language.words import (
    Text,
    Words,
    passage,
)
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer, Compared
from jiebei.notebook.so_far import rate_on
from jiebei.units.days import as_days, iso
from jiebei.units.fen import FEN, RATE_SCALE
from jiebei.units.reading import share
from jiebei.value.rates import HIGHEST_RATE, effective_rate
from jiebei.value.worth import break_even

__all__ = ["Relief", "answer", "on_the_eve", "postponed_rate", "relief"]

SAME = 0.0005  # a year: less than this is the same rate


@dataclass(frozen=True)
class Relief:
    """Say what an extension takes off the next payments, and what that costs.

    Attributes
    ----------
    next : yuan
        How much less the next instalment is.
    most : yuan
        How much less the most relieved one is.
    least : yuan
        How much less the least relieved one is.
    postponed : yuan
        How much less is paid in all up to the last agreed due day, fees apart.
    dues : int
        Due days from the extension to the last agreed one.
    eased : int
        On how many of them less is due.
    when : date
        The most relieved one.
    first : date
        The first due day from the extension on.
    monthly : yuan
        postponed / dues: relief a month on average.
    cost : yuan
        Interest and fees, more than as agreed.
    rate : decimal
        Effective annual rate on what is postponed, see `postponed_rate`; NaN where there is none.
    """

    next: float
    most: float
    least: float
    postponed: float
    dues: int
    eased: int
    when: pd.Timestamp
    first: pd.Timestamp
    monthly: float
    cost: float
    rate: float


def relief(agreed: Loan, extended: Loan, on: Any) -> Relief:
    """Measure what an extension gives and takes (展期的代价).

    The rate is that of the difference of the two cash flows: what is not paid now is like a new
    loan, what is paid later repays it.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> given = relief(loan, loan.extend(6, on="2027-06-01"), on="2027-06-01")
    >>> given.next, given.dues, given.cost, round(given.rate, 4)
    (1990.36, 7, 1143.95, 0.1562)
    """
    ours, theirs = _paid(extended), _paid(agreed)
    window = theirs[theirs.index >= pd.Timestamp(iso(as_days(on, "on")[0]))]
    less = (window["plain"] - ours["plain"].reindex(window.index, fill_value=0.0)).round(2)
    postponed, dues = round(float(less.sum()), 2), len(window)
    total, before = extended.summary(), agreed.summary()
    when: Any = less.idxmax() if dues else pd.NaT
    first: Any = window.index[0] if dues else pd.NaT
    return Relief(
        next=float(less.iloc[0]) if dues else 0.0,
        most=float(less.max()) if dues else 0.0,
        least=float(less.min()) if dues else 0.0,
        postponed=postponed,
        dues=dues,
        eased=int((less > 0).sum()),
        when=when,
        first=first,
        monthly=round(postponed / max(dues, 1), 2),
        cost=round(total.interest + total.fee - before.interest - before.fee, 2),
        rate=postponed_rate(theirs["all"], ours["all"]),
    )


def _paid(loan: Loan) -> pd.DataFrame:
    """Return what is paid on each day, with and without the fees of decisions."""
    flows = loan.cashflows(["date", "fee", "payment"])
    flows = flows.assign(plain=flows["payment"] - flows["fee"]).rename(columns={"payment": "all"})
    by_day = flows.groupby("date")[["all", "plain"]].sum().round(2)
    return by_day[by_day["all"] > 0]


def postponed_rate(agreed: pd.Series[float], longer: pd.Series[float]) -> float:
    """Return the effective rate on what is postponed, from the payments by day.

    What is paid long before anything is postponed, a fee or a higher rate, makes it a deposit
    first and a loan after: two rates then solve it. The lower one is meant, above which the
    longer way begins to be worth it; it is the one that goes on from the only one without a fee.
    NaN where nothing is postponed, or where at no rate what is postponed is worth its price.
    """
    difference = agreed.sub(longer, fill_value=0.0).round(2)
    days, cash = difference.index.to_numpy(), difference.to_numpy()
    try:
        return effective_rate(days, cash)
    except JiebeiError:
        found = break_even(cash, days, 0.0, HIGHEST_RATE)
        pays_above = len(found.roots) > 0 and found.signs[0] < 0 < found.signs[1]
        return float(found.roots[0]) if pays_above else float("nan")


# The answer --------------------------------------------------------------------------------


def on_the_eve(loan: Loan, on: Any, in_hand: float, monthly: float) -> Cash:
    """Return the cash from the eve of the extension on, so that payments of that day count."""
    eve = max(int(as_days(on, "on")[0]) - 1, int(loan.terms["start"]))
    return Cash(in_hand, monthly, since=iso(eve))


def answer(
    agreed: Loan,
    extended: Loan,
    on: Any,
    savings_rate: float,
    other_rate: float,
    cash: Cash,
    supposed: Text = "",
    planned: Mapping[Any, Loan] = MappingProxyType({}),
) -> Answer:
    """Say what the extension gives and costs, and whether to take it.

    Parameters
    ----------
    agreed, extended : Loan
        As agreed, and with the extension.
    on : date
        Day of the extension.
    savings_rate, other_rate : decimal
        A year: what your savings earn, and what money costs elsewhere, 0 to 1.
    cash : Cash
        In hand on the eve of the extension, and left each month from then on.
    supposed : Words or str
        What of it is not the reader's own, to be said right after the verdict.
    planned : dict of name to Loan, optional
        What the reader would do once it is extended: one more row, and no part of the verdict.
    """
    share(savings_rate, "savings_rate")
    share(other_rate, "other_rate")
    given = relief(agreed, extended, on)
    loans = {Words("strategy.as_agreed"): agreed, Words("strategy.extend"): extended}
    loans |= planned
    table = pd.DataFrame({name: _row(each, on, cash) for name, each in loans.items()}).T
    table = table.rename_axis("strategy").infer_objects()
    last = horizon(*loans.values())
    gains = [float(net_benefit(each, agreed, savings_rate, last)) for each in loans.values()]
    table.insert(5, "net_benefit", gains)
    shown, note = to_come(table, agreed), [Words("answer.extend.note")]
    note += [Words("answer.shared.own_list_note")] if planned else []
    note += [each for loan in planned.values() for each in _paid_before(agreed, loan, on)]
    compared = Compared(loans, savings_rate)
    if given.postponed < FEN and abs(given.cost) < FEN:
        return Answer(Words("answer.extend.nothing"), shown, passage(note), compared)
    parts = [
        _verdict(agreed, extended, (savings_rate, other_rate), table),
        _price(given, agreed.summary().drawn),
        _elsewhere(agreed, extended, on, other_rate, given, cash),
        *own_list.said(extended, Words("strategy.extend"), planned, cash),
    ]
    said = passage([parts[0], supposed, *parts[1:]])
    return Answer(said, shown, passage(note), compared)


def _paid_before(agreed: Loan, planned: Loan, on: Any) -> list[Words]:
    """Say what the reader's list pays more before the extension: the cash is that of its eve."""
    day = pd.Timestamp(iso(as_days(on, "on")[0]))
    ours, theirs = (paid["all"][paid.index < day].sum() for paid in map(_paid, (planned, agreed)))
    more = round(float(ours - theirs), 2)
    return [Words("answer.extend.note_before", amount=more)] if more >= FEN else []


def _row(loan: Loan, on: Any, cash: Cash) -> dict[str, Any]:
    total = loan.summary()
    paid = _paid(loan)
    after = paid[paid.index >= pd.Timestamp(iso(as_days(on, "on")[0]))]["plain"]
    after = after[after > 0]  # the day of the extension itself may take nothing but its fee
    lowest, when = lowest_cash(loan, cash)
    return {
        "next_payment": float(after.iloc[0]) if len(after) else np.nan,
        "interest": total.interest,
        "fee": total.fee,
        "effective_rate": total.effective_rate,
        "payoff_date": pd.Timestamp(total.payoff_date),
        "lowest_cash": lowest,
        "lowest_cash_date": when,
    }


def _verdict(
    agreed: Loan, extended: Loan, rates: tuple[float, float], table: pd.DataFrame
) -> Words:
    """Name the way that the cash can carry and, if both, the one that leaves more."""
    savings_rate, other_rate = rates
    plan, longer, *_ = (float(each) for each in table["lowest_cash"])
    plan_day, longer_day, *_ = table["lowest_cash_date"]
    if plan <= -FEN and longer <= -FEN:
        return Words("answer.extend.none_lasts", short=-longer, day=longer_day)
    if plan <= -FEN:
        fields = {"short": -plan, "day": plan_day, "left": longer}
        cheaper = float(net_benefit(extended, agreed, other_rate)) > -FEN
        return Words(f"answer.extend.needed{'' if cheaper else '_elsewhere'}", **fields)
    if longer <= -FEN:
        key = "breaks_fee" if table["fee"].iloc[1] > FEN else "breaks"
        return Words(f"answer.extend.{key}", short=-longer, day=longer_day)
    gain = float(net_benefit(extended, agreed, savings_rate))
    fields = {"savings": savings_rate, "day": horizon(agreed, extended)}
    if abs(gain) < FEN:
        return Words("answer.extend.even", **fields)
    fields |= {
        "amount": abs(gain),
        "unless": unless(flip(extended, agreed), savings_rate),
    }
    return Words(f"answer.extend.{'pays' if gain > 0 else 'keep'}", **fields)


def _price(given: Relief, drawn: float) -> Text:
    """Say what is lowered by how much, for how much more in all, and at which rate."""
    fields: dict[str, Any] = {
        "next": given.next,
        "most": given.most,
        "first": given.first,
        "dues": given.dues,
        "postponed": given.postponed,
        "cost": abs(given.cost),
        "rate": given.rate,
        "highest": HIGHEST_RATE,
    }
    if given.postponed < FEN:
        return Words("answer.extend.no_relief", **fields)
    apart = given.most - given.least
    level = "level" if apart < (0.5 if given.next >= 100 else FEN) else "level_about"  # as shown
    key = "once" if given.dues == 1 else level if apart < 0.01 * given.next else "uneven"
    if key == "uneven" and given.next < FEN:
        key = "later" if given.next > -FEN else "later_dearer"
        fields["next"] = abs(given.next)
    if key == "uneven" and given.most - given.next < FEN:
        key = "first"
    if key == "once" and given.next > drawn:
        key = "once_with_interest"
    text = Words(f"answer.extend.relief_{key}", **fields)
    if given.cost < -FEN:
        return passage([text, Words("answer.extend.cost_less", **fields)])
    if given.cost < FEN:
        return passage([text, Words("answer.extend.cost_nothing")])
    key = "cost" if np.isfinite(given.rate) else "cost_no_rate"
    return passage([text, Words(f"answer.extend.{key}", **fields)])


def _elsewhere(
    agreed: Loan, extended: Loan, on: Any, other_rate: float, given: Relief, cash: Cash
) -> Text:
    """Compare with borrowing elsewhere what the extension postpones."""
    gain = float(net_benefit(extended, agreed, other_rate))
    fields: dict[str, Any] = {
        "other": other_rate,
        "amount": abs(gain),
        "day": horizon(agreed, extended),
    }
    if given.postponed < FEN:
        return ""
    key = "same" if abs(gain) < FEN else "cheaper" if gain > 0 else "dearer"
    text = Words(f"answer.extend.elsewhere_{key}", **fields)
    lasts = _cash_elsewhere(agreed, extended, other_rate, cash)
    parts: list[Text] = [text, *lasts, *_rate_words(agreed, extended, on, given)]
    return passage(parts)


def _cash_elsewhere(agreed: Loan, extended: Loan, other_rate: float, cash: Cash) -> list[Words]:
    """Say whether the cash lasts with money from elsewhere, where that is in doubt.

    That money comes and goes as with an extension without a fee, which nobody else charges, up to
    the last day: then it asks for less, or more, by what such an extension gains.
    """
    left, free = cash_left(extended, cash), _without_fee(extended)
    gain = float(net_benefit(free, agreed, other_rate))
    elsewhere = cash_left(free, cash)
    elsewhere.iloc[-1] = round(elsewhere.iloc[-1] - gain, 2)
    low = float(elsewhere.min())
    if low <= -FEN:
        return [Words("answer.extend.elsewhere_short", short=-low, day=elsewhere.idxmin())]
    lasts = Words("answer.extend.elsewhere_lasts", left=max(low, 0.0))
    return [lasts] if left.min() <= -FEN else []


def _without_fee(extended: Loan) -> Loan:
    """Return the loan with its extension free of charge, at the same rate."""
    *before, last = extended.decisions
    none = {"fee": np.zeros_like(last.values()["fee"])}
    return extended._deciding([*before, type(last)(**last.values() | none)])


def _rate_words(agreed: Loan, extended: Loan, on: Any, given: Relief) -> list[Words]:
    """Say why the rate on what is postponed is, or is not, the loan's own."""
    own = agreed.summary().effective_rate
    if not np.isfinite(given.rate) or not np.isfinite(own) or given.cost < FEN:
        return []
    rise = _rise(agreed, extended, on)
    dearer = _dearer(extended, rise)
    if abs(given.rate - own) < SAME:
        if dearer or rise:
            return []  # a fee so small that it does not show in the rate
        key = "own"
    elif given.rate < own and agreed.method == "bullet":
        key = "simple"
    elif given.rate > own and dearer and rise >= 0:
        key = "above"
    elif given.rate < own and rise < 0:
        key = "below"
    else:
        return []  # a few fen of rounding
    fields: dict[str, Any] = {"rate": given.rate, "own": own, "by": dearer}
    return [Words(f"answer.extend.rate_{key}", **fields)]


def _rise(agreed: Loan, extended: Loan, on: Any) -> int:
    """Return by how much the extension raises the daily rate, below 0 where it lowers it."""
    own, new = rate_on(agreed, on), int(extended.decisions[-1].values()["rate"])
    return 0 if new == KEEP_RATE else new - round(own * RATE_SCALE)


def _dearer(extended: Loan, rise: int) -> Text:
    """Name what the extension asks for: the fee, the higher rate or both."""
    fee = bool(extended.decisions[-1].values()["fee"] > 0)
    by = "_and_".join(["fee"] * fee + ["rise"] * (rise > 0))
    return Words(f"answer.extend.by_{by}") if by else ""
