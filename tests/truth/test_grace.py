"""Grace: the schedules of single loans compared in plain sums, and which sentence is said.

From the page: until the grace is over so much less is paid, in all so much more; what is postponed
costs the rate at which both payment plans are worth the same; then whether the cash lasts.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest

from jiebei.answers import grace
from jiebei.compare.compare import Cash
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told
from tests.truth.days import the_days

KINDS = ("paid", "billed", "capitalised", "waived")
CENT = 0.005


class Paid(NamedTuple):
    """What is paid on each day, and from which day on there is principal in it."""

    by_day: dict[date, float]
    principal_from: date

    @property
    def total(self) -> float:
        """Return all of it."""
        return sum(self.by_day.values())

    @property
    def last(self) -> date:
        """Return the last day."""
        return max(self.by_day)


def paid(loan: Loan) -> Paid:
    flows = loan.cashflows(["date", "event", "payment", "principal"])
    by_day: dict[date, float] = {}
    first = None
    for each in flows.itertuples():
        on = each.date.date()
        if each.payment > 0:
            by_day[on] = round(by_day.get(on, 0.0) + each.payment, 2)
        if first is None and each.event == "instalment" and each.principal >= 0.01:
            first = on
    assert first is not None
    return Paid(by_day, first)


def month_later(start: date, months: int) -> date:
    place = start.year * 12 + start.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def over(start: date, on: date, months: int) -> date:
    """Return the first due day after the months of grace."""
    first = next(each for each in range(1, 999) if month_later(start, each) >= on)
    return month_later(start, first + months)


def worth(theirs: Paid, ours: Paid, rate: float, last: date) -> float:
    """Return what is left more on the last day, interest on interest."""
    gain = sum(each * (1 + rate) ** ((last - on).days / 365) for on, each in theirs.by_day.items())
    loss = sum(each * (1 + rate) ** ((last - on).days / 365) for on, each in ours.by_day.items())
    return gain - loss


def price(theirs: Paid, ours: Paid) -> float | None:
    """Return the rate at which both are worth the same, where there is exactly one."""
    last = max(theirs.last, ours.last)
    tried = [10 ** (each / 40) - 1 + 1e-9 for each in range(80)]
    values = [worth(theirs, ours, rate, last) for rate in tried]
    turns = [place for place in range(79) if values[place] * values[place + 1] < 0]
    if len(turns) != 1 or abs(values[0]) < 1:
        return None
    low, high = tried[turns[0]], tried[turns[0] + 1]
    for _ in range(60):
        middle = (low + high) / 2
        same = worth(theirs, ours, middle, last) * worth(theirs, ours, low, last) > 0
        low, high = (middle, high) if same else (low, middle)
    return low


def lowest(ours: Paid, cash: Cash) -> tuple[float, date]:
    """Return the least cash on any day on which it moves, and the first such day."""
    since = date.fromisoformat(cash.since)
    spends = {date.fromisoformat(on): each for on, each in cash.spends.items()}
    last = max([ours.last, *spends])
    moves: dict[date, float] = {since: cash.in_hand}
    month = 1
    while (payday := month_later(since, month)) <= last:
        moves[payday] = moves.get(payday, 0.0) + cash.monthly
        month += 1
    for of, sign in ((ours.by_day, -1), (spends, -1)):
        for on, each in of.items():
            moves[on] = moves.get(on, 0.0) + sign * each
    left, found = 0.0, []
    for on in sorted(moves):
        left = round(left + moves[on], 2)
        found.append((left, on))
    return min(found, key=lambda each: each[0])


def case(rng: Random) -> tuple[dict[str, Any], int, str, str, float, Cash]:
    terms = loans(rng)
    methods = ["equal_instalment", "equal_principal", "interest_only"]
    terms["method"] = rng.choice([*methods, *(["interest_then_equal"] * (terms["months"] > 6))])
    start = date.fromisoformat(terms["start"])
    on = start if rng.random() < 0.6 else start + timedelta(rng.randrange(28 * terms["months"]))
    bill = round(terms["principal"] / terms["months"], 2)
    spends = {month_later(start, each).isoformat(): round(bill * 2) for each in (1, 2)}
    cash = Cash(
        rng.choice([0.0, bill, terms["principal"] * 2.0]),
        round(bill * rng.choice([0.3, 1.0, 1.4, 2.0]), 2),
        since=terms["start"],
        spends=spends if rng.random() < 0.5 else {},
    )
    months = rng.choice([0, 1, 2, 3, 3, 6, 12])
    return terms, months, on.isoformat(), rng.choice(KINDS), rng.choice([0.0, 0.02, 0.05]), cash


def test_what_a_grace_costs(truth: Truth) -> None:
    for rng in truth.cases(40):
        terms, months, on, kind, savings, cash = case(rng)
        loan = Loan(**terms)
        agreed = paid(loan)
        graced = {each: paid(loan.defer(months, on=on, interest=each)) for each in KINDS}
        found = grace.answer(loan, months, on, kind, savings, cash)
        the_days(truth, found)
        until = over(date.fromisoformat(terms["start"]), date.fromisoformat(on), months)
        _table(truth, found.figures, agreed, graced, until, savings, cash)
        said = told(found.said)
        if not months:
            truth.sentence(said[0], ".nothing")
            continue
        said = said[_price(truth, said, loan, agreed, graced[kind], (months, on, kind), until) :]
        said = said[_order(truth, said, agreed, graced, terms["method"], kind) :]
        _cash(truth, said, (agreed, graced[kind]), date.fromisoformat(on), savings, cash)


def _table(
    truth: Truth,
    rows: Any,
    agreed: Paid,
    graced: dict[str, Paid],
    until: date,
    savings: float,
    cash: Cash,
) -> None:
    last = max(each.last for each in (agreed, *graced.values()))
    for (_, row), ours in zip(rows.iterrows(), (agreed, *graced.values()), strict=True):
        truth.figure(row["meanwhile"], _meanwhile(agreed, ours, until))
        truth.figure(row["extra_cost"], ours.total - agreed.total)
        truth.figure(row["net_benefit"], worth(agreed, ours, savings, last), 0.02)
        after = [each for day, each in ours.by_day.items() if day >= until]
        truth.figure(row["highest_after"], max(after, default=float("nan")))
        truth.figure(row["payoff_date"], ours.last)
        least, day = lowest(ours, cash)
        truth.figure(row["lowest_cash"], least)
        truth.figure(row["lowest_cash_date"], day)


def _meanwhile(agreed: Paid, ours: Paid, until: date) -> float:
    theirs, mine = (
        sum(each for on, each in one.by_day.items() if on < until) for one in (agreed, ours)
    )
    return theirs - mine


def _price(
    truth: Truth,
    said: list[Words],
    loan: Loan,
    agreed: Paid,
    ours: Paid,
    asked: tuple[int, str, str],
    until: date,
) -> int:
    months, on, kind = asked
    cost = ours.total - agreed.total
    key = "same" if abs(cost) < CENT else "more" if cost > 0 else "less"
    name = Words(f"strategy.grace_{kind}")
    truth.sentence(said[0], f".cost_{key}", months=months, day=on, kind=name)
    if key != "same":
        truth.figure(said[0].fields["cost"], abs(cost))
    relief = _meanwhile(agreed, ours, until)
    if abs(relief) < CENT:
        truth.sentence(said[1], ".no_relief")
    else:
        truth.sentence(said[1], ".relief", relief=relief)
    if cost < CENT:
        return 2
    rate = price(agreed, ours)
    if said[2].key.endswith(".rate"):
        if rate is not None:
            truth.sentence(said[2], ".rate", own=loan.summary().effective_rate)
            truth.figure(said[2].fields["rate"], rate, 1e-5)
        return 3
    assert rate is None, f"seed {truth.seed}: no rate is told, meant {rate}"
    return 2


def _order(
    truth: Truth,
    said: list[Words],
    agreed: Paid,
    graced: dict[str, Paid],
    method: str,
    kind: str,
) -> int:
    at = 0
    moved = graced[kind].principal_from
    if method == "interest_then_equal" and moved != agreed.principal_from:
        truth.sentence(said[0], ".own_months", day=moved, plan=agreed.principal_from)
        at = 1
    costs = {name: each.total - agreed.total for name, each in graced.items()}
    low, high = min(costs.values()), max(costs.values())
    if high - low < CENT:
        truth.sentence(said[at], ".kinds_same")
        return at + 1
    truth.sentence(said[at], ".kinds_apart", low=low, high=high)
    for field, end in (("cheap", low), ("dear", high)):
        names: Any = said[at].fields[field]
        named = {each.fields["name"].key.removeprefix("strategy.grace_") for each in names}
        assert named == {name for name, each in costs.items() if abs(each - end) < CENT}
    return at + 1


def _cash(
    truth: Truth, said: list[Words], ways: tuple[Paid, Paid], on: date, savings: float, cash: Cash
) -> None:
    agreed, ours = ways
    (plan, plan_day), (left, day) = lowest(agreed, cash), lowest(ours, cash)
    if plan > -CENT and left > -CENT:
        truth.sentence(said[0], ".carries")
        last = max(agreed.last, ours.last)
        gain = worth(agreed, ours, savings, last)
        if 0.004 < abs(gain) < 0.02:
            return
        key = "even" if abs(gain) < CENT else "better" if gain > 0 else "worse"
        truth.sentence(said[1], f".{key}", savings=savings, day=last)
        if key != "even":
            truth.figure(said[1].fields["amount"], abs(gain), 0.02)
    elif left > -CENT:
        truth.sentence(said[0], ".needed", plan=-plan, plan_day=plan_day, left=left)
    else:
        key = ".breaks" if plan > -CENT else ".none_lasts_before" if day < on else ".none_lasts"
        truth.sentence(said[0], key, short=-left, day=day)


@pytest.mark.parametrize(("months", "end"), [(1, date(2027, 2, 28)), (13, date(2028, 2, 29))])
def test_a_month_later_ends_where_the_month_does(months: int, end: date) -> None:
    assert month_later(date(2027, 1, 31), months) == end
