"""What was really paid, day by day, and the decisions that it means.

`HISTORIES` hold the decisions, worked out by hand from the dated payments of `PAID`: agreements
first, then what the payments mean.
"""

from tests.golden.cases_late import paid
from tests.golden.loans import EQUAL_PRINCIPAL, INTEREST_ONLY, Case, missed

LATE = EQUAL_PRINCIPAL | {"principal": 12_000, "months": 6}
EXTENDED = ("extend", {"months": 2, "on": "2027-03-15"})


def extra(amount: float, on: str) -> tuple[str, dict[str, float | str]]:
    """Write that cash is paid on top."""
    return "pay_extra", {"amount": amount, "on": on}


HISTORIES: dict[str, Case] = {
    "history_three_months_late": (
        LATE,
        [
            missed(2),
            missed(3),
            paid(1_000, "2027-03-11"),
            missed(4),
            paid(1_500, "2027-04-21"),
            missed(5),
        ],
    ),
    "history_extra_early_part": (
        EQUAL_PRINCIPAL,
        [
            extra(2_128, "2027-01-01"),
            extra(5_000, "2027-01-21"),
            missed(3),
            paid(4_000, "2027-03-01"),
            paid(1_257.56, "2027-03-08"),
        ],
    ),
    "history_more_than_overdue": (
        INTEREST_ONLY,
        [EXTENDED, missed(2), extra(12_000, "2027-02-11"), missed(4)],
    ),
}

# the agreements that were made, the dated payments, and today
PAID: dict[str, tuple[list[tuple[str, dict[str, float | str]]], list[tuple[str, float]], str]] = {
    "history_three_months_late": (
        [],
        [("2027-01-01", 2_148.80), ("2027-03-11", 1_000), ("2027-04-21", 1_500)],
        "2027-05-10",
    ),
    "history_extra_early_part": (
        [],
        [
            ("2027-01-01", 10_000),
            ("2027-01-21", 5_000),
            ("2027-02-01", 5_328.33),
            ("2027-03-01", 4_000),
            ("2027-03-08", 1_257.56),
        ],
        "2027-03-15",
    ),
    "history_more_than_overdue": (
        [EXTENDED],
        [("2027-01-01", 372), ("2027-02-11", 12_000), ("2027-03-01", 206.31)],
        "2027-04-10",
    ),
}
