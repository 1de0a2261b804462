"""The parameters of the notebooks: one name, one default; and none is there for show."""

from functools import cache
from typing import Any

import pytest

from tests.helpers.notebook_runner import parameters, run_notebook
from tools.stored import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))

# Another value for every parameter, to see that the answer follows. A notebook may differ.
OTHER: dict[str, Any] = {
    "principal": 60_000,
    "daily_rate": 0.0003,
    "months": 10,
    "method": "equal_principal",
    "start": "2026-12-15",
    "as_of": "2027-01-15",  # a day on which the loan runs
    "legal_lines_on": "2025-01-15",
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
    "repayments": {"2027-07-01": 3_000, "2027-08-01": 2_000},
    "extra_monthly": 300,
    "new_rates": {"2027-05-01": 0.0003},
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
    # 06_grace
    "grace_months": 2,
    "grace_interest": "waived",
    "holiday_on": "2027-05-02",
    "grace_days": 5,
    "late_instalment": 4,
    "days_late": 12,
    "thin_months": {"2027-01-10": 30_000},
    # 09_cheapest_money
    "needs": {"2026-12-10": 25_000},
    "needed_months": 9,
    "coupons": [{"days": 15}],
    "subsidised_share": 1.0,
    "other_offers": [{"name": "card", "monthly_fee": 0.006}],
    # 10_credit_tiers
    "reborrow_every": 6,
    "years_ahead": 2,
    "past_months": 12,
    "lenders": 3,
    "late_by_days": 10,
    "late_month": 9,
    "late_every": 3,
    "penalty_multiple": 1.3,
    "restore_days": 60,
    "restore_chance": 0.7,
    "limit_cut_on": "2027-10-01",
    "limit_cut_to": 20_000,
    # 13_small_business
    "sales": [30_000] * 12,
    "goods_share": 0.6,
    "fixed_costs": 9_000,
    "customer_days": 20,
    "supplier_days": 20,
    "stock_days": 45,
    "customers_late": 10,
    "till_reserve": 5_000,
    "season_months": 6,
    "shop_limit": 60_000,
    # 15_lender_view
    "loans": 3_000,
    "months_seen": 12,
    "misses_times": 2.0,
    "recovered": 0.065,
    "funding_rate": 0.05,
    "running_cost": 0.05,
    "alarm": 0.2,
    "kept_share": 0.8,
    "relief_months": 6,
    "longer_months": 6,
    "plan_months": 36,
    "rate_off": 1.0,
    "waived": 0.5,
    "ceiling": 0.2,
    "lpr_times": 6,
    # 16_best_plan
    "prepay_least": 2_000,
    "reserve": 4_000,
    "extensions_offered": [{"months": 6}],
    "new_offers": [{"name": "bank", "daily_rate": 0.0002, "months": 6, "limit": 30_000}],
    "lends_again": {"limit": 80_000, "months": 6},
    # 11_budget
    "monthly_income": [12_000, 13_000] * 6,
    "monthly_expenses": 6_500,
    "other_loans": 800,
    "payday": 20,
    "bad_drop": 0.2,
    "bad_months": 9,
    "who": "shop",
    "chance": {"job loss": 0.03},
    "accepted": 0.02,
    "households": 10_000,
    "seed": 2,
    "shop_income": 21_000,
    "shop_expenses": [14_000, 15_500] * 6,
    # 12_many_lenders
    "drawdowns": [{"amount": 900, "on": "2026-11-20", "daily_rate": 0.0004, "months": 3}],
    "line_limit": 70_000,
    "other_debts": [{"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0005}],
    "debt_budget": 12_000,
    "take_home_pay": 30_000,
    "order": "smallest_balance",
    "own_money": 500,
    "new_loan_months": 6,
    # 14_my_statement
    "statement": "还款日,月供\n2026-04-07,2729.20\n2026-05-07,2729.30",
    "record": "日期,类型,金额\n2026-04-07,放款,1000\n2026-05-07,还款,1012",
    "instalment": 900.0,
    "instalments": 24,
    "borrowed": 9_000,
    "paid": {"2027-01-01": 4_503.11},
    "today": "2027-06-15",
    # 07_overdue
    "penalty_on": "principal",
    "accelerate_after": 20,
    "can_pay": 1_500,
    "other_fee": 50.0,
    "late_loans": [{"name": "A", "principal": 9_000, "daily_rate": 0.0005, "months": 6}],
    "short_cash": 2_500,
    "short_months": 3,
    "later_cash": 8_000,
    "card_balance": 8_000,
    "card_minimum": 0.05,
    "card_late_fee": 0.03,
    # 08_negotiate
    "offer_on": "2027-06-20",
    "offers": {"mine": {"months": 48, "waive": 1.0}},
    "cash_now": 4_000,
    "surplus_now": 1_500,
    "keep_back": 500,
    "ask_months": 24,
}
OTHER_IN: dict[str, dict[str, Any]] = {
    "15_lender_view": {"start": "2027-03-01"},  # only its month counts
}

# A page of many thousand loans shows the same with fewer.
BESIDE: dict[str, dict[str, Any]] = {"15_lender_view": {"loans": 1_500}}

NOT_SHOWN = {
    *("export_to", "calendar_to"),  # they write files
    "surplus_day",  # of the example every due day sees as many surpluses; see test_repay_early.py
}


def test_a_parameter_has_one_default_everywhere() -> None:
    seen: dict[str, dict[str, list[str]]] = {}
    for name in STORED:
        for parameter, value in parameters(name).items():
            if value in ("", {}, []):  # left empty: a page that goes without it
                continue
            seen.setdefault(parameter, {}).setdefault(repr(value), []).append(name)
    assert {each: values for each, values in seen.items() if len(values) > 1} == {}


@cache
def text_by_default(name: str) -> str:
    """Return the words of a notebook with the parameters it is stored with."""
    return run_notebook(name, **BESIDE.get(name, {})).text


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
    assert run_notebook(name, **BESIDE.get(name, {}) | changed).text != text_by_default(name)


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="has no parameter intrest_rate"):
        run_notebook(STORED[0], intrest_rate=0.1)
