"""What was really paid, fed back as history: the same loan to the fen, and refusals in words."""

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from tests.engine.test_golden import stored
from tests.golden.cases_history import HISTORIES, PAID
from tests.helpers.in_fen import built, in_fen, rows_in_fen
from tests.helpers.sequences import some_decision, some_loan

AGREEMENTS = ("defer", "reprice", "restructure", "extend", "coupon")
LOAN = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
WORKED_OUT = [("2027-01-01", 4_098.01), ("2027-02-01", 4_098.01), ("2027-03-01", 4_098.0)]


@pytest.mark.parametrize("name", PAID)
def test_dated_payments_give_the_golden_schedule(name: str) -> None:
    agreed, paid, today = PAID[name]
    loan = built(HISTORIES[name][0], agreed).with_history(paid, as_of=today)
    columns, rows = stored(name)
    assert rows_in_fen(loan, columns) == rows


@pytest.mark.parametrize("name", PAID)
def test_in_whatever_order_and_form_the_payments_come(name: str) -> None:
    agreed, paid, today = PAID[name]
    loan, rows = built(HISTORIES[name][0], agreed), stored(name)[1]
    frame = pd.DataFrame(paid, columns=["date", "payment"])
    forms: list[Any] = [paid[::-1], iter(paid), dict(paid), frame, frame[::-1]]
    forms.append(
        frame.assign(date=pd.to_datetime(frame["date"])).rename(columns={"payment": "amount"})
    )
    for each in forms:
        now = loan.with_history(each, as_of=np.datetime64(today))
        assert rows_in_fen(now, stored(name)[0]) == rows


def test_an_untouched_history_is_the_loan_itself() -> None:
    for paid, today in (([], None), ([], "2027-01-01"), (WORKED_OUT, None), (WORKED_OUT[:1], 50)):
        assert LOAN.with_history(paid, as_of=today) is LOAN


def test_a_due_day_is_missed_once_it_is_over() -> None:
    assert LOAN.with_history([], as_of="2027-01-01") is LOAN
    late = LOAN.with_history([], as_of="2027-01-02")
    pd.testing.assert_frame_equal(late.cashflows(), LOAN.miss(1).cashflows())
    part = LOAN.with_history([("2027-01-01", 4_000)])  # what is missing is overdue from now on
    pd.testing.assert_frame_equal(
        part.cashflows(), LOAN.miss(1).pay(4_000, on="2027-01-01").cashflows()
    )


@pytest.mark.parametrize(
    ("paid", "overdue"),
    [
        # 4,098.01 and 31 days at 150 % of 0.04 %, 76.22, and the instalment of the day
        ([], 8_272.24),
        ([("2027-02-01", 8_272.24)], 0),
        ([("2027-02-01", 8_272.23)], 0.01),
        (WORKED_OUT[:1], 0),  # nothing is behind: the day's own may still be paid
    ],
)
def test_who_is_behind_on_a_due_day_has_not_paid_it_either(
    paid: list[tuple[str, float]], overdue: float
) -> None:
    now = LOAN.with_history(paid, as_of="2027-02-01").owed("2027-02-01")
    assert now.overdue == overdue


def test_two_payments_of_a_due_day_make_one_instalment() -> None:
    assert LOAN.with_history([("2027-01-01", 4_000), ("2027-01-01", 98.01)]) is LOAN
    more = LOAN.with_history([("2027-01-01", 4_000), ("2027-01-01", 1_098.01)])
    extra = LOAN.pay_extra(1_000, on="2027-01-01")
    pd.testing.assert_frame_equal(more.cashflows(), extra.cashflows())


def test_an_instalment_paid_ahead_counts_where_that_is_said() -> None:
    ahead = [("2026-12-29", 4_098.01)]
    assert LOAN.with_history(ahead, as_of="2027-01-10", days_ahead=3) is LOAN
    day_before = [("2026-12-31", 4_098.01)]
    assert LOAN.with_history(day_before, days_ahead=1) is LOAN
    assert LOAN.with_history(day_before) == LOAN.pay_extra(4_098.01, on="2026-12-31")
    early = LOAN.pay_extra(4_098.01, on="2026-12-29").miss(1)
    for days in (0, 2):
        now = LOAN.with_history(ahead, as_of="2027-01-10", days_ahead=days)
        pd.testing.assert_frame_equal(now.cashflows(), early.cashflows())
    other = LOAN.with_history([("2026-12-29", 4_098.02)], as_of="2026-12-30", days_ahead=31)
    assert [each.name for each in other.decisions] == ["pay_extra"]


def test_an_early_repayment_lowers_or_shortens_as_its_row_says() -> None:
    for then in ("lower", "shorten"):
        wanted = LOAN.pay_extra(5_000, on="2026-12-11", then=then).cashflows()
        row = LOAN.with_history([("2026-12-11", 5_000, then)], as_of="2026-12-31")
        every = LOAN.with_history([("2026-12-11", 5_000)], as_of="2026-12-31", then=then)
        frame = pd.DataFrame({"date": ["2026-12-11"], "payment": [5_000.0], "then": [then]})
        for each in (row, every, LOAN.with_history(frame, as_of="2026-12-31")):
            pd.testing.assert_frame_equal(each.cashflows(), wanted)


def test_decisions_to_come_go_after_it() -> None:
    now = LOAN.with_history([("2027-01-01", 4_098.01), ("2027-02-11", 2_000)], as_of="2027-02-20")
    later = now.pay_late(3, days=10)
    chain = LOAN.miss(2).pay(2_000, on="2027-02-11").pay_late(3, days=10)
    pd.testing.assert_frame_equal(later.cashflows(), chain.cashflows())


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ([("2026-11-30", 5)], r"^payment 1=2026-11-30: that is before the drawdown on 2026-12-01"),
        ([("2027-01-01", 4_098.01), ("2027-01-05", -5)], "^payment 2=-5: .* 0 or more"),
        ([("2027-01-05", "5")], "^payment 1='5': an amount"),
        ([("2027-01-05", float("nan"))], "^payment 1=nan: an amount"),
        ([("2027-01-05", 1.001)], "^payment 1=1.001: .*fen"),
        ([("2027-13-05", 5)], "^payment 1='2027-13-05': there is no such date"),
        ([(None, 5)], "^payment 1=None: give a date"),
        (
            [("2027-01-05",)],
            r"^payment 1: write a date and yuan.*\('2027-01-05',\)|\['2027-01-05'\]",
        ),
        (["2027-01-05"], "^payment 1: write a date and yuan"),
        ([("2027-01-05", 5, "faster")], "^payment 1='faster'"),
        ("2027-01-05", "^paid: give a list of dates and yuan"),
        (7, "^paid: give a list of dates and yuan.* not int"),
        (pd.DataFrame({"date": ["2027-01-05"], "sum": [5]}), "^paid: .*'payment'.* date, sum"),
        (
            [("2026-12-11", 12_048.01)],
            "^2026-12-11: 12,048.01 was paid, but only 12,048.00 was owed",
        ),
        ([*WORKED_OUT, ("2027-03-02", 1)], "^2027-03-02: 1.00 was paid, .* paid off on 2027-03-01"),
        ([*WORKED_OUT, ("2027-03-01", 1)], "^2027-03-01: 1.00 was paid, .* paid off on 2027-03-01"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_in_words(paid: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        LOAN.with_history(paid)


def test_what_else_cannot_be_is_refused_in_words() -> None:
    paid = WORKED_OUT[:1]
    with pytest.raises(jb.JiebeiError, match=r"2027-01-01 is after as_of=2026-12-31"):
        LOAN.with_history(paid, as_of="2026-12-31")
    with pytest.raises(jb.JiebeiError, match=r"takes the place of prepay\(\)"):
        LOAN.prepay(1_000, on=5).with_history(paid)
    with pytest.raises(jb.JiebeiError, match=r"2 scenarios: a history is that of one loan"):
        LOAN.but(principal=[1_000, 2_000]).with_history(paid)
    with pytest.raises(jb.JiebeiError, match=r"days_ahead=32"):
        LOAN.with_history(paid, days_ahead=32)
    with pytest.raises(jb.JiebeiError, match=r"then='faster'"):
        LOAN.with_history(paid, then="faster")
    whole = jb.Loan(30_000, daily_rate=0.0004, start="2026-12-01", months=2, prepay_settles="whole")
    late = [("2027-01-11", whole.miss(1).owed("2027-01-11").overdue + 50)]
    with pytest.raises(jb.JiebeiError, match=r"^2027-01-11: of the 15,\d+.\d\d paid, .* room for"):
        whole.with_history(late)  # fifty yuan are less than the interest of the whole


def test_two_fen_at_most_stay_in_the_pocket() -> None:
    """All but a fen of the principal, and 19 days of 4.80, are 12,091.19; the last fen brings more.

    Of 0.51 the 0.50 would take a fen of fee, 1 %, and one of interest, 1 % in 25 days: 0.49 do not.
    """
    billed = LOAN.defer(1, on=0, interest="billed")  # what waits is paid with the last fen
    rounded = LOAN.but(prepay_fee_rate=0.01)
    for loan, day, paid, taken in (
        (billed, "2027-01-20", 12_091.21, 12_091.19),
        (rounded, "2026-12-26", 0.51, 0.49),
    ):
        flows = loan.with_history([(day, paid)]).cashflows(["date", "payment"])
        assert flows.loc[flows["date"] == day, "payment"].to_list() == [taken]
    with pytest.raises(jb.JiebeiError, match=r"of the 12,091.22 paid, .* for 12,091.19 only"):
        billed.with_history([("2027-01-20", 12_091.22)])


# ---- fed back: any loan, any sequence of decisions -----------------------------------------------


def fed_back(loan: Any, chain: Any, today: int) -> tuple[Any, Any]:
    """Return the strategy, and the loan with its agreements and the payments until today."""
    strategy = built(loan, chain)
    frame = strategy.cashflows(["date", "event", "payment"])
    paid = frame[(frame["payment"] > 0) & (frame["date"] <= np.datetime64(today, "D"))]
    shorter = {
        int(each.on): "shorten"
        for each in strategy.decisions
        if getattr(each, "then", 0) == 1 and each.name in ("prepay", "pay_extra")
    }
    days = paid["date"].to_numpy().astype("M8[D]").astype(int)
    paid = paid.assign(then=[shorter.get(day, "lower") for day in days])
    agreed = [each for each in chain if each[0] in AGREEMENTS]
    agreed = [each for each in agreed if built(loan, [each]).decisions[0].on <= today]
    return strategy, built(loan, agreed).with_history(paid, as_of=np.datetime64(today, "D"))


def at_the_end_of_each_day(strategy: Any) -> pd.DataFrame:
    """Return what is owed after the last row of each day."""
    frame = in_fen(strategy.cashflows(["date", "closing", "arrears", "payoff"]))
    return frame.groupby("date").last()


def check_fed_back(loan: Any, chain: Any, pick: random.Random) -> None:
    """Check that payments up to any day, and all of them, give the same balances to the fen."""
    strategy = built(loan, chain)
    last = strategy.cashflows(["date"])["date"].max().to_datetime64().astype("M8[D]").astype(int)
    start = int(strategy.terms["start"])
    for today in (int(last) + pick.randint(0, 40), pick.randint(start, int(last))):
        wanted, got = fed_back(loan, chain, today)
        until = np.datetime64(today, "D")
        ours, theirs = at_the_end_of_each_day(got), at_the_end_of_each_day(wanted)
        ours, theirs = ours[ours.index <= until], theirs[theirs.index <= until]
        if (
            theirs.index[-1] == until and theirs["arrears"].iloc[-1]
        ):  # what is due today may still be paid
            ours, theirs = ours[:-1], theirs[:-1]
        pd.testing.assert_frame_equal(ours, theirs)
        day = np.datetime64(pick.randint(start, max(today - 1, start)), "D")
        assert replace(got.owed(day), due=0.0) == replace(wanted.owed(day), due=0.0)


def unmixed(chain: Any) -> bool:
    """Tell whether no day has early repayments that shorten beside others that lower."""
    ways: dict[Any, set[Any]] = {}
    for name, arguments in chain:
        if name in ("prepay", "pay_extra"):
            ways.setdefault(arguments["on"], set()).add(arguments.get("then", "lower"))
    return all(len(each) == 1 for each in ways.values())


def test_payments_fed_back_give_the_same_balances() -> None:
    pick, checked = random.Random(12), 0
    while checked < 150:
        loan = some_loan(pick)
        chain = [some_decision(pick, loan) for _ in range(pick.choice((1, 1, 2, 2, 3, 4)))]
        try:
            built(loan, chain).cashflows(["date"])
        except jb.JiebeiError:
            continue
        if not unmixed(chain):
            continue
        try:
            check_fed_back(loan, chain, pick)
        except BaseException:
            print(loan, chain)
            raise
        checked += 1
