"""The one frontier: the reader's own place is measured, never read between two that were tried."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import overdue
from jiebei.answers.shared.frontier import Along, Frontier, over
from jiebei.language.words import headline_yuan

RATES, DAYS = np.array([0.0, 0.1, 0.2]), np.array([10, 20, 40])
WORDS: dict[str, Any] = {"regions": ("this", "that"), "subtitle": "yuan"}


def bent(rates: Any, days: Any) -> Any:
    """Bend between the places tried, so that what is read between them is wrong."""
    return 1_000 * (rates - 0.15) ** 3 * days[:, None] ** 2


def found(rate: float | None = 0.13, days: int | None = 33) -> Frontier:
    return over(bent, Along(RATES, rate, "rate"), Along(DAYS, days, "days", "days"))


def rings(ax: Any) -> list[Any]:
    return [each for each in ax.lines if each.get_marker() == "o"]


def test_the_readers_own_place_is_measured() -> None:
    here = 1_000 * (0.13 - 0.15) ** 3 * 33**2
    assert found().here == pytest.approx(here)
    assert found().gain.shape == (4, 4)
    assert np.allclose(found().row, bent(found().x.grid, np.array([33]))[0])


def test_the_chart_names_that_very_figure() -> None:
    ax = found().draw(**WORDS)
    written = headline_yuan(abs(found().here)).replace("¥", "")
    assert written == "8.71"
    assert written in ax.get_title()
    assert any(written in each.get_text() for each in ax.texts)


def test_a_place_that_was_tried_is_not_tried_twice() -> None:
    assert found(0.1, 20).gain.shape == (3, 3)


@pytest.mark.parametrize(("rate", "days"), [(None, 20), (0.1, None)])
def test_who_stands_nowhere_has_no_ring(rate: float | None, days: int | None) -> None:
    assert np.isnan(found(rate, days).here)
    assert not rings(found(rate, days).draw(**WORDS))


def test_where_there_is_no_gain_the_ring_has_no_figure() -> None:
    def known(rates: Any, days: Any) -> Any:
        return np.where(days[:, None] > 15, bent(rates, days), np.nan)

    ax = over(known, Along(RATES, 0.1, "rate"), Along(DAYS, 10, "days", "days")).draw(**WORDS)
    (ring,) = rings(ax)
    assert ring.get_xydata() == pytest.approx(np.array([[0.1, 10]]))
    assert not any("You" in each.get_text() for each in ax.texts)


def test_nothing_gained_anywhere_is_told() -> None:
    still = over(lambda x, y: 0.004 * np.ones((len(y), len(x))), Along(RATES, 0.1, ""), found().y)
    assert still.nothing
    assert not found().nothing


def test_what_is_tried_need_not_be_what_is_shown() -> None:
    yearly = Along(np.array([0.0, 0.0004, 0.0008]), 0.0005, "a year", shown=lambda each: 365 * each)
    ax = over(lambda x, y: (x - 4e-4) * y[:, None], yearly, found().y).draw(**WORDS)
    assert ax.get_xlim() == pytest.approx((0.0, 0.292))
    assert rings(ax)[0].get_xdata() == pytest.approx([0.1825])


def test_very_many_days_late_are_met_to_the_day() -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    elsewhere, days = overdue.Elsewhere(0.18), 1_003
    late = float(overdue.late_cost(loan, 3, days).cost)
    gain = late - float(elsewhere.cost(loan, 3, days))
    ax = overdue.flips.gauge(loan, 3, days, elsewhere)
    assert isinstance(ax, Axes)
    assert headline_yuan(abs(gain)) in ax.get_title()
