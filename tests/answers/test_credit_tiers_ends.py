"""Tiers: what is fitted to the reader's line, and each sentence just where it turns."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from jiebei.answers import credit_tiers
from jiebei.answers.credit_tiers import moves
from jiebei.language.words import Words
from tests.answers.test_credit_tiers import ALONE, YOURS, asked, ways
from tests.truth import told

EXAMPLE = credit_tiers.EXAMPLE


def ends(said: Any) -> list[str]:
    return [each.key.rpartition(".")[2] for each in told(said)]


# ---- what is fitted --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "cut_on"),
    [
        ("2027-07-15", "2027-07-15"),  # the first day
        ("2024-07-15", "2027-07-15"),  # the last of three years
        ("2024-07-14", "2025-02-14"),  # else after seven months, as in the example
        ("2027-07-16", "2028-02-16"),
    ],
)
def test_a_limit_is_cut_within_the_years_ahead(start: str, cut_on: str) -> None:
    assert credit_tiers.fitted(replace(YOURS, start=start), EXAMPLE).limit_cut_on == cut_on


@pytest.mark.parametrize(
    ("borrower", "typed", "month"),
    [
        (YOURS, {}, 6),
        (replace(ALONE, method="bullet"), {}, 12),  # the next one in which something falls due
        (replace(ALONE, months=3), {}, 3),  # the last one, where none comes after it
        (replace(ALONE, months=3), {"late_month": 9}, 9),
        (replace(ALONE, months=3), {"years_ahead": 1}, 3),
        (replace(ALONE, months=60), {}, 6),  # nothing is lent, so nothing falls due
    ],
)
def test_a_payment_is_late_in_a_month_in_which_one_falls_due(
    borrower: Any, typed: dict[str, int], month: int
) -> None:
    assert credit_tiers.fitted(borrower, {**EXAMPLE, **typed}).late_month == month


# ---- what moves the score --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "written"), [(3.0, "+3"), (-0.5, "−0.5"), (0.25, "+0.25"), (0.1234, "+0.123")]
)
def test_points_are_written_with_the_places_that_they_have(points: float, written: str) -> None:
    rule = {"points": points, "above": 0.0, "up_to": np.inf, "months": 12.0}
    said = moves._rule("late", rule)
    assert said.fields["points"] == written
    assert moves._rule("utilisation", rule | {"above": 0.3}).fields["above"] == "30%"


@pytest.mark.parametrize(
    ("points", "key", "part"),
    [
        ([[1, 2], [1, 2]], "same", None),
        ([[1, 2], [4, 1]], "rises", "a"),
        ([[1, 2], [0, 3]], "rises", "b"),  # as high as before, and yet moved
        ([[1, 2], [2, 0]], "falls", "b"),
    ],
)
def test_what_moved_the_score_most_is_named(points: Any, key: str, part: str | None) -> None:
    found, names = np.array(points, float), [Words("a"), Words("b")]
    said = moves._moved(found, found.sum(axis=1), names)
    assert ends(said) == [f"score_{key}"]
    assert part is None or said.fields["part"] == Words(part)


@pytest.mark.parametrize(("lost", "key"), [(0.08, "takes"), (0.04, "takes_nothing")])
def test_less_than_half_a_tenth_of_a_point_is_nothing(lost: float, key: str) -> None:
    assert ends(moves._lost(np.array([60.0, 50.0, 50.0 - lost]))) == [f"late_{key}"]


@pytest.mark.parametrize(
    ("often", "counted", "due", "key"),
    [
        (40.0, 1, 1, "apart"),
        (50.04, 1, 1, "together"),  # as they are shown
        (50.0, 0, 1, "uncounted"),
        (40.0, 0, 1, "apart"),
        (40.0, 1, 0, "none"),
    ],
)
def test_where_the_scores_end(often: float, counted: int, due: int, key: str) -> None:
    found: Any = SimpleNamespace(
        score=np.array([[9.0, 50.0], [9.0, 45.0], [9.0, often]]),
        counted_late=np.array([[0], [0], [counted]]),
        due=np.array([due]),
        date=np.arange(37),
    )
    said = moves._ends(found)
    assert ends(said) == [f"score_{key}"]
    assert said.fields.get("years", 3) == 3


# ---- the line --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({}, ["usual", "late_fits", "luck", "cut_short"]),
        ({"restore_days": 0}, ["usual", "luck", "cut_short"]),
        ({"restore_chance": 1.0}, ["usual", "late_fits", "cut_short"]),
        ({"cut_on": "2029-12-01", "cut_to": 150_000}, ["usual", "late_fits", "luck", "cut_fits"]),
        ({"cut_on": "2029-12-02"}, ["usual", "late_fits", "luck", "cut_after"]),
    ],
)
def test_what_may_go_wrong_with_the_line_is_told_where_it_may(
    change: dict[str, Any], keys: list[str]
) -> None:
    """The last of ten drawdowns is that of 2029-12-01."""
    assert ends(asked(**change).said) == [f"line_{key}" for key in keys]


def test_one_drawdown_waits_for_nothing_that_comes_back() -> None:
    assert ends(asked(ALONE).said) == ["line_usual_one", "line_cut_after"]


# ---- one late payment ------------------------------------------------------------------------


def test_a_late_payment_a_year_later_is_tried_where_there_is_one() -> None:
    def tried(years_ahead: int, month: int) -> bool:
        found = credit_tiers.late.depends(YOURS, ways(years_ahead, month=month)).figures
        return any(name.key.endswith("case_later") for name in found.index)

    assert [tried(2, 12), tried(2, 13), tried(1, 6)] == [True, False, False]
