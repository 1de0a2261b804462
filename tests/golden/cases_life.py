"""The whole life of a loan: what is missed and paid late, deferred, repriced, agreed anew.

Each case maps the name of a file to the arguments of `Loan` and to the calls chained on it.
"""

from tests.golden.cases_late import COUNTED_LATE
from tests.golden.cases_relief import RELIEF
from tests.golden.loans import (
    BULLET,
    EQUAL_PRINCIPAL,
    INTEREST_ONLY,
    LOAN,
    ON_PRINCIPAL,
    PRINCIPAL_FIRST,
    THEN_EQUAL,
    TIES,
    WEEK,
    Case,
    holiday,
    late,
    missed,
    pause,
    restructured,
)

MISSED: dict[str, Case] = {
    "miss_once": (LOAN, [missed(2)]),
    "miss_twice": (LOAN, [missed(2, 2)]),
    "miss_first": (INTEREST_ONLY, [missed(1)]),
    "miss_interest_only": (INTEREST_ONLY, [missed(2)]),
    "miss_equal_principal": (EQUAL_PRINCIPAL, [missed(2)]),
    "miss_then_equal": (THEN_EQUAL, [missed(2, 2)]),
    "miss_bullet": (BULLET, [missed(1)]),
    "miss_bullet_then_pay": (BULLET, [missed(1), ("pay", {"amount": 40_000, "on": "2027-03-11"})]),
    "miss_last": (LOAN, [missed(4)]),
    "miss_last_then_settle": (LOAN, [missed(4), ("settle", {"on": "2027-04-11"})]),
    "miss_beyond_the_end": (LOAN, [missed(4, 9)]),
    "miss_until_non_accrual": (INTEREST_ONLY | {"months": 6}, [missed(1, 4)]),
    "miss_apart": (LOAN | {"months": 5}, [missed(1), missed(3)]),
    "miss_without_penalty": (INTEREST_ONLY | {"penalty_multiple": 0.0}, [missed(2)]),
    "miss_penalty_on_principal": (EQUAL_PRINCIPAL | ON_PRINCIPAL, [missed(2)]),
    "miss_thirty": (EQUAL_PRINCIPAL | {"day_count": "thirty"}, [missed(2)]),
    "miss_both_ends": (INTEREST_ONLY | {"day_count": "both_ends"}, [missed(1)]),
    "miss_inside_coupon": (
        INTEREST_ONLY,
        [("coupon", {"days": 40, "off": 0.5}), missed(1)],
    ),
    "fee_of_instalments": (INTEREST_ONLY | {"months": 2, "instalment_fee": 25.0}, []),
    "fee_of_instalments_missed": (INTEREST_ONLY | {"instalment_fee": 25.0}, [missed(2)]),
    "fee_of_instalments_bullet": (BULLET | {"instalment_fee": 25.0}, [late(1, 5)]),
}

LATE: dict[str, Case] = {
    "pay_late_one_day": (LOAN, [late(2, 1)]),
    "pay_late_ten_days": (LOAN, [late(2, 10)]),
    "pay_late_on_next_due_date": (LOAN, [late(3, 31)]),
    "pay_late_75_days": (LOAN | {"months": 6}, [late(2, 75)]),
    "pay_late_last": (LOAN, [late(4, 10)]),
    "pay_late_twice": (LOAN, [late(2, 5), late(3, 5)]),
    "pay_late_next_missed": (LOAN, [missed(3), late(2, 28)]),
    "pay_late_tie": (
        EQUAL_PRINCIPAL | ON_PRINCIPAL | {"principal": 1_000, "daily_rate": 0.00045},
        [late(2, 4)],
    ),
    "pay_late_bullet": (WEEK, [late(1, 3)]),
    "grace_kept": (LOAN | {"grace_days": 3}, [late(2, 3)]),
    "grace_exceeded": (LOAN | {"grace_days": 3}, [late(2, 4)]),
    "grace_and_settle": (
        INTEREST_ONLY | {"grace_days": 3},
        [missed(2), ("settle", {"on": "2027-02-03"})],
    ),
    "pay_part_penalty_first": (
        EQUAL_PRINCIPAL | {"instalment_fee": 25.0},
        [missed(2), ("pay", {"amount": 300, "on": "2027-02-11"})],
    ),
    "pay_part_principal_first": (
        EQUAL_PRINCIPAL | PRINCIPAL_FIRST | {"instalment_fee": 25.0},
        [missed(2), ("pay", {"amount": 7_600, "on": "2027-02-11"})],
    ),
    "pay_all_but_penalty": (
        EQUAL_PRINCIPAL | PRINCIPAL_FIRST,
        [missed(2), ("pay", {"amount": 7_780, "on": "2027-02-11"})],
    ),
    "pay_part_of_penalty": (
        INTEREST_ONLY,
        [missed(2), ("pay", {"amount": 1.5, "on": "2027-02-11"})],
    ),
    "pay_more_than_is_overdue": (
        INTEREST_ONLY,
        [missed(2), ("pay", {"amount": 5_000, "on": "2027-02-11"})],
    ),
    "pay_open_twice": (
        INTEREST_ONLY,
        [
            missed(4),
            ("pay", {"amount": 10_000, "on": "2027-04-11"}),
            ("pay", {"amount": 30_000, "on": "2027-04-21"}),
        ],
    ),
    "pay_on_due_date_missed": (
        INTEREST_ONLY,
        [missed(2), ("pay", {"amount": 100, "on": "2027-02-01"})],
    ),
    "pay_extra_while_late": (
        LOAN,
        [missed(2), ("pay_extra", {"amount": 10_000, "on": "2027-02-11"})],
    ),
    "pay_extra_below_arrears": (
        LOAN,
        [missed(2), ("pay_extra", {"amount": 5_000, "on": "2027-02-11"})],
    ),
    "pay_extra_when_open": (
        INTEREST_ONLY,
        [missed(4), ("pay_extra", {"amount": 10_000, "on": "2027-04-11", "times": 2})],
    ),
    "pay_extra_all_while_late": (
        INTEREST_ONLY,
        [missed(2), ("pay_extra", {"amount": 40_000, "on": "2027-02-11"})],
    ),
    "settle_while_late": (
        EQUAL_PRINCIPAL | {"prepay_fee_rate": 0.01},
        [missed(2), ("settle", {"on": "2027-02-11"})],
    ),
    "reprice_while_late": (
        INTEREST_ONLY,
        [missed(2), ("reprice", {"daily_rate": 0.0003, "on": "2027-02-11"})],
    ),
    "accelerate": (EQUAL_PRINCIPAL | {"accelerate_after": 10}, [missed(2)]),
    "accelerate_then_pay_late": (
        EQUAL_PRINCIPAL | {"accelerate_after": 10},
        [late(2, 20)],
    ),
    "accelerate_then_restructure": (
        EQUAL_PRINCIPAL | {"accelerate_after": 10},
        [missed(2), restructured("2027-02-21", 3)],
    ),
    "accelerate_then_extend": (
        EQUAL_PRINCIPAL | {"accelerate_after": 10},
        [missed(2), ("extend", {"months": 2, "on": "2027-02-21"})],
    ),
    "accelerate_then_extend_then_equal": (
        THEN_EQUAL | {"accelerate_after": 10},
        [missed(1), ("extend", {"months": 2, "on": "2027-01-21"})],
    ),
    "accelerate_on_due_date": (INTEREST_ONLY | {"accelerate_after": 31}, [missed(1, 2)]),
    "accelerate_paid_in_time": (INTEREST_ONLY | {"accelerate_after": 10}, [late(2, 9)]),
    "accelerate_in_holiday": (
        INTEREST_ONLY | {"accelerate_after": 20},
        [missed(1), holiday("billed", "2027-01-11", 1), ("settle", {"on": "2027-01-26"})],
    ),
}

DEFERRED: dict[str, Case] = {
    "defer_paid": (LOAN, [holiday("paid", "2027-01-11")]),
    "defer_billed": (LOAN, [holiday("billed", "2027-01-11")]),
    "defer_capitalised": (LOAN, [holiday("capitalised", "2027-01-11")]),
    "defer_waived": (LOAN, [holiday("waived", "2027-01-11")]),
    "defer_paid_at_drawdown": (LOAN, [holiday("paid", 0)]),
    "defer_billed_at_drawdown": (INTEREST_ONLY, [holiday("billed", 0)]),
    "defer_capitalised_at_drawdown": (LOAN, [holiday("capitalised", 0, 1)]),
    "defer_waived_at_drawdown": (LOAN, [holiday("waived", 0, 1)]),
    "defer_waived_at_drawdown_both_ends": (
        INTEREST_ONLY | {"day_count": "both_ends"},
        [holiday("waived", 0, 1)],
    ),
    "defer_paid_equal_principal": (
        EQUAL_PRINCIPAL | {"principal": 10_001, "months": 8},
        [holiday("paid", "2027-01-11")],
    ),
    "defer_capitalised_equal_principal": (
        EQUAL_PRINCIPAL,
        [holiday("capitalised", "2027-01-11")],
    ),
    "defer_paid_interest_only": (INTEREST_ONLY, [holiday("paid", "2027-01-11")]),
    "defer_paid_then_equal_early": (THEN_EQUAL, [holiday("paid", "2027-01-11", 1)]),
    "defer_paid_then_equal_late": (THEN_EQUAL, [holiday("paid", "2027-02-11", 1)]),
    "defer_billed_then_equal": (THEN_EQUAL, [holiday("billed", "2027-01-11", 1)]),
    "defer_paid_on_due_date": (LOAN, [holiday("paid", "2027-02-01", 1)]),
    "defer_billed_on_due_date": (LOAN, [holiday("billed", "2027-02-01")]),
    "defer_waived_on_due_date": (INTEREST_ONLY, [holiday("waived", "2027-02-01")]),
    "defer_waived_for_this_due_date": (INTEREST_ONLY, [holiday("waived", "2027-02-01", 1)]),
    "defer_days_billed": (LOAN, [pause("billed", "2027-01-11", 20)]),
    "defer_days_capitalised": (LOAN, [pause("capitalised", "2027-01-11", 45)]),
    "defer_days_waived": (INTEREST_ONLY, [pause("waived", "2027-01-11", 20)]),
    "defer_days_on_due_date": (LOAN, [pause("billed", "2027-02-01", 10)]),
    "defer_days_then_month_ends": (INTEREST_ONLY, [pause("billed", "2026-12-11", 30)]),
    "defer_thirty": (LOAN | {"day_count": "thirty"}, [holiday("capitalised", "2027-01-11")]),
    "defer_fee_of_instalments": (
        INTEREST_ONLY | {"instalment_fee": 25.0},
        [holiday("billed", "2027-01-11", 1)],
    ),
    "defer_capitalised_tie": (TIES, [holiday("capitalised", 0, 1)]),
}

HOLIDAYS_AND_MORE: dict[str, Case] = {
    "defer_then_prepay": (
        LOAN,
        [
            holiday("billed", "2027-01-11"),
            ("prepay", {"amount": 10_000, "on": "2027-02-11"}),
        ],
    ),
    "defer_waived_then_prepay": (
        INTEREST_ONLY,
        [
            holiday("waived", "2027-01-11"),
            ("prepay", {"amount": 10_000, "on": "2027-02-11"}),
        ],
    ),
    "defer_paid_then_prepay": (
        EQUAL_PRINCIPAL,
        [
            holiday("paid", "2027-01-11"),
            ("prepay", {"amount": 7_500, "on": "2027-02-11"}),
        ],
    ),
    "defer_then_prepay_while_carried": (
        INTEREST_ONLY,
        [
            holiday("billed", "2027-01-11", 1),
            ("prepay", {"amount": 10_000, "on": "2027-02-11"}),
        ],
    ),
    "defer_then_prepay_all_while_carried": (
        INTEREST_ONLY,
        [
            holiday("billed", "2027-01-11", 1),
            ("prepay", {"amount": 30_000, "on": "2027-02-11"}),
        ],
    ),
    "defer_then_settle_in_holiday": (
        INTEREST_ONLY | {"prepay_fee_rate": 0.01},
        [holiday("waived", "2027-01-11"), ("settle", {"on": "2027-02-11"})],
    ),
    "defer_then_extend": (
        LOAN,
        [
            holiday("capitalised", "2027-01-11"),
            ("extend", {"months": 2, "on": "2027-02-11"}),
        ],
    ),
    "defer_then_reprice": (
        LOAN,
        [
            holiday("capitalised", "2027-01-11"),
            ("reprice", {"daily_rate": 0.0003, "on": "2027-02-11"}),
        ],
    ),
    "defer_then_restructure": (
        LOAN,
        [holiday("billed", "2027-01-11"), restructured("2027-02-11")],
    ),
    "defer_inside_coupon": (
        INTEREST_ONLY,
        [("coupon", {"days": 90, "off": 0.5}), holiday("billed", "2027-01-11", 1)],
    ),
    "defer_waived_inside_coupon": (
        INTEREST_ONLY,
        [("coupon", {"days": 90, "off": 0.5}), holiday("waived", "2027-01-11", 1)],
    ),
    "defer_paid_twice": (
        LOAN,
        [holiday("paid", "2027-01-11"), holiday("paid", "2027-02-11", 1)],
    ),
    "defer_billed_inside_paid": (
        LOAN,
        [holiday("paid", "2027-01-11"), holiday("billed", "2027-02-11", 1)],
    ),
    "defer_twice": (
        INTEREST_ONLY,
        [holiday("billed", "2027-01-11", 1), holiday("capitalised", "2027-02-11", 1)],
    ),
    "defer_while_late": (LOAN, [missed(1), holiday("billed", "2027-01-11", 1)]),
    "defer_then_miss": (INTEREST_ONLY, [holiday("billed", "2027-01-11", 1), missed(2)]),
    "defer_paid_then_miss": (LOAN, [holiday("paid", "2027-01-11"), missed(2)]),
    "defer_then_pay_late": (LOAN, [holiday("capitalised", "2027-01-11", 1), late(2, 10)]),
}

REPRICED: dict[str, Case] = {
    "reprice": (LOAN, [("reprice", {"daily_rate": 0.0003, "on": "2027-01-11"})]),
    "reprice_on_due_date": (LOAN, [("reprice", {"daily_rate": 0.0003, "on": "2027-02-01"})]),
    "reprice_equal_principal": (
        EQUAL_PRINCIPAL | {"principal": 10_001, "months": 8},
        [("reprice", {"daily_rate": 0.0003, "on": "2027-01-11"})],
    ),
    "reprice_bullet": (BULLET, [("reprice", {"daily_rate": 0.0003, "on": "2027-01-11"})]),
    "reprice_and_coupon": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 31, "off": 0.5}),
            ("reprice", {"daily_rate": 0.0003, "on": "2026-12-11"}),
        ],
    ),
    "reprice_and_prepay_same_day": (
        LOAN,
        [
            ("reprice", {"daily_rate": 0.0003, "on": "2027-01-11"}),
            ("prepay", {"amount": 10_000, "on": "2027-01-11"}),
        ],
    ),
}

SETTLEMENTS: dict[str, Case] = {
    "restructure_on_time": (LOAN, [restructured("2027-01-31")]),
    "restructure_on_due_date": (INTEREST_ONLY, [restructured("2027-02-01")]),
    "restructure_while_late": (LOAN, [missed(2), restructured("2027-02-11", daily_rate=0.0003)]),
    "restructure_open": (INTEREST_ONLY, [missed(4), restructured("2027-04-16", 3)]),
    "restructure_waive": (INTEREST_ONLY, [missed(2, 2), restructured("2027-03-11", 3, waive=0.5)]),
    "restructure_waive_interest": (
        INTEREST_ONLY,
        [missed(2), restructured("2027-02-11", 3, waive=1.0, waive_interest=0.5)],
    ),
    "restructure_haircut": (
        EQUAL_PRINCIPAL,
        [missed(2), restructured("2027-02-11", 3, haircut=0.1)],
    ),
    "restructure_down": (
        EQUAL_PRINCIPAL | {"instalment_fee": 25.0},
        [missed(2), restructured("2027-02-11", 3, down=500.0)],
    ),
    "restructure_down_principal_first": (
        EQUAL_PRINCIPAL | PRINCIPAL_FIRST,
        [missed(2), restructured("2027-02-11", 3, waive=1.0, down=500.0)],
    ),
    "restructure_down_all": (
        INTEREST_ONLY,
        [restructured("2027-01-11", 3, haircut=0.5, down=15_120.0)],
    ),
    "restructure_paid_that_day": (
        EQUAL_PRINCIPAL,
        [
            missed(2, 3),
            restructured("2027-05-01", 0, waive=1.0, waive_interest=1.0, haircut=0.4),
        ],
    ),
    "restructure_bullet": (BULLET, [missed(1), restructured("2027-03-31", 3)]),
    "restructure_inside_coupon": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 90, "off": 0.5}),
            restructured("2027-01-11", 3, waive_interest=0.5),
        ],
    ),
    "restructure_then_miss": (LOAN, [restructured("2027-01-31", 3), missed(2)]),
    "restructure_then_prepay": (
        LOAN,
        [restructured("2027-01-31", 3), ("prepay", {"amount": 5_000, "on": "2027-03-10"})],
    ),
    "restructure_then_extend": (
        LOAN,
        [restructured("2027-01-31", 2), ("extend", {"months": 1, "on": "2027-03-10"})],
    ),
    "restructure_then_restructure": (
        LOAN,
        [restructured("2027-01-31", 3), missed(2), restructured("2027-03-10", 3)],
    ),
    "restructure_thirty": (
        LOAN | {"day_count": "thirty"},
        [restructured("2027-01-31", 3)],
    ),
    "restructure_paid_late_anyway": (LOAN, [late(2, 40), restructured("2027-02-04", 3)]),
}

EXTENDED: dict[str, Case] = {
    "extend_while_late": (LOAN, [missed(2), ("extend", {"months": 2, "on": "2027-02-11"})]),
    "extend_open": (LOAN, [missed(4), ("extend", {"months": 2, "on": "2027-04-16"})]),
    "extend_open_interest_only": (
        INTEREST_ONLY,
        [missed(4), ("extend", {"months": 2, "on": "2027-04-16", "fee": 50.0})],
    ),
    "extend_open_equal_principal": (
        EQUAL_PRINCIPAL,
        [missed(3, 2), ("extend", {"months": 3, "on": "2027-04-30", "daily_rate": 0.0003})],
    ),
    "extend_open_bullet": (WEEK, [missed(1), ("extend", {"days": 7, "on": "2027-02-10"})]),
    "extend_open_bullet_months": (
        WEEK | {"grace_days": 30},
        [missed(1), ("extend", {"months": 1, "on": "2027-02-10"})],
    ),
    "extend_open_interest_paid": (
        INTEREST_ONLY | {"grace_days": 30},
        [
            missed(4),
            ("pay", {"amount": 372, "on": "2027-04-11"}),
            ("extend", {"months": 1, "on": "2027-04-16"}),
        ],
    ),
    "extend_open_twice": (
        INTEREST_ONLY,
        [
            missed(4),
            ("extend", {"months": 1, "on": "2027-04-16"}),
            ("extend", {"months": 1, "on": "2027-05-10"}),
        ],
    ),
    "extend_open_then_prepay": (
        LOAN,
        [
            missed(4),
            ("extend", {"months": 3, "on": "2027-04-16"}),
            ("prepay", {"amount": 3_000, "on": "2027-05-26"}),
        ],
    ),
}

COUPONS: dict[str, Case] = {
    "coupon_two_periods": (LOAN, [("coupon", {"days": 50, "on": "2026-12-11"})]),
    "coupon_cap": (INTEREST_ONLY, [("coupon", {"days": 90, "off": 0.5, "cap": 300})]),
    "coupon_cap_and_prepay_same_day": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 90, "cap": 50}),
            ("prepay", {"amount": 10_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 10_000, "on": "2026-12-11"}),
        ],
    ),
    "coupon_expires": (INTEREST_ONLY, [("coupon", {"days": 90, "expires": "2027-01-10"})]),
    "coupon_expires_both_ends": (
        INTEREST_ONLY | {"day_count": "both_ends"},
        [("coupon", {"expires": "2026-12-10"})],
    ),
    "coupon_instalments": (
        INTEREST_ONLY,
        [("coupon", {"instalments": 2, "off": 0.5, "on": "2026-12-11"})],
    ),
    "coupon_instalments_on_due_date": (
        INTEREST_ONLY,
        [("coupon", {"instalments": 2, "on": "2027-01-01"})],
    ),
    "coupon_instalments_and_recast": (
        LOAN,
        [
            ("coupon", {"instalments": 2, "off": 0.5}),
            ("prepay", {"amount": 10_000, "on": "2027-01-11"}),
        ],
    ),
    "coupon_slice": (LOAN, [("coupon", {"days": 90, "principal": 25_000})]),
    "coupon_slice_and_prepay": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 90, "principal": 15_000}),
            ("prepay", {"amount": 10_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 10_000, "on": "2026-12-21"}),
        ],
    ),
    "coupon_slice_and_prepay_same_day": (
        INTEREST_ONLY,
        [
            ("coupon", {"days": 90, "principal": 15_000}),
            ("prepay", {"amount": 10_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 10_000, "on": "2026-12-11"}),
        ],
    ),
    "coupon_subsidy": (
        LOAN
        | {"principal": 200_000, "start": "2026-09-01", "method": "interest_only", "months": 6},
        [("coupon", {"off": 0.01 / 365 / 0.0004, "cap": 3_000, "expires": "2026-12-31"})],
    ),
    "coupon_subsidy_capped": (
        LOAN
        | {"principal": 500_000, "start": "2026-03-01", "method": "interest_only", "months": 11},
        [("coupon", {"off": 0.01 / 365 / 0.0004, "cap": 3_000, "expires": "2026-12-31"})],
    ),
    "coupon_while_late": (
        INTEREST_ONLY,
        [missed(1), ("coupon", {"days": 10, "on": "2027-01-11"})],
    ),
}

LIFE = MISSED | LATE | DEFERRED | HOLIDAYS_AND_MORE | REPRICED | SETTLEMENTS | EXTENDED | COUPONS
LIFE |= COUNTED_LATE | RELIEF

# What must be refused, whatever the words
LIFE_REFUSED: dict[str, Case] = {
    "missed beyond the end": (LOAN, [missed(5)]),
    "missed after it was paid off": (LOAN, [("settle", {"on": "2027-01-11"}), missed(3)]),
    "paid late beyond the end": (LOAN, [late(5, 10)]),
    "prepaid while late": (
        LOAN,
        [missed(2), ("prepay", {"amount": 10_000, "on": "2027-02-11"})],
    ),
    "prepaid inside the grace": (
        LOAN | {"grace_days": 30},
        [missed(2), ("prepay", {"amount": 10_000, "on": "2027-02-11"})],
    ),
    "paid with nothing overdue": (LOAN, [("pay", {"amount": 100, "on": "2027-01-11"})]),
    "paid after the instalment that collected it": (
        LOAN,
        [missed(2), ("pay", {"amount": 100, "on": "2027-03-01"})],
    ),
    "paid once closed": (LOAN, [missed(2), ("pay", {"amount": 100, "on": "2027-05-01"})]),
    "prepaid when open": (
        LOAN,
        [missed(4), ("prepay", {"amount": 1_000, "on": "2027-04-11"})],
    ),
    "repriced when open": (
        LOAN,
        [missed(4), ("reprice", {"daily_rate": 0.0003, "on": "2027-04-11"})],
    ),
    "coupon when open": (LOAN, [missed(4), ("coupon", {"days": 7, "on": "2027-04-11"})]),
    "a bullet loan deferred": (BULLET, [holiday("billed", "2027-01-11")]),
    "deferred when open": (LOAN, [missed(4), holiday("billed", "2027-04-11")]),
    "deferred inside a holiday": (
        LOAN,
        [holiday("billed", "2027-01-11"), holiday("paid", "2027-02-11", 1)],
    ),
    "deferred on the day that ends a holiday": (
        LOAN,
        [holiday("waived", "2027-01-11"), holiday("waived", "2027-03-01", 1)],
    ),
    "deferred for days under thirty": (
        LOAN | {"day_count": "thirty"},
        [pause("billed", "2027-01-11", 20)],
    ),
    "deferred for days, interest paid": (LOAN, [pause("paid", "2027-01-11", 20)]),
    "shortened inside a holiday": (
        LOAN,
        [
            holiday("billed", "2027-01-11"),
            ("prepay", {"amount": 5_000, "on": "2027-02-11", "then": "shorten"}),
        ],
    ),
    "more paid down than is left": (LOAN, [restructured("2027-01-11", 3, down=40_000.0)]),
    "paid down, and all the rest that day": (LOAN, [restructured("2027-01-11", 0, down=100.0)]),
    "restructured over too many months": (LOAN, [restructured("2027-01-11", 61)]),
    "restructured once closed": (LOAN, [restructured("2027-04-02", 3)]),
    "extended for days when open": (
        LOAN,
        [missed(4), ("extend", {"days": 7, "on": "2027-04-11"})],
    ),
}
