"""Loans and decisions as they are written, and what a few of them come to."""

import dataclasses
import datetime as dt
import inspect

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from tests.helpers.in_fen import in_fen, rows_in_fen

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
CORE = ["loan", "date", "event", "days", "opening", "drawn", "interest", "penalty", "fee"]
CORE += ["principal", "payment", "closing"]


def test_the_frame_has_the_core_columns_with_their_types():
    frame = LOAN.cashflows()
    assert list(frame) == CORE
    assert frame.dtypes.astype(str).tolist() == [
        *("int64", "datetime64[s]", "category", "int64"),
        *["float64"] * 8,
    ]
    assert frame.index.equals(pd.RangeIndex(13))
    assert LOAN.cashflows([]).equals(frame)
    assert list(LOAN.cashflows("payment")) == ["payment"]


def test_a_decision_returns_a_new_loan_and_leaves_the_old_one():
    before = LOAN.cashflows()
    for other in (LOAN.prepay(1, on=1), LOAN.settle(on=1), LOAN.extend(1, on=1), LOAN.coupon(7)):
        assert other is not LOAN
        assert LOAN.decisions == ()
        assert len(other.decisions) == 1
    pd.testing.assert_frame_equal(LOAN.cashflows(), before)
    with pytest.raises(dataclasses.FrozenInstanceError):
        LOAN.principal = 1


@pytest.mark.parametrize(
    "on",
    [
        "2027-03-01",
        dt.date(2027, 3, 1),
        np.datetime64("2027-03-01"),
        pd.Timestamp("2027-03-01"),
        90,
        np.int64(90),
    ],
)
def test_a_day_is_a_date_or_a_number_of_days_after_the_drawdown(on):
    wanted = LOAN.prepay(20_000, on="2027-03-01").cashflows()
    pd.testing.assert_frame_equal(LOAN.prepay(20_000, on=on).cashflows(), wanted)


@pytest.mark.parametrize(
    "not_taken",
    [
        LOAN.prepay(0, on=30),
        LOAN.prepay(20_000, on=pd.NaT),
        LOAN.prepay(0, on="2026-11-01"),
        LOAN.pay_extra(0, on=400),
        LOAN.pay(0, on=30),
        LOAN.reborrow(0, on="2026-11-01"),
        LOAN.settle(on=np.datetime64("NaT")),
        LOAN.extend(0, on=30, fee=50, daily_rate=0.0005),
        LOAN.extend(6, on=None),
        LOAN.coupon(0),
        LOAN.coupon(0, on="2026-11-01"),
        LOAN.coupon(instalments=0, on="2026-11-01"),
        LOAN.pay(0, on="2026-11-01"),
        LOAN.pay_extra(0, on="2026-11-01"),
        LOAN.extend(0, on="2026-11-01"),
        LOAN.extend(days=0, on="2026-11-01"),
        LOAN.defer(0, on="2026-11-01"),
        LOAN.defer(days=0, on="2026-11-01", interest="billed"),
        LOAN.restructure(6, on=pd.NaT),
        LOAN.reprice(0.0005, on=pd.NaT),
        LOAN.miss(0),
        LOAN.pay_late(0, days=5),
        LOAN.pay_late(3, days=0),
    ],
)
def test_what_is_not_taken_leaves_no_row(not_taken):
    pd.testing.assert_frame_equal(not_taken.cashflows(), LOAN.cashflows())


def test_scenarios_are_numbered_in_c_order_and_summaries_keep_the_shape():
    rates, days = np.array([0.0002, 0.0006]), np.array([10, 100, 300])
    loan = jb.Loan(50_000, daily_rate=rates[:, None], months=12, start="2026-12-01")
    swept = loan.prepay(1_000, on=days)
    frame = swept.cashflows(["loan", "event", "interest", "date"])
    first = frame[frame["event"] == "prepayment"].set_index("loan")
    assert (loan.shape, swept.shape) == ((2, 1), (2, 3))
    assert first.index.tolist() == list(range(6))
    assert (first["date"] - pd.Timestamp("2026-12-01")).dt.days.tolist() == [*days, *days]
    interest = frame.groupby("loan")["interest"].sum().to_numpy().reshape(2, 3)
    np.testing.assert_allclose(swept.summary().interest, interest)


def test_methods_and_what_follows_may_be_arrays():
    methods = np.array(["equal_instalment", "equal_principal", "bullet"])
    then = np.array(["shorten", "shorten", "lower"])
    loan = jb.Loan(6_000, daily_rate=0.0004, months=6, method=methods, start="2026-12-01")
    total = loan.prepay(3_000, on=10, then=then).summary()
    for place, method in enumerate(methods):
        alone = jb.Loan(6_000, daily_rate=0.0004, months=6, method=method, start="2026-12-01")
        assert (
            total.interest[place] == alone.prepay(3_000, on=10, then=then[place]).summary().interest
        )
    assert (total.payoff_date < np.datetime64("2027-06-01")).tolist() == [True, True, False]


def test_a_sweep_of_72_000_scenarios():
    rates, days = np.linspace(0.00015, 0.0006, 200)[:, None], np.arange(1, 361)
    swept = jb.Loan(50_000, daily_rate=rates, months=12, method="interest_only", start="2026-12-01")
    total = swept.prepay(20_000, on=days).summary()
    assert total.interest.shape == (200, 360)
    assert (np.diff(total.interest, axis=0) > 0).all()
    assert (np.diff(total.interest, axis=1) > 0).all()  # the later, the dearer


def test_a_portfolio_is_read_from_a_frame():
    frame = pd.DataFrame(
        {
            "principal": [1_000, 2_000.5],
            "daily_rate": [0.0004, 0.0005],
            "start": pd.to_datetime(["2026-12-01", "2027-01-31"]),
            "months": pd.array([3, 6], dtype="Int64"),
            "method": pd.Categorical(["bullet", "equal_principal"]),
        },
        index=[7, 3],
    )
    loan = jb.Loan.from_frame(frame, day_count="thirty")
    assert loan.shape == (2,)
    assert loan.ids.tolist() == [7, 3]
    for place, terms in enumerate(frame.to_dict("records")):
        rows = loan.cashflows().query(f"loan == {place}").drop(columns=["id", "loan"])
        one = jb.Loan(**terms, day_count="thirty").cashflows().drop(columns="loan")
        pd.testing.assert_frame_equal(rows.reset_index(drop=True), one)


def test_a_portfolio_may_be_empty():
    loan = jb.Loan.from_frame(
        pd.DataFrame({"principal": []}), daily_rate=0.0004, start="2026-12-01", months=3
    )
    assert loan.shape == (0,)
    assert list(loan.prepay(1, on=3).cashflows()) == CORE
    assert len(loan.cashflows()) == loan.summary().interest.size == 0


def test_thirty_day_months_are_the_textbook_annuity():
    """Under equal periods the instalment is P i / (1 - (1 + i) ** -n)."""
    for principal, rate, months in [(50_000, 0.0004, 12), (8_888, 0.0006, 36), (100, 0.00015, 60)]:
        periodic = 30 * rate
        wanted = principal * periodic / (1 - (1 + periodic) ** -months)
        terms = {"daily_rate": rate, "months": months, "day_count": "thirty", "start": "2026-12-01"}
        assert jb.Loan(principal, **terms).summary().instalment == pytest.approx(wanted, abs=0.0051)


def test_ten_thousand_yuan_cost_four_yuan_a_day():
    for days in (1, 7, 30, 365):
        loan = jb.Loan(10_000, daily_rate=0.0004, days=days, method="bullet", start="2026-12-01")
        assert loan.summary().interest == 4 * days
    last = jb.Loan(
        10_000,
        daily_rate=0.0004,
        days=7,
        method="bullet",
        start="2026-12-01",
        day_count="both_ends",
    )
    assert last.summary().interest == 32


def test_on_a_due_day_the_instalment_comes_before_the_prepayment():
    rows = rows_in_fen(LOAN.prepay(20_000, on="2027-01-01"), ["event", "interest"])[:3]
    assert rows == [("draw", 0), ("instalment", 62_000), ("prepayment", 0)]


def test_an_extension_comes_before_the_instalment_of_its_day():
    frame = LOAN.extend(6, on="2027-12-01", fee=88.8).cashflows()
    last_day = frame[frame["date"] == "2027-12-01"]
    assert last_day["event"].tolist() == ["extension", "instalment"]
    assert last_day["fee"].tolist() == [88.8, 0]
    assert last_day["payment"].iloc[1] < LOAN.cashflows()["payment"].iloc[-1] / 5


def test_shortening_keeps_the_instalment_and_lowering_keeps_the_term():
    lower = LOAN.prepay(20_000, on="2027-03-15")
    shorter = LOAN.prepay(20_000, on="2027-03-15", then="shorten")
    after = {"lower": lower, "shorten": shorter}
    rows = {
        name: each.cashflows().query("event == 'instalment' and date > '2027-03-15'")
        for name, each in after.items()
    }
    assert (rows["shorten"]["payment"].iloc[:-1] == 4_503.11).all()
    assert 0 < rows["shorten"]["payment"].iloc[-1] <= 4_503.11
    assert len(rows["lower"]) == 9 > len(rows["shorten"])
    assert rows["lower"]["payment"].iloc[0] < 4_503.11
    assert shorter.summary().interest < lower.summary().interest < LOAN.summary().interest


def test_extra_cash_is_used_to_the_last_fen_that_buys_principal():
    for cash in (0.01, 0.02, 1, 777.77, 20_000):
        row = LOAN.pay_extra(cash, on=20).cashflows().iloc[1]
        assert cash - 0.01 <= row["payment"] <= cash
    fees = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", prepay_fee_rate=0.01)
    for cash in (0.01, 1, 777.77, 20_000):
        row = fees.pay_extra(cash, on=0).cashflows().iloc[1]
        assert round(cash - 0.02, 2) <= row["payment"] <= cash


def test_a_coupon_lets_interest_off_and_leaves_the_principal():
    with_coupon = in_fen(
        LOAN.coupon(45, off=0.5).cashflows(["event", "interest", "principal", "waived_interest"])
    )
    with_coupon = with_coupon[with_coupon["event"] != "coupon"].reset_index(drop=True)
    without = in_fen(LOAN.cashflows(["interest", "principal"]))
    assert (with_coupon["principal"] == without["principal"]).all()
    assert (with_coupon["interest"] + with_coupon["waived_interest"] == without["interest"]).all()
    assert with_coupon["waived_interest"].iloc[1] == 31_000  # half of 31 days
    assert (with_coupon["waived_interest"].iloc[3:] == 0).all()


def test_a_coupon_follows_a_change_of_the_rate():
    bullet = jb.Loan(10_000, daily_rate=0.0004, months=3, method="bullet", start="2026-12-01")
    changed = bullet.coupon(60).extend(1, on=30, daily_rate=0.0006)
    # days 61 to 121 cost 6 yuan each; the sixty before are free, whatever their rate
    assert changed.summary().interest == 61 * 6


def test_a_coupon_for_all_days_leaves_no_interest_under_any_count_of_days():
    for day_count in ("actual", "both_ends", "thirty"):
        terms = {"start": "2027-01-30", "due_day": 28, "day_count": day_count}
        loan = jb.Loan(10_000, daily_rate=0.0004, months=3, **terms)
        assert loan.coupon(120).summary().interest == 0


def test_two_coupons_on_the_first_day_are_one():
    loan = jb.Loan(10_000, daily_rate=0.0004, months=1, start="2026-12-01", day_count="both_ends")
    assert loan.coupon(30).coupon(30).summary().interest == loan.coupon(30).summary().interest == 8


def test_a_line_holds_its_loans():
    line = LOAN.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-10", months=6)
    first, second = line.loans
    assert (line.shape, len(line.decisions)) == ((), 1)
    assert second.cashflows()["date"].dt.day.tolist()[1:] == [1] * 6  # the due day of the line
    assert second.cashflows()["date"].iloc[1] == pd.Timestamp("2027-07-01")
    assert line.cashflows()["loan"].unique().tolist() == [0, 1]
    earlier, newest = line.settle(on="2027-07-10", loan=0), line.settle(on="2027-07-10")
    assert earlier.loans[0].summary().payoff_date == np.datetime64("2027-07-10")
    assert newest.loans[1].summary().payoff_date == np.datetime64("2027-07-10")
    assert earlier.loans[1] is second
    assert newest.loans[0] is first
    assert line.settle(on="2027-07-10", loan=-2).summary() == earlier.summary()


def test_days_on_a_line_count_from_the_first_drawdown():
    line = LOAN.reborrow(20_000, on=100)
    assert line.loans[1].cashflows()["date"].iloc[0] == pd.Timestamp("2027-03-11")
    assert line.settle(on=130).summary() == line.settle(on="2027-04-10").summary()


def test_a_coupon_on_a_line_begins_with_the_newest_loan():
    line = LOAN.reborrow(20_000, on=100)
    rows = line.coupon(7).loans[1].cashflows(["date", "event"])
    assert rows["event"].tolist()[:2] == ["draw", "coupon"]
    assert rows["date"].iloc[1] == pd.Timestamp("2027-03-11")


def test_a_new_loan_inherits_what_is_not_given():
    first = jb.Loan(
        50_000,
        daily_rate=0.0004,
        months=12,
        method="equal_principal",
        start="2026-12-05",
        day_count="thirty",
        prepay_fee_rate=0.01,
    )
    plain = first.reborrow(9_000, on="2027-02-01").loans[1]
    same = jb.Loan(
        9_000,
        daily_rate=0.0004,
        months=12,
        method="equal_principal",
        start="2027-02-01",
        day_count="thirty",
        prepay_fee_rate=0.01,
        due_day=5,
    )
    pd.testing.assert_frame_equal(plain.settle(on=9).cashflows(), same.settle(on=9).cashflows())
    other = first.reborrow(9_000, on="2027-02-01", daily_rate=0.0005, days=7, method="bullet")
    assert other.loans[1].summary().interest == 9_000 * 0.0005 * 7


def test_loans_on_a_line_that_are_not_taken_leave_no_row():
    line = LOAN.reborrow([0, 500, 500], on=pd.to_datetime(["2027-02-01", None, "2027-02-01"]))
    total = line.coupon(7).prepay([0, 0, 100], on="2027-02-20").summary()
    assert line.cashflows()["loan"].unique().tolist() == [0, 2, 4, 5]
    assert total.drawn.tolist() == [50_000, 50_000, 50_500]
    assert (total.interest[:2] == LOAN.summary().interest).all()


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            LOAN.prepay(1, on=1),
            "Loan(50,000.00 at 0.0004 a day, 12 months, equal_instalment, from 2026-12-01, prepay)",
        ),
        (
            jb.Loan(9, daily_rate=0.0004, days=7, method="bullet", start="2026-12-01"),
            "Loan(9.00 at 0.0004 a day, 7 days, bullet, from 2026-12-01)",
        ),
        (
            LOAN.settle(on=np.arange(1, 2_001).reshape(2, -1)),
            "Loan(2,000 scenarios of shape (2, 1000), settle)",
        ),
        (
            LOAN.reborrow(9, on=1, months=2),
            "Plan(Loan(50,000.00 at 0.0004 a day, 12 months, equal_instalment, from 2026-12-01); "
            "Loan(9.00 at 0.0004 a day, 2 months, equal_instalment, from 2026-12-02))",
        ),
    ],
)
def test_a_loan_shows_itself_in_a_line(shown, words):
    assert repr(shown) == words


def test_interest_comes_first_for_six_months_unless_others_are_given() -> None:
    loan = LOAN.but(method="interest_then_equal")
    for each, months in ((loan, 6), (loan.but(interest_only_months=3), 3)):
        paid = each.cashflows(["principal"])["principal"].to_numpy()[1:]  # after the drawdown
        assert (paid[:months] == 0).all()
        assert (paid[months:] > 0).all()


def test_of_several_loans_only_the_one_that_may_be_called_is() -> None:
    late = LOAN.but(accelerate_after=np.array([0, 30])).miss(1, times=3).summary()
    each = [LOAN.but(accelerate_after=days).miss(1, times=3).summary() for days in (0, 30)]
    assert late.total_paid.tolist() == [one.total_paid for one in each]
    assert late.total_paid[0] != late.total_paid[1]


def test_after_an_extension_by_days_the_months_run_from_the_new_day() -> None:
    loan = LOAN.but(method="bullet", months=3)
    longer = loan.extend(days=10, on="2027-02-01")
    assert str(longer.summary().payoff_date)[:10] == "2027-03-11"
    again = longer.extend(1, on="2027-03-05")
    assert str(again.summary().payoff_date)[:10] == "2027-04-11"


def test_the_lowest_rate_is_a_rate_and_not_none():
    """At 0.00000001 % a day nothing is added from then on: interest of 31 days and of 10."""
    loan = LOAN.but(method="bullet", months=3).extend(1, on="2027-01-11", daily_rate=1e-10)
    assert loan.summary().interest == 50_000 * 0.0004 * 41
    assert LOAN.but(method="bullet").restructure(6, on=0, daily_rate=1e-10).summary().interest == 0


@pytest.mark.parametrize(
    ("first", "second", "due"),
    [
        ({"months": 1}, {"months": 1}, "2027-03-31"),  # 28 February, then as on the 31st
        ({"months": 1}, {"days": 10}, "2027-03-10"),
        ({"days": 20}, {"days": 10}, "2027-03-02"),  # 20 February, and ten days
        ({"days": 20}, {"months": 1}, "2027-03-20"),
    ],
)
def test_a_loan_due_again_after_its_end_can_be_prolonged_once_more(first, second, due):
    loan = LOAN.but(days=30).miss(1)  # on 30 December
    again = loan.extend(on="2027-01-31", **first).extend(on="2027-02-10", **second)
    assert str(again.cashflows(["date"])["date"].iloc[-1].date()) == due
    assert again.summary().arrears == 0


def test_all_but_the_amount_is_given_by_name():
    first, *others = inspect.signature(jb.Loan).parameters.values()
    assert first.name == "principal"
    assert {each.kind for each in others} == {inspect.Parameter.KEYWORD_ONLY}


def test_the_smallest_loan_on_a_line_is_one_and_none_is_none():
    """The last of three is not taken: the first two have their 13 rows each beside the line's."""
    line = LOAN.reborrow([500, 0.01, 0], on="2027-02-01")
    assert line.summary().drawn.tolist() == [50_500, 50_000.01, 50_000]
    flows = line.cashflows(["loan", "opening", "due"])
    assert flows["loan"].value_counts().to_dict() == dict.fromkeys(range(5), 13)
    assert (flows.groupby("loan")["opening"].first() == 0).all()
    assert line.summary().days_in_debt.tolist() == [365 + 62, 365 + 62, 365]


@pytest.mark.parametrize(
    ("start", "shown"), [(90, "=90"), (None, "=NaT"), ([30, 60], ".* 30"), (pd.NaT, "=NaT")]
)
def test_a_loan_is_drawn_on_a_date(start, shown):
    with pytest.raises(jb.JiebeiError, match=f"^start{shown}: give the day of the drawdown as a"):
        LOAN.but(start=start)


def test_of_several_days_the_one_before_the_drawdown_is_refused():
    with pytest.raises(
        jb.JiebeiError, match=r"^on: 1 of 3 .* number 1, 2026-11-30: that is before"
    ):
        LOAN.settle(on=["2026-12-05", "2026-11-30", None])


@pytest.mark.parametrize("limit", [{"cap": 0}, {"principal": 0}])
def test_a_coupon_for_nothing_lets_nothing_off(limit):
    assert LOAN.coupon(60, **limit).summary().interest == LOAN.summary().interest


def test_a_coupon_that_expires_on_no_day_does_not_expire():
    assert LOAN.coupon(60, expires=pd.NaT).summary() == LOAN.coupon(60).summary()
