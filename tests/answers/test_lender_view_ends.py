"""The lender's view: shares and gains reckoned by hand, and where a sentence turns."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiebei.answers.lender_view import ceilings, checks, early, late, leniency, who
from jiebei.answers.lender_view.leniency import Worth
from jiebei.language.words import EMPTY, Words
from jiebei.language.words import apart as parts_of

NOTHING = Worth(8, *[0.0] * 9)


def ends(said: Any) -> list[str]:
    return [each.key.rpartition(".")[2] for each in parts_of(said) if isinstance(each, Words)]


# ---- does help pay ---------------------------------------------------------------------------


def test_what_help_is_worth_by_hand() -> None:
    """Four loans of 8 yuan lent in all: as it goes, where help is kept, and where it is not."""
    counts = {
        "loans": 4,
        "drawn": 800,
        "value": [800, 2_000, 400],
        "paid": [1_000, 1_600, 800],
        "over_90": [2, 1, 2],
        "lost": [160, 40, 120],
    }
    told = {f"help.grace.{name}": np.array(each) for name, each in counts.items()}
    found: Any = SimpleNamespace(counts=told)
    assert leniency._worth(found, "grace", 0.5) == Worth(
        loans=4,
        gain=1.0,  # 3.00 a loan instead of 2.00
        kept=3.0,
        broken=-1.0,
        pays_from=0.25,
        lost=0.2,
        lost_with=0.1,
        late=0.5,
        late_with=0.375,
        paid=0.5,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pays_from": np.nan}, EMPTY),
        ({"kept": 0.0, "broken": -1.0}, "never"),
        ({"kept": 1.0, "broken": 0.0}, "always"),
        ({"kept": 1.0, "broken": -1.0, "pays_from": 0.5}, "50.0%"),
    ],
)
def test_from_which_share_on_it_pays(change: dict[str, float], said: str) -> None:
    found = leniency._from(NOTHING._replace(**change))  # type: ignore[arg-type]
    assert (ends(found)[0] if isinstance(found, Words) else found) == said


@pytest.mark.parametrize(
    ("gains", "key"),
    [([1, 0], "some_pay"), ([1, 1], "all_pay"), ([0, 0], "none_pays")],
)
def test_help_that_gains_nothing_does_not_pay(gains: list[float], key: str) -> None:
    known = {
        name: NOTHING._replace(gain=float(each))
        for name, each in zip(("grace", "negotiation"), gains, strict=True)
    }
    assert ends(leniency._verdict(known, 0.5)) == [key]


@pytest.mark.parametrize(("lost_with", "key"), [(0.02, "losses_rise"), (0.01, "losses")])
def test_losses_that_stay_do_not_fall(
    monkeypatch: pytest.MonkeyPatch, lost_with: float, key: str
) -> None:
    """Of 10,000 lent 200 are lost; of another help 300, and 400 with it."""
    known = {
        "grace": NOTHING._replace(lost=0.02, lost_with=lost_with),
        "negotiation": NOTHING._replace(lost=0.03, lost_with=0.04),
    }
    drawn: list[Any] = []
    monkeypatch.setattr(leniency, "worths", lambda *_: known)
    monkeypatch.setattr(
        "jiebei.charts.pairs", lambda lost, *_, **given: drawn.extend([lost, given])
    )
    leniency.losses(SimpleNamespace(), 0.5)  # type: ignore[arg-type]
    lost, given = drawn
    assert [*lost.values()] == [(200.0, 10_000 * lost_with), (300.0, 400.0)]
    assert ends(given["title"]) == [key]
    assert given["title"].fields["before"] == 200.0


def test_the_lines_of_help_run_from_none_kept_to_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"grace": NOTHING._replace(kept=3.0, broken=-5.0, pays_from=0.625)}
    drawn: list[Any] = []
    monkeypatch.setattr(leniency, "worths", lambda *_: known)
    monkeypatch.setattr("jiebei.charts.lines", lambda *given, **_: drawn.extend(given))
    leniency.chart(SimpleNamespace(), 0.5)  # type: ignore[arg-type]
    at, lines = drawn
    grace, none = lines.values()
    assert [at[0], at[-1], grace[0], grace[-1]] == [0.0, 1.0, -5.0, 3.0]
    assert not none.any()


# ---- ceilings --------------------------------------------------------------------------------

PLAIN = ceilings.Under((), 0.1, 1.0, 0.0, 0.02, 0.1, 0.04)


@pytest.mark.parametrize(
    ("change", "out", "key"),
    [
        ({"saved": 0.0}, (), "ceiling_idle"),
        ({"saved": 0.01}, (), "ceiling_saves"),
        ({"saved": 0.01, "out": ("E",)}, ("E",), "ceiling_saves_out"),
        ({"out": ("D", "E"), "borrowers": 0.3}, ("E",), "ceiling_shuts"),
        ({"out": ("D", "E"), "lost": np.nan}, (), "ceiling_ends"),
    ],
)
def test_whom_a_ceiling_shuts_out(change: dict[str, Any], out: tuple[str, ...], key: str) -> None:
    said = ceilings._does(0.24, PLAIN._replace(**change), PLAIN._replace(out=out))
    assert ends(said) == [key]
    if key == "ceiling_shuts":
        assert isinstance(said, Words)
        assert (said.fields["names"], said.fields["share"]) == (("D",), pytest.approx(0.2))


# ---- who pays, and how early it shows --------------------------------------------------------


@pytest.mark.parametrize(("left", "key"), [(0.0, "earns"), (-0.001, "loses")])
def test_who_loses_nothing_earns(left: float, key: str) -> None:
    all_ = {"left": left, "lost": 0.02, "agreed": 0.15, "earned": 0.1}
    said = who._earns(all_)
    assert ends(said) == [key]
    assert said.fields["lost"] == 2.0  # type: ignore[union-attr]
    assert said.fields["left"] == pytest.approx(100 * abs(left))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("left", "key", "names"),
    [
        ([0.0, -1.0, 0.1], "all_gain", None),  # of B there is no loan
        ([np.nan, 0.0, 0.1], "no_gain", ("A",)),  # next to nothing comes back
        ([-0.1, 0.0, -0.2], "none_gains", None),
    ],
)
def test_what_gains_nothing_is_named(left: list[float], key: str, names: Any) -> None:
    said = who._no_gain(pd.DataFrame({"loans": [5, 0, 3], "left": left}, list("ABC")))
    assert ends(said) == [key]
    assert said.fields.get("names") == names  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("bad", "key", "low", "high"),
    [([0.1, 0.0, 0.2], "who", "A", "C"), ([0.1, 0.0, 0.1], "who_same", "A", None)],
)
def test_who_does_not_pay_most_and_least(
    bad: list[float], key: str, low: str, high: str | None
) -> None:
    tiers = pd.DataFrame({"loans": [5, 0, 3], "bad": bad}, list("ABC"))
    said = who._who(tiers, {"bad": 0.125, "loans": 8})
    assert ends(said) == [key]
    assert said.fields.get("low", low) == low  # type: ignore[union-attr]
    assert said.fields.get("high") == high  # type: ignore[union-attr]


def test_how_many_bands_hold() -> None:
    """Two errors apart is within: 0.2 twice, of 0.1 each; the third lies 0.3 apart."""
    table = pd.DataFrame({"observed": [0.5, 0.1, 0.5], "expected": [0.3, 0.3, 0.2], "error": 0.1})
    said = early._holds(table.assign(error=[0.1, 0.1, 0.1]))
    assert (said.fields["within"], said.fields["bands"]) == (2, 3)  # type: ignore[union-attr]


def test_how_many_months_ahead_half_of_them_show(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Any = SimpleNamespace(counts={"early": None})
    for shares, key, share in (
        ([0.9, 0.6, 0.5, 0.4], "ahead", 0.5),
        ([0.4, 0.3], "ahead_never", 0.4),
    ):
        table = pd.DataFrame({"any": shares})
        monkeypatch.setattr(early, "lead", lambda _, table=table: table)
        said = early._ahead(found)
        assert ends(said) == [key]
        assert said.fields["share"] == share  # type: ignore[union-attr]
        assert said.fields.get("months", 2) == 2  # type: ignore[union-attr]


def test_what_calling_finds_by_hand() -> None:
    """Of eight loans, two of them bad, four are called: one of these is bad."""
    said = early._calls(early.Called(loans=4, right=1, bad=2, of=8), 0.1)
    assert isinstance(said, Words)
    shares = [said.fields[each] for each in ("flagged", "precision", "recall")]
    assert shares == [0.5, 0.25, 0.5]


@pytest.mark.parametrize(("expected", "key"), [(5.0, "less"), (5.01, "more")])
def test_provisions_that_are_just_enough(expected: float, key: str) -> None:
    table = pd.DataFrame({"expected_loss": [expected, 1.0], "least_provision": [2.0, 4.0]})
    assert ends(late._provides(table)) == [f"provides_{key}"]


# ---- what is checked -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cash", "lost", "holds"),
    [
        ([[5, 4], [3, 0]], [0, 0], True),
        ([[5, 5], [3, 0]], [0, 0], False),  # a fen more of one tier comes in
        ([[5, 4], [3, 0]], [0, 1], False),  # a fen of one tier is lost
    ],
)
def test_if_all_pay_as_agreed_every_tier_brings_in_its_interest(
    cash: list[list[int]], lost: list[int], holds: bool
) -> None:
    pool = SimpleNamespace(cash=np.array(cash), interest=np.array([9, 3]), lost=np.array(lost))
    found: Any = SimpleNamespace(pool=lambda _: pool)
    assert checks.as_agreed_nothing_is_lost(found) is holds


@pytest.mark.parametrize(("other", "agree"), [(0, True), (1, False)])
def test_threads_that_count_one_thing_otherwise_do_not_agree(
    monkeypatch: pytest.MonkeyPatch, other: int, agree: bool
) -> None:
    def book(_: Any, threads: int) -> Any:
        moved = other * (threads - 1)
        return SimpleNamespace(counts={"loans": np.array([4]), "lost": np.array([moved])})

    monkeypatch.setattr(checks, "book", book)
    monkeypatch.setattr(checks, "replace", lambda asked, **_: asked)
    asked: Any = None
    assert checks.threads_agree(asked) is agree
