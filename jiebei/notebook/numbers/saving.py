"""Keep what a page knows of its reader in my_numbers.toml; a button asks before it overwrites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import ipywidgets as widgets

from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, say
from jiebei.notebook import parameters
from jiebei.notebook.fit import literal
from jiebei.notebook.numbers.filling import typed_into
from jiebei.notebook.numbers.reading import Numbers, read
from jiebei.notebook.numbers.sections import FILE, LOAN, home, known
from jiebei.notebook.numbers.writing import changes, write

__all__ = ["button", "theirs"]

Values = Mapping[str, Any]


def theirs(
    now: Values, first: Values, numbers: Numbers, told: Values = MappingProxyType({})
) -> tuple[dict[str, Any], bool]:
    """Return which numbers of a page are the reader's own, and not in the file yet.

    Parameters
    ----------
    now, first : dict
        Name to value: where the sliders stand, and where they stood first.
    numbers : Numbers
        What the file says.
    told : dict
        What the page has found out of the reader's loan; it goes before what was typed.

    Returns
    -------
    dict
        What was typed into the grey cell or moved. The loan is one thing: all of it, or nothing.
    bool
        Whether the loan was left out: the page holds what is left of it, the file the whole.

    Examples
    --------
    >>> parameters.read({"principal": 30_000, "months": 12}, {"principal": 50_000, "months": 12})
    >>> theirs({"months": 12}, {"months": 12}, Numbers({}))
    ({'principal': 30000, 'months': 12}, False)
    """
    _, asked, typed = parameters.page()
    moved = {name: now[name] for name in now if now[name] != first.get(name)}
    values = {**typed, **moved, **told}
    found = {name: each for name, each in values.items() if each != asked.get(name)}
    if "today" in found:
        found["as_of"] = found["today"]
    if "principal" not in asked:
        found = {name: each for name, each in found.items() if name not in ("start", "months")}
    elif found.keys() & {*LOAN}:
        found |= {name: values[name] for name in LOAN if name in values}
    there = typed_into({**asked, "as_of": ""}, numbers)
    rests = numbers.now is not None and "paid" not in asked and "principal" in asked
    changed = any(found[name] != there.get(name) for name in found.keys() & {*LOAN})
    if rests or not changed:
        found = {name: each for name, each in found.items() if name not in LOAN}
    new = {name: each for name, each in found.items() if each != there.get(name)}
    return {name: each for name, each in new.items() if name in known()}, rests and changed


def button(now: Callable[[], Values], told: Values = MappingProxyType({})) -> widgets.VBox:
    """Return a button that writes what the page knows into the file (存为我的数字).

    Parameters
    ----------
    now : callable
        Where the sliders stand.
    told : dict
        What the page has found out of the reader's loan.
    """
    first, said = dict(now()), widgets.HTML()
    keep, over, leave = (
        widgets.Button(description=say(f"save.{each}"), layout=widgets.Layout(width="auto"))
        for each in ("keep", "over", "leave")
    )
    choice = widgets.HBox([over, leave], layout=widgets.Layout(display="none"))

    def show(text: str) -> None:
        said.value = f'<div class="jp-RenderedHTMLCommon">{text}</div>'

    def save(replaced: bool | None) -> None:
        """Write; None asks first where something would be overwritten."""
        choice.layout.display = "none"
        path = home() / FILE
        try:
            numbers = read(path)
            values, left_out = theirs(now(), first, numbers, told)
            there = changes(values, numbers)
            if there and replaced is None:
                choice.layout.display = ""
                show(_asked(there))
                return
            kept = values if replaced else {n: v for n, v in values.items() if n not in there}
            if kept:
                write(path, kept, over=True)
            show("".join(f"<p>{escape(str(each))}</p>" for each in _done(kept, left_out)))
        except JiebeiError as refused:
            show(f"<p><strong>{escape(str(refused))}</strong></p>".replace("\n", "<br>"))

    keep.on_click(lambda _: save(None))
    over.on_click(lambda _: save(True))
    leave.on_click(lambda _: save(False))
    return widgets.VBox([keep, said, choice])


def _asked(there: Mapping[str, tuple[Any, Any]]) -> str:
    """Return what would be overwritten."""
    rows = "".join(
        f"<li><code>{escape(f'{name} = {literal(old)}')}</code> → "
        f"<code>{escape(literal(new))}</code></li>"
        for name, (old, new) in there.items()
    )
    return f"<p>{escape(say('save.asked', file=FILE))}</p><ul>{rows}</ul>"


def _done(kept: Values, left_out: bool) -> list[Words]:
    key = "save.done" if kept else "save.nothing"
    said = [Words(key, file=FILE, names=tuple(kept), folder=str(home()))]
    return said + [Words("save.rest", file=FILE)] * left_out
