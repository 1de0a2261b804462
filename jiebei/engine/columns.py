"""Columns of whole numbers, one place a loan: what the book and its parts are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar, dataclass_transform

import numpy as np
import numpy.typing as npt

from jiebei.units.days import Ints

__all__ = ["Bools", "Columns", "Places", "Rows", "brought", "kept", "picked", "put", "where"]

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Rows = Any  # places in the book: an index array, or slice(None) for every loan

Part = TypeVar("Part")


@dataclass_transform(kw_only_default=True)
class Columns:
    """Arrays by name, of which the last axis is the loans of a block, and parts made of such.

    No dataclass: what `dataclass` writes for each was half of what `import jiebei` took.
    """

    def __init__(self, **columns: Any) -> None:
        """Take each column, or part, by its name."""
        vars(self).update(columns)

    @classmethod
    def zeros(cls, size: int, **given: Any) -> Self:
        """Return the columns of so many loans, 0 where nothing else is given."""
        return cls(
            **{
                name: given[name] if name in given else np.zeros(size, np.int64)
                for name in cls.__annotations__
            }
        )

    def keep(self, places: Places | slice) -> None:
        """Keep the loans in these places; the others are done."""
        columns = vars(self)
        for name, each in columns.items():
            if isinstance(each, Columns):
                each.keep(places)
            elif each is not None:
                columns[name] = kept(each, places)


def kept(column: npt.NDArray[Any], places: Places | slice) -> npt.NDArray[Any]:
    """Return what stands in these places of a column; those of a slice are not copied."""
    return column[..., places] if isinstance(places, slice) else column.take(places, -1)


def put(items: npt.NDArray[Any], rows: Rows, values: Iterable[Any]) -> None:
    """Write into these places of each item, as items[:, rows] = values, which takes far longer."""
    for item, each in zip(items, values, strict=True):
        item[rows] = each


def picked(rows: Rows, mask: Bools) -> Rows:
    """Return the loans of `rows` for which the mask says so; most often all of a block agree."""
    if np.count_nonzero(mask) == mask.size:
        return rows
    return np.flatnonzero(mask) if isinstance(rows, slice) else rows[mask]


def brought(part: Part | None) -> Part:
    """Return a part of the book that the decision has brought."""
    assert part is not None
    return part


def where(mask: Bools, yes: Ints, no: Ints) -> Ints:
    """Return `yes` where the mask says so, else `no`; most often all loans of a block agree."""
    agreed = np.count_nonzero(mask)
    if agreed == 0:
        return no
    return yes if agreed == mask.size else np.where(mask, yes, no)
