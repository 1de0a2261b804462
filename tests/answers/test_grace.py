"""Grace: the figures by hand and by other roads, and every sentence reached."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import grace
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words, say
from jiebei.notebook.so_far import so_far
from tests.helpers.example import loan
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart
from tests.truth import told

START, HOLIDAY = "2026-12-01", "2027-06-01"
KINDS = ("paid", "billed", "capitalised", "waived")
THIN = {"2027-01-01": 12_000, "2027-02-01": 12_000, "2027-03-01": 12_000}


def cash(in_hand: float = 25_000, monthly: float = 5_000, thin: Any = None) -> jb.Cash:
    return jb.Cash(in_hand, monthly, START, THIN if thin is None else thin)


def drawn(ax: Axes, least: int) -> list[Any]:
    """Return the heights of the lines of a chart that have so many points."""
    heights = [np.asarray(line.get_ydata(), float) for line in ax.lines]
    return [each for each in heights if len(each) >= least]


PLENTY = cash(90_000, thin={})


def measured(kind: str, months: int = 3, on: str = START, **changes: Any) -> grace.Grace:
    agreed = loan(**changes)
    return grace.measure(agreed, agreed.defer(months, on=on, interest=kind), months, on)


# ---- the measure ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "meanwhile"),
    [
        ("paid", 3 * 4_503.11 - 50_000 * 0.0004 * 90),  # 90 days of interest are paid
        ("billed", 3 * 4_503.11),
        ("capitalised", 3 * 4_503.11),
        ("waived", 3 * 4_503.11),
    ],
)
def test_what_is_not_paid_meanwhile_by_hand(kind: str, meanwhile: float) -> None:
    assert measured(kind).meanwhile == round(meanwhile, 2)


def test_the_cost_by_hand() -> None:
    """After the grace the plan is that of a loan drawn on 2027-03-01; the grace costs 90 days."""
    later = loan(start="2027-03-01").summary().interest - loan().summary().interest
    assert measured("waived").cost == round(later, 2)
    assert measured("paid").cost == measured("billed").cost == round(later + 1_800, 2)
    grown = loan(principal=51_800, start="2027-03-01").summary().interest
    assert measured("capitalised").cost == round(grown + 1_800 - loan().summary().interest, 2)


def test_interest_billed_comes_in_one_sum_with_the_next_instalment() -> None:
    assert measured("billed").highest == round(measured("paid").highest + 1_800, 2)


@pytest.mark.parametrize("method", ["equal_instalment", "equal_principal", "interest_only"])
@pytest.mark.parametrize("on", [START, HOLIDAY])
def test_with_the_interest_paid_the_price_is_the_loans_own_rate(method: str, on: str) -> None:
    own = loan(method=method).summary().effective_rate
    assert measured("paid", on=on, method=method).rate == pytest.approx(own, abs=2e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_the_price_is_where_the_answer_flips(kind: str) -> None:
    """The same rate by another road: where the net benefit changes its sign."""
    graced = loan().defer(3, on=0, interest=kind)
    assert jb.flip(graced, loan()).roots == pytest.approx([measured(kind).rate], abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(
    principal=st.integers(1_000, 300_000),
    rate=st.integers(0, 60).map(lambda each: each / 100_000),
    months=st.integers(1, 24),
    length=st.integers(1, 12),
)
def test_the_kinds_in_order_of_cost(principal: int, rate: float, months: int, length: int) -> None:
    agreed = loan(principal=principal, daily_rate=rate, months=months)
    kinds = np.array(["waived", "paid", "billed", "capitalised"], object)
    cost = agreed.defer(length, on=0, interest=kinds).summary().interest
    fen = 0.01 * (length + 1)  # each instalment may round by half a fen
    assert cost[0] <= cost[1] + fen
    assert abs(cost[1] - cost[2]) <= fen
    assert cost[2] <= cost[3] + fen * (months + 1)


@settings(max_examples=15, deadline=None)
@given(principal=st.integers(1_000, 300_000), months=st.integers(1, 24), length=st.integers(1, 12))
def test_waived_with_the_end_unchanged_no_payment_is_higher(
    principal: int, months: int, length: int
) -> None:
    agreed = loan(principal=principal, months=months)
    ours, theirs = (
        each.cashflows(["date", "event", "payment"]).query("event == 'instalment'")
        for each in (agreed.coupon(instalments=length), agreed)
    )
    assert ours["date"].to_list() == theirs["date"].to_list()
    assert (ours["payment"].to_numpy() <= theirs["payment"].to_numpy() + 1e-9).all()


@settings(max_examples=15, deadline=None)
@given(principal=st.integers(1_000, 300_000), months=st.integers(1, 24), length=st.integers(1, 12))
def test_waived_costs_nothing_where_all_months_are_alike(
    principal: int, months: int, length: int
) -> None:
    agreed = loan(principal=principal, months=months, day_count="thirty")
    graced = agreed.defer(length, on=0, interest="waived")
    assert graced.summary().interest == agreed.summary().interest


# ---- the answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "changes", "keys"),
    [
        ({}, {}, ["cost_more", "relief", "rate", "kinds_apart", "needed"]),
        ({"cash": PLENTY}, {}, ["carries", "worse"]),
        ({"cash": PLENTY, "savings_rate": 0.4}, {}, ["carries", "better"]),
        ({"cash": cash(1_000, 0)}, {}, ["none_lasts"]),
        ({"cash": cash(54_100, 0, {})}, {}, ["breaks"]),
        ({"cash": None}, {}, ["worse"]),
        ({"cash": None, "savings_rate": 0.0}, {"daily_rate": 0.0}, ["cost_same", "even"]),
        ({}, {"daily_rate": 0.0}, ["kinds_same"]),
        ({"kind": "waived", "months": 1}, {}, ["cost_less"]),
        ({"cash": PLENTY}, {"daily_rate": 0.0}, ["better", "unless_nothing"]),
        ({"kind": "paid"}, {"method": "interest_only"}, ["no_relief"]),
        ({"months": 0}, {}, ["nothing"]),
        ({}, {"method": "interest_then_equal"}, ["own_months"]),
    ],
)
def test_every_sentence_of_the_answer(
    lang: str, asked: dict[str, Any], changes: dict[str, Any], keys: list[str]
) -> None:
    given_: dict[str, Any] = {
        "months": 3,
        "on": START,
        "kind": "billed",
        "savings_rate": 0.02,
        "cash": cash(),
    }
    found = grace.answer(loan(**changes), **given_ | asked)
    for key in keys:
        assert says(f"answer.grace.{key}", found.headline), found.headline
    assert len(found.table) == 5
    assert ("lowest_cash" in found.table) == (asked.get("cash", 1) is not None)


@pytest.mark.parametrize(
    ("own", "savings_rate", "key", "best"),
    [
        (cash(), 0.02, "needed", ["strategy.grace_billed"]),
        (PLENTY, 0.4, "better", ["strategy.grace_billed"]),
        (PLENTY, 0.02, "worse", ["strategy.as_agreed"]),
        (cash(54_100, 0, {}), 0.02, "breaks", ["strategy.as_agreed"]),
        (cash(1_000, 0), 0.02, "none_lasts", []),
    ],
)
def test_the_way_that_is_recommended_goes_into_the_calendar(
    own: jb.Cash, savings_rate: float, key: str, best: list[str]
) -> None:
    ways = grace.ways(loan(), 3, START)
    found = grace.answer(loan(), 3, START, "billed", savings_rate, own)
    assert says(f"answer.grace.{key}", found.headline)
    assert [each.key for each in found.best] == best
    is_graced = grace.advised(found, ways).summary().payoff_date > loan().summary().payoff_date
    assert is_graced == (best == ["strategy.grace_billed"])
    worth = found.how(grace.kind_name("billed")).figures["worth"].sum()
    assert worth == pytest.approx(found.figures.loc[grace.kind_name("billed"), "net_benefit"])


def test_kinds_that_cost_the_same_are_named_together() -> None:
    found = grace.extremes({"agreed": 0.0, "one": 50.0, "two": 50.0, "three": -1.0})
    assert found == {"cheap": ("three",), "low": -1.0, "dear": ("one", "two"), "high": 50.0}
    opposite = grace.extremes({"agreed": 0.0, "waived": -600.0, "paid": 400.0, "added": 500.0})
    assert opposite == {"cheap": ("waived",), "low": -600.0, "dear": ("added",), "high": 500.0}
    single = grace.answer(loan(method="interest_only", months=1), 1, START, "billed", 0.02)
    assert 'dearest "interest added to principal"' in single.headline


def test_the_months_of_interest_only_come_after_the_grace() -> None:
    """Six of its own and three of grace: the tenth due day is the first with principal."""
    text = grace.answer(loan(method="interest_then_equal"), 3, START, "billed", 0.02).headline
    assert "falls due on 2027-10-01 instead of 2027-07-01" in text


def test_the_table_is_that_of_compare() -> None:
    table = grace.answer(loan(), 3, START, "billed", 0.02, cash()).table
    same = jb.compare(grace.ways(loan(), 3, START), savings_rate=0.02, cash=cash())
    for column in ("net_benefit", "effective_rate", "payoff_date", "lowest_cash"):
        assert table[column].to_list() == same[column].to_list()
    assert table["extra_cost"].to_list() == pytest.approx(same["interest"] - 4_037.33)


# ---- the cash ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "key"),
    [
        (cash(), "shortest"),
        (PLENTY, "shortest_zero"),
        (cash(0, 1_500), "shortest_none"),
        (cash(0, 0, {}), "shortest_worse"),
    ],
)
def test_the_shortest_grace(lang: str, own: jb.Cash, key: str) -> None:
    text = grace.carried.shortest(loan(), START, "billed", own).headline
    assert says(f"answer.grace.{key}", text), text


def test_a_month_less_is_too_short() -> None:
    left = [
        jb.lowest_cash(loan().defer(each, on=0, interest="billed"), cash())[0] for each in (2, 3)
    ]
    assert left[0] < 0 <= left[1]
    assert (
        left[1]
        in grace.carried.shortest(loan(), START, "billed", cash()).table["lowest_cash"].to_numpy()
    )


def cash_chart(months: int, own: jb.Cash) -> Axes | Text:
    ways = grace.ways(loan(), months, START)
    found = grace.answer(loan(), months, START, "billed", 0.02, own)
    return grace.carried.chart(ways, found.figures, "billed", own)


@pytest.mark.parametrize(
    ("own", "key"),
    [(cash(), "ny"), (PLENTY, "yy"), (cash(1_000, 0), "nn"), (cash(54_100, 0, {}), "yn")],
)
def test_the_cash_chart(lang: str, own: jb.Cash, key: str) -> None:
    assert isinstance(cash_chart(0, own), Words)
    ax: Any = cash_chart(3, own)
    graced = loan().defer(3, on=0, interest="billed")
    assert says(f"answer.grace.cash_title_{key}", ax.get_title()), ax.get_title()
    assert_texts_apart(ax.figure)  # type: ignore[arg-type]
    lowest = [np.nanmin(each) for each in drawn(ax, 10)]
    assert lowest == pytest.approx([jb.lowest_cash(each, own)[0] for each in (loan(), graced)])


# ---- what it depends on --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "changes", "keys"),
    [
        ({}, {}, ["day_falls", "day_rates", "waived_after"]),
        ({"kind": "paid"}, {}, ["day_one_rate"]),
        ({"kind": "waived", "on": "2027-12-01"}, {}, ["day_apart"]),
        ({"kind": "waived"}, {}, ["day_apart"]),
        ({}, {"daily_rate": 0.0}, ["day_same", "waived_same"]),
        ({"months": 0}, {}, ["nothing"]),
    ],
)
def test_words_on_the_day(
    lang: str, asked: dict[str, Any], changes: dict[str, Any], keys: list[str]
) -> None:
    given_: dict[str, Any] = {"months": 3, "on": HOLIDAY, "kind": "billed"}
    text = grace.depends.by_day(loan(**changes), **given_ | asked).headline
    for key in keys:
        assert says(f"answer.grace.{key}", text), text


@pytest.mark.parametrize(
    ("months", "today", "days"),
    [
        (12, START, f"{START} 2027-03-01 2027-03-02 2027-06-01 2027-06-02 2027-09-01 2027-09-02"),
        (12, "2027-06-02", "2027-06-02 2027-09-01 2027-09-02"),
        (2, START, f"{START} 2027-01-01 2027-01-02 2027-02-01"),  # after the last comes nothing
        (1, START, f"{START} 2027-01-01"),
    ],
)
def test_the_days_that_are_tried(months: int, today: str, days: str) -> None:
    """A quarter, half and three quarters through, and a day later each; and the reader's own."""
    found = grace.depends._days(loan(months=months), "2028-05-05", today)
    assert found == [*days.split(), "2028-05-05"]


@pytest.mark.parametrize(
    ("costs", "kind", "less", "key"),
    [
        ([5, 5, 5], "waived", True, "same"),
        ([7, 6, 6], "billed", True, "falls"),
        ([7, 6, 6], "billed", False, "fewer"),  # as much is owed, but fewer payments are moved
        ([6, 6, 7], "billed", True, "rises"),
        ([6, 7, 6], "billed", True, "apart"),
        ([7, 6, 5], "waived", True, "apart"),  # what counts is which days are waived
    ],
)
def test_when_the_cost_goes_with_the_day(
    costs: list[float], kind: str, less: bool, key: str
) -> None:
    found: Any = [SimpleNamespace(cost=float(each), rate=np.nan) for each in costs]
    said = grace.depends._by_day_words([START, HOLIDAY, "2027-11-01"], found, kind, less)
    assert [each.key for each in told(said)] == [f"answer.grace.day_{key}"]


@pytest.mark.parametrize(
    ("costs", "rates", "key"),
    [
        ([5, 5], [0.15, 0.15004], "one_rate"),
        ([5, 5], [0.15, 0.16], "rates"),
        ([5, 0], [0.15, 0.16], "rates_some"),
        ([5, 5], [0.15, np.nan], "rates_some"),
    ],
)
def test_when_the_days_have_one_rate(costs: list[float], rates: list[float], key: str) -> None:
    pairs = zip(costs, rates, strict=True)
    found: Any = [SimpleNamespace(cost=float(cost), rate=rate) for cost, rate in pairs]
    said = told(grace.depends._by_day_words([START, HOLIDAY], found, "billed", True))
    assert said[1].key == f"answer.grace.day_{key}"


def test_waived_from_a_due_day_leaves_a_month_to_pay() -> None:
    """From 2027-06-01 on, May's interest is still billed: 30,031.40 for 31 days."""
    on, after = (measured("waived", on=each).cost for each in (HOLIDAY, "2027-06-02"))
    assert on - after == pytest.approx(30_031.40 * 0.0004 * 31, abs=12.5)  # a day, other months


def test_a_single_instalment_has_no_day_after() -> None:
    found = grace.depends.by_day(loan(months=1), 3, "2027-01-01", "billed")
    assert len(found.table) == 2


def test_what_weighs_most(lang: str) -> None:
    found = grace.depends.depends(loan(), 3, START, "billed", 0.02)
    assert says("answer.grace.depends_apart", found.headline)
    assert str(found.table["change"].abs().idxmax()) in found.headline
    assert found.table["change"].iloc[1:].to_list() == pytest.approx(
        found.table["extra_cost"].iloc[1:] - found.table["extra_cost"].iloc[0]
    )
    assert len(found.table) == 13


def test_nothing_weighs(lang: str) -> None:
    found = grace.depends.depends(loan(principal=0.01, months=1), 1, START, "billed", 0.0)
    assert says("answer.grace.depends_same", found.headline)


def test_a_late_grace_costs_less_since_less_is_owed(lang: str) -> None:
    """As much is postponed on each day; of a debt that stands still nothing is owed less."""
    text = grace.depends.by_day(loan(), 3, HOLIDAY, "billed").headline
    assert says("answer.grace.day_falls", text)
    still = loan(method="interest_only")
    text = grace.depends.by_day(still, 3, HOLIDAY, "billed").headline
    assert not says("answer.grace.day_falls", text)


# ---- when it flips -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("savings_rate", "changes", "keys"),
    [
        (0.02, {}, ["waived_always", "waived_later_gains"]),
        (0.0, {}, ["waived_later_loses"]),
        (0.0, {"day_count": "thirty"}, ["waived_later_same"]),
        (0.02, {"daily_rate": 0.0}, ["nothing_waived"]),
    ],
)
def test_words_on_the_end(
    lang: str, savings_rate: float, changes: dict[str, Any], keys: list[str]
) -> None:
    text = grace.flips.same_end(loan(**changes), 3, START, savings_rate).headline
    for key in keys:
        assert says(f"answer.grace.{key}", text), text


def test_interest_waived_is_not_always_worth_it_where_the_cash_breaks(lang: str) -> None:
    poor = cash(1_000, 0)
    found = grace.flips.same_end(loan(), 3, START, 0.02, poor)
    assert says("answer.grace.waived_short", found.headline)
    assert says("answer.grace.waived_later_short", found.headline)
    assert not says("answer.grace.waived_always", found.headline)
    rich = grace.flips.same_end(loan(), 3, START, 0.02, cash(100_000, 0))
    assert says("answer.grace.waived_always", rich.headline)
    assert not says("answer.grace.waived_later_short", rich.headline)


def test_grace_within_the_term_is_the_method_interest_first() -> None:
    """Nine instalments of 50,000 drawn on 2027-03-01, after 1,800 of interest."""
    table = grace.flips.same_end(loan(), 3, START, 0.02).table
    nine = loan(months=9, start="2027-03-01").summary().interest
    assert table["extra_cost"].iloc[-1] == round(nine + 1_800 - 4_037.33, 2)
    assert len(grace.flips.same_end(loan(months=3), 3, START, 0.02).table) == 3


@pytest.mark.parametrize(
    ("method", "has"), [("equal_instalment", True), ("equal_principal", False)]
)
def test_the_note_speaks_of_rows_that_are_there(method: str, has: bool) -> None:
    found = grace.flips.same_end(loan(method=method), 3, START, 0.02)
    assert (Words("answer.grace.end_paid") in found.figures.index) == has
    assert says("answer.grace.end_note_paid", found.note) == has
    assert says("answer.grace.end_note_waived", found.note)


def test_the_gauge(lang: str) -> None:
    ax: Any = grace.flips.gauge(loan(), 3, START, "billed", 0.02)
    assert says("chart.frontier.title_flip", ax.get_title())
    assert "15.2" in ax.get_title()
    assert "1,590" in ax.get_title()  # as in the table of the answer
    assert_texts_apart(ax.figure)  # type: ignore[arg-type]
    free = loan(daily_rate=0.0)
    even: Any = grace.flips.gauge(free, 3, START, "billed", 0.0)
    assert says("chart.frontier.title_same", even.get_title())


# ---- days of grace -------------------------------------------------------------------------------


def test_a_day_beyond_the_grace_costs_the_penalty_from_the_due_day() -> None:
    """4,503.11 overdue at 1.5 x 0.04 % a day."""
    found = grace.days.costs(loan(), 3, [3, 4, 7, 8], graces=[0, 3, 7])
    penalty = [round(4_503.11 * 0.0006 * days, 2) for days in (3, 4, 7, 8)]
    assert found.tolist() == [penalty, [0.0, *penalty[1:]], [0.0, 0.0, 0.0, penalty[3]]]


@pytest.mark.parametrize(
    ("changes", "instalment", "days", "keys"),
    [
        ({}, 3, 30, ["no_grace", "edge", "waiting"]),
        ({"grace_days": 7}, 3, 7, ["within", "edge"]),
        ({"principal": 10}, 3, 1, ["nothing"]),
        ({"grace_days": 7}, 3, 8, ["beyond"]),
        ({}, 0, 30, ["on_time"]),
        ({}, 3, 0, ["on_time"]),
        ({"penalty_multiple": 0.0}, 3, 30, ["free"]),
    ],
)
def test_words_on_being_late(
    lang: str, changes: dict[str, Any], instalment: int, days: int, keys: list[str]
) -> None:
    found = grace.days.answer(loan(**changes), instalment, days, 0.02)
    for key in keys:
        assert says(f"answer.grace.days_{key}", found.headline), found.headline


@pytest.mark.parametrize(
    ("changes", "instalment", "key"),
    [({}, 3, "title"), ({"penalty_multiple": 0.0}, 3, "title_free"), ({}, 0, "title_none")],
)
def test_the_chart_of_days(lang: str, changes: dict[str, Any], instalment: int, key: str) -> None:
    ax: Any = grace.days.chart(loan(**changes), instalment, 30)
    if key != "title":  # a line at zero shows nothing
        assert says(f"answer.grace.days_{key}", ax)
        return
    assert says(f"answer.grace.days_{key}", ax.get_title())
    assert_texts_apart(ax.figure)  # type: ignore[arg-type]
    plain, fifteen, three = (np.asarray(line.get_ydata(), float) for line in ax.lines)
    assert three[4] == plain[4]  # beyond the grace each joins the line without grace
    assert fifteen[16] == plain[16]
    assert not three[:4].any()
    assert three[5] == three[4]  # the step of a day is held until the next
    assert np.isnan(three[6:]).all()


# ---- charts --------------------------------------------------------------------------------------


def test_kinds_with_one_balance_are_drawn_as_one(lang: str) -> None:
    ax: Any = grace.charts.balances(loan(), 3, START)
    assert says("answer.grace.balance_rises", ax.get_title())
    assert "51,800" in ax.get_title()
    assert_texts_apart(ax.figure)  # type: ignore[arg-type]
    tops = [float(each.max()) for each in drawn(ax, 10)]
    assert tops == [50_000, 50_000, 51_800]
    free: Any = grace.charts.balances(loan(daily_rate=0.0), 3, START)
    assert says("answer.grace.balance_title", free.get_title())
    none = grace.charts.balances(loan(), 0, START)
    assert none == grace.answer(loan(), 0, START, "paid", 0.02).said


def test_the_chart_of_costs(lang: str) -> None:
    ax: Any = grace.charts.costs(loan(), 3, START)
    assert says("answer.grace.costs_apart", ax.get_title())
    assert_texts_apart(ax.figure)  # type: ignore[arg-type]
    same = grace.charts.costs(loan(daily_rate=0.0), 3, START)
    assert isinstance(same, Words)
    assert says("answer.grace.costs_same", same)


def test_what_cash_does_not_carry_is_no_finding(lang: str) -> None:
    """The kind whose interest is paid meanwhile is not carried: it is hollow, and not the title."""
    ax: Any = grace.charts.costs(loan(), 3, START, cash(0, 1_500))
    title = ax.get_title().replace("\n", " ")
    assert not says("answer.grace.costs_apart", title)
    assert_texts_apart(ax.figure)


def test_costs_are_told_against_the_plan_though_cash_does_not_carry_it(lang: str) -> None:
    """Added to the principal, 1,800 of interest bear interest: the dearest, by 1,974.43 in all."""
    ax: Any = grace.charts.costs(loan(), 3, START, cash())
    title = ax.get_title().replace("\n", " ")
    assert says("answer.grace.costs_apart", title)
    assert "¥28.05" in title
    assert "¥1,974.43" in title
    assert not says("answer.grace.costs_same", title)


# ---- any loan ------------------------------------------------------------------------------------


def test_a_loan_repaid_once_has_no_months_of_grace_but_days(lang: str) -> None:
    once = loan(method="bullet")
    mine = grace.fitted(so_far(once, {}, ""), grace.EXAMPLE)
    assert (mine.grace_months, mine.late_instalment) == (0, 1)
    assert say("answer.grace.left_out") in str(mine.said)
    text = grace.carried.shortest(once, START, "billed", cash(0, 0)).headline
    assert says("answer.grace.shortest_one", text)
    assert isinstance(grace.flips.gauge(once, 0, START, "billed", 0.02), Words)
    assert says("answer.grace.days_no_grace", grace.days.answer(once, 1, 30, 0.02).headline)


def test_the_thin_months_of_the_example_are_the_first_of_another_loan() -> None:
    other = loan(start="2028-05-15", months=2)
    mine = grace.fitted(so_far(other, {}, ""), grace.EXAMPLE)
    assert mine.thin_months == {"2028-06-15": 12_000, "2028-07-15": 12_000}
    assert mine.holiday_on == "2028-06-16"  # the day after a due day in its middle
    typed = dict(grace.EXAMPLE) | {"thin_months": {"2028-06-01": 1}}
    assert grace.fitted(so_far(other, {}, ""), typed).thin_months == {"2028-06-01": 1}


def test_thin_months_that_nobody_typed_are_no_reason_to_be_short(lang: str) -> None:
    """30,000 of 50,000: 12,000 x 0.6 = 7,200; and that they are the example's stands first."""
    mine = {"principal": 30_000, "daily_rate": 0.00045, "start": "2026-07-10"}
    run = run_notebook("06_grace", lang=lang, cash_in_hand=15_000, **mine)
    assert set(run.namespace["mine"].thin_months.values()) == {7_200}
    assert says("answer.grace.supposed", run.answers[0].headline)
    for found in (run.answers[0], run.answers[2]):
        assert says("answer.grace.carries", found.headline)
    typed = dict(grace.EXAMPLE) | mine
    assert not grace.supposed(
        grace.fitted(so_far(loan(**mine), {}, ""), typed | {"thin_months": {}})
    )


def test_a_grace_is_over_with_the_first_due_day_after_it() -> None:
    """Nothing is due in it either way: the 50,000 of a year later are not put off by it."""
    free = measured("paid", method="interest_only", daily_rate=0.0)
    assert free.meanwhile == 0.0
    later = measured("paid", method="interest_then_equal")
    assert later.meanwhile == 0.0
    ends_early = loan(daily_rate=0.005, months=36, start="2027-05-15")
    assert len(grace.depends.by_day(ends_early, 3, "2027-12-02", "billed").table) > 3


def test_later_instalments_that_are_missed_too_are_named(lang: str) -> None:
    """365 days: nine later instalments bear 5,155 of the 6,141."""
    text = grace.days.answer(loan(), 3, 365, 0.02).headline
    assert "6,141" in text
    assert says("answer.grace.days_besides", text)
    assert not says("answer.grace.days_besides", grace.days.answer(loan(), 3, 30, 0.02).headline)


# ---- the notebook --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        (
            {"method": "bullet", "grace_months": 2},
            "^method='bullet': such a loan is repaid once",
        ),
        ({"holiday_on": "2028-01-01"}, "^holiday_on=2028-01-01: .* is paid off on 2027-12-01"),
        ({"holiday_on": "2026-11-01"}, "^holiday_on=2026-11-01: the loan runs from 2026-12-01"),
        ({"thin_months": []}, r"^thin_months=\[\]: give thin_months in this form: \{"),
        ({"thin_months": {"2027-01-01": "a lot"}}, "^thin_months='a lot': "),
        ({"thin_months": {"soon": 1}}, "^thin_months='soon': "),
        ({"cash_in_hand": -1}, "^cash_in_hand=-1: "),
        ({"grace_interest": "free"}, "^grace_interest='free' is unknown"),
        ({"grace_months": 61}, "^grace_months=61: "),
        ({"late_instalment": 13}, "^late_instalment=13: a whole number from 0 to 12"),
        ({"grace_days": 31}, "grace_days=31: "),
        ({"savings_rate": 2}, "savings_rate=2: a share is a decimal from 0 to 1"),
    ],
)
def test_wrong_numbers_are_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        run_notebook("06_grace", **wrong)


def test_where_something_was_paid_late_a_coupon_would_count_from_there() -> None:
    """100 of 162 on the due day, the rest with too much two days later: nothing past is let off."""
    drawn = jb.Loan(9_500, daily_rate=0.00055, months=9, method="interest_only", start="2027-03-31")
    paid = {"2027-04-30": 157, "2027-05-31": 100, "2027-06-02": 170}
    now = so_far(drawn, paid, "2027-06-20")
    found = grace.flips.same_end(now.ahead, 2, "2027-06-20", 0.02)
    assert says("answer.grace.waived_left_out", found.headline)
    assert len(found.figures) == 2


def test_the_pair_of_days_that_is_told_stands_in_the_table(lang: str) -> None:
    agreed = loan(months=17, method="equal_principal")
    found = grace.depends.by_day(agreed, 6, HOLIDAY, "waived")
    assert set(grace.depends._pair(agreed) or ()) <= set(
        grace.depends._days(agreed, HOLIDAY, START)
    )
    assert "waived_rate" not in found.figures  # the page's own kind is the waived one
    assert "waived_rate" in grace.depends.by_day(agreed, 6, HOLIDAY, "billed").figures


# ---- ties and rare sentences ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meanwhile", "cost", "rate", "keys"),
    [
        (10.0, 5.0, 0.1, ["cost_more", "relief", "rate"]),
        (10.0, 5.0, np.nan, ["cost_more", "relief"]),
        (10.0, -5.0, 0.1, ["cost_less", "relief"]),
        (-10.0, 5.0, np.nan, ["cost_more", "relief"]),
        (0.0, 0.0, np.nan, ["cost_same", "no_relief"]),
    ],
)
def test_what_is_said_of_the_price(
    meanwhile: float, cost: float, rate: float, keys: list[str]
) -> None:
    fields = {"months": 3, "day": START, "kind": grace.kind_name("paid")}
    given_ = grace.Grace(meanwhile, cost, rate, 0.0)
    said = told(grace.verdict._price(given_, loan(), fields))
    assert [each.key for each in said] == [f"answer.grace.{key}" for key in keys]


def test_only_what_costs_no_interest_is_better_whatever_savings_earn(lang: str) -> None:
    text = grace.answer(loan(), 3, START, "billed", 0.4, PLENTY).headline
    assert says("answer.grace.better", text)
    assert not says("answer.grace.unless_nothing", text)


def test_three_due_days_are_left_out_and_the_next_is_told() -> None:
    found: Any = grace.carried._afterwards(loan(), loan().defer(3, on=START, interest="paid"))
    assert found.fields["months"] == 3
    assert str(found.fields["day"])[:10] == "2027-04-01"


@pytest.mark.parametrize(("days", "last"), [(5, 30), (60, 60)])
def test_the_days_late_are_drawn_to_the_readers_own(days: int, last: int) -> None:
    ax: Any = grace.days.chart(loan(), 3, days)
    assert ax.lines[0].get_xdata()[-1] == last


def test_a_grace_as_long_as_the_picture_has_no_line() -> None:
    """Three days of cards and fifteen of a file have one, and what has no grace."""
    ax: Any = grace.days.chart(loan(grace_days=30), 3, 30)
    assert len(drawn(ax, 10)) == 3


def test_a_day_that_is_typed_stays_and_one_of_the_example_is_moved() -> None:
    typed = dict(grace.EXAMPLE) | {"holiday_on": HOLIDAY}
    assert grace.fitted(so_far(loan(), {}, ""), typed).holiday_on == HOLIDAY


def test_thin_months_beyond_the_loan_are_taken_into_it() -> None:
    mine = grace.fitted(so_far(loan(months=2), {}, ""), grace.EXAMPLE)
    assert list(mine.thin_months) == ["2027-01-01", "2027-02-01"]
    rich = grace.fitted(so_far(loan(principal=100_000), {}, ""), grace.EXAMPLE)
    assert set(rich.thin_months.values()) == {12_000}


def test_while_something_is_overdue_there_is_no_grace() -> None:
    with pytest.raises(JiebeiError, match="2027"):
        grace.fitted(so_far(loan(), {"2026-12-20": 1}, "2027-03-20"), grace.EXAMPLE)


def test_days_after_the_drawdown_are_no_date() -> None:
    with pytest.raises(JiebeiError, match=r"^holiday_on=180: "):
        grace.terms.check(loan(), 3, 3, 180)
    with pytest.raises(JiebeiError, match=r"^thin_months=5: "):
        grace.terms.cash(0, 0, START, {5: 1})  # type: ignore[dict-item]
    with pytest.raises(JiebeiError, match=r"^thin_months=-1: "):
        grace.terms.cash(0, 0, START, {HOLIDAY: -1})


def test_no_months_of_grace_have_no_gauge() -> None:
    assert isinstance(grace.flips.gauge(loan(), 0, START, "billed", 0.02), Words)


@pytest.mark.parametrize(("savings_rate", "highest"), [(0.02, 0.3), (0.4, 0.6), (0.9, 1.0)])
def test_the_gauge_goes_to_half_as_much_again(savings_rate: float, highest: float) -> None:
    ax: Any = grace.flips.gauge(loan(), 3, START, "billed", savings_rate)
    assert ax.get_xlim() == pytest.approx((0, highest))


@pytest.mark.parametrize(
    ("carried", "key"),
    [(["a", "b", "c"], "apart"), (["a", "b"], None), (["b", "c"], "apart"), (["b"], None)],
)
def test_what_is_said_of_the_kinds_that_cash_carries(carried: list[str], key: str | None) -> None:
    """Of a and b, which cost as much, nothing is said where c is left out."""
    more = {"plan": 0.0, "a": 5.0, "b": 5.0, "c": 9.0}
    found = grace.charts._costs_title(more, carried)
    assert found is None if key is None else found is not None and found.key.endswith(key)
    alike = grace.charts._costs_title({"plan": 0.0, "a": 5.0, "b": 5.0}, ["a", "b"])
    assert alike == Words("answer.grace.costs_same")
