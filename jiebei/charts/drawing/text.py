"""Text as it will stand on paper: the fonts, its width in points, its lines.

Chinese needs nothing to be installed: the fonts are in ``fonts/`` and are registered on first use.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg

from jiebei.language import table

FAMILY = ["Noto Sans SC", "DejaVu Sans"]  # Chinese first, the other for what it lacks
TITLE, SUBTITLE, LABEL, TICK, NOTE = 14.0, 10.5, 10.0, 9.5, 8.5  # points
LEADING = 1.3  # line height, in font sizes
BASELINE = 1.03  # from the top of a line to its baseline, in font sizes

DPIS = (100, 200)  # on the screen and stored: hinting makes the width of a text depend on it


@cache
def register_fonts() -> None:
    """Make the fonts in ``fonts/`` known to matplotlib, 注册字体."""
    for file in sorted((Path(__file__).parent / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(file)


@cache
def _renderer(dpi: int) -> RendererAgg:
    return RendererAgg(1, 1, dpi)  # type: ignore[no-untyped-call]


@cache
def _font(size: float, weight: str) -> font_manager.FontProperties:
    register_fonts()
    return font_manager.FontProperties(family=FAMILY, size=size, weight=weight)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = LABEL, weight: str = "normal") -> float:
    """Return the width of one line of text in points, as wide as it is drawn anywhere."""
    font = _font(size, weight)
    sizes = ((dpi, _renderer(dpi).get_text_width_height_descent(text, font, False)) for dpi in DPIS)  # type: ignore[no-untyped-call]
    return max(float(wide) * 72 / dpi for dpi, (wide, _, _) in sizes)


def text_size(text: str, size: float = LABEL, weight: str = "normal") -> tuple[float, float]:
    """Return the width and height in points of a text of one or more lines."""
    lines = text.split("\n")
    return max(text_width(line, size, weight) for line in lines), len(lines) * size * LEADING


# A Chinese character may start a line, closing marks may not, opening marks may not end one; a
# short name in quotation marks stays together, so does a figure with what it counts, and a term.
_COUNTED = r"[¥−+]?\d[\d,.]*(?:年\d+月(?:\d+日)?|个百分点|个月|万元|[年月日天期次倍种家笔元行])"
_CLAUSE = re.compile(r"[^，；：。]*[，；：。]?")


@cache
def _pieces() -> re.Pattern[str]:
    """Return what finds the pieces of a text that stay together on a line."""
    terms = "|".join(sorted(table.terms(), key=len, reverse=True))
    return re.compile(
        r"[“「][^”」\s]{1,8}[”」][，。、；：？！）》】]*\s*|"
        rf"[（《【“「]*(?:{_COUNTED}|{terms}|[⺀-鿿가-힣]|[^\s⺀-鿿（《【“，。、；：？！）》】”]+)"
        r"[，。、；：？！）》】”」]*\s*|\S\s*"
    )


def wrap(
    text: str, width: float, size: float = LABEL, weight: str = "normal", most: int = 9
) -> list[str]:
    """Break a text into lines of a width in points; at most so many, the last cut with dots.

    The lines are made as even as their number allows: no word is left alone on the last one.
    """
    if not text:
        return []
    lines = _fill(text, width, size, weight)
    if len(lines) > most:
        kept = "".join(_pieces().findall(text))
        while len(lines) > most and kept:
            kept = kept[: min(len(kept) - 1, sum(map(len, lines[:most])) + most)]
            lines = _fill(kept.rstrip() + ellipsis(), width, size, weight)
        return lines
    narrow, whole = width, _longest(text, size, weight)
    while len(lines) > 1 and narrow > max(0.55 * width, whole):
        tighter = _fill(text, narrow, size, weight)
        if len(tighter) > len(lines):
            break
        lines, narrow = tighter, narrow - 0.03 * width
    return _at_a_comma(lines, width, size, weight) if len(lines) == 2 else lines


def _at_a_comma(lines: list[str], width: float, size: float, weight: str) -> list[str]:
    """Return two Chinese lines broken where a reader pauses, if two halves so made have room."""
    clauses = _CLAUSE.findall("".join(lines))
    halves = [("".join(clauses[:at]), "".join(clauses[at:])) for at in range(1, len(clauses))]
    widths = {each: max(text_width(half, size, weight) for half in each) for each in halves}
    best = min((each for each in halves if all(each)), key=lambda each: widths[each], default=None)
    return list(best) if best and widths[best] <= width else lines


def _longest(text: str, size: float, weight: str) -> float:
    """Return the width of what is not to be broken."""
    widths = (text_width(each.rstrip(), size, weight) for each in _pieces().findall(text))
    return max(widths, default=0.0)


def _fill(text: str, width: float, size: float, weight: str) -> list[str]:
    """Fill lines piece by piece: a line is as wide as its pieces, each of which is known."""
    lines, used = [""], 0.0
    for paragraph in text.split("\n"):
        if lines[-1]:
            lines, used = [*lines, ""], 0.0
        for piece in _pieces().findall(paragraph):
            parts = [piece] if text_width(piece.rstrip(), size, weight) <= width else list(piece)
            for part in parts:
                if lines[-1] and used + text_width(part.rstrip(), size, weight) > width:
                    lines, used = [*lines, ""], 0.0
                lines[-1] += part
                used += text_width(part, size, weight)
    return [line.rstrip() for line in lines]


def ways(name: str, width: float) -> list[str]:
    """Return how a label may be set within a width: on as few lines as it needs, or on two."""
    plain = wrap(name, width, most=2)
    least = max(0.62 * text_width(name), _longest(name, LABEL, "normal"))
    narrow = wrap(name, least, most=2)
    narrow = narrow if len(plain) == 1 else plain
    usual = len(narrow) == 2 and narrow != plain and text_width(name) > 60
    return ["\n".join(each) for each in ([plain, narrow] if usual else [plain])]


def hang(line: str, size: float) -> float:
    """Return by how much a line starts farther left, in points, to look flush with the others.

    The left part of a Chinese opening mark, so much of it, is blank.
    """
    return 0.6 * size if line.startswith(("「", "『", "（", "《", "【")) else 0.0


def ellipsis() -> str:
    """Return the dots of a cut text; the Chinese ones would look odd in English."""
    return "…" if table.language() == "zh" else "..."
