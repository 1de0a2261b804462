"""The parameters of the notebooks: one name, one default; and none is there for show."""

from functools import cache
from typing import Any

import pytest

from tests.notebook_runner import parameters, run_notebook
from tools.notebooks import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))

# Another value for every parameter, to see that the answer follows. A notebook may differ.
OTHER: dict[str, Any] = {
    "lang": "zh",
    "principal": 60_000,
    "daily_rate": 0.0003,
    "months": 10,
    "method": "equal_principal",
    "start": "2026-12-15",
    "as_of": "2025-01-15",
    "savings_rate": 0.05,
    "repay_amount": 15_000,
    "repay_on": "2027-03-20",
    "prepay_fee_rate": 0.01,
    "extend_months": 3,
    "extend_on": "2027-05-01",
    "extend_fee": 200.0,
    "reborrow_amount": 10_000,
    "reborrow_on": "2027-07-01",
    "cash_in_hand": 30_000,
    "monthly_surplus": 4_000,
    # 01_methods
    "offered": ["equal_instalment", "interest_only"],
    # 02_true_cost
    "what_if_fee": 800.0,
    "coupon_days": 14,
    "coupon_off": 0.2,
    # 05_reborrow
    "reborrow_rate": 0.0005,
    "reborrow_months": 12,
    "need": {"2027-06-15": 25_000},
    "limit_lost": 0.25,
    "fallback_rate": 0.0006,
    "roll_months": 6,
    "free_by": "2027-09-01",
    "save_goal": 500,
    "other_rate": 0.12,
    "extend_rate_rise": 0.0001,
    "cash_then": 4_000,
    "surplus_then": 2_500,
}
OTHER_IN: dict[str, dict[str, Any]] = {}

NOT_SHOWN = {"export_to", "calendar_to"}  # they write files


def test_a_parameter_has_one_default_everywhere() -> None:
    seen: dict[str, dict[str, list[str]]] = {}
    for name in STORED:
        for parameter, value in parameters(name).items():
            seen.setdefault(parameter, {}).setdefault(repr(value), []).append(name)
    assert {each: values for each, values in seen.items() if len(values) > 1} == {}


@cache
def text_by_default(name: str) -> str:
    """Return the words of a notebook as it is stored."""
    return run_notebook(name).text


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, each) for name in STORED for each in parameters(name) if each not in NOT_SHOWN],
)
def test_a_changed_parameter_changes_what_is_shown(name: str, parameter: str) -> None:
    """No parameter is there for show."""
    values = OTHER | OTHER_IN.get(name, {})
    assert parameter in values, f"give OTHER[{parameter!r}] another value than the default"
    changed = {parameter: values[parameter]}
    assert changed[parameter] != parameters(name)[parameter]
    assert run_notebook(name, **changed).text != text_by_default(name)


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="has no parameter intrest_rate"):
        run_notebook(STORED[0], intrest_rate=0.1)
