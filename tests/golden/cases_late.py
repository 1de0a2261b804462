"""How days late are counted, whom a part payment pays, when all is called, whom grace spares."""

from tests.golden.loans import (
    EQUAL_PRINCIPAL,
    INTEREST_ONLY,
    LOAN,
    PRINCIPAL_FIRST,
    Arguments,
    Case,
    holiday,
    late,
    missed,
    restructured,
)

COMPONENT = {"payment_spread": "component"}
FEE = {"instalment_fee": 25.0}
SMALL = LOAN | {"principal": 12_000, "months": 6}
CALLED = EQUAL_PRINCIPAL | {"accelerate_after": 10}


def paid(amount: float, on: str) -> tuple[str, Arguments]:
    """Write that cash is paid for what is overdue."""
    return "pay", {"amount": amount, "on": on}


ALWAYS_ONE_BEHIND = [
    missed(1, 12),
    *(paid(2_300, f"2027-{month:02d}-01") for month in range(2, 7)),
]

DAYS_LATE: dict[str, Case] = {
    "late_one_behind": (SMALL | {"daily_rate": 0.0003}, ALWAYS_ONE_BEHIND),
    "late_penalty_left_alone": (
        EQUAL_PRINCIPAL | PRINCIPAL_FIRST,
        [missed(2, 2), paid(7_800, "2027-02-11"), paid(25.67, "2027-03-11")],
    ),
    "late_penalty_rounded_together": (INTEREST_ONLY, [missed(1, 2), paid(380.04, "2027-02-06")]),
}

SPREAD: dict[str, Case] = {
    "spread_oldest": (SMALL, [missed(1, 2), paid(2_129.59, "2027-02-03")]),
    "spread_component": (SMALL | COMPONENT, [missed(1, 2), paid(2_129.59, "2027-02-03")]),
    "spread_oldest_with_fee": (
        EQUAL_PRINCIPAL | FEE,
        [missed(2, 2), paid(8_000, "2027-03-11")],
    ),
    "spread_component_with_fee": (
        EQUAL_PRINCIPAL | FEE | COMPONENT,
        [missed(2, 2), paid(8_000, "2027-03-11")],
    ),
    "spread_oldest_principal_first": (
        EQUAL_PRINCIPAL | FEE | PRINCIPAL_FIRST,
        [missed(2, 2), paid(8_000, "2027-03-11")],
    ),
    "spread_component_principal_first": (
        EQUAL_PRINCIPAL | FEE | PRINCIPAL_FIRST | COMPONENT,
        [missed(2, 2), paid(8_000, "2027-03-11")],
    ),
}

GRACE: dict[str, Case] = {
    "grace_of_each": (SMALL | {"grace_days": 10}, [missed(1, 2), paid(5_000, "2027-02-05")]),
    "grace_of_the_next_kept": (
        SMALL | {"grace_days": 10},
        [missed(1, 2), paid(2_129.59, "2027-02-05"), paid(5_000, "2027-02-11")],
    ),
    "grace_of_the_next_exceeded": (
        SMALL | {"grace_days": 10},
        [missed(1, 2), paid(2_129.59, "2027-02-05"), paid(5_000, "2027-02-12")],
    ),
}

ACCELERATED: dict[str, Case] = {
    "accelerate_by_the_oldest": (
        SMALL | {"accelerate_after": 60},
        [missed(1, 3), paid(3_500, "2027-02-10"), paid(99_999, "2027-03-05")],
    ),
    "accelerate_not_inside_grace": (
        SMALL | {"months": 3, "grace_days": 30, "accelerate_after": 10},
        [late(1, 20)],
    ),
    "accelerate_beyond_grace": (
        CALLED | {"grace_days": 12},
        [missed(2), paid(7_839.68, "2027-02-14"), ("settle", {"on": "2027-02-20"})],
    ),
    "accelerate_then_pay_the_older": (
        CALLED,
        [
            missed(2),
            paid(7_825.67, "2027-02-11"),
            paid(5_000, "2027-02-21"),
            ("settle", {"on": "2027-03-03"}),
        ],
    ),
    "accelerate_again": (
        CALLED,
        [
            missed(2, 2),
            ("extend", {"months": 2, "on": "2027-02-21"}),
            paid(529.22, "2027-03-25"),
        ],
    ),
}

UNTIL_A_NEW_PLAN: dict[str, Case] = {
    "miss_until_a_new_plan": (LOAN, [missed(2, 9), restructured("2027-02-21", 3)]),
    "miss_until_a_new_plan_on_due_date": (LOAN, [missed(2, 2), restructured("2027-03-01", 3)]),
    "miss_in_a_new_plan_again": (
        LOAN,
        [missed(2, 9), restructured("2027-02-21", 3), missed(4)],
    ),
}

IN_A_PAID_HOLIDAY: dict[str, Case] = {
    "defer_paid_while_late": (SMALL, [missed(2), holiday("paid", "2027-02-15")]),
    "defer_paid_fee_of_instalments": (
        INTEREST_ONLY | FEE,
        [holiday("paid", "2027-01-11", 1)],
    ),
}

COUNTED_LATE = IN_A_PAID_HOLIDAY | DAYS_LATE | SPREAD | GRACE | ACCELERATED | UNTIL_A_NEW_PLAN
