"""First pictures that draw two things: what a page asks first, and beneath it what it asks besides.

Reckoned by hand: 4,503.11 due on 2027-03-01, not paid, at 0.06 % a day for 30 days is 81.06. Of a
loan of 50,000 at 0.04 % 42,185.63 is left after two instalments; with 10 days of interest, 168.74,
it asks for 42,354.37.
"""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import lender_view, my_statement, overdue
from jiebei.answers.lender_view import leniency
from jiebei.life.late.catching_up import Means
from jiebei.life.late.costs import Elsewhere
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
SEVERAL = overdue.loans_of(
    [
        {"name": "A", "principal": 20_000, "daily_rate": 0.0005, "months": 12},
        {"name": "B", "principal": 12_000, "daily_rate": 0.0003, "months": 6},
    ],
    "2026-12-01",
)


def titles(picture: Any) -> list[str]:
    assert isinstance(picture, Axes)
    assert_texts_apart(picture.figure.figure)
    plt.close("all")
    return [each.get_title() for each in picture.figure.axes]


# ---- late: what a day costs, and which loan comes first ------------------------------------------


@pytest.mark.parametrize(("cash", "charts"), [(2_000, 2), (50_000, 1)])
def test_where_it_matters_which_loan_comes_first_it_is_drawn(
    lang: str, cash: float, charts: int
) -> None:
    caught_up = overdue.orders.answer(SEVERAL, Means(cash, 2, 7_000))
    drawn = overdue.picture(LOAN, 3, 30, Elsewhere(0.18, 0.0), caught_up)
    said = titles(drawn)
    assert len(said) == charts
    assert "81.06" in said[0]
    if charts == 2:
        assert says("answer.overdue.orders_first", said[1])
        assert str(caught_up.figures.index[0]) in said[1]


def test_where_nothing_costs_anything_it_is_a_sentence_and_no_picture_stays_open() -> None:
    caught_up = overdue.orders.answer(SEVERAL, Means(2_000, 2, 7_000))
    free = LOAN.but(daily_rate=0.0)
    assert not isinstance(overdue.picture(free, 3, 30, Elsewhere(0.0, 0.0), caught_up), Axes)
    assert not plt.get_fignums()


# ---- a statement: whether it is right, and what is owed today ------------------------------------

PAID = {"2027-01-01": 4_503.11, "2027-02-01": 4_503.11}


def plan(more: float) -> Any:
    flows = LOAN.cashflows(["date", "payment"]).iloc[1:]
    rows = (
        f"{day.date()},{paid + more:.2f}"
        for day, paid in zip(flows["date"], flows["payment"], strict=True)
    )
    return jb.statement.read("\n".join(["还款日,应还金额", *rows]))


@pytest.mark.parametrize(
    ("more", "today", "keys"),
    [
        (1.0, "2027-02-11", ["", "owed_title"]),
        (1.0, "2027-03-11", ["", "owed_title_late"]),
        (0.0, "2027-02-11", ["owed_title"]),
        (1.0, "2028-03-01", ["", "owed_title_late_all"]),
    ],
)
def test_what_is_owed_today_is_drawn_beneath(
    lang: str, more: float, today: str, keys: list[str]
) -> None:
    now = LOAN.with_history(list(PAID.items()), as_of=today)
    said = titles(my_statement.picture(my_statement.answer(plan(more), LOAN), now, today))
    assert len(said) == len(keys)
    assert says(f"answer.my_statement.{keys[-1]}", said[-1])
    if today == "2027-02-11":
        assert "42,354" in said[-1]


def test_in_chinese_both_charts_count_in_one_unit() -> None:
    jb.use("zh")
    large = LOAN.but(principal=5_000_000)
    now = large.with_history([], as_of="2027-03-11")
    drawn = my_statement.picture(my_statement.answer(plan(0.0), large), now, "2027-03-11")
    assert isinstance(drawn, Axes)
    written = [text.get_text() for ax in drawn.figure.axes for text in ax.texts]
    plt.close("all")
    for ax in drawn.figure.axes:
        own = " ".join(text.get_text() for text in ax.texts)
        assert ("万元" in own) != ("¥" in own or "（元）" in own), written


# ---- the lender: who does not pay, how early that shows, whether help pays -----------------------


def test_who_does_not_pay_and_what_help_gains_are_one_picture(lang: str) -> None:
    book = lender_view.draw(lender_view.question({**lender_view.EXAMPLE, "loans": 1_500}))
    drawn = lender_view.picture(book, 0.6)
    assert isinstance(drawn, Axes)
    first, second = titles(drawn)
    assert says("answer.lender_view.who_chart", first)
    assert leniency.answer(book, 0.6).headline.startswith(second)
    upper, lower = drawn.figure.axes
    assert any(says("answer.lender_view.known", each.get_text()) for each in upper.texts)
    solid = [
        float(np.ravel(line.get_xdata())[0]) for line in lower.lines if line.get_marker() == "o"
    ][1::2]
    gains = [each.gain for each in leniency.worths(book, 0.6).values()]
    assert np.allclose(solid, gains)
