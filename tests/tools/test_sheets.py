"""Contact sheets: the charts of a page side by side, and a page that breaks off is named."""

from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.notebook_runner import parameters
from tools import sheets
from tools.stored import pages


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Leave the reader's own sheets alone."""
    monkeypatch.setattr(sheets, "SHEETS", tmp_path / "sheets")
    return tmp_path / "sheets"


def test_the_charts_of_a_page_stand_side_by_side(elsewhere: Path) -> None:
    assert sheets.main(["06_grace", "--lang", "zh", "--numbers", "small"]) == 0
    drawn = sheets.charts("06_grace", "zh", "small")
    (file,) = elsewhere.iterdir()
    assert file.name == "06_grace_zh_small.png"
    heights = [int(each.get_figheight() * each.dpi) for each in drawn]
    rows = [heights[at : at + sheets.ACROSS] for at in range(0, len(drawn), sheets.ACROSS)]
    with Image.open(file) as sheet:
        assert sheet.size == (800 * sheets.ACROSS, sum(max(each) for each in rows))


def test_a_page_that_breaks_off_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sheets.NUMBERS, "small", {"principal": -1})
    assert sheets.main(["06_grace", "--lang", "en", "--numbers", "small"]) == 1
    assert capsys.readouterr().err.startswith("06_grace_en_small: principal=-1")


def test_every_number_that_is_set_is_one_of_some_page() -> None:
    known = {name for path in pages() for name in parameters(path.stem)}
    assert {name for each in sheets.NUMBERS.values() for name in each} <= known
