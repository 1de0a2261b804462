"""numpy as it is where a machine's own whole numbers have 32 bits: in a browser."""

import sys
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest


def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every module of jiebei such a numpy; pandas and the tests keep theirs."""
    for name, module in list(sys.modules.items()):
        if name.startswith("jiebei.") and getattr(module, "np", None) is np:
            monkeypatch.setattr(module, "np", NARROW)


def _makes(name: str) -> Any:
    """Make 32-bit numbers of Python's own that have room, unless a type is named."""

    def made(*given: Any, **named: Any) -> Any:
        found = getattr(np, name)(*given, **named)
        own = "dtype" not in named and all(map(_of_python, given)) and found.dtype == np.int64
        return found.astype(np.int32) if own and (abs(found) < 2**31).all() else found

    return made


def _of_python(value: Any) -> bool:
    """Tell whether there is nothing of numpy's, which would bring a type along."""
    return all(map(_of_python, value)) if isinstance(value, list | tuple) else type(value) is int


def _finds(name: str) -> Any:
    return lambda *given, **named: getattr(np, name)(*given, **named).astype(np.int32)


def _type(value: Any) -> Any:
    return value.dtype if isinstance(value, np.ndarray) else np.min_scalar_type(value)


def _takes(name: str, place: int) -> Any:
    """Refuse an argument that numpy would have to narrow."""

    def taken(*given: Any, **named: Any) -> Any:
        if not np.can_cast(_type(given[place]), np.int32):
            raise TypeError("Cannot cast from int64 to int32 according to the rule 'safe'")
        return attrgetter(name)(np)(*given, **named)

    return taken


class _Ufunc:
    def __init__(self, name: str) -> None:
        self.real, self.reduceat = getattr(np, name), _takes(f"{name}.reduceat", 1)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self.real(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def _where(condition: Any, *values: Any) -> Any:
    if values and all(map(_of_python, values)):  # what has no room becomes 0 in silence
        values = tuple(np.int64(each).astype(np.int32) for each in values)
    return np.where(condition, *values)


class _Narrow(SimpleNamespace):
    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)


NARROW = _Narrow(
    intp=np.int32,
    append=lambda *given: np.append(*map(_makes("asarray"), given)),
    where=_where,
    **{name: _makes(name) for name in ("arange", "array", "asarray", "full")},
    **{name: _finds(name) for name in ("argsort", "flatnonzero", "searchsorted")},
    **{name: _Ufunc(name) for name in ("add", "maximum", "minimum")},
    **{name: _takes(name, at) for name, at in {"bincount": 0, "choose": 0, "repeat": 1}.items()},
)
