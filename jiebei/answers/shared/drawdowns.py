"""Several drawdowns on one line: what they cost, which to repay first, what falls due when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import Text, Words, passage
from jiebei.life.credit.drawn import Drawdown, Repaid, best_use, open_on, plan_of, saved_by
from jiebei.life.credit.line import available, on_days
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "calendar", "due_days"]


def answer(drawn: Sequence[Drawdown], today: Any, cash: float) -> Answer:
    """Say what the open drawdowns of a line cost, and which to repay first (先还哪一笔).

    Parameters
    ----------
    drawn : sequence of Drawdown
        All paid as agreed until today.
    today : date
    cash : yuan
        In hand, to repay early with.

    Returns
    -------
    Answer
        A row for each that is open: `daily_rate`, `owed_today`, `next_due`, `payment` then,
        `interest_to_come`, `payoff_date`, and `saved` if the cash went there first.
    """
    still = open_on(drawn, today)
    if not still:
        return Answer(_none(drawn), pd.DataFrame())
    table = pd.DataFrame.from_dict(
        {each.name: _row(each, today, cash) for each in still}, orient="index"
    ).rename_axis("drawdown")
    coming = _coming(still, today)
    first = coming["date"].iloc[0]
    parts: list[Text] = [
        Words(
            f"answer.shared.drawn_open{'_one' if len(still) == 1 else ''}",
            n=len(still),
            owed=float(table["owed_today"].sum()),
            interest=float(coming["interest"].sum()),
            payment=float(coming["payment"][coming["date"] == first].sum()),
            day=first,
        ),
        *_advice(still, cash, today, table),
    ]
    return Answer(passage(parts), table, Words("answer.shared.drawn_note"))


def _none(drawn: Sequence[Drawdown]) -> Words:
    """Say that none is open, or that none was entered."""
    return Words(f"answer.shared.drawn_{'none' if drawn else 'not_entered'}")


def _row(each: Drawdown, today: Any, cash: float) -> dict[str, Any]:
    coming = _coming((each,), today)
    return {
        "daily_rate": float(each.loan.daily_rate),
        "owed_today": float(each.loan.owed(today).principal),
        "next_due": coming["date"].iloc[0],
        "payment": float(coming["payment"].iloc[0]),
        "interest_to_come": round(float(coming["interest"].sum()), 2),
        "payoff_date": pd.Timestamp(each.loan.summary().payoff_date),
        "saved": saved_by(each.loan, cash, today)[1],
    }


def _coming(drawn: Sequence[Drawdown], today: Any) -> pd.DataFrame:
    """Return what is still to be paid after today, by day; `place` says on which."""
    columns = ["date", "event", "interest", "fee", "principal", "payment"]
    frames = [each.loan.cashflows(columns).assign(place=place) for place, each in enumerate(drawn)]
    flows = pd.concat(frames, ignore_index=True)
    ahead = (flows["date"] > pd.Timestamp(str(today))) & (flows["event"] == "instalment")
    return flows[ahead].sort_values("date", kind="stable", ignore_index=True)


def _advice(still: Sequence[Drawdown], cash: float, today: Any, table: pd.DataFrame) -> list[Text]:
    """Say where the cash in hand saves most, and why there; or that it pays off all."""
    use: Sequence[Repaid] = best_use(still, cash, today)
    total = sum(each.saved for each in use)
    if not use or total < FEN:
        return []
    fields: dict[str, Any] = {"cash": sum(each.cash for each in use), "saved": total}
    if len(still) == 1:
        return [Words("answer.shared.drawn_repay_one", **fields)]
    if sum(saved_by(each.loan, cash, today)[0] for each in still) <= cash:
        return [Words("answer.shared.drawn_repay_all", **fields)]
    fields["names"] = tuple(each.name for each in use)
    parts: list[Text] = [
        Words(f"answer.shared.drawn_repay{'' if len(use) == 1 else '_more'}", **fields)
    ]
    return [*parts, *_why(use[0].name, table)]


def _why(first: Any, table: pd.DataFrame) -> list[Text]:
    """Say why that one comes first: it is the dearest, or a dearer one is soon over anyway."""
    rates, ends = table["daily_rate"], table["payoff_date"]
    dearer = [name for name in table.index if rates[name] > rates[first]]
    if not dearer:
        alike = [name for name in table.index if rates[name] == rates[first] and name != first]
        longer = bool(alike) and all(ends[name] <= ends[first] for name in alike)
        key = "why_longest" if longer else "why_dearest"
        return [Words(f"answer.shared.drawn_{key}", name=first, rate=float(rates[first]))]
    other = max(dearer, key=lambda name: rates[name])
    fields: dict[str, Any] = {"name": first, "other": other, "end": ends[other]}
    return [Words("answer.shared.drawn_why_over", rate=float(rates[other]), **fields)]


# When ---------------------------------------------------------------------------------------


def due_days(drawn: Sequence[Drawdown], today: Any, limit: float) -> Answer:
    """Show one calendar of all due days, and what of the limit can be drawn from then on.

    Returns
    -------
    Answer
        Today and every due day ahead: `date`, `due` and of it `interest` and `principal`, `owed`
        afterwards, `available`.

    Raises
    ------
    JiebeiError
        Where more was drawn than the limit allowed.
    """
    still = open_on(drawn, today)
    if not still:
        return Answer(_none(drawn), pd.DataFrame())
    coming = _coming(still, today).groupby("date")[["payment", "interest", "principal"]].sum()
    dates = pd.DatetimeIndex([pd.Timestamp(str(today)), *coming.index]).as_unit("s")
    room = on_days(available(plan_of(drawn), limit), dates.to_numpy())
    table = coming.reindex(dates, fill_value=0.0).round(2).rename(columns={"payment": "due"})
    table.insert(0, "date", dates)
    table["owed"], table["available"] = room["drawn"].to_numpy(), room["available"].to_numpy()
    table = table.set_axis(pd.RangeIndex(len(table)))
    heaviest = table.iloc[int(table["due"].to_numpy().argmax())]
    more = table["available"] > table["available"].iloc[0]
    back = table.iloc[int(more.to_numpy().argmax())]  # all is paid back at last
    fields = {
        "n": len(table) - 1,
        "last": table["date"].iloc[-1],
        "day": heaviest["date"],
        "due": heaviest["due"],
        "limit": limit,
        "now": table["available"].iloc[0],
        "then": back["available"],
        "next": back["date"],
    }
    parts = [Words(f"answer.shared.drawn_{key}", **fields) for key in ("due_days", "available")]
    return Answer(passage(parts), table, Words("answer.shared.drawn_due_note"))


def calendar(drawn: Sequence[Drawdown], today: Any) -> Axes | Text:
    """Draw all due days ahead, a mark for each drawdown; nothing where none is open."""
    still = open_on(drawn, today)
    if not still:
        return ""  # the answer above says so
    coming = _coming(still, today)
    payments = {
        each.name: (part["date"].to_numpy(), part["payment"].to_numpy())
        for place, each in enumerate(still)
        for part in [coming[coming["place"] == place]]
    }
    return charts.duedates(payments)
