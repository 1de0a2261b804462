"""Tiers, one late payment, the line: figures against sums by hand, and every sentence reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import credit_tiers
from jiebei.language.errors import JiebeiError
from jiebei.language.frames import cell
from jiebei.language.words import Words, headline_yuan, say
from jiebei.life.credit.line import available
from jiebei.life.credit.on_time import on_time
from jiebei.life.credit.tiers import Borrower
from jiebei.life.credit.years import years
from jiebei.life.rules.facts import facts
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart
from tests.life.credit.test_tiers import GIVEN
from tests.truth import told

YOURS = Borrower(**GIVEN)
ONE_TIER = facts("credit_tiers").assign(score_from=0, limit=100_000, longest_months=24)[2:3]
NO_SPREAD = replace(YOURS, tiers=ONE_TIER)
NO_COST = replace(NO_SPREAD, penalty_multiple=0.0)
FREE_ELSEWHERE = replace(YOURS, elsewhere_rate=0.0)
ALONE = replace(YOURS, again_amount=0)


def ways(years_ahead: int = 3, days: int = 5, month: int = 6, every: int = 4) -> dict[str, Any]:
    return credit_tiers.histories(years_ahead, days, month, every)


# ---- four ways to pay ----------------------------------------------------------------------------


def test_the_four_ways() -> None:
    on_time, once, often, year = ways(years_ahead=2, days=7, month=3, every=5).values()
    assert on_time.sum() == 0
    assert np.flatnonzero(once).tolist() == [2]
    assert (np.flatnonzero(often) + 1).tolist() == [5, 10, 15, 20]
    assert (np.flatnonzero(year) + 1).tolist() == [15, 20]
    assert {each.max() for each in (once, often, year)} == {7}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"years_ahead": 6}, r"^years_ahead=6: "),
        ({"days": 91}, r"^days_late=91: "),
        ({"month": 37}, r"^late_month=37: .* 1 (and|to) 36"),
        ({"every": 0}, r"^late_every=0: "),
    ],
)
def test_ways_that_make_no_sense(given: dict[str, int], message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        ways(**given)


def test_the_answer_adds_up() -> None:
    late = ways()
    table = credit_tiers.answer(YOURS, late).table
    found = years(YOURS, np.stack(list(late.values())))
    np.testing.assert_allclose(table["in_all"], table["cost"] + table["penalty"])
    np.testing.assert_allclose(table["extra_cost"], table["in_all"] - table["in_all"].iloc[0])
    assert table["tier_at_end"].to_list() == [[*"ABCDE"][each] for each in found.tier[:, -1]]
    assert table["in_all"].to_list() == found.cost.tolist()


def test_the_headline_by_hand() -> None:
    """June 2027: 4,503.11 and 1,801.24 fall due, 5 days at 0.06 %: 13.51 and 5.40, to the fen."""
    late = ways()
    alone = credit_tiers.answer(ALONE, late).table["penalty"].iloc[1]
    assert alone == 13.51
    answer = credit_tiers.answer(YOURS, late)
    extra, penalty = (answer.table[name].iloc[1] for name in ("extra_cost", "penalty"))
    assert answer.headline.startswith(
        "If tiers work as assumed here, one payment 5 days late, on 2027-06-01, costs "
        f"¥{extra:,.0f} in all: ¥{penalty:.2f} of penalty, and ¥{extra - penalty:,.0f} because"
    )


BULLETS = Borrower(19_000, 7, "bullet", "2027-03-31", 34_000, 5, 27, 4, 0.0008, 1.2)


def test_nobody_is_late_where_nothing_falls_due() -> None:
    """Loans of seven months drawn in month 0, 5, 10 end in months 7, 12, 17: none in month 14."""
    late = credit_tiers.histories(2, 12, 14, 6)
    said = [credit_tiers.answer(BULLETS, late), credit_tiers.late.by_days(BULLETS, 14, 12, 24)]
    for answer in (*said, credit_tiers.late.depends(BULLETS, late)):
        assert answer.headline.startswith(
            "Nothing falls due on this line on 2028-05-31, so no payment is late then; "
            "due nearest to it: 2028-03-31, 2028-08-31."
        )
    counted = said[0].figures["counted_late"]
    assert counted.to_list() == [0, 0, 1, 0]
    assert cell("counted_late", 1) == "1"  # a count, no money
    assert said[1].figures.empty
    assert said_by_month(BULLETS, 12, 24).key.startswith("answer.credit_tiers.month_")
    assert says(
        "answer.credit_tiers.path_uncounted", credit_tiers.moves.tiers(BULLETS, late).get_title()
    )


def said_by_month(borrower: Borrower, days: int, months: int) -> Words:
    """Return the first sentence on the month in which a payment is late."""
    return told(credit_tiers.late.by_month(borrower, days, months))[0]


ONCE = replace(ALONE, method="bullet")


@pytest.mark.parametrize(
    ("borrower", "months", "keys", "most"),
    [
        (YOURS, 36, ["month_apart", "month_why"], None),
        (NO_SPREAD, 36, ["month_apart"], 24.33),  # most is due while three loans overlap
        (ALONE, 12, ["month_same"], 13.51),  # 5 days at 0.06 % on an instalment of 4,503.11
        (ONCE, 24, ["month_only"], 171.90),  # the same on 57,300, a year's interest in it
        (NO_COST, 36, ["month_none"], None),
        (replace(ALONE, months=60), 36, ["nothing_due"], None),
    ],
)
def test_sentences_on_the_month_of_a_late_payment(
    borrower: Borrower, months: int, keys: list[str], most: float | None
) -> None:
    said = told(credit_tiers.late.by_month(borrower, 5, months))
    assert [each.key.removeprefix("answer.credit_tiers.") for each in said] == keys
    if most is not None:
        assert most in said[0].fields.values()


def test_ways_to_pay_that_cost_the_same_are_not_drawn() -> None:
    alike, apart = (
        credit_tiers.ways_chart(credit_tiers.answer(each, ways())) for each in (NO_COST, NO_SPREAD)
    )
    assert isinstance(alike, Words)
    assert alike.key == "answer.credit_tiers.ways_alike"
    assert isinstance(apart, Axes)


def test_where_the_money_is_free_elsewhere_a_late_payment_can_save() -> None:
    assert said_by_month(FREE_ELSEWHERE, 5, 36).fields["least"] < 0


ANSWERS: list[tuple[str, Borrower, dict[str, Any]]] = [
    ("once_costs", YOURS, {}),
    ("once_penalty", NO_SPREAD, {}),
    ("once_penalty", ALONE, {}),
    ("once_saves", FREE_ELSEWHERE, {"days": 30}),
    ("once_zero", YOURS, {"days": 0}),
    ("once_no_due", replace(ALONE, months=3), {"month": 9}),
    ("once_grace", replace(ALONE, past_months=60, lenders=1, principal=10_000), {"days": 1}),
    ("year_worth", YOURS, {}),
    ("year_same", NO_COST, {}),
    ("year_loses", FREE_ELSEWHERE, {"days": 30}),
    ("year_none", YOURS, {"days": 0}),
    ("year_none", YOURS, {"every": 13}),
]


@pytest.mark.parametrize(("key", "borrower", "given"), ANSWERS)
@pytest.mark.usefixtures("lang")
def test_sentences(key: str, borrower: Borrower, given: dict[str, Any]) -> None:
    answer = credit_tiers.answer(borrower, ways(**given))
    assert says(f"answer.credit_tiers.{key}", answer.headline)
    assert says("answer.credit_tiers.note", repr(answer))


# ---- tier by tier --------------------------------------------------------------------------------


def test_the_same_loan_in_every_tier() -> None:
    table = credit_tiers.by_tier(YOURS).table
    loan = {"months": 12, "start": "2026-12-01"}
    for tier, rate in zip("ABC", (0.0002, 0.0003, 0.0004), strict=True):
        assert (
            table.loc[tier, "cost"] == jb.Loan(50_000, daily_rate=rate, **loan).summary().interest
        )
    parts = jb.Loan([30_000, 20_000], daily_rate=[0.0005, 0.00065], **loan).summary().interest
    assert table.loc["D", "cost"] == pytest.approx(parts.sum())
    assert table.loc["E", "elsewhere"] == 50_000  # not over 12 months
    assert table.loc["C", "change"] == 0


@pytest.mark.parametrize(
    ("key", "borrower"),
    [
        ("yours", YOURS),
        ("beside_less", YOURS),
        ("beside_more", YOURS),
        ("beside_nothing", replace(YOURS, months=18)),
        ("beside_less", replace(FREE_ELSEWHERE, principal=60_000)),
        ("yours_part", replace(YOURS, principal=500_000)),
        ("yours_elsewhere", replace(YOURS, months=18)),
        ("yours_nowhere", replace(YOURS, months=60)),
        ("above_public", replace(YOURS, principal=300_001)),
    ],
)
@pytest.mark.usefixtures("lang")
def test_sentences_on_tiers(key: str, borrower: Borrower) -> None:
    assert says(f"answer.credit_tiers.{key}", credit_tiers.by_tier(borrower).headline)


def test_what_your_tier_does_not_lend_is_said() -> None:
    said = credit_tiers.by_tier(replace(YOURS, principal=500_000)).headline
    assert "Your tier lends ¥60,000 of it; the other ¥440,000 is taken to come" in said
    usual = credit_tiers.by_tier(YOURS).headline
    assert not any(
        says(f"answer.credit_tiers.{key}", usual) for key in ("yours_part", "above_public")
    )
    most = credit_tiers.by_tier(replace(YOURS, principal=300_000)).headline
    assert not says("answer.credit_tiers.above_public", most)


@pytest.mark.usefixtures("lang")
def test_the_best_tier_has_none_above_it() -> None:
    best = credit_tiers.by_tier(replace(YOURS, past_months=120)).headline
    assert not says("answer.credit_tiers.beside_less", best)
    assert says("answer.credit_tiers.beside_more", best)


# ---- what moves it -------------------------------------------------------------------------------


def test_the_parts_are_those_of_the_score() -> None:
    late = ways()
    table = credit_tiers.moves.answer(YOURS, late).table
    found = years(YOURS, np.stack(list(late.values())[:2])).score
    ends = table.iloc[-1, 1:].astype(float)
    assert ends.to_list() == [round(each, 1) for each in (60.5, found[0, 12], found[1, 12])]
    points = [float(each.replace("−", "-")) for each in table["first_day"].iloc[:-1]]
    assert sum(points) == pytest.approx(60.5)


MOVES: list[tuple[str, Borrower, dict[str, Any]]] = [
    ("score_rises", YOURS, {}),
    ("score_falls", replace(ALONE, past_months=60, method="interest_only", principal=150_000), {}),
    ("score_same", replace(YOURS, past_months=60, principal=10_000, again_amount=0), {}),
    ("late_takes", YOURS, {}),
    ("late_after", YOURS, {"month": 14}),
    ("score_apart", YOURS, {}),
    ("score_uncounted", YOURS, {"days": 0}),
    ("score_none", replace(YOURS, months=60), {}),
]


@pytest.mark.parametrize(("key", "borrower", "given"), MOVES)
@pytest.mark.usefixtures("lang")
def test_sentences_on_moves(key: str, borrower: Borrower, given: dict[str, Any]) -> None:
    answer = credit_tiers.moves.answer(borrower, ways(**given))
    assert says(f"answer.credit_tiers.{key}", answer.headline)
    assert not says("answer.credit_tiers.late_takes_nothing", answer.headline)


@pytest.mark.usefixtures("lang")
def test_no_days_late_are_no_late_payment() -> None:
    """The sentence says so, and nothing else speaks of a late payment."""
    late = ways(days=0)
    said = credit_tiers.answer(YOURS, late).headline
    assert "late_by_days" in said
    assert not says("answer.credit_tiers.once_no_due", said)
    assert says("answer.credit_tiers.once_zero", credit_tiers.late.depends(YOURS, late).headline)
    moves = credit_tiers.moves.answer(YOURS, late).headline
    assert says("answer.credit_tiers.score_rises", moves)
    assert not says("answer.credit_tiers.late_takes_nothing", moves)


def test_the_frames_hold_the_years() -> None:
    late = ways()
    frames = credit_tiers.moves.frames(YOURS, late)
    assert list(frames) == list(late)
    for frame in frames.values():
        assert (frame["to_draw"] + frame["elsewhere"])[::4].to_list() == [50_000] + [20_000] * 9
        assert (frame["owed"] <= frame["limit"]).all() or (frame["limit"].diff() < 0).any()


# ---- one late payment ----------------------------------------------------------------------------


def test_how_late_and_when_agree_with_the_answer() -> None:
    extra = credit_tiers.answer(YOURS, ways()).table["extra_cost"].iloc[1]
    by_days = credit_tiers.late.by_days(YOURS, 6, 5, 36).table
    assert by_days["extra_cost"].iloc[2] == extra
    assert credit_tiers.late.depends(YOURS, ways()).table["extra_cost"].iloc[0] == extra
    costs = [
        credit_tiers.answer(YOURS, ways(1, month=each)).table["extra_cost"].iloc[1]
        for each in range(1, 13)
    ]
    said = said_by_month(YOURS, 5, 12).fields
    assert (said["least"], said["most"]) == (min(costs), max(costs))
    dearest = costs.index(max(costs)) + 1
    assert said["month"] == YOURS.due_day(dearest).astype("M8[D]")
    np.testing.assert_allclose(
        by_days["extra_cost"], by_days["penalty"] + by_days["dearer"], atol=0.006
    )


def test_more_days_late_cost_no_less() -> None:
    table = credit_tiers.late.by_days(YOURS, 6, 5, 36).table
    assert table["penalty"].is_monotonic_increasing
    assert table["extra_cost"].is_monotonic_increasing
    assert table["lowest_score"].astype(float).is_monotonic_decreasing


def test_without_a_spread_between_tiers_only_the_penalty_is_left() -> None:
    table = credit_tiers.late.depends(YOURS, ways()).table
    penalty = credit_tiers.answer(YOURS, ways()).table["penalty"].iloc[1]
    assert table.loc[say("answer.credit_tiers.case_rates"), "extra_cost"] == pytest.approx(penalty)


DAYS: list[tuple[str, Callable[[], Any]]] = [
    ("days_from", lambda: credit_tiers.late.by_days(YOURS, 6, 5, 36)),
    ("days_longest", lambda: credit_tiers.late.by_days(replace(YOURS, lenders=1), 2, 5, 24)),
    ("days_longest_to", lambda: credit_tiers.late.by_days(YOURS, 6, 5, 36)),
    ("days_never", lambda: credit_tiers.late.by_days(NO_SPREAD, 6, 5, 36)),
    ("depends_apart", lambda: credit_tiers.late.depends(YOURS, ways())),
    ("depends_nothing", lambda: credit_tiers.late.depends(NO_COST, ways())),
    ("depends_note", lambda: credit_tiers.late.depends(ALONE, ways(years_ahead=1))),
]


@pytest.mark.parametrize(
    ("borrower", "left_out"),
    [
        (YOURS, ""),
        (ALONE, "never_again half every_month every"),
        (replace(YOURS, again_every=1), "every_month"),
        (replace(YOURS, again_every=12), "every"),
        (replace(YOURS, past_months=24), "past"),
        (replace(YOURS, lenders=1), "lenders"),
    ],
)
def test_only_what_can_change_is_changed(borrower: Borrower, left_out: str) -> None:
    """Six months with two lenders behind, four between two loans: all can be otherwise."""
    names = ["past", "past", "lenders", "lenders", "never_again", "half"]
    names += ["every_month", "every", "limits", "rates"]
    for each in left_out.split():
        names.remove(each)
    found = credit_tiers.late._changes(borrower)
    assert [each.key for each in found] == [f"answer.credit_tiers.case_{each}" for each in names]
    assert all(each != borrower for each in found.values())


@pytest.mark.parametrize(("key", "ask"), DAYS)
@pytest.mark.usefixtures("lang")
def test_sentences_on_one_late_payment(key: str, ask: Callable[[], Any]) -> None:
    assert says(f"answer.credit_tiers.{key}", repr(ask()))


def test_the_days_late_that_are_worst_are_all_as_bad() -> None:
    """Not from there on: later ones may be less bad, such as where two bills are paid together."""
    found = credit_tiers.late.by_days(YOURS, 1, 5, 24)
    worst = next(each.fields for each in told(found.said) if each.key.endswith("longest_to"))
    by_day = {
        days: credit_tiers.late.by_days(YOURS, 1, days, 24).figures["worse_months"]
        for days in (worst["days"] - 1, worst["days"], worst["last"], worst["last"] + 1)
    }
    yours = "answer.credit_tiers.days_yours"
    months = [each[Words(yours, n=days)].fields["n"] for days, each in by_day.items()]
    assert months[1] == months[2] == worst["months"] > max(months[0], months[3])


# ---- the line ------------------------------------------------------------------------------------


def asked(borrower: Borrower = YOURS, **change: Any) -> Any:
    given: dict[str, Any] = {
        "months": 36,
        "restore_days": 30,
        "restore_chance": 0.9,
        "cut_on": "2027-07-15",
        "cut_to": 30_000,
    }
    return credit_tiers.line.answer(borrower, **(given | change))


def test_the_line_by_hand() -> None:
    """After four instalments 34,125.01 of 50,000 is owed: 25,874.99 of 60,000 can be drawn."""
    table = asked().table
    assert table["available"].iloc[:2].to_list() == [60_000, 25_874.99]
    april = table.iloc[1]
    assert april["if_late"] == 21_845.00  # the instalment of that day comes back in May
    assert april["if_cut"] == april["available"]
    assert table["if_cut"].iloc[2] == round(table["available"].iloc[2] - 30_000, 2)


def test_luck_is_certain_at_its_ends() -> None:
    always, never = (asked(restore_chance=each).table for each in (1.0, 0.0))
    assert set(always["if_luck"]) == {"100%"}
    assert never["if_luck"].iloc[1] == "0%"


LINES: list[tuple[str, Callable[[], Any]]] = [
    ("usual", asked),
    ("usual_one", lambda: asked(ALONE)),
    ("late_fits", asked),
    ("late_short", lambda: asked(restore_days=365)),
    ("cut_fits", lambda: asked(cut_to=150_000)),
    ("cut_short", asked),
    ("cut_short", lambda: asked(cut_on="2026-01-01", cut_to=0)),
    ("luck", asked),
    ("none", lambda: asked(replace(YOURS, months=60))),
    ("elsewhere", lambda: asked(replace(YOURS, months=60))),
    ("elsewhere", lambda: asked(replace(YOURS, principal=500_000))),
]


def test_what_is_available_is_a_range() -> None:
    assert "before each of them ¥25,875 to ¥129,678 is available" in asked().headline
    assert "before it ¥60,000 is available" in asked(ALONE).headline
    jb.use("zh")  # one unit, not 万元 for one of the two only
    assert "可用¥25,875到¥129,678" in asked().headline


def test_what_is_short_is_the_amount_less_what_is_available() -> None:
    """Below zero, what is over must be repaid first: it is short too."""
    answer = asked()
    august = answer.table.iloc[2]
    assert august["if_cut"] == -1_127.47
    assert "the first that does not fit is that of 2027-08-01 (¥21,127 short)" in answer.headline
    assert not says("answer.credit_tiers.line_elsewhere", answer.headline)


@pytest.mark.parametrize(("key", "ask"), LINES)
@pytest.mark.usefixtures("lang")
def test_sentences_on_the_line(key: str, ask: Callable[[], Any]) -> None:
    assert says(f"answer.credit_tiers.line_{key}", ask().headline)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"restore_days": -1}, r"^delay_days=-1: "),
        ({"restore_chance": 2.0}, r"^restore_chance=2: "),
        ({"cut_to": -1}, r"^limit_cut_to=-1: "),
    ],
)
def test_what_if_that_makes_no_sense(change: dict[str, Any], message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        asked(**change)


def test_the_first_drawdown_is_measured_by_the_limit() -> None:
    """Nothing is owed yet, so there is nothing to repay first."""
    with pytest.raises(JiebeiError, match=r"^¥60,000\.01 drawn on 2026-12-01: the limit is ¥60,0"):
        available(YOURS.contract(60_000.01, 0.0004, 0), 60_000)
    jb.use("zh")
    with pytest.raises(
        JiebeiError, match=r"^2026年12月1日借¥60,000\.01：当天额度只有¥60,000\.00；"
    ):
        available(YOURS.contract(60_000.01, 0.0004, 0), 60_000)


def test_everything_is_all_that_is_needed() -> None:
    plan = credit_tiers.everything(replace(YOURS, principal=80_000), 36)
    assert plan.summary().drawn == 80_000 + 9 * 20_000
    late = ways()
    cost = credit_tiers.answer(YOURS, late).table["in_all"].iloc[0]
    assert credit_tiers.everything(YOURS, 36).summary().interest == pytest.approx(cost)


# ---- the charts ----------------------------------------------------------------------------------

CHARTS: list[tuple[str, Callable[[], Axes]]] = [
    ("path_worse", lambda: credit_tiers.moves.tiers(YOURS, ways())),
    ("path_same", lambda: credit_tiers.moves.tiers(NO_SPREAD, ways())),
    ("ways_worth", lambda: credit_tiers.ways_chart(credit_tiers.answer(YOURS, ways()))),
    ("path_uncounted", lambda: credit_tiers.moves.tiers(YOURS, ways(days=0))),
    ("line_title", lambda: credit_tiers.line.chart(YOURS, 36)),
    ("line_title_first", lambda: credit_tiers.line.chart(BULLETS, 24)),
    ("path_none", lambda: credit_tiers.moves.tiers(replace(YOURS, months=60), ways())),
    ("line_title_over", lambda: credit_tiers.line.chart(replace(YOURS, principal=8_000_000), 36)),
]


@pytest.mark.parametrize(("key", "draw"), CHARTS)
@pytest.mark.usefixtures("lang")
def test_titles(key: str, draw: Callable[[], Axes]) -> None:
    axes = draw()
    assert says(f"answer.credit_tiers.{key}", axes.get_title())
    assert_texts_apart(axes.figure)


def test_the_title_splits_what_one_late_payment_costs() -> None:
    """The two parts are those of the answer, and come to the whole."""
    found = credit_tiers.answer(YOURS, ways())
    row = found.figures.iloc[1]
    dearer = headline_yuan(row["extra_cost"] - row["penalty"])
    title = credit_tiers.ways_chart(found).get_title()
    assert f"of penalty, {dearer} because later loans are dearer" in title
    found.figures["penalty"] = found.figures["extra_cost"]
    assert "all of it penalty" in credit_tiers.ways_chart(found).get_title()


@pytest.mark.parametrize(
    ("borrower", "tiers"),
    [
        (YOURS, "BCD"),
        (replace(YOURS, months=24), "AC"),  # over 24 months A alone lends
        (replace(YOURS, months=60), ""),
        (NO_SPREAD, ""),
    ],
)
def test_the_first_picture_has_the_tiers_that_change_something(
    lang: str, borrower: Borrower, tiers: str
) -> None:
    ax = credit_tiers.first_chart(credit_tiers.answer(borrower, ways()), borrower)
    if borrower.months == 60:
        assert isinstance(ax, Words)
        return
    assert isinstance(ax, Axes)
    assert_texts_apart(ax.figure)
    assert len(ax.figure.axes) == (2 if tiers else 1)
    assert says("answer.credit_tiers.near_title", ax.get_title()) == bool(tiers)
    sums = credit_tiers.by_tier(borrower).figures
    for tier in tiers:
        changed = abs(sums["change"][tier])
        told = {headline_yuan(changed), f"¥{changed:,.2f}"}  # as its labels: whole, or to the fen
        assert changed == 0 or any(each in ax.get_title() for each in told)


@pytest.mark.usefixtures("lang")
def test_the_first_picture_says_in_which_tier_each_way_ends() -> None:
    found = credit_tiers.answer(YOURS, ways())
    texts = [text.get_text() for text in credit_tiers.ways_chart(found).texts]
    for name, tier in found.figures["tier_at_end"].items():
        told = str(Words("answer.credit_tiers.ends_at", name=name, tier=tier))
        assert told.split(",")[0].split("，")[0] in " ".join(texts)
        assert any(each.rstrip("级").endswith(tier) for each in texts)


@pytest.mark.parametrize(
    ("extra", "penalty", "key"),
    [
        ([0, 800, 900, 500], 20, "worth"),
        ([0, 800, 500, 500], 20, "cost"),
        ([0, 800, 0, 0], 20, "once"),
        ([0, 800, 0, 0], 800, "once_penalty"),
        ([0, 0, 900, 500], 0, None),
    ],
)
def test_the_title_tells_what_costs_anything(
    extra: list[float], penalty: float, key: str | None
) -> None:
    table = pd.DataFrame({"extra_cost": extra, "penalty": [0, penalty, 0, 0]})
    title = credit_tiers.pictures._ways_title(table)
    assert (title and title.key.rpartition(".")[2]) == (key and f"ways_{key}")


@pytest.mark.usefixtures("lang")
def test_the_chart_of_tiers_starts_from_yours() -> None:
    axes = credit_tiers.tier_chart(YOURS)
    assert_texts_apart(axes.figure)
    assert "0.040%" in axes.get_title()


def test_the_chart_of_the_line_holds_the_identity() -> None:
    limit, drawn = (
        np.asarray(line.get_ydata(), float) for line in credit_tiers.line.chart(YOURS, 36).lines[:2]
    )
    free = credit_tiers.by_date(YOURS, 36)["available"]
    np.testing.assert_allclose(drawn + free, limit)
    plan, limits = on_time(YOURS, 36)
    pd.testing.assert_frame_equal(
        credit_tiers.by_date(YOURS, 36), available(plan, 0, changes=limits)
    )


@pytest.mark.parametrize("again", [20_000, 60_000])
def test_the_grey_of_the_line_is_what_can_be_drawn(again: int) -> None:
    """Day by day, also on the days before nothing is free any more; none above the limit."""
    borrower = replace(YOURS, again_amount=again)
    (outline,) = credit_tiers.line.chart(borrower, 36).collections[0].get_paths()
    x, y = outline.vertices.T
    table = credit_tiers.by_date(borrower, 36)
    free = np.clip(table["limit"] - table["drawn"], 0, None).to_numpy()[:-1]
    area = abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2
    assert area == pytest.approx(free @ (np.diff(table["date"]) / np.timedelta64(1, "D")))


def test_a_loan_longer_than_the_tier_lends_is_not_taken_for_the_one_that_is_late() -> None:
    terms = (36_000, 18, "equal_principal", "2026-09-08", 20_000, 4, 6, 2, 0.00065)
    long, short = (Borrower(terms[0], months, *terms[2:]) for months in (18, 12))
    late = credit_tiers.histories(3, 5, 23, 4)
    # The tier lends so long from 2028-04-08 on; 20,000 are needed again every 4 months.
    said = "the loan of 2028-05-08 is the first that they lend"
    assert said in credit_tiers.answer(long, late).headline
    assert "the first that" not in credit_tiers.answer(short, late).headline


def test_the_bill_that_is_late_with_the_late_one_is_named() -> None:
    """The payment due on 2027-06-01 comes 40 days late, on 2027-07-11: that of 07-01 waits too."""
    late = credit_tiers.histories(3, 40, 6, 12)
    once = credit_tiers.answer(YOURS, late).headline
    assert "on 2027-06-01, and with it what falls due before you pay (2027-07-01), costs" in once
