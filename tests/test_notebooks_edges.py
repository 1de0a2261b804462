"""Every notebook at the edge of what makes sense, in both languages: it runs and reads well."""

import re
from typing import Any

import pytest

from tests.notebook_runner import Run, run_notebook
from tests.texts import assert_texts_apart
from tools.notebooks import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))

# The numbers at the edge of what makes sense: at least five sets for each notebook.
EDGES: dict[str, list[dict[str, Any]]] = {
    "00_start_here": [
        {
            "months": 1,
            "repay_on": "2026-12-15",
            "reborrow_on": "2026-12-20",
            "reborrow_months": 1,
            "extend_on": "2026-12-10",
        },
        {"months": 60, "reborrow_months": 60, "extend_months": 0},
        {"daily_rate": 0.0, "savings_rate": 0.0},
        {"principal": 100, "repay_amount": 50, "reborrow_amount": 30},
        {"principal": 8_000_000, "repay_amount": 2_000_000, "reborrow_amount": 3_000_000},
        {"repay_on": "2026-12-01", "repay_amount": 50_000, "reborrow_on": "2026-12-01"},
        {"repay_on": "2027-05-31", "repay_amount": 30_031.40, "savings_rate": 0.4},
        {"method": "bullet", "repay_amount": 0, "reborrow_amount": 0},
    ],
    "01_methods": [
        {"months": 1},
        {"months": 60, "start": "2027-01-31"},
        {"daily_rate": 0.0, "savings_rate": 0.0},
        {"principal": 100, "savings_rate": 0.4},
        {"principal": 8_000_000, "cash_in_hand": 0, "monthly_surplus": 0},
        {"offered": ["bullet", "interest_then_equal"], "months": 7, "daily_rate": 0.005},
        {"offered": ["interest_only", "bullet"], "cash_in_hand": 0, "monthly_surplus": 4_780},
    ],
    "02_true_cost": [
        {"months": 1, "what_if_fee": 0.0, "coupon_days": 0},
        {"months": 60, "method": "bullet", "as_of": "2019-08-20"},
        {"daily_rate": 0.0, "as_of": "2020-09-30"},
        {"daily_rate": 0.0006, "method": "interest_then_equal", "months": 7, "coupon_off": 0.1},
        {"principal": 100, "start": "2027-02-01"},
        {"principal": 8_000_000, "what_if_fee": 400_000.0, "method": "interest_only"},
        {"daily_rate": 0.005, "months": 3, "start": "2027-01-31", "coupon_days": 1827},
    ],
    "05_reborrow": [
        {
            "months": 1,
            "repay_on": "2026-12-15",
            "reborrow_on": "2026-12-20",
            "reborrow_months": 1,
            "need": {"2026-12-20": 20_000},
            "extend_on": "2026-12-10",
            "roll_months": 1,
        },
        {"months": 60, "reborrow_months": 60, "roll_months": 60, "extend_months": 12},
        {"daily_rate": 0.0, "reborrow_rate": 0.0, "fallback_rate": 0.0},
        {"principal": 100, "repay_amount": 50, "reborrow_amount": 30, "need": {"2027-06-01": 20}},
        {"principal": 8_000_000, "repay_amount": 2_000_000, "reborrow_amount": 3_000_000},
        {
            "repay_amount": 50_000,
            "repay_on": "2026-12-01",
            "reborrow_amount": 50_000,
            "reborrow_on": "2026-12-01",
            "need": {},
        },
        {"repay_amount": 1_000, "repay_on": "2027-11-30", "reborrow_on": "2027-12-01"},
        {"prepay_fee_rate": 0.05, "savings_rate": 0.0, "extend_fee": 500.0},
        {"savings_rate": 0.4, "limit_lost": 1.0, "method": "interest_only"},
        {"method": "bullet", "reborrow_amount": 0, "need": {"2027-04-01": 9, "2027-06-01": 30_000}},
        {"repay_amount": 0, "reborrow_amount": 0, "extend_months": 0, "limit_lost": 0.0},
        {"reborrow_rate": 0.005, "fallback_rate": 0.0001, "roll_months": 3},
    ],
    "03_repay_early": [
        {"months": 1, "repay_on": "2026-12-15", "free_by": "2026-12-20"},
        {"months": 60, "cash_in_hand": 40_000},
        {"daily_rate": 0.0},
        {"daily_rate": 0.0, "savings_rate": 0.0, "method": "equal_principal"},
        {"principal": 100, "repay_amount": 20, "save_goal": 1},
        {
            "principal": 8_000_000,
            "repay_amount": 1_000_000,
            "cash_in_hand": 2_000_000,
            "monthly_surplus": 1_000_000,
        },
        {"repay_amount": 38_155, "cash_in_hand": 40_000},
        {"repay_amount": 50_000, "repay_on": "2026-12-01", "free_by": "2026-11-01"},
        {"repay_amount": 4_000, "repay_on": "2027-11-30"},
        {"prepay_fee_rate": 0.05, "save_goal": 9_999},
        {"prepay_fee_rate": 0.1, "savings_rate": 0.4},
        {"savings_rate": 0.0, "free_by": "2028-01-01", "save_goal": 0},
        {"cash_in_hand": 5_000},
        {"cash_in_hand": 0, "monthly_surplus": 1_000},
        {"cash_in_hand": 0, "monthly_surplus": 4_503, "repay_amount": 0},
        {"method": "interest_only"},
        {"method": "bullet"},
        {"method": "interest_then_equal", "repay_on": "2027-08-01"},
        {"repay_amount": 0},
    ],
    "04_extend": [
        {"months": 1, "extend_on": "2026-12-15", "extend_months": 1},
        {"months": 1, "extend_on": "2027-01-01", "extend_months": 12, "extend_fee": 100.0},
        {"months": 60, "extend_months": 24},
        {"daily_rate": 0.0},
        {"daily_rate": 0.0, "extend_fee": 500.0, "savings_rate": 0.0},
        {"principal": 100, "cash_then": 0, "surplus_then": 5},
        {"principal": 8_000_000, "cash_then": 900_000, "surplus_then": 800_000},
        {"extend_on": "2026-12-01", "cash_then": 25_000},
        {"extend_on": "2027-12-01", "method": "interest_only", "cash_then": 4_000},
        {"extend_months": 0},
        {"extend_months": 60, "extend_fee": 2_500.0},
        {"extend_months": 1, "extend_fee": 5_000.0},
        {"months": 60, "extend_months": 1, "extend_rate_rise": 0.0002},
        {"extend_rate_rise": 0.0002, "other_rate": 0.4},
        {"savings_rate": 0.4, "cash_then": 60_000, "other_rate": 0.0},
        {"savings_rate": 0.0, "cash_then": 60_000},
        {"cash_then": 1_000, "surplus_then": 0},
        {"method": "bullet", "extend_on": "2027-12-01", "other_rate": 0.1},
        {"method": "equal_principal", "extend_fee": 4_000.0, "cash_then": 20_000},
        {"method": "interest_then_equal", "extend_on": "2027-08-01"},
    ],
}

NO_WORDS = re.compile(r"[{}]|\b(nan|NaN|NaT|None|inf)\b")


def look_at(run: Run) -> None:
    """Demand of a notebook what every reader may expect."""
    assert run.warned == ""
    assert run.answers, "no answer is shown"
    for answer in run.answers:
        assert answer.headline.strip()
    found = NO_WORDS.search(run.text)
    assert not found, run.text[max(0, found.start() - 80) : found.end() + 80]
    for figure in run.figures:
        assert_texts_apart(figure)


def test_every_notebook_has_its_edges() -> None:
    assert sorted(EDGES) == STORED
    assert {name: len(edges) for name, edges in EDGES.items() if len(edges) < 5} == {}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "edge"),
    [(name, edge) for name in STORED for edge in [{}, *EDGES.get(name, [])]],
    ids=lambda part: part if isinstance(part, str) else repr(part),
)
def test_a_notebook_at_an_edge(name: str, edge: dict[str, Any], lang: str) -> None:
    look_at(run_notebook(name, lang=lang, **edge))
