"""Ways that cash cannot carry: hollow, dashed and grey, named so, and never a chart's finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.style import ACCENT, OUT, SHORT, Series, series
from jiebei.language import frames, words

__all__ = ["LEAST", "enough", "finding", "lacking", "looks", "named"]

WIDE = 4.6  # of the way that is recommended
LEAST = 0.005  # yuan: less than this is not short


def lacking(names: Iterable[str], short: Mapping[str, Any] | None) -> dict[str, float]:
    """Return by how many yuan cash falls short of each of these ways that it cannot carry.

    Examples
    --------
    >>> lacking(["as agreed", "shorten"], {"as agreed": -800.0, "shorten": 509.0, "settle": 9.0})
    {'shorten': 509.0}
    """
    known = {name: float(each) for name, each in (short or {}).items()}
    return {name: known[name] for name in names if known.get(name, 0.0) > LEAST}


def looks(
    names: Iterable[str],
    lack: Mapping[str, float],
    plain: Iterable[Series] | None = None,
    best: str | None = None,
) -> list[Series]:
    """Return how each way is drawn; of those that cash cannot carry the mark alone stays.

    The way that is recommended, if one is and cash carries it, has the accent.

    Examples
    --------
    >>> [(each.colour, each.dash) for each in looks(["as agreed", "settle"], {"settle": 509.0})]
    [('#636363', '-'), ('#767676', '--')]
    >>> [each.colour for each in looks(["as agreed", "extend"], {}, best="extend")]
    ['#636363', '#004A80']
    """

    def look(name: str, usual: Series) -> Series:
        if name in lack:
            return usual._replace(colour=OUT, width=1.5, dash="--")
        return usual._replace(colour=ACCENT, width=WIDE) if name == best else usual

    names = list(names)
    return [look(*each) for each in zip(names, plain or series(names), strict=True)]


def named(name: str, lack: Mapping[str, float], counted: Money) -> str:
    """Return a name, with what cash lacks for it.

    Examples
    --------
    >>> from jiebei.charts.drawing.money import money
    >>> named("settle", {"settle": 509.0}, money([509.0]))
    'settle: cash ¥509 short'
    """
    if name not in lack:
        return name
    return words.say("chart.short.label", name=name, amount=counted.write(lack[name]))


def enough(names: Sequence[str], lack: Mapping[str, float]) -> bool:
    """Tell whether cash carries so many of these ways that they are compared."""
    return not lack or len(names) - len(lack) > 1


def finding(
    names: Sequence[str], lack: Mapping[str, float], title: Callable[[list[str]], str]
) -> str:
    """Return the title over the ways that cash carries; where it carries few, that is the finding.

    Examples
    --------
    >>> finding(["plan", "extend", "settle"], {"settle": 509.0}, " and ".join)
    'plan and extend'
    >>> finding(["plan", "settle"], {"settle": 509.0}, " and ".join)
    'Your cash carries only "plan"; "settle" is ¥509 short'
    """
    carried = [name for name in names if name not in lack]
    if enough(names, lack):
        return title(carried)
    nearest = min(lack, key=lack.__getitem__)
    if len(names) == 1:
        return words.sentence(named(nearest, lack, money(lack.values())))
    fields = {
        "other": frames.shorten(nearest, SHORT),
        "amount": words.headline_yuan(lack[nearest]),
    }
    if not carried:
        return words.sentence(words.say("chart.short.none", **fields))
    name = frames.shorten(carried[0], SHORT)
    return words.sentence(words.say("chart.short.only", name=name, **fields))
