"""Several drawdowns on one line: read, added up, and repaid where it saves most; all by hand."""

from typing import Any

import pytest

import jiebei as jb
from jiebei.answers.shared import drawdowns
from jiebei.life.credit.drawn import best_use, open_on, read, saved_by

TODAY = "2026-12-01"
LONG = {"amount": 10_000, "on": "2026-11-21", "daily_rate": 0.0004, "days": 30, "name": "long"}
WEEK = {"amount": 5_000, "on": "2026-11-27", "daily_rate": 0.0006, "days": 7, "name": "week"}


def test_what_is_open_is_added_up() -> None:
    """10,000 x 0.04 % x 30 = 120 on 12-21, and 5,000 x 0.06 % x 7 = 21 on 12-04."""
    found = drawdowns.answer(read([LONG, WEEK]), TODAY, 0)
    assert found.headline == (
        "2 drawdowns are open: ¥15,000 owed today, and ¥141 of interest to come if all is paid "
        "as agreed. Next ¥5,021 falls due, on 2026-12-04."
    )
    assert found.figures["interest_to_come"].tolist() == [120.0, 21.0]


def test_the_dearer_one_that_is_soon_over_comes_second() -> None:
    """1,004 in hand: 1,000 and ten days of 0.04 %, which spares 20 days: 8.00.

    Of the week they repay 1,001.60: 21.00 - 2.40 - 16.79 = 1.81.
    """
    drawn = read([WEEK, LONG])
    assert saved_by(drawn[0].loan, 1_004, TODAY) == (1_004.0, 8.0)
    assert saved_by(drawn[1].loan, 1_004, TODAY)[1] == 1.81
    assert [each.name for each in best_use(drawn, 1_004, TODAY)] == ["long"]
    headline = drawdowns.answer(drawn, TODAY, 1_004).headline
    assert "¥1,004 of your cash in hand, repaid today, saves most on long: ¥8." in headline
    assert "Week is dearer, at 0.060% a day, but it is over on 2026-12-04 anyway" in headline


def test_what_is_left_goes_to_the_next() -> None:
    """The long one takes 10,040 and spares 80; 1,002.40 repay 1,000 of the week: 3 x 0.60."""
    use = best_use(read([LONG, WEEK]), 11_042.40, TODAY)
    assert [tuple(each) for each in use] == [("long", 10_040.0, 80.0), ("week", 1_002.4, 1.8)]
    headline = drawdowns.answer(read([LONG, WEEK]), TODAY, 11_042.40).headline
    assert "saves most in this order: long, week. That is ¥81.80." in headline


def test_where_cash_pays_off_all_there_is_no_order_to_choose() -> None:
    """The long one takes 10,040 and spares 80, the week 5,012 and spares 9."""
    headline = drawdowns.answer(read([LONG, WEEK]), TODAY, 15_052).headline
    assert "pays off all of them today: ¥15,052, which saves ¥89." in headline
    assert "in this order" in drawdowns.answer(read([LONG, WEEK]), TODAY, 15_051.99).headline


def test_the_dearest_comes_first_where_all_run_as_long() -> None:
    dear = LONG | {"daily_rate": 0.0005, "name": "dear"}
    assert [each.name for each in best_use(read([LONG, dear]), 500, TODAY)] == ["dear"]
    assert "because it is the dearest" in drawdowns.answer(read([LONG, dear]), TODAY, 500).headline


def test_of_equal_rates_the_longest_comes_first() -> None:
    short = LONG | {"days": 20, "name": "short"}
    headline = drawdowns.answer(read([LONG, short]), TODAY, 500).headline
    assert "saves most on long" in headline
    assert "of those it runs longest" in headline


def test_one_calendar_has_all_due_days_and_what_can_be_drawn() -> None:
    found = drawdowns.due_days(read([LONG, WEEK]), TODAY, 20_000)
    days = found.figures["date"].dt.strftime("%m-%d").tolist()
    assert days == ["12-01", "12-04", "12-21"]
    assert found.figures["due"].tolist() == [0.0, 5_021.0, 10_120.0]
    assert found.figures["owed"].tolist() == [15_000.0, 10_000.0, 0.0]
    assert found.figures["available"].tolist() == [5_000.0, 10_000.0, 20_000.0]
    assert "more from 2026-12-04 on: ¥10,000" in found.headline


def test_a_due_day_that_gives_nothing_back_is_not_named() -> None:
    """Interest alone falls due on 12-20; the limit comes back on the last due day."""
    only = {"amount": 9_000, "on": "2026-11-20", "daily_rate": 0.0004, "months": 2}
    found = drawdowns.due_days(read([only | {"method": "interest_only"}]), TODAY, 20_000)
    assert found.figures["available"].tolist() == [11_000.0, 11_000.0, 20_000.0]
    assert "more from 2027-01-20 on: ¥20,000" in found.headline


def test_what_was_repaid_before_today_is_left_out() -> None:
    drawn = read([LONG, WEEK | {"on": "2026-11-20"}])
    assert [each.name for each in open_on(drawn, TODAY)] == ["long"]
    assert "One drawdown is open" in drawdowns.answer(drawn, TODAY, 0).headline
    assert "Repaying ¥500" in drawdowns.answer(drawn, TODAY, 500).headline
    nothing = drawdowns.answer(drawn, "2027-06-01", 500)
    assert nothing.headline == "Nothing is owed on any of the drawdowns."
    assert drawdowns.calendar(drawn, "2027-06-01") == ""


def test_where_none_is_entered_it_says_how() -> None:
    assert drawdowns.answer((), TODAY, 500).headline.startswith("No drawdowns are entered")
    assert drawdowns.calendar((), TODAY) == ""
    assert drawdowns.due_days((), TODAY, 500).headline.startswith("No drawdowns are entered")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (7 * [LONG], "at most 6 rows"),
        ({}, "at most 6 rows"),
        ([3], "row 1: 3: write a row like"),
        ([LONG | {"rate": 1}], "row 1: 'rate' is not known here"),
        ([{"amount": 1}], "row 1: on is missing"),
        ([LONG, WEEK | {"amount": -1}], "row 2: amount=-1"),
        ([LONG, LONG], "two of them are called long"),
        ([LONG | {"days": 0}], "row 1: days=0"),
        ([LONG | {"on": "soon"}], "row 1: start='soon'"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(rows: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        read(rows)


def test_what_is_drawn_after_today_is_refused() -> None:
    with pytest.raises(jb.JiebeiError, match="long: that is after today, 2026-11-20"):
        open_on(read([LONG]), "2026-11-20")


def test_more_than_the_limit_is_refused() -> None:
    with pytest.raises(jb.JiebeiError, match="limit"):
        drawdowns.due_days(read([LONG, WEEK]), TODAY, 12_000)
