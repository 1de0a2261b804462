"""What every test of the suite relies on."""

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
def close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def _limit_memory(gigabytes: int = 10) -> None:
    """Let a test that eats all memory fail by itself, not take the machine with it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (gigabytes * 2**30, hard))


_limit_memory()
