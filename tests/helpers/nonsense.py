"""What no page may say, as far as a machine can tell."""

import re
from datetime import date
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from jiebei.language.words import EMPTY
from tests.helpers.notebook_runner import Run

# Fields have names: an empty pair of braces is what a reader may type for "none".
NO_WORDS = re.compile(r"\{(?!\})|(?<!\{)\}|\b(nan|NaN|NaT|None|inf)\b")
# A sum of nothing that is gained, lost or short.
NOTHING = re.compile(
    r"¥0(?:\.00)?(?![\d.,]|\d*万) (?:more|less|better|worse|short|above|below|sooner|gained)"
    r"|\bby ¥0(?:\.00)?(?![\d.,万])"
    r"|(?:手里[^，。；]{0,30}[多少]|多花|少花|多付|少付|还差|会差|差|划算|省下|再省|多省|省)[了约]?"
    r"¥0(?:\.00)?(?![\d.,万])"
)
FLIP_DAY = re.compile(
    r"; (?:after|before) (\d{4})-(\d\d)-(\d\d)|；(?:晚于|早于)(\d{4})年(\d+)月(\d+)日"
)


def sayings(run: Run) -> list[str]:
    """Return what a run says by itself: printed lines, headlines, titles of charts."""
    titles = [ax.get_title() or ax.get_title("left") for ax in _axes(run)]
    notes = [each for each in run.shown if isinstance(each, str)]
    headlines = [each.headline for each in run.answers]
    return [*run.printed.splitlines(), *notes, *headlines, *titles]


def assert_words(run: Run) -> None:
    """Check that no name of the code and no empty figure stands in what is said."""
    told = _told(run)
    found = NO_WORDS.search(told)
    assert not found, f"no word: {told[max(0, found.start() - 90) : found.end() + 60]!r}"


def assert_sense(run: Run, loan: dict[str, Any] | None = None) -> None:
    """Check that no sentence says nonsense, and no figure is degenerate."""
    assert_words(run)
    for text in sayings(run):
        assert EMPTY not in text, f"an empty figure in: {text}"
        assert not NOTHING.search(text), f"nothing is gained: {text}"
        for match in FLIP_DAY.finditer(text):
            year, month, day_ = (int(each) for each in match.groups() if each)
            first = loan["start"] if loan else "1990-01-01"
            assert date(year, month, day_).isoformat() >= first, f"before the loan: {text}"
    for figure in run.figures:
        assert_not_degenerate(figure)


def _told(run: Run) -> str:
    """Return all words of a run but the values of cells, which are written with braces."""
    return re.sub(r" = (\{[^{}]*\}|\[[^\[\]]*\])", "", run.text)


def _axes(run: Run) -> list[Axes]:
    return [ax for figure in run.figures for ax in figure.axes]


def assert_not_degenerate(figure: Figure) -> None:
    """Check that a figure shows something: a span on its axes, and not only zeros."""
    for ax in figure.axes:
        for low, high in (ax.get_xlim(), ax.get_ylim()):
            assert np.isfinite([low, high]).all()
            assert low != high, "an axis without a span"
    drawn = [span for ax in figure.findobj(Axes) for span in _spans(ax)]
    assert not drawn or max(drawn) > 0, f"all is zero: {figure.axes[0].get_title()!r}"


def _spans(ax: Any) -> list[float]:
    """Return how far the heights of each line, bar and field of an axes reach."""
    lines = [line.get_ydata() for line in ax.lines] + [line.get_xdata() for line in ax.lines]
    found = [_span(each) for each in lines]
    dots = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 1]
    found += [_span(np.concatenate(dots))] if dots else []  # of dots it is their distance
    found += [abs(bar.get_height()) for bar in ax.patches if hasattr(bar, "get_height")]
    found += [_span(np.vstack([path.vertices for path in field.get_paths()] or [[[0.0, 0.0]]]))
              for field in ax.collections if hasattr(field, "get_paths")]  # fmt: skip
    found += [_span(image.get_array()) for image in ax.images]
    return found


def _span(values: Any) -> float:
    try:
        known = np.asarray(values, float)
    except (TypeError, ValueError):
        return 0.0  # dates
    known = known[np.isfinite(known)]
    return float(np.ptp(known)) if known.size else 0.0
