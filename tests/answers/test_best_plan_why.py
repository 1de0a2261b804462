"""The best plan: why a debt comes first, and why one waits, each just where it is said."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from jiebei.answers.best_plan import notes, why
from jiebei.life.best.played import Step
from tests.answers.test_best_plan_turns import AS_DEAR, CHEAP, PLAIN, WITH_FEE

LANES = [CHEAP, PLAIN, WITH_FEE, AS_DEAR]  # the last one is a card


def repaid(*steps: tuple[int, int, float]) -> list[Step]:
    return [Step(day, lane, "repay", amount) for day, lane, amount in steps]


@pytest.mark.parametrize(
    ("steps", "cheaper", "card"),
    [
        ([(1, 0, 1.0), (5, 1, 9.0)], True, False),
        ([(1, 0, 0.99), (5, 1, 9.0)], False, False),  # less than a yuan
        ([(1, 0, 9.0), (1, 1, 9.0)], False, False),  # on the same day
        ([(5, 0, 9.0), (1, 1, 9.0)], False, False),
        ([(1, 0, 9.0), (5, 2, 9.0)], False, False),  # with a fee there are other reasons
        ([(1, 0, 9.0), (5, 3, 9.0)], False, True),
        ([(1, 0, 9.0), (1, 3, 9.0)], False, False),
        ([(5, 0, 9.0), (1, 3, 9.0)], False, False),
        ([(1, 1, 9.0), (5, 3, 9.0)], False, False),  # the card is as dear
    ],
)
def test_why_a_cheaper_debt_comes_first(
    monkeypatch: pytest.MonkeyPatch, steps: Any, cheaper: bool, card: bool
) -> None:
    monkeypatch.setattr(why, "early", lambda _: repaid(*steps))
    found: Any = SimpleNamespace(ground=SimpleNamespace(lanes=LANES))
    assert bool(why._cheaper_first(found)) is cheaper
    assert bool(why._before_card(found)) is card


@pytest.mark.parametrize(
    ("cash", "day", "new", "waits"),
    [
        (6.0, 11, True, True),
        (5.99, 11, True, False),  # less than a yuan is to spare
        (6.0, 12, True, False),
        (6.0, 11, False, False),
    ],
)
def test_a_debt_drawn_today_waits_where_a_yuan_is_to_spare(
    monkeypatch: pytest.MonkeyPatch, cash: float, day: int, new: bool, waits: bool
) -> None:
    """Five yuan are the reserve; another debt is repaid tomorrow besides."""
    monkeypatch.setattr(why, "early", lambda _: repaid((11, 3, 9.0), (day, 1, 9.0)))
    monkeypatch.setattr(why, "is_new", lambda lane, _: lane is PLAIN and new)
    ground = SimpleNamespace(lanes=LANES, borrower=SimpleNamespace(today=10, keep=5.0))
    found: Any = SimpleNamespace(ground=ground, played=SimpleNamespace(cash=np.array([cash, 0])))
    assert why._could_today(found) == waits


def test_what_the_plan_draws_on_this_line_is_no_reason_of_its_own() -> None:
    line, drawn, offer = (
        SimpleNamespace(drawn=drawn, on_line=on_line)
        for drawn, on_line in ((False, True), (True, True), (True, False))
    )
    every: list[Any] = [line, drawn, offer]
    assert why._with_reasons(every) == [line, offer]
    assert why._with_reasons(every[1:2]) == [drawn]


@pytest.mark.parametrize(
    ("amount", "sooner", "waived", "key"),
    [
        (10.0, [0], 0, "loan"),  # as much as agreed
        (9.99, [0], 0, "lowered"),
        (9.99, [0, 2], 0, "lowered"),  # another debt is repaid sooner, too
        (9.99, [2], 0, "loan"),
        (9.99, [], 7, "loan_coupon"),
        (9.99, [0], 7, "lowered_coupon"),
    ],
)
def test_why_less_falls_due_than_agreed(
    monkeypatch: pytest.MonkeyPatch, amount: float, sooner: list[int], waived: float, key: str
) -> None:
    """Agreed are ten on day 9; a second lane of the same debt has nothing due then."""
    lanes = [
        SimpleNamespace(kind="loan", debt=debt, due=np.array([5, 9]), waives=np.array([0, waived]))
        for debt in (0, 0, 1)
    ]
    monkeypatch.setattr(notes, "as_agreed", lambda _: None)
    monkeypatch.setattr(notes, "_due", lambda _played, number, _day: [10.0, 0.0, 0.0][number])
    monkeypatch.setattr(notes, "early", lambda _: repaid(*((5, lane, 1.0) for lane in sooner)))
    found: Any = SimpleNamespace(ground=SimpleNamespace(lanes=lanes))
    lane: Any = lanes[0]
    assert notes._due_key(found, lane, 9, amount) == f"due_{key}"
