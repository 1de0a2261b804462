"""What stands under the pointer: the drawn chart once more as a Vega-Lite spec, with every day.

JupyterLab draws such a spec by itself, without a kernel and without a network; elsewhere the
picture is shown. All that the spec has is read off the drawn chart, in dots of the screen, so that
both show the same; what each day has to say comes from the chart's own data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text

from jiebei.charts.drawing import pictures
from jiebei.charts.drawing.style import GRID, INK, RULE
from jiebei.charts.drawing.text import BASELINE, LEADING

__all__ = ["TYPE", "spec", "tell"]

TYPE = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # a name: nothing is fetched
FONTS = "Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
SHAPES = {"o": "circle", "s": "square", "^": "triangle-up", "D": "diamond", "v": "triangle-down"}
DASHES = {"--": [6, 4], ":": [2, 3]}
MOST_DAYS = 130  # a few a month for five years; of more nobody reads each


def tell(ax: Axes, at: Any, columns: Mapping[str, Sequence[str]]) -> None:
    """Keep what a chart has to say at places along its x axis, column by column, in words.

    Of a figure's charts the last that tells has the pointer; small multiples have none.
    """
    figure = ax.figure.figure
    if 0 < len(at) <= MOST_DAYS and ax in figure.axes:
        place = figure.axes.index(ax)  # the chart itself would keep its figure from being let go
        pictures.beside(figure, TYPE, partial(spec, at, columns, place))


def spec(
    at: Any, columns: Mapping[str, Sequence[str]], place: int, figure: Figure
) -> dict[str, Any] | None:
    """Return the Vega-Lite spec of a figure as it stands, None for small multiples."""
    if any(ax.child_axes for ax in figure.axes):
        return None
    wide, high = (float(each) for each in figure.bbox.size)
    layers = [layer for ax in figure.axes for layer in _drawn(ax)]
    layers.append(_pointer(figure.axes[place], at, columns))
    return {
        "$schema": SCHEMA,
        "description": pictures.finding(figure),
        "width": wide,
        "height": high,
        "padding": 0,
        "autosize": "none",
        "background": "white",
        "config": {"view": {"stroke": None}},
        "usermeta": {"embedOptions": {"actions": False}},
        "layer": layers,
    }


# Places in dots ----------------------------------------------------------------------------


def _place(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


XY = {"x": _place("x"), "y": _place("y")}
BOX = {**XY, "x2": {"field": "x2"}, "y2": {"field": "y2"}}


def _dots(ax: Axes, points: Any, transform: Any = None) -> Any:
    """Return points as dots from the upper left corner of the figure."""
    found = (transform or ax.transData).transform(np.asarray(points, float).reshape(-1, 2))
    return np.column_stack([found[:, 0], ax.figure.bbox.height - found[:, 1]]).round(1)


def _points(places: Any, fields: str = "x,y") -> dict[str, Any]:
    rows = [",".join(f"{each:g}" for each in row) for row in np.asarray(places)]
    return {"values": "\n".join([fields, *rows]), "format": {"type": "csv"}}


def _rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"values": json.dumps(rows, ensure_ascii=False), "format": {"type": "json"}}


# What is drawn -----------------------------------------------------------------------------


def _drawn(ax: Axes) -> Iterator[dict[str, Any]]:
    """Yield all that is drawn and written of a chart."""
    yield from (*_grid(ax), *_bars(ax), *_lines(ax), *_texts(ax))


def _grid(ax: Axes) -> Iterator[dict[str, Any]]:
    """Yield the lines of the grid, and the axis."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    ends = [[(left, each), (right, each)] for each in ax.get_yticks() if low <= each <= high]
    if any(line.get_visible() for line in ax.xaxis.get_gridlines()):
        ends += [[(each, low), (each, high)] for each in ax.get_xticks() if left <= each <= right]
    if ends:
        lines = [np.ravel(_dots(ax, each)) for each in ends]
        rule = {"type": "rule", "stroke": GRID, "strokeWidth": 0.8}
        yield {"data": _points(lines, "x,y,x2,y2"), "mark": rule, "encoding": BOX}
    bottom = np.ravel(_dots(ax, [(left, low), (right, low)]))
    rule = {"type": "rule", "stroke": RULE, "strokeWidth": 0.8}
    yield {"data": _points([bottom], "x,y,x2,y2"), "mark": rule, "encoding": BOX}


def _bars(ax: Axes) -> Iterator[dict[str, Any]]:
    bars = [each for each in ax.patches if isinstance(each, Rectangle)]
    for colour, some in groupby(bars, key=lambda bar: to_hex(bar.get_facecolor())):
        places = [np.ravel(_dots(ax, bar.get_bbox().get_points())) for bar in some]
        mark = {"type": "rect", "fill": colour}
        yield {"data": _points(places, "x,y,x2,y2"), "mark": mark, "encoding": BOX}


def _lines(ax: Axes) -> Iterator[dict[str, Any]]:
    scale = ax.figure.dpi / 72
    for each in ax.patches:
        if isinstance(each, StepPatch):
            places = _dots(ax, each.get_path().vertices)
            wide = round(scale * each.get_linewidth(), 1)
            mark = {"type": "line", "stroke": to_hex(each.get_edgecolor()), "strokeWidth": wide}
            yield {"data": _points(places), "mark": mark, "encoding": XY}
    for line in sorted(ax.lines, key=lambda each: each.get_zorder()):
        places = _dots(ax, line.get_xydata(), line.get_transform())
        known = places[np.isfinite(places).all(axis=1)]
        colour = to_hex(line.get_color())
        if len(known) > 1 and line.get_linestyle() != "None":
            mark = {
                "type": "line",
                "stroke": colour,
                "strokeWidth": round(scale * line.get_linewidth(), 1),
                "strokeOpacity": line.get_alpha() or 1,
                "strokeDash": DASHES.get(str(line.get_linestyle()), [1, 0]),
                "interpolate": "step-after" if "steps" in line.get_drawstyle() else "linear",
            }
            yield {"data": _points(known), "mark": mark, "encoding": XY}
        shape = SHAPES.get(str(line.get_marker()))
        if shape and len(marked := _marked(line, places)):
            mark = {
                "type": "point",
                "shape": shape,
                "size": round((scale * line.get_markersize()) ** 2 * 0.8),
                "fill": to_hex(line.get_markerfacecolor()),
                "stroke": to_hex(line.get_markeredgecolor()),
                "strokeWidth": 0.8,
                "opacity": 1,
            }
            yield {"data": _points(marked), "mark": mark, "encoding": XY}


def _marked(line: Line2D, places: Any) -> Any:
    """Return the places of a line that have a mark."""
    every = line.get_markevery()
    if isinstance(every, tuple):
        return places[every[0] :: every[1]]
    return places if every is None else places[every]


def _texts(ax: Axes) -> Iterator[dict[str, Any]]:
    """Yield all words, as they stand in the picture."""
    scale = ax.figure.dpi / 72
    found = [(each, _dots(ax, each.get_position(), each.get_transform())[0]) for each in ax.texts]
    rows = [_row(text, place, scale) for text, place in found if text.get_visible()]
    rows += _tick_rows(ax, scale)
    rows.sort(key=lambda row: row["look"])
    for (weight, align), some in groupby(rows, key=lambda row: row["look"]):
        mark = {
            "type": "text",
            "font": FONTS,
            "fontWeight": weight,
            "align": align,
            "baseline": "alphabetic",
        }
        encoding = {
            **XY,
            "text": {"field": "s"},
            "color": {"field": "c", "type": "nominal", "scale": None},
            "size": {"field": "z", "type": "quantitative", "scale": None},
        }
        shown = [{key: row[key] for key in ("x", "y", "s", "c", "z")} for row in some]
        yield {"data": _rows(shown), "mark": mark, "encoding": encoding}


def _row(text: Text, place: Any, scale: float) -> dict[str, Any]:
    return {
        "x": float(place[0]),
        "y": float(place[1]),
        "s": text.get_text(),
        "c": to_hex(text.get_color()),
        "z": round(scale * float(text.get_fontsize()), 1),
        "look": (str(text.get_fontweight()), text.get_horizontalalignment()),
    }


def _tick_rows(ax: Axes, scale: float) -> list[dict[str, Any]]:
    """Return the labels of both axes, line by line."""
    (left, _), (low, _) = ax.get_xlim(), ax.get_ylim()
    rows = []
    for at, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True):
        x, y = _dots(ax, (left, at))[0]
        row = _row(label, (x - 5 * scale, y + 0.36 * float(label.get_fontsize()) * scale), scale)
        rows.append({**row, "look": ("normal", "right")})
    for at, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True):
        x, y = _dots(ax, (at, low))[0]
        for line, said in enumerate(label.get_text().split("\n")):
            down = (7.5 + (BASELINE + LEADING * line) * float(label.get_fontsize())) * scale
            row = _row(label, (x, y + down), scale)
            rows.append({**row, "s": said, "look": ("normal", "center")})
    return rows


def _pointer(ax: Axes, at: Any, columns: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return an upright that follows the pointer from place to place and tells of each."""
    low, high = ax.get_ylim()
    across = _dots(ax, [(each, low) for each in at])[:, 0]
    (_, bottom), (_, top) = _dots(ax, [(at[0], low), (at[0], high)])
    rows = [
        {"x": float(x)} | {f"k{place}": said for place, said in enumerate(row)}
        for x, row in zip(across, zip(*columns.values(), strict=True), strict=True)
    ]
    near = {"type": "point", "on": "pointerover", "clear": "pointerout", "nearest": True}
    return {
        "data": _rows(rows),
        "params": [{"name": "near", "select": {**near, "encodings": ["x"]}}],
        "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1.5},
        "encoding": {
            "x": _place("x"),
            "y": {"value": float(top)},
            "y2": {"value": float(bottom)},
            "opacity": {"condition": {"param": "near", "empty": False, "value": 0.4}, "value": 0},
            "tooltip": [
                {"field": f"k{place}", "type": "nominal", "title": name}
                for place, name in enumerate(columns)
            ],
        },
    }
