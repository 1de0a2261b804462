"""Words within tables, lists and mappings, turned into texts when they are shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.words import Words

__all__ = ["spoken"]


def spoken(value: Any) -> Any:
    """Return the same value with all words in it as texts in the language in use.

    Tables, series, indexes, mappings, lists and tuples are looked into; whatever else is in them
    stays as it is.

    Examples
    --------
    >>> spoken({Words("strategy.extend"): [1, Words("strategy.settle")]})
    {'extend': [1, 'settle in full']}
    """
    if isinstance(value, Words):
        return str(value)
    if isinstance(value, pd.DataFrame):
        shown = value.set_axis(spoken(value.index), axis=0).set_axis(spoken(value.columns), axis=1)
        for place in range(value.shape[1]):
            if _has_words(value.iloc[:, place]):
                shown.isetitem(place, spoken(value.iloc[:, place].to_list()))
        return shown
    if isinstance(value, pd.Series):
        cells = spoken(value.to_list()) if _has_words(value) else value.array
        return pd.Series(cells, index=spoken(value.index), name=spoken(value.name))
    if isinstance(value, pd.Index):
        told = value.nlevels > 1 or _has_words(value)
        return type(value)(spoken(value.to_list()), name=value.name) if told else value
    if isinstance(value, dict):
        return {spoken(name): spoken(each) for name, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(spoken(each) for each in value)
    return value


def _has_words(values: pd.Series[Any] | pd.Index[Any]) -> bool:
    told = pd.api.types.is_object_dtype(values)
    return told and any(isinstance(each, Words) for each in values)
