"""The lender's view: its sentences, each reached, and figures that follow from the book."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from jiebei.answers import lender_view
from jiebei.answers.lender_view import EXAMPLE, ceilings, checks, early, late, leniency, who
from jiebei.life.portfolio.snapshots import LOSS
from jiebei.life.portfolio.study import Book

BOOKS: dict[str, dict[str, Any]] = {
    "as it comes": {"loans": 12_000},
    "nobody misses": {"loans": 500, "misses_times": 0.0},
    "a bad year": {"loans": 3_000, "misses_times": 5.0, "recovered": 0.0},
    "costly money": {"loans": 500, "funding_rate": 0.9},
    "at 4 % a year": {"loans": 1_000, "ceiling": 0.04},
}


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    return {
        name: lender_view.draw(lender_view.question({**EXAMPLE, **changed}))
        for name, changed in BOOKS.items()
    }


pytestmark = pytest.mark.usefixtures("lang")


def keys(words: Any) -> set[str]:
    """Return the keys of all sentences in a passage."""
    parts = words.fields.get("parts", ())
    return {words.key.rpartition(".")[2]}.union(*(keys(each) for each in parts if each))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("as it comes", {"who", "earns", "all_gain"}),
        ("nobody misses", {"who_none", "earns", "all_gain"}),
        ("costly money", {"who", "loses", "none_gains"}),
    ],
)
def test_who_does_not_pay_back(books: dict[str, Book], name: str, said: set[str]) -> None:
    assert said <= keys(who.answer(books[name]).said)


def test_the_last_row_is_all_of_them(books: dict[str, Book]) -> None:
    table = who.figures(books["as it comes"])
    assert table["loans"].iloc[-1] == table["loans"].iloc[:-1].sum()
    bad = (table["bad"] * table["loans"]).iloc[:-1].sum() / table["loans"].iloc[-1]
    assert table["bad"].iloc[-1] == pytest.approx(bad)
    assert (table["earned"] < table["agreed"]).all()


def test_the_tiers_taken_home_say_the_answer(books: dict[str, Book]) -> None:
    found = books["as it comes"]
    sheets = list(lender_view.tables(found).values())
    assert sheets[0].attrs["answer"][0] == who.answer(found).headline
    assert [len(each.attrs) for each in sheets] == [1, 0, 0, 0]


def test_the_first_picture_shows_what_the_answer_says(books: dict[str, Book]) -> None:
    found = books["a bad year"]
    ax = who.chart(found)
    assert isinstance(ax, Axes)
    table = who.figures(found)
    drawn = [float(each.get_xdata()[0]) for each in ax.lines if each.get_marker() == "o"]  # type: ignore[index]
    assert drawn == pytest.approx(table[["agreed", "earned"]].to_numpy().ravel())
    assert f"{100 * table['bad'].iloc[-1]:.1f}%" in ax.get_title()
    assert keys(who.chart(books["nobody misses"])) == {"who_none"}


@pytest.mark.parametrize(
    ("name", "share", "said"),
    [
        ("as it comes", 0.6, {"some_pay", "turn"}),
        ("as it comes", 0.0, {"none_pays", "turn"}),
        ("as it comes", 1.0, {"all_pay", "turn"}),
        ("nobody misses", 0.6, {"help_none"}),
    ],
)
def test_does_leniency_pay(books: dict[str, Book], name: str, share: float, said: set[str]) -> None:
    assert said <= keys(leniency.answer(books[name], share).said)


def test_leniency_turns_where_it_says(books: dict[str, Book]) -> None:
    """At the share from which on it pays the lender neither gains nor loses."""
    found = books["as it comes"]
    for name, each in leniency.worths(found, 0.5).items():
        at = leniency.worths(found, each.pays_from)[name]
        assert at.gain == pytest.approx(0.0, abs=1e-6)
        assert leniency.worths(found, each.pays_from + 0.01)[name].gain > 0
        assert each.kept > each.gain > each.broken
        assert each.gain == pytest.approx((each.kept + each.broken) / 2)


def test_early_help_has_to_be_kept_by_more_than_late_help(books: dict[str, Book]) -> None:
    found = leniency.worths(books["as it comes"], 0.6)
    assert found["negotiation"].pays_from < found["grace"].pays_from


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("as it comes", {"ceiling_saves", "ceiling_shuts"}),
        ("costly money", {"ceiling_moot"}),
        ("at 4 % a year", {"ceiling_ends"}),
    ],
)
def test_what_a_ceiling_does(books: dict[str, Book], name: str, said: set[str]) -> None:
    assert said <= keys(ceilings.answer(books[name]).said)


def test_without_a_ceiling_nobody_is_shut_out(books: dict[str, Book]) -> None:
    plain = ceilings.under(books["as it comes"], "plain")
    assert (plain.out, plain.borrowers, plain.saved) == ((), 0.0, 0.0)
    assert ceilings.under(books["as it comes"], "ceiling1").saved > 0


@pytest.mark.parametrize("month", [0, 18, 60])
def test_what_is_owed_is_provided_for(books: dict[str, Book], month: int) -> None:
    found = books["as it comes"]
    answer = late.provided(found, month)
    owed = found.counts["stock"][month].sum() / 100
    standing = found.counts["stock"][month][:, :LOSS].any()
    assert answer.figures.empty == (not standing)
    if standing:
        assert answer.figures["owed_there"].sum() == pytest.approx(owed)
    assert answer.headline


def test_signs_and_calls(books: dict[str, Book]) -> None:
    found = books["as it comes"]
    assert {"sign", "ahead"} <= keys(early.answer(found).said)
    assert {"calls", "bands"} <= keys(early.calibrated(found, 0.1).said)
    assert "calls_none" in keys(early.calibrated(found, 1.0).said)
    assert "sign_none" in keys(early.answer(books["nobody misses"]).said)
    everybody = early.called(found, 0.0)
    assert (everybody.loans, everybody.right) == (everybody.of, everybody.bad)


@pytest.mark.parametrize("name", BOOKS)
def test_every_chart_has_a_finding(books: dict[str, Book], name: str) -> None:
    found = books[name]
    for chart in (
        late.heat(found),
        late.vintages(found),
        early.known(found),
        leniency.chart(found, 0.6),
        leniency.losses(found, 0.6),
    ):
        title = chart.get_title() if isinstance(chart, Axes) else str(chart)
        assert title
        assert "nan" not in title


def test_checks_hold_and_can_fail(books: dict[str, Book]) -> None:
    found = books["as it comes"]
    assert checks.vintages_add_up(found)
    assert checks.as_agreed_nothing_is_lost(found)
    assert all(
        checks.sign_is_as_precise_as_assumed(found, each) for each in found.question.behaviour.signs
    )
    counts = dict(found.counts)
    counts["vintages"] = counts["vintages"].copy()
    counts["vintages"][0, 0, 0] += 1  # a fen
    assert not checks.vintages_add_up(Book(found.question, found.tiers, found.span, counts))
    counts = dict(found.counts) | {"cells": np.flip(found.counts["cells"], axis=1)}
    wrong = Book(found.question, found.tiers, found.span, counts)
    assert not checks.sign_is_as_precise_as_assumed(wrong, "many lenders")


def test_the_share_from_which_help_pays_is_rounded_up() -> None:
    """At 62 % it still loses where it pays from 62.5 % on."""
    turns = leniency.Worth(8, 0.0, 3.0, -5.0, 0.625, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert "63%" in str(leniency._turn("grace", turns))
    assert "62%" in str(leniency._turn("grace", turns._replace(pays_from=0.62)))


@pytest.mark.parametrize(
    ("kept", "broken", "key"),
    [
        (5.0, -3.0, "turn"),
        (5.0, 0.0, "turn_always"),
        (5.0, 3.0, "turn_always"),
        (0.0, -3.0, "turn_never"),
        (-1.0, -3.0, "turn_never"),
    ],
)
def test_where_help_turns_from_never_to_always(kept: float, broken: float, key: str) -> None:
    each = leniency.Worth(8, 0.0, kept, broken, 0.6, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert keys(leniency._turn("grace", each)) == {key}


def test_what_is_lost_is_not_owed_any_more(books: dict[str, Book]) -> None:
    found = books["as it comes"]
    counts = {**found.counts, "stock": np.zeros_like(found.counts["stock"])}
    counts["stock"][18, 0, LOSS] = 100  # a yuan
    lost = late.provided(Book(found.question, found.tiers, found.span, counts), 18)
    assert keys(lost.said) == {"nothing_owed"}
    counts["stock"][18, 0, 0] = 1  # a fen
    owed = late.provided(Book(found.question, found.tiers, found.span, counts), 18)
    assert "nothing_owed" not in keys(owed.said)


@pytest.mark.parametrize(
    ("pays_from", "key"),
    [(0.6, "turns"), (1.0, "turns"), (0.0, "turns"), (1.5, "never"), (np.nan, "never")],
)
def test_the_chart_of_help_turns_only_where_a_share_can_be(
    monkeypatch: pytest.MonkeyPatch, books: dict[str, Book], pays_from: float, key: str
) -> None:
    each = leniency.Worth(8, 0.0, 3.0, -5.0, pays_from, 0.0, 0.0, 0.0, 0.0, 0.0)
    drawn: dict[str, Any] = {}
    monkeypatch.setattr(leniency, "worths", lambda *_: {"grace": each})
    monkeypatch.setattr(leniency.charts, "lines", lambda *_, **given: drawn.update(given))
    leniency.chart(books["as it comes"], 0.5)
    assert drawn["title"].key == f"answer.lender_view.chart_{key}"
