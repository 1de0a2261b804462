"""What may be decided on a day to come, and the least that may be repaid at once."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from jiebei.answers import best_plan
from jiebei.language.errors import JiebeiError
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.drawn import borrower
from jiebei.life.best.entered import read_extensions
from jiebei.life.best.played import play
from jiebei.life.best.rules import RULES, follow
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons
from jiebei.loan.loan import Loan
from jiebei.units.days import iso

START = "2026-12-01"
FEN = 0.01
BULLET = Loan(3_000, daily_rate=0.0005, months=2, start=START, method="bullet")


def planned(there: Borrower) -> Best:
    found = best(there)
    assert found is not None
    return found


def done(found: Best, *what: str) -> list[str]:
    return [iso(each.day) for each in found.played.steps if each.what in what]


# The least that is taken early at once ---------------------------------------------------------


@pytest.mark.parametrize(
    ("cash", "least", "left"),
    [
        (1_000, 1_000, 492.25),  # 1,000 repaid, 500 x (1 + 31 x 0.0005) = 507.75 paid at the end
        (1_000, 1_000.01, 476.75),  # too little: 1,500 x (1 + 31 x 0.0005) = 1,523.25 at the end
        (1_500, 2_000, 1_000.0),  # all that is owed is taken, however little it is
    ],
)
def test_by_hand_no_less_than_the_least_is_repaid(cash: float, least: float, left: float) -> None:
    """3,000 at 0.05 % in two slices, the first paid: 1,500 is owed; 1,000 comes in at the end."""
    loan = Loan(3_000, daily_rate=0.0005, months=2, start="2026-11-01", method="equal_principal")
    there = Borrower((loan,), Budget(1_000, 0, cash, START), least=least)
    assert planned(there).played.left == left


def saved_up(loan: Loan, budget: Budget, days: tuple[bool, ...], least: float) -> float | None:
    """Return what is left where all cash to spare is repaid on some paydays; None: it breaks."""
    last = "2027-04-01"
    months = budget.months(last)
    cash = 0.0
    for at, day in enumerate(months.date):
        on = np.datetime64(int(day), "D")
        comes = months.income[at] - months.expenses[at] if at else months.cash[0]
        paid = loan.cashflows(["date", "event", "payment"])
        due = paid[(paid["date"] == on) & (paid["event"] == "instalment")]
        cash += comes / 100 - (float(due["payment"].sum()) if at else 0.0)  # paid today already
        if cash < -FEN:
            return None
        owed = loan.owed(on)
        if at < len(days) and days[at] and owed.principal:
            if cash >= owed.total:
                cash -= owed.total
                loan = loan.settle(on)
            elif cash >= least:
                loan = loan.prepay(np.floor(100 * cash) / 100, on)
                cash -= np.floor(100 * cash) / 100
    return round(cash, 2)


@pytest.mark.parametrize("least", [800, 1_500, 2_500])
def test_it_saves_up_for_the_least_as_brute_force_does(least: float) -> None:
    loan = Loan(9_000, daily_rate=0.0006, months=5, start="2026-11-01")
    budget = Budget(2_900, 0, 600, START)
    tried = [saved_up(loan, budget, days, least) for days in product((False, True), repeat=4)]
    found = planned(Borrower((loan,), budget, least=least))
    assert found.played.left == pytest.approx(max(filter(None, tried)), abs=0.02)
    repaid = [each for each in found.played.steps if each.what == "repay"]
    assert all(each.amount >= least for each in repaid)


# An extension on a coming due day ---------------------------------------------------------------


def test_by_hand_an_extension_waits_for_the_day_on_which_its_fee_can_be_paid() -> None:
    """Nothing in hand today; 1,000 comes in each month, and the fee is 20.

    Repaid: 1,000 / 1.0155 = 984.74, then 980 / 1.031 = 950.53, then 1,000 / 1.045 = 956.94. The
    rest, 107.79 x (1 + 121 x 0.0005) = 114.31, is paid out of the fourth 1,000.
    """
    offered = read_extensions([{"months": 2, "fee": 20, "until": "2027-02-01"}], START)
    there = Borrower((BULLET,), Budget(1_000, 0, 0, START))
    assert best(there) is None
    assert best(replace(there, extensions=(replace(offered[0], until=None),))) is None
    found = planned(replace(there, extensions=offered))
    assert done(found, "take") == ["2027-02-01"]
    assert found.played.left == pytest.approx(885.69, abs=0.02)


def test_it_is_taken_on_the_best_of_the_days_on_which_it_can_be() -> None:
    loan = Loan(9_000, daily_rate=0.0004, months=6, start=START)
    there = Borrower((loan,), Budget(1_600, 0, 100, START), savings_rate=0.25)
    offered = {"months": 3, "fee": 30}
    every = planned(
        replace(there, extensions=read_extensions([offered | {"until": "2027-06-01"}], START))
    )
    days = [START, *(f"2027-0{month}-01" for month in range(1, 7))]
    alone = [best(replace(there, extensions=read_extensions([offered], day))) for day in days]
    left = [each.played.left for each in alone if each is not None]
    assert every.played.left == pytest.approx(max(left), abs=0.02)


def test_no_extension_is_taken_of_what_is_repaid_before() -> None:
    rich = Borrower((BULLET,), Budget(1_000, 0, 4_000, START))
    offered = read_extensions([{"months": 2, "until": "2027-02-01"}], START)
    assert done(planned(replace(rich, extensions=offered)), "take", "settle") == [START]


# A coupon that is used later --------------------------------------------------------------------


def test_by_hand_a_coupon_that_begins_later() -> None:
    """January is free: 3,000 x (1 + (90 - 31) x 0.0005) = 3,088.50 is paid on 1 March."""
    loan = Loan(3_000, daily_rate=0.0005, months=3, start=START, method="bullet")
    [coupon] = read_coupons([{"days": 31, "begins": "2027-01-01"}])
    there = Borrower((loan,), Budget(1_100, 0, 0, START), savings_rate=0.3, coupons=(coupon,))
    found = planned(there)
    assert done(found, "take") == ["2027-01-01"]
    hand = 1_100 * (1.3 ** (59 / 365) + 1.3 ** (28 / 365) + 1) - 3_088.5
    assert found.played.left == pytest.approx(hand, abs=FEN)


def test_by_hand_a_coupon_is_kept_for_the_longest_month() -> None:
    """One instalment is free: February has 28 days, March 31, and April comes too late."""
    loan = Loan(3_000, daily_rate=0.0005, months=4, start="2027-02-01", method="interest_only")
    [coupon] = read_coupons([{"instalments": 1, "use_by": "2027-05-31"}])
    budget = Budget(1_100, 0, 100, "2027-02-01")
    found = planned(Borrower((loan,), budget, savings_rate=0.3, coupons=(coupon,)))
    assert done(found, "take") == ["2027-03-01"]
    assert found.played.cost == 1.5 * (28 + 30 + 31)  # yuan a day
    [soon] = read_coupons([{"instalments": 1, "use_by": "2027-02-28"}])
    found = planned(Borrower((loan,), budget, savings_rate=0.3, coupons=(soon,)))
    assert done(found, "take") == ["2027-02-01"]


def test_the_calendar_says_on_its_own_day_what_is_taken() -> None:
    offered = read_extensions([{"months": 2, "fee": 20, "until": "2027-02-01"}], START)
    found = best_plan.answer(Borrower((BULLET,), Budget(1_000, 0, 0, START), extensions=offered))
    assert "use on this line: an extension by 2 months" in str(found.figures["to_do"].iloc[1])


# All of it at random ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_no_rule_beats_it_and_it_keeps_to_what_it_may(seed: int) -> None:
    plain = borrower(seed, most_months=8)
    rows: list[dict[str, Any]] = [{"months": 3, "fee": 40, "until": "2027-03-15"}]
    there = replace(
        plain,
        least=500.0 * (1 + seed % 3),
        extensions=read_extensions(rows, START) if int(plain.loans[0].months) > 2 else (),
        coupons=tuple(read_coupons([{"days": 20, "begins": "2026-12-20"}])),
    )
    found = best(there)
    if found is None:
        return
    assert found.proved - found.played.left <= 1
    assert found.played.left <= found.bound
    assert found.played.lowest > -FEN
    lane = {number for number, each in enumerate(found.ground.lanes) if each.least}
    repaid = [each for each in found.played.steps if each.what == "repay" and each.lane in lane]
    assert all(each.amount >= there.least for each in repaid)
    for rule in RULES.values():
        other = play(found.ground, follow(found.ground, rule)[0])
        assert other.lowest < -FEN or other.left <= found.played.left + 0.1


def test_an_offer_that_ended_before_today_is_refused() -> None:
    with pytest.raises(JiebeiError, match="until"):
        read_extensions([{"months": 3, "until": "2026-11-30"}], START)
