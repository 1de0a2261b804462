"""What was read once is remembered, cannot be changed, and is not taken for what looks alike."""

import numpy as np
import pytest

import jiebei as jb
from jiebei.units.days import as_days
from jiebei.units.reading import money, whole_number


def test_what_is_remembered_cannot_be_changed() -> None:
    for read in (money(12.5, "amount"), as_days("2026-12-01", "start")[0]):
        with pytest.raises(ValueError, match="read-only"):
            read[...] = 0
    assert money(12.5, "amount") == 1250


def test_true_is_not_taken_for_the_one_that_was_read_before() -> None:
    assert whole_number(1, "times", 1, 3) == 1
    with pytest.raises(jb.JiebeiError):
        whole_number(True, "times", 1, 3)


def test_a_rule_of_its_own_is_kept() -> None:
    assert money(0.0, "fee", zero=True) == 0
    with pytest.raises(jb.JiebeiError):
        money(0.0, "principal")
    assert whole_number(31, "due_day", 1, 31) == 31
    with pytest.raises(jb.JiebeiError):
        whole_number(31, "grace_days", 0, 30)


def test_an_array_is_read_each_time() -> None:
    amounts = np.array([1.0, 2.0])
    first = money(amounts, "amount")
    amounts[0] = 3.0
    assert first.tolist() == [100, 200]
    assert money(amounts, "amount").tolist() == [300, 200]
