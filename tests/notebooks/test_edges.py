"""Every notebook at the edge of what makes sense, in both languages: it runs and reads well."""

from typing import Any

import pytest

from tests.helpers.nonsense import assert_words
from tests.helpers.notebook_runner import Run, run_notebook
from tests.helpers.texts import assert_texts_apart
from tools.stored import NOTEBOOKS

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
        {"months": "7天", "principal": 20_000},
        {"months": 1},
        {"months": 60, "start": "2027-01-31"},
        {"daily_rate": 0.0, "savings_rate": 0.0},
        {"principal": 100, "savings_rate": 0.4},
        {"principal": 8_000_000, "cash_in_hand": 0, "monthly_surplus": 0},
        {"offered": ["bullet", "interest_then_equal"], "months": 7, "daily_rate": 0.005},
        {"offered": ["interest_only", "bullet"], "cash_in_hand": 0, "monthly_surplus": 4_780},
    ],
    "02_true_cost": [
        {"months": "1 day", "principal": 3_000},
        {"months": 1, "what_if_fee": 0.0, "coupon_days": 0},
        {"months": 60, "method": "bullet", "legal_lines_on": "2019-08-20"},
        {"daily_rate": 0.0, "legal_lines_on": "2020-09-30"},
        {"daily_rate": 0.0006, "method": "interest_then_equal", "months": 7, "coupon_off": 0.1},
        {"principal": 100, "start": "2027-02-01"},
        {"principal": 8_000_000, "what_if_fee": 400_000.0, "method": "interest_only"},
        {"daily_rate": 0.005, "months": 3, "start": "2027-01-31", "coupon_days": 1827},
    ],
    "05_reborrow": [
        {"months": "14天", "reborrow_months": "3 days"},
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
        {
            "drawdowns": [
                {"amount": 900, "on": "2026-11-20", "daily_rate": 0.0004, "days": 30, "name": "甲"},
                {"amount": 6_000, "on": "2026-12-01", "daily_rate": 0.0006, "months": 12},
            ],
        },
        {"months": "7天", "principal": 3_000},
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
    "06_grace": [
        {"months": 1, "late_instalment": 1, "holiday_on": "2027-01-01"},
        {"months": 60, "grace_months": 60, "grace_interest": "capitalised"},
        {"daily_rate": 0.0, "savings_rate": 0.0, "grace_interest": "waived", "thin_months": {}},
        {"principal": 100, "grace_months": 0, "days_late": 0, "late_instalment": 0},
        {
            "principal": 8_000_000,
            "method": "equal_principal",
            "grace_interest": "paid",
            "holiday_on": "2027-12-01",
            "grace_days": 30,
            "days_late": 400,
            "late_instalment": 12,
        },
        {
            "start": "2027-01-31",
            "daily_rate": 0.005,
            "months": 3,
            "grace_months": 1,
            "holiday_on": "2027-03-31",
        },
    ],
    "07_overdue": [
        {"months": "30天", "method": "interest_then_equal"},
        {"months": 1, "late_instalment": 1, "extend_months": 1},
        {"months": 60, "late_instalment": 60, "days_late": 400, "start": "2027-01-31"},
        {"daily_rate": 0.0, "days_late": 0, "other_rate": 0.0, "savings_rate": 0.0},
        {"principal": 8_000_000, "can_pay": 500_000, "days_late": 90, "accelerate_after": 60},
        {
            "method": "bullet",
            "late_instalment": 1,
            "days_late": 95,
            "penalty_on": "principal",
            "late_loans": [{"name": "only", "principal": 5_000, "daily_rate": 0.0004, "months": 3}],
        },
        {
            "principal": 100,
            "daily_rate": 0.005,
            "days_late": 3650,
            "late_instalment": 12,
            "can_pay": 60,
            "other_rate": 1.0,
            "penalty_multiple": 2.0,
            "late_loans": [
                {"name": name, "principal": 3_000, "daily_rate": 0.0004, "months": 2}
                for name in "ABCD"
            ],
        },
    ],
    "08_negotiate": [
        {
            "months": 1,
            "late_instalment": 1,
            "offer_on": "2027-02-01",
            "offers": {"36": {"months": 36, "down": 500, "waive": 0.5}, "0": {"months": 0}},
        },
        {
            "months": 60,
            "late_instalment": 1,
            "offer_on": "2031-12-01",
            "ask_months": 60,
            "grace_months": 60,
        },
        {"principal": 100, "cash_now": 0, "surplus_now": 0, "keep_back": 0},
        {
            "principal": 1_000_000,
            "daily_rate": 0.0006,
            "penalty_multiple": 2.0,
            "start": "2027-01-31",
            "method": "equal_principal",
        },
        {
            "method": "bullet",
            "late_instalment": 0,
            "offer_on": "2026-12-01",
            "offers": {"gone": {"months": 0, "haircut": 1.0}},
            "surplus_now": 0,
        },
        {
            "daily_rate": 0.0,
            "late_instalment": 0,
            "grace_months": 0,
            "ask_months": 1,
            "savings_rate": 0.4,
            "surplus_now": 20_000,
            "cash_now": 60_000,
        },
    ],
    "09_cheapest_money": [
        {"needed_months": "7天"},
        {
            "needs": {"2026-12-01": 20_000},
            "needed_months": 1,
            "coupons": [{"days": 30}],
            "other_offers": [],
        },
        {"needed_months": 60, "daily_rate": 0.0, "monthly_surplus": 0, "cash_in_hand": 0},
        {
            "needs": {"2026-12-01": 100.0},
            "coupons": [{"days": 7, "principal": 50}, {"expires": "2026-12-20", "off": 0.1}],
            "other_offers": [{"name": "card", "monthly_fee": 0.0075, "months": 12}],
        },
        {"needs": {"2025-10-31": 8_000_000}, "subsidised_share": 1.0, "coupons": []},
        {
            "needs": {"2027-01-31": 5_000, "2027-02-28": 6_000, "2028-02-29": 7_000},
            "needed_months": 7,
            "method": "interest_then_equal",
            "savings_rate": 0.4,
        },
        {
            "method": "bullet",
            "coupons": [
                {"days": 90},
                {"instalments": 1, "off": 0.5},
                {"days": 15, "cap": 30, "name": "a present"},
            ],
            "other_offers": [{"name": "bank", "daily_rate": 0.0002, "drawdown_fee": 300}],
        },
    ],
    "10_credit_tiers": [
        {"months": 60, "years_ahead": 5},
        {"principal": 100, "reborrow_amount": 0, "late_month": 1, "reborrow_every": 1},
        {"principal": 8_000_000, "reborrow_amount": 3_000_000, "late_by_days": 90},
        {"late_by_days": 0, "restore_days": 0, "restore_chance": 1.0, "limit_cut_to": 200_000},
        {
            "years_ahead": 1,
            "late_month": 12,
            "late_every": 60,
            "past_months": 120,
            "lenders": 20,
            "fallback_rate": 0.0,
            "limit_cut_on": "2026-12-01",
            "limit_cut_to": 0,
            "restore_days": 3650,
            "restore_chance": 0.0,
        },
        {"months": 1, "method": "bullet", "start": "2027-01-31", "reborrow_every": 1},
    ],
    "14_my_statement": [
        {"daily_rate": 0.0, "instalment": 100.0, "borrowed": 1_200},
        {"statement": "月供 913.94, 12 期, 借 10,000", "principal": 10_000, "daily_rate": 0.000483},
        {"paid": {}, "today": "2026-12-01"},
        {"paid": {"2026-12-11": 50_200}, "today": "2026-12-11"},
        {"instalment": 1.0, "instalments": 60, "borrowed": 1_000_000},
        {"statement": "data/statements/account_statement.csv", "months": 1, "method": "bullet"},
        {"principal": 8_000_000, "months": 60, "method": "interest_only", "daily_rate": 0.0005},
        {"principal": 100, "months": 3, "method": "equal_principal", "start": "2027-01-31"},
        {"statement": "2026-04-07 2,729.20\n2026-05-07 2,730.20\n2026-06-09 2,729.20"},
    ],
    "13_small_business": [
        {"months": 1, "season_months": 1, "customers_late": 0},
        {"months": 60, "daily_rate": 0.0, "start": "2027-01-31"},
        {
            "principal": 8_000_000,
            "shop_limit": 8_000_000,
            "sales": [8_000_000] * 24,
        },
        {"sales": [0] * 12, "fixed_costs": 0, "goods_share": 1.0},
        {"customer_days": 365, "supplier_days": 0, "stock_days": 365, "customers_late": 365},
        {"customer_days": 0, "supplier_days": 90, "stock_days": 0, "till_reserve": 300_000},
        {"principal": 100, "cash_in_hand": 0, "till_reserve": 0, "fixed_costs": 17_000},
    ],
    "16_best_plan": [
        {"months": 1, "other_debts": [], "coupons": []},
        {"months": 60, "payday": 31, "reserve": 0, "savings_rate": 0.4},
        {"principal": 100, "daily_rate": 0.0, "other_debts": [], "savings_rate": 0.0},
        {"principal": 8_000_000, "take_home_pay": 20_000, "method": "interest_only"},
        {"as_of": "2027-02-15", "paid": {"2027-01-01": 4_503.11, "2027-02-01": 9_000}},
        {
            "prepay_fee_rate": 0.03,
            "prepay_least": 1_000,
            "extensions_offered": [{"months": 12, "fee": 100, "until": "2027-02-01"}],
            "lends_again": {"limit": 60_000, "months": 6, "lost": 0.2},
            "new_offers": [{"name": "bank", "daily_rate": 0.0002, "months": 6, "limit": 30_000}],
        },
        {"take_home_pay": 7_000, "cash_in_hand": 9_000, "monthly_expenses": [6_000, 9_000] * 6},
        {"cash_in_hand": 5_000, "reserve": 20_000},
    ],
    "15_lender_view": [
        {"loans": 100, "months_seen": 60, "alarm": 0.0, "kept_share": 0.0},
        {"loans": 2_000, "misses_times": 0.0, "alarm": 1.0},
        {"loans": 1_000, "misses_times": 5.0, "recovered": 0.0, "kept_share": 1.0},
        {"loans": 1_000, "funding_rate": 1.0, "running_cost": 1.0, "recovered": 1.0},
        {"loans": 500, "ceiling": 0.0, "lpr_times": 1, "start": "2020-01-31"},
        {"loans": 500, "plan_months": 1, "longer_months": 1, "relief_months": 1, "waived": 0.0},
        {"loans": 500, "plan_months": 60, "rate_off": 1.0, "relief_months": 12, "seed": 7},
    ],
    "11_budget": [
        {
            "months": 1,
            "repay_on": "2026-12-15",
            "reborrow_on": "2026-12-20",
            "extend_on": "2026-12-10",
            "extend_months": 1,
            "households": 1_000,
        },
        {"months": 60, "extend_months": 12, "daily_rate": 0.0, "households": 1},
        {
            "principal": 8_000_000,
            "repay_amount": 2_000_000,
            "reborrow_amount": 3_000_000,
            "households": 1_000,
        },
        {
            "monthly_income": [20_000, 4_000] * 12,
            "monthly_expenses": [9_000] * 12,
            "other_loans": 2_000,
            "payday": 31,
            "households": 1_000,
        },
        {
            "chance": {"job loss": 0.0, "illness": 0.0},
            "accepted": 0.0,
            "bad_drop": 1.0,
            "households": 1_000,
        },
        {
            "method": "bullet",
            "repay_amount": 50_000,
            "repay_on": "2026-12-01",
            "reborrow_on": "2026-12-01",
            "who": "shop",
            "bad_months": 0,
            "monthly_income": 0,
            "monthly_expenses": 0,
            "cash_in_hand": 0,
            "households": 1_000,
        },
    ],
    "12_many_lenders": [
        {"drawdowns": [], "cash_in_hand": 0},
        {
            "drawdowns": [
                {"amount": 900, "on": "2026-11-20", "daily_rate": 0.0, "days": 30, "name": "甲"},
                {"amount": 60_000, "on": "2026-12-01", "daily_rate": 0.0006, "months": 60},
            ],
            "line_limit": 61_000,
            "cash_in_hand": 80_000,
        },
        {"months": 1, "other_debts": [], "debt_budget": 60_000, "new_loan_months": 1},
        {
            "daily_rate": 0.0,
            "other_debts": [
                {"name": "family", "kind": "family", "balance": 9_000, "due": "2027-01-01"},
                {"name": "sister", "kind": "family", "balance": 900, "due": "2030-01-01"},
            ],
        },
        {"principal": 8_000_000, "line_limit": 8_000_000, "debt_budget": 900_000},
        {"method": "bullet", "debt_budget": 4_500, "order": "only_due", "start": "2027-01-31"},
        {"debt_budget": 100, "own_money": 20_000, "order": "smallest_balance", "take_home_pay": 0},
        {
            "other_debts": [
                {
                    "name": "a card with a very long name from the bank at the corner",
                    "kind": "card",
                    "balance": 30_000,
                    "daily_rate": 0.0005,
                    "minimum_share": 0.01,
                    "minimum_floor": 0,
                    "free_until": "2027-06-10",
                },
                {"name": "b", "kind": "loan", "balance": 900, "daily_rate": 0.0006, "months": 3}
                | {"prepay_fee_rate": 0.05},
                {"name": "c", "kind": "card", "balance": 50, "daily_rate": 0.0003, "limit": 60},
                {"name": "家里", "kind": "family", "balance": 5_000, "due": "2027-05-20"}
                | {"late_fee": 500, "daily_rate": 0.0002},
            ],
            "own_money": 100,
        },
    ],
}


def look_at(run: Run) -> None:
    """Demand of a notebook what every reader may expect."""
    assert run.warned == ""
    assert run.answers, "no answer is shown"
    for answer in run.answers:
        assert answer.headline.strip()
    assert_words(run)
    for figure in run.figures:
        assert_texts_apart(figure)


def test_every_notebook_has_its_edges() -> None:
    assert sorted(EDGES) == STORED
    assert {name: len(edges) for name, edges in EDGES.items() if len(edges) < 5} == {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take a page as it stands in both languages, its edges by turns; all with --any-loan=all."""
    if "edge" not in metafunc.fixturenames:
        return
    both = metafunc.config.getoption("--any-loan") == "all"
    cases = [
        (name, edge, lang)
        for name in STORED
        for place, edge in enumerate([{}, *EDGES.get(name, [])])
        for turn, lang in enumerate(("en", "zh"))
        if both or not edge or turn == place % 2
    ]
    ids = [f"{name}-{edge!r}-{lang}" for name, edge, lang in cases]
    metafunc.parametrize(("name", "edge", "lang"), cases, ids=ids)


def test_a_notebook_at_an_edge(name: str, edge: dict[str, Any], lang: str) -> None:
    look_at(run_notebook(name, lang=lang, **edge))
