"""Every refusal says in words what was received, which rule it breaks, and the way out."""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import jiebei as jb

MONEY = "an amount of money in yuan is a number, more than 0."
MONEY_OR_NONE = "an amount of money in yuan is a number, 0 or more."
RATE = "a daily rate is a decimal number, 0 or more: 0.0004 for 0.04 % a day."
PERCENT = (
    "a daily rate is a decimal of at most 0.005; 0.04 % a day (万分之四) is 0.0004: divide a "
    "percentage by 100, a yearly rate by 365."
)
FEN = "the smallest amount is a fen, 0.01 yuan: round to two decimals."
DATE = "there is no such date; write it like '2027-03-01'."
DAY = "give a date like '2027-03-01', or whole days after the drawdown like 90."
START = "give the day of the drawdown as a date, '2026-12-01'."
EARLY = "that is before the drawdown on 2026-12-01; choose a later day."
MONTHS = "a loan runs 1 to 60 months, a whole number."
TERM = "the term is either months=12, or days=7 for a loan repaid once at maturity."
METHODS = (
    "choose 'bullet', 'equal_instalment', 'equal_principal', 'interest_only' or "
    "'interest_then_equal'."
)
SHARE = "a share is a decimal from 0 to 0.1, 0.01 for 1 %."
YEARLY = "a yearly rate is a decimal from 0 to 1, 0.02 for 2 % a year."
NO_INSTALMENT = "there is no instalment to keep, so no term to shorten; use then='lower'."
CLOSED = "the loan is paid off on 2027-12-01; choose an earlier day."
ARRAYS = (
    "do not fit together; give one an axis of length 1, as in values[:, None], so that they "
    "broadcast."
)
BEYOND = (
    "so much money for so long at this rate is beyond what the engine counts exactly (about 8 "
    "million yuan for 60 months at 0.06 % a day); split the loan in parts."
)

TERMS = {"principal": 50_000, "daily_rate": 0.0004, "start": "2026-12-01", "months": 12}
Act = Callable[[], Any]


def loan(**changed: Any) -> Any:
    """Return the loan of these tests with some terms changed; None takes a term away."""
    return jb.Loan(**{name: each for name, each in (TERMS | changed).items() if each is not None})


def line() -> Any:
    """Return a line with two loans."""
    return loan().prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01")


def refused(act: Act) -> str:
    """Return the words in which it is refused."""
    with pytest.raises(jb.JiebeiError) as caught:
        act()
    return str(caught.value)


def counted(name: str, count: int, size: int, first: int, value: str) -> str:
    """Return how a message about an array begins."""
    values = f"{name}: {count} of {size} values are refused, the first is number {first}, {value}"
    return f"{values}: "


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"principal": 0}, f"principal=0: {MONEY}"),
        ({"principal": -5}, f"principal=-5: {MONEY}"),
        ({"principal": math.nan}, f"principal=nan: {MONEY}"),
        ({"principal": math.inf}, f"principal=inf: {MONEY}"),
        ({"principal": "50,000"}, f"principal='50,000': {MONEY}"),
        ({"principal": True}, f"principal=True: {MONEY}"),
        ({"principal": 1_000.005}, f"principal=1000.005: {FEN}"),
        ({"principal": 1e11}, "principal=1e+11: at most 10,000,000,000 yuan are counted exactly."),
        ({"principal": [9, -5, 0]}, counted("principal", 2, 3, 1, "-5") + MONEY),
        ({"principal": ["9", 5]}, counted("principal", 2, 2, 0, "'9'") + MONEY),
        ({"principal": ["9", "5,000", "-5"]}, counted("principal", 1, 3, 1, "'5,000'") + MONEY),
        ({"principal": [9, True, None]}, counted("principal", 2, 3, 1, "True") + MONEY),
        ({"daily_rate": 0.04}, f"daily_rate=0.04: {PERCENT}"),
        ({"daily_rate": 0.146}, f"daily_rate=0.146: {PERCENT}"),
        ({"daily_rate": [0.0004, 0.04]}, counted("daily_rate", 1, 2, 1, "0.04") + PERCENT),
        ({"daily_rate": "0.04%"}, f"daily_rate='0.04%': {RATE}"),
        ({"daily_rate": -0.0004}, f"daily_rate=-0.0004: {RATE}"),
        ({"daily_rate": math.nan}, f"daily_rate=nan: {RATE}"),
        ({"daily_rate": -math.inf}, f"daily_rate=-inf: {RATE}"),
        ({"daily_rate": False}, f"daily_rate=False: {RATE}"),
        ({"start": "2026-02-30"}, f"start='2026-02-30': {DATE}"),
        ({"start": "tomorrow"}, f"start='tomorrow': {DATE}"),
        ({"start": 5}, f"start=5: {START}"),
        ({"start": pd.NaT}, f"start=NaT: {START}"),
        ({"start": 2026.5}, f"start=2026.5: {DAY}"),
        ({"start": "1926-12-01"}, "start=1926-12-01: dates from 1990 to 2200 are understood."),
        ({"start": ["2026-12-01", "2026-13-01"]}, counted("start", 1, 2, 1, "'2026-13-01'") + DATE),
        ({"start": ["2026-12-01", None]}, counted("start", 1, 2, 1, "NaT") + START),
        ({"months": 0}, f"months=0: {MONTHS}"),
        ({"months": -1}, f"months=-1: {MONTHS}"),
        ({"months": 61}, f"months=61: {MONTHS}"),
        ({"months": 1.5}, f"months=1.5: {MONTHS}"),
        ({"months": math.nan}, f"months=nan: {MONTHS}"),
        ({"months": "12"}, f"months='12': {MONTHS}"),
        ({"months": True}, f"months=True: {MONTHS}"),
        ({"months": [12, 0, 61]}, counted("months", 2, 3, 1, "0") + MONTHS),
        ({"months": None}, f"months, days: neither is given; {TERM}"),
        ({"days": 7}, f"months, days: both are given; {TERM}"),
        (
            {"months": None, "days": 2_000, "method": "bullet"},
            "days=2000: a loan runs 1 to 1827 days, a whole number.",
        ),
        (
            {"method": "equal_instalments"},
            "method='equal_instalments' is unknown: did you mean 'equal_instalment'?",
        ),
        ({"method": "balloon"}, f"method='balloon' is unknown: {METHODS}"),
        (
            {"method": ["bullet", "bulet"]},
            "method='bulet' is unknown: did you mean 'bullet'? "
            "(1 of 2 values, the first is number 1, from 0)",
        ),
        (
            {"method": ["bullet", None]},
            f"method is missing: {METHODS} (1 of 2 values, the first is number 1, from 0)",
        ),
        ({"day_count": "actual/365"}, "day_count='actual/365' is unknown: did you mean 'actual'?"),
        (
            {"day_count": "30/360"},
            "day_count='30/360' is unknown: choose 'actual', 'both_ends' or 'thirty'.",
        ),
        ({"month_end": "25to27"}, "month_end='25to27' is unknown: did you mean '25_to_27'?"),
        ({"prepay_settles": "hole"}, "prepay_settles='hole' is unknown: did you mean 'whole'?"),
        (
            {"method": "interest_then_equal", "months": 6},
            "interest_only_months=6: it must be less than the months of the loan, or no equal "
            "instalment remains; give fewer, or more months.",
        ),
        ({"interest_only_months": 0}, "interest_only_months=0: a whole number from 1 to 59."),
        ({"due_day": 32}, "due_day=32: a day of the month, 1 to 31."),
        (
            {"shortest_first_period": 40},
            "shortest_first_period=40: a whole number of days, 0 to 31.",
        ),
        ({"prepay_fee_rate": 1}, f"prepay_fee_rate=1: {SHARE}"),
        ({"prepay_fee_rate": "1%"}, f"prepay_fee_rate='1%': {SHARE}"),
        ({"drawdown_fee": -1}, f"drawdown_fee=-1: {MONEY_OR_NONE}"),
        (
            {"months": [3, 6, 12], "daily_rate": [0.0003, 0.0004]},
            f"arrays of shapes (2,), (3,) {ARRAYS}",
        ),
    ],
)
def test_what_cannot_be_agreed(changed, words):
    assert refused(lambda: loan(**changed)) == words


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: loan().prepay(-1, on=5), f"amount=-1: {MONEY_OR_NONE}"),
        (lambda: loan().prepay(math.nan, on=5), f"amount=nan: {MONEY_OR_NONE}"),
        (lambda: loan().prepay(math.inf, on=5), f"amount=inf: {MONEY_OR_NONE}"),
        (lambda: loan().prepay("all", on=5), f"amount='all': {MONEY_OR_NONE}"),
        (lambda: loan().prepay(True, on=5), f"amount=True: {MONEY_OR_NONE}"),
        (lambda: loan().prepay(0.001, on=5), f"amount=0.001: {FEN}"),
        (lambda: loan().prepay(9, on="2027-02-30"), f"on='2027-02-30': {DATE}"),
        (lambda: loan().prepay(9, on="2026-11-30"), f"on=2026-11-30: {EARLY}"),
        (lambda: loan().prepay(9, on=-1), "on=-1: days after the drawdown are 0 or more."),
        (lambda: loan().prepay(9, on=1.5), f"on=1.5: {DAY}"),
        (lambda: loan().prepay(9, on=True), f"on=True: {DAY}"),
        (lambda: loan().prepay(9, on=[1.5, 2]), counted("on", 2, 2, 0, "1.5") + DAY),
        (
            lambda: loan().prepay(9, on=["2027-01-01", "2026-11-30", "2025-01-01"]),
            counted("on", 2, 3, 1, "2026-11-30") + EARLY,
        ),
        (
            lambda: loan().prepay(9, on=5, then="low"),
            "then='low' is unknown: did you mean 'lower'?",
        ),
        (lambda: loan().prepay(9, on=5, then=1), "then=1 is unknown: choose 'lower' or 'shorten'."),
        (lambda: loan().prepay([1, 2, 3], on=[1, 2]), f"arrays of shapes (2,), (3,) {ARRAYS}"),
        (lambda: loan().pay_extra(-9, on=5), f"amount=-9: {MONEY_OR_NONE}"),
        (lambda: loan().pay_extra(9, on=5, times=0), "times=0: a whole number from 1 to 120."),
        (lambda: loan().settle(on="never"), f"on='never': {DATE}"),
        (lambda: loan().settle(on="2026-11-30"), f"on=2026-11-30: {EARLY}"),
        (lambda: loan().extend(on=30), "extend: say how much longer, by months=6 or by days=7."),
        (
            lambda: loan().extend(6, on=30, days=7),
            "days=7: extend by months or by days, not by both.",
        ),
        (lambda: loan().extend(61, on=30), "months=61: a whole number from 0 to 60."),
        (lambda: loan().extend(6, on=30, fee=-1), f"fee=-1: {MONEY_OR_NONE}"),
        (lambda: loan().extend(6, on=30, daily_rate=0.04), f"daily_rate=0.04: {PERCENT}"),
        (lambda: loan().coupon(-1), "days=-1: a whole number from 0 to 1827."),
        (lambda: loan().coupon(7, off=2), "off=2: a share is a decimal from 0 to 1, 0.01 for 1 %."),
        (lambda: loan().reborrow(-1, on=5), f"amount=-1: {MONEY_OR_NONE}"),
        (lambda: loan().reborrow(9, on="2026-11-30"), f"on=2026-11-30: {EARLY}"),
        (lambda: loan().reborrow(9, on=5, months=0), f"months=0: {MONTHS}"),
        (
            lambda: loan().reborrow(9, on=5, days=7, months=7),
            f"months, days: both are given; {TERM}",
        ),
        (
            lambda: line().settle(on="2027-07-01", loan=2),
            "loan=2: the line has 2 loans, numbered from 0.",
        ),
        (
            lambda: line().settle(on="2027-07-01", loan=-3),
            "loan=-3: the line has 2 loans, numbered from 0.",
        ),
        (
            lambda: line().settle(on="2027-03-01"),
            "on=2027-03-01: that is before the drawdown on 2027-06-01; choose a later day.",
        ),
    ],
)
def test_what_cannot_be_decided(act, words):
    assert refused(act) == words


@pytest.mark.parametrize(
    ("strategy", "words"),
    [
        (
            loan().prepay(80_000, on="2027-03-01"),
            "prepay(80,000.00) on 2027-03-01: only 38,155.00 is owed that day; use settle() to pay "
            "it all.",
        ),
        (
            loan().prepay(20_000, on=np.arange(1, 361)),
            "118 of 360 scenarios: prepay(20,000.00) on 2027-08-01 exceeds the 17,474.45 owed; "
            "pay_extra() stops at what is owed. (scenario 242 is the first)",
        ),
        (loan().prepay(9, on="2027-12-01"), f"prepay on 2027-12-01: {CLOSED}"),
        (
            loan().prepay(9, on=[300, 400, 500]),
            f"2 of 3 scenarios: prepay on 2028-01-05: {CLOSED} (scenario 1 is the first)",
        ),
        (
            loan().prepay(9, on=[400, 30]).prepay(9, on=400),
            f"2 of 2 scenarios: prepay on 2028-01-05: {CLOSED} (scenario 0 is the first)",
        ),
        (loan().settle(on="2028-01-01"), f"settle on 2028-01-01: {CLOSED}"),
        (loan().extend(6, on="2028-01-01"), f"extend on 2028-01-01: {CLOSED}"),
        (loan().coupon(7, on="2028-01-01"), f"coupon on 2028-01-01: {CLOSED}"),
        (
            loan().settle(on=20).prepay(9, on=30),
            "prepay on 2026-12-31: the loan is paid off on 2026-12-21; choose an earlier day.",
        ),
        (
            loan(method="interest_only").prepay(9, on=5, then="shorten"),
            f"then='shorten' on 2026-12-06: {NO_INSTALMENT}",
        ),
        (
            loan(method="bullet").pay_extra(9, on=5, then="shorten"),
            f"then='shorten' on 2026-12-06: {NO_INSTALMENT}",
        ),
        (
            loan(method=["bullet", "equal_principal", "interest_then_equal"]).prepay(
                9, on=5, then="shorten"
            ),
            f"2 of 3 scenarios: then='shorten' on 2026-12-06: {NO_INSTALMENT} "
            "(scenario 0 is the first)",
        ),
        (
            loan(prepay_settles="whole").pay_extra([5_000, 399.99, 50], on=20),
            "2 of 3 scenarios: pay_extra(399.99) on 2026-12-21: the 400.00 of interest owed that "
            "day come first; pay more, or on a due date. (scenario 1 is the first)",
        ),
        (
            loan().extend(days=7, on=30),
            "extend(days=...) on 2026-12-31: only a loan repaid once at maturity is extended by "
            "days; use months=.",
        ),
        (loan(principal=9_000_000, daily_rate=0.0006, months=60), f"principal=9000000: {BEYOND}"),
        (
            loan(principal=[9, 9_000_000], daily_rate=0.0006, months=60),
            counted("principal", 1, 2, 1, "9000000") + BEYOND,
        ),
        (
            loan(principal=8_000_000, daily_rate=0.0004, months=60).extend(60, on=30),
            f"principal=8000000: {BEYOND}",
        ),
        (
            loan(principal=8_000_000, daily_rate=0.0004).extend(60, on=30, daily_rate=0.005),
            f"principal=8000000: {BEYOND}",
        ),
        (
            line().prepay(50_000, on="2027-07-01"),
            "prepay(50,000.00) on 2027-07-01: only 18,438.17 is owed that day; use settle() to pay "
            "it all.",
        ),
    ],
)
def test_what_makes_no_sense_on_its_day(strategy, words):
    assert refused(strategy.summary) == refused(strategy.cashflows) == words


@pytest.mark.parametrize("size", [20_000, 8_193])
def test_the_count_goes_over_all_blocks(size):
    on = np.where(np.arange(size) % 4_096 == 4_095, 400, 30)
    words = f"{size // 4_096} of {size:,} scenarios: settle on 2028-01-05: {CLOSED}"
    words += " (scenario 4,095 is the first)"
    assert refused(loan().settle(on=on).summary) == words


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            lambda: loan().cashflows(["date", "paymnt"]),
            "column 'paymnt' is unknown: did you mean 'payment'?",
        ),
        (
            lambda: line().cashflows(["date", "paymnt"]),
            "column 'paymnt' is unknown: did you mean 'payment'?",
        ),
        (
            lambda: loan().cashflows(["xyz"]),
            "column 'xyz' is unknown: choose 'arrears', 'capitalised', 'capitalised_fee', "
            "'capitalised_penalty', 'closing', 'date', 'days', 'days_late', "
            "'drawn', 'due', 'event', 'fee', 'interest', 'loan', 'opening', "
            "'payment', 'payoff', 'penalty', 'principal', 'status', 'waived_interest', "
            "'waived_penalty' or 'waived_principal'.",
        ),
        (
            lambda: jb.Loan.from_frame(pd.DataFrame({"principal": [9], "daily_rat": [0.0004]})),
            "column 'daily_rat' is unknown: did you mean 'daily_rate'?",
        ),
        (
            lambda: jb.Loan.from_frame(pd.DataFrame(TERMS, index=[0]), day_cout="thirty"),
            "column 'day_cout' is unknown: did you mean 'day_count'?",
        ),
        (
            lambda: jb.Loan.from_frame(pd.DataFrame({**TERMS, "ids": ["A"]})),
            "column 'ids' is unknown: did you mean 'id'?",
        ),
        (
            lambda: jb.Loan.from_frame(
                pd.DataFrame({"principal": [9], "daily_rate": [0.0004]}), months=12
            ),
            "column 'start' is missing: every loan needs it.",
        ),
        (
            lambda: jb.Loan.from_frame(pd.DataFrame(TERMS, index=[0]), months=12),
            "column 'months' is given twice: in the frame, and for every loan.",
        ),
        (
            lambda: jb.Loan.from_frame(pd.DataFrame({**TERMS, "start": ["2026-12-01", None]})),
            counted("start", 1, 2, 1, "NaT") + START,
        ),
        (
            lambda: jb.Loan.from_frame(pd.DataFrame({**TERMS, "principal": [9, None]})),
            counted("principal", 1, 2, 1, "nan") + MONEY,
        ),
    ],
)
def test_columns(act, words):
    assert refused(act) == words


ONE_EACH = (
    "takes one scenario (one() picks it by its id); for arrays use summary() and net_benefit()."
)
NOW = jb.Cash(5, 5, "2026-12-01")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: jb.compare({}), "strategies={}: give at least one, as in {'as agreed': loan}."),
        (
            lambda: jb.compare({"as agreed": loan()}, baseline="as agred"),
            "baseline='as agred' is no strategy: did you mean 'as agreed'?",
        ),
        (
            lambda: jb.compare({"a": loan(), "b": loan()}, baseline="xyz"),
            "baseline='xyz' is no strategy: choose 'a' or 'b'.",
        ),
        (
            lambda: jb.compare({"a": loan(months=[3, 6])}),
            f"strategy 'a' holds scenarios of shape (2,): compare() {ONE_EACH}",
        ),
        (
            lambda: jb.flip(loan(months=[3, 6]), loan()),
            f"the strategy holds scenarios of shape (2,): flip() {ONE_EACH}",
        ),
        (
            lambda: jb.flip(loan(), loan(months=[3, 6])),
            f"the baseline holds scenarios of shape (2,): flip() {ONE_EACH}",
        ),
        (
            lambda: jb.lowest_cash(loan(months=[3, 6]), NOW),
            f"the strategy holds scenarios of shape (2,): lowest_cash() {ONE_EACH}",
        ),
        (lambda: jb.compare({"a": loan()}, savings_rate=2), f"savings_rate=2: {YEARLY}"),
        (lambda: jb.net_benefit(loan(), loan(), "2%"), f"savings_rate='2%': {YEARLY}"),
        (
            lambda: jb.net_benefit(loan(), loan(), [0.02, -0.01]),
            counted("savings_rate", 1, 2, 1, "-0.01") + YEARLY,
        ),
        (
            lambda: jb.net_benefit(loan(months=[[3], [6]]), loan(), [0.0, 0.02]),
            "savings_rate of shape (2,) with scenarios of shape (2, 1): give one savings rate, or "
            "scenarios along one axis and the rates as rates[:, None].",
        ),
        (
            lambda: jb.lowest_cash(loan(), jb.Cash(-5, 5, "2026-12-01")),
            f"in_hand=-5: {MONEY_OR_NONE}",
        ),
        (
            lambda: jb.lowest_cash(loan(), jb.Cash(5, "5", "2026-12-01")),
            f"monthly='5': {MONEY_OR_NONE}",
        ),
        (
            lambda: jb.lowest_cash(loan(), jb.Cash(5, 5, "2026-12-32")),
            f"since='2026-12-32': {DATE}",
        ),
        (lambda: jb.lowest_cash(loan(), jb.Cash(5, 5, 30)), "since=30: give a date, '2026-12-01'."),
    ],
)
def test_comparisons(act, words):
    assert refused(act) == words


def test_it_is_a_value_error():
    with pytest.raises(ValueError, match=re.escape(MONTHS)):
        loan(months=0)


def test_a_notebook_shows_the_sentence_alone():
    shell = InteractiveShell.instance()
    with capture_output() as shown:
        shell.run_cell("import jiebei as jb; jb.Loan(1, daily_rate=0.04, months=1, start=1)")
    assert shown.stdout.startswith("start=1: ")
    assert "Traceback" not in shown.stdout
    assert shown.stdout.count("\n") == 1
