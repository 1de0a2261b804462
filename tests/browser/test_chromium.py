"""Where there is no browser, its tests say so; where there must be one, they fail."""

import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import chromium


def test_a_named_browser_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "chromium"
    named.touch(0o755)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium() == str(named)


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_without_a_browser(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(outcome, match="no Chromium: install it"):
        chromium()
