"""Extending: the figures by hand and by other roads, and every sentence reached."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import extend
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, apart, say
from jiebei.notebook.so_far import so_far
from tests.helpers.example import loan
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.said import by_key, says

ON = "2027-06-01"


pytestmark = pytest.mark.usefixtures("lang")


def headline(
    months: int = 6,
    on: str = ON,
    savings_rate: float = 0.02,
    other_rate: float = 0.18,
    cash: tuple[float, float] = (3_000, 3_000),
    deal: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    agreed = loan(**changes)
    extended = agreed.extend(months, on=on, **(deal or {}))
    own = extend.on_the_eve(agreed, on, *cash)
    return extend.answer(agreed, extended, on, savings_rate, other_rate, own).headline


def cash_title(
    cash: tuple[float, float] = (3_000, 3_000), rate: float | None = None, **changes: Any
) -> str:
    agreed = loan(**changes)
    extended = agreed.extend(6, on=ON, daily_rate=rate)
    own = extend.on_the_eve(agreed, ON, *cash)
    found = extend.answer(agreed, extended, ON, 0.02, 0.18, own)
    ways = {Words("strategy.as_agreed"): agreed, Words("strategy.extend"): extended}
    drawn: Any = extend.cash.chart(ways, found.figures, ON, own)
    return str(drawn.get_title()).replace("\n", " ")


@pytest.mark.parametrize(
    ("key", "changes"), [("more", {}), ("free", {"daily_rate": 0.0, "principal": 48_000})]
)
def test_where_extending_is_the_way_the_picture_says_what_it_gives_and_costs(
    key: str, changes: dict[str, Any]
) -> None:
    """13,932.53 over seven due days are 1,990.36; 3,000 less 2,512.75 are 487.25.

    Without interest six of 4,000 and the last are spread over 13 instead of 7: 1,846.15 less.
    """
    title = cash_title(**changes)
    assert says("answer.extend.cash_title", title)
    assert says(f"answer.extend.cash_{key}", title)
    told = ("¥1,990", "¥1,144", "¥487") if key == "more" else ("¥1,846", "¥846")
    assert all(each in title for each in told)


def test_a_list_of_ones_own_is_no_part_of_what_the_picture_finds(lang: str) -> None:
    run = run_notebook("04_extend", lang=lang, extra_monthly=300)
    (ax,) = run.figures[0].axes
    assert says("answer.extend.cash_title", ax.get_title().replace("\n", " "))


def test_at_a_lower_rate_it_may_cost_less() -> None:
    assert says("answer.extend.cash_less", cash_title(rate=0.0001))


def test_where_the_plan_is_the_way_the_picture_says_so() -> None:
    assert says("answer.shared.cash_first", cash_title((30_000, 5_000)))


# ---- the measure ---------------------------------------------------------------------------------


def test_relief_by_hand() -> None:
    """Seven due days are left; each instalment falls from 4,503.11 to 2,512.75."""
    given = extend.relief(loan(), loan().extend(6, on=ON), ON)
    assert given.next == round(4_503.11 - 2_512.75, 2)
    assert given.postponed == round(6 * 1_990.36 + 4_503.12 - 2_512.75, 2)
    assert (given.least, given.most) == (1_990.36, 1_990.37)
    assert given.dues == 7
    assert given.monthly == round(given.postponed / 7, 2)
    assert given.cost == round(5_181.28 - 4_037.33, 2)


@pytest.mark.parametrize("method", ["equal_instalment", "equal_principal", "interest_only"])
@pytest.mark.parametrize("months", [1, 6, 24])
def test_without_a_fee_the_price_is_the_loans_own_rate(method: str, months: int) -> None:
    agreed = loan(method=method)
    given = extend.relief(agreed, agreed.extend(months, on=ON), ON)
    assert given.rate == pytest.approx(agreed.summary().effective_rate, abs=2e-4)


@pytest.mark.parametrize("deal", [{}, {"fee": 250}, {"daily_rate": 0.0005}])
def test_the_rate_on_what_is_postponed_is_where_the_answer_flips(deal: dict[str, Any]) -> None:
    """The same rate by another road: where the net benefit changes its sign."""
    extended = loan().extend(6, on=ON, **deal)
    given = extend.relief(loan(), extended, ON)
    assert jb.flip(extended, loan()).roots == pytest.approx([given.rate], abs=1e-9)


def test_a_fee_is_no_relief() -> None:
    plain, dear = (
        extend.relief(loan(), loan().extend(6, on=ON, fee=fee), ON) for fee in (0.0, 500.0)
    )
    assert (plain.next, plain.postponed) == (dear.next, dear.postponed)
    assert dear.cost == plain.cost + 500
    assert dear.rate > plain.rate


def test_the_whole_of_a_bullet_is_postponed() -> None:
    agreed = loan(method="bullet")
    given = extend.relief(agreed, agreed.extend(6, on="2027-12-01"), ON)
    assert (given.next, given.dues) == (57_300, 1)
    days = 183  # 2027-12-01 to 2028-06-01
    owed = 57_300 + 50_000 * 0.0004 * days
    assert given.rate == pytest.approx((owed / 57_300) ** (365 / days) - 1, abs=1e-9)


# ---- the verdict ---------------------------------------------------------------------------------

PLENTY = (60_000.0, 3_000.0)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, ["needed", "relief_level", "cost", "elsewhere_cheaper", "rate_own"]),
        ({"other_rate": 0.1}, ["needed_elsewhere", "elsewhere_dearer"]),
        ({"cash": (1_000, 0)}, ["none_lasts"]),
        ({"cash": (24_000, 1_300), "deal": {"fee": 24_500}}, ["breaks_fee"]),
        ({"cash": PLENTY}, ["keep"]),
        ({"cash": PLENTY, "savings_rate": 0.4}, ["pays"]),
        (
            {"cash": PLENTY, "daily_rate": 0.0, "savings_rate": 0.0, "other_rate": 0.0},
            ["even", "cost_nothing", "elsewhere_same"],
        ),
        ({"months": 0}, ["nothing"]),
        ({"months": 0, "deal": {"fee": 5}}, ["nothing"]),  # what is not taken costs no fee
        ({"deal": {"fee": 500}}, ["rate_above"]),
        ({"deal": {"daily_rate": 0.0003}}, ["rate_below"]),
        ({"deal": {"daily_rate": 0.0001}}, ["cost_less"]),
        ({"deal": {"fee": 5_000}, "months": 1}, ["cost_no_rate"]),
        ({"method": "bullet", "on": "2027-12-01"}, ["relief_once_with_interest", "rate_simple"]),
        ({"method": "interest_only"}, ["relief_later"]),
        ({"method": "equal_principal"}, ["relief_first"]),
    ],
)
def test_every_verdict_is_reached(asked: dict[str, Any], keys: list[str]) -> None:
    text = headline(**asked)
    for key in keys:
        assert says(f"answer.extend.{key}", text), text


def test_an_extension_that_gives_no_relief_says_so() -> None:
    """A dearer rate raises the payments although the term is a month longer."""
    deal = {"daily_rate": 0.0006}
    text = headline(months=1, deal=deal, cash=PLENTY)
    assert not says("answer.extend.no_relief", text)
    agreed = loan(months=60)
    own = extend.on_the_eve(agreed, ON, *PLENTY)
    given = extend.answer(agreed, agreed.extend(1, on=ON, **deal), ON, 0.02, 0.18, own)
    assert says("answer.extend.no_relief", given.headline)
    prices = extend.prices.by_length(agreed, 1, ON, **deal)
    assert says("answer.extend.length_other", prices.headline)
    title = extend.prices.length_chart(agreed, 1, ON, **deal).get_title()
    assert says("answer.extend.length_title_no_relief", title)


def test_a_few_fen_of_rounding_are_no_other_rate() -> None:
    text = headline(principal=100, cash=PLENTY)
    assert not any(says(f"answer.extend.rate_{key}", text) for key in ("above", "below", "simple"))


def test_cash_counts_from_the_eve() -> None:
    """The payments of the day of the extension must not be missed."""
    agreed = loan()
    own = extend.on_the_eve(agreed, ON, 3_000, 3_000)
    left, when = jb.lowest_cash(agreed.extend(6, on=ON), own)
    assert (left, str(when.date())) == (round(3_000 - 2_512.75, 2), ON)
    assert extend.on_the_eve(agreed, "2026-12-01", 1, 1).since == "2026-12-01"


@pytest.mark.parametrize("lang", ["en"], indirect=True)  # in Chinese: test_errors_zh.py
def test_bad_numbers_are_refused_in_words() -> None:
    with pytest.raises(JiebeiError, match=r"savings_rate=2: a share is a decimal from 0 to 1"):
        headline(savings_rate=2)
    with pytest.raises(JiebeiError, match=r"other_rate=18: a share is a decimal from 0 to 1"):
        headline(other_rate=18)
    with pytest.raises(JiebeiError, match=r"extend on 2028-01-01: the loan is paid off"):
        headline(on="2028-01-01")


# ---- how long ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cash", "key"),
    [
        ((3_000, 3_000), "shortest"),
        (PLENTY, "shortest_zero"),
        ((0, 1_500), "shortest_none"),
        ((1_000, 0), "shortest_worse"),
    ],
)
def test_the_shortest(cash: tuple[float, float], key: str) -> None:
    own = extend.on_the_eve(loan(), ON, *cash)
    assert says(f"answer.extend.{key}", extend.limits.shortest(loan(), 6, ON, own).headline)


def test_the_shortest_looks_as_far_as_the_reader() -> None:
    """With 700 left a month the cash asks for more than the two years that are tried else."""
    own = extend.on_the_eve(loan(), ON, 3_000, 700)
    assert says("answer.extend.shortest_none", extend.limits.shortest(loan(), 24, ON, own).headline)
    assert says("answer.extend.shortest", extend.limits.shortest(loan(), 60, ON, own).headline)


def test_a_month_less_is_too_short() -> None:
    own = extend.on_the_eve(loan(), ON, 3_000, 3_000)
    left = [jb.lowest_cash(loan().extend(months, on=ON), own)[0] for months in (3, 4)]
    assert left[0] < 0 <= left[1]
    assert left[1] in extend.limits.shortest(loan(), 6, ON, own).table["lowest_cash"].to_list()


@pytest.mark.parametrize(
    ("months", "by", "on", "keys"),
    [
        (12, 6, ON, ["limit_within", "limit_ended"]),
        (6, 12, ON, ["limit_over", "limit_ended"]),
        (24, 12, "2024-01-01", ["limit_long", "limit_holds"]),
        (13, 6, ON, ["limit_long"]),
        (12, 12, "2024-06-30", ["limit_within", "limit_holds"]),  # its last day
        (12, 13, "2024-07-01", ["limit_over", "limit_ended"]),
    ],
)
def test_the_legal_limit(months: int, by: int, on: str, keys: list[str]) -> None:
    text = extend.limits.legal_limit(months, by, on)
    for key in keys:
        assert says(f"answer.extend.{key}", text), text


def test_an_article_is_cited_as_in_chinese() -> None:
    jb.use("zh")
    assert "《个人贷款管理暂行办法》第三十九条" in str(extend.limits.legal_limit(12, 6, ON))


@pytest.mark.parametrize("lang", ["en"], indirect=True)
def test_the_picture_has_the_figure_of_the_table() -> None:
    """20,113.28, not 20,108 as between two places of a grid."""
    mine = {"principal": 1_000_000, "daily_rate": 0.0006, "months": 60, "start": "2026-07-10"}
    run = run_notebook("04_extend", **mine)
    assert "¥20,113" in run.answers[0].headline
    title = run.figures[-1].axes[0].get_title()
    assert "¥20,113" in title.replace("\n", " "), title


def test_cash_that_nobody_typed_is_said_to_be_supposed(lang: str) -> None:
    typed = dict(extend.EXAMPLE)
    assert not extend.supposed(extend.fitted(so_far(loan(), {}, ""), typed))
    run = run_notebook("04_extend", lang=lang, principal=30_000)
    assert says("answer.extend.supposed", run.answers[0].headline)
    own = extend.fitted(
        so_far(loan(), {}, ""), typed | {"principal": 30_000, "cash_then": 1, "surplus_then": 2}
    )
    assert not extend.supposed(own)


def test_what_the_own_list_pays_before_the_extension_is_said() -> None:
    """40,000 more on 8 February, of 372,000 in two: the cash on 6 March is as entered all the same.

    The whole instalment of 8 February is 231,766 instead of 191,766.
    """
    agreed = jb.Loan(
        372_000, daily_rate=0.0005, months=2, start="2027-01-08", method="equal_principal"
    )
    on, deal = "2027-03-07", {"fee": 1_900, "daily_rate": 0.0006}
    mine = agreed.pay_extra(40_000, on="2027-02-08")
    cash = extend.on_the_eve(agreed, on, 1_000_000, 80_000)
    said = [
        extend.answer(agreed, agreed.extend(12, on=on, **deal), on, 0.02, 0.05, cash, "", planned)
        for planned in ({}, {Words("strategy.own_list_extended"): mine.extend(12, on=on, **deal)})
    ]
    assert not says("answer.extend.note_before", str(said[0].remark))
    assert by_key(said[1].remark)["note_before"].fields["amount"] == 40_000


# ---- prices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deal", "changes", "key"),
    [
        ({}, {}, "length_falls"),
        ({"fee": 5_000}, {}, "length_falls"),
        ({}, {"method": "interest_only"}, "length_flat"),
        ({}, {"daily_rate": 0.0}, "length_free"),
    ],
)
def test_words_on_the_length(deal: dict[str, Any], changes: dict[str, Any], key: str) -> None:
    given = extend.prices.by_length(loan(**changes), 5, ON, **deal)
    assert says(f"answer.extend.{key}", given.headline)
    assert len(given.table) == 9  # the reader's own five months among them


def test_the_fee_at_which_elsewhere_is_as_cheap() -> None:
    given = extend.prices.by_fee(loan(), 6, ON, 0.18, 0.0, 0.0004)
    assert says("answer.extend.fee_raises", given.headline)
    assert says("answer.extend.fee_limit", given.headline)
    assert "148" in given.headline
    gain = jb.net_benefit(loan().extend(6, on=ON, fee=147.65), loan(), 0.18)
    assert abs(gain) < 0.05


@pytest.mark.parametrize(
    ("months", "other_rate", "key"), [(6, 0.1, "fee_never"), (0, 0.18, "nothing")]
)
def test_other_words_on_the_fee(months: int, other_rate: float, key: str) -> None:
    given = extend.prices.by_fee(loan(), months, ON, other_rate, 0.0, 0.0004)
    assert says(f"answer.extend.{key}", given.headline)


def test_an_extension_that_gives_nothing_is_not_said_to_change_nothing(lang: str) -> None:
    """60 months, one more, at 0.02 % a day more: every instalment rises."""
    terms = jb.Loan(50_000, daily_rate=0.0004, months=60, start="2026-12-01"), 1, "2027-06-01"
    by_fee = extend.prices.by_fee(*terms, 0.18, 125.0, 0.0006)
    assert by_fee.said.key == "answer.extend.no_relief"
    cost = by_fee.figures["extra_cost"].iloc[1]
    assert by_fee.said.fields["cost"] == cost > 10_000
    assert by_fee.figures["price"].isna().all()  # of no relief there is no price
    assert says("answer.extend.no_relief", by_fee.headline)


@pytest.mark.parametrize(
    ("months", "fee", "key"),
    [(6, 0.0, "rate_raises"), (1, 5_000.0, "rate_costs"), (0, 0.0, "nothing")],
)
def test_words_on_the_rate(months: int, fee: float, key: str) -> None:
    given = extend.prices.by_rate(loan(), months, ON, fee)
    assert says(f"answer.extend.{key}", given.headline)


@pytest.mark.parametrize(
    ("months", "deal", "changes", "keys"),
    [
        (6, {}, {}, ["method_relief", "method_range"]),
        (6, {}, {"daily_rate": 0.0}, ["method_one"]),
        (1, {}, {"months": 1, "start": "2027-05-01"}, ["method_same"]),
        (1, {"fee": 9_000}, {}, ["method_none"]),
        (0, {}, {}, ["nothing"]),
    ],
)
def test_words_on_the_methods(
    months: int, deal: dict[str, Any], changes: dict[str, Any], keys: list[str]
) -> None:
    given = extend.prices.by_method(loan(**changes), months, ON, **deal)
    for key in keys:
        assert says(f"answer.extend.{key}", given.headline), given.headline


def test_five_methods_where_the_term_allows() -> None:
    assert len(extend.prices.by_method(loan(), 6, ON).table) == 5
    assert len(extend.prices.by_method(loan(months=6), 6, "2027-03-01").table) == 4


BULLETS: dict[str, dict[str, Any]] = {
    "early": {
        "loan": {"principal": 612_000, "daily_rate": 0.00035, "months": 44, "start": "2026-02-28"},
        "extend": {"months": 13, "on": "2027-11-10", "fee": 1_500, "daily_rate": 0.0004},
        "then": (0.015, 0.12, (9_000, 22_000)),
    },
    "at the end": {
        "loan": {"principal": 23_600, "daily_rate": 0.00095, "months": 3, "start": "2027-04-22"},
        "extend": {"months": 4, "on": "2027-07-22", "fee": 180, "daily_rate": 0.001},
        "then": (0.0, 0.36, (5_200, 4_750)),
    },
}


def bullet(name: str) -> tuple[jb.Loan, dict[str, Any]]:
    return jb.Loan(**BULLETS[name]["loan"], method="bullet"), dict(BULLETS[name]["extend"])


def bullet_answer(name: str) -> str:
    agreed, deal = bullet(name)
    savings, other, then = BULLETS[name]["then"]
    own = extend.on_the_eve(agreed, deal["on"], *then)
    return extend.answer(agreed, agreed.extend(**deal), deal["on"], savings, other, own).headline


def test_of_two_rates_the_one_that_goes_on_from_no_fee_is_named() -> None:
    """A fee two years before anything is postponed: 12.35 % and 2,437 % a year both solve it."""
    agreed, deal = bullet("early")
    rates = []
    for fee in (0, 1, 100, 1_500, 12_240):
        longer = agreed.extend(**deal | {"fee": fee})
        rates.append(extend.relief(agreed, longer, deal["on"]).rate)
    assert rates == sorted(rates)
    assert rates[0] == pytest.approx((1_017_511.2 / 898_599.6) ** (365 / 396) - 1, abs=1e-9)
    assert rates[3] == pytest.approx(0.1235, abs=5e-5)
    assert "12.35%" in bullet_answer("early")


def test_money_from_elsewhere_does_not_last_either() -> None:
    """25,640.22 from elsewhere at 36 % over 123 days asks for 28,440 of 24,200 in hand: no fee."""
    text = bullet_answer("at the end")
    assert says("answer.extend.none_lasts", text)
    assert says("answer.extend.elsewhere_short", text)
    assert "4,240" in text


@pytest.mark.parametrize("name", BULLETS)
def test_a_single_due_day_is_relieved_once(name: str) -> None:
    agreed, deal = bullet(name)
    given = extend.prices.by_length(agreed, **deal)
    title = extend.prices.length_chart(agreed, **deal).get_title().replace("\n", " ")
    for text in (given.headline, title):
        assert say("answer.extend.relief_a_month") not in text
        assert says("answer.extend.relief_on_day", text)


@pytest.mark.parametrize("name", BULLETS)
def test_where_all_of_it_is_postponed_nothing_else_bears_the_higher_rate(name: str) -> None:
    agreed, deal = bullet(name)
    given = extend.prices.by_rate(agreed, deal["months"], deal["on"], deal["fee"])
    assert says("answer.extend.rate_raises_whole", given.headline)


@pytest.mark.parametrize(
    ("deal", "keys", "without"),
    [
        ({}, ["method_note", "method_least"], False),
        ({"fee": 50}, ["method_note", "method_least_here"], False),
        ({"daily_rate": 0.0005}, ["method_note_new_rate", "method_least_here"], False),
        ({"fee": 3_000, "months": 1}, ["method_note"], True),
    ],
)
def test_the_methods_say_what_the_table_shows(
    deal: dict[str, Any], keys: list[str], without: bool
) -> None:
    given = extend.prices.by_method(loan(), **{"months": 6, "on": ON} | deal)
    assert all(says(f"answer.extend.{key}", given.note) for key in keys), given.note
    assert given.table["effective_rate"].isna().any() == without
    assert says("answer.extend.method_without", given.headline) == without


# ---- charts --------------------------------------------------------------------------------------


def test_the_frontiers_agree_with_the_verdict() -> None:
    """Where the reader stands, charts and headline show the same yuan on the same day."""
    own = jb.net_benefit(loan().extend(6, on=ON), loan(), 0.18)
    gain = extend.frontiers.gain_at_the_end(
        loan().extend(np.arange(1, 25), on=ON), loan(), np.array([0.0, 0.18])
    )
    assert gain[5, 1] == pytest.approx(own)
    assert gain[5, 0] == pytest.approx(-1143.95)


@pytest.mark.parametrize(("more", "fee"), [(0.002, 0.0), (-0.002, 300.0)])
def test_a_rate_is_above_the_loans_own_only_where_something_makes_it_dearer(
    more: float, fee: float
) -> None:
    """Rounding alone may lift the rate; a fee may come with a rate that is lower all the same."""
    agreed = loan()
    given = SimpleNamespace(rate=agreed.summary().effective_rate + more, cost=50.0)
    extended = agreed.extend(6, on=ON, fee=fee)
    assert extend.verdict._rate_words(agreed, extended, ON, cast(Any, given)) == []


@pytest.mark.parametrize("other_rate", [0.02, 0.18])
def test_the_axis_of_a_frontier_goes_to_twice_the_rate_of_the_loan(other_rate: float) -> None:
    """15.62 % twice is 31.2 %, which is drawn up to 35 %."""
    reach = extend.frontiers._other(loan(), other_rate).tried
    assert (reach[0], reach[-1]) == (0, 0.35)


def test_a_loan_without_a_rate_has_an_axis_to_ten_percent() -> None:
    no_rate = loan(principal=100, drawdown_fee=99)
    assert np.isnan(no_rate.summary().effective_rate)
    assert extend.frontiers._other(no_rate, 0.02).tried[-1] == 0.1


def test_the_charts_show_the_figures() -> None:
    deal = {"fee": 0.0, "daily_rate": 0.0004}
    lengths = extend.prices.length_chart(loan(), 6, ON, **deal)
    relieved, costs = lengths.figure.axes
    assert says("answer.extend.length_title_relief", relieved.get_title())
    assert "1,990" in relieved.get_title()
    assert says("answer.extend.length_title_cost", costs.get_title())
    assert "1,144" in costs.get_title()
    whole = extend.prices.length_chart(loan(method="bullet"), 6, ON, **deal)
    assert len(whole.figure.axes) == 1, "one day is eased, by as much however long: only the cost"
    ax = extend.frontiers.fee_frontier(loan(), 6, ON, 0.18, **deal)
    assert say("answer.extend.region").lower() in ax.get_title().lower()
    nothing = extend.frontiers.fee_frontier(loan(), 0, ON, 0.18, **deal)
    assert str(nothing) == say("answer.extend.no_gain")


# ---- at other numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relief", "key", "most"),
    [
        ([0.0, 0.0], "no_relief", None),
        ([-5.0, 0.0], "no_relief", None),
        ([3.0, 5.0], "relief", 1),
        ([-5.0, 0.01], "relief", 1),
    ],
)
def test_which_method_takes_most_off_the_next_due_day(
    relief: list[float], key: str, most: int | None
) -> None:
    found = extend.prices._soonest(pd.Series(relief), pd.Timestamp(ON))
    assert found.key == f"answer.extend.method_{key}"
    assert found.fields.get("most") == most


def test_the_relief_of_all_methods_is_that_of_one_day() -> None:
    """All at the end pays nothing on 2027-06-01, so an extension takes nothing off that day."""
    answer = extend.prices.by_method(loan(), 6, ON, fee=0.0, daily_rate=0.0004)
    relief = answer.table["next_relief"]
    assert list(answer.table)[:3] == ["next_relief", "relief", "times_eased"]
    assert relief.max() == 1990.36
    assert relief[say("method.bullet")] == 0
    assert relief[say("method.interest_only")] == 0
    assert answer.table["times_eased"].to_list() == [1, 7, 7, 1, 6]
    assert answer.table["relief"].isna().to_list() == [True, False, False, True, False]
    assert answer.table["price"].isna().to_list() == [True, False, False, True, False]
    assert say("method.equal_instalment") in answer.headline


def test_a_fee_too_small_to_show_in_the_rate_is_not_denied() -> None:
    """A fee of ¥1 leaves 15.62 %, but "without a fee or a new rate" would be untrue."""
    longer = loan().extend(6, on=ON, fee=1)
    cash = extend.on_the_eve(loan(), ON, 40_000, 5_000)
    text = extend.answer(loan(), longer, ON, 0.02, 0.18, cash).headline
    assert not says("answer.extend.rate_own", text)


def test_at_the_highest_rate_there_is_no_higher_one() -> None:
    answer = extend.prices.by_rate(loan(daily_rate=0.005), 6, ON, 0.0)
    assert says("answer.extend.rate_highest", answer.headline)
    assert len(answer.table) == 1


# ---- a rate that changes later -------------------------------------------------------------------


def test_what_the_extension_adds_to_the_rate_is_added_to_every_later_one() -> None:
    """All at the end: 9,000 for 61 days at 0.03 %, then 0.035 % for 31 days, then 0.045 %."""
    agreed = jb.Loan(9_000, daily_rate=0.0003, months=4, method="bullet", start="2026-12-01")
    agreed = agreed.reprice(0.0004, on="2027-03-03")
    longer = extend.lengthened(agreed, 2, "2027-01-31", daily_rate=0.00035)
    days = (61, 31, 90)  # until 2027-01-31, 2027-03-03, 2027-06-01
    interest = 9_000 * sum(n * r for n, r in zip(days, (0.0003, 0.00035, 0.00045), strict=True))
    assert longer.summary().interest == pytest.approx(interest, abs=0.011)


def test_a_rate_that_is_new_on_the_day_of_the_extension_is_raised_too() -> None:
    """All at the end: 9,000 for 92 days at 0.03 %, then for 90 at 0.045 %: 248.40 + 364.50."""
    agreed = jb.Loan(9_000, daily_rate=0.0003, months=4, method="bullet", start="2026-12-01")
    agreed = agreed.reprice(0.0004, on="2027-03-03")
    longer = extend.lengthened(agreed, 2, "2027-03-03", daily_rate=0.00045)
    assert longer.summary().interest == pytest.approx(612.90, abs=0.011)


def test_the_first_row_of_the_rates_is_the_extension_at_no_more() -> None:
    agreed = loan().reprice(0.0049, on="2027-08-01")
    table = extend.prices.by_rate(agreed, 6, ON, 0.0).figures
    plain = extend.relief(agreed, agreed.extend(6, on=ON), ON)
    assert table["extra_cost"].iloc[0] == plain.cost
    assert len(table) == 3  # 0.01 % more is the most that is allowed


def test_a_list_that_the_cash_does_not_carry_says_so(lang: str) -> None:
    run = run_notebook("04_extend", lang=lang, repayments={"2027-09-01": 15_000})
    assert says("answer.shared.own_list_short", run.text)


@pytest.mark.parametrize(
    ("monthly", "costs", "falls"),
    [
        ([100, 150, 170], [10, 20, 30], True),
        ([100, 150, 140], [10, 20, 30], False),  # the last month takes relief away
        ([100, 150, 200], [10, 20, 30], False),  # as much each month
        ([100, 150, 170], [10, 20, 22], False),  # the later months are much cheaper
        ([100, 150, 170], [10, 10, 10], False),  # none costs more
        ([10, 150, 170], [10, 20, 30], False),  # the second month brings more than the first
    ],
)
def test_longer_pays_less_and_less_only_where_each_month_does(
    monthly: list[float], costs: list[float], falls: bool
) -> None:
    found: Any = [SimpleNamespace(monthly=m, cost=c) for m, c in zip(monthly, costs, strict=True)]
    assert extend.prices._falls([1, 2, 3], found) is falls


@pytest.mark.parametrize("months", [0, 6])
def test_how_an_own_list_is_repaid_is_said_where_there_is_one(months: int, lang: str) -> None:
    agreed = loan()
    extended = agreed.extend(months, on=ON) if months else agreed
    given = agreed, extended, ON, 0.0, 0.0, jb.Cash(0, 5_000, "2026-12-01")
    mine = {"mine": extended.prepay(1_000, on="2027-09-01")}
    assert says("answer.shared.own_list_note", extend.answer(*given, planned=mine).note)
    assert not says("answer.shared.own_list_note", extend.answer(*given).note)


def test_no_month_more_is_the_loan_as_agreed_whatever_the_rate() -> None:
    assert extend.lengthened(loan(), 0, "2027-03-10", fee=260, daily_rate=0.0005) == loan()


def test_every_way_is_measured_on_the_last_day_of_all() -> None:
    """Without interest: 1,200 on 2027-01-01, or 100 a month for a year, or 600 and 600.

    At 10 % a year, on 2027-12-01, 600 paid a month later are worth what 304 and 334 days make.
    """
    agreed = jb.Loan(1_200, daily_rate=0.0, months=1, start="2026-12-01")
    longer = agreed.extend(11, on="2026-12-15")
    planned = {"half": longer.prepay(500, on="2027-01-01").settle(on="2027-02-01")}
    cash = extend.on_the_eve(agreed, "2026-12-15", 5_000, 0)
    found = extend.answer(agreed, longer, "2026-12-15", 0.1, 0.18, cash, "", planned)
    paid = {"2027-01-01": 1_200 - 100 - 500, "2027-02-01": -600}
    last = pd.Timestamp("2027-12-01")
    worth = sum(each * 1.1 ** ((last - pd.Timestamp(day)).days / 365) for day, each in paid.items())
    assert found.figures["net_benefit"].iloc[2] == pytest.approx(worth, abs=1e-6)


@pytest.mark.parametrize(
    ("deal", "by"),
    [
        ({"fee": 200.0}, "fee"),
        ({"daily_rate": 0.0005}, "rise"),
        ({"fee": 200.0, "daily_rate": 0.0005}, "fee_and_rise"),
    ],
)
def test_only_what_makes_it_dearer_is_named(deal: dict[str, Any], by: str) -> None:
    assert str(Words(f"answer.extend.by_{by}")) in headline(deal=deal)
    if by == "rise":
        assert str(Words("answer.extend.by_fee")) not in headline(deal=deal)


def given(**changes: Any) -> Any:
    """Return what an extension gives: seven days of 100 less each, for 50."""
    usual = {"dues": 7, "eased": 7, "next": 100.0, "most": 100.0, "least": 100.0}
    usual |= {"postponed": 700.0, "monthly": 100.0, "cost": 50.0, "rate": 0.1}
    return SimpleNamespace(**usual | {"first": pd.NaT, "when": pd.NaT} | changes)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "level"),
        ({"most": 100.4}, "level"),  # at 100 and above it is shown in yuan
        ({"most": 100.6}, "level_about"),
        ({"next": 99.0, "least": 99.0, "most": 99.4}, "level_about"),
        ({"most": 101.0}, "uneven"),  # a hundredth of it
        ({"next": 20.0, "least": 10.0}, "uneven"),
        ({"least": 10.0}, "first"),
        ({"next": 0.0, "least": 0.0}, "later"),
        ({"next": -3.0, "least": -3.0}, "later_dearer"),
        ({"dues": 1}, "once"),
        ({"dues": 1, "next": 600.0}, "once"),  # all that was drawn
        ({"dues": 1, "next": 601.0}, "once_with_interest"),
        ({"next": 700.0, "most": 700.0, "least": 700.0}, "level"),  # more than was drawn
    ],
)
def test_how_what_is_lowered_is_told(changes: dict[str, Any], key: str) -> None:
    relief, cost = apart(extend.verdict._price(given(**changes), 600.0))
    assert (relief.key, cost.key) == (f"answer.extend.relief_{key}", "answer.extend.cost")
    if key == "later_dearer":
        assert relief.fields["next"] == 3


@pytest.mark.parametrize(
    ("rates", "keys"),
    [
        ([0.1, 0.1], ["one"]),
        ([0.1, 0.1049], ["same"]),
        ([0.1, 0.1051], ["range"]),
        ([0.1, None], ["one_of_some", "without"]),
        ([0.1, 0.1049, None], ["range", "without"]),
        ([None, None], ["none"]),
    ],
)
def test_between_which_rates_the_methods_lie(rates: list[float | None], keys: list[str]) -> None:
    found = extend.prices._rates(pd.Series(rates, dtype=float))
    assert [each.key for each in found] == [f"answer.extend.method_{key}" for key in keys]
    ends = {"low": 0.1, "high": rates[1]}
    assert {name: ends[name] for name in found[0].fields} == found[0].fields


@pytest.mark.parametrize(
    ("bullet", "others", "key"),
    [
        (0.1, [0.11, 0.2], "least"),
        (0.1, [0.09, 0.2], None),
        (0.1, [0.10004, 0.2], None),  # shown as the same
        (0.1, [None, 0.2], "least_here"),
        (0.1, [None, None], None),
    ],
)
def test_when_all_at_the_end_is_the_cheapest(
    bullet: float, others: list[float | None], key: str | None
) -> None:
    names = [Words(f"method.{each}") for each in ("bullet", "equal_instalment", "interest_only")]
    rates = pd.Series([bullet, *others], names, dtype=float)
    _, *said = apart(extend.prices._method_note(loan(), rates, {}))
    assert [each.key for each in said] == [f"answer.extend.method_{key}"] * (key is not None)


@pytest.mark.parametrize(
    ("monthly", "cost", "key"),
    [
        ((0.0, 0.0), 50.0, "none"),
        ((0.0, 5.0), 50.0, "other"),
        ((5.0, 0.0), 50.0, "flat"),
        ((98.1, 100.0), 50.0, "flat"),
        ((98.0, 100.0), 50.0, "other"),  # a fiftieth more
        ((98.0, 100.0), 0.0, "free"),
    ],
)
def test_what_a_longer_extension_brings(
    monkeypatch: pytest.MonkeyPatch, monthly: tuple[float, float], cost: float, key: str
) -> None:
    first, last = (given(monthly=each, cost=cost) for each in monthly)
    found = iter([first, *[last] * 7])
    monkeypatch.setattr(extend.prices, "relief", lambda *_: next(found))
    assert extend.prices.by_length(loan(), 6, ON).said.key == f"answer.extend.length_{key}"


def test_a_rate_that_only_makes_what_is_postponed_worth_less_is_none() -> None:
    """100, then 230 of the longer way, then 132, a year apart: worth nothing at 10 % and 20 %."""
    days = pd.to_datetime(["2027-01-01", "2028-01-01", "2028-12-31"])
    some, other = pd.Series([100.0, 0.0, 132.0], days), pd.Series([0.0, 230.0, 0.0], days)
    assert np.isnan(extend.verdict.postponed_rate(some, other))
    assert extend.verdict.postponed_rate(other, some) == pytest.approx(0.1)


def test_without_interest_only_the_relief_is_drawn() -> None:
    ax = extend.prices.length_chart(loan(daily_rate=0.0), 6, ON)
    assert says("answer.extend.length_title_relief", ax.get_title())
    assert len(ax.figure.axes) == 1
    none = extend.prices.length_chart(loan(), 0, ON)  # one month, where none is asked for
    assert none.figure.axes[0].get_title() == extend.prices.length_chart(loan(), 1, ON).get_title()


@pytest.mark.parametrize(
    ("principal", "fee", "most"), [(50_000, 0.0, 1_000), (50_000, 1_000.0, 1_500), (20, 0.0, 1)]
)
def test_the_fees_that_are_drawn(principal: float, fee: float, most: float) -> None:
    """Up to 2 % of what was drawn, half as much again as the reader's, or a yuan."""
    ax = extend.frontiers.fee_frontier(loan(principal=principal), 6, ON, 0.18, fee, 0.0004)
    assert ax.get_ylim() == (0, most)


@pytest.mark.parametrize(
    ("method", "key"), [("equal_instalment", "instalment"), ("equal_principal", "instalment_most")]
)
def test_what_each_instalment_is_then(method: str, key: str) -> None:
    """31 days of 20 yuan and 50,000 / 12; after six of them 25,000 / 13 and 31 days of 10 yuan.

    The sixth instalment is due on the day of the extension.
    """
    extended = loan(method=method).extend(6, on="2027-06-02")
    said = extend.cash._instalment(extended, "2027-06-02")
    assert said.key == f"answer.extend.cash_{key}"
    if method == "equal_principal":
        assert said.fields["amount"] == pytest.approx(25_000 / 12 + 25_000 * 0.0004 * 30, abs=0.01)


def test_a_fee_makes_a_loan_repaid_at_once_dearer() -> None:
    longer = loan(method="bullet").extend(6, on=ON, fee=5_000)
    cash = extend.on_the_eve(loan(), ON, 90_000, 5_000)
    text = extend.answer(loan(method="bullet"), longer, ON, 0.02, 0.18, cash).headline
    assert says("answer.extend.rate_above", text)
    assert not says("answer.extend.rate_simple", text)
