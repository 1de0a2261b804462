"""The loans behind the golden schedules: one of each method, small enough to work out by hand."""

from typing import Any

Arguments = dict[str, Any]
Case = tuple[Arguments, list[tuple[str, Arguments]]]

# 31, 31, 28, 31, 30, 31 days until the first of January, February, March, April, May, June 2027
LOAN: Arguments = {"principal": 30_000, "daily_rate": 0.0004, "start": "2026-12-01", "months": 4}
INTEREST_ONLY = LOAN | {"method": "interest_only"}
EQUAL_PRINCIPAL = LOAN | {"method": "equal_principal"}
THEN_EQUAL = LOAN | {"months": 5, "method": "interest_then_equal", "interest_only_months": 2}
BULLET = LOAN | {"months": 3, "method": "bullet"}
WEEK: Arguments = {
    "principal": 5_000,
    "daily_rate": 0.0005,
    "start": "2027-01-28",
    "days": 7,
    "method": "bullet",
}
# 10 yuan at 0.045 % a day for 10 days is 4.5 fen: round amounts meet half a fen often
TIES = INTEREST_ONLY | {"principal": 153_700, "daily_rate": 0.00045, "months": 2}
