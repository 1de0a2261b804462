"""What does extending cost? The price of relief by length, fee, rate and method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.extend.limits import MONTHS_TRIED
from jiebei.answers.extend.terms import highest_rate, lengthened
from jiebei.answers.extend.verdict import Relief, relief
from jiebei.charts.drawing.style import HEIGHT, WIDTH
from jiebei.compare.compare import net_benefit
from jiebei.compare.goals import day_of
from jiebei.compare.turns import used_up
from jiebei.language.words import (
    Text,
    Words,
    passage,
    written,
)
from jiebei.loan.loan import Loan
from jiebei.loan.terms import METHODS, least_months
from jiebei.notebook.answer import Answer
from jiebei.notebook.so_far import rate_on
from jiebei.units.days import iso
from jiebei.units.fen import FEN
from jiebei.value.rates import annual_rate

__all__ = [
    "FEE_SHARES",
    "by_fee",
    "by_length",
    "by_method",
    "by_rate",
    "eased_by",
    "how_often",
    "length_chart",
]

LENGTHS = (1, 2, 3, 6, 9, 12, 18, 24)
FEE_SHARES = (0.0, 0.0025, 0.005, 0.01, 0.02)  # of the principal drawn
SHOWN = 0.00005  # rates closer than this are shown as the same
WHOLE = ("interest_only", "bullet")  # methods by which an extension moves all of the principal
DEARER = (0.0, 0.00005, 0.0001, 0.0002)  # a day, on top of the loan's own rate


def _table(found: Sequence[Relief], names: Sequence[Any], name: str) -> pd.DataFrame:
    rows = {
        "relief": [float("nan") if each.eased == 1 else each.monthly for each in found],
        "postponed": [each.postponed for each in found],
        "extra_cost": [each.cost for each in found],
        "price": [_price(each) for each in found],
        "effective_rate": [each.rate for each in found],
    }
    return pd.DataFrame(rows, index=pd.Index(names, name=name))


def _once(found: Sequence[Relief]) -> bool:
    """Tell whether, at every length, less is due on one single day."""
    return all(each.eased == 1 for each in found)


def eased_by(found: Sequence[Relief]) -> list[float]:
    """Return the relief of that one day, or else that of a month on average."""
    return [each.most if _once(found) else each.monthly for each in found]


def how_often(found: Sequence[Relief]) -> Words:
    """Say how often as much less is due: on one day, or each month on average."""
    if _once(found):
        return Words("answer.extend.relief_on_day", day=found[0].when)
    return Words("answer.extend.relief_a_month")


def _price(given: Relief) -> float:
    """Return what a yuan of relief a month costs in all, NaN where it is no month's relief."""
    monthly = given.monthly > FEN and given.eased != 1
    return given.cost / given.monthly if monthly else float("nan")


# By length ---------------------------------------------------------------------------------


def by_length(agreed: Loan, months: int, on: Any, **terms: Any) -> Answer:
    """Show relief and cost by the length of the extension, yours among them.

    Parameters
    ----------
    agreed : Loan
        As agreed.
    months : int
        Length that you entered.
    on : date
        Day of the extension.
    **terms
        Of the extension: `fee`, `daily_rate`.
    """
    lengths = sorted({*LENGTHS, *([months] if months else [])})
    found = [relief(agreed, lengthened(agreed, each, on, **terms), on) for each in lengths]
    table = _table(found, [written(each, "count.month") for each in lengths], "longer_by")
    first, last, gives = found[0], found[-1], eased_by(found)
    fields: dict[str, Any] = {
        "first": gives[0],
        "relief": gives[-1],
        "often": how_often(found),
        "most": lengths[-1],
        "start": first.cost,
        "cost": last.cost,
    }
    if last.cost < FEN:
        key = "free"
    elif max(first.monthly, last.monthly) < FEN:
        key = "none"
    elif last.monthly - first.monthly < 0.02 * last.monthly:
        key = "flat"
    else:
        key = "falls" if _falls(lengths, found) else "other"
    return Answer(
        Words(f"answer.extend.length_{key}", **fields), table, Words("answer.extend.length_note")
    )


def _falls(lengths: Sequence[int], found: Sequence[Relief]) -> bool:
    """Tell whether every further month brings less relief, and costs about as much or more."""
    steps = np.diff(lengths)
    brings = np.diff([each.monthly for each in found]) / steps
    costs = np.diff([each.cost for each in found]) / steps
    less = (np.diff(brings, prepend=found[0].monthly) <= FEN).all() and brings[-1] < brings[0]
    return bool(less and (brings > 0).all() and (costs > 0.9 * costs[0]).all())


def length_chart(agreed: Loan, months: int, on: Any, **terms: Any) -> Axes | Text:
    """Draw over the length of the extension what it relieves and what it costs, side by side.

    Where every length relieves as much, the cost alone; a sentence where both are nothing.
    """
    lengths = np.arange(1, max(MONTHS_TRIED, months) + 1)
    found = [relief(agreed, lengthened(agreed, int(each), on, **terms), on) for each in lengths]
    gives, costs = eased_by(found), [each.cost for each in found]
    if max(map(abs, (*gives, *costs))) < FEN:
        return Words("answer.extend.nothing")
    place = max(months, 1) - 1
    fields: dict[str, Any] = {
        "months": place + 1,
        "relief": gives[place],
        "often": how_often(found),
        "cost": costs[place],
    }
    if max(gives) - min(gives) < 0.02 * max(map(abs, gives)):
        key = f"length_title{'' if gives[place] > FEN else '_none'}"
        title = Words(f"answer.extend.{key}", **fields)
        return _over_length(lengths, costs, "cost", title, place + 1)
    if max(map(abs, costs)) < FEN:
        title = Words("answer.extend.length_title_relief", **fields)
        return _over_length(lengths, gives, "relief", title, place + 1)
    cells = plt.figure(figsize=(WIDTH, HEIGHT)).subplots(1, 2)
    titled = {"relief": (gives, cells[0]), "cost": (costs, cells[1])}
    for name, (values, ax) in titled.items():
        none = name == "relief" and gives[place] < FEN
        key = f"length_title_{'no_relief' if none else name}"
        _over_length(lengths, values, name, Words(f"answer.extend.{key}", **fields), place + 1, ax)
    first: Axes = cells[0]
    return first


def _over_length(
    lengths: Any, values: Sequence[float], name: str, title: Text, here: int, ax: Axes | None = None
) -> Axes:
    return charts.lines(
        lengths,
        {Words(f"answer.extend.line_{name}"): values},
        x_label=Words("answer.extend.months_label"),
        title=title,
        subtitle=Words("answer.extend.length_subtitle", unit="{unit}"),
        mark=(here, Words("answer.extend.yours")),
        ax=ax,
    )


# By fee, rate and method -------------------------------------------------------------------


def by_fee(
    agreed: Loan, months: int, on: Any, other_rate: float, fee: float, daily_rate: float
) -> Answer:
    """Show how a fee raises the price of relief, and from which fee on elsewhere is cheaper."""
    drawn = agreed.summary().drawn
    charged = sorted({round(share * drawn, 2) for share in FEE_SHARES} | {round(float(fee), 2)})
    loans = [lengthened(agreed, months, on, each, daily_rate) for each in charged]
    found = [relief(agreed, each, on) for each in loans]
    table = _table(found, [written(each, "yuan") for each in charged], "fee")
    gains = [float(net_benefit(each, agreed, other_rate)) for each in loans]
    table["against_elsewhere"] = gains
    most = used_up(charged, gains)
    if found[0].postponed < FEN:
        return Answer(_no_relief(found[charged.index(round(float(fee), 2))].cost), table)
    key = "fee_limit" if most > FEN else "fee_never"
    fields: dict[str, Any] = {"fee": most, "other": other_rate}
    texts = [Words(f"answer.extend.{key}", **fields)]
    known = [each.rate for each in found if np.isfinite(each.rate)]
    if len(known) > 1 and known[-1] > known[0]:
        last = charged[[each.rate for each in found].index(known[-1])]
        raised = {
            "fee": last,
            "share": last / drawn,
            "drawn": drawn,
            "low": known[0],
            "high": known[-1],
        }
        texts.insert(0, Words("answer.extend.fee_raises", **raised))
    return Answer(passage(texts), table, Words("answer.extend.fee_note"))


def _no_relief(cost: float) -> Words:
    """Say that nothing is postponed, and whether it costs something all the same."""
    return Words(f"answer.extend.no{'thing' if cost < FEN else '_relief'}", cost=cost)


def by_rate(agreed: Loan, months: int, on: Any, fee: float) -> Answer:
    """Show what a higher daily rate from the extension on does to the price of relief."""
    own = rate_on(agreed, on)
    most = highest_rate(agreed, on)
    rates = sorted({min(own + each, most) for each in DEARER})
    loans = [lengthened(agreed, months, on, fee, each) for each in rates]
    found = [relief(agreed, each, on) for each in loans]
    names = [written(each, "daily") for each in rates]
    table = _table(found, names, "daily_rate")
    if found[0].postponed < FEN:
        return Answer(_no_relief(found[0].cost), table)
    if len(rates) == 1:
        return Answer(Words("answer.extend.rate_highest", rate=most), table)
    fields: dict[str, Any] = {
        "more": rates[1] - own,
        "new": float(annual_rate(rates[1])),
        "rate": found[1].rate,
        "cost": found[1].cost - found[0].cost,
    }
    key = "rate_raises" if np.isfinite(found[1].rate) else "rate_costs"
    if agreed.method in WHOLE:
        key += "_whole"
    return Answer(Words(f"answer.extend.{key}", **fields), table, Words("answer.extend.rate_note"))


def by_method(agreed: Loan, months: int, on: Any, **terms: Any) -> Answer:
    """Show relief and cost by repayment method; the loan is otherwise the same."""
    found: dict[Any, Relief] = {}
    loans, due = [], _next_due(agreed, on)
    for method in METHODS:
        if agreed.months < least_months(method, agreed.interest_only_months):
            continue
        loan = agreed.but(method=method)
        loans.append(loan)
        found[Words(f"method.{method}")] = relief(loan, lengthened(loan, months, on, **terms), on)
    table = _table(list(found.values()), list(found), "method")
    table.insert(1, "times_eased", [each.eased for each in found.values()])
    table.insert(0, "next_relief", [_relief_on(due, loan, on, months, terms) for loan in loans])
    if table["postponed"].max() < FEN:
        costs = table["extra_cost"].max() >= FEN
        said = Words("answer.extend.method_no_relief", due=due) if costs else _no_relief(0.0)
        return Answer(said, table)
    text = [_soonest(table["next_relief"], due), *_rates(table["effective_rate"])]
    return Answer(passage(text), table, _method_note(agreed, table["effective_rate"], terms))


def _soonest(relief: pd.Series[float], due: pd.Timestamp) -> Words:
    """Say by which method the most is taken off the next due day."""
    if relief.max() <= FEN:
        return Words("answer.extend.method_no_relief", due=due)
    most: Any = relief.idxmax()
    return Words("answer.extend.method_relief", most=most, amount=relief.max(), due=due)


def _rates(rates: pd.Series[float]) -> list[Words]:
    """Say between which rates the methods lie, and which of them have none."""
    known, without = rates.dropna(), list(rates.index[rates.isna()])
    if known.empty:
        return [Words("answer.extend.method_none")]
    apart = known.max() - known.min()
    key = "one" if apart < SHOWN else "same" if apart < 0.005 else "range"
    fields: dict[str, Any] = {"low": known.min(), "high": known.max()}
    if not without:
        return [Words(f"answer.extend.method_{key}", **fields)]
    key = "one_of_some" if key == "one" else "range"
    left_out = Words("answer.extend.method_without", names=without)
    return [Words(f"answer.extend.method_{key}", **fields), left_out]


def _method_note(agreed: Loan, rates: pd.Series[float], terms: Mapping[str, Any]) -> Text:
    """Say what is relieved where the principal comes at the end, and whether that is cheapest."""
    own = float(agreed.daily_rate)
    new_rate = abs(terms.get("daily_rate", own) - own) > 1e-9
    texts = [Words(f"answer.extend.method_note{'_new_rate' if new_rate else ''}")]
    bullet: Any = Words("method.bullet")
    others = rates.drop(bullet).dropna()
    if len(others) and rates[bullet] < others.min() - SHOWN:
        plain = not new_rate and not terms.get("fee", 0.0) and rates.notna().all()
        texts.append(Words(f"answer.extend.method_least{'' if plain else '_here'}"))
    return passage(texts)


def _next_due(loan: Loan, on: Any) -> pd.Timestamp:
    """Return the first due day of the month on which an instalment could fall, from a day on.

    All methods are held against the same day, also where nothing falls due on it.
    """
    monthly = loan.but(method="equal_instalment").cashflows(["date", "event"])
    dues = monthly["date"][monthly["event"] == "instalment"]
    later = dues[dues >= pd.Timestamp(iso(day_of(loan, on)))]
    return pd.Timestamp(later.iloc[0] if len(later) else dues.iloc[-1])


def _relief_on(
    due: pd.Timestamp, loan: Loan, on: Any, months: int, terms: Mapping[str, Any]
) -> float:
    """Return how much less is to be paid on a day with the extension, fees apart."""
    paid = [_paid_on(due, each) for each in (loan, lengthened(loan, months, on, **terms))]
    return round(paid[0] - paid[1], 2)


def _paid_on(due: pd.Timestamp, loan: Loan) -> float:
    flows = loan.cashflows(["date", "fee", "payment"])
    on_day = flows[flows["date"] == due]
    return float(on_day["payment"].sum() - on_day["fee"].sum())
