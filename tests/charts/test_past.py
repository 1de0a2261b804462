"""What is past is drawn pale before the ways that are still open."""

import matplotlib.dates as mdates
import numpy as np
import pytest

import jiebei as jb
from jiebei import charts
from tests.helpers.texts import assert_texts_apart, seen

LOANS = [
    jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01"),
    jb.Loan(3, daily_rate=0.0005, months=3, start="2026-12-01", method="equal_principal"),
    jb.Loan(900_000, daily_rate=0.0005, months=60, start="2024-01-31", method="interest_only"),
]


@pytest.mark.parametrize("loan", LOANS)
def test_the_past_is_pale_and_ends_where_the_ways_begin(loan, lang):
    now = loan.rest("2027-02-20")
    ways = {"plan": now, "settle": now.settle(on="2027-02-21")}
    ax = charts.balance(ways, past=loan)
    plan, pale = ax.lines[0], next(each for each in ax.lines if each.get_alpha())
    assert pale.get_drawstyle() == "steps-post"
    assert pale.get_ydata()[0] == loan.principal == np.max(pale.get_ydata())
    assert (pale.get_xdata()[-1], pale.get_ydata()[-1]) == (
        (plan.get_xdata()[0], plan.get_ydata()[0])
    )
    assert ax.get_xlim()[0] == mdates.date2num(np.datetime64(loan.start))
    assert ax.get_ylim()[1] > loan.principal
    assert_texts_apart(ax.figure)
    shown = [text for text, _ in seen(ax.figure)]
    assert {"en": "so far", "zh": "到现在为止"}[lang] in shown
    assert ax.get_title() == charts.balance(ways).get_title()


def test_with_nothing_behind_it_is_the_picture_without():
    [loan, *_] = LOANS
    plain, with_past = charts.balance({"plan": loan}), charts.balance({"plan": loan}, past=loan)
    assert [text for text, _ in seen(with_past.figure)] == [text for text, _ in seen(plain.figure)]
    assert len(with_past.lines) == len(plain.lines)


def test_many_ways_begin_in_panels_as_far_back_as_the_past():
    [loan, *_] = LOANS
    now = loan.rest("2027-06-20")
    ways = {f"way {n}": now.prepay(1_000 * n, on="2027-07-05") for n in range(7)}
    ax = charts.balance(ways, past=loan)
    assert ax.get_xlim()[0] == mdates.date2num(np.datetime64(loan.start))
