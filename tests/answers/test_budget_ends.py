"""How much can I carry: sums just at the end of a sentence, and cash of just nothing."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers.budget import chances, limits, months
from jiebei.language.words import Words
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import assumed
from jiebei.notebook.answer import Answer
from tests.truth import told

DAYS = pd.to_datetime(["2026-12-01", "2027-01-01", "2027-02-01"])
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")


def ends(said: Any) -> list[str]:
    return [each.key.rpartition(".")[2] for each in told(said)]


def frame(lows: list[float], income: float = 0.0) -> pd.DataFrame:
    table = pd.DataFrame({"date": DAYS, "lowest_cash": lows, "income": income})
    return table.assign(**dict.fromkeys(months.PARTS, 0.0))


def test_of_cash_that_is_used_up_nothing_is_left() -> None:
    plans = {"keep": frame([5.0, 0.0, 5.0])}
    assert told(months.verdict(plans))[0].fields["left"] == 0.0
    assert months._cash_title(plans).fields["left"] == 0.0
    assert ends(months._chart_title(plans["keep"])) == ["chart_covers"]
    over = frame([5.0, 0.0, 5.0], income=-1.0)
    assert months._chart_title(over).fields["left"] == 0.0


@pytest.mark.parametrize(
    ("lows", "key", "tied"),
    [
        ([[9, 5, 9], [9, 5, 9]], "holds_same", ["a", "b"]),
        ([[9, 5, 9], [9, 5.01, 9]], "holds", ["a"]),
        ([[9, 5, 9], [9, 9, 5]], "holds_tied_apart", ["a", "b"]),
        ([[9, 5, 9], [9, 5, 9], [9, 7, 9]], "holds_tied", ["a", "b"]),
    ],
)
def test_ways_that_leave_as_little_are_all_named(
    lows: list[list[float]], key: str, tied: list[str]
) -> None:
    said = months.verdict(dict(zip("abc", map(frame, lows), strict=False)))
    assert ends(said) == [key]
    assert told(said)[0].fields.get("names", tied) == tied


@pytest.mark.parametrize(("most", "named"), [(375, True), (374, False)])
def test_a_month_of_half_as_much_again_is_uneven(most: float, named: bool) -> None:
    """Of an income of 1,000, a quarter on average."""
    plan = frame([1, 1, 1], income=1_000.0).assign(instalments=[0, most, 50])
    assert bool(months._uneven(0.25, plan)) == named


@pytest.mark.parametrize(
    ("planned", "bad", "keys"),
    [
        (0, 0, ["none"]),
        (5, 0, ["none", "planned"]),
        (9, 9, ["any"]),
        (9, 8, ["", "beyond", "planned_any"]),
        (8, 8, ["both", "beyond"]),
        (8, 7, ["", "beyond", "planned"]),
    ],
)
def test_what_is_carried_up_to_the_most_that_is_tried(
    planned: float, bad: float, keys: list[str]
) -> None:
    """Nine is the most that is tried, ten are borrowed."""
    said = limits._largest_words(planned, bad, 12, 10.0, 9.0)
    assert ends(said) == [f"largest_{key}".rstrip("_") for key in keys]


@pytest.mark.parametrize(
    ("planned", "bad", "stands"),
    [
        (50_000, 50_000, "within"),
        (60_000, 49_999, "not_bad"),
        (50_000, 40_000, "not_bad"),
        (49_999, 40_000, "beyond"),
    ],
)
def test_a_loan_that_is_just_carried_stands_within(
    monkeypatch: pytest.MonkeyPatch, planned: float, bad: float, stands: str
) -> None:
    table = pd.DataFrame({"carries": [planned], "carries_bad": [bad]})
    found = Answer("", table.set_axis([Words("text.months", n=12)]))
    drawn: dict[str, Any] = {}
    monkeypatch.setattr("jiebei.charts.dumbbell", lambda *_, **given: drawn.update(given))
    limits._most_chart(found, lambda amount, term: LOAN, LOAN, None)  # type: ignore[arg-type]
    assert ends(drawn["title"].fields["stands"]) == [f"most_{stands}"]


@pytest.mark.parametrize(
    ("method", "months", "terms", "said"),
    [
        ("equal_instalment", 9, [6, 9, 12, 24, 36], []),
        ("interest_then_equal", 7, [7, 12, 24, 36], ["terms_six"]),
    ],
)
def test_terms_without_room_are_left_out(
    method: str, months: int, terms: list[int], said: list[str]
) -> None:
    lent: Any = SimpleNamespace(method=method)
    found, left_out = limits._terms(lambda amount, term: lent, months)
    assert (found, [each.key.rpartition(".")[2] for each in left_out]) == (terms, said)


@pytest.mark.parametrize(
    ("share", "how"), [(0.0, "percent.1"), (0.0004, "percent.2"), (0.0005, "percent.1")]
)
def test_a_share_that_would_read_as_none_has_more_places(share: float, how: str) -> None:
    assert chances._share(share).fields["how"] == how


@pytest.mark.parametrize(
    ("shares", "key"),
    [
        ({"a": 0.0, "b": 0.0}, "chances_never"),
        ({"a": 0.0, "b": 0.02}, "chances_none"),
        ({"a": 0.01, "b": 0.02}, "chances"),
        ({"a": 0.02, "b": 0.020_001}, "chances_same"),
        ({"a": 0.02}, "chances_one"),
    ],
)
def test_how_often_a_payment_is_missed_is_told_by_way(shares: dict[str, float], key: str) -> None:
    assert chances._chance_words(shares).key == f"answer.budget.{key}"


def test_each_thing_is_changed_by_what_its_row_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as often, twice as long, a tenth more or less, a fifth smaller, 10,000 in reserve."""
    tried: dict[str, Any] = {}

    def vary(cases: Any, _: Any) -> pd.DataFrame:
        tried.update({name.key.rpartition(".")[2]: case for name, case in cases.items()})
        return pd.DataFrame({"missed": [0.1] * len(cases)}, list(cases))

    monkeypatch.setattr(chances, "vary", vary)
    house = Budget(12_000, 7_000, 1_000, "2026-12-01")
    shocks = assumed("household").assign(chance=0.25, months=3)
    chances.depends(LOAN, house, shocks, 100, 1)
    often, lasting = tried["if_often"]["shocks"], tried["if_long"]["shocks"]
    assert often["chance"].tolist() == [0.5] + [0.25] * (len(shocks) - 1)
    assert lasting["months"].tolist() == [6] + [3] * (len(shocks) - 1)
    assert tried["if_reserve"]["budget"].reserve == 11_000
    assert tried["if_spend_less"]["budget"].expenses == 6_300
    assert tried["if_income_more"]["budget"].income == 13_200
    assert tried["if_income_less"]["budget"].income == 10_800
    assert float(tried["if_smaller"]["loan"].principal) == 40_000
    assert tried["if_longer"]["loan"].months == 24
