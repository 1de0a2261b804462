"""The chart fonts hold Chinese in two real weights, whatever the machine has installed."""

from pathlib import Path

import pytest
from matplotlib.font_manager import FontManager, FontProperties
from matplotlib.ft2font import FT2Font

FONTS = Path(__file__).resolve().parents[3] / "jiebei" / "charts" / "drawing" / "fonts"
SIGNS = "￥¥€−–—‰±×÷≤≥≈≠∞√∑→←↑↓⇒■□●○▲△▼▽◆★☆✓①⑩─│┌█·…“”‘’，。、；：（）《》％＋"


@pytest.fixture(params=["Regular", "Bold"])
def path(request: pytest.FixtureRequest) -> Path:
    return FONTS / f"NotoSansSC-{request.param}.ttf"


def test_a_font_holds_gb2312_and_the_signs_of_charts(path: Path) -> None:
    cells = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    chinese = "".join(cell.decode("gb2312", errors="ignore") for cell in cells)
    assert len(chinese) == 6_763
    held = FT2Font(path).get_charmap()
    assert [sign for sign in chinese + SIGNS if ord(sign) not in held] == []


def test_matplotlib_finds_the_weight_that_is_asked_for(path: Path) -> None:
    manager = FontManager()
    for font in FONTS.glob("*.ttf"):
        manager.addfont(font)
    weight = path.stem.split("-")[1].lower()
    wanted = FontProperties(family="Noto Sans SC", weight=weight)
    assert Path(manager.findfont(wanted, fallback_to_default=False)) == path


def test_the_licence_goes_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="ascii")
