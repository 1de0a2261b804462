"""Repayment methods: the figures against sums done by hand, and every sentence reached."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import jiebei as jb
from jiebei.answers import methods
from jiebei.charts.drawing.money import money
from jiebei.language import words
from jiebei.language.errors import JiebeiError
from jiebei.language.frames import column
from jiebei.language.words import month, say
from jiebei.value.worth import BreakEven
from tests.helpers.said import says
from tests.helpers.texts import seen
from tests.truth import told

ALL = ["equal_instalment", "interest_only", "equal_principal", "bullet", "interest_then_equal"]
FEN = Decimal("0.01")


pytestmark = pytest.mark.usefixtures("lang")


def loan(method: str = "equal_instalment", **changes: Any) -> jb.Loan:
    terms = {"principal": 50_000, "daily_rate": 0.0004, "months": 12, "start": "2026-12-01"}
    return jb.Loan(**terms | changes, method=method)


def loans(*offered: str, **changes: Any) -> dict[str, jb.Loan]:
    names = methods.possible(list(offered) or ALL, changes.get("months", 12))
    return {say(f"method.{each}"): loan(each, **changes) for each in names}


def cash(in_hand: float = 25_000, monthly: float = 5_000, since: str = "2026-12-01") -> jb.Cash:
    return jb.Cash(in_hand, monthly, since)


def headline(savings_rate: float = 0.02, own: jb.Cash | None = None, **changes: Any) -> str:
    offered = changes.pop("offered", ALL)
    return methods.answer(loans(*offered, **changes), savings_rate, own or cash()).headline


# ---- figures -------------------------------------------------------------------------------------


def test_interest_by_hand() -> None:
    table = methods.answer(loans(), 0.02, cash()).table["interest"]
    assert table[say("method.bullet")] == table[say("method.interest_only")]
    assert table[say("method.bullet")] == 50_000 * 4 * 365 / 10_000
    dates = [date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 13))]
    owed, paid = Decimal(50_000), Decimal(0)
    for first, last in pairwise(dates):
        interest = owed * (last - first).days * Decimal("0.0004")
        paid += interest.quantize(FEN, ROUND_HALF_UP)
        owed -= Decimal("4166.67")
    assert table[say("method.equal_principal")] == float(paid)


def test_owed_on_average_is_the_interest_over_the_rate() -> None:
    table = methods.answer(loans(), 0.02, cash()).table
    assert np.allclose(table["owed_on_average"] * 0.0004 * 365, table["interest"], atol=0.06)


def test_the_best_is_the_best_by_brute_force() -> None:
    """Keep a savings book day by day for each method; who ends with the most is named."""
    for savings_rate in (0.0, 0.02, 0.14, 0.3):
        given = loans()
        left = {}
        for name, each in given.items():
            book = 0.0
            paid = each.cashflows().groupby("date")["payment"].sum()
            for day in np.arange("2026-12-01", "2027-12-02", dtype="M8[D]"):
                book *= (1 + savings_rate) ** (1 / 365)
                book -= paid.get(day, 0.0)
            left[name] = book
        best = max(left, key=left.__getitem__)
        assert methods.answer(given, savings_rate, cash()).table["net_benefit"].idxmax() == best
        assert best in headline(savings_rate)


@pytest.mark.parametrize("principal", [100, 153_700, 8_000_000])
@pytest.mark.parametrize("start", ["2026-12-01", "2027-01-31"])
@pytest.mark.parametrize("months", [1, 12, 60])
def test_interest_only_repaid_like_equal_instalments_costs_the_same(
    principal: int, start: str, months: int
) -> None:
    terms = {"principal": principal, "start": start, "months": months}
    equal, like = loan(**terms), loan("interest_only", **terms)
    schedule = equal.cashflows(["date", "principal"]).iloc[1:-1]
    for due, part in schedule.itertuples(index=False):
        like = like.prepay(part, on=due)
    assert like.summary().interest == equal.summary().interest


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("in_hand", [0.0, 25_000.0])
@pytest.mark.parametrize("start", ["2026-12-01", "2026-12-31"])
def test_the_least_surplus_is_just_enough(method: str, in_hand: float, start: str) -> None:
    each = loan(method, start=start)
    least = methods.flips.least_surplus(each, cash(in_hand, 0, start))
    assert jb.lowest_cash(each, cash(in_hand, least, start))[0] >= 0
    assert jb.lowest_cash(each, cash(in_hand, least - 0.02, start))[0] < 0


def test_the_flip_is_the_effective_rate_where_interest_is_paid_monthly() -> None:
    table = methods.flips.flips(loans("equal_instalment", "interest_only"), cash()).table
    assert table["flip_rate"].iloc[1] == pytest.approx(loan().summary().effective_rate, abs=1e-4)


def test_a_changed_term_changes_one_thing() -> None:
    table = methods.flips.depends(loans(), 0.02).table
    half = say("answer.methods.case_months", months=words.count(6, "month"))
    only = say("method.interest_only")
    assert table.loc[half, only] == loan("interest_only", months=6).summary().interest
    assert np.isnan(table.loc[half, say("method.interest_then_equal")])
    low = say("answer.methods.case_rate", rate="0.015%")
    assert table.loc[low, only] == loan("interest_only", daily_rate=0.00015).summary().interest


# ---- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offered", "months", "why"),
    [
        (["bullets", "bullet"], 12, r"^offered: 'bullets' is no method; did you mean 'bullet'"),
        ([], 12, r"^offered=\[\]: give at least two methods"),
        (["bullet", "bullet"], 12, "give at least two methods"),
        (["bullet", "interest_then_equal"], 6, "at least two methods that a loan of 6 months"),
    ],
)
@pytest.mark.parametrize("lang", ["en"], indirect=True)  # in Chinese: test_errors_zh.py
def test_a_bad_list_is_refused(offered: list[str], months: int, why: str) -> None:
    with pytest.raises(JiebeiError, match=why):
        methods.possible(offered, months)


# ---- sentences -----------------------------------------------------------------------------------

TWO = ["equal_instalment", "interest_only"]
TIED = ["interest_only", "bullet", "equal_instalment"]


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("cost_range", {}),
        ("cost_same", {"months": 1}),
        ("range", {"principal": 1}),
        ("best", {}),
        ("best_only", {"own": jb.Cash(0, 4_600, "2026-12-01")}),
        ("best_same", {"months": 1, "own": jb.Cash(60_000, 0, "2026-12-01")}),
        ("best_two", {"daily_rate": 0.0, "offered": TIED}),
        ("fits_all", {}),
        ("fits_some", {"own": jb.Cash(0, 4_780, "2026-12-01")}),
        ("fits_none", {"own": jb.Cash(0, 0, "2026-12-01")}),
    ],
)
def test_headlines(key: str, given: dict[str, Any]) -> None:
    assert says(f"answer.methods.{key}", headline(**given))


def test_a_verdict_is_withheld_where_the_cash_runs_out() -> None:
    text = headline(own=jb.Cash(0, 0, "2026-12-01"))
    assert not says("answer.methods.best", text)
    assert not says("answer.methods.fits_all", text)


def test_the_best_by_far_is_measured_against_the_runner_up_where_it_is_the_first(lang: str) -> None:
    text = headline(offered=["equal_principal", "interest_only", "equal_instalment"])
    best, other = say("method.equal_principal"), say("method.equal_instalment")
    verdict = text[text.index({"en": "the best is", "zh": "最划算的是"}[lang]) :]
    assert verdict.index(best) < verdict.index(other)


@pytest.mark.parametrize(
    ("key", "months", "like"),
    [("wrong_same", 1, 0), ("proof_other", 12, 0), ("wrong", 12, 12), ("proof_same", 12, 12)],
)
def test_the_misconception(key: str, months: int, like: int) -> None:
    equal, only = loan(months=months), loan("interest_only", months=months)
    repaid = only
    for due, part in equal.cashflows(["date", "principal"]).iloc[1:like].itertuples(index=False):
        repaid = repaid.prepay(part, on=due)
    assert says(f"answer.methods.{key}", methods.misconception(equal, only, repaid).headline)


@pytest.mark.parametrize(
    ("key", "offered", "savings_rate"),
    [
        ("depends_none", ["interest_only", "interest_only"], 0.0),
        ("depends_one", ["interest_only", "bullet"], 0.02),
        ("depends_many", ALL, 0.02),
    ],
)
def test_dependence(key: str, offered: list[str], savings_rate: float) -> None:
    given = {f"{place} {each}": loan(each) for place, each in enumerate(offered)}
    assert says(f"answer.methods.{key}", methods.flips.depends(given, savings_rate).headline)


@pytest.mark.parametrize(
    ("key", "offered", "given", "own"),
    [
        ("flip_none", TWO, {"months": 1}, cash()),
        ("flip_one", TWO, {}, cash()),
        ("flip_range", ALL, {}, cash()),
        ("flip_zero", TWO, {"daily_rate": 0.0}, cash()),
        ("need", ALL, {}, cash()),
        ("need_same", TWO, {"months": 1}, cash()),
        ("need_none", TWO, {"principal": 100}, cash()),
    ],
)
def test_flips(key: str, offered: list[str], given: dict[str, Any], own: jb.Cash) -> None:
    text = methods.flips.flips(loans(*offered, **given), own).headline
    assert says(f"answer.methods.{key}", text)


@pytest.mark.parametrize(
    ("key", "kind", "roots", "signs"),
    [
        ("below", "one", [0.1], [1, -1]),
        ("above", "one", [0.1], [-1, 1]),
        ("always", "none", [], [1]),
        ("never", "none", [], [-1]),
        ("equal", "equal", [], [0]),
        ("several", "several", [0.1, 0.2], [1, -1, 1]),
    ],
)
def test_words_of_a_flip(key: str, kind: str, roots: list[float], signs: list[int]) -> None:
    found = BreakEven(kind, np.array(roots), np.array(signs))
    assert methods.flips._flip_words(found).key == f"answer.methods.better_{key}"


# ---- charts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "draw"),
    [
        ("payments_title", lambda: methods.charts.payments(loans(), cash())),
        ("payments_same", lambda: methods.charts.payments(loans(months=1), cash(60_000))),
        ("area_title", lambda: methods.charts.balance(loans(), cash())),
        ("area_same", lambda: methods.charts.balance(loans("interest_only", "bullet"), cash())),
        ("terms_title", lambda: methods.charts.by_term(loans())),
        ("terms_title_longest", lambda: methods.charts.by_term(loans(months=24))),
        ("terms_title_here_same", lambda: methods.charts.by_term(loans(*TWO, months=1))),
        ("terms_same", lambda: methods.charts.by_term(loans("interest_only", "bullet"))),
        ("gauge_same", lambda: gauge(0.02, months=1)),
    ],
)
def test_titles(key: str, draw: Any) -> None:
    drawn = draw()
    assert says(f"answer.methods.{key}", drawn.get_title() if isinstance(drawn, Axes) else drawn)


def test_where_nothing_is_gained_here_the_title_says_so() -> None:
    assert says("chart.frontier.title_same", gauge(0.0, daily_rate=0.0).get_title())


def gauge(savings_rate: float, **changes: Any) -> Any:
    return methods.charts.gauge(loan(**changes), loan("interest_only", **changes), savings_rate)


def test_the_first_chart_names_what_the_answer_names() -> None:
    """50,000 / 12 and 31 days of 20 yuan: 4,786.67; the cash makes up for what is higher."""
    given = loans()
    found = methods.answer(given, 0.02, cash())
    ax = methods.charts.payments(given, cash(), found.best)
    title = ax.get_title().replace("\n", " ")
    assert says("answer.methods.payments_best_costs", title)
    assert say("method.equal_principal") in title
    assert "¥4,787" in title
    assert say("answer.methods.payments_above") in written(ax)
    assert say("answer.methods.payments_above") not in written(payments(100_000))


def written(ax: Axes) -> str:
    return " ".join(text for text, _ in seen(ax.figure)).replace("\n", " ")


def payments(monthly: float, in_hand: float = 25_000) -> Axes:
    return methods.charts.payments(loans(), cash(in_hand, monthly))


def test_a_method_that_cash_does_not_carry_is_named_so_on_its_panel() -> None:
    """Twelve times 4,600 and 400 are 55,600, and two methods take 57,300: they are 1,700 short."""
    ax = payments(4_600, 400)
    assert written(ax).count(say("chart.short.amount", amount="¥1,700")) == 2
    assert say("answer.methods.payments_above_short") in written(ax)
    assert says("chart.short.none", payments(0, 0).get_title().replace("\n", " "))


def test_the_bars_are_the_payments() -> None:
    given = loans()
    panels = methods.charts.payments(given, cash()).child_axes
    assert len(panels) == len(given)
    for panel, each in zip(panels, given.values(), strict=True):
        total = each.summary().total_paid
        assert sum(bar.get_height() for bar in panel.patches) == pytest.approx(total)
        assert panel.get_ylim() == panels[0].get_ylim()


@pytest.mark.parametrize("months", [12, 60])
def test_a_balloon_is_cut_and_told_and_the_months_can_be_read(months: int) -> None:
    """60,000 at the end of a loan without interest: as against 1,000 or 5,000 a month."""
    given = loans("equal_instalment", "bullet", principal=60_000, daily_rate=0.0, months=months)
    level, once = methods.charts.payments(given, jb.Cash(0, 500, "2026-12-01")).child_axes
    assert level.get_ylim()[1] == 1.5 * 60_000 / months
    written = [text for text, _ in seen(level.figure)]
    assert sum(text in ("¥60,000", "6万元", "6.00万元") for text in written) == 1
    assert len(once.collections) == 1
    assert not level.collections


def test_a_break_is_as_wide_as_its_bar_and_on_no_other(lang: str) -> None:
    """Three bars of one unit, at 0, 1 and 2; only that in the middle leaves a panel of 400."""
    panel = plt.figure().add_subplot()
    panel.bar(range(3), [100, 1_000, 400])
    panel.set_ylim(0, 400)
    before = set(panel.collections)
    methods.charts._cut(panel, np.array([100.0, 1_000.0, 400.0]), money([1_000.0]))
    (cut,) = set(panel.collections) - before
    across, up = cut.get_paths()[0].vertices.T
    assert (across.min(), across.max()) == (0.5, 1.5)
    assert 0.5 * 400 < up.min() < up.max() < 400


def test_where_no_payment_stands_out_nothing_is_cut() -> None:
    given = loans("equal_instalment", "equal_principal")
    panels = methods.charts.payments(given, cash()).child_axes
    assert not any(panel.collections for panel in panels)


def test_the_lines_are_the_interest() -> None:
    given = loans()
    drawn = [each for each in methods.charts.by_term(given).lines if len(each.get_xdata()) == 24]
    assert len(drawn) == len(given)
    for line, each in zip(drawn, given.values(), strict=True):
        assert line.get_ydata()[11] == each.summary().interest


@pytest.mark.parametrize(
    ("savings_rate", "better"), [(0.02, "equal_instalment"), (0.4, "interest_only")]
)
def test_the_gauge_names_the_better_one(savings_rate: float, better: str) -> None:
    name = say(f"method.{better}")
    assert name.lower() in gauge(savings_rate).get_title().lower()


# ---- at other numbers ------------------------------------------------------------------------


def test_a_tie_names_all_that_are_tied() -> None:
    """Two that pay all at the end without interest, and 6 + 6 is not left out."""
    offered = ("bullet", "equal_instalment", "interest_only", "interest_then_equal")
    tied = loans(*offered, daily_rate=0.0, months=7)
    text = methods.answer(tied, 0.02, jb.Cash(1e6, 0, "2026-12-01")).headline
    table = methods.answer(tied, 0.02, jb.Cash(1e6, 0, "2026-12-01")).table
    best = table.index[table["net_benefit"] > table["net_benefit"].max() - 0.005]
    assert len(best) == 3
    assert says("answer.methods.best_two", text)
    assert all(str(name) in text for name in best)


def test_a_flip_at_zero_is_none() -> None:
    """All at the end is always better than interest only: no flip at 0.00 %."""
    offered = ("interest_only", "equal_instalment", "bullet")
    found = methods.flips.flips(loans(*offered), cash())
    assert "0.00%" not in found.headline
    assert np.isnan(found.table["flip_rate"].iloc[2])


def test_the_distance_is_said_to_grow_only_where_it_does() -> None:
    """6 + 6 against equal instalments: ¥1,785 at 7 months, ¥1,676 at 24."""
    apart = methods.flips.depends(loans("equal_instalment", "interest_only"), 0.02).headline
    assert says("answer.methods.grows_apart", apart)
    free = methods.flips.depends(loans(daily_rate=0.0), 0.02).headline
    assert not says("answer.methods.grows", free)
    same = methods.flips.depends(loans("equal_instalment", "interest_then_equal"), 0.02).headline
    assert not says("answer.methods.grows_apart", same)


def test_what_cash_cannot_carry_is_named_on_the_chart() -> None:
    ax = methods.charts.balance(loans(), jb.Cash(0, 4_000, "2026-12-01"))
    shown = " ".join(text for text, _ in seen(ax.figure))
    assert "short" in shown or "钱还差" in shown


def test_a_loan_repaid_once_has_no_first_payment_of_nothing(lang: str) -> None:
    """The table says 34,927.50 is the first payment: so says the picture."""
    once = {"principal": 30_000, "daily_rate": 0.00045, "start": "2026-07-10"}
    ax = methods.charts.payments(loans(**once), cash(since="2026-07-10"))
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    shown = " ".join(text for text, _ in seen(figure))
    assert say("answer.methods.panel_once", amount="¥34,928") in shown
    assert "¥0" not in shown


@pytest.mark.parametrize(
    ("surplus", "lack", "is_cut", "keys"),
    [
        (5_000.0, {}, False, ["payments_scale"]),
        (5_000.0, {}, True, ["payments_scale_cut"]),
        (3_000.0, {}, False, ["payments_above", "payments_scale"]),
        (3_000.0, {"b": 9.0}, False, ["payments_above_short", "payments_scale"]),
        (3_000.0, {"a": 9.0}, False, ["payments_scale"]),  # what cash does not carry bears nothing
    ],
)
def test_what_the_note_of_the_payments_says(
    surplus: float, lack: dict[str, float], is_cut: bool, keys: list[str]
) -> None:
    """Method a takes 4,500 in its heaviest month, b 2,000."""
    found = methods.charts._payments_note({"a": 4_500.0, "b": 2_000.0}, surplus, lack, is_cut)
    said = [each.key.removeprefix("answer.methods.") for each in told(found)]
    assert said == ["payments_note", *keys]


def test_a_month_is_drawn_as_high_as_what_the_income_leaves_or_what_falls_due() -> None:
    """Twice the income, or one and a half times the middle month of the dearest method."""
    months = [pd.Series([100.0, 100.0, 400.0]), pd.Series([0.0, 0.0, 300.0])]
    assert methods.charts._usual(months, 90) == 180
    assert methods.charts._usual(months, 60) == 150


def test_a_panel_has_the_first_and_last_month_the_income_and_one_scale() -> None:
    ax = payments(5_000)
    for place, panel in enumerate(ax.child_axes):
        (line,) = [each for each in panel.lines if set(each.get_ydata()) == {5_000}]
        assert line.get_visible()
        assert panel.get_xlim() == (-0.5, 11.5)
        first, last = panel.get_xticklabels()
        assert [first.get_text(), last.get_text()] == [str(month(day)) for day in ENDS]
        assert [first.get_ha(), last.get_ha()] == ["left", "right"]
        assert list(panel.get_yticks()) == [0, 5_000, 10_000]
        assert panel.yaxis.get_tick_params()["labelleft"] == (place % 3 == 0)  # three side by side
    assert not ax.axison


ENDS = [pd.Timestamp("2027-01-01"), pd.Timestamp("2027-12-01")]


@pytest.mark.parametrize(("offered", "across"), [(2, 2), (3, 3), (4, 2), (5, 3)])
def test_how_many_panels_stand_side_by_side(offered: int, across: int) -> None:
    ax = methods.charts.payments(loans(*ALL[:offered]), cash())
    assert len({round(panel.get_position().x0, 6) for panel in ax.child_axes}) == across


def test_a_panel_says_what_is_due_first_and_last() -> None:
    """31 days of 20 yuan are 620; 50,000 and 30 days of 20 yuan are due at the end."""
    text = written(methods.charts.payments(loans("interest_only", "bullet"), cash()))
    assert say("answer.methods.panel_payments", first="¥620", last="¥50,600") in text
    two = written(methods.charts.payments(loans(*TWO, months=2), cash()))
    assert says("answer.methods.panel_payments", two)
    one = written(methods.charts.payments(loans(*TWO, months=1), cash()))
    assert not says("answer.methods.panel_payments", one)
    assert not says("answer.methods.panel_once", one)


@pytest.mark.parametrize(
    ("rate", "parts"), [(0.0004, ["principal", "interest"]), (0.0, ["principal"])]
)
def test_the_key_names_interest_only_where_there_is_some(rate: float, parts: list[str]) -> None:
    ax = methods.charts.payments(loans("interest_only", "bullet", daily_rate=rate), cash())
    texts = [text for text, _ in seen(ax.figure)]
    names = {part: column(part) for part in ("principal", "interest")}
    assert [part for part, name in names.items() if name in texts] == parts


@pytest.mark.parametrize(
    ("best", "interest", "key", "amount"),
    [
        (["a"], {"a": 5.0, "b": 9.0}, "payments_best_costs", 40.0),
        (["a"], {"a": 9.0, "b": 9.0}, "payments_best", 40.0),  # it costs no less
        (["a", "b"], {"a": 5.0, "b": 6.0, "c": 9.0}, "payments_best", 70.0),  # two costs
        (["a", "b"], {"a": 5.0, "b": 5.0, "c": 9.0}, "payments_best_costs", 70.0),
    ],
)
def test_what_the_title_says_of_the_best(
    best: list[str], interest: dict[str, float], key: str, amount: float
) -> None:
    heaviest = {"a": 40.0, "b": 70.0, "c": 90.0}
    found = methods.charts._payments_title(heaviest, interest, best)
    assert found.key == f"answer.methods.{key}"
    assert found.fields["amount"] == amount
    if key.endswith("costs"):
        assert (found.fields["interest"], found.fields["dearest"]) == (5.0, 9.0)


@pytest.mark.parametrize(("paid", "side"), [([9e3, 7e2, 5e2, 1e2], 1), ([1e2, 7e2, 5e2, 9e3], -1)])
def test_the_highest_that_is_cut_is_written_on_the_side_with_room(
    paid: list[float], side: int, lang: str
) -> None:
    panel = plt.figure().add_subplot()
    panel.set(xlim=(-0.5, 3.5), ylim=(0, 400))
    methods.charts._cut(panel, np.array(paid), money([9_000.0]))
    (text,) = [each for each in panel.texts if each.get_text()]
    assert text.get_text() in ("¥9,000", "9,000元")
    assert len(panel.collections) == 3
    box = text.get_window_extent()
    bar = panel.transData.transform((paid.index(9e3), 0))[0]
    assert box.x0 > bar if side > 0 else box.x1 < bar


def test_of_a_tiny_loan_only_some_methods_cost_a_fen() -> None:
    """1 yuan at 0.01 %: each month a third of a fen, which is nothing; 24 months at once 7 fen."""
    tiny = loans("interest_only", "bullet", principal=1, daily_rate=0.0001)
    assert isinstance(methods.charts.by_term(tiny), Axes)


def test_where_all_methods_are_alike_nothing_is_said_to_grow() -> None:
    alike = {f"{place}": loan("interest_only") for place in range(2)}
    assert not says("answer.methods.grows", methods.flips.depends(alike, 0.0).headline)
