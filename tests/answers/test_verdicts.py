"""Where an answer turns, read in one way for every notebook."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiebei.answers.shared import verdicts
from jiebei.answers.shared.verdicts import lasts, leaders, to_come, turns, unless
from jiebei.language.words import Words
from jiebei.value.worth import BreakEven


@pytest.mark.parametrize(
    ("kind", "roots", "signs", "when", "rates"),
    [
        ("equal", [], [0], "equal", []),
        ("none", [], [1], "always", []),
        ("none", [], [-1], "never", []),
        ("one", [0.1], [1, -1], "below", [0.1]),
        ("one", [0.1], [-1, 1], "above", [0.1]),
        ("several", [0.1, 0.2], [1, -1, 1], "outside", [0.1, 0.2]),
        ("several", [0.1, 0.2], [-1, 1, -1], "between", [0.1, 0.2]),
        ("several", [0.1, 0.2, 0.3], [1, -1, 1, -1], "several", [0.1, 0.2, 0.3]),
        ("one", [0.0], [-1, 1], "always", []),  # nobody's savings earn less than nothing
        ("several", [0.0, 0.1], [1, -1, 1], "above", [0.1]),
        ("one", [0.1], [1, 1], "always", []),  # it only touches there
        ("several", [0.1, 0.2], [-1, -1, 1], "above", [0.2]),
    ],
)
def test_where_it_turns(
    kind: str, roots: list[float], signs: list[int], when: str, rates: list[float]
) -> None:
    found = turns(BreakEven(kind, np.array(roots), np.array(signs)))
    assert found.when == when
    assert found.rates.tolist() == rates


def test_at_the_very_rate_at_which_it_turns_no_range_without_width_is_named() -> None:
    found = BreakEven("one", np.array([0.06]), np.array([1, -1]))
    assert unless(found, 0.06) == Words("answer.shared.unless_below", rate=0.06)


@pytest.mark.parametrize(
    ("worth", "fits", "best"),
    [
        ([0, 9, 11], [True, True, True], ("c",)),
        ([0, 9, 11], [True, True, False], ("b",)),
        ([0, 9, 9], [True, True, True], ("b", "c")),
        ([9, 9, 0], [True, True, False], ()),  # both that fit are alike
        ([9, 0, 0], [True, False, False], ("a",)),
        ([9, 0, 0], [False, False, False], ()),
    ],
)
def test_the_best_that_fit_are_named_unless_all_are_alike(
    worth: list[float], fits: list[bool], best: tuple[str, ...]
) -> None:
    names = list("abc")
    assert leaders(pd.Series(worth, names, dtype=float), pd.Series(fits, names)) == best


def test_cash_that_is_just_used_up_lasts() -> None:
    assert lasts(pd.DataFrame({"lowest_cash": [0.0, -0.01, 5.0]})).tolist() == [True, False, True]


def test_what_was_paid_beyond_what_was_due_is_not_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interest of 3 and 1.50, and a fee of 2, went with it; the 9 of an instalment did not."""
    flows = pd.DataFrame({"event": ["drawdown", "prepayment", "instalment", "prepayment"]})
    flows = flows.assign(interest=[0, 3, 9, 1.5], fee=[0, 2, 0, 0])
    agreed: Any = SimpleNamespace(cashflows=lambda names: flows[names])
    monkeypatch.setattr(verdicts, "runs", lambda _: True)
    found = to_come(pd.DataFrame({"interest": [20.0, 30], "fee": [2.0, 7], "cost": [1, 1]}), agreed)
    assert found.to_dict(orient="list") == {
        "interest_to_come": [15.5, 25.5],
        "fee_to_come": [0.0, 5.0],
        "cost": [1, 1],
    }
