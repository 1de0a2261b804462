"""What some loans come to in all, worked out by hand, in fen.

    50,000 yuan at 0.04 % a day from 2026-12-01, 12 equal instalments of 4,503.11 on the 1st, a fee
    of 5 yuan with each. Those of March, April and May 2027 are missed.

Paid in June with that of June: penalty 4,503.11 x 0.06 % x (92 + 61 + 31 days) = 497.14; the
interest is that of the plan, 4,037.33; twelve fees.

A new plan of twelve months without interest on 2027-06-01 instead: the penalty, three fees and
interest of 472.48 + 473.12 + 409.50 (missed) + 372.39 (of May) = 1,727.49 join the principal. What
joins it counts under its own name, as if it were paid: with the 620.00 + 571.85 paid in January
and February the interest is 2,919.34, the penalty 497.14; fees: two paid, three that joined the
principal, twelve of the plan, 85.00. Half of the penalty waived: 497.14 - 248.57 = 248.57.

With 1,000 yuan paid down the penalty, the three fees and 487.86 of the interest are paid that day
and do not join the principal: the sums are the same.
"""

from tests.golden.loans import LOAN, Arguments, Case, holiday, missed, restructured

BIG = LOAN | {"principal": 50_000, "months": 12}
WITH_FEE = BIG | {"instalment_fee": 5.0}
ON = "2027-06-01"


def plan(**offer: float) -> list[tuple[str, Arguments]]:
    """Write three instalments missed, and the new plan."""
    return [missed(3, 3), restructured(ON, 12, daily_rate=0.0, **offer)]


SUMMARIES: dict[str, tuple[Case, dict[str, int]]] = {
    "paid late": (
        (WITH_FEE, [missed(3, 3)]),
        {"interest": 403_733, "penalty": 49_714, "fee": 6_000},
    ),
    "a new plan": (
        (WITH_FEE, plan()),
        {"interest": 291_934, "penalty": 49_714, "fee": 8_500},
    ),
    "a new plan, half of the penalty waived": (
        (WITH_FEE, plan(waive=0.5)),
        {"interest": 291_934, "penalty": 24_857, "fee": 8_500},
    ),
    "a new plan, the penalty waived": (
        (WITH_FEE, plan(waive=1.0)),
        {"interest": 291_934, "penalty": 0, "fee": 8_500},
    ),
    "a new plan, some paid down": (
        (WITH_FEE, plan(down=1_000.0)),
        {"interest": 291_934, "penalty": 49_714, "fee": 8_500},
    ),
    # 12 equal instalments from 2027-03-01 on: 620.00 + 553.37 + ... + 51.66
    "three months waived": (
        (BIG, [("defer", {"months": 3, "on": 0, "interest": "waived"})]),
        {"interest": 406_538, "penalty": 0, "fee": 0},
    ),
    "three months waived, and a coupon of a day inside them": (
        (
            BIG,
            [
                ("defer", {"months": 3, "on": 0, "interest": "waived"}),
                ("coupon", {"days": 1, "off": 0.1, "on": "2026-12-02"}),
            ],
        ),
        {"interest": 406_538, "penalty": 0, "fee": 0},
    ),
    # 144.15 + 321.03 + 269.18 + 209.70 + 163.46 + 106.12 + 55.15
    "a coupon of 200 days, and a month waived inside them": (
        (BIG, [("coupon", {"days": 200}), holiday("waived", "2027-03-15", 1)]),
        {"interest": 126_879, "penalty": 0, "fee": 0},
    ),
}
