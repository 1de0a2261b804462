"""Draw every chart of every page at ordinary and at extreme numbers, side by side, to look at.

    python -m tools.sheets                            all pages, in both languages
    python -m tools.sheets 03_repay_early --lang zh   only this page, only in Chinese

A sheet is a picture in the folder sheets: the charts of one page, in one language, at one set of
numbers (`NUMBERS`). What to look for: text that is cut or overlaps, a picture with nothing in it,
a title that the picture does not show.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from jiebei.charts.drawing.pictures import png
from tests.helpers.notebook_runner import parameters, run_notebook
from tools.stored import SETS, pages

SHEETS = Path(__file__).resolve().parent.parent / "sheets"
ACROSS = 2  # charts side by side

# What is set where a page has it.
NUMBERS: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "big": {
        "principal": 1_000_000,
        "daily_rate": 0.0006,
        "months": 60,
        "needs": {"2026-12-01": 1_000_000},
        "needed_months": 60,
    },
    "small": {
        "principal": 1_000,
        "months": 3,
        "needs": {"2026-12-01": 1_000},
        "needed_months": 3,
        "cash_in_hand": 0,
        "cash_then": 0,
        "cash_now": 0,
        "short_cash": 0,
    },
    "zero": dict.fromkeys(
        ["daily_rate", "savings_rate", "other_rate", "reborrow_rate", "fallback_rate"], 0.0
    ),
}


def charts(page: str, lang: str, numbers: str) -> list[Figure]:
    """Return the charts of a page at a set of numbers."""
    wanted = NUMBERS[numbers]
    return run_notebook(
        page, lang, **{name: wanted[name] for name in wanted if name in parameters(page)}
    ).figures


def sheet(figures: Sequence[Figure]) -> Image.Image:
    """Return charts side by side, row by row, each as large as on its page."""
    drawn = [Image.open(BytesIO(png(each))) for each in figures]
    rows = [drawn[at : at + ACROSS] for at in range(0, len(drawn), ACROSS)]
    wide = max(sum(each.width for each in row) for row in rows)
    whole = Image.new("RGB", (wide, sum(max(each.height for each in row) for row in rows)), "white")
    down = 0
    for row in rows:
        across = 0
        for each in row:
            whole.paste(each, (across, down))
            across += each.width
        down += max(each.height for each in row)
    return whole


def main(words: list[str] | None = None) -> int:
    """Draw sheets; return 1 if a page broke off."""
    parser = argparse.ArgumentParser(description="Draw the charts of pages, to look at them.")
    parser.add_argument("pages", nargs="*", help="as 03_repay_early; default: all")
    parser.add_argument("--lang", choices=SETS, action="append", help="default: both")
    parser.add_argument("--numbers", choices=NUMBERS, action="append", help="default: all")
    asked = parser.parse_args(words)
    broken = 0
    SHEETS.mkdir(exist_ok=True)
    for page in asked.pages or [path.stem for path in pages()]:
        for lang in asked.lang or SETS:
            for numbers in asked.numbers or NUMBERS:
                name = f"{page}_{lang}_{numbers}"
                try:
                    figures = charts(page, lang, numbers)
                    if figures:
                        sheet(figures).save(SHEETS / f"{name}.png")
                except Exception as reason:  # whatever it is, the other sheets go on
                    broken += 1
                    print(f"{name}: {reason}", file=sys.stderr)
                else:
                    print(f"{name}: {len(figures)} charts", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
