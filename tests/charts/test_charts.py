import warnings
from collections.abc import Callable
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

import jiebei as jb
from jiebei import charts
from jiebei.charts.drawing.geometry import in_points, trace
from jiebei.charts.drawing.style import CHEAPER, DEARER, INK, SERIES, legible, series
from jiebei.language.errors import JiebeiError
from tests.helpers.texts import assert_texts_apart, seen

LONG = (
    "repay twenty thousand yuan early in spring and keep paying the same instalment until the end"
)
LONG_ZH = "春节之后提前还款两万元，每月还款额保持不变，一直还到全部结清为止的这一种还款方案"

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, method="interest_only", start="2026-12-01")
EARLY = LOAN.prepay(20_000, on="2027-03-01")
AGAIN = EARLY.reborrow(20_000, on="2027-06-01")
EQUAL = jb.Loan(150_000, daily_rate=0.0004, months=24, start="2026-12-01")

NORMAL = {
    "as agreed": LOAN,
    "repay early": EARLY,
    "extend": LOAN.extend(months=6, on="2027-12-01"),
    "re-borrow": AGAIN,
}
FIVE = {
    "as agreed": EQUAL,
    "lump sum, lower instalment": EQUAL.prepay(40_000, on="2027-03-01"),
    "lump sum, shorter term": EQUAL.prepay(40_000, on="2027-03-01", then="shorten"),
    "¥800 more a month": EQUAL.pay_extra(800, on="2027-01-01", times=24, then="shorten"),
    "extend": EQUAL.extend(12, on="2027-12-01"),
}
MANY = {
    f"{extra} more a month": EQUAL.pay_extra(extra, on="2027-01-01", times=24)
    for extra in range(0, 2800, 400)
}


@dataclass
class Flows:
    """A strategy that is nothing but its cash flows."""

    frame: pd.DataFrame

    def cashflows(self) -> pd.DataFrame:
        return self.frame


def flows(start: str, balances: list[float], days: int = 30, interest: float = 1.0) -> Flows:
    """Return a loan with these balances, a payment every so many days."""
    dates = np.datetime64(start, "s") + np.arange(len(balances)) * np.timedelta64(days, "D")
    closing = np.array(balances, float)
    opening = np.array([0.0, *closing[:-1]])
    paid = np.maximum(opening - closing, 0.0)
    parts = {"interest": np.full(len(dates), interest), "penalty": 0.0, "fee": 0.0}
    return Flows(
        pd.DataFrame({"date": dates, "opening": opening, "closing": closing, **parts}).assign(
            drawn=np.maximum(closing - opening, 0.0), principal=paid, payment=paid + interest
        )
    )


SIXTY = list(np.linspace(8_000_000, 0, 61))
BALANCES = {
    "normal": NORMAL,
    "five": FIVE,
    "many": MANY,
    "one": {"as agreed": LOAN},
    "same": dict.fromkeys(("as agreed", "keep", "stay", "leave", "wait"), LOAN),
    "huge": {"as agreed": flows("2026-12-01", SIXTY), "half": flows("2026-12-01", SIXTY[::2])},
    "tiny": {"as agreed": flows("2026-12-01", [0.01, 0.01, 0.0], interest=0.0)},
    "one day": {"as agreed": flows("2026-12-01", [50_000, 0], 1), "same": flows("2026-12-01", [0])},
    "still open": {"as agreed": flows("2026-12-01", [50_000, 40_000, 30_000])},
    "long names": {f"{place} {LONG}": each for place, each in enumerate(FIVE.values())},
    "long Chinese names": {f"{LONG_ZH}{place}": each for place, each in enumerate(FIVE.values())},
    "many long names": {f"{LONG_ZH}{place}": each for place, each in enumerate(MANY.values())},
}


def table(column: str, values: list[float], names: list[str] | None = None) -> pd.DataFrame:
    names = names or [f"strategy {place}" for place in range(len(values))]
    return pd.DataFrame({column: values}, index=pd.Index(names, name="strategy"))


TABLES = {
    "compared": (jb.compare(FIVE), "interest"),
    "net benefit": (jb.compare(NORMAL), "net_benefit"),
    "rate": (jb.compare(NORMAL), "effective_rate"),
    "days": (jb.compare(FIVE), "days_in_debt"),
    "one row": (table("interest", [3650.0]), "interest"),
    "same": (table("interest", [3650.0] * 5), "interest"),
    "zero": (table("interest", [0.0] * 3), "interest"),
    "huge": (table("total_paid", [8_000_000.0, 7_999_999.99, 12.0]), "total_paid"),
    "tiny": (table("interest", [0.01, 0.02, 0.0]), "interest"),
    "empty rate": (table("effective_rate", [0.1562, np.nan, 9.9999]), "effective_rate"),
    "nothing known": (table("effective_rate", [np.nan, np.nan]), "effective_rate"),
    "long names": (
        table("interest", [3e5, 2e5, 5e5, 1.0], [LONG, LONG_ZH, LONG + LONG, "x" * 90]),
        "interest",
    ),
    "twelve": (table("interest", list(np.geomspace(1, 1e6, 12))), "interest"),
}

PARTS = {
    "normal": ({"lower rate": -9200.0, "longer term": 15_100.0, "fees": 1200.0}, 69_800.0),
    "one part": ({"fees": 1200.0}, 0.0),
    "no part": ({}, 100.0),
    "nothing": ({"fees": 0.0}, 0.0),
    "below zero": ({"coupon": -300.0, "gift": -900.5, "fees": 200.0}, 500.0),
    "huge": ({"a": 8_000_000.0, "b": -7_999_999.0}, 8_000_000.0),
    "tiny": ({"a": 0.01}, 0.01),
    "ten": ({f"{LONG_ZH}{place}": 1000.0 * (-1) ** place for place in range(10)}, 123_456.0),
    "long names": ({LONG: -1.0, "x" * 70: 2.0}, 8.0),
}

MONTHS = np.arange("2026-12", "2031-12", dtype="M8[M]").astype("M8[s]")
COLUMNS = {
    "normal": (MONTHS[:12], {"principal": np.full(12, 4000.0), "interest": np.arange(12.0)}, None),
    "income": (MONTHS[:12], {"interest": np.full(12, 600.0)}, 5000.0),
    "short of income": (MONTHS[:12], {"interest": np.full(12, 600.0)}, np.arange(12) * 100.0),
    "once short": (MONTHS[:3], {"interest": [1.0, 600.0, 2.0]}, 500.0),
    "sixty": (MONTHS, {"principal": np.full(60, 8e6), "interest": np.full(60, 1e5)}, 9e6),
    "one": (MONTHS[:1], {"interest": [0.01]}, None),
    "nothing": (MONTHS[:3], {"interest": np.zeros(3)}, 0.0),
    "words": ([LONG, LONG_ZH, "x"], {"interest": [1.0, 2, 3], LONG: [1.0, 2, 3]}, None),
    "many words": ([f"{LONG_ZH}{place}" for place in range(40)], {"fee": np.ones(40)}, 0.5),
    "six parts": (MONTHS[:6], {f"part {LONG_ZH}{n}": np.ones(6) for n in range(6)}, 10.0),
}

X, Y = np.linspace(0, 0.4, 40), np.arange(1, 361, 7)
GAIN = 20_000 * (Y[:, None] / 365) * (0.146 - X) - 300
SURFACES = {
    "normal": (GAIN, {"here": (0.022, 180), "regions": ("repay early", "keep the cash")}),
    "no place": (GAIN, {}),
    "labelled": (GAIN, {"x_label": LONG, "y_label": LONG_ZH, "here": (0.39, 355)}),
    "all gains": (np.abs(GAIN) + 1, {"here": (0, 1), "regions": (LONG, LONG_ZH)}),
    "all losses": (-np.abs(GAIN) - 1, {"here": (0.4, 358)}),
    "nothing": (GAIN * 0, {"here": (0.1, 100)}),
    "huge": (GAIN * 4000, {"here": (0.022, 180)}),
    "tiny": (GAIN / 1e5, {"here": (0.022, 180)}),
    "gaps": (np.where(GAIN > 2000, np.nan, GAIN), {"here": (0.022, 350)}),
    "no answer": (np.full_like(GAIN, np.nan), {"here": (0.1, 100)}),
    "sliver": (GAIN - GAIN.min() - 1, {}),
    "islands": (np.sin(X * 40) * np.cos(Y[:, None] / 40), {"here": (0.2, 180)}),
}

DAYS = np.arange("2026-12-01", "2027-12-01", dtype="M8[D]")
SAW = 620.0 * (np.arange(365) % 30) / 30
LINES = {
    "sawtooth": (DAYS, {"interest owed": SAW, "after prepaying": SAW * 0.6}, {"x_kind": "date"}),
    "rates": (X, {name: 1e4 * X * k for k, name in enumerate(FIVE, 1)}, {"x_kind": "percent"}),
    "same": (X, dict.fromkeys(FIVE, X), {"y_kind": "percent"}),
    "one": (X, {"as agreed": X}, {"y_kind": "number", "steps": True}),
    "two points": ([0, 1], {"as agreed": [0.01, 0.01]}, {}),
    "one point": ([3], {"as agreed": [5.0]}, {}),
    "zero": (X, {"as agreed": X * 0}, {}),
    "below zero": (X, {"a": -1e6 * X - 1, "b": 1e6 * X}, {"dashed": ["b"]}),
    "gaps": (X, {"a": np.where(X > 0.2, np.nan, X), "b": np.full(40, np.nan)}, {}),
    "long names": (X, {LONG: X, LONG_ZH: X * 1.01, "x" * 80: X * 1.02}, {"x_label": LONG}),
    "huge": (X, {"as agreed": 8_000_000 + X}, {}),
}

CHANCE = np.random.default_rng(7)
WALKS = 50_000 + np.cumsum(CHANCE.normal(0, 900, (300, 12)), axis=1)
FANS = {
    "normal": (MONTHS[:12], WALKS, {"limit": 54_000.0}),
    "from above": (MONTHS[:12], WALKS, {"limit": 46_000.0, "limit_name": "nothing left"}),
    "no limit": (MONTHS[:12], WALKS * 100, {}),
    "one": (MONTHS[:12], WALKS[:1], {"limit": 0.0}),
    "certain": (X, np.full((5, 40), 0.146), {"x_kind": "percent", "y_kind": "percent"}),
    "huge": (MONTHS, np.full((5, 60), 8e6), {"limit": 9e6}),
}

SLOPES = {
    "normal": dict.fromkeys(("as agreed", "extend"), (0.146, 0.1562)) | {"short": (0.18, 0.2424)},
    "one": {"as agreed": (0.146, 0.146)},
    "close": {name: (0.146 + k / 1e4, 0.1562 + k / 1e4) for k, name in enumerate(FIVE)},
    "long names": {LONG: (0.1, 0.2), LONG_ZH: (0.1, 0.21), "x" * 80: (0.3, 9.0)},
    "zero": {"as agreed": (0.0, 0.0)},
}

PAIRS = {
    "normal": ({"tier A": (0.0755, 0.0685), LONG: (0.2424, 0.1337)}, {"limit": 0.06}),
    "one": ({"as agreed": (0.146, 0.146)}, {}),
    "far apart": ({"a": (-4.0, 9.0), LONG_ZH: (0.1, 0.1001)}, {"limit": 12.0}),
    "unknown": ({"a": (0.1, np.nan), "b": (np.nan, np.nan)}, {"limit": 0.2}),
    "huge": ({"a": (9e6, 8e6), "b": (0.0, 1.0)}, {"kind": "yuan"}),
}

CASES: dict[str, Callable[..., plt.Axes]] = {}
for case, each in BALANCES.items():
    CASES[f"balance, {case}"] = lambda each=each, **more: charts.balance(each, **more)
for case, each in TABLES.items():
    CASES[f"dumbbell, {case}"] = lambda each=each, **more: charts.dumbbell(*each, **more)
for case, each in PARTS.items():
    CASES[f"waterfall, {case}"] = lambda each=each, **more: charts.waterfall(*each, **more)
for case, (at, parts, income) in COLUMNS.items():
    CASES[f"columns, {case}"] = lambda each=(at, parts), income=income, **more: charts.columns(
        *each, income=income, **more
    )
for case, (gain, options) in SURFACES.items():
    CASES[f"frontier, {case}"] = lambda gain=gain, options=options, **more: charts.frontier(
        X, Y, gain, **options, **more
    )
for case, (at, values, options) in LINES.items():
    CASES[f"lines, {case}"] = lambda each=(at, values), options=options, **more: charts.lines(
        *each, **options, **more
    )
for case, (at, values, options) in FANS.items():
    CASES[f"fan, {case}"] = lambda each=(at, values), options=options, **more: charts.fan(
        *each, **options, **more
    )
for case, each in SLOPES.items():
    CASES[f"slope, {case}"] = lambda each=each, **more: charts.slope(each, **more)
for case, (ends, options) in PAIRS.items():
    CASES[f"pairs, {case}"] = lambda ends=ends, options=options, **more: charts.pairs(
        ends,
        ("as agreed", "after losses"),
        **{"title": "a finding", "limit_name": "costs", **options, **more},
    )


pytestmark = pytest.mark.usefixtures("lang")


# What is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_within_the_figure(case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        ax = CASES[case]()
        assert_texts_apart(ax.figure)
    assert ax.get_title()


@pytest.mark.parametrize("case", [case for case in CASES if case.split(", ")[1] in ("one", "huge")])
def test_words_can_be_given(case):
    ax = CASES[case](title="$1 and $2: 一_二", subtitle="in {unit}", note="why " * 60)
    assert_texts_apart(ax.figure)
    shown = [text for text, _ in seen(ax.figure)]
    assert "$1 and $2: 一_二" in shown
    assert not any("{unit}" in text for text in shown)


@pytest.mark.parametrize(
    "case", ["balance, normal", "dumbbell, compared", "frontier, normal", "columns, income"]
)
def test_charts_share_a_figure(case):
    figure, grid = plt.subplots(1, 2, figsize=(12, 5))
    for ax in grid:
        assert CASES[case](ax=ax) is ax
    assert_texts_apart(figure)


@pytest.mark.parametrize("strategies", [NORMAL, FIVE], ids=["normal", "five"])
def test_labels_cut_through_no_line(strategies):
    ax = charts.balance(strategies)
    assert_texts_apart(ax.figure)
    inks = {legible(each.colour) for each in series(strategies)}
    labels = [text for text in ax.texts if text.get_color() in inks]
    boxes = [label.get_window_extent() for label in labels]
    assert {label.get_color() for label in labels} == inks
    lines = [line for line in ax.lines if len(line.get_xdata()) > 1]
    points = np.concatenate([trace(line) for line in lines if line.get_marker() != "None"])
    for box in boxes:
        x, y = (points * ax.figure.dpi / 72).T
        inside = (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
        assert not inside.any()


# What is drawn -----------------------------------------------------------------------------


def test_balance_draws_the_debt_after_every_date():
    ax = charts.balance(NORMAL)
    curves = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    for line, (name, strategy), look in zip(curves, NORMAL.items(), series(NORMAL), strict=True):
        frame = strategy.cashflows()
        assert line.get_color() == look.colour
        dates = np.unique(frame["date"].to_numpy())
        assert (np.asarray(line.get_xdata()).astype("M8[s]") == dates).all()
        if name != "re-borrow":
            last = frame.groupby("date")["closing"].last()
            assert line.get_ydata() == pytest.approx(last.to_numpy())


def test_balance_adds_up_the_loans_of_a_line():
    line = next(line for line in charts.balance({"re-borrow": AGAIN}).lines)
    owed = pd.Series(line.get_ydata(), index=np.asarray(line.get_xdata()).astype("M8[D]"))
    dates = ("2027-05-01", "2027-06-01", "2027-12-01", "2028-06-01")
    assert [owed[np.datetime64(each)] for each in dates] == [30_000, 50_000, 20_000, 0]


def test_balance_marks_the_payoff():
    marks = [line for line in charts.balance(NORMAL).lines if len(line.get_xdata()) == 1]
    ends = [np.asarray(mark.get_xdata()).astype("M8[D]")[0].item().isoformat() for mark in marks]
    assert ends == ["2027-12-01", "2027-12-01", "2028-06-01", "2028-06-01"]
    assert [float(mark.get_ydata()[0]) for mark in marks] == [0.0] * 4


def test_more_than_five_strategies_are_small_multiples():
    ax = charts.balance(MANY)
    assert len(ax.child_axes) == len(MANY)
    assert len({panel.get_ylim() for panel in ax.child_axes}) == 1


def test_dumbbell_draws_each_value_and_the_baseline():
    compared, column = TABLES["compared"]
    ax = charts.dumbbell(compared, column, "extend")
    solid = [line for line in ax.lines if line.get_markersize() == 8]
    assert [float(line.get_xdata()[0]) for line in solid] == compared[column].tolist()
    rings = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert {float(line.get_xdata()[0]) for line in rings} == {compared.loc["extend", column]}


def test_waterfall_bars_start_at_zero_and_lead_from_one_to_the_other():
    parts, start = PARTS["normal"]
    bars = charts.waterfall(parts, start, 76_900.0).patches
    assert [bar.get_height() for bar in bars] == [start, *parts.values(), 76_900.0]
    assert [bar.get_y() for bar in bars] == pytest.approx([0, 69_800, 60_600, 75_700, 0])
    colours = [to_hex(bar.get_facecolor()).upper() for bar in bars[1:4]]
    assert colours == [CHEAPER, DEARER, DEARER]


def test_columns_are_stacked_from_zero():
    months, parts, income = COLUMNS["income"]
    ax = charts.columns(months, parts | {"fee": np.ones(12)}, income=income)
    bars = np.array([(bar.get_y(), bar.get_height()) for bar in ax.containers[1]])
    assert (bars == [600.0, 1.0]).all()
    assert ax.get_ylim()[0] == 0


def test_frontier_is_black_at_zero_and_shows_where_you_are():
    ax = charts.frontier(X, Y, GAIN, here=(0.022, 180))
    line = next(each for each in ax.collections if list(each.get_linewidths()) == [2.0])
    corners = np.concatenate([path.vertices for path in line.get_paths()])
    expected = 20_000 * corners[:, 1] / 365 * (0.146 - corners[:, 0]) - 300
    assert np.abs(expected).max() < 30
    ring = next(each for each in ax.lines if each.get_markersize() == 9)
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (0.022, 180)


def test_lines_keep_their_values_and_dash_what_is_projected():
    at, values, options = LINES["below zero"]
    ax = charts.lines(at, values, **options)
    drawn = [line for line in ax.lines if len(line.get_xdata()) == len(at)]
    for line, each in zip(drawn, values.values(), strict=True):
        assert (line.get_ydata() == each).all()
    assert [line.get_linestyle() for line in drawn] == ["-", "--"]


def test_fan_names_the_limit_and_says_from_which_side_it_is_passed():
    ax = CASES["fan, from above"]()
    assert "nothing left" in [text for text, _ in seen(ax.figure)]
    below = round(100 * (WALKS < 46_000).any(axis=1).mean())
    assert f"{below}%" in ax.get_title()


def test_fan_bands_hold_half_and_nine_in_ten():
    ax = charts.fan(MONTHS[:12], WALKS)
    outer, inner = (band.get_paths()[0].vertices[:, 1] for band in ax.collections[:2])
    assert outer.min() == pytest.approx(np.quantile(WALKS, 0.05, axis=0).min())
    assert inner.max() == pytest.approx(np.quantile(WALKS, 0.75, axis=0).max())
    assert ax.lines[0].get_ydata() == pytest.approx(np.median(WALKS, axis=0))


# The findings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "english", "chinese"),
    [
        (
            "balance, normal",
            "Repay early: free of debt on the same day, ¥2,200 less in interest and fees",
            "repay early：同一天还清，息费少¥2,200",
        ),
        (
            "balance, five",
            "Lump sum, shorter term: free of debt 6 months sooner than as agreed, "
            "¥9,788 less in interest and fees",
            "lump sum, shorter term：比as agreed早6个月还清，息费少¥9,788",
        ),
        (
            "balance, one",
            "As agreed: free of debt on 2027-12-01, ¥7,300 in interest and fees",
            "as agreed：2027年12月1日还清，息费共¥7,300",
        ),
        (
            "balance, same",
            "All end on 2027-12-01 at the same cost: ¥7,300 in interest and fees",
            "都在2027年12月1日还清，息费也一样：¥7,300",
        ),
        (
            "balance, still open",
            "As agreed: ¥30,000 still owed on 2027-01-30",
            "as agreed：到2027年1月30日还欠¥30,000",
        ),
        (
            "dumbbell, days",
            "Fewest days in debt: lump sum, shorter term, 183 days fewer than as agreed",
            "欠款天数最少：lump sum, shorter term，比as agreed少183天",
        ),
        ("dumbbell, same", "Interest: the same for all, ¥3,650", "利息：全都一样，¥3,650"),
        (
            "waterfall, normal",
            "Afterwards: ¥7,100 more than as agreed, mostly longer term (+¥15,100)",
            "之后：比按原计划多¥7,100，主要来自longer term（+¥15,100）",
        ),
        (
            "columns, once short",
            "Jan 2027 is ¥100 short: ¥600 to pay",
            "2027年1月差¥100：要还¥600",
        ),
        (
            "frontier, normal",
            'At 2.2%, "repay early" is better by ¥923; above 11.6%, "keep the cash" is better',
            "2.2%时，「repay early」划算¥923；高于11.6%，换成「keep the cash」划算",
        ),
        (
            "fan, normal",
            "16% of the cases go over ¥54,000",
            "有16%的可能超过¥54,000",
        ),
        (
            "fan, from above",
            "18% of the cases fall below ¥46,000",
            "有18%的可能跌破¥46,000",
        ),
        (
            "slope, normal",
            "Short: quoted 18.00%, really 24.24% a year",
            "short：标称年利率18.00%，实际24.24%",
        ),
    ],
)
def test_the_title_is_the_finding(lang, case, english, chinese):
    assert CASES[case]().get_title() == {"en": english, "zh": chinese}[lang]


# What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: charts.balance({}), r"balance\(\)"),
        (
            lambda: charts.balance(
                {"a": jb.Loan([1e4, 2e4], daily_rate=4e-4, months=3, start="2026-12-01")}
            ),
            r"'a' holds 2 scenarios",
        ),
        (lambda: charts.dumbbell(*TABLES["compared"], "x"), r"baseline='x'"),
        (lambda: charts.dumbbell(TABLES["same"][0], "intrest"), r"did you mean 'interest'"),
        (lambda: charts.waterfall({"a": 1.0}, 1.0, 3.0), r"come to 2\.00, not to the end of 3\.00"),
        (lambda: charts.columns([], {}), r"columns\(\)"),
        (lambda: charts.frontier(X, Y, GAIN.T), r"z has the shape \(40, 52\)"),
        (lambda: charts.lines(X, {}), r"lines\(\): 0 lines; draw 1 to 5"),
        (lambda: charts.fan(X, [[1.0]]), r"fan\(\): \(1, 1\) scenarios for 40 places"),
        (lambda: charts.slope({}), r"slope\(\) needs at least one pair"),
    ],
)
@pytest.mark.parametrize("lang", ["en"], indirect=True)  # in Chinese: test_errors_zh.py
def test_what_makes_no_sense_is_refused_in_words(call, message):
    with pytest.raises(JiebeiError, match=message):
        call()


def test_a_limit_is_black_wherever_it_stands_and_takes_no_colour_from_the_lines():
    curves = {"loan": X, "penalty": 1.5 * X}
    before = charts.lines(X, {"24%": X * 0 + 0.24, **curves}, dashed=["24%"], y_kind="percent")
    after = charts.lines(X, {**curves, "24%": X * 0 + 0.24}, dashed=["24%"], y_kind="percent")
    for ax, place in ((before, 0), (after, 2)):
        drawn = [line for line in ax.lines if len(line.get_xdata()) == len(X)]
        limit = drawn.pop(place)
        assert (limit.get_color(), limit.get_linestyle()) == (INK, "--")
        assert [line.get_color() for line in drawn] == list(SERIES[:2])


def test_a_line_is_marked_where_it_is_alone_and_equal_ones_all_show() -> None:
    same, apart = [10.0, 20.0, 30.0, 30.0], [10.0, 90.0, 60.0, 30.0]
    ax = charts.lines(range(4), {"a": same, "b": same, "c": apart}, y_kind="number")
    first, second, third = ax.lines[:3]
    assert third.get_markevery() == [2]
    assert first.get_linewidth() > second.get_linewidth() + 0.5
    assert first.get_zorder() < second.get_zorder()
    plt.close(ax.figure.figure)


def test_a_line_beneath_another_shows_on_both_its_sides() -> None:
    same = [1.0, 4.0, 2.0, 8.0]
    ax = charts.lines(range(4), {"a": same, "b": same, "c": [8.0, 2.0, 4.0, 1.0]}, y_kind="number")
    below, above, alone = ax.lines[:3]
    assert below.get_linewidth() >= above.get_linewidth() + 2
    assert below.get_zorder() < above.get_zorder()
    assert alone.get_linewidth() == 2.5
    plt.close(ax.figure.figure)


def test_what_nobody_quotes_is_a_mark_at_the_right_alone() -> None:
    ax = charts.slope({"card": (0.06, 0.11), "line": (0.14, 0.15)}, mixes={"both": 0.09})
    assert "card" in ax.get_title().lower()
    assert "9.00%  both" in [each.get_text() for each in ax.texts]
    assert len([each for each in ax.texts if each.get_text() in ("6.00%", "14.00%")]) == 2
    plt.close(ax.figure.figure)


def test_a_step_that_ends_early_has_its_mark_where_its_line_ends() -> None:
    values = {"short": [90.0, 80.0, np.nan, np.nan], "long": [10.0, 20.0, 30.0, 30.0]}
    ax = charts.lines(range(4), values, y_kind="number", steps=True)
    line = ax.lines[0]
    assert line.get_markevery() == [2]
    assert np.array_equal(line.get_ydata(), [90.0, 80.0, 80.0, np.nan], equal_nan=True)
    plt.close(ax.figure.figure)


def test_a_label_of_a_pair_stands_across_no_limit() -> None:
    """At 6.8 % the label would reach over the limit at 6 %: it stands over its dot instead."""
    ends = {"A": (0.075, 0.068), "E": (0.242, 0.134)}
    ax = charts.pairs(ends, ("as agreed", "after losses"), limit=0.06, limit_name="costs 6.0%")
    held = in_points(ax, (0.06, 0))[0, 0] * ax.figure.dpi / 72
    (box,) = [box for text, box in seen(ax.figure) if text.startswith("6.8%")]
    assert box.x0 > held


def test_lines_are_marked_where_the_reader_stands() -> None:
    x, rates = np.linspace(0.0002, 0.0006, 5), np.linspace(0.1, 0.3, 5)
    ax = charts.lines(
        x, {"a": rates, "b": rates * 2}, x_kind="percent", mark=(0.0003, "you"), title="finding"
    )
    assert [line.get_markevery() for line in ax.lines[:2]] == [[1], [1]]


def test_a_limit_on_top_of_a_line_close_beneath_has_its_name_above_it() -> None:
    x = np.arange(40)
    steps = np.linspace(15.4, 12.0, 40)
    data = {"court": np.full(40, 24.0), "your loan": np.full(40, 21.9)}
    data["four LPR"] = np.where(x < 36, steps, np.nan)  # it ends early: no name stands at an end
    ax = charts.lines(x, data, dashed=["court"], title="finding")
    (name,) = (each for each in ax.texts if each.get_text() == "court")
    level = ax.transData.transform((0, 24.0))[1]
    assert name.get_window_extent().y0 > level
    assert_texts_apart(ax.figure)


def test_the_reader_is_marked_where_a_limit_runs_through_the_line_too() -> None:
    x, rates = np.linspace(0.0002, 0.0006, 5), np.linspace(0.1, 0.3, 5)
    data = {"a": rates, "court": np.full(5, 0.3)}
    given = {"x_kind": "percent", "dashed": ["court"], "title": "finding"}
    ax = charts.lines(x, data, mark=(0.0006, "you"), **given)
    assert ax.lines[0].get_markevery() == [4]


@pytest.mark.parametrize(
    ("costs", "told"),
    [
        # ¥7,669 less ¥6,091 is 1,578, and 1,579 is what lies between.
        ([6_090.5, 7_669.2], ("¥7,669.20", "¥1,578.70")),
        ([6_090.5, 7_669.5], ("¥7,670", "¥1,579")),
    ],
)
def test_a_difference_is_that_of_what_is_written(costs: list[float], told: tuple[str, str]) -> None:
    ax = charts.dumbbell(pd.DataFrame({"cost": costs}, ["found", "due first"]), "cost")
    (label,) = (text.get_text() for text in ax.texts if told[0] in text.get_text())
    assert label.removesuffix(" more").endswith(told[1])
    assert told[1] in ax.get_title()


def test_steps_that_do_not_add_up_in_yuan_are_told_to_the_fen() -> None:
    parts = {"less": -1_243.88, "more": 863.28, "savings": 42.94}
    texts = [text.get_text() for text in charts.waterfall(parts, 4_037.33).texts]
    assert "¥3,699.67" in texts


def test_what_is_told_of_a_point_stands_at_the_first_line() -> None:
    x, cost = np.arange(121), np.arange(121) * 2.0
    ax = charts.lines(
        x, {"late": cost, "other": cost / 2}, title="finding", points={90: (180.0, "90 days: ¥180")}
    )
    assert any("90 days" in text.get_text() for text in ax.texts)
    assert_texts_apart(ax.figure)
