"""One rule, one place: a limit has one name, and a name is one limit."""

import re
from pathlib import Path

import pytest

import jiebei

FILES = sorted(Path(jiebei.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("name", "home"), [("MOST_MONTHS", "terms.py"), ("HIGHEST_DAILY_RATE", "reading.py")]
)
def test_a_limit_stands_in_one_file(name: str, home: str) -> None:
    given = re.compile(rf"^[A-Z_, ]*\b{name}\b[A-Z_, ]* = ", re.M)
    assert [path.name for path in FILES if given.search(path.read_text("utf-8"))] == [home]


def test_no_daily_rate_is_measured_by_a_bare_figure() -> None:
    bare = re.compile(r"^(?!\s*>>>).*(<= 0\.005\b|, 0\.005\)|DAILY[A-Z_]* = 0\.005)", re.M)
    found = [path.name for path in FILES if bare.search(path.read_text("utf-8"))]
    assert found == ["reading.py"]
