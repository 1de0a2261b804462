"""Days, months and due dates against Python's own calendar."""

import datetime as dt
from calendar import monthrange

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.units.days import MISSING, as_days, day_of_month, due_date, iso, month_of

EPOCH = dt.date(1970, 1, 1)
dates = st.dates(dt.date(1990, 1, 1), dt.date(2200, 12, 31))


def number(day: dt.date) -> int:
    """Return the days since 1970-01-01."""
    return (day - EPOCH).days


@given(dates)
def test_days_and_months_are_those_of_the_calendar(day):
    assert month_of(number(day)) == (day.year - 1970) * 12 + day.month - 1
    assert day_of_month(number(day)) == day.day
    assert iso(number(day)) == day.isoformat()


@given(dates, st.integers(0, 60), st.integers(1, 31))
def test_a_due_date_is_that_day_or_the_last_of_the_month(start, months, day):
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    wanted = dt.date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
    assert due_date(month_of(number(start)) + months, day) == number(wanted)


@pytest.mark.parametrize(
    "day",
    [
        "2027-03-01",
        dt.date(2027, 3, 1),
        dt.datetime(2027, 3, 1, 15, 30),
        np.datetime64("2027-03-01"),
        np.datetime64("2027-03-01T15:30", "s"),
        pd.Timestamp("2027-03-01 15:30"),
        np.str_("2027-03-01"),
    ],
)
def test_a_date_is_read_in_every_form(day):
    assert as_days(day, "on") == (number(dt.date(2027, 3, 1)), False)
    several = [day, day]
    for values in (several, np.array(several), pd.Series(several), pd.Index(several)):
        days, after_drawdown = as_days(values, "on")
        assert days.tolist() == [number(dt.date(2027, 3, 1))] * 2
        assert not after_drawdown


@pytest.mark.parametrize("values", [90, [90, 90], np.array([90], np.int32), pd.Series([90])])
def test_whole_numbers_are_days_after_the_drawdown(values):
    days, after_drawdown = as_days(values, "on")
    assert (days == 90).all()
    assert after_drawdown


@pytest.mark.parametrize("nothing", [None, "NaT", pd.NaT, np.datetime64("NaT")])
def test_what_is_missing_is_told_apart(nothing):
    assert as_days(nothing, "on")[0] == MISSING
    days, _ = as_days(pd.Series(["2027-03-01", nothing]), "on")
    assert days.tolist() == [number(dt.date(2027, 3, 1)), MISSING]


def due_dates(start, months=4, **terms):
    """Return the due dates of a loan as text."""
    loan = jb.Loan(9_000, daily_rate=0.0004, start=start, months=months, **terms)
    return loan.cashflows(["date"])["date"].dt.strftime("%Y-%m-%d").tolist()[1:]


@pytest.mark.parametrize(
    ("start", "terms", "wanted"),
    [
        # the due day is that of the drawdown; short months are clamped, without drift
        ("2027-01-15", {}, ["2027-02-15", "2027-03-15", "2027-04-15", "2027-05-15"]),
        ("2027-01-31", {}, ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        ("2027-12-31", {}, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
        ("2028-02-29", {"months": 2}, ["2028-03-29", "2028-04-29"]),
        # the days after the 28th become others
        ("2027-01-28", {"months": 2, "month_end": "25_to_27"}, ["2027-02-28", "2027-03-28"]),
        ("2027-01-29", {"months": 2, "month_end": "25_to_27"}, ["2027-02-25", "2027-03-25"]),
        ("2027-01-30", {"months": 2, "month_end": "25_to_27"}, ["2027-02-26", "2027-03-26"]),
        ("2027-01-31", {"months": 2, "month_end": "25_to_27"}, ["2027-02-27", "2027-03-27"]),
        ("2027-01-29", {"months": 2, "month_end": "1_to_3"}, ["2027-03-01", "2027-04-01"]),
        ("2027-01-31", {"months": 2, "month_end": "1_to_3"}, ["2027-03-03", "2027-04-03"]),
        ("2027-01-15", {"months": 2, "month_end": "1_to_3"}, ["2027-02-15", "2027-03-15"]),
        # a first period of fewer than 15 days moves on to the next month
        ("2027-01-05", {"months": 2, "due_day": 20}, ["2027-01-20", "2027-02-20"]),
        ("2027-01-06", {"months": 2, "due_day": 20}, ["2027-02-20", "2027-03-20"]),
        ("2027-01-20", {"months": 2, "due_day": 20}, ["2027-02-20", "2027-03-20"]),
        ("2027-01-21", {"months": 2, "due_day": 20}, ["2027-02-20", "2027-03-20"]),
        (
            "2027-01-19",
            {"months": 2, "due_day": 20, "shortest_first_period": 0},
            ["2027-01-20", "2027-02-20"],
        ),
        # a loan repaid once has no due day: it ends whole months, or days, after its drawdown
        ("2027-01-31", {"months": 1, "method": "bullet", "due_day": 5}, ["2027-02-28"]),
        ("2027-01-31", {"months": None, "days": 29, "method": "bullet"}, ["2027-03-01"]),
    ],
)
def test_due_dates(start, terms, wanted):
    assert due_dates(start, **terms) == wanted


def test_due_dates_of_an_array_are_those_of_each():
    starts = np.arange("2027-01-01", "2028-03-01", dtype="M8[D]")
    ends = ["clamp", "25_to_27", "1_to_3"]
    loan = jb.Loan(
        9_000, daily_rate=0.0004, start=starts, months=3, month_end=np.array(ends)[:, None]
    )
    dates_ = loan.cashflows(["date"])["date"].to_numpy().astype("M8[D]").reshape(3, len(starts), 4)
    for place in range(0, len(starts), 13):
        for row, end in enumerate(ends):
            one = due_dates(str(starts[place]), 3, month_end=end)
            assert dates_[row, place, 1:].astype(str).tolist() == one


@pytest.mark.parametrize(("day", "beyond"), [("1990-01-01", -1), ("2200-12-31", 1)])
def test_the_first_and_the_last_day_that_can_be_meant(day: str, beyond: int) -> None:
    at = dt.date.fromisoformat(day)
    assert as_days(at, "on")[0] == number(at)
    with pytest.raises(JiebeiError, match=r"1990.*2200"):
        as_days(at + dt.timedelta(beyond), "on")


@pytest.mark.parametrize("days", [76_860, -76_860])
def test_days_from_the_drawdown_are_counted_for_210_years(days: int) -> None:
    """From 1990 to 2200, of 366 days each."""
    assert as_days(days, "on")[0] == days
    assert as_days([days, None], "on")[0][0] == days
    with pytest.raises(JiebeiError, match="at most 76,860"):
        as_days(days + np.sign(days), "on")


def test_an_empty_text_is_no_day_yet() -> None:
    for text in ("", " ", "NaT", "nat"):
        assert as_days(text, "on")[0] == MISSING
        assert as_days([text, "2027-03-01"], "on")[0].tolist()[0] == MISSING
