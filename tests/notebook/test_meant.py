"""What is meant by what was typed: where doctests cannot say it, since it changes by the day."""

import datetime as dt

import pytest

from jiebei.notebook.meant import meant


@pytest.mark.parametrize("typed", ["今天", "今日", " Today "])
def test_today_is_the_day_of_the_computer(typed: str) -> None:
    assert meant("as_of", "date", typed) == dt.date.today().isoformat()


def test_another_word_is_no_day() -> None:
    assert meant("as_of", "date", "昨天") == "昨天"
