"""Sliders under a notebook: the same question, asked with other numbers."""

from __future__ import annotations

import base64
import gc
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from types import MappingProxyType
from typing import Any

import ipywidgets as widgets
from IPython.core.getipython import get_ipython
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from jiebei.charts.drawing import pictures
from jiebei.language.errors import JiebeiError, nearest, refuse_call
from jiebei.language.table import language
from jiebei.language.words import Text, Words, count, day, number, percent, say, sentence, yuan
from jiebei.loan.terms import METHODS, MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import literal
from jiebei.notebook.numbers.saving import button
from jiebei.notebook.rules import rules
from jiebei.units.days import as_days, day_of_month, due_date, iso, month_of
from jiebei.units.term import MOST_FOR_DAYS, ForDays

__all__ = ["Panel", "explore"]

Question = Callable[..., tuple[Answer, Axes | str]]


def _yuan(value: float) -> str:
    return yuan(value, 0 if value == round(value) else 2)


def _daily(value: float) -> str:
    return percent(value, 3)


def _months(value: int) -> str:
    return count(value, "month")


def _days(value: int) -> str:
    return count(value, "day")


def _times(value: float) -> str:
    return number(value, 2)


WRITE: Mapping[str, Callable[[Any], str]] = {  # by kind
    "yuan": _yuan,
    "daily rate": _daily,
    "share": percent,
    "multiple": _times,
    **dict.fromkeys(["term", "months"], _months),
    "days": _days,
    "count": number,
}
DATES = ("repay_on", "extend_on", "reborrow_on")  # any day from the drawdown to the last due day
PARTS = ("repay_amount",)  # at most the principal
TIDY_EVERY = 10  # releases: a figure is a cycle, and Python by itself lets forty of them wait

STYLE = """<style>
.jiebei { padding: 0 10px; }
.jiebei .widget-inline-hbox { flex-wrap: wrap; height: auto; }
.jiebei .widget-label { width: 100%; text-align: left; }
.jiebei .widget-readout { flex: none; width: 8em; max-width: none; text-align: right;
  pointer-events: none; -webkit-user-modify: read-only; }
.jiebei .widget-html-content { width: 100%; line-height: var(--jp-content-line-height, 1.6); }
.jiebei .jiebei-table { overflow-x: auto; }
.jiebei .jiebei-table td { white-space: nowrap; }
.jiebei img { max-width: 100%; height: auto; }
.jiebei .jiebei-before img { opacity: 0.3; }
.jiebei pre { user-select: all; }
</style>"""


NOTHING: Mapping[str, Any] = MappingProxyType({})
_OPEN: dict[str, Panel] = {}  # by the cell that shows it


def explore(question: Question, *, told: Mapping[str, Any] = NOTHING, **values: Any) -> Panel:
    """Ask a question with sliders (滑块): headline, table and chart follow when one is let go.

    When its cell runs again, the panel of the earlier run is closed.

    Parameters
    ----------
    question : callable
        Takes the names below as keyword arguments, returns an Answer and the Axes of a chart: the
        same code as above the sliders.
    told : dict
        What the page has found out of the reader's loan, to be kept with what was typed.
    **values
        Names and values of the parameters cell: where the sliders stand first. `start` has none
        and stays as it is; the days of decisions need it.

    Returns
    -------
    Panel
        What a notebook shows: sliders, headline and table, chart, and the chosen values as lines
        to paste into the cell of the parameters.

    Raises
    ------
    JiebeiError
        For a name that has no slider.
    """
    refuse_call(question, "question", "lambda principal: ...")
    cell = _cell(question)
    if cell in _OPEN:
        _OPEN.pop(cell).close()
    _OPEN[cell] = Panel(question, values, told)
    _OPEN[cell].ask()
    return _OPEN[cell]


class Panel:
    """The sliders of one question, and what happens when one of them is let go.

    Attributes
    ----------
    sliders : dict
        Name of the parameter to its widget.
    answer, chart, text : HTML widgets
        Headline and table, or the mistake in words; the picture; the parameters to copy.
    """

    def __init__(
        self, question: Question, values: dict[str, Any], told: Mapping[str, Any] = NOTHING
    ) -> None:
        self.question = question
        self.fixed = {name: value for name, value in values.items() if name == "start"}
        self.sliders = {
            name: _slider(name, value, values)
            for name, value in values.items()
            if name not in self.fixed
        }
        self.answer, self.chart, self.text = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.headline = ""
        self._settling = False
        self._released = 0
        for each in self.sliders.values():
            each.observe(self._let_go, names="value")
        columns = widgets.Layout(
            grid_template_columns="repeat(auto-fit, minmax(min(100%, 22em), 1fr))",
            grid_gap="0 2em",
            overflow="visible",
        )
        grid = widgets.GridBox(list(self.sliders.values()), layout=columns)
        kept = button(lambda: self.values, told)
        self.box = widgets.VBox([grid, self.answer, self.chart, self.text, kept])
        self.box.add_class("jiebei")

    def __repr__(self) -> str:
        """Show the headline where there are no widgets."""
        return self.headline

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = {} if self.box.comm is None else self.box._repr_mimebundle_(**options)
        return {**shown, "text/plain": repr(self)}

    def close(self) -> None:
        """Take the sliders away, and let go of all that they hold."""
        for each in self.sliders.values():
            each.unobserve_all()
        _close(self.box)

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters as they are set now."""
        return self.fixed | {name: each.value for name, each in self.sliders.items()}

    def ask(self) -> None:
        """Ask with the values as they are set; a mistake is shown in words, the chart stays."""
        self.text.value = _text(self.values)
        try:
            answer, axes = self.question(**self.values)
        except Exception as mistake:
            self.headline = str(mistake)
            self.answer.value = _framed(f"<p><strong>{escape(self.headline)}</strong></p>")
            self.chart.add_class("jiebei-before")
            if not isinstance(mistake, JiebeiError):
                raise
        else:
            self.headline = answer.headline
            self.answer.value = _framed(answer._repr_html_())
            self.chart.value = _picture(axes)
            self.chart.remove_class("jiebei-before")

    def _let_go(self, _change: Any) -> None:
        """Fit what depends on the slider that was let go, then ask once."""
        if self._settling:
            return
        self._settling = True
        try:
            for name, slider in self.sliders.items():
                _fit(name, slider, self.values)
        finally:
            self._settling = False
        self.ask()
        self._released += 1
        if self._released % TIDY_EVERY == 0:  # with the picture on its way already
            gc.collect()


def _close(widget: Any) -> None:
    """Close a widget with all that it is made of: the list of all widgets keeps each one."""
    for child in getattr(widget, "children", ()):
        _close(child)
    for part in ("layout", "style"):
        if widget.has_trait(part):
            getattr(widget, part).close()
    widget.close()


def _cell(question: Question) -> str:
    """Return what tells one cell from another: its id in Jupyter, else the name of its question."""
    shell: Any = get_ipython()
    asked = shell.get_parent() if hasattr(shell, "get_parent") else {}
    name = getattr(question, "__qualname__", type(question).__qualname__)
    return asked.get("metadata", {}).get("cellId") or f"{question.__module__}.{name}"


# One slider --------------------------------------------------------------------------------


def _slider(name: str, value: Any, values: Mapping[str, Any]) -> Any:
    """Return a slider over everything that the parameter may be, nothing else.

    It slides over a list, not over numbers: these would be read back from their display, and
    "50,000" be taken for 50.
    """
    if name in DATES:
        value = _date(name, value, values)
    options = _with(_options(name, value, values), name, value)
    kind = widgets.Dropdown if name == "method" else widgets.SelectionSlider
    still = {} if name == "method" else {"continuous_update": False}
    return kind(
        options=options,
        value=value,
        description=say(f"control.{name}"),
        style={"description_width": "100%"},
        layout=widgets.Layout(width="auto"),
        **still,
    )


def _fit(name: str, slider: Any, values: Mapping[str, Any]) -> None:
    """Give a slider that depends on others the range that these now leave."""
    if name not in DATES + PARTS:
        return
    value = slider.value
    options = _options(name, value, values)
    if options != list(slider.options):
        with slider.hold_sync():
            slider.options = options
            slider.value = max(options[0][1], min(value, options[-1][1]))


def _options(name: str, value: Any, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return what a parameter may be, as it is written and as it is."""
    if name == "method":
        return [(say(f"method.{each}"), each) for each in METHODS]
    if name in DATES:
        first = _start(name, values)
        last = _last_due(first, values.get("months", MOST_MONTHS))
        last -= name == "repay_on"  # that day the loan is paid off anyway
        return list(_calendar(first, last, language()))
    if isinstance(value, ForDays):
        return [(str(each), each) for each in map(ForDays, range(1, MOST_FOR_DAYS + 1))]
    allowed = rules()[name].slide if name in rules() else None
    if allowed is None:
        slide = [each for each, rule in rules().items() if rule.slide]
        known = (*slide, *DATES, "method", "start")
        raise JiebeiError("error.slider", name=name, nearest=nearest(name, known))
    most = max(allowed.most, value)
    if name in PARTS and "principal" in values:
        most = values["principal"]
    steps = int((most - allowed.least) / allowed.step + 1e-9)
    stops = {round(allowed.least + step * allowed.step, 10) for step in range(steps + 1)}
    stops |= {most, min(value, most)}
    return [(_written(name, each), each) for each in sorted(stops)]


@lru_cache(16)  # thousands of days, of which a slider that is let go changes few
def _calendar(first: int, last: int, _language: str) -> tuple[tuple[str, str], ...]:
    """Return each day as it is written and as it is."""
    return tuple((day(each), each) for each in map(iso, range(first, last + 1)))


def _last_due(first: int, months: Any) -> int:
    """Return the day on which a loan of such a term is paid off."""
    if isinstance(months, ForDays):
        return first + int(months.days)
    return int(due_date(month_of(first) + months, day_of_month(first)))


def _with(options: list[tuple[str, Any]], name: str, value: Any) -> list[tuple[str, Any]]:
    """Keep what was entered, also where it cannot be: the panel asks what the page asks."""
    if name == "method" or value in (each for _, each in options):
        return options
    return sorted([*options, (_written(name, value), value)], key=lambda each: each[1])


def _written(name: str, value: Any) -> str:
    return day(value) if name in DATES else WRITE[rules()[name].kind](value)


def _start(name: str, values: Mapping[str, Any]) -> int:
    if "start" not in values:
        raise JiebeiError("error.slider_start", name=name)
    return int(as_days(values["start"], "start")[0])


def _date(name: str, value: Any, values: Mapping[str, Any]) -> str:
    """Return the day of a decision as a date, also where it is given as days after the drawdown."""
    days, after_drawdown = as_days(value, name)
    return iso(days + _start(name, values) if after_drawdown else days)


# What is shown -----------------------------------------------------------------------------


def _framed(html: str) -> str:
    """Return the text in the notebook's own look; a wide table scrolls by itself."""
    table = html.replace("<table", '<div class="jiebei-table"><table')
    table = table.replace("</table>", "</table></div>")
    return f'<div class="jp-RenderedHTMLCommon" lang="{language()}">{table}</div>'


def _picture(axes: Axes | Text) -> str:
    """Return the figure of the axes as a picture, with words for those who do not see it.

    Where there was nothing to draw it is a sentence.
    """
    if isinstance(axes, str | Words):
        return _framed(f"<p>{escape(sentence(str(axes)))}</p>")
    figure: Any = axes.figure
    try:
        source = f"data:image/png;base64,{base64.b64encode(pictures.png(figure)).decode()}"
    finally:
        plt.close(figure)
    width, height = (round(side * figure.dpi) for side in figure.get_size_inches())
    size = f'width="{width}" height="{height}"'
    return f'<img src="{source}" alt="{escape(pictures.finding(figure))}" {size} decoding="sync">'


def _text(values: Mapping[str, Any]) -> str:
    """Return the lines of a parameters cell, and a button that copies them."""
    lines = "\n".join(f"{name} = {literal(value)}" for name, value in values.items())
    copy = "navigator.clipboard.writeText(this.nextElementSibling.textContent)"
    done = f".then(() => {{ this.textContent = '{say('control.copied')}'; }})"
    return _framed(
        f'{STYLE}<button class="jupyter-button" onclick="{escape(copy + done)}">'
        f"{escape(say('control.copy'))}</button><pre>{escape(lines)}</pre>"
    )
