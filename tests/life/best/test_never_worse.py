"""No strategy of the other pages leaves more than the best plan at the same numbers.

Each way of 03 to 12 that a borrower can carry is worth, by its own cash flows, at most what the
best plan leaves. Being late (07) and what only talks can bring (08) meet no due payment as agreed.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from jiebei.language.errors import JiebeiError
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Again, Borrower, Extension
from jiebei.life.best.drawn import START, borrower
from jiebei.life.debts.debt import Debt, payday, read
from jiebei.life.debts.orders import ORDERS, Choice, cheapest, named, ranks
from jiebei.life.debts.payments import frame, months
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons, read_offers
from jiebei.life.offers.offers import Need
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan, Strategy

FEN = 0.01
ROUNDING = 0.1  # yuan: plans no farther apart are equally good
LIMIT, AGAIN_MONTHS, SHARE = 1.2, 6, 0.4


def days_of(flows: pd.DataFrame) -> np.ndarray:
    return flows["date"].to_numpy().astype("M8[D]").astype(np.int64)


def left(found: Best, day: np.ndarray, cash: np.ndarray) -> float | None:
    """Return what cash flows leave on the last day of the plan; None where cash does not last."""
    there = found.ground.borrower
    last = int(found.ground.days[-1])
    budget = there.budget.months(np.int64(last).astype("M8[D]"))
    comes = (budget.income - budget.expenses - budget.other_loans) / 100
    comes[0] = budget.cash[0] / 100
    moves = pd.Series(np.concatenate([comes, cash]), np.concatenate([budget.date, day]))
    by_day = moves.groupby(level=0).sum().sort_index()
    held, before = 0.0, int(by_day.index[0])
    for at, move in by_day.items():
        held = held * (1 + there.savings_rate) ** ((at - before) / 365) + move
        before = at
        if held < there.keep - FEN / 2:
            return None
    return float(held * (1 + there.savings_rate) ** ((last - before) / 365))


def of_strategy(found: Best, strategy: Strategy) -> float | None:
    """Return what a loan or plan leaves, its first drawdown taken as spent."""
    try:
        flows = strategy.cashflows(["date", "event", "loan", "drawn", "payment"])
    except JiebeiError:
        return None  # not possible
    first = (flows["event"] == "draw") & (flows["loan"] == 0)
    flows = flows[~first]
    return left(found, days_of(flows), (flows["drawn"] - flows["payment"]).to_numpy())


def early(loan: Loan) -> Iterator[Strategy]:
    """Yield the ways of 03: lower, shorten, settle, on days on and off a due day."""
    for day in (0, 31, 45, 70):
        for share in (0.1, 0.5, 0.9):
            for then in ("lower", "shorten"):
                yield loan.prepay(round(float(loan.principal) * share / 2, -2), on=day, then=then)
        yield loan.settle(on=day)
    for then in ("lower", "shorten"):
        yield loan.pay_extra(800, on=31, times=12, then=then)


def one_loan(seed: int) -> Borrower:
    """Return a borrower of the seed with this line only, and everything on offer."""
    drawn = borrower(seed, 12)
    loan, budget = drawn.loans[0], drawn.budget
    offers = read_offers([{"name": "bank", "daily_rate": 0.0003, "months": 12, "limit": 30_000}])
    coupons = read_coupons([{"days": 30}, {"days": 90, "off": 0.5, "cap": 100}])
    return replace(
        drawn,
        debts=(),
        budget=replace(budget, payday=1 + seed % 28),
        extensions=(Extension(6, "2027-01-01", fee=30.0),) if int(loan.months) > 2 else (),
        again=Again(LIMIT * float(loan.principal), AGAIN_MONTHS),
        offers=tuple(offers),
        coupons=tuple(coupons),
    )


def ways(there: Borrower) -> Iterator[Strategy]:
    """Yield the ways of 01 to 11."""
    loan = there.loans[0]
    yield loan
    yield from early(loan)
    for each in there.extensions:
        yield loan.extend(each.months, on=each.on, fee=each.fee)
        yield from early(loan.extend(each.months, on=each.on, fee=each.fee))
    for coupon in there.coupons:
        yield coupon.on(loan)
        yield coupon.on(loan).settle(on="2027-02-01")
    part = round(SHARE * float(loan.principal), -2)
    paydays = there.budget.months("2027-03-01").date
    for day in paydays[1:]:
        on = np.int64(day).astype("M8[D]")
        yield loan.prepay(part, on=31).reborrow(part, on=on, months=AGAIN_MONTHS)
    [offer] = there.offers
    for day in paydays[:2]:
        on = str(np.int64(day).astype("M8[D]"))
        [other] = offer.loans(Need({on: 0.8 * part}, 12, "equal_instalment"))
        yield Plan((loan.prepay(0.7 * part, on=on), other))


def test_no_way_of_one_loan_leaves_more(seeds: range) -> None:
    compared = 0
    for seed in seeds[::3]:
        there = one_loan(seed)
        found = best(there)
        if found is None:
            continue
        for way in ways(there):
            value = of_strategy(found, way)
            if value is not None:
                compared += 1
                assert value <= found.bound, (seed, way)
                assert value <= found.played.left + ROUNDING, (seed, way)
    assert compared > 5 * len(seeds[::3])


# The orders of 12 ------------------------------------------------------------------------------


def all_debts(there: Borrower) -> tuple[Debt, ...]:
    """Return this line beside the other debts, as 12 lists them."""
    line = there.loans[0]
    row = {
        "name": "this_line",
        "kind": "loan",
        "balance": float(line.principal),
        "daily_rate": float(line.daily_rate),
        "months": int(line.months),
        "method": line.method,
        "prepay_fee_rate": float(line.prepay_fee_rate),
    }
    return (*read([row], START), *there.debts)


def orders(debts: tuple[Debt, ...], monthly: int) -> Iterator[Choice]:
    yield from (named(debts, each) for each in ORDERS)
    yield cheapest(debts, monthly)[0]


def test_no_order_of_paying_leaves_more(seeds: range) -> None:
    compared = 0
    for seed in seeds[::2]:
        drawn = borrower(seed, 12)
        debts = all_debts(drawn)
        due = sum(float(each.balance) for each in debts) / 100 / 6
        monthly = round(due)
        budget = Budget(monthly + 2_000, 2_000, reserve=20_000, since=START)
        there = Borrower((), budget, 0.0, drawn.savings_rate, debts)
        found = best(there)
        if found is None:
            continue
        for choice in orders(debts, monthly):
            fen = np.array([100 * monthly])
            run = months(debts, fen, ranks(debts, [choice]), np.array([choice.lead]))
            flows = frame(debts, run)
            last = flows.groupby("debt", observed=True)["closing"].last()
            if last.sum() > 0 or len(last) < len(debts) or flows["date"].empty:
                continue  # it does not lead out
            if days_of(flows).max() > found.ground.days[-1]:
                continue
            value = left(found, days_of(flows), -flows["payment"].to_numpy())
            late = [
                each
                for each in debts
                if each.kind == "family"
                and days_of(flows[flows["debt"] == str(each.name)]).max() > each.due
            ]
            if value is not None and not late:
                compared += 1
                assert value <= found.bound, (seed, choice)
                assert value <= found.played.left + ROUNDING, (seed, choice)
    assert compared > len(seeds[::2])


def test_a_payday_is_a_due_day_of_every_debt() -> None:
    assert payday(20_788, 1) == 20_819


@pytest.mark.parametrize("seed", [3])
def test_what_cash_does_not_carry_is_not_compared(seed: int) -> None:
    found = best(one_loan(seed))
    assert found is not None
    assert of_strategy(found, found.ground.borrower.loans[0].settle(on=0)) is None
