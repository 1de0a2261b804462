"""The loan and the decisions behind each golden schedule, in the words of the package.

Each case maps the name of a file to the arguments of `Loan` and to the calls chained on it. What
happens when borrowers are late, and what is agreed then, stands in `cases_life.py`.
"""

from tests.golden.cases_history import HISTORIES
from tests.golden.cases_life import LIFE, LIFE_REFUSED
from tests.golden.cases_rounding import ROUNDINGS
from tests.golden.loans import (
    BULLET,
    EQUAL_PRINCIPAL,
    INTEREST_ONLY,
    LOAN,
    THEN_EQUAL,
    TIES,
    WEEK,
    Case,
)

METHODS: dict[str, Case] = {
    "method_interest_only": (INTEREST_ONLY | {"principal": 50_000, "months": 3}, []),
    "method_equal_instalment": (LOAN | {"months": 3}, []),
    "method_equal_principal": (EQUAL_PRINCIPAL | {"principal": 10_001, "months": 8}, []),
    "method_bullet_months": (BULLET | {"principal": 20_000, "daily_rate": 0.0005}, []),
    "method_bullet_days": (WEEK | {"principal": 153_700, "daily_rate": 0.00045, "days": 29}, []),
    "method_interest_then_equal": (THEN_EQUAL, []),
    "derived_reference": (
        {"principal": 10_000, "daily_rate": 0.0005, "start": "2026-01-10", "months": 12},
        [],
    ),
    "zero_rate": (LOAN | {"principal": 10_000, "daily_rate": 0.0, "months": 3}, []),
    "drawdown_fee": (LOAN | {"months": 2, "drawdown_fee": 150.0}, []),
}

FOR_DAYS: dict[str, Case] = {
    "days_one_day": (WEEK | {"days": 1}, []),
    "days_one_day_both_ends": (WEEK | {"days": 1, "day_count": "both_ends"}, []),
    "days_repaid_same_day": (WEEK, [("settle", {"on": "2027-01-28"})]),
    "days_repaid_after_three": (WEEK, [("settle", {"on": "2027-01-31"})]),
    "days_coupon_free": (WEEK, [("coupon", {"days": 3})]),
    "days_late_by_one": (WEEK, [("pay_late", {"instalment": 1, "days": 1})]),
    "days_whichever_method": (WEEK | {"method": "equal_instalment"}, []),
}

CALENDAR: dict[str, Case] = {
    "days_actual": (TIES | {"start": "2028-02-01"}, []),
    "days_both_ends": (LOAN | {"months": 3, "day_count": "both_ends"}, []),
    "days_both_ends_published": (
        {"principal": 10_000, "daily_rate": 0.0005, "start": "2026-09-10"}
        | {"months": 3, "day_count": "both_ends"},
        [("settle", {"on": "2026-09-19"})],
    ),
    "days_both_ends_prepay": (
        LOAN | {"months": 3, "day_count": "both_ends"},
        [("prepay", {"amount": 10_000, "on": "2026-12-11"})],
    ),
    "days_thirty": (LOAN | {"principal": 10_000, "months": 3, "day_count": "thirty"}, []),
    "days_thirty_first_period": (
        INTEREST_ONLY | {"start": "2027-01-20", "due_day": 5, "months": 2, "day_count": "thirty"},
        [],
    ),
    "days_thirty_bullet": (BULLET | {"months": 2, "day_count": "thirty"}, []),
    "days_thirty_prepay": (
        INTEREST_ONLY | {"day_count": "thirty"},
        [
            ("prepay", {"amount": 10_000, "on": "2026-12-31"}),
            ("prepay", {"amount": 10_000, "on": "2027-02-28"}),
        ],
    ),
    "days_thirty_recast": (
        LOAN | {"day_count": "thirty"},
        [("prepay", {"amount": 10_000, "on": "2027-02-28"})],
    ),
    "due_day_of_drawdown": (LOAN | {"start": "2027-01-15", "months": 3}, []),
    "due_day_of_drawdown_too_short": (
        LOAN | {"start": "2027-02-28", "months": 3, "shortest_first_period": 31},
        [],
    ),
    "due_day_fixed": (INTEREST_ONLY | {"due_day": 20, "months": 3}, []),
    "due_day_short_first_period": (
        LOAN | {"start": "2026-12-10", "due_day": 20, "months": 3},
        [],
    ),
    "due_day_bullet": (BULLET | {"due_day": 20, "months": 2}, []),
    "due_day_31_clamped": (INTEREST_ONLY | {"start": "2027-01-31"}, []),
    "due_day_31_to_27": (INTEREST_ONLY | {"start": "2027-01-31", "month_end": "25_to_27"}, []),
    "due_day_29_to_1": (INTEREST_ONLY | {"start": "2027-01-29", "month_end": "1_to_3"}, []),
    "leap_day": (INTEREST_ONLY | {"start": "2027-11-30"}, []),
    "leap_day_drawdown": (LOAN | {"start": "2028-02-29", "months": 3}, []),
}

PREPAY: dict[str, Case] = {
    "prepay_lower": (LOAN, [("prepay", {"amount": 10_000, "on": "2027-01-11"})]),
    "prepay_lower_equal_principal": (
        EQUAL_PRINCIPAL,
        [("prepay", {"amount": 10_000, "on": "2027-01-11"})],
    ),
    "prepay_lower_interest_only": (
        INTEREST_ONLY,
        [("prepay", {"amount": 10_000, "on": "2027-01-11"})],
    ),
    "prepay_lower_then_equal": (
        THEN_EQUAL,
        [
            ("prepay", {"amount": 6_000, "on": "2027-01-11"}),
            ("prepay", {"amount": 6_000, "on": "2027-03-11"}),
        ],
    ),
    "prepay_bullet": (BULLET, [("prepay", {"amount": 10_000, "on": "2027-01-11"})]),
    "prepay_shorten": (
        LOAN | {"months": 6},
        [("prepay", {"amount": 10_000, "on": "2027-01-11", "then": "shorten"})],
    ),
    "prepay_shorten_equal_principal": (
        EQUAL_PRINCIPAL | {"months": 6},
        [("prepay", {"amount": 7_000, "on": "2027-01-11", "then": "shorten"})],
    ),
    "prepay_shorten_by_nothing": (
        LOAN | {"principal": 27_000, "months": 3},
        [("prepay", {"amount": 0.01, "on": "2027-01-11", "then": "shorten"})],
    ),
    "prepay_fee": (
        INTEREST_ONLY | {"prepay_fee_rate": 0.01},
        [("prepay", {"amount": 12_345.5, "on": "2027-01-11"})],
    ),
    "prepay_whole_interest": (
        LOAN | {"prepay_settles": "whole"},
        [("prepay", {"amount": 10_000, "on": "2027-01-11"})],
    ),
    "prepay_all": (LOAN, [("prepay", {"amount": 30_000, "on": "2026-12-11"})]),
    "settle": (LOAN | {"prepay_fee_rate": 0.01}, [("settle", {"on": "2027-01-11"})]),
    "pay_extra_once": (
        LOAN | {"prepay_fee_rate": 0.01},
        [("pay_extra", {"amount": 5_000, "on": "2027-01-11"})],
    ),
    "pay_extra_one_fen_left": (
        TIES,
        [("pay_extra", {"amount": 6_200, "on": "2026-12-11"})],
    ),
    "pay_extra_monthly": (LOAN, [("pay_extra", {"amount": 3_000, "on": "2026-12-31", "times": 3})]),
    "pay_extra_until_paid": (
        LOAN | {"months": 6},
        [("pay_extra", {"amount": 8_000, "on": "2026-12-15", "times": 9, "then": "shorten"})],
    ),
}

EXTEND: dict[str, Case] = {
    "extend_interest_only": (
        INTEREST_ONLY | {"months": 2},
        [("extend", {"months": 2, "on": "2027-01-11"})],
    ),
    "extend_equal_instalment": (
        LOAN | {"months": 3},
        [("extend", {"months": 2, "on": "2027-01-11"})],
    ),
    "extend_equal_principal": (
        EQUAL_PRINCIPAL | {"months": 3},
        [("extend", {"months": 2, "on": "2027-01-11"})],
    ),
    "extend_bullet_months": (
        BULLET | {"start": "2027-01-31", "months": 1},
        [("extend", {"months": 1, "on": "2027-02-15"})],
    ),
    "extend_bullet_days": (WEEK, [("extend", {"days": 7, "on": "2027-02-01", "fee": 10.0})]),
    "extend_then_equal_early": (THEN_EQUAL, [("extend", {"months": 1, "on": "2027-01-11"})]),
    "extend_then_equal_late": (THEN_EQUAL, [("extend", {"months": 1, "on": "2027-03-11"})]),
    "extend_fee_and_rate": (
        LOAN | {"months": 3},
        [("extend", {"months": 1, "on": "2027-01-11", "fee": 88.8, "daily_rate": 0.0005})],
    ),
    "extend_on_due_date": (LOAN | {"months": 3}, [("extend", {"months": 2, "on": "2027-02-01"})]),
    "extend_at_maturity": (LOAN | {"months": 3}, [("extend", {"months": 2, "on": "2027-03-01"})]),
    "extend_at_maturity_interest_only": (
        INTEREST_ONLY | {"months": 2},
        [("extend", {"months": 1, "on": "2027-02-01", "fee": 50.0})],
    ),
    "extend_at_maturity_bullet": (WEEK, [("extend", {"months": 1, "on": "2027-02-04"})]),
    "extend_at_maturity_thirty": (
        BULLET | {"start": "2027-02-01", "months": 1, "day_count": "thirty"},
        [("extend", {"months": 1, "on": "2027-03-01"})],
    ),
    "extend_on_drawdown_day": (LOAN | {"months": 2}, [("extend", {"months": 1, "on": 0})]),
}

COUPONS_AND_LINES: dict[str, Case] = {
    "coupon_free_days": (LOAN | {"months": 3}, [("coupon", {"days": 7})]),
    "coupon_half_off": (TIES, [("coupon", {"days": 31, "off": 0.5})]),
    "coupon_later": (LOAN | {"months": 3}, [("coupon", {"days": 30, "on": "2027-01-22"})]),
    "reborrow": (
        INTEREST_ONLY | {"months": 3},
        [
            ("prepay", {"amount": 20_000, "on": "2027-01-11"}),
            ("reborrow", {"amount": 20_000, "on": "2027-01-20"}),
        ],
    ),
    "reborrow_on_other_terms": (
        INTEREST_ONLY | {"months": 2, "start": "2027-01-31"},
        [
            (
                "reborrow",
                {
                    "amount": 9_000,
                    "on": "2027-02-20",
                    "daily_rate": 0.00035,
                    "months": 3,
                    "method": "equal_principal",
                },
            ),
        ],
    ),
    "reborrow_for_days": (
        INTEREST_ONLY | {"months": 1},
        [("reborrow", {"amount": 9_000, "on": 10, "days": 7, "method": "bullet"})],
    ),
    "reborrow_prepay_newest": (
        LOAN | {"months": 2},
        [
            ("settle", {"on": "2026-12-21"}),
            ("reborrow", {"amount": 12_000, "on": "2026-12-25"}),
            ("prepay", {"amount": 6_000, "on": "2027-01-04"}),
        ],
    ),
}

TWO_DECISIONS: dict[str, Case] = {
    "prepay_prepay_same_day": (
        TIES,
        [
            ("prepay", {"amount": 1_110, "on": "2026-12-11"}),
            ("prepay", {"amount": 1_110, "on": "2026-12-11"}),
        ],
    ),
    "prepay_prepay_same_day_fee": (
        TIES | {"prepay_fee_rate": 0.005},
        [
            ("prepay", {"amount": 1_101, "on": "2026-12-11"}),
            ("prepay", {"amount": 1_101, "on": "2026-12-11"}),
            ("settle", {"on": "2026-12-11"}),
        ],
    ),
    "prepay_prepay_same_day_whole": (
        TIES | {"prepay_settles": "whole"},
        [
            ("prepay", {"amount": 1_110, "on": "2026-12-11"}),
            ("prepay", {"amount": 1_110, "on": "2026-12-11"}),
        ],
    ),
    "prepay_prepay": (
        LOAN,
        [
            ("prepay", {"amount": 5_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 5_000, "on": "2026-12-21"}),
        ],
    ),
    "lower_then_shorten": (
        LOAN | {"months": 6},
        [
            ("prepay", {"amount": 6_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 6_000, "on": "2027-01-11", "then": "shorten"}),
        ],
    ),
    "shorten_then_lower": (
        LOAN | {"months": 6},
        [
            ("prepay", {"amount": 6_000, "on": "2026-12-11", "then": "shorten"}),
            ("prepay", {"amount": 6_000, "on": "2027-01-11"}),
        ],
    ),
    "prepay_and_extend_same_day": (
        LOAN | {"months": 3},
        [
            ("prepay", {"amount": 10_000, "on": "2027-01-11"}),
            ("extend", {"months": 2, "on": "2027-01-11"}),
        ],
    ),
    "prepay_and_extend_on_due_date": (
        LOAN | {"months": 3},
        [
            ("prepay", {"amount": 10_000, "on": "2027-01-01"}),
            ("extend", {"months": 1, "on": "2027-01-01"}),
        ],
    ),
    "prepay_then_extend": (
        LOAN | {"months": 3},
        [
            ("prepay", {"amount": 10_000, "on": "2026-12-21"}),
            ("extend", {"months": 2, "on": "2027-01-11"}),
        ],
    ),
    "extend_then_prepay": (
        LOAN | {"months": 3},
        [
            ("extend", {"months": 2, "on": "2026-12-21"}),
            ("prepay", {"amount": 10_000, "on": "2027-01-11"}),
        ],
    ),
    "extend_extend": (
        INTEREST_ONLY | {"months": 1},
        [
            ("extend", {"months": 1, "on": "2026-12-21", "fee": 30.0}),
            ("extend", {"months": 1, "on": "2027-02-01", "fee": 30.0, "daily_rate": 0.0005}),
        ],
    ),
    "extend_extend_same_day": (
        EQUAL_PRINCIPAL | {"months": 2},
        [
            ("extend", {"months": 1, "on": "2027-01-11", "fee": 30.0}),
            ("extend", {"months": 2, "on": "2027-01-11", "fee": 45.0}),
        ],
    ),
    "shorten_then_extend": (
        LOAN | {"months": 6},
        [
            ("prepay", {"amount": 10_000, "on": "2026-12-21", "then": "shorten"}),
            ("extend", {"months": 1, "on": "2027-02-11"}),
        ],
    ),
    "extend_then_shorten": (
        LOAN,
        [
            ("extend", {"months": 2, "on": "2026-12-21"}),
            ("prepay", {"amount": 10_000, "on": "2027-01-11", "then": "shorten"}),
        ],
    ),
    "pay_extra_and_prepay_same_day": (
        LOAN | {"prepay_fee_rate": 0.005, "months": 3},
        [
            ("pay_extra", {"amount": 2_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 4_000, "on": "2026-12-11"}),
        ],
    ),
    "pay_extra_covers_all": (
        LOAN | {"months": 3},
        [
            ("prepay", {"amount": 25_000, "on": "2026-12-11"}),
            ("pay_extra", {"amount": 10_000, "on": "2026-12-21", "times": 2}),
        ],
    ),
    "coupon_and_prepay": (
        INTEREST_ONLY | {"months": 2},
        [
            ("coupon", {"days": 7}),
            ("prepay", {"amount": 10_000, "on": "2026-12-06"}),
            ("prepay", {"amount": 10_000, "on": "2026-12-13"}),
        ],
    ),
    "coupon_and_recast": (
        LOAN | {"months": 3},
        [
            ("coupon", {"days": 40}),
            ("prepay", {"amount": 10_000, "on": "2027-01-06"}),
        ],
    ),
    "coupon_and_pay_extra": (
        LOAN | {"months": 2},
        [
            ("coupon", {"days": 10, "off": 0.5}),
            ("pay_extra", {"amount": 5_000, "on": "2026-12-15"}),
        ],
    ),
    "coupon_replaced": (
        INTEREST_ONLY | {"months": 2},
        [
            ("coupon", {"days": 30, "off": 0.5}),
            ("coupon", {"days": 10, "on": "2026-12-11"}),
        ],
    ),
}

SPECIAL_DAYS: dict[str, Case] = {
    "prepay_on_due_date": (LOAN, [("prepay", {"amount": 10_000, "on": "2027-01-01"})]),
    "prepay_before_due_date": (LOAN, [("prepay", {"amount": 10_000, "on": "2026-12-31"})]),
    "prepay_where_equal_part_begins": (
        THEN_EQUAL,
        [("prepay", {"amount": 6_000, "on": "2027-02-01", "then": "shorten"})],
    ),
    "extend_where_equal_part_begins": (THEN_EQUAL, [("extend", {"months": 1, "on": "2027-02-01"})]),
    "settle_on_due_date": (LOAN, [("settle", {"on": "2027-02-01"})]),
    "settle_at_maturity": (LOAN | {"months": 2}, [("settle", {"on": "2027-02-01"})]),
    "pay_extra_on_due_date": (
        LOAN,
        [("pay_extra", {"amount": 5_000, "on": "2027-01-01", "times": 2, "then": "shorten"})],
    ),
    "prepay_on_drawdown_day": (
        LOAN | {"months": 3},
        [
            ("prepay", {"amount": 5_000, "on": "2026-12-01"}),
            ("prepay", {"amount": 5_000, "on": 0}),
        ],
    ),
    "prepay_on_drawdown_day_whole": (
        INTEREST_ONLY | {"months": 1, "prepay_settles": "whole"},
        [("prepay", {"amount": 10_000, "on": 0})],
    ),
    "prepay_on_drawdown_day_both_ends": (
        INTEREST_ONLY | {"months": 2, "day_count": "both_ends"},
        [
            ("prepay", {"amount": 10_000, "on": 0}),
            ("prepay", {"amount": 10_000, "on": "2027-01-11"}),
        ],
    ),
    "settle_on_drawdown_day": (LOAN, [("settle", {"on": "2026-12-01"})]),
    "settle_on_drawdown_day_thirty": (LOAN | {"day_count": "thirty"}, [("settle", {"on": 0})]),
    "settle_on_drawdown_day_coupon": (LOAN, [("coupon", {"days": 7}), ("settle", {"on": 0})]),
    "settle_with_coupon_both_ends": (
        LOAN | {"day_count": "both_ends"},
        [("coupon", {"days": 7}), ("settle", {"on": "2026-12-08"})],
    ),
}

CASES = (
    METHODS
    | FOR_DAYS
    | CALENDAR
    | PREPAY
    | EXTEND
    | COUPONS_AND_LINES
    | TWO_DECISIONS
    | SPECIAL_DAYS
    | LIFE
    | ROUNDINGS
) | HISTORIES

# What must be refused, whatever the words
REFUSED: dict[str, Case] = {
    "no equal part is left": (THEN_EQUAL | {"months": 2}, []),
    "more than is owed": (LOAN, [("prepay", {"amount": 30_000.01, "on": "2026-12-11"})]),
    "before the drawdown": (LOAN, [("prepay", {"amount": 10_000, "on": "2026-11-30"})]),
    "no instalment to keep, interest only": (
        INTEREST_ONLY,
        [("prepay", {"amount": 10_000, "on": "2026-12-11", "then": "shorten"})],
    ),
    "no instalment to keep, bullet": (
        BULLET,
        [("prepay", {"amount": 10_000, "on": "2026-12-11", "then": "shorten"})],
    ),
    "no instalment to keep yet": (
        THEN_EQUAL,
        [("prepay", {"amount": 10_000, "on": "2027-01-31", "then": "shorten"})],
    ),
    "prepaid after the instalment that closed the loan": (
        LOAN,
        [("prepay", {"amount": 10_000, "on": "2027-04-01"})],
    ),
    "extra cash below the interest of the whole": (
        LOAN | {"months": 2, "prepay_settles": "whole"},
        [("pay_extra", {"amount": 120.0, "on": "2026-12-11"})],
    ),
    "prepaid twice in full": (
        LOAN,
        [
            ("prepay", {"amount": 30_000, "on": "2026-12-11"}),
            ("prepay", {"amount": 1, "on": "2026-12-21"}),
        ],
    ),
    "extended after maturity": (LOAN, [("extend", {"months": 2, "on": "2027-04-02"})]),
    "extended once paid off": (
        LOAN,
        [("settle", {"on": "2026-12-11"}), ("extend", {"months": 2, "on": "2026-12-12"})],
    ),
    "coupon once paid off": (
        LOAN,
        [("settle", {"on": "2026-12-11"}), ("coupon", {"days": 7, "on": "2026-12-12"})],
    ),
    "settled after maturity": (LOAN, [("settle", {"on": "2027-04-02"})]),
    "reborrowed for too short a term": (
        THEN_EQUAL,
        [("reborrow", {"amount": 10_000, "on": "2027-01-11", "months": 2})],
    ),
} | LIFE_REFUSED
