"""Where an answer turns, read in one way for every notebook."""

import numpy as np
import pytest

from jiebei.answers.shared.verdicts import turns
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
