"""The internet's numbers, checked: which convention gives each published figure, if any does."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, count, number, percent, yuan
from jiebei.life.rules.conventions import FORGOTTEN, tries
from jiebei.notebook.answer import Answer

__all__ = ["answer", "by_convention", "check", "sheet"]

KINDS = (
    "annual rate",
    "balance",
    "days of interest",
    "effective annual rate",
    "instalment",
    "interest",
    "last payment",
    "left to pay after 12 months",
    "new loan",
    "payment",
    "penalty",
    "principal",
    "total interest",
    "total paid",
)
FIGURES = {kind: kind.replace(" ", "_") for kind in KINDS} | {
    "amount at which the subsidy ends, a single item": "single_ends",
    "amount at which the subsidy ends, all": "all_ends",
    "amount at which the subsidy ends, items under 50,000": "small_ends",
    "days of interest, repaid the same day": "days_same_day",
    "highest rate between private persons": "private_persons",
    "interest on the part prepaid": "interest_prepaid",
    "monthly rate (IRR)": "monthly_rate",
    "nominal annual rate (IRR x 12)": "nominal",
    "subsidy, a single item": "subsidy_single",
    "subsidy, all": "subsidy_all",
    "subsidy, items under 50,000": "subsidy_small",
    "total interest of both": "interest_both",
}
THIRTY = ("thirty", "twelfth", "unrounded", "cut", "tenth")  # a month is a twelfth of a year


def check(examples: pd.DataFrame) -> pd.DataFrame:
    """Compute every published figure again, by one convention after the other.

    Parameters
    ----------
    examples : DataFrame
        As `jiebei.facts("published_examples")`.

    Returns
    -------
    DataFrame
        id, figure, unit, published; `recomputed` by the convention that reproduces it (of several,
        the one that fits the page best), else by the first that applies; `convention`, empty where
        none reproduces it; `mistake`, where it is plain.
    """
    pages: list[Any] = list(examples.itertuples())
    tried = [tries(row) for row in pages]
    fitting = [
        [name for name, value in found if same(row.published, value)]
        for row, found in zip(pages, tried, strict=True)
    ]
    on_page = Counter(
        (row.id, name) for row, names in zip(pages, fitting, strict=True) for name in names
    )
    rows = []
    for row, found, names in zip(pages, tried, fitting, strict=True):
        usual = found[0][1]
        weight = {name: on_page[row.id, name] for name in names}
        best = max(weight, key=weight.__getitem__, default=FORGOTTEN)
        is_right = best != FORGOTTEN
        rows.append(
            {
                "id": row.id,
                "figure": row.figure,
                "unit": row.unit,
                "published": row.published,
                "recomputed": dict(found)[best] if is_right else usual,
                "convention": best if is_right else "",
                "mistake": "" if is_right else _mistake(row.published, usual, names),
            }
        )
    return pd.DataFrame(rows, index=examples.index)


def sheet(checked: pd.DataFrame) -> pd.DataFrame:
    """Return every figure with its convention in words, to take home."""
    rows: list[Any] = list(checked.itertuples())
    return pd.DataFrame(
        {
            "example": checked["id"],
            "figure": [_figure(name) for name in checked["figure"]],
            "published": [_written(row, row.published) for row in rows],
            "recomputed": [_written(row, row.recomputed) for row in rows],
            "convention": [_said("by", each) for each in checked["convention"]],
            "mistake": [_said("mistake", each) for each in checked["mistake"]],
        }
    ).reset_index(drop=True)


def _said(what: str, name: str) -> Text:
    return Words(f"answer.true_cost.published_{what}_{name}") if name else ""


def same(published: float, value: float) -> bool:
    """Tell whether a value is what was published, to the last digit printed or to the fen.

    Examples
    --------
    >>> same(240.95, 240.954), same(240.95, 240.96), same(10.9537, 10.954)
    (True, False, False)
    """
    return bool(abs(published - value) < 0.5001 * 10.0 ** -_places(published))


def _places(published: float) -> int:
    """Return how many decimals were printed, at least two."""
    return max(len(f"{published:.10f}".rstrip("0").partition(".")[2]), 2)


def _mistake(published: float, value: float, names: list[str]) -> str:
    """Name the slip that turns the right figure into the published one, if it is plain."""
    for factor in (10, 100):
        if same(published, value / factor):
            return f"times_{factor}"
    if sorted(f"{published:.2f}") == sorted(f"{value:.2f}"):
        return "digits"
    return names[0] if names else "unknown"


# What comes of it --------------------------------------------------------------------------


def answer(checked: pd.DataFrame) -> Answer:
    """Say how many published figures can be reproduced, and show those that are wrong."""
    wrong = checked[checked["convention"] == ""]
    rows: list[Any] = list(wrong.itertuples())
    found = {
        "right": len(checked) - len(wrong),
        "all": len(checked),
        "pages": checked["id"].nunique(),
        "ways": checked["convention"].replace("", np.nan).nunique(),
    }
    table = pd.DataFrame(
        {
            "figure": [_figure(name) for name in wrong["figure"]],
            "published": [_written(row, row.published) for row in rows],
            "recomputed": [_written(row, row.recomputed) for row in rows],
            "off": [
                percent(each, 1, signed=True)
                for each in wrong["published"] / wrong["recomputed"] - 1
            ],
            "mistake": [
                Words(f"answer.true_cost.published_mistake_{each}") for each in wrong["mistake"]
            ],
        },
        index=pd.Index(wrong["id"], name="example"),
    )
    if wrong.empty:
        return Answer(Words("answer.true_cost.published_all_right", **found), table)
    ratio = np.log((wrong["published"] / wrong["recomputed"]).to_numpy())
    place = int(np.abs(ratio).argmax())
    text = Words(
        "answer.true_cost.published_some_wrong",
        **found,
        wrong=len(wrong),
        id=table.index[place],
        published=table["published"].iloc[place],
        recomputed=table["recomputed"].iloc[place],
    )
    return Answer(text, table, Words("answer.true_cost.published_note"))


def by_convention(checked: pd.DataFrame) -> Answer:
    """Show which convention reproduces how many figures, and of which pages."""
    right = checked[checked["convention"] != ""]
    groups = right.groupby("convention", sort=False)["id"]
    table = pd.DataFrame(
        {
            "figures": [number(len(ids)) for _, ids in groups],
            "examples": [", ".join(dict.fromkeys(ids)) for _, ids in groups],
        },
        index=[Words(f"answer.true_cost.published_by_{name}") for name, _ in groups],
    ).rename_axis("convention")
    sizes = groups.size()
    table = table.iloc[np.argsort(-sizes.to_numpy(), kind="stable")]
    fields: dict[str, Any] = {
        "thirty": int(sizes.reindex(THIRTY).sum()),
        "own": int(sizes.get("actual", 0)),
    }
    return Answer(Words("answer.true_cost.published_conventions", **fields), table)


def _figure(name: str) -> Text:
    """Put the name of a figure into words; one that the words lack stays as it is."""
    kind, _, which = name.rpartition(" ")
    if which.isdigit() and kind in FIGURES:
        return Words("answer.true_cost.published_nth", what=_said("figure", FIGURES[kind]), n=which)
    return _said("figure", FIGURES[name]) if name in FIGURES else name


def _written(row: Any, value: float) -> str:
    """Write a figure with as many decimals as were printed, in its unit."""
    if row.unit == "days":
        return count(value, "day")
    if row.unit == "10,000 yuan":
        return yuan(10_000 * value)
    shown = number(value, _places(row.published))
    return {"yuan": f"¥{shown}", "percent": f"{shown}%"}[row.unit]
