"""Of many scenarios those are refused that must be, and the first of them is told."""

import re
import warnings

import numpy as np
import pytest

import jiebei as jb

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
SOME_SETTLED = LOAN.settle(on=np.array(["NaT", "2026-12-31", "2026-12-21"], "M8[D]"))
REFUSED = {
    "paid off before": (
        SOME_SETTLED.prepay(100, on=60),
        "2 of 3 scenarios: prepay on 2027-01-30: the loan is paid off on 2026-12-31; choose an"
        " earlier day. (scenario 1 is the first)",
    ),
    "settled again, on the same day or later": (
        LOAN.settle(on=30).settle(on=[30, 60]),
        "1 of 2 scenarios: settle on 2027-01-30: the loan is paid off on 2026-12-31; choose an"
        " earlier day. (scenario 1 is the first)",
    ),
    "missed beyond the end, the first ends first": (
        LOAN.but(months=[12, 3, 4]).miss(5),
        "2 of 3 scenarios: miss(instalment=5): the loan ends with instalment 3; choose an earlier"
        " one. (scenario 1 is the first)",
    ),
    "missed beyond the end, the first ends last": (
        LOAN.but(months=[12, 4, 3]).miss(5),
        "2 of 3 scenarios: miss(instalment=5): the loan ends with instalment 4; choose an earlier"
        " one. (scenario 1 is the first)",
    ),
    "missed beyond the end, where it is missed": (
        LOAN.but(months=3).miss([0, 5, 3]),
        "1 of 3 scenarios: miss(instalment=5): the loan ends with instalment 3; choose an earlier"
        " one. (scenario 1 is the first)",
    ),
    "twice, the first one of the chain is told": (
        LOAN.settle(on=30).prepay([100, 100], on=40).prepay(100, on=50),
        "2 of 2 scenarios: prepay on 2027-01-10: the loan is paid off on 2026-12-31; choose an"
        " earlier day. (scenario 0 is the first)",
    ),
    "more than is owed": (
        LOAN.prepay([1, 60_000, 70_000], on=5),
        "2 of 3 scenarios: prepay(60,000.00) on 2026-12-06 exceeds the 50,000.00 owed; pay_extra()"
        " stops at what is owed. (scenario 1 is the first)",
    ),
    "in two ways, the later of the lower number": (
        LOAN.prepay([0, 60_000], on=5).pay([5, 0], on=10),
        "1 of 2 scenarios: pay(5.00) on 2026-12-11: nothing is overdue that day; pay_extra() pays"
        " on top of the plan. (scenario 0 is the first)",
    ),
    "in two ways, the earlier of the lower number": (
        LOAN.prepay([60_000, 0], on=5).pay([0, 5], on=10),
        "1 of 2 scenarios: prepay(60,000.00) on 2026-12-06 exceeds the 50,000.00 owed; pay_extra()"
        " stops at what is owed. (scenario 0 is the first)",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_first_that_is_refused_is_told(name: str) -> None:
    strategy, words = REFUSED[name]
    with pytest.raises(jb.JiebeiError, match=f"^{re.escape(words)}$"):
        strategy.summary()


def test_what_can_be_done_is_left_to_do() -> None:
    assert SOME_SETTLED.prepay(100, on=60).possible().tolist() == [True, False, False]
    assert LOAN.settle(on=30).settle(on=[30, 60]).possible().tolist() == [True, False]
    assert LOAN.but(months=[12, 3, 5]).miss(5).possible().tolist() == [True, False, True]


def test_of_what_is_refused_nothing_more_is_worked_out_whatever_goes_on() -> None:
    """The first loan has no instalment left to keep; the second one is prolonged as it is asked."""
    loan = jb.Loan(50_000, daily_rate=0.0004, months=2, start="2027-01-31")
    loan = loan.pay_extra([50_000, 10_000], on=40, then="shorten")
    loan = loan.defer(2, on=[27, None], interest="capitalised")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert loan.possible().tolist() == [False, True]


# ---- what is too large is refused to the fen -----------------------------------------------------

DEAR = LOAN.but(daily_rate=0.005)
ONCE = DEAR.but(months=None, days=30)


@pytest.mark.parametrize(
    ("loan", "yuan"),
    [
        (ONCE, 59_354_838.70),  # one calendar month
        (ONCE.extend(days=28, on=5), 29_677_419.35),  # two
        (ONCE.extend(days=29, on=5), 19_784_946.23),  # three: 29 days may be of February and March
        (DEAR, 4_565_756.82),  # 12 months and that of the drawdown
        (LOAN.reprice(0.005, on=5), 4_565_756.82),
        (DEAR.extend(2, on=5), 3_956_989.24),  # 15
        (DEAR.defer(2, on=5), 3_956_989.24),
        (DEAR.defer(days=28, on=5, interest="billed"), 4_239_631.33),  # 14
        (DEAR.defer(days=29, on=5, interest="billed"), 3_956_989.24),  # 15
        (DEAR.restructure(12, on=5), 2_374_193.54),  # 25
        (LOAN.but(daily_rate=0.0, prepay_fee_rate=0.1), 92_000_000.00),
    ],
)
def test_what_is_beyond_whole_numbers_is_refused_to_the_fen(loan: jb.Loan, yuan: float) -> None:
    """9.2e18 / (rate in 1e-10 x 31 days x months), or / the fee in 1e-10; cut to whole fen."""
    loan.but(principal=yuan).flat()
    beyond = round(yuan + 0.01, 2)
    with pytest.raises(jb.JiebeiError, match=f"^principal={beyond}: so much money .* is beyond"):
        loan.but(principal=beyond).flat()
