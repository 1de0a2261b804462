"""Relief beside relief: a coupon and a holiday that waives; cash while interest of one waits."""

from tests.golden.loans import INTEREST_ONLY, LOAN, TIES, Case, holiday, missed

HALF_OFF = {"days": 90, "off": 0.5}
BIG = LOAN | {"principal": 50_000, "months": 12}

COUPON_AND_WAIVER: dict[str, Case] = {
    "coupon_in_waived_holiday_of_one_day": (
        BIG,
        [
            ("defer", {"months": 3, "on": 0, "interest": "waived"}),
            ("coupon", {"days": 1, "off": 0.1, "on": "2026-12-02"}),
        ],
    ),
    "coupon_goes_on_after_waived_holiday": (
        BIG,
        [("coupon", {"days": 200}), holiday("waived", "2027-03-15", 1)],
    ),
    "coupon_taken_in_waived_holiday": (
        INTEREST_ONLY,
        [holiday("waived", 0, 1), ("coupon", {"days": 40, "off": 0.5, "on": "2026-12-11"})],
    ),
    "coupon_cap_and_waived_holiday": (
        INTEREST_ONLY,
        [("coupon", HALF_OFF | {"cap": 300}), holiday("waived", "2027-01-11", 1)],
    ),
    "coupon_cap_and_waived_holiday_tie": (
        TIES,
        [("coupon", HALF_OFF | {"cap": 1_600}), holiday("waived", "2027-01-11", 1)],
    ),
    "coupon_slice_and_waived_holiday": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 90, "principal": 15_000}),
            holiday("waived", "2027-01-11", 1),
            ("prepay", {"amount": 10_000, "on": "2027-01-21"}),
        ],
    ),
    "coupon_and_waived_holiday_both_ends": (
        INTEREST_ONLY | {"day_count": "both_ends"},
        [("coupon", {"days": 40, "off": 0.5}), holiday("waived", 0, 1)],
    ),
    "coupon_goes_on_after_acceleration": (
        INTEREST_ONLY | {"accelerate_after": 20},
        [
            ("coupon", {"days": 180, "off": 0.5}),
            missed(1),
            holiday("waived", "2027-01-11", 1),
            ("extend", {"months": 2, "on": "2027-01-26"}),
        ],
    ),
    "coupon_and_waived_holiday_settled_at_drawdown": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 40, "off": 0.5, "cap": 100}),
            holiday("waived", 0, 1),
            ("settle", {"on": 0}),
        ],
    ),
}

CASH_WHILE_INTEREST_WAITS: dict[str, Case] = {
    "pay_extra_while_interest_waits": (
        INTEREST_ONLY,
        [holiday("billed", 0, 1), ("pay_extra", {"amount": 30_300, "on": "2027-01-11"})],
    ),
    "pay_extra_while_interest_waits_on_due_date": (
        LOAN,
        [holiday("billed", 0, 1), ("pay_extra", {"amount": 30_000, "on": "2027-01-01"})],
    ),
    "pay_extra_interest_that_waits_too": (
        INTEREST_ONLY,
        [holiday("billed", 0, 1), ("pay_extra", {"amount": 30_492, "on": "2027-01-11"})],
    ),
}

RELIEF = COUPON_AND_WAIVER | CASH_WHILE_INTEREST_WAITS
