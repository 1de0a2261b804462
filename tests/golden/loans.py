"""The loans behind the golden schedules, small enough to work out by hand, and their decisions."""

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

PRINCIPAL_FIRST = {"payment_order": "principal_first"}
ON_PRINCIPAL = {"penalty_on": "principal"}


def restructured(on: str | int, months: int = 6, **other: float) -> tuple[str, Arguments]:
    """Write a settlement at so many months."""
    return "restructure", {"on": on, "months": months, **other}


def missed(instalment: int, times: int = 1) -> tuple[str, Arguments]:
    """Write that instalments are missed."""
    return "miss", {"instalment": instalment, "times": times}


def late(instalment: int, days: int) -> tuple[str, Arguments]:
    """Write that an instalment is paid so many days late."""
    return "pay_late", {"instalment": instalment, "days": days}


def holiday(interest: str, on: str | int, months: int = 2) -> tuple[str, Arguments]:
    """Write a payment holiday of so many months."""
    return "defer", {"months": months, "on": on, "interest": interest}


def pause(interest: str, on: str | int, days: int) -> tuple[str, Arguments]:
    """Write a payment holiday of so many days."""
    return "defer", {"days": days, "on": on, "interest": interest}
