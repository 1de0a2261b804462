"""What people bring is read as it is meant, or refused in words: lists, frames, masks, zones."""

import copy
import datetime as dt
import pickle
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.units.days import MISSING, as_days, iso
from jiebei.units.reading import choices, money, rate

BEIJING = "Asia/Shanghai"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
TWO = jb.Loan([50_000, 60_000], daily_rate=0.0004, months=12, start="2026-12-01")
MARCH = [
    pd.Timestamp("2027-03-01", tz=BEIJING),
    pd.Timestamp("2027-03-01 23:59", tz="America/Los_Angeles"),
    dt.datetime(2027, 3, 1, tzinfo=ZoneInfo(BEIJING)),
    "2027-03-01T00:00:00+08:00",
    "2027-03-01 00:00Z",
    pd.DatetimeIndex(["2027-03-01"], tz=BEIJING),
    pd.Series(pd.DatetimeIndex(["2027-03-01"], tz=BEIJING)),
    [pd.Timestamp("2027-03-01", tz=BEIJING)],
    "2027-03",  # a month is its first day
    np.datetime64("2027-03"),
    pd.Period("2027-03", "M"),
    pd.PeriodIndex(["2027-03"], freq="M"),
    pd.Series(["2027-03-01"], dtype="string"),
    pd.Series(["2027-03-01"], dtype="category"),
]


@pytest.mark.parametrize("day", MARCH, ids=repr)
def test_the_day_is_the_one_that_was_written(day: Any) -> None:
    days, after_drawdown = as_days(day, "on")
    assert [iso(each) for each in days.flat] == ["2027-03-01"]
    assert not after_drawdown


def test_a_zone_moves_no_day_anywhere() -> None:
    first = pd.Timestamp("2027-03-01", tz=BEIJING)
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=first)
    frame = pd.DataFrame({"start": pd.DatetimeIndex(["2027-03-01"] * 2, tz=BEIJING)})
    many = jb.Loan.from_frame(frame, principal=50_000, daily_rate=0.0004, months=12)
    later = loan.prepay(20_000, on=pd.Timestamp("2027-06-01", tz=BEIJING))
    assert iso(loan.terms["start"]) == "2027-03-01"
    assert {iso(each) for each in many.terms["start"]} == {"2027-03-01"}
    assert iso(later.decisions[0].on) == "2027-06-01"


@pytest.mark.parametrize(
    "day",
    ["today", "now", "20271301", b"2027-03-01", 10**30, [1, "2027-03-01"], [[1], [1, 2]], True, {}],
    ids=repr,
)
def test_what_is_no_day_is_refused_in_words(day: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^on"):
        as_days(day, "on")


@pytest.mark.parametrize("days", [100_000, 10**9, 9 * 10**18, -1])
def test_days_after_the_drawdown_have_bounds(days: int) -> None:
    for line in (LOAN, LOAN.settle(on=5).reborrow(1_000, on=5)):
        with pytest.raises(JiebeiError, match=r"^on="):
            line.settle(on=days)


def test_what_is_masked_is_missing() -> None:
    masked = np.ma.masked_equal([30, 60, 90], 60)
    assert as_days(masked, "on")[0].tolist() == [30, MISSING, 90]
    dates = np.ma.masked_array(np.array(["2027-03-01"], "M8[D]"), [True])
    assert as_days(dates, "on")[0].tolist() == [MISSING]
    with pytest.raises(JiebeiError, match=r"^amount: 1 of 3 values are refused, .* 1, None: "):
        money(masked, "amount")
    with pytest.raises(JiebeiError, match=r"^daily_rate=None: a daily rate is"):
        rate(np.ma.masked, "daily_rate")


@pytest.mark.parametrize("value", [b"12", bytearray(b"12"), memoryview(b"12"), "１００", True])
def test_bytes_and_text_are_no_money(value: Any) -> None:
    with pytest.raises(JiebeiError, match="an amount of money in yuan is a number"):
        money(value, "amount")


@pytest.mark.parametrize(
    ("value", "ends"), [("lowr", "'lower'?"), (["lower", "lowr"], "number 1, from 0)")]
)
def test_a_wrong_choice_of_many_is_numbered(value: Any, ends: str) -> None:
    with pytest.raises(JiebeiError, match=r"^then='lowr' is unknown: did you mean") as refused:
        choices(value, "then", ["lower", "shorten"])
    assert str(refused.value).endswith(ends)


@pytest.mark.parametrize(("yuan", "fen"), [(0.01, 1), (1.1 + 2.2, 330), (1.000_000_9, 100)])
def test_what_is_a_fen_but_for_the_computer_is_taken(yuan: float, fen: int) -> None:
    assert money(yuan, "amount") == fen
    with pytest.raises(JiebeiError, match="fen"):
        money(yuan + 1.5e-6, "amount")


@pytest.mark.parametrize("value", [{}, ["a", ["b"]], [{}], slice(3), 5, None, ["lower", None]])
def test_what_is_no_choice_is_refused_in_words(value: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^then"):
        choices(value, "then", ["lower", "shorten"])


# ---- arguments stay as they were given -----------------------------------------------------------


def test_a_loan_keeps_what_was_agreed_whatever_becomes_of_the_array() -> None:
    rates, months = np.array([0.0004, 0.0005]), [12, 12]
    loan = jb.Loan(50_000, daily_rate=rates, months=months, start="2026-12-01")
    before = loan.reborrow(1_000, "2027-03-01").summary().interest
    rates[:], months[0] = 0.002, 3
    assert (loan.reborrow(1_000, "2027-03-01").summary().interest == before).all()


def test_terms_cannot_be_written_to() -> None:
    for loan in (LOAN, copy.deepcopy(LOAN), pickle.loads(pickle.dumps(LOAN)), LOAN.settle(on=9)):
        with pytest.raises(TypeError):
            loan.terms["rate"] = np.zeros(())  # type: ignore[index]
        with pytest.raises(ValueError, match="read-only"):
            loan.terms["rate"][...] = 0
        assert not any(each.flags.writeable for each in loan.terms.values())
        assert loan.shape == ()
        assert loan.but(months=6).summary().interest < LOAN.summary().interest


# ---- arrays that do not fit ----------------------------------------------------------------------

MISFITS = [
    lambda: jb.Loan(9, daily_rate=0, months=[3, 6], due_day=[1, 2, 3], start="2026-12-01"),
    lambda: jb.Loan(9, daily_rate=0, months=[3, 6], start=["2026-12-01"] * 3),
    lambda: jb.Loan(9, daily_rate=0, months=3, start="2026-12-01", due_day=[1, 2],
                    month_end=["clamp"] * 3),
    lambda: jb.Loan(9, daily_rate=0, months=8, start="2026-12-01", method=["bullet"] * 2,
                    interest_only_months=[3, 4, 5]),
    lambda: jb.Loan(9, daily_rate=0, months=[3, 6, 9], start="2026-12-01", method=["bullet"] * 2),
    lambda: jb.Loan(9, daily_rate=0, months=[3, 6, 9], start="2026-12-01", grace_days=[1, 2]),
    lambda: LOAN.extend([1, 2], on=9, days=[0, 0, 0]),
    lambda: LOAN.defer([1, 2], on=9, days=[0, 0, 0]),
    lambda: LOAN.defer([1, 2], on=9, interest=["paid"] * 3),
    lambda: LOAN.restructure([1, 2], on=9, down=[1, 2, 3]),
    lambda: LOAN.pay_late([1, 2], days=[1, 2, 3]),
    lambda: LOAN.prepay([1, 2], on=[1, 2, 3]),
    lambda: LOAN.miss([1, 2], times=[1, 2, 3]),
    lambda: LOAN.coupon([1, 2], on=[1, 2, 3]),
    lambda: LOAN.settle(on=9).reborrow([1, 2], on=9, months=[3, 4, 5]),
    lambda: LOAN.reborrow([1, 2], on=9).prepay(5, on=[1, 2, 3]),
    lambda: TWO.reborrow(5, on=[1, 2, 3]),
    lambda: jb.net_benefit(TWO, jb.Loan([1, 2, 3], daily_rate=0, months=1, start="2026-12-01"), 0),
    lambda: jb.available(TWO, [9, 9, 9]),
    lambda: jb.Loan.from_frame(pd.DataFrame({"principal": [1, 2]}), daily_rate=0, months=3,
                               start="2026-12-01", due_day=[1, 2, 3]),
]  # fmt: skip


@pytest.mark.parametrize("act", MISFITS)
def test_arrays_that_do_not_fit_are_named(act: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^arrays of shapes .* do not fit together"):
        act()


def test_a_frame_with_a_column_twice_is_refused() -> None:
    frame = pd.DataFrame({"principal": [1_000, 2_000], "months": [3, 6]})
    twice = pd.concat([frame, frame[["principal"]]], axis=1)
    with pytest.raises(JiebeiError, match=r"^column 'principal' is in the frame twice"):
        jb.Loan.from_frame(twice, daily_rate=0.0004, start="2026-12-01")


@pytest.mark.parametrize("frame", [[1], {"principal": [1]}, None, pd.Series([1])], ids=repr)
def test_what_is_no_frame_is_refused(frame: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^from_frame\(\) reads a DataFrame"):
        jb.Loan.from_frame(frame, daily_rate=0.0004, start="2026-12-01")
