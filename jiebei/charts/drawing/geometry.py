"""Where things stand on a figure, in points: lines, boxes, and what is still free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.cbook import pts_to_poststep
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

__all__ = [
    "SAMPLE",
    "Floats",
    "along",
    "axes_box",
    "distance",
    "everywhere",
    "in_points",
    "is_free",
    "trace",
    "within",
]

Floats = npt.NDArray[np.float64]

SAMPLE = 6.0  # between samples of a line; less than a line of text is high


def in_points(ax: Axes, xy: Any) -> Floats:
    """Return data coordinates as points of the figure."""
    shown = ax.transData.transform(np.asarray(xy, float).reshape(-1, 2))
    whole = ax.figure.bbox
    return np.asarray((shown - (whole.x0, whole.y0)) * 72 / ax.figure.dpi)


def axes_box(ax: Axes) -> Bbox:
    """Return the rectangle of the axes in points of the figure."""
    corners = in_points(ax, np.column_stack([ax.get_xlim(), ax.get_ylim()]))
    return Bbox([corners.min(axis=0), corners.max(axis=0)])


def trace(line: Line2D) -> Floats:
    """Return points all along a drawn line."""
    x, y = (np.asarray(each, float) for each in line.get_data(orig=False))
    if str(line.get_drawstyle()).startswith("steps") and len(x) > 1:
        x, y = pts_to_poststep(x, y)
    assert isinstance(line.axes, Axes)
    return along(line.axes, np.column_stack([x, y]))


def along(ax: Axes, xy: Any) -> Floats:
    """Return points all along a path in data coordinates."""
    corners = in_points(ax, xy)
    corners = corners[np.isfinite(corners).all(axis=1)]
    if len(corners) < 2:
        return corners
    way = np.cumsum([0.0, *np.hypot(*np.diff(corners, axis=0).T)])
    at = np.linspace(0, way[-1], 2 + int(way[-1] / SAMPLE))
    return np.column_stack([np.interp(at, way, corners[:, side]) for side in (0, 1)])


def distance(boxes: Floats, points: Floats) -> Floats:
    """Return how far each box (x0, y0, x1, y1) is from the nearest point; negative: inside."""
    if not len(points):
        return np.full(len(boxes), np.inf)
    x, y = points[:, 0], points[:, 1]
    away = boxes[:, 0, None] - x
    np.maximum(away, x - boxes[:, 2, None], out=away)  # in place: to make large arrays takes long
    np.maximum(away, boxes[:, 1, None] - y, out=away)
    np.maximum(away, y - boxes[:, 3, None], out=away)
    return np.asarray(away.min(axis=1))


def within(points: Floats, boxes: Sequence[Floats]) -> npt.NDArray[np.bool_]:
    """Tell which points lie in any of the boxes."""
    x0, y0, x1, y1 = np.reshape(boxes, (-1, 4)).T
    x, y = points[:, 0, None], points[:, 1, None]
    return np.asarray(((x > x0) & (x < x1) & (y > y0) & (y < y1)).any(axis=1))


def is_free(boxes: Floats, room: Bbox, taken: Sequence[Floats], gap: float = 3.0) -> Any:
    """Tell which boxes lie in the room and off all that is taken."""
    good = (boxes[:, 0] >= room.x0) & (boxes[:, 1] >= room.y0)
    good &= (boxes[:, 2] <= room.x1) & (boxes[:, 3] <= room.y1)
    x0, y0, x1, y1 = np.reshape(taken, (-1, 4)).T
    off = (boxes[:, 0, None] > x1 + gap) | (boxes[:, 2, None] < x0 - gap)
    off |= (boxes[:, 1, None] > y1 + gap / 2) | (boxes[:, 3, None] < y0 - gap / 2)
    return good & off.all(axis=1)


def everywhere(room: Bbox, width: float, height: float) -> Floats:
    """Return boxes of a size all over the room."""
    x, y = np.meshgrid(
        np.arange(room.x0, room.x1 - width, 14), np.arange(room.y0, room.y1 - height, 10)
    )
    return np.column_stack([x.ravel(), y.ravel(), x.ravel() + width, y.ravel() + height])
