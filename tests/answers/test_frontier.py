"""The one frontier: the reader's own place is measured, never read between two that were tried."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import grace, negotiate, overdue
from jiebei.answers.shared.frontier import Along, Frontier, over, savings_rates
from jiebei.language.words import headline_yuan
from jiebei.life.late.costs import Elsewhere
from jiebei.life.negotiation.standing import behind
from jiebei.life.rules.facts import usual_rates

RATES, DAYS = np.array([0.0, 0.1, 0.2]), np.array([10, 20, 40])
START = "2026-12-01"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
WORDS: dict[str, Any] = {"regions": ("this", "that"), "subtitle": "yuan"}


def bent(rates: Any, days: Any) -> Any:
    """Bend between the places tried, so that what is read between them is wrong."""
    return 1_000 * (rates - 0.15) ** 3 * days[:, None] ** 2


def found(rate: float | None = 0.13, days: int | None = 33) -> Frontier:
    return over(bent, Along(RATES, rate, "rate"), Along(DAYS, days, "days", "days"))


def rings(ax: Any) -> list[Any]:
    return [each for each in ax.lines if each.get_marker() == "o"]


def test_a_map_of_one_colour_is_flat() -> None:
    """With nothing in hand every plan lacks the whole first payment: then a sentence is said."""
    assert not found().flat
    assert Frontier(found().x, found().y, np.full((4, 4), -1_000.0)).flat


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
    x, y = still.x, still.y
    assert not Frontier(x, y, np.eye(4)).nothing, "it is enough that something is gained somewhere"


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


@pytest.mark.parametrize(
    ("page", "ask", "ends"),
    [
        (grace, lambda rate: grace.flips.gauge(LOAN, 3, START, "billed", rate), (0.3, 0.45, 1.0)),
        (
            overdue,
            lambda rate: overdue.flips.gauge(LOAN, 3, 30, Elsewhere(min(2 * rate, 1.0))),
            (0.5, 0.9, 1.0),
        ),
    ],
)
def test_the_axis_reaches_beyond_the_readers_rate_and_not_much_further(
    monkeypatch: pytest.MonkeyPatch, page: Any, ask: Any, ends: tuple[float, ...]
) -> None:
    """By half as much, to what is usual at least, to all of it in a year at most."""
    monkeypatch.setattr(page.flips, "along", lambda _, rates, **__: rates)
    found = [ask(rate).grid for rate in (0.02, 0.3, 0.7)]
    assert [each[0] for each in found] == [0.0] * 3
    assert tuple(round(float(each[-1]), 9) for each in found) == ends


@pytest.mark.parametrize(("daily", "end"), [(0.0004, None), (0.002, 0.003), (0.004, 0.005)])
def test_the_axis_of_a_plans_rate_ends_at_what_may_be_agreed(daily: float, end: float) -> None:
    debt = behind(jb.Loan(9_000, daily_rate=daily, months=12, start=START), 3, "2027-04-20")
    found = negotiate.flips._rates(debt)
    assert found.grid[-1] == pytest.approx(end or usual_rates()[1])
    assert daily in found.grid


@pytest.mark.parametrize(
    ("own", "savings_rate", "end"),
    [(0.01, 0.02, 0.1), (0.2, 0.02, 0.35), (np.nan, 0.3, 0.4), (0.9, 0.02, 1.0)],
)
def test_the_axis_of_savings_rates_reaches_beyond_the_loans_rate_and_the_readers(
    own: float, savings_rate: float, end: float
) -> None:
    """By six tenths and by a quarter, up to a twentieth; to 10 % at least, to 100 % at most."""
    loan: Any = SimpleNamespace(summary=lambda: SimpleNamespace(effective_rate=own))
    rates = savings_rates(loan, savings_rate)
    assert (rates[0], rates[-1]) == (0.0, pytest.approx(end))
