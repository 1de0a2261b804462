"""Large populations without decisions: the same rules in integers, 100,000 loans a second."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from .agreement import RATE_UNIT, day_in_month

METHODS = ("interest_only", "equal_instalment", "equal_principal", "bullet", "interest_then_equal")


def plain_schedule(
    principal: int, rate: int, days: Sequence[int], method: str, interest_only_months: int = 6
) -> list[tuple[int, int]]:
    """Return (interest, principal) in fen of each instalment; `days` are those of each period."""
    count, balance, rows, level = len(days), principal, [], 0
    level_from = {"equal_instalment": 0, "interest_then_equal": interest_only_months}
    equal_part = level_from.get(method, count)
    slice_ = (2 * principal + count) // (2 * count) if method == "equal_principal" else 0
    for number in range(count):
        if number == equal_part:
            level = level_payment(balance, rate, days[number:])
        interest = (balance * rate * days[number] + RATE_UNIT // 2) // RATE_UNIT
        part = max(level - interest, 0) if number >= equal_part else slice_
        if number == count - 1 or part > balance:
            part = balance
        balance -= part
        rows.append((interest, part))
        if not balance:
            break
    return rows


def level_payment(principal: int, rate: int, days: Sequence[int]) -> int:
    """Return principal / (sum of discount factors), half up, in one exact division of integers."""
    worth, scale = 0, 1  # worth / scale: today's worth of 1 fen at each due date, from the last on
    for days_of_period in reversed(days):
        worth, scale = RATE_UNIT * (scale + worth), (RATE_UNIT + rate * days_of_period) * scale
    return (2 * principal * scale + worth) // (2 * worth)


@cache
def days_of_periods(start: date, months: int) -> tuple[int, ...]:
    """Return the real days of each period when the due day is that of the drawdown."""
    dues = [day_in_month(start, number, start.day) for number in range(months + 1)]
    return tuple((after - before).days for before, after in pairwise(dues))


def tie_heavy_loans(
    count: int, seed: int = 0
) -> Iterator[tuple[dict[str, Any], list[tuple[int, int]]]]:
    """Yield loans with their plain schedules: round amounts, common rates, so half a fen is common.

    Each loan is a mapping of the public arguments; each schedule one (interest, principal) in fen
    an instalment.
    """
    pick = random.Random(seed)
    starts = [date(2026, 12, 1) + timedelta(pick.randrange(1200)) for _ in range(60)]
    starts += [date(2027, 1, 31), date(2027, 2, 28), date(2027, 8, 30), date(2028, 2, 29)]
    for _ in range(count):
        method, months, start = pick.choice(METHODS), pick.randint(1, 36), pick.choice(starts)
        if method == "interest_then_equal":
            months = max(months, 2)
        interest_only_months = min(6, months // 2) or 1
        yuan = pick.choice((100, 500, 1_000, 10_000)) * pick.randint(1, 30)
        rate = pick.randrange(150, 601, pick.choice((5, 10, 50))) * 10_000  # 0.015 to 0.06 % a day
        days = days_of_periods(start, months)
        if method == "bullet":
            days = (sum(days),)
        loan = {
            "principal": yuan,
            "daily_rate": rate / RATE_UNIT,
            "start": start.isoformat(),
            "months": months,
            "method": method,
            "interest_only_months": interest_only_months,
        }
        yield loan, plain_schedule(yuan * 100, rate, days, method, interest_only_months)
