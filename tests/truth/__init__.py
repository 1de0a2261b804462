"""What pages say, held against plain calculations of their own, at random numbers.

Each file here is written from the text of its page and not from its code: the schedules of single
loans come from the engine, all else is counted once more, in plain Python. It also decides which
sentence has to be said, and with which values. `make truth` tries thousands of cases a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pandas as pd

from jiebei.language.words import Text, Words

METHODS = ("equal_instalment", "interest_only", "equal_principal", "bullet")


def loans(rng: Random) -> dict[str, Any]:
    """Return the terms of a loan: small ones and large ones, short ones and long ones."""
    start = date(2026, 1, 1) + timedelta(rng.randrange(900))
    return {
        "principal": rng.choice([1_000, 3_000, 10_000, 30_000, 50_000, 120_000, 300_000]),
        "daily_rate": rng.choice([0.0, 0.0002, 0.0003, 0.0004, 0.00045, 0.0005, 0.0006]),
        "months": rng.choice([1, 2, 3, 6, 9, 12, 18, 24, 36]),
        "method": rng.choice(METHODS),
        "start": start.isoformat(),
    }


def told(said: Text) -> list[Words]:
    """Return the sentences of what is said, one by one."""
    if not isinstance(said, Words):
        return []
    if said.key == "text.passage":
        parts: Iterable[Any] = said.fields["parts"]  # type: ignore[assignment]
        return [each for part in parts for each in told(part)]
    return told(said.fields["text"]) if said.key == "text.sentence" else [said]  # type: ignore[arg-type]


class Truth:
    """The cases of one test: the seed of the one at hand, and how much was compared."""

    def __init__(self, asked: int) -> None:
        """Keep how many cases were asked for; 0 stands for the usual number."""
        self.asked, self.seed, self.figures, self.sentences = asked, -1, 0, 0

    def cases(self, usual: int) -> Iterator[Random]:
        """Yield a source of random numbers for each case."""
        for seed in range(self.asked or usual):
            self.seed = seed
            yield Random(seed)

    def figure(self, found: Any, meant: Any, within: float = 0.005) -> None:
        """Demand that two figures, days or words are the same; empty is the same as empty."""
        self.figures += 1
        assert _same(found, meant, within), f"seed {self.seed}: {found!r}, meant {meant!r}"

    def sentence(self, found: Words, key: str, within: float = 0.005, **fields: Any) -> None:
        """Demand this sentence, with these values."""
        self.sentences += 1
        given = {name: found.fields.get(name) for name in fields}
        assert found.key.endswith(key), f"seed {self.seed}: {found.key}, meant {key}: {found}"
        for name, meant in fields.items():
            self.figure(given[name], meant, within)

    def __str__(self) -> str:
        """Say how much was compared, and up to which seed."""
        return f"{self.figures:,} figures, {self.sentences:,} sentences, last seed {self.seed}"


def _same(found: Any, meant: Any, within: float) -> bool:
    if isinstance(meant, Words | str | bool | tuple):
        return bool(found == meant)
    if meant is None or pd.isna(meant):
        return found is None or bool(pd.isna(found))
    if isinstance(meant, date):
        return not pd.isna(found) and bool(pd.Timestamp(found) == pd.Timestamp(meant))
    return not pd.isna(found) and math.isclose(found, meant, rel_tol=1e-9, abs_tol=within)
