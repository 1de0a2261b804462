"""What every test of the suite relies on."""

import sys
from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import pytest
from hypothesis import settings

# No window. Not by the environment: the notebooks would inherit it and lose their figures.
matplotlib.use("Agg")

# The same made-up loans on every run, and no test fails for being slow. To look further now and
# then: start.py test --hypothesis-profile=search
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def leave_nothing_open() -> Iterator[None]:
    """Close figures and widgets: a list of all widgets keeps each one, and what it can reach."""
    yield
    plt.close("all")
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].Widget.close_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all of the grid of loans be run; see tests/notebooks/test_any_loan.py."""
    parser.addoption(
        "--any-loan",
        choices=("some", "all"),
        default="some",
        help="run the notebooks with some loans of the grid (as every day), or with all of them",
    )
