"""05, by hand: repay and borrow again, keep the money, or extend?"""

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pandas as pd

import jiebei as jb
from jiebei.answers import reborrow
from jiebei.language.words import Words
from jiebei.life.credit.rollover import rollover
from tests.truth import Truth, loans, told
from tests.truth.days import the_days
from tests.truth.plain import CENT, less, lowest, moves, paydays, worth

KEEP, AGAIN = Words("strategy.keep"), Words("strategy.reborrow")
EXTEND, ONLY = Words("strategy.extend"), Words("strategy.repay_only")


class Case:
    """A loan, part of it repaid, a new one, and what is needed on a day."""

    def __init__(self, rng: Random) -> None:
        terms = loans(rng) | {"months": rng.choice([3, 6, 12, 18, 24])}
        self.start = date.fromisoformat(terms["start"])
        self.loan = jb.Loan(**terms, prepay_fee_rate=rng.choice([0.0, 0.0, 0.02]))
        days = (max(moves(self.loan)) - self.start).days
        self.repay_on = self.start + timedelta(rng.randrange(days // 2))
        flows = self.loan.cashflows(["date", "closing"])
        owed = float(flows["closing"][flows["date"].dt.date <= self.repay_on].iloc[-1])
        self.repaid = self.loan.prepay(round(rng.choice([0.3, 0.8]) * owed, 2), on=self.repay_on)
        self.again_on = self.repay_on + timedelta(rng.randrange(days // 2))
        self.amount = round(rng.choice([0.1, 0.4, 0.8]) * terms["principal"], 2)
        self.rate = rng.choice([0.0003, 0.0004, 0.0006])
        self.months = rng.choice([3, 6, 12])
        need_on = self.again_on + timedelta(rng.choice([0, 0, 0, 45, -20]))
        self.need = {max(need_on, self.repay_on): rng.choice([0.1, 0.4]) * terms["principal"]}
        self.savings = rng.choice([0.0, 0.02, 0.15])
        self.hand = round(terms["principal"] * rng.choice([0.3, 1.0, 2.0]), 2)
        self.monthly = round(terms["principal"] / terms["months"] * rng.choice([0.5, 1.2]), 2)
        self.cash = jb.Cash(self.hand, self.monthly, since=self.start, spends=self.need)
        last_due = max(moves(self.loan))
        self.extended = self.loan.extend(6, on=min(self.again_on, last_due))
        self.ways = {KEEP: self.loan, AGAIN: self.again(), EXTEND: self.extended}

    def again(self, **changes: Any) -> Any:
        terms = {"amount": self.amount, "on": self.again_on, "daily_rate": self.rate}
        terms |= {"months": self.months, **changes}
        return self.repaid.reborrow(terms.pop("amount"), **terms)

    def lowest(self, way: Any) -> tuple[float, date]:
        own = moves(way, draws=False)
        return lowest(own, self.hand, self.monthly, self.start, self.need)

    def gain(self, way: Any, last: date, savings: float) -> float:
        return worth(less(moves(way), moves(self.loan)), savings, last)

    def held(self, way: Any, day: date) -> float:
        """Return what is in hand on a day before what is needed then is spent."""
        own = [fen for when, fen in moves(way, draws=False).items() if when <= day]
        months = len(list(paydays(self.start, day)))
        return float(self.hand + months * self.monthly + sum(own) / 100)


def test_the_choice(truth: Truth) -> None:
    for rng in truth.cases(40):
        case = Case(rng)
        answer = reborrow.answer(case.ways, case.cash, case.savings)
        the_days(truth, answer)
        ways = dict(case.ways)
        if case.lowest(case.repaid)[0] > -CENT:
            ways[ONLY] = case.repaid
        least = reborrow.verdict.least_again(case.again(), case.cash)  # see the_least
        if 0 < least < case.amount and case.lowest(case.again(amount=least))[0] > -CENT:
            ways[Words("answer.reborrow.case_least", amount=least)] = case.again(amount=least)
        last = max(max(moves(each)) for each in ways.values())
        gains = {name: case.gain(each, last, case.savings) for name, each in ways.items()}
        lows = {name: case.lowest(each) for name, each in ways.items()}
        for name, way in ways.items():
            row: Any = answer.figures.T[name]
            flows = way.cashflows(["interest", "fee"])
            holds = "yes" if lows[name][0] > -CENT else "no"
            truth.figure(row["holds"], Words(f"answer.{holds}"))
            truth.figure(row["net_benefit"], gains[name])
            truth.figure(row["interest"], flows["interest"].sum())
            truth.figure(row["fee"], flows["fee"].sum())
            truth.figure(row["payoff_date"], max(moves(way)))
            truth.figure(row["lowest_cash"], lows[name][0])
            truth.figure(row["lowest_cash_date"], lows[name][1])
        truth.figure(len(answer.figures), len(ways))
        the_best(truth, told(answer.said), gains, lows, last, case.start)


def the_best(
    truth: Truth, said: list[Words], gains: Any, lows: Any, last: date, start: date
) -> None:
    able = [name for name in gains if lows[name][0] > -CENT]
    if not able:
        name = max(lows, key=lambda each: lows[each][0])
        truth.sentence(said[0], ".none_holds", name=name, short=-lows[name][0], day=lows[name][1])
        truth.figure(len(said), 1)
        return
    ranked = sorted(able, key=lambda name: -gains[name])
    best = ranked[0]
    alike = [name for name in able if gains[best] - gains[name] < 0.01]
    if len(able) == 1:
        truth.sentence(said[0], ".best_only", best=best)
    elif len(alike) > 1:
        truth.sentence(said[0], ".best_same", names=tuple(alike))
    elif best == able[0]:
        gap = gains[best] - gains[ranked[1]]
        truth.sentence(said[0], ".best_first", best=best, other=ranked[1], amount=gap, day=last)
    else:
        gap = gains[best] - gains[able[0]]
        truth.sentence(said[0], ".best_other", best=best, baseline=able[0], amount=gap, day=last)
    after = said[1:]
    if lows[best][0] < CENT and lows[best][1] > start:
        truth.sentence(after.pop(0), ".best_bare", day=lows[best][1])
    unable = [name for name in gains if name not in able]
    truth.figure(len(after), len(unable))
    for sentence, name in zip(after, unable, strict=True):
        short, day = lows[name]
        truth.sentence(sentence, ".misses", name=name, short=-short, day=day)


def test_the_need(truth: Truth) -> None:
    for rng in truth.cases(30):
        case = Case(rng)
        answer = reborrow.need(case.ways, case.again(), case.cash)
        ((day, need),) = case.need.items()
        row: Any = answer.figures.iloc[0]
        for name, way in {**case.ways, ONLY: case.repaid}.items():
            truth.figure(row[name], case.held(way, day))
        short = need - case.held(case.repaid, day)
        later, when = case.lowest(case.repaid)
        said, *after = told(answer.said)
        if short < CENT and later < -CENT:
            truth.sentence(said, ".need_hold_later", held=need - short, later=when, short=-later)
        elif short < CENT:
            truth.sentence(said, ".need_hold", held=need - short, need=need)
        elif day < case.again_on:
            truth.sentence(said, ".need_early", short=short, day=day)
        else:
            the_least(truth, case, said, after, short)


def the_least(truth: Truth, case: Case, said: Words, after: list[Words], short: float) -> None:
    """Hold the least to borrow again: with it the need is met, with a fen less it is not."""
    ((day, need),) = case.need.items()
    least = reborrow.verdict.least_again(case.again(), case.cash)

    def enough(amount: float) -> bool:
        return bool(case.held(case.again(amount=round(amount, 2)), day) > need - CENT)

    if said.key.endswith("need_vain"):
        truth.sentence(said, ".need_vain", short=short)
        truth.figure(enough(20 * short), False)
        return
    key = ".need_borrow" if enough(short) else ".need_borrow_more"
    told_too = {} if enough(short) else {"least": least}
    truth.sentence(said, key, short=short, amount=case.amount, **told_too)
    truth.figure(enough(least), True)
    truth.figure(enough(least - 0.01), False)
    low, day = case.lowest(case.again(amount=least))
    truth.figure(len(after), int(low < -CENT))
    if after:
        sooner = pd.Timestamp(day) < pd.Timestamp(said.fields["day"])
        key, named = (".need_before", {}) if sooner else (".need_later", {"least": least})
        truth.sentence(after[0], key, short=-low, day=day, **named)


def test_what_it_depends_on(truth: Truth) -> None:
    for rng in truth.cases(12):
        case = Case(rng)
        last = max(max(moves(each)) for each in case.ways.values())
        answer = reborrow.flips.depends(case.loan, case.again, case.cash, case.savings, last)
        pays = lasting = 0
        changes = {}
        for name, row in answer.figures.iterrows():
            plan, savings = changed(case, name)
            gain, holds = case.gain(plan, last, savings), case.lowest(plan)[0] > -CENT
            truth.figure(row["net_benefit"], gain)
            truth.figure(row["holds"], Words(f"answer.{'yes' if holds else 'no'}"))
            lasting += holds
            pays += holds and gain > 0.01
            changes |= {name: abs(row["change"])} if holds and name.fields else {}
        said = told(answer.said)
        if not lasting:
            truth.sentence(said[0], ".depends_none")
        elif said[0].key.endswith("some"):
            truth.sentence(said[0], ".depends_some", n=pays, all=lasting)
            heaviest = changes[said[0].fields["case"]]  # one of those that the cash carries
            truth.figure(heaviest, max(changes.values()))
        elif pays in (0, lasting):
            alike = "" if said[0].key.endswith("same") else {True: AGAIN, False: KEEP}[pays > 0]
            told_too = {"name": alike, "other": KEEP if pays else AGAIN} if alike else {}
            truth.sentence(said[0], f".depends_{'all' if alike else 'same'}", **told_too)
        if 0 < lasting < len(answer.figures):
            truth.sentence(said[-1], ".depends_short", n=len(answer.figures) - lasting)


def changed(case: Case, name: Any) -> tuple[Any, float]:
    """Return the plan and the savings rate that a row is about."""
    key, fields = name.key.rpartition("_")[2], name.fields
    if key == "savings":
        return case.again(), fields["rate"]
    changes: dict[str, Any] = {
        "yours": {},
        "rate": {"daily_rate": fields.get("rate")},
        "months": {"months": fields.get("months")},
        "later": {"on": case.again_on + timedelta(30)},
        "least": {"amount": fields.get("amount")},
    }[key]
    return case.again(**changes), case.savings


def test_loans_with_loans(truth: Truth) -> None:
    for rng in truth.cases(6):
        terms = loans(rng)
        if terms["daily_rate"] == 0:
            terms["daily_rate"] = 0.0004
        months = rng.choice([3, 7, 12])
        loan = jb.Loan(**terms)
        surplus = round(terms["principal"] / terms["months"] * rng.choice([0.5, 1.2, 3.0]), 2)
        answer = reborrow.rollover.answer(rollover(loan, months), months, surplus)
        the_chain(truth, loan, terms, months, surplus, told(answer.said))


def the_chain(
    truth: Truth, loan: jb.Loan, terms: Any, months: int, surplus: float, said: list[Words]
) -> None:
    start = date.fromisoformat(terms["start"])
    end = start.year * 12 + start.month - 1 + months
    bills: dict[date, float] = {}
    open_loans, owed = [loan], terms["principal"]
    while True:
        paid = [moves(each) for each in open_loans]
        days = {day for each in paid for day in each if day > max([start, *bills])}
        days = {day for day in days if day.year * 12 + day.month - 1 <= end}
        if not days:
            break
        day = min(days)
        bill = -sum(each[day] for each in paid if day in each and day > min(each)) / 100
        bills[day] = bill
        new = {"daily_rate": terms["daily_rate"], "months": terms["months"]}
        plan = loan.reborrow(bill, on=day, **new)
        open_loans.append(plan.loans[-1])
        owed = sum(left(each, day) for each in open_loans)
    if not bills:
        truth.sentence(said[0], ".rollover_none", months=months)
        return
    last = max(bills)
    agreed = left(loan, last)
    late = last.year * 12 + last.month - 1 < end
    key = "grown_clear" if agreed < CENT else "grown"
    key += "_before" if late else ""
    truth.sentence(said[0], f".rollover_{key}", months=months, owed=owed)
    the_bills(truth, bills, said[1])
    over = [day for day, bill in bills.items() if bill > surplus + 0.01]
    after = [day for day in bills if over and day >= over[0]]
    kind = "within" if not over else "over_once" if len(over) < len(after) else "over"
    kind += "_first" if kind == "over" and over[0] == min(bills) else ""
    later: dict[date, float] = {}
    for day, fen in ((day, fen) for each in open_loans for day, fen in moves(each).items()):
        if day > last:
            later[day] = later.get(day, 0.0) - fen / 100
    if kind == "within" and max(later.values(), default=0.0) > surplus + 0.01:
        truth.sentence(said.pop(), ".rollover_later", most=max(later.values()))
    truth.sentence(said[-1], f".rollover_{kind}")
    if kind == "over":
        truth.figure(said[-1].fields["month"], over[0])


def the_bills(truth: Truth, bills: dict[date, float], said: Words) -> None:
    """Demand what is said of how the bill of the month grows, or goes up and down."""
    if len(bills) < 2:
        return
    each = list(bills.values())
    first, last, most = each[0], each[-1], max(each)
    if most > max(first, last) + 0.01:
        truth.sentence(said, ".rollover_bill_peak", first=first, last=last, most=most)
    elif any(after < 0.9 * before for before, after in pairwise(each)):
        truth.sentence(said, ".rollover_bill_uneven", first=first, most=most)
    elif abs(first - last) < (0.5 if first >= 100 else 0.01):
        truth.sentence(said, ".rollover_bill_same", first=first)
    else:
        truth.sentence(said, ".rollover_bill", first=first, last=last)


def left(loan: Any, day: date) -> float:
    flows = loan.cashflows(["date", "closing"])
    behind = flows["closing"][flows["date"].dt.date <= day]
    return float(behind.iloc[-1]) if len(behind) else 0.0


def test_the_chance_that_the_limit_is_gone(truth: Truth) -> None:
    for rng in truth.cases(12):
        case = Case(rng)
        last = max(max(moves(each)) for each in case.ways.values())
        fallback, lost = rng.choice([0.0002, 0.00065, 0.001]), rng.choice([0.0, 0.07, 0.5, 1.0])
        given = case.loan, case.again, case.cash, fallback, lost, case.savings, last
        answer = reborrow.chance.answer(*given)
        back = case.gain(case.again(), last, case.savings)
        gone = case.gain(case.again(daily_rate=fallback), last, case.savings)
        chances = sorted({0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, lost})
        for chance, found in zip(chances, answer.figures["expected"], strict=True):
            truth.figure(found, (1 - chance) * back + chance * gone)
        said, (low, day) = told(answer.said), case.lowest(case.again())
        if low < -CENT:
            truth.sentence(said[0], ".out_of_reach", short=-low, day=day)
            continue
        if min(abs(back), abs(gone)) < 0.02:
            continue  # a matter of rounding
        if back > 0 and gone > 0:
            truth.sentence(said[0], ".chance_always")
        elif back < 0 and gone < 0:
            either = "_either" if back < gone + CENT else ""
            truth.sentence(said[0], f".chance_never{either}")
        else:
            key = ".chance_below" if back > 0 else ".chance_above"
            truth.sentence(said[0], key, flip=back / (back - gone), within=1e-4)
        mean = (1 - lost) * back + lost * gone
        if abs(mean) > 0.02:
            key = f".chance_{'gain' if mean > 0 else 'loss'}"
            truth.sentence(said[1], key, amount=abs(mean))


def test_the_rates_of_a_new_loan(truth: Truth) -> None:
    for rng in truth.cases(12):
        case = Case(rng)
        last = max(max(moves(each)) for each in case.ways.values())
        answer = reborrow.flips.rates(case.loan, case.again, case.cash, case.savings, last)
        said, (low, day) = told(answer.said), case.lowest(case.again())

        def gain(rate: float, case: Case = case, last: date = last) -> float:
            return case.gain(case.again(daily_rate=rate), last, case.savings)

        for _, row in answer.figures.iterrows():
            year = row["annual_rate"]
            truth.figure(row["net_benefit"], gain(round(year / 365, 10)), within=0.5)
        if low < -CENT:
            truth.sentence(said[0], ".out_of_reach", short=-low, day=day)
            continue
        free, dear = gain(0.0), gain(0.005)
        if min(abs(free), abs(dear)) < 0.05:
            continue  # a matter of rounding
        if free < 0:
            truth.sentence(said[0], ".rate_never")
        elif dear > 0:
            truth.sentence(said[0], ".rate_always")
        else:
            truth.sentence(said[0], ".rate_one")
            turn: Any = said[0].fields["rate"]
            truth.figure(gain(turn), 0.0, within=0.5)
            truth.figure(gain(0.9 * turn) > 0 > gain(min(1.1 * turn, 0.005)), True)
            side = ".rate_above" if case.rate > turn else ".rate_below"
            truth.sentence(said[1], side, rate=case.rate, within=1e-9)
