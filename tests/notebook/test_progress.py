"""The progress bar: for long work only, and only where there is one."""

import sys

import pytest

from jiebei.notebook.progress import FROM, bar


def test_short_work_has_none() -> None:
    assert bar(FROM - 1) is None


def test_long_work_hands_on_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    shown = bar(FROM)
    assert shown is not None
    assert list(shown(iter("abc"), total=3)) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""  # it was over before a bar would be there


def test_without_tqdm_the_work_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert bar(FROM) is None
