"""Labels beside what they name, placed by measurement.

All geometry here is in points of the figure. *Ink* is everything a label must not cut through:
lines sampled every few points. A label takes the cheapest of many places: free of ink and of
other labels, close to its own line, and farther from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from jiebei.charts.drawing.geometry import (
    Floats,
    axes_box,
    distance,
    everywhere,
    is_free,
    trace,
    within,
)
from jiebei.charts.drawing.style import EDGE, INK, MASK, cell, write
from jiebei.charts.drawing.text import LABEL, text_size

GAP = 6.0  # between a line and its label
CLEAR = 4.5  # the least distance of a label from any line
FAR = 26.0  # beyond this another line no longer disturbs
TRIED, NEAREST = 40, 25  # leaders; each so many of the shortest, and as many of all lengths
CLOSE = 33  # dots along a leader: no word lies between two
OVER = 400.0  # what it costs a leader to run over a word
TOO_FAR = 75.0  # what a label may cost that belongs to one place of its line


def _near(dots: Floats, points: Floats) -> Any:
    return distance(dots, points) < 3


def _around(anchors: Floats, width: float, height: float) -> tuple[Floats, Any]:
    """Return boxes of a size on eight sides of every anchor, and the anchor of each."""
    boxes = []
    for side, level in ((1, 1), (0, 1), (-1, 1), (1, 0), (-1, 0), (1, -1), (0, -1), (-1, -1)):
        x0 = anchors[:, 0] + (GAP, -width / 2, -GAP - width)[1 - side]
        y0 = anchors[:, 1] + (GAP - 1, -height / 2, 1 - GAP - height)[1 - level]
        boxes.append(np.column_stack([x0, y0, x0 + width, y0 + height]))
    return np.concatenate(boxes), np.tile(np.arange(len(anchors)), len(boxes))


class Place(NamedTuple):
    """A place for a label: its cost, its box, the ends of a leader if it needs one, the text."""

    cost: float
    box: Floats
    leader: tuple[Floats, Floats] | None = None
    way: str = ""


def _beside(own: Floats, others: Sequence[Floats], boxes: Floats, room: Bbox, shared: Any) -> Any:
    """Return the cost of each box that touches its own line's side; inf where a line is cut."""
    to_own = distance(boxes, own)
    mistaken, is_cut = np.zeros(len(boxes)), to_own < CLEAR
    for each in others:
        away = distance(boxes, each)
        is_cut |= away < CLEAR
        # Worst is a label nearer to another line than to its own.
        near = 0.4 * np.clip(FAR - away, 0, None) + 6 * np.clip(to_own + 4 - away, 0, 4)
        mistaken = np.maximum(mistaken, near)
    cost = np.where(is_cut, np.inf, to_own + 14.0 * shared.sum(axis=1) + mistaken)
    corner = (boxes[:, 0] - room.x0) / room.width + (boxes[:, 1] - room.y0) / room.height
    return cost - 4 * corner  # the upper right of what is equally good


def _led(
    own: Floats, others: Sequence[Floats], boxes: Floats, shared: Any, taken: Sequence[Floats]
) -> list[Place]:
    """Return the best place away from the line, with a leader that crosses few others."""
    fewest = shared.sum(axis=1).min()
    anchors = own[shared.sum(axis=1) == fewest][::3]
    base = 16 + (32 + 14 * fewest if fewest else 0)
    for each in (own, *others):
        boxes = boxes[distance(boxes, each) >= CLEAR]
    if not len(boxes):
        return []
    ends = [np.clip(anchors[:, side, None], boxes[:, side], boxes[:, side + 2]) for side in (0, 1)]
    lengths = np.hypot(ends[0] - anchors[:, 0, None], ends[1] - anchors[:, 1, None])
    # Try a few, most of them short; a sample of each tells what it crosses.
    order = np.argsort(lengths, axis=None)
    some = np.linspace(0, len(order) - 1, min(TRIED, len(order))).astype(int)
    tried = np.concatenate([order[: TRIED * NEAREST : NEAREST], order[some]])
    anchor, box = np.unravel_index(tried, lengths.shape)
    starts = anchors[anchor]
    stops = np.column_stack([ends[0][anchor, box], ends[1][anchor, box]])
    ways = starts[:, None] + (stops - starts)[:, None] * np.linspace(0.15, 1, 9)[:, None]
    dots = np.tile(ways.reshape(-1, 2), 2)
    crossed = sum((distance(dots, each).reshape(-1, 9).min(axis=1) < 3) for each in others)
    close = starts[:, None] + (stops - starts)[:, None] * np.linspace(0.15, 1, CLOSE)[:, None]
    over = within(close.reshape(-1, 2), taken).reshape(-1, CLOSE).any(axis=1)
    cost = base + 0.5 * lengths[anchor, box] + 20 * crossed + OVER * over
    best = int(np.argmin(cost))
    return [Place(float(cost[best]), boxes[box[best]], (stops[best], starts[best]))]


def _best(
    own: Floats, others: Sequence[Floats], size: tuple[float, float], room: Bbox, taken: Any
) -> Place | None:
    """Return the best place of a label of a size, if there is any."""
    anchors = own[:: 1 + len(own) // 60]
    dots = np.column_stack([anchors, anchors])
    none = np.zeros((len(anchors), 0), bool)
    shared = np.column_stack([none, *(_near(dots, each) for each in others)])
    boxes, anchor = _around(anchors, *size)
    good = is_free(boxes, room, taken)
    places = []
    if good.any():
        costs = _beside(own, others, boxes[good], room, shared[anchor[good]])
        best = int(np.argmin(costs))
        places = [Place(float(costs[best]), boxes[good][best])]
    if not places or places[0].cost > 20:
        boxes = everywhere(room, *size)
        boxes = boxes[is_free(boxes, room, taken)]
        places += _led(anchors, others, boxes, shared, taken)
        if len(boxes):  # at the worst, over the lines: better than no name
            cut = int(np.argmin(distance(boxes, own)))
            places.append(Place(1e6, boxes[cut]))
    return min(places, key=lambda place: place.cost, default=None)


def beside_lines(
    ax: Axes,
    lines: Sequence[Line2D],
    texts: Sequence[Sequence[str]],
    avoid: Sequence[Floats] = (),
    at_lowest: Collection[int] = (),
) -> None:
    """Write a label beside each line, in its colour, cutting through no line.

    Parameters
    ----------
    ax : Axes
        Axes with their final limits and position.
    lines : sequence of Line2D
        The lines.
    texts : sequence of sequences of str
        What each is called, in one or more ways (on one line, on two); the best fit is taken.
    avoid : sequence of arrays
        Boxes (x0, y0, x1, y1) in points that no label may touch.
    at_lowest : collection of int
        Places of the lines whose labels are about where they are lowest, and stand there if there
        is room.
    """
    traces = [trace(line) for line in lines]
    inner = axes_box(ax)
    room = Bbox.from_extents(inner.x0 + 3, inner.y0 + 2, cell(ax).x1 - EDGE, inner.y1 + 4)

    def find(at: int, taken: Sequence[Floats]) -> Place | None:
        own, others = traces[at], [*traces[:at], *traces[at + 1 :]]
        low = own[:, 1] < own[:, 1].min() + 2
        if at in at_lowest:
            off = [*taken, *_dots(own[~low])]
            place = _best_way(own[low], others, texts[at], room, off)
            if place is not None and place.cost <= TOO_FAR:
                return place
        return _best_way(own, others, texts[at], room, taken)

    places = _arranged(find, [at for at, each in enumerate(traces) if len(each)], avoid)
    for at, place in sorted(places.items()):
        _write_at(ax, place, str(lines[at].get_color()), bbox=MASK)


def _arranged(
    find: Callable[[int, Sequence[Floats]], Place | None],
    order: Sequence[int],
    avoid: Sequence[Floats],
) -> dict[int, Place]:
    """Place labels one after the other; where one ends up far off, try it before the others."""
    order, tried = list(order), list[dict[int, Place]]()
    while len(tried) <= len(order):
        found, taken = dict[int, Place](), list(avoid)
        for at in order:
            place = find(at, taken)
            if place is not None:
                found[at] = place
                taken += _covered(place)
        tried.append(found)
        worst = max(found, key=lambda at: found[at].cost, default=None)
        if worst is None or worst == order[0] or found[worst].cost <= TOO_FAR:
            break
        order = [worst, *(at for at in order if at != worst)]
    return min(tried, key=lambda found: (-len(found), sum(each.cost for each in found.values())))


def _dots(points: Floats) -> list[Floats]:
    """Return a small box around each point."""
    return list(np.column_stack([points - 1, points + 1]))


def place_label(
    ax: Axes,
    own: Floats,
    others: Sequence[Floats],
    ways: Sequence[str],
    room: Bbox,
    taken: list[Floats],
    colour: str,
    avoid: Sequence[Floats] = (),
    most: float = np.inf,
    **options: Any,
) -> bool:
    """Write a label in the best of its ways where it fits best; add its box to what is taken.

    Where the best costs more than `most`, write nothing; return whether it is written.
    """
    best = _best_way(own, others, ways, room, [*taken, *avoid])
    if best is None or best.cost > most:
        return False
    taken += _covered(best)
    _write_at(ax, best, colour, **options)
    return True


def _best_way(
    own: Floats,
    others: Sequence[Floats],
    ways: Sequence[str],
    room: Bbox,
    taken: Sequence[Floats],
) -> Place | None:
    """Return the best place of a label in the best of its ways, if there is any."""
    found = [
        place._replace(cost=place.cost + 4 * more, way=way)
        for more, way in enumerate(ways)
        if (place := _best(own, others, text_size(way), room, taken)) is not None
    ]
    return min(found, key=lambda place: place.cost, default=None)


def _covered(place: Place) -> list[Floats]:
    """Return the boxes that a label and its leader take."""
    if not place.leader:
        return [place.box]
    start, end = place.leader
    return [place.box, *_dots(start + (end - start) * np.linspace(0, 1, 25)[:, None])]


def _write_at(ax: Axes, place: Place, colour: str, **options: Any) -> None:
    """Write a label at its place, with its leader."""
    write(ax, place.box[0], place.box[3], place.way.split("\n"), LABEL, colour, **options)
    if place.leader:
        thin_line(ax, *place.leader, colour)


def write_within(
    ax: Axes,
    is_there: Callable[[Floats], Any],
    ways: Sequence[str],
    edges: Sequence[Floats],
    room: Bbox,
    taken: list[Floats],
) -> None:
    """Write a name in the calmest place of a region, in the first of its ways that fits.

    Parameters
    ----------
    ax : Axes
        Axes with their final limits and position.
    is_there : function
        Tells which of an array of points lie in the region.
    ways : sequence of str
        How the name may be set.
    edges : sequence of arrays
        Lines to keep away from.
    room : Bbox
        Where it may stand.
    taken : list of boxes
        What it may not touch; its own box is added.
    """
    for way in ways:
        boxes = everywhere(room, *text_size(way, LABEL + 1, "bold"))
        boxes = boxes[is_free(boxes, room, taken)]
        corners = [boxes[:, [x, y]] for x in (0, 2) for y in (1, 3)]
        fits = np.ones(len(boxes), bool)
        for points in (*corners, (boxes[:, :2] + boxes[:, 2:]) / 2):
            fits &= is_there(points)
        away = np.min([np.full(len(boxes), 90.0), *(distance(boxes, e) for e in edges)], axis=0)
        fits &= away > CLEAR
        if not fits.any():
            continue
        walls = np.minimum(boxes[:, 0] - room.x0, room.x1 - boxes[:, 2])
        floors = np.minimum(boxes[:, 1] - room.y0, room.y1 - boxes[:, 3])
        calm = np.minimum(away, np.minimum(walls, 2 * floors) + 20)
        best = boxes[int(np.argmax(np.where(fits, calm, -np.inf)))]
        taken.append(best)
        middle = (best[0] + best[2]) / 2
        write(ax, middle, best[3], way.split("\n"), LABEL + 1, INK, "bold", ha="center")
        return


def thin_line(ax: Axes, start: Any, end: Any, colour: str, width: float = 0.8) -> None:
    """Draw a straight line between two places of the figure in points."""
    whole, dpi = ax.figure.bbox, ax.figure.dpi
    x, y = (np.array([start, end]) * dpi / 72 / (whole.width, whole.height)).T
    transform = ax.figure.transSubfigure
    line = Line2D(x, y, color=colour, linewidth=width, transform=transform, clip_on=False)
    ax.add_artist(line)


def at_ends(
    ax: Axes,
    x: float,
    heights: Sequence[float],
    texts: Sequence[str],
    colours: Sequence[str],
    side: int = 1,
) -> None:
    """Write labels in a column beside x, each at its height, pushed apart to fit.

    Parameters
    ----------
    ax : Axes
        Axes with their final limits and position.
    x : float
        Where the lines end, in points.
    heights : sequence of float
        Where each line ends, in points.
    texts, colours : sequences of str
        One per line.
    side : {1, -1}
        To the right of x, or to its left.
    """
    room = axes_box(ax)
    sizes = [text_size(label)[1] for label in texts]
    middles = spread(heights, sizes, room.y0, room.y1 + LABEL)
    for middle, wanted, size, label, colour in zip(
        middles, heights, sizes, texts, colours, strict=True
    ):
        align = "left" if side > 0 else "right"
        write(ax, x + 14 * side, middle + size / 2, label.split("\n"), LABEL, colour, ha=align)
        if abs(middle - wanted) > 3:
            thin_line(ax, (x + 4 * side, wanted), (x + 12 * side, middle), colour)


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> Floats:
    """Return heights as near as can be to those wanted so that things of these sizes fit.

    Examples
    --------
    >>> spread([20, 21, 50], [12, 12, 12], 0, 100).tolist()
    [14.5, 26.5, 50.0]
    """
    order = np.argsort(wanted, kind="stable")
    size = np.asarray(sizes, float)[order]
    before = np.cumsum(size) - size / 2
    # Without the room that each one takes, "in order and apart" is merely "in order".
    free = np.asarray(wanted, float)[order] - before
    level = [
        max(
            min(free[start : end + 1].mean() for end in range(at, len(free)))
            for start in range(at + 1)
        )
        for at in range(len(free))
    ]
    result = np.empty(len(order))
    result[order] = np.clip(level, low, max(low, high - size.sum())) + before
    return result
