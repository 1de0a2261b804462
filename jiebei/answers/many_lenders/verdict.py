"""Several lenders: what is owed to whom, which debt goes first, and what each order costs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.many_lenders.how import how
from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.words import Text, Words, passage
from jiebei.life.debts.debt import NO_DAY, Debt, payday
from jiebei.life.debts.orders import ORDERS, ROUNDING, Choice, cheapest, least, named, paid, ranks
from jiebei.life.debts.outcome import Freedom
from jiebei.life.debts.payments import Month, last_payday, months
from jiebei.life.rules.facts import facts
from jiebei.notebook.answer import Answer
from jiebei.units.reading import money
from jiebei.value.rates import annual_rate

__all__ = ["answer", "at_deadline", "burden", "choice", "fails", "in_words"]

PLENTY = np.int64(10**12)  # fen a month: every bill is paid
RISES = 0.05  # of the income: a later month that asks for so much more is told


# What is owed ------------------------------------------------------------------------------


def burden(debts: Sequence[Debt], income: float) -> Answer:
    """Show every debt, and how much of the income must go to them in the first month.

    Parameters
    ----------
    debts : list of Debt
    income : yuan
        A month, after tax.
    """
    money(income, "income", zero=True)
    first = _first_month(debts).due[:, 0] / 100
    due = first + [_whole_in_first_month(each) for each in debts]
    table = pd.DataFrame(
        {
            "debt_kind": [Words(f"answer.many_lenders.kind_{each.kind}") for each in debts],
            "owed_now": [int(each.balance) / 100 for each in debts],
            "annual_rate": [annual_rate(int(each.rate) / 1e10) for each in debts],
            "due_first": due,
            "debt_until": pd.to_datetime([_until(each) for each in debts]),
        },
        pd.Index([each.name for each in debts], name="debt"),
    )
    total, owed = float(due.sum()), float(table["owed_now"].sum())
    fields = {"owed": owed, "n": len(debts)}
    parts = [Words("answer.many_lenders.burden", due=total, **fields)]
    if income > 0:
        share = total / income
        key = f"answer.many_lenders.load_{_load(share)}"
        parts.append(Words(key, share=share))
        parts += _rises(debts, income, float(first.sum()))
        dated = [each for each in debts if each.kind == "family" and each.deadline != NO_DAY]
        if later := [each for each in dated if last_payday(each) > 1]:
            parts.append(_load_later(max(later, key=lambda each: int(each.balance)), income))
    parts.append(_how_many(len(debts)))
    return Answer(passage(parts), table, passage(notes(debts, "burden_note")))


def _rises(debts: Sequence[Debt], income: float, first: float) -> list[Words]:
    """Say in which month loans and cards ask for most, where that is a good deal more."""
    others = [each for each in debts if each.kind != "family"]
    if not others:
        return []
    plenty, nothing = np.array([PLENTY]), np.zeros(1, np.int64)
    run = list(months(others, plenty, ranks(others, [Choice(())]), nothing))
    due = np.array([each.due[:, 0].sum() / 100 for each in run])
    most = int(due.argmax())
    if due[most] - first < RISES * income:
        return []
    fields = {"month": payday_after(others, most + 1), "due": float(due[most])}
    return [Words("answer.many_lenders.load_rises", **fields, share=due[most] / income)]


def has_family(debts: Sequence[Debt]) -> bool:
    """Tell whether money of family or friends is among the debts: only they can be kept waiting."""
    return any(each.kind == "family" for each in debts)


def notes(debts: Sequence[Debt], name: str) -> list[Words]:
    """Return a note, and what it has to add where there is family among the debts."""
    names = (name, f"{name}_family") if has_family(debts) else (name,)
    return [Words(f"answer.many_lenders.{each}") for each in names]


def _load_later(debt: Debt, income: float) -> Words:
    """Say what the share of the income leaves out, and what share that is by itself."""
    owed = int(debt.balance) / 100
    fields = {"name": debt.name, "owed": owed, "day": _date(debt.deadline), "share": owed / income}
    return Words("answer.many_lenders.load_later", **fields)


def _first_month(debts: Sequence[Debt]) -> Month:
    nothing = np.zeros(1, np.int64)
    return next(iter(months(debts, nothing, ranks(debts, [Choice(())]), nothing)))


def _whole_in_first_month(debt: Debt) -> float:
    """Return what family money takes as a whole where its last payday is the first."""
    is_due = debt.kind == "family" and last_payday(debt) == 1
    return int(debt.balance) / 100 if is_due else 0.0


def _until(debt: Debt) -> Any:
    if debt.kind == "loan":
        return _date(payday(debt.start, int(debt.months)))
    return pd.NaT if debt.deadline == NO_DAY else _date(debt.deadline)


def _date(number: int) -> Any:
    return np.int64(number).astype("M8[D]")


def _rule(words: str) -> float:
    """Return a rule of thumb from the table of assumptions."""
    table = facts("assumptions")
    found = table["assumption"].str.contains(words, regex=False) & (table["topic"] == "budget")
    return float(table.loc[found, "value"].iloc[0])


def _load(share: float) -> str:
    """Name a share of the income by the rule of thumb."""
    steps = [_rule(words) for words in ("healthy", "strain", "danger")]
    names = ("healthy", "watch", "strain", "danger")
    return names[int(np.searchsorted(steps, share, side="right"))]


def _how_many(lenders: int) -> Words:
    few = int(_rule("lenders count as many"))
    key = "many" if lenders > few else "few"
    return Words(f"answer.many_lenders.{key}", most=few)


# The answer --------------------------------------------------------------------------------


def choice(debts: Sequence[Debt], monthly: float, order: str) -> Choice:
    """Return the order to look at: "cheapest", or one of the orders that people know."""
    known = ("cheapest", *ORDERS)
    if order not in known:
        raise JiebeiError("error.debt_order", order=order, nearest=nearest(str(order), known))
    return cheapest(debts, monthly)[0] if order == "cheapest" else named(debts, order)


def answer(debts: Sequence[Debt], monthly: float) -> Answer:
    """Say which debt to pay first, and what each order costs.

    Parameters
    ----------
    debts : list of Debt
    monthly : yuan
        What you pay on all debts together every month.
    """
    best, tried = cheapest(debts, monthly)
    choices = {"cheapest": best, **{each: named(debts, each) for each in ORDERS[1:]}}
    choices["only_due"] = named(debts, "only_due")
    found = paid(debts, list(choices.values()), monthly)
    first = f"cheapest{_first_key(debts, found)}"
    names = [Words(f"answer.many_lenders.order_{each}") for each in (first, *list(choices)[1:])]
    cost = np.where(found.free, found.cost / 100, np.nan)
    table = pd.DataFrame(
        {
            "order_of_paying": [in_words(debts, each) for each in choices.values()],
            "cost": cost,
            "above_cheapest": cost - cost[0],
            "free_in": [free_in(debts, found, place) for place in range(len(choices))],
            "still_late": found.late / 100,
        },
        pd.Index(names, name="order"),
    )
    text = _verdict(debts, monthly, choices, found, tried)
    if not has_family(debts):
        table = table.drop(columns="still_late")
    remark = notes(debts, "note")
    if sum(each.deadline != NO_DAY for each in debts) > 1:
        remark.append(Words("answer.many_lenders.one_lead"))
    compared = partial(how, debts, monthly, dict(zip(names, choices.values(), strict=True)))
    return Answer(text, table, passage(remark), compared)


def in_words(debts: Sequence[Debt], choice: Choice) -> Words:
    """Write an order: card → platform; the family first from 3 months before its deadline."""
    if not choice.places:
        return Words("answer.many_lenders.nothing_on_top")
    text = Words(
        "answer.many_lenders.path", names=tuple(debts[place].name for place in choice.places)
    )
    if early := [each for each in debts if choice.lead > _usual_lead(each)]:
        who = _and([each.name for each in early])
        key = "lead_one" if choice.lead == 1 else "lead"
        text = Words(f"answer.many_lenders.{key}", order=text, names=who, months=choice.lead)
    return text


def _usual_lead(debt: Debt) -> float:
    """Return on how many paydays up to its deadline a debt goes first in any order."""
    if debt.deadline == NO_DAY:
        return np.inf
    return 1 if debt.kind == "family" else 0


def _and(names: Sequence[Any]) -> Any:
    """Write names or days one after the other: a and b."""
    return reduce(lambda a, b: Words("answer.many_lenders.pair", first=a, second=b), names)


def payday_after(debts: Sequence[Debt], months: Any) -> Any:
    """Return the day of all bills so many months on."""
    return _date(payday(debts[0].start, int(months)))


def free_in(debts: Sequence[Debt], found: Freedom, place: int) -> Words:
    if found.free[place]:
        return Words("text.month", on=payday_after(debts, found.months[place]))
    if found.short_month[place]:
        when = payday_after(debts, found.short_month[place])
        return Words("answer.many_lenders.short_in", month=when)
    return Words("answer.many_lenders.never")


def _verdict(
    debts: Sequence[Debt],
    monthly: float,
    choices: dict[str, Choice],
    found: Freedom,
    tried: int,
) -> Text:
    """Say which order is cheapest and what the others cost, or why none leads out."""
    if not found.free[0]:
        return _no_way_out(debts, monthly, found)
    fields = {
        "order": in_words(debts, choices["cheapest"]),
        "month": payday_after(debts, found.months[0]),
        "cost": found.cost[0] / 100,
        "n": tried,
    }
    if found.late[0]:
        fields |= {"late": found.late[0] / 100, "at": at_deadline(debts)}
        fields["least"] = least(debts, kept=True)
    key = f"best{_first_key(debts, found)}" if len(debts) > 1 else "best_one"
    parts = [Words(f"answer.many_lenders.{key}", **fields)]
    if len(debts) > 1:
        parts.append(_against(debts, "highest_rate", found, 1))
        if found.cost[2] != found.cost[1] or found.late[2] != found.late[1]:
            parts.append(_against(debts, "smallest_balance", found, 2))
    return passage(parts)


def _first_key(debts: Sequence[Debt], found: Freedom) -> str:
    """Return which words the first order takes: the cheapest of all, of those in time, or late."""
    if not found.free[0] or not has_family(debts):
        return ""
    return "_late" if found.late[0] else "_in_time"


def _against(debts: Sequence[Debt], order: str, found: Freedom, place: int) -> Words:
    """Say what a known order costs against the first, and whether it is late."""
    gap = (found.cost[place] - found.cost[0]) / 100
    side = "less" if gap < -ROUNDING / 100 else "more" if gap > ROUNDING / 100 else "same"
    fields = {
        "name": Words(f"answer.many_lenders.order_{order}"),
        "amount": abs(gap),
    }
    key = side
    if not found.free[place]:
        return Words("text.sentence", text=fails(fields["name"], free_in(debts, found, place)))
    if found.late[place] > found.late[0]:
        key = {"more": "late", "less": "late_less", "same": "late_same"}[side]
        fields |= {"late": found.late[place] / 100, "at": at_deadline(debts)}
    return Words(f"answer.many_lenders.{key}", **fields)


def fails(name: object, when: object) -> Words:
    """Say that an order does not lead out."""
    return Words("answer.many_lenders.fails", name=name, when=when)


def _no_way_out(debts: Sequence[Debt], monthly: float, found: Freedom) -> Words:
    """Say in which month the amount fails, and the least that does not."""
    fields = {"monthly": monthly, "least": least(debts, kept=False)}
    if not found.short_month[0]:
        return Words("answer.many_lenders.never_free", **fields)
    when, short = payday_after(debts, found.short_month[0]), found.short[0] / 100
    return Words("answer.many_lenders.short", month=when, short=short, **fields)


def at_deadline(debts: Sequence[Debt]) -> Words:
    """Say on which day family money is due; of several, that what is late is their sum."""
    days = sorted(each.due for each in debts if each.kind == "family")
    key = "at_deadline" if len(days) == 1 else "at_deadlines"
    return Words(f"answer.many_lenders.{key}", day=_and([_date(each) for each in days]))
