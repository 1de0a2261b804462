"""What a coupon is worth: on which drawdown, until when, and which of several to use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.quotes import change, points
from jiebei.language.words import (
    EMPTY,
    Text,
    Words,
    passage,
    written,
)
from jiebei.life.offers.cover import best_pair, best_use
from jiebei.life.offers.needless import days_to_try
from jiebei.life.offers.offers import Coupon, Market
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_dates
from jiebei.units.fen import FEN

__all__ = ["over_days", "saves_nothing", "when_to_repay", "worth"]

ROUNDING = 0.015  # yuan: two interests, each to the fen, are no further apart by rounding alone


# On which drawdown -------------------------------------------------------------------------


def worth(market: Market) -> Answer:
    """Show what each coupon saves on each drawdown, and say which one to use where.

    Returns
    -------
    Answer
        One row a coupon and drawdown on which it works: `date`, `drawn`, `coupon_worth` in
        yuan, `points` a year and the effective `rate` with the coupon.
    """
    loans = market.line.loans(market.need)
    rows = [
        _row(coupon, loan) for coupon in market.coupons for loan in loans if coupon.works_on(loan)
    ]
    table = pd.DataFrame(
        rows, columns=["coupon", "date", "drawn", "coupon_worth", "points", "effective_rate"]
    )
    said = _use(market, table)
    return Answer(said, table.set_index("coupon"), Words("answer.cheapest_money.worth_note"))


def _row(coupon: Coupon, loan: Loan) -> dict[str, Any]:
    plain, with_it = loan.summary(), coupon.on(loan).summary()
    rates = with_it.effective_rate, plain.effective_rate
    known = np.isfinite(rates).all()
    return {
        "coupon": coupon.words,
        "date": pd.Timestamp(loan.terms["start"].astype("M8[D]").item()),
        "drawn": plain.drawn,
        "coupon_worth": round(plain.interest - with_it.interest, 2),
        "points": change(*rates) if known else EMPTY,
        "lower": points(*rates) if known else None,
        "effective_rate": with_it.effective_rate,
    }


def saves_nothing(market: Market) -> Words:
    """Say that no coupon saves anything here, or that there is none."""
    key = "repay_none" if market.coupons else "no_coupon"
    return Words(f"answer.cheapest_money.{key}")


def _use(market: Market, table: pd.DataFrame) -> Text:
    """Say which coupon to use on which drawdown, and which one is left over."""
    if not market.coupons:
        return Words("answer.cheapest_money.no_coupon")
    if table.empty:
        return Words("answer.cheapest_money.all_expired")
    if table["coupon_worth"].max() < FEN:
        return Words("answer.cheapest_money.worth_nothing")
    loans = market.line.loans(market.need)
    used = {coupon: place for place, coupon in best_use(market.coupons, loans).items()}
    rows = {place: _row(market.coupons[place], loans[loan]) for place, loan in used.items()}
    keys = ("use", *["use_too"] * (len(rows) - 1))
    parts = [_used(row, key) for row, key in zip(rows.values(), keys, strict=True)]
    if len(rows) > 1:
        total = sum(row["coupon_worth"] for row in rows.values())
        parts.append(Words("answer.cheapest_money.together", total=total))
    for place, each in enumerate(market.coupons):
        if place not in used:
            key = "left_over" if any(map(each.works_on, loans)) else "expired"
            parts.append(Words(f"answer.cheapest_money.{key}", coupon=each.words))
    return passage(parts)


def _used(row: dict[str, Any], key: str) -> Words:
    """Say what a coupon is worth on the drawdown it is used on."""
    fields: dict[str, Any] = {"coupon": row["coupon"], "day": row["date"]}
    amounts = {"drawn": row["drawn"], "worth": row["coupon_worth"]}
    if row["lower"] is None:
        return Words(f"answer.cheapest_money.{key}_yuan", **amounts, **fields)
    return Words(f"answer.cheapest_money.{key}", points=row["lower"], **amounts, **fields)


# Until when --------------------------------------------------------------------------------


def _interest(loan: Loan, days: Any) -> Any:
    return np.asarray(loan.settle(on=days).summary().interest)


def over_days(market: Market) -> Axes | Text:
    """Draw what each coupon is worth over the day on which the loan is settled.

    The loan is the drawdown on which the best coupon is worth most; where there is none, it is a
    sentence.
    """
    found = best_pair(market)
    if found is None:
        return saves_nothing(market)
    loan = found[1]
    days = days_to_try(loan)
    plain = _interest(loan, days)
    usable = [each for each in market.coupons if each.works_on(loan)]
    saved = np.array([np.round(plain - _interest(each.on(loan), days), 2) for each in usable])
    shown = days <= 2 * _all_saved(days, saved)
    return charts.lines(
        days[shown],
        {each.words: worth[shown] for each, worth in zip(usable, saved, strict=True)},
        x_kind="days",
        x_label=Words("answer.cheapest_money.days_label"),
        title=_title(days, [each.short for each in usable], saved),
        subtitle=Words("answer.cheapest_money.days_subtitle", drawn=loan.principal, unit="{unit}"),
        note=Words("answer.cheapest_money.days_note"),
    )


def _all_saved(days: Any, worth: Any) -> int:
    """Return the day from which on no coupon saves any more."""
    return int(days[max(_full(days, each) for each in worth)])


def _as_much(worth: Any, most: Any) -> Any:
    """Tell where a coupon is worth as much as the most, but for what rounding does."""
    return most - worth < ROUNDING


def _full(days: Any, worth: Any) -> int:
    """Return the place of the first day on which a coupon has saved all that it can.

    A fen more may be rounding alone, or what small sums save in a day: that goes on till it ends.
    """
    at = int(np.argmax(_as_much(worth, worth.max())))
    while at + 1 < len(worth) and worth[at + 1] - worth[at] > worth[at] / days[at] / 2:
        at += 1
    return at


def _title(days: Any, names: list[Text], worth: Any) -> Words:
    """Say which coupon is worth most up to when, or from when on it is worth no more."""
    first = int(np.argmax(worth[:, -1]))
    if worth[first, -1] < FEN:
        return Words("answer.cheapest_money.worth_nothing")
    ahead = _as_much(worth[first], worth.max(axis=0))
    if ahead.all():
        at = _full(days, worth[first])
        key = "title_one" if len(names) == 1 else "title_always"
        most = worth[first].max()
        return Words(f"answer.cheapest_money.{key}", days=days[at], coupon=names[first], worth=most)
    last = int(np.flatnonzero(~ahead)[-1])
    before = int(np.argmax(worth[:, last]))
    until = worth[:, : last + 1]
    if not _as_much(until[before], until.max(axis=0)).all():
        most = worth[first, -1]
        return Words(
            "answer.cheapest_money.title_several", days=days[last], late=names[first], worth=most
        )
    earlier = names[before]
    fields: dict[str, Any] = {"late": names[first], "early": earlier}
    most = worth[first, -1]
    return Words("answer.cheapest_money.title_turns", days=days[last], worth=most, **fields)


def when_to_repay(market: Market) -> Answer:
    """Show what the best coupon's drawdown costs by the day on which it is settled."""
    found = best_pair(market)
    columns = [
        "date",
        "without_coupon",
        "with_coupon",
        "coupon_worth",
        "effective_rate",
    ]
    if found is None:
        return Answer(saves_nothing(market), pd.DataFrame(columns=columns))
    coupon, loan = found
    last = int(loan.summary().days_in_debt)
    length = coupon.days or 30
    days = np.array(sorted({1, 7, 30, length, length + 1, length + 30, last} & {*range(last + 1)}))
    plain, total = _interest(loan, days), coupon.on(loan).settle(on=days).summary()
    table = pd.DataFrame(
        {
            "date": as_dates(loan.terms["start"] + days),
            "without_coupon": plain,
            "with_coupon": total.interest,
            "coupon_worth": np.round(plain - total.interest, 2),
            "effective_rate": total.effective_rate,
        },
        index=pd.Index([written(each, "count.day") for each in days], name="repaid_after"),
    )
    return Answer(_repay(coupon, loan), table)


def _repay(coupon: Coupon, loan: Loan) -> Words:
    """Say until when the coupon saves more each day, what is paid till then, and a day later."""
    every = np.arange(1, int(loan.summary().days_in_debt) + 1)
    plain, cost = _interest(loan, every), _interest(coupon.on(loan), every)
    saved = plain - cost
    if saved.max() < FEN:
        return Words("answer.cheapest_money.worth_nothing")
    last = _full(every, saved)
    fields: dict[str, Any] = {
        "coupon": coupon.words,
        "drawn": loan.principal,
        "until": (loan.terms["start"] + every[last]).astype("M8[D]"),
        "days": every[last],
        "cost": cost[last],
        "plain": plain[last],
    }
    if last == len(every) - 1:
        return Words("answer.cheapest_money.repay_any", **fields)
    key = "repay_free" if cost[last] < FEN else "repay_until"
    return Words(f"answer.cheapest_money.{key}", step=cost[last + 1] - cost[last], **fields)
