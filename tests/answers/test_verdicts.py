"""Where an answer turns, read in one way for every notebook."""

import numpy as np
import pytest

from jiebei.answers.shared.verdicts import turns, unless
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
