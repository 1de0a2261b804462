"""A term of days is one thing, written as the reader writes it, and no number of months."""

import pytest

import jiebei as jb
from jiebei.notebook import parameters
from jiebei.notebook.meant import meant
from jiebei.notebook.sliders import explore
from jiebei.units.term import ForDays, instalments_in, term

PAGE = {"principal": 5_000, "months": 12, "method": "equal_instalment", "start": "2027-01-28"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7天", ForDays(7)),
        ("7 days", ForDays(7)),
        ("１日", ForDays(1)),
        ("两周", ForDays(14)),
        ("7", 7),
        ("3个月", 3),
        ("一年", 12),
        ("7号", "7号"),
    ],
)
def test_days_are_told_from_months(typed, read):
    assert meant("months", "term", typed) == read


def test_a_page_takes_days_for_a_term_whichever_the_method():
    cell = PAGE | {"months": "7天", "method": "interest_then_equal"}
    parameters.read(cell, PAGE)
    assert cell["months"] == ForDays(7)


@pytest.mark.parametrize("days", ["0天", "31天", "1.5天"])
def test_days_out_of_range_are_refused(days):
    with pytest.raises(jb.JiebeiError, match=r"months=.*1 to 30"):
        parameters.read(PAGE | {"months": days}, PAGE)


def test_a_loan_takes_it_as_days_and_gives_it_back():
    loan = jb.Loan(5_000, daily_rate=0.0005, start="2027-01-28", **term(ForDays(7)))
    assert loan.summary().total_paid == 5_017.50
    assert (loan.term, loan.but(months=3).term) == (ForDays(7), 3)
    assert (instalments_in(loan.term), instalments_in(3)) == (1, 3)
    assert "7 days, bullet" in repr(loan)


def test_where_months_are_needed_it_is_refused_as_it_was_typed():
    with pytest.raises(jb.JiebeiError, match=r"months='7 days'.*1 to 60 months"):
        jb.Loan(5_000, daily_rate=0.0005, start="2027-01-28", months=ForDays(7))


def test_it_is_written_in_the_language_in_use():
    jb.use("zh")
    assert str(ForDays(7)) == "7天"


def test_a_slider_over_days_keeps_to_them():
    asked = []

    def question(start, months, repay_on):
        asked.append(months)
        raise jb.JiebeiError("error.text", text="none")

    panel = explore(question, start="2027-01-28", months=ForDays(7), repay_on="2027-01-30")
    slider, last = panel.sliders["months"], panel.sliders["repay_on"].options[-1][1]
    assert [each for _, each in slider.options] == [ForDays(each) for each in range(1, 31)]
    assert (asked, last) == ([ForDays(7)], "2027-02-03")
    assert "months = &quot;7 days&quot;" in panel.text.value
