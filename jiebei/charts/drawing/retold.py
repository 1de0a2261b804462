"""One unit and one precision a chart: what its words show only once they are all written."""

from __future__ import annotations

import math
import re
from contextlib import AbstractContextManager, ExitStack

from matplotlib.axes import Axes

from jiebei.language import table, words

__all__ = ["YUAN", "retold"]

YUAN = "¥"
WITH_FEN = re.compile(r"¥(\d\d\.\d\d)")
WHOLE = re.compile(r"¥((?:\d|,(?=\d))+)(?![.,]?\d)")
EXACT = re.compile(r"¥([\d,]+\.\d\d)")
FEW = 10.0  # yuan: fen of what is less are always told


def retold(made: Axes) -> AbstractContextManager[object] | None:
    """Return in which words a chart is to be drawn again; None where it is well as it is."""
    texts = [text.get_text() for each in (made, *made.child_axes) for text in each.texts]
    found = ExitStack()
    if mixed := _mixed(texts):
        found.enter_context(table.all_in_yuan())
    if uneven := _uneven(made.get_title(), texts):
        found.enter_context(table.fen_below(FEW))
    elif uneven := _coarse(made.get_title(), texts):
        found.enter_context(table.fen_below(math.inf))
    return found if mixed or uneven else None


def _mixed(texts: list[str]) -> bool:
    """Tell whether some amounts are in 万元, and others in yuan."""
    if not table.counts_in_wan():
        return False
    wan, yuan = words.say("unit.wan"), words.say("unit.yuan")
    in_wan = any(wan in each for each in texts)
    return in_wan and any(YUAN in each or f"（{yuan}）" in each for each in texts)


def _uneven(title: str, texts: list[str]) -> bool:
    """Tell whether the title tells the fen of an amount that a label has in whole yuan."""
    whole = [f"{YUAN}{float(each):.0f}" for each in WITH_FEN.findall(title)]
    return any(re.search(rf"{each}(?![\d.,])", text) for each in whole for text in texts)


def _coarse(title: str, texts: list[str]) -> bool:
    """Tell whether a label tells the fen of an amount that the title has in whole yuan.

    Examples
    --------
    >>> _coarse("¥1,244 less", ["−¥1,243.88"]), _coarse("¥1,243.88 less", ["−¥1,243.88"])
    (True, False)
    """
    whole = {float(each.replace(",", "")) for each in WHOLE.findall(title)}
    labels = [text for text in texts if text not in title]
    exact = [float(each.replace(",", "")) for text in labels for each in EXACT.findall(text)]
    return any(math.floor(each + 0.5 + 1e-9) in whole for each in exact)
