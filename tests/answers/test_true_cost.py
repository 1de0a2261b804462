"""The true cost: the figures against formulas, every sentence, and the published examples."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import true_cost
from jiebei.answers.shared import quotes
from jiebei.answers.true_cost import lines
from jiebei.language.chosen import speaking
from jiebei.language.errors import JiebeiError
from jiebei.language.figures import daily_words
from jiebei.language.shown import spoken
from jiebei.language.words import say
from jiebei.life.rules import conventions
from jiebei.life.rules.facts import usual_rates
from jiebei.notebook.answer import Answer
from tests.helpers.example import loan
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart

TODAY = "2026-12-01"
EXAMPLES = jb.facts("published_examples")


def ways(fee: float = 500.0, days: int = 30, **changes: Any) -> dict[str, jb.Loan]:
    bare = loan(**changes)
    return {
        say("strategy.as_agreed"): bare,
        say("strategy.with_fee"): replace(bare, drawdown_fee=fee),
        say("strategy.with_coupon"): bare.coupon(days),
    }


# ---- figures -------------------------------------------------------------------------------------


def test_the_ladder_by_hand() -> None:
    rates = true_cost.answer(loan(method="bullet"), TODAY).table["rate"].to_list()
    # 50,000 x 1.146 after 365 days: 12 x (1.146 ** (1 / 12) - 1) is 13.705 % and a little
    assert rates == ["0.040%", "14.60%", "14.40%", "13.71%", "14.60%"]


@pytest.mark.parametrize("method", ["equal_instalment", "interest_only", "equal_principal"])
def test_the_monthly_rate_of_months_of_30_days_is_30_daily_rates(method: str) -> None:
    thirty = loan(principal=5_000_000, method=method, day_count="thirty")
    assert true_cost.monthly_rate(thirty) == pytest.approx(0.012, abs=1e-8)


def test_effective_and_penalty_rates_of_the_facts() -> None:
    """Monthly compounding of 365/12 days is within a hundredth of a point of the real days."""
    table = lines.late(loan(principal=1_000_000), TODAY).table
    daily = np.array(lines.SHOWN_RATES)
    compounded = (1 + daily * 365 / 12) ** 12 - 1
    assert np.allclose(table["effective_rate"], compounded, atol=1e-4)
    assert table["annual_rate"].to_list() == pytest.approx(daily * 365)
    expected = ["8.21%", "10.95%", "16.43%", "21.90%", "24.64%", "27.38%", "32.85%"]
    assert table["penalty_rate"].to_list() == expected


def test_where_the_rates_pass_24_percent() -> None:
    assert lines.crossing(loan(), 0.24) == pytest.approx(0.24 / 365, abs=1e-8)
    text = lines.late(loan(), TODAY).headline
    assert "0.0439%" in text  # 24 % / 1.5 / 365, which is 0.04384: at 0.0438 it is not passed yet
    assert "0.0658%" in text  # 24 % / 365: simple, as courts count


def test_the_line_of_the_courts_is_for_the_simple_rate() -> None:
    """50,000 for five years at 0.1 % a day cost 91,300; 24 % a year allow 60,000."""
    dear = loan(method="bullet", months=60, daily_rate=0.001)
    assert dear.summary().effective_rate < 0.24
    headline = true_cost.answer(dear, TODAY).headline
    assert "36.50% a year: against their 24% line that is 12.50 points above" in headline
    assert "costs 23.08%" in headline
    assert lines.rates(dear, TODAY).get_title() == (
        "Really 23.08% a year at your 0.100% a day; the loan (36.50%) passes 24%, "
        "and so does its penalty (54.75%)"
    )
    assert lines.late(dear, TODAY).table["over"].iloc[-1] == say("answer.true_cost.over_both")
    ordinary = true_cost.answer(loan(), TODAY).headline
    assert "14.60% a year: against their 24% line that is 9.40 points below" in ordinary
    assert "costs 15.62%" in ordinary


@pytest.mark.parametrize(
    ("daily", "key"),
    [(0.0, "neither"), (0.0004, "neither"), (0.0006, "penalty"), (0.0007, "both")],
)
@pytest.mark.usefixtures("lang")
def test_the_chart_of_rates_speaks_of_the_reader(daily: float, key: str) -> None:
    ax = lines.rates(loan(daily_rate=daily), TODAY)
    assert says(f"answer.true_cost.rates_{key}", ax.get_title())
    yours = say("answer.true_cost.yours", daily=daily_words(daily))
    assert yours in [each.get_text() for each in ax.texts]
    assert [each.get_xdata()[0] for each in ax.lines if each.get_linestyle() == ":"] == [daily]
    assert_texts_apart(ax.figure)


def test_a_fee_counts_on_the_principal_owed() -> None:
    """12,000 in one sum after 31 days: 148.80 of interest and 120 on 372,000 yuan x days."""
    drawn = true_cost.extras.by_term(
        loan(principal=12_000, method="bullet", drawdown_fee=120.0), TODAY
    )
    laden = drawn.lines[1].get_ydata()
    assert laden[0] == pytest.approx(268.80 * 365 / 372_000)  # 26.37 %
    assert says("answer.true_cost.term_some", drawn.get_title())
    assert "a term of 1 month" in drawn.get_title()


def test_the_crossing_is_where_the_rate_passes() -> None:
    for changes in ({"method": "bullet", "months": 60}, {"months": 3}, {"method": "interest_only"}):
        any_loan = loan(principal=100_000, **changes)
        rate = lines.crossing(any_loan, 0.24)
        below, above = lines.simple(any_loan, np.array([rate - 1e-7, rate + 1e-7]))
        assert below < 0.24 < above


def test_the_flat_rate_is_about_half() -> None:
    # 0.0004 / 365; 4,037.33 / 50,000; 0.0004 x 365
    rates = true_cost.misreadings(loan()).table["rate"].to_list()
    assert rates == ["0.00011%", "8.07%", "14.60%", "15.62%"]


def test_a_loan_repaid_at_once_has_a_flat_rate_that_is_right() -> None:
    """0.065 % x 365 is 23.725 %, shown as 23.73 %: 0.27 below 24 and 11.73 above 12."""
    once = loan(principal=3_000, daily_rate=0.00065, months=3, method="bullet")
    answer = true_cost.misreadings(once)
    assert answer.table["verdict"].iloc[1] == say("answer.true_cost.right_flat")
    assert answer.table["rate"].iloc[1] == "23.73%"
    headline = true_cost.answer(once, TODAY).headline
    assert "0.27 points below" in headline
    assert "11.73 points above" in headline
    verdict = true_cost.misreadings(loan()).table["verdict"].iloc[1]
    assert verdict == say("answer.true_cost.wrong_flat")


def test_a_fee_by_hand() -> None:
    """A month of 31 days with a fee of 500: 50,620 for 49,500."""
    table = true_cost.extras.extras(ways(months=1)).table
    assert table["effective_rate"].iloc[1] == pytest.approx((50_620 / 49_500) ** (365 / 31) - 1)


def test_rates_are_put_into_words() -> None:
    assert [daily_words(each) for each in (0.0, 0.00045, 0.0004567)] == [
        "0.000%",
        "0.045%",
        "0.04567%",
    ]
    assert str(quotes.points(0.1424, 0.1366)) == "0.58 points"
    assert [quotes.side(each, 0.24) for each in (0.23, 0.240049, 0.25)] == ["below", "at", "above"]


def test_the_lines_are_those_of_the_day() -> None:
    assert true_cost.lines_on("2020-08-20").four_lpr == pytest.approx(0.154)
    assert true_cost.lines_on(TODAY).four_lpr == pytest.approx(0.12)
    with pytest.raises(JiebeiError, match="the first rate in data/lpr"):
        true_cost.lines_on("2019-08-19")


# ---- sentences -----------------------------------------------------------------------------------

SENTENCES: list[tuple[str, Callable[[], Answer]]] = [
    ("really_more", lambda: true_cost.answer(loan(), TODAY)),
    ("really_same", lambda: true_cost.answer(loan(method="bullet"), TODAY)),
    ("really_less", lambda: true_cost.answer(loan(method="bullet", months=24), TODAY)),
    ("against", lambda: true_cost.answer(loan(), TODAY)),
    ("above", lambda: true_cost.answer(loan(), TODAY)),
    ("below", lambda: true_cost.answer(loan(), TODAY)),
    ("at", lambda: true_cost.answer(loan(method="bullet", daily_rate=0.12 / 365), TODAY)),
    ("note", lambda: true_cost.answer(loan(), TODAY)),
    ("lpr_known", lambda: true_cost.answer(loan(), TODAY)),
    ("lpr_ends", lambda: true_cost.answer(loan(), TODAY)),
    ("flat_half", lambda: true_cost.misreadings(loan())),
    ("flat_same", lambda: true_cost.misreadings(loan(method="interest_only"))),
    ("flat_zero", lambda: true_cost.misreadings(loan(daily_rate=0.0))),
    ("late_below", lambda: lines.late(loan(), TODAY)),
    ("late_above", lambda: lines.late(loan(daily_rate=0.0005), TODAY)),
    ("late_at", lambda: lines.late(loan(daily_rate=0.16 / 365), TODAY)),
    ("passes", lambda: lines.late(loan(), TODAY)),
    ("over_neither", lambda: lines.late(loan(), TODAY)),
    ("over_penalty", lambda: lines.late(loan(), TODAY)),
    ("over_both", lambda: lines.late(loan(daily_rate=0.001), TODAY)),
    ("extras_base", lambda: true_cost.extras.extras(ways())),
    ("makes_more", lambda: true_cost.extras.extras(ways())),
    ("makes_less", lambda: true_cost.extras.extras(ways())),
    ("makes_same", lambda: true_cost.extras.extras(ways(fee=0.0))),
    ("makes_none", lambda: true_cost.extras.extras(ways(fee=50_000.0))),
    ("depends_more", lambda: true_cost.extras.depends(loan(), 500.0)),
    ("depends_less", lambda: true_cost.extras.depends(loan(daily_rate=0.005, months=3), 0.0)),
]


@pytest.mark.parametrize(("key", "ask"), SENTENCES, ids=[key for key, _ in SENTENCES])
@pytest.mark.usefixtures("lang")
def test_sentences(key: str, ask: Callable[[], Answer]) -> None:
    assert says(f"answer.true_cost.{key}", repr(ask()))


@pytest.mark.usefixtures("lang")
def test_nothing_is_said_of_a_later_lpr_where_none_is_due() -> None:
    assert not says("answer.true_cost.lpr_ends", repr(true_cost.answer(loan(), "2025-06-01")))


TITLES: list[tuple[str, Callable[[], Axes]]] = [
    ("lpr_above", lambda: lines.lpr(loan(), TODAY)),
    ("lpr_below", lambda: lines.lpr(loan(daily_rate=0.0002), TODAY)),
    ("lpr_at", lambda: lines.lpr(loan(method="bullet", daily_rate=0.12 / 365), TODAY)),
    ("lpr_moved", lambda: lines.lpr(loan(), TODAY)),
    ("lpr_still", lambda: lines.lpr(loan(), "2020-09-30")),
    ("lpr_still", lambda: lines.lpr(loan(), "2019-08-20")),
    ("term_some", lambda: by_term(500.0)),
    ("term_never", lambda: by_term(10.0)),
    ("term_all", lambda: by_term(30_000.0)),
    ("term_all", lambda: by_term(50_000.0)),
    ("term_zero", lambda: by_term(0.0)),
]


def by_term(fee: float) -> Axes:
    return true_cost.extras.by_term(loan(drawdown_fee=fee), TODAY)


@pytest.mark.parametrize(("key", "draw"), TITLES)
@pytest.mark.usefixtures("lang")
def test_titles(key: str, draw: Callable[[], Axes]) -> None:
    assert says(f"answer.true_cost.{key}", draw().get_title())


def test_the_lpr_is_drawn_as_far_as_it_is_known() -> None:
    drawn = {line.get_linestyle(): line for line in lines.lpr(loan(), TODAY).lines[:4]}
    last = [each.get_xdata()[-1] for each in drawn.values()]
    assert {np.datetime64(each, "D") for each in last} == {np.datetime64("2026-08-20")}
    confirmed, weak = lines.lpr(loan(), TODAY).lines[1], lines.lpr(loan(), TODAY).lines[3]
    table = jb.facts("lpr").set_index("date")
    # The last one holds until the next, where the weaker figures go on.
    assert np.isfinite(np.asarray(confirmed.get_ydata(), float)).sum() == 1 + sum(
        (table.index >= "2020-08-20") & (table["confidence"] == "confirmed")
    )
    assert weak.get_linestyle() == "--"
    assert np.isfinite(np.asarray(weak.get_ydata(), float)).sum() == 1 + sum(
        table["confidence"] != "confirmed"
    )


# ---- the internet's numbers ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked() -> pd.DataFrame:
    return true_cost.published.check(EXAMPLES)


def test_the_wrong_figures_are_those_of_the_table(checked: pd.DataFrame) -> None:
    assert ((checked["convention"] == "") == (EXAMPLES["verdict"] == "wrong")).all()


def test_the_figures_agree_with_those_computed_for_the_table(checked: pd.DataFrame) -> None:
    assert np.allclose(checked["recomputed"], EXAMPLES["computed"], rtol=1e-4, atol=0.0051)


def test_a_page_is_held_to_one_convention_where_one_fits(checked: pd.DataFrame) -> None:
    by_page = checked[checked["convention"] != ""].groupby("id")["convention"].unique()
    assert list(by_page["sp04"]) == ["year_360"]
    assert list(by_page["jb01"]) == ["both_ends"]
    assert list(by_page["sp07"]) == ["tenth"]


def test_plain_mistakes_are_named(checked: pd.DataFrame) -> None:
    named = checked[~checked["mistake"].isin(["", "unknown"])]
    found = dict(zip(named["id"] + " " + named["figure"], named["mistake"], strict=True))
    assert found == {
        "bad01 interest": "times_100",
        "bad02 interest": "digits",
        "bad05 instalment": "times_10",
        "sp11 left to pay after 12 months": "last_loan",
    }


@pytest.mark.usefixtures("lang")
def test_the_verdict_on_the_internet(checked: pd.DataFrame) -> None:
    answer = true_cost.published.answer(checked)
    assert says("answer.true_cost.published_some_wrong", answer.headline)
    wrong = (EXAMPLES["verdict"] == "wrong").sum()
    assert len(answer.table) == wrong
    assert f"{len(EXAMPLES) - wrong}" in answer.headline
    assert "bad01" in answer.headline
    right = true_cost.published.answer(checked[checked["convention"] != ""])
    assert says("answer.true_cost.published_all_right", right.headline)
    assert right.table.empty
    groups = true_cost.published.by_convention(checked)
    assert says("answer.true_cost.published_conventions", groups.headline)
    assert sum(map(int, groups.table["figures"])) == len(EXAMPLES) - wrong


@pytest.mark.usefixtures("lang")
def test_every_convention_has_a_name() -> None:
    names = {name for row in EXAMPLES.itertuples() for name, _ in conventions.tries(row)}
    for name in names - {conventions.FORGOTTEN}:
        assert say(f"answer.true_cost.published_by_{name}")


def test_a_figure_that_the_words_lack_stays_as_it_is() -> None:
    for name in ("a new figure", "a new figure 2"):
        assert true_cost.published._figure(name) == name
    assert str(true_cost.published._figure("interest 12")) == "interest, no. 12"


def test_all_figures_are_taken_home_in_words() -> None:
    with speaking("zh"):
        sheet = spoken(true_cost.published.sheet(true_cost.published.check(EXAMPLES)))
    texts = sheet.drop(columns="example").to_numpy().ravel()
    assert not [each for each in texts if re.search("[A-Za-z]", each.replace("IRR", ""))]
    assert sheet.iloc[1].tolist()[1:4] == ["计息天数", "10天", "10天"]


# A loan for days ---------------------------------------------------------------------------


def test_a_week_costs_seven_days_and_the_same_day_one():
    """By hand: 5,000 x 0.05 % = 2.50 a day; late 5,017.50 x 0.075 % = 3.76."""
    week = jb.Loan(5_000, daily_rate=0.0005, days=7, start="2027-01-28")
    found = true_cost.for_days(week, 3, 1.0)
    row = found.figures.iloc[2]
    assert (row["interest"], row["with_coupon"], row["late_one_day"]) == (17.50, 10.0, 3.76)
    assert found.headline == (
        "¥5,000 for 7 days cost ¥17.50, at 0.050% a day, all repaid at the end. "
        "Given back on the very day it is drawn, it is one day all the same: ¥2.50. "
        "With the coupon for the first 3 days it is ¥10, ¥7.50 less. "
        "Paid one day late, a penalty of ¥3.76 comes on top."
    )


def test_a_loan_over_months_is_told_for_a_week():
    year = jb.Loan(5_000, daily_rate=0.0005, months=12, start="2027-01-28")
    assert year.settle(on=7).summary().interest == 17.50  # settled then, it costs the same
    headline = true_cost.for_days(year, 7, 1.0).headline
    assert "for 7 days cost ¥17.50" in headline
    assert "With the coupon for the first 7 days it is nothing." in headline


def test_at_a_rate_of_zero_days_cost_nothing():
    free = jb.Loan(5_000, daily_rate=0.0, days=3, start="2027-01-28")
    assert true_cost.for_days(free, 0, 1.0).headline == "At a rate of zero 3 days cost nothing."


def test_days_have_no_reading_by_months_and_no_method_to_change():
    week = jb.Loan(5_000, daily_rate=0.0005, days=7, start="2027-01-28")
    readings = [str(each) for each in true_cost.answer(week, "2027-01-28").figures.index]
    assert len(readings) == 4
    assert not any("month" in each for each in readings)
    cases = [str(each) for each in true_cost.extras.depends(week, 0.0).figures.index]
    assert ("3 days" in cases, "14 days" in cases) == (True, True)
    assert not any("instalment" in each for each in cases)


def test_a_line_is_not_named_before_it_came(lang: str) -> None:
    loan = jb.Loan(8_000, daily_rate=0.00065, months=6, start="2026-09-15")
    for day, known in (("2020-06-01", False), ("2020-08-20", True)):
        said = str(true_cost.answer(loan, day).said)
        assert ("15.40%" in said) == known


@pytest.mark.parametrize("daily", [0.00005, 0.0004, 0.002])
def test_the_chart_of_rates_has_the_usual_ones_and_the_readers(daily: float) -> None:
    x = lines.rates(loan(daily_rate=daily), TODAY).lines[0].get_xdata()
    lowest, highest = usual_rates()
    assert (x[0], x[-1]) == (min(lowest, daily), max(highest, daily))


def test_half_a_hundredth_of_a_point_is_rounded_as_everywhere() -> None:
    """1.5 x 0.01 % x 365 are 5.475 %."""
    found = lines.late(loan(daily_rate=0.0001), TODAY)
    assert "5.48%" in found.headline
    assert found.figures["penalty_rate"].iloc[0] == "5.48%"


@pytest.mark.parametrize(
    ("days", "off", "match"), [(-1, 1.0, "coupon_days=-1"), (3, 2.0, "coupon_off=2")]
)
def test_a_coupon_that_cannot_be_is_refused_by_its_name(days: int, off: float, match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        true_cost.for_days(jb.Loan(5_000, daily_rate=0.0005, days=7, start=TODAY), days, off)
