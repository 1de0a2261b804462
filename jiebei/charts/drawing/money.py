"""Money on a chart: one unit and one precision, decided once from what is to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from jiebei.charts.drawing.geometry import Floats
from jiebei.language import table, words
from jiebei.language.figures import is_empty

__all__ = ["Money", "money"]

WAN = 10_000
ZERO = 0.005  # yuan: less than this is nothing
HAIR_SPACE = "\u200a"
SIGN = re.compile("^[+−](?=¥)")  # which the currency's sign would touch, at the size of a label


class Money(NamedTuple):
    """How a chart counts money: the unit in words, its yuan, and the decimals of a label."""

    unit: str
    divisor: int
    places: int

    def write(self, amount: Any, *, signed: bool = False) -> str:
        """Write an amount as a label does: with its unit; whole yuan without fen."""
        places = self.places if is_empty(amount) or abs(amount) >= ZERO else 0
        if self.divisor == 1 or is_empty(amount):
            places = places if is_empty(amount) or abs(amount - round(amount)) >= ZERO else 0
            written = words.yuan(amount, places, signed=signed)
            return SIGN.sub(rf"\g<0>{HAIR_SPACE}", written)
        return words.number(amount / self.divisor, places, signed=signed) + self.unit

    def shown(self, amount: float) -> float:
        """Return the yuan that a reader sees written, rounded half up.

        Examples
        --------
        >>> money([6_090.5, 200.0]).shown(6_090.5), money([6_090.5, 200.0]).shown(-0.5)
        (6091.0, -1.0)
        """
        steps = np.floor(abs(amount) / self.divisor * 10**self.places + 0.5 + 1e-9)
        return float(np.copysign(steps / 10**self.places * self.divisor, amount))

    def adding_up(self, *sums: Iterable[float]) -> Money:
        """Return how to count sums that come to nothing so that they do as they are written, too.

        A reader adds up and subtracts what is written: where that does not come out, amounts are
        told in yuan instead of in 万元, and else to the fen.

        Examples
        --------
        >>> whole = money([4_037.33, 3_011.57])
        >>> whole.adding_up([4_037.33, -3_011.57, -1_025.76]).write(1_025.76)  # 4,037 less 3,012
        '¥1,025.76'
        >>> whole.adding_up([4_037.33, -1_997.30, -2_040.03]).write(2_040.03)
        '¥2,040'
        """
        yuan = self._replace(unit=words.say("unit.yuan"), divisor=1)
        known = [each for each in map(list, sums) if np.isfinite(each).all()]
        ways = (self, yuan._replace(places=0), yuan._replace(places=2))
        return next((way for way in ways if way._adds_up(known)), ways[-1])

    def _adds_up(self, sums: Iterable[Iterable[float]]) -> bool:
        return all(abs(sum(map(self.shown, each))) < ZERO for each in sums)

    def bare(self, amount: Any) -> str:
        """Write an amount where the unit is told elsewhere."""
        return words.number(amount / self.divisor, self.places)


def money(labelled: Any = (), drawn: Any = (), beside: Any = ()) -> Money:
    """Decide how a chart counts money: in 万元 where a Chinese reader would, else in yuan.

    Labels have the fewest decimals that tell them all: fen where all are below 100 yuan or one is
    below 10, and at most two of a 万元. Where one is less than a 万元 all are told in yuan: nobody
    says 0.31 万元.

    Examples
    --------
    >>> [money([202, 18.11]).write(each) for each in (202, 18.11)]
    ['¥202', '¥18']
    >>> money([60.0 + 1e-7]).write(60.0 + 1e-7)  # as a headline has it
    '¥60'
    >>> from jiebei.language.chosen import use
    >>> use("zh"); total = money([654_213, -16_760])
    >>> total.unit, total.write(654_213), total.write(-16_760, signed=True)
    ('万元', '65.42万元', '−1.68万元')
    >>> money([654_213, -1_676]).write(654_213)
    '¥654,213'
    >>> money([20_000], beside=[300_000]).unit, money([900], beside=[300_000]).unit
    ('万元', '元')
    >>> use("en")

    Parameters
    ----------
    labelled : arrays of yuan
        The amounts that are written.
    drawn : arrays of yuan
        What is drawn besides.
    beside : arrays of yuan
        What another axis shows: its unit is taken over from one 万元 on.
    """
    sizes = _sizes(labelled)
    largest = max(_most(sizes), _most(_sizes(drawn)))
    in_wan = largest >= words.WAN_FROM or (
        largest >= WAN and _most(_sizes(beside)) >= words.WAN_FROM
    )
    smallest = float(sizes.min(initial=np.inf))
    if in_wan and smallest >= WAN and table.counts_in_wan():
        return Money(words.say("unit.wan"), WAN, _places(sizes / WAN, (0, 1, 2)))
    in_fen = _most(sizes) < 100 or smallest < 10
    return Money(words.say("unit.yuan"), 1, _places(sizes, (0, 2) if in_fen else (0,)))


def _sizes(amounts: Any) -> Floats:
    """Return the sizes of all amounts that are something, to the fen."""
    each = [amounts] if isinstance(amounts, (np.ndarray, float, int)) else amounts
    flat = [np.ravel(np.asarray(one, float)) for one in each]
    sizes = np.abs(np.concatenate(flat)).round(2) if flat else np.zeros(0)
    return np.asarray(sizes[np.isfinite(sizes) & (sizes >= ZERO)])


def _most(sizes: Floats) -> float:
    return float(sizes.max(initial=0.0))


def _places(shown: Floats, usual: tuple[int, ...]) -> int:
    """Return the fewest of the usual decimals that are exact, or the most."""
    exact = (each for each in usual if np.allclose(shown, shown.round(each), 0, 1e-9))
    return next(exact, usual[-1])
