"""The one error of the suite, and the words its messages share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

__all__ = ["JiebeiError", "nearest", "refuse"]


class JiebeiError(ValueError):
    """Tell the borrower what was received, which rule it breaks, and the way out.

    Examples
    --------
    >>> import jiebei as jb
    >>> jb.Loan(50_000, daily_rate=0.0004, months=0, start="2026-12-01")
    Traceback (most recent call last):
        ...
    jiebei.errors.JiebeiError: months=0: a loan runs 1 to 60 months, a whole number.
    """


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: a near one if there is, else all of them.

    Examples
    --------
    >>> nearest("equal_instalments", ["equal_instalment", "bullet"])
    "did you mean 'equal_instalment'?"
    >>> nearest("x", ["lower", "shorten"])
    "choose 'lower' or 'shorten'."
    """
    from difflib import get_close_matches  # loaded only when something went wrong

    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    *most, last = (repr(each) for each in names)
    return f"choose {', '.join(most)} or {last}." if most else f"choose {last}."


def refuse(bad: Any, values: Any, name: str, rule: str) -> None:
    """Raise the rule with the first bad value, and how many there are where it is an array."""
    bad = np.asarray(bad)
    if not bad.any():
        return
    bad, values = np.broadcast_arrays(bad, values)
    first = int(np.flatnonzero(bad)[0])
    shown = values.ravel()[first]
    if values.dtype.kind in "iuf":
        shown = f"{shown:.10g}"
    elif values.dtype.kind == "O":
        shown = repr(shown)
    if bad.ndim == 0:
        raise JiebeiError(f"{name}={shown}: {rule}")
    raise JiebeiError(
        f"{name}: {bad.sum():,} of {bad.size:,} values are refused, the first is number {first:,}, "
        f"{shown}: {rule}"
    )
