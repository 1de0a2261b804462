"""What every test of the suite relies on."""

import sys
from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import pytest
from hypothesis import settings

from jiebei.language.table import choose
from tests.truth import Truth

COMPARED = "compared"  # how many figures and sentences a test of `tests/truth/` has compared

# No window. Not by the environment: the notebooks would inherit it and lose their figures.
matplotlib.use("Agg")

# The same made-up loans on every run, and no test fails for being slow. To look further now and
# then: start.py test --hypothesis-profile=search
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def begin_in_english() -> Iterator[None]:
    """Begin and end in English: whether a test passes must not hang on which one ran before."""
    choose("en")
    yield
    choose("en")


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    """Use one language, then the other."""
    choose(request.param)
    return str(request.param)


@pytest.fixture(autouse=True)
def leave_nothing_open() -> Iterator[None]:
    """Close figures and widgets: a list of all widgets keeps each one, and what it can reach."""
    yield
    plt.close("all")
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].Widget.close_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let more be tried than every day: the grid of loans, and what the pages say is true."""
    parser.addoption(
        "--any-loan",
        choices=("some", "all"),
        default="some",
        help="run the notebooks with some loans of the grid (as every day), or with all of them",
    )
    parser.addoption(
        "--truth",
        type=int,
        default=0,
        metavar="N",
        help="hold each page against plain calculations of its own at N random numbers",
    )
    parser.addoption(
        "--borrowers",
        type=int,
        default=0,
        metavar="N",
        help="find the best plan of N borrowers drawn at random, instead of a few dozen",
    )


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> range:
    """Return the seeds of the borrowers to try."""
    return range(request.config.getoption("--borrowers") or 24)


@pytest.fixture
def truth(request: pytest.FixtureRequest) -> Iterator[Truth]:
    """Return the random cases of a page, and say how much was compared, and with which seed."""
    compared = Truth(request.config.getoption("--truth"))
    yield compared
    counts = (compared.figures, compared.sentences, compared.seed)
    request.node.user_properties.append((COMPARED, counts))
    print(f"{request.node.name}: {compared}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end how much of what the pages say was compared; a test stops at its first fault.

    Read from the reports, which also come from the workers of `-n`.
    """
    ended = [each for each in terminalreporter.getreports("") if each.when == "teardown"]
    counts = {
        report.nodeid: each
        for report in ended
        for name, each in report.user_properties
        if name == COMPARED
    }
    if counts:
        figures, sentences = (sum(each[place] for each in counts.values()) for place in (0, 1))
        last = max(seed for _, _, seed in counts.values())
        wrong = sum(each.nodeid in counts for each in terminalreporter.getreports("failed"))
        terminalreporter.write_line(
            f"truth: {figures:,} figures, {sentences:,} sentences, {wrong} wrong, seeds 0 to {last}"
        )
