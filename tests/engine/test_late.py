"""How late a loan is, whom a part payment pays, and what is let off: figures worked out by hand."""

import random
import re
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.engine.book import EVERYONE, Book
from jiebei.loan.cashflows import COLUMNS
from tests.golden.summaries import SUMMARIES
from tests.helpers.in_fen import built, in_fen
from tests.helpers.sequences import some_loan

SMALL = jb.Loan(12_000, daily_rate=0.0004, months=6, start="2026-12-01")
BIG = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
NAT = np.datetime64("NaT")


# ---- days late -----------------------------------------------------------------------------------


def test_whoever_pays_one_instalment_a_month_is_one_month_late():
    loan = SMALL.but(daily_rate=0.0003).miss(1, times=6)
    for month in range(2, 7):
        loan = loan.pay(2_300, on=f"2027-{month:02}-01")
    flows = loan.cashflows(["event", "days_late"])
    assert flows.loc[flows["event"] == "late payment", "days_late"].tolist() == [31, 28, 31, 30, 31]
    assert loan.summary().days_late == 31


def test_the_oldest_instalment_paid_with_its_penalty_leaves_the_next_one_late():
    """43.80 of penalty and 2,085.79: two days after the second due day only that one is left."""
    for spread, days in (("oldest", 2), ("component", 33)):
        paid = SMALL.but(payment_spread=spread).miss(1, 2).pay(2_129.59, on="2027-02-03")
        flows = paid.pay(1, on="2027-02-03").cashflows(["event", "days_late"])
        assert flows["days_late"][flows["event"] == "late payment"].tolist() == [33, days]


def test_a_fen_less_than_the_penalty_leaves_what_had_run_up_of_the_next_one():
    """4,098.01 x 0.06 % x 10 days = 24.58806: of it 24.58 is paid, 0.00806 + 24.58806 is left.

    After 20 days 49.18 in all, as if nothing had been paid before.
    """
    late = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01").miss(1)
    part = late.pay(24.58, on="2027-01-11")
    for each in (late, part):
        paid = each.pay(4_200, on="2027-01-21").cashflows(["date", "penalty"])
        assert paid.loc[paid["date"] < "2027-02-01", "penalty"].sum() == pytest.approx(49.18)


def test_what_rounding_leaves_of_a_penalty_runs_on_and_ends_when_all_of_it_is_paid():
    """Of 10 yuan 0.3 fen a day: 0 on the first day, 0.6, that is 1, on the second.

    Of 1.3 fen a day 1 is paid, nothing is left, and 1.3, that is 1, runs up again.
    """
    for rate, fen in ((0.0003, 1), (0.0013, 2)):
        loan = jb.Loan(10, daily_rate=rate, days=10, method="bullet", start="2026-12-01")
        late = loan.but(penalty_multiple=1.0, penalty_on="principal").miss(1)
        paid = late.pay(0.01, on=11).pay(99, on=12).summary()
        assert round(paid.penalty * 100) == fen


def test_half_a_fen_of_penalty_goes_to_the_even_one():
    """1,030 x 0.05 % = 51.5 fen a day: 51.5 after one day, 154.5 after three."""
    loan = jb.Loan(1_030, daily_rate=0.0005, days=10, method="bullet", start="2026-12-01")
    late = loan.but(rounding="half_even", penalty_multiple=1.0, penalty_on="principal").miss(1)
    assert late.pay(9_999, on=[11, 13]).summary().penalty.tolist() == [0.52, 1.54]


def test_from_the_91st_day_on_no_interest_is_booked():
    """Due on 1 January: 31 + 28 + 31 = 90 days until 1 April."""
    late = SMALL.miss(1, times=6).pay(1, on="2027-04-01").pay(1, on="2027-04-02")
    flows = late.cashflows(["event", "status"])
    paid = flows["status"][flows["event"] == "late payment"]
    assert paid.tolist() == ["overdue", "non-accrual"]


def test_what_is_called_follows_the_oldest_unpaid():
    loan = SMALL.but(accelerate_after=60).miss(1, 3)
    loan = loan.pay(3_500, on="2027-02-10").pay(99_999, on="2027-03-05")
    flows = loan.cashflows(["date", "event", "payment"])
    assert "acceleration" not in flows["event"].tolist()
    assert flows["payment"][flows["date"] == "2027-03-05"].tolist() == [2_833.81]
    assert loan.summary().arrears == 0


def test_nothing_is_called_inside_the_days_of_grace():
    loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01", grace_days=30)
    late = loan.but(accelerate_after=10).pay_late(1, 20)
    assert late.cashflows(["event"])["event"].tolist()[1:4] == [
        "missed",
        "late payment",
        "instalment",
    ]
    assert late.summary().penalty == 0
    called = loan.but(accelerate_after=10).pay_late(1, 40).cashflows(["date", "event"])
    assert str(called["date"][called["event"] == "acceleration"].item().date()) == "2027-02-01"


def test_each_instalment_has_its_own_days_of_grace():
    """10 days of grace on 2027-02-05: 2,085.79 x 0.06 % x 35 days, the second one is inside."""
    late = SMALL.but(grace_days=10).miss(1, 2)
    assert late.pay(5_000, on="2027-02-05").summary().penalty == 43.80
    two = late.pay(2_129.59, on="2027-02-05").pay(5_000, on="2027-02-05")
    assert two.summary().penalty == 43.80


def test_a_run_of_missed_instalments_ends_with_a_new_plan():
    plans = [(3, 4, "2027-06-01"), (3, 12, "2027-06-01"), (6, 5, "2027-06-02")]
    for first, times, on in plans:
        flows = BIG.miss(first, times).restructure(36, on=on).cashflows(["date", "event"])
        assert flows["event"][flows["date"] > on].eq("instalment").all()
    again = BIG.miss(3, times=3).restructure(36, on="2027-06-10").miss(7)
    assert "missed" in again.cashflows(["date", "event"]).set_index("date")["event"]["2027-07-10"]


def test_a_loan_that_is_paid_off_at_once_is_settled():
    for offer in ({"months": 0}, {"months": 6, "down": 50_200}):
        row = BIG.restructure(on=10, **offer).cashflows(["status"]).iloc[-1]
        assert row["status"] == "settled"


def random_payments(seed: int) -> Any:
    """Make up a late loan and two sums paid on one day."""
    pick = random.Random(seed)
    loan = some_loan(pick) | {
        "method": "equal_instalment",
        "payment_spread": pick.choice(("oldest", "component")),
    }
    late = jb.Loan(**loan).miss(1, times=loan["months"])
    on, principal = 31 * pick.randint(1, loan["months"]) + pick.randint(0, 20), loan["principal"]
    return late, on, [round(pick.uniform(0.01, 0.4) * principal, 2) + 0.01 for _ in range(2)]


@pytest.mark.parametrize("seed", range(60))
def test_two_payments_on_one_day_take_and_leave_what_one_of_the_sum_does(seed):
    late, on, (one, two) = random_payments(seed)
    try:
        once = in_fen(late.pay(round(one + two, 2), on=on).cashflows(list(COLUMNS)))
    except jb.JiebeiError:
        return  # nothing is overdue that day
    try:
        twice = in_fen(late.pay(one, on=on).pay(two, on=on).cashflows(list(COLUMNS)))
    except jb.JiebeiError:
        assert once["payment"].max() <= round(one * 100)  # the first sum had paid all
        return
    names = ["interest", "penalty", "fee", "principal"]
    assert once[names].sum().tolist() == twice[names].sum().tolist()
    left = ["arrears", "payoff", "closing", "status"]
    assert once[left].iloc[-1].tolist() == twice[left].iloc[-1].tolist()


def test_late_loans_in_an_array_are_the_same_loans():
    pick = np.random.default_rng(5)
    size = 60
    terms = {
        "payment_spread": pick.choice(["oldest", "component"], size),
        "payment_order": pick.choice(["penalty_first", "principal_first"], size),
        "grace_days": pick.choice([0, 3, 20], size),
        "accelerate_after": pick.choice([0, 45, 90], size),
        "day_count": pick.choice(["actual", "thirty"], size),
        "rounding": pick.choice(["half_up", "up"], size),
        "residual": pick.choice(["last", "first"], size),
    }
    first, times = pick.integers(1, 5, size), pick.integers(1, 6, size)
    sums, days = pick.integers(1, 9_000, (2, size)), pick.integers(130, 260, (2, size))

    def loan(place: Any) -> jb.Loan:
        own = {name: each[place] for name, each in terms.items()}
        late = BIG.but(**own).miss(first[place], times[place])
        for cash, on in zip(sums, days, strict=True):
            late = late.pay_extra(cash[place], on=on[place])
        return late.settle(on=300)

    together = loan(slice(None)).cashflows(list(COLUMNS))
    for place in range(size):
        mine = together[together["loan"] == place].drop(columns="loan").reset_index(drop=True)
        alone = loan(place).cashflows(list(COLUMNS)).drop(columns="loan")
        pd.testing.assert_frame_equal(mine, alone)


# ---- a coupon beside a holiday -------------------------------------------------------------------


def test_a_coupon_and_a_waived_holiday_let_off_side_by_side():
    waived = BIG.defer(3, on=0, interest="waived")
    assert waived.summary().interest == 4_065.38
    assert waived.coupon(1, 0.1, on="2026-12-02").summary().interest == 4_065.38
    week = waived.coupon(7, on="2026-12-11")
    assert week.summary().interest == 4_065.38
    holiday = {"on": "2027-03-15", "interest": "waived"}
    assert BIG.coupon(200).defer(1, **holiday).summary().interest == 1_268.79
    limited = BIG.coupon(200, cap=500).defer(1, **holiday).summary()  # no second coupon is about
    assert limited.waived > 500


@pytest.mark.parametrize("free", [("coupon", (30,)), ("defer", (1,))])
def test_a_new_plan_ends_what_is_let_off_on_the_day_of_the_drawdown_too(free):
    """5.00 a day of 10,000: one day is owed at least."""
    name, given = free
    more = {"on": 0, "interest": "waived"} if name == "defer" else {}
    loan = getattr(SMALL.but(principal=10_000, daily_rate=0.0005), name)(*given, **more)
    settled = loan.restructure(6, on=0).settle(on=0).summary()
    assert (settled.interest, settled.waived) == (5.0, 0.0)


def test_a_waived_holiday_ends_when_the_loan_is_called():
    """5.00 a day are let off from 10 to 21 January, none once the loan goes on: 28 days later
    155.00 of December, 45.00 of January and 140.00 are paid, and no principal.
    """
    loan = jb.Loan(10_000, daily_rate=0.0005, months=6, method="interest_only", start="2026-12-01")
    called = loan.but(accelerate_after=20).miss(1).defer(3, on="2027-01-10", interest="waived")
    on = called.extend(2, on="2027-02-10")
    assert on.summary().waived == 55.0
    row = on.cashflows(["date", "interest", "principal"]).set_index("date").loc["2027-03-10"]
    assert row.tolist() == [340.0, 0.0]


def test_a_coupon_lets_nothing_off_while_only_arrears_are_left():
    """5.00 a day of 10,000, half of it off: 30 days, then 31 from the new plan on."""
    loan = jb.Loan(10_000, daily_rate=0.0005, days=30, method="bullet", start="2026-12-01")
    late = loan.coupon(100, 0.5, on=0).miss(1)
    assert late.extend(1, on="2027-01-10").summary().waived == 152.5


def test_what_a_coupon_has_let_off_until_the_loan_is_called_counts_to_its_cap():
    """Half of 5.00 a day: 77.50 in December, 50.00 until 21 January; of 150.00 22.50 are left."""
    loan = jb.Loan(10_000, daily_rate=0.0005, months=6, method="interest_only", start="2026-12-01")
    called = loan.but(accelerate_after=20).coupon(200, 0.5, cap=150, on=0).miss(1)
    assert called.summary().waived == 127.5
    assert called.extend(2, on="2027-02-10").summary().waived == 150.0


def test_a_coupon_that_ends_with_sixty_days_counted_lets_no_day_more_off():
    """On day 61 two months of thirty days are over: 60 x 5.00 are let off, the third is paid."""
    loan = jb.Loan(10_000, daily_rate=0.0005, months=1, method="bullet", start="2026-12-01")
    longer = loan.but(day_count="thirty").coupon(61, on=0).extend(1, on=5).extend(1, on=61)
    assert (longer.summary().waived, longer.summary().interest) == (300.0, 150.0)


def test_a_holiday_of_thirty_day_months_begins_with_its_first_due_day():
    """Drawn on 29 February, due on the 5th, that of March too near: 22 days until the 22nd."""
    loan = jb.Loan(1_000, daily_rate=0.0003, months=2, start="2028-02-29", due_day=5)
    loan = loan.but(day_count="thirty").defer(3, on=2, interest="billed")
    flows = loan.coupon(1, off=0, on=22).cashflows(["event", "payoff"])
    assert flows["payoff"][flows["event"] == "coupon"].item() == 1_006.60


# ---- what joins the principal --------------------------------------------------------------------


@pytest.mark.parametrize("name", SUMMARIES)
def test_what_joins_the_principal_counts_under_its_own_name(name):
    (loan, chain), wanted = SUMMARIES[name]
    total = built(loan, chain).summary()
    assert {each: round(getattr(total, each) * 100) for each in wanted} == wanted
    four = total.interest + total.penalty + total.fee + total.principal
    assert total.total_paid == pytest.approx(four)


# ---- extra cash while interest waits -------------------------------------------------------------


@pytest.mark.parametrize(
    ("cash", "repaid"),
    [(49_000, 49_000), (49_999.99, 49_999.99), (50_000, 49_999.99), (50_500, 49_999.99)],
)
def test_extra_cash_repays_all_principal_that_it_covers(cash, repaid):
    billed = BIG.defer(3, on=0, interest="billed")
    flows = billed.pay_extra(cash, on="2027-03-01").cashflows(["event", "principal"])
    assert flows["principal"][flows["event"] == "prepayment"].tolist() == [repaid]


def test_a_fen_more_is_not_covered_where_it_bears_a_high_fee():
    """What is repaid for the cash is asked for in the other way, by the principal."""
    cash = np.array([18_315.59, 18_632.27, 25_546.45, 28_343.79])
    dear = BIG.but(prepay_fee_rate=0.05)
    flows = dear.pay_extra(cash, on="2027-01-15").cashflows(["event", "principal", "payment"])
    early = flows[flows["event"] == "prepayment"]
    assert (early["payment"] <= cash).all()
    more = dear.prepay(early["principal"].to_numpy() + 0.01, on="2027-01-15")
    paid = more.cashflows(["event", "payment"]).query("event == 'prepayment'")["payment"]
    assert (paid.to_numpy() > cash).all()


def test_more_cash_never_repays_less():
    billed = BIG.but(principal=10_000).defer(1, on=0, interest="billed")
    principal = [
        billed.pay_extra(cash, on="2027-01-01").cashflows(["principal"])["principal"].max()
        for cash in (10_070, 10_080)
    ]
    assert principal == [9_999.99, 9_999.99]
    settles = billed.pay_extra(10_124, on="2027-01-01").cashflows(["event"])
    assert settles["event"].iloc[-1] == "payoff"


def test_interest_that_waited_is_owed_no_more_after_the_loan_is_settled():
    """4.00 a day of 10,000: 31 days have waited, nine have run."""
    billed = BIG.but(principal=10_000).defer(1, on=0, interest="billed")
    row = billed.settle(on="2027-01-10").cashflows(["payment", "payoff"]).iloc[-1]
    assert row.tolist() == [10_160.0, 0.0]


def test_interest_that_waits_is_owed_when_the_plan_ends():
    """4.00 a day of 10,000: 124.00 missed with a penalty of 3.05, 124.00 waits, 40.00 runs.

    The penalty is 124.00 x 0.06 % x 41 days = 3.0504. Called or put into a new plan: one sum.
    """
    loan = jb.Loan(10_000, daily_rate=0.0004, months=6, method="interest_only", start="2026-12-01")
    holiday = {"on": "2027-01-10", "interest": "billed"}
    called = loan.but(accelerate_after=41).miss(1).defer(1, **holiday)
    agreed = loan.miss(1).defer(1, **holiday).restructure(6, on="2027-02-11")
    for column, late in (("arrears", called), ("closing", agreed)):
        flows = late.cashflows(["date", column])
        assert flows.loc[flows["date"] == "2027-02-11", column].tolist() == [10_291.05]


# ---- beyond what whole numbers hold --------------------------------------------------------------

GROWN = [
    jb.Loan(156_004_619.64, daily_rate=0.0006, months=1, start="2026-12-01")
    .miss(1)
    .restructure(1, on=3_600),
    BIG.but(
        principal=89_041.24,
        daily_rate=0.002,
        months=36,
        method="interest_only",
        penalty_multiple=2.0,
    )
    .miss(1, 120)
    .restructure(60, on=3_000)
    .defer(59, on=3_001, interest="billed"),
    BIG.but(principal=1_300_000, daily_rate=0.005)  # x 2.52 x 2.525, and then 152.5 % of it
    .defer(10, on=5, interest="capitalised")
    .defer(10, on="2027-10-05", interest="capitalised")
    .defer(10, on="2028-08-05", interest="capitalised"),
]


@pytest.mark.parametrize("loan", GROWN)
def test_a_debt_that_has_grown_beyond_bounds_is_refused_in_words(loan):
    with pytest.raises(jb.JiebeiError, match=r"^by 20\d\d-\d\d-\d\d the debt has grown beyond"):
        loan.cashflows()


def test_a_product_of_9_2e18_still_fits():
    """9,200,000.00 yuan at a factor of 1: 920,000,000 fen x 1e10."""
    fen, none = np.array([920_000_000, 920_000_001]), np.zeros(2, np.int64)
    book = Book(balance=fen, factor=np.full(2, 10**10), fee_rate=none)
    assert book.is_beyond(EVERYONE).tolist() == [False, True]


def test_a_share_of_a_large_debt_is_exact():
    large = BIG.but(principal=20_000_000, daily_rate=0.0001)
    assert large.restructure(12, on=20, haircut=0.5).summary().waived == 10_000_000
    assert large.restructure(12, on=20, haircut=1.0).summary().principal == 0


LONG = jb.Loan(7_000_000, daily_rate=0.0006, months=60, start="2026-12-01")
NOT_TAKEN = [
    LONG.extend(60, on=NAT),
    LONG.reprice(0.005, on=NAT),
    LONG.defer(12, on=NAT),
    LONG.extend(0, on=5, daily_rate=0.005),
]


@pytest.mark.parametrize("loan", NOT_TAKEN)
def test_a_decision_that_is_not_taken_makes_no_loan_too_large(loan):
    assert loan.summary().interest == LONG.summary().interest == 4_579_135.47


def test_after_a_refusal_nothing_is_worked_out():
    loan = jb.Loan(50_000, daily_rate=0.0004, months=2, start="2027-01-31")
    loan = loan.pay_extra(50_000, on=40, then="shorten").defer(2, on=27, interest="capitalised")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(jb.JiebeiError, match=re.escape("'shorten'")):
            loan.summary()
