"""How much can I carry? Every sentence reached in both languages, its figures against others."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers.budget import chances as budget_chances
from jiebei.answers.budget import limits as budget_limits
from jiebei.answers.budget import months as budget_months
from jiebei.language.errors import JiebeiError
from jiebei.language.table import language
from jiebei.language.words import Words, percent, say
from jiebei.life.household.budget import Budget, by_month
from jiebei.life.household.futures import assumed, futures
from jiebei.life.household.misses import missed, tightest
from jiebei.life.household.stress import largest_loan
from jiebei.life.rules.facts import facts
from tests.helpers.notebook_runner import parameters, run_notebook
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart
from tests.truth import told

START = "2026-12-01"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
BUDGET = Budget(12_000, 7_000, 25_000, START)
POOR = Budget(12_000, 11_000, 2_000, START)
CALM = assumed("household").assign(chance=0.0)


def borrow(amount: Any, over: int = 12) -> jb.Loan:
    return jb.Loan(amount, daily_rate=0.0004, months=over, start=START)


def ways() -> dict[str, Any]:
    early = LOAN.prepay(20_000, on="2027-03-01")
    named = {"keep": LOAN, "repay_early": early, "extend": LOAN.extend(6, on="2027-06-01")}
    return {say(f"strategy.{name}"): way for name, way in named.items()}


pytestmark = pytest.mark.usefixtures("lang")


# ---- which month breaks --------------------------------------------------------------------------


def test_the_answer_as_it_reads(lang: str) -> None:
    headline = budget_months.answer(ways(), BUDGET).headline
    assert (
        headline
        == {
            "en": "You get through every month, whether you keep the loan, repay early or "
            "extend. It is tightest if you repay early: ¥6,491 is left in Mar 2027. If you keep "
            "the loan, loans take 37.5% of your income: to be watched by a rule of thumb on "
            "public pages; it is no law.",
            "zh": "不提前还、提前还款、展期，每个月都撑得住。"
            "钱最紧的是「提前还款」：2027年3月只剩¥6,491。"
            "「不提前还」时，各项月供占收入37.5%：按网上流传的说法属于「需要留意」，不是法规。",
        }[lang]
    )


@pytest.mark.parametrize(
    ("names", "budget", "keys"),
    [
        (3, BUDGET, ["holds"]),
        (1, BUDGET, ["holds_one"]),
        (3, Budget(12_000, 7_000, 15_000, START), ["breaks", "others_hold"]),
        (3, POOR, ["none_holds_same"]),
        (3, Budget(12_000, 8_000, 2_000, START), ["none_holds_longest"]),
        (1, POOR, ["breaks"]),
    ],
)
def test_the_verdict(names: int, budget: Budget, keys: list[str]) -> None:
    answer = budget_months.answer(dict(list(ways().items())[:names]), budget)
    for key in keys:
        assert says(f"answer.budget.{key}", answer.headline), key
    others = {"holds", "holds_one", "breaks", "others_hold", "none_holds"} - set(keys)
    for key in others - ({"breaks"} if keys[0].startswith("none_holds") else set()):
        assert not says(f"answer.budget.{key}", answer.headline), key


def test_the_way_that_holds_longest_is_named() -> None:
    """All break: keeping and extending in the first month of the same, the latter lacks less."""
    table = budget_months.answer(ways(), POOR).table
    assert table["lowest_cash"].idxmax() == say("strategy.extend")
    assert say("strategy.extend") in budget_months.answer(ways(), POOR).headline.split("%")[0]


def test_the_figures_are_those_of_the_budget() -> None:
    table = budget_months.answer(ways(), Budget(12_000, 7_000, 15_000, START)).table
    frame = by_month(ways()[say("strategy.repay_early")], Budget(12_000, 7_000, 15_000, START))
    row = table.loc[say("strategy.repay_early")]
    assert row["lowest_cash"] == frame["lowest_cash"].min() < 0
    assert row["breaks"] == {"en": "Mar 2027", "zh": "2027年3月"}[language()]
    assert table.loc[say("strategy.keep"), "breaks"] == say("answer.budget.none")


@pytest.mark.parametrize(
    ("income", "key"),
    [
        (16_000, "band_healthy"),
        (12_000, "band_watch"),
        (10_000, "band_strain"),
        (9_000, "band_danger"),
        (4_000, "band_danger"),
    ],
)
def test_the_share_of_income_and_what_pages_call_it(income: float, key: str) -> None:
    found = budget_months.answer(ways(), Budget(income, 0, 0, START))
    assert told(found.said)[-1].key == "answer.budget.ratio"
    assert say(f"answer.budget.{key}") in found.headline


def test_a_month_that_takes_far_more_than_the_average_is_named() -> None:
    """The last month of twelve repays all: 12,037.20 of 10,000, on average a tenth of it."""
    last = jb.Loan(12_000, daily_rate=0.0001, months=12, method="interest_only", start=START)
    budget = Budget(10_000, 0, 20_000, START)
    assert "120%" in budget_months.answer({"a": last}, budget).headline
    assert "average" not in budget_months.answer(ways(), budget).headline


def test_a_share_on_the_line_is_in_the_band_above() -> None:
    free = jb.Loan(12_000, daily_rate=0.0, months=12, start=START)
    found = budget_months.answer({"a": free}, Budget(2_000, 0, 0, START)).headline
    assert say("answer.budget.band_danger") in found
    rules = facts("assumptions").query("unit == 'of income'")["value"].astype(float)
    assert sorted(rules) == [0.3, 0.4, 0.5]


def test_no_instalment_or_no_income() -> None:
    gone = {"a": LOAN.settle(on=START)}
    assert says("answer.budget.ratio_nothing", budget_months.answer(gone, BUDGET).headline)
    nothing = Budget(0, 0, 90_000, START)
    assert says("answer.budget.ratio_no_income", budget_months.answer(ways(), nothing).headline)


@pytest.mark.parametrize(
    ("way", "budget", "key"),
    [
        (LOAN, BUDGET, "chart_covers"),
        (LOAN.prepay(20_000, on="2027-03-01"), BUDGET, "chart_bears_one"),
        (LOAN, Budget(12_000, 8_000, 25_000, START), "chart_bears"),
        (LOAN, POOR, "chart_breaks"),
        (LOAN.settle(on=START), BUDGET, "chart_breaks_once"),
    ],
)
def test_the_columns(way: jb.Loan, budget: Budget, key: str) -> None:
    ax = budget_months.chart(way, budget, say("strategy.keep"))
    assert says(f"answer.budget.{key}", ax.get_title())
    frame = by_month(way, budget)
    goes = frame[["expenses", "other_loans", "instalments", "repaid_early"]].sum(axis=None)
    drawn = sum(bar.get_height() for bars in ax.containers for bar in bars)
    assert drawn == pytest.approx(goes)


def test_the_month_named_is_the_one_that_takes_more_than_comes_in() -> None:
    """In June the early payment does: cash is least in January, when the reserve is small."""
    household = Budget(12_000, 3_000, 1_000, START)
    title = budget_months.chart(LOAN.prepay(10_000, on="2027-06-15"), household, "x").get_title()
    assert title.startswith({"en": "Jun 2027", "zh": "2027年6月"}[language()])


def test_the_calendar_has_every_payment_of_every_loan() -> None:
    """12 days of each, 6 of them shared; after the first 25,000 + 5,000 - 4,503.11 are left."""
    plan = LOAN.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-10")
    answer = budget_months.calendar(plan, BUDGET, "x")
    assert says("answer.budget.calendar", answer.headline)
    assert says("answer.budget.calendar_more", answer.note)
    assert answer.said.fields["n"] == 18  # type: ignore[union-attr]
    first, *_ = answer.table.itertuples(index=False)
    assert (first[0], first[1], first.payment, first.cash_then) == (
        4_503.11,
        0,
        4_503.11,
        25_496.89,
    )
    assert len(answer.table) == 12
    whole = budget_months.calendar(LOAN, BUDGET, "x")
    kept = by_month(LOAN, BUDGET)["cash_after"].iloc[1:]
    assert whole.table["cash_then"].to_list() == pytest.approx(kept.to_list())


@pytest.mark.parametrize(
    ("budget", "strategies", "key", "hollow"),
    [
        (BUDGET, ways, "cash_holds", 0),
        (Budget(12_000, 11_900, 25_000, START), ways, "cash_none", 0),
        (Budget(12_000, 7_000, 10_000, START), ways, "cash_some", 1),
        (Budget(12_000, 11_900, 0, START), lambda: {"a": LOAN}, "cash_one", 0),
        (BUDGET, lambda: {"a": LOAN}, "cash_holds_all", 0),
    ],
)
def test_the_cash_of_every_way(budget: Budget, strategies: Any, key: str, hollow: int) -> None:
    ax = budget_months.cash_chart(strategies(), budget)
    assert says(f"answer.budget.{key}", ax.get_title())
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert len(dashed) == hollow
    months = max(len(line.get_xdata()) for line in ax.lines)
    assert months == (19 if len(strategies()) > 1 else 13)


@pytest.mark.parametrize(
    ("budget", "spell", "told", "stands"),
    [
        # As `test_the_largest_loan` has them.
        (BUDGET, (0.3, 12), ["¥50,000", "¥78,649", "¥38,677"], "not_bad"),
        (BUDGET, (0.0, 12), ["¥50,000", "¥78,649"], "within"),
        (Budget(1_000, 2_000, 0, START), (0.3, 12), ["¥50,000", "¥0"], "beyond"),
        (Budget(900_000, 0, 0, START), (0.3, 12), ["¥50,000", "¥1,000,000 or more"], "within"),
        (Budget(40_000, 8_000, 0, START), (0.3, 12), ["¥50,000", "¥355,310", "¥222,069"], "within"),
    ],
)
def test_the_first_picture_says_how_much_is_carried_too(
    lang: str, budget: Budget, spell: tuple[float, int], told: list[str], stands: str
) -> None:
    most = budget_limits.largest(borrow, 12, 50_000, budget, *spell)
    above = budget_limits.first_chart(ways(), budget, most, borrow, LOAN)
    beneath = above.figure.axes[1]
    assert_texts_apart(above.figure)
    texts = [text.get_text() for text in beneath.texts]
    key = "most_title" if len(told) == 3 else "most_title_both"
    assert says(f"answer.budget.{key}", beneath.get_title())
    ends = {
        each: say(f"answer.budget.most_{each}", yours="¥50,000")
        for each in ("within", "not_bad", "beyond")
    }
    assert [each for each in ends if beneath.get_title().endswith(ends[each])] == [stands]
    if lang == "en":
        assert [each for each in texts if each in told] == told
        assert all(each in beneath.get_title() for each in told)
    assert not any("万" in each for each in texts) or not any("¥" in each for each in texts)


# ---- in a bad year -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spell", "key"), [((0.3, 12), "bad"), ((0.0, 12), "bad_none"), ((0.3, 0), "bad_none")]
)
def test_the_bad_year(spell: tuple[float, int], key: str) -> None:
    answer = budget_limits.bad_year(ways(), BUDGET, *spell)
    assert says(f"answer.budget.{key}", answer.headline)
    if key == "bad_none":
        plan = budget_months.answer(ways(), BUDGET).table
        assert (answer.table["lowest_cash"] == plan["lowest_cash"]).all()


@pytest.mark.parametrize(
    ("budget", "principal", "keys"),
    [
        (BUDGET, 50_000, ["largest", "largest_beyond", "largest_planned"]),
        (BUDGET, 30_000, ["largest", "largest_within", "largest_planned"]),
        (BUDGET, 38_676.99, ["largest", "largest_exactly", "largest_planned"]),
        (Budget(12_000, 11_000, 3_000, START), 50_000, ["largest_none", "largest_planned"]),
        (Budget(1_000, 2_000, 0, START), 50_000, ["largest_none"]),
        (Budget(900_000, 0, 0, START), 50_000, ["largest_any"]),
        (
            Budget(120_000, 20_000, 0, START),
            9,
            ["largest", "largest_within", "largest_planned_any"],
        ),
    ],
)
def test_the_largest_loan(budget: Budget, principal: float, keys: list[str]) -> None:
    answer = budget_limits.largest(borrow, 12, principal, budget, 0.3, 12)
    known = ["largest", "largest_none", "largest_any", "largest_within", "largest_beyond"]
    known += ["largest_exactly", "largest_planned", "largest_planned_any"]
    for key in keys:
        assert says(f"answer.budget.{key}", answer.headline), key
    for key in set(known) - set(keys) - ({"largest_planned"} if len(keys) > 1 else set()):
        assert not says(f"answer.budget.{key}", answer.headline), key


def test_the_largest_loan_by_term() -> None:
    answer = budget_limits.largest(borrow, 9, 50_000, BUDGET, 0.3, 12)
    assert len(answer.table) == 5
    for term, row in zip((6, 9, 12, 24, 36), answer.table.itertuples(), strict=True):
        assert row.carries_bad == largest_loan(lambda a, t=term: borrow(a, t), BUDGET, 0.3, 12)
    assert answer.table["carries_bad"].is_monotonic_increasing


# ---- the chances ---------------------------------------------------------------------------------


def test_the_chances() -> None:
    found = futures(BUDGET, assumed("household"), "2028-06-01", 20_000)
    answer = budget_chances.answer(ways(), found)
    assert says("answer.budget.chances", answer.headline)
    assert says("answer.budget.anyway", answer.headline)
    share = float(missed(tightest(LOAN, found)))
    assert answer.figures["missed"].iloc[0] == share
    error = 2 * np.sqrt(share * (1 - share) / 20_000)
    assert answer.table["error"].iloc[0] == "±" + percent(error)
    worst = answer.table["in_five_of_100"].iloc[0] * 100
    assert (tightest(LOAN, found).left < worst).mean() <= 0.05
    assert (tightest(LOAN, found).left <= worst).mean() > 0.05


@pytest.mark.parametrize(
    ("strategies", "budget", "shocks", "key"),
    [
        (2, BUDGET, CALM, "chances_never"),
        (2, POOR, CALM, "chances_same"),
        (1, BUDGET, assumed("household"), "chances_one"),
    ],
)
def test_other_chances(strategies: int, budget: Budget, shocks: Any, key: str) -> None:
    found = futures(budget, shocks, "2027-12-01", 500)
    chosen = dict(list(ways().items())[:strategies])
    headline = budget_chances.answer(chosen, found).headline
    assert says(f"answer.budget.{key}", headline)
    assert says("answer.budget.anyway", headline) == (shocks is not CALM)


def test_the_error_of_a_chance_that_never_came_is_not_zero() -> None:
    found = futures(BUDGET, CALM, "2027-12-01", 1_000)
    assert budget_chances.answer({"a": LOAN}, found).table["error"].iloc[0] == "±0.30%"


def test_what_is_assumed_is_said(lang: str) -> None:
    for who in ("household", "shop"):
        shocks = assumed(who)
        table = budget_chances.assumptions(shocks).table
        assert len(table) == len(shocks)
        if lang == "zh":
            assert not set(table.index) & set(shocks.index)
    mine = assumed("shop").rename(index={"owner ill": "flood"}).assign(months=2.5)
    assert "flood" in budget_chances.assumptions(mine).table.index


def test_the_fan_ends_with_the_loan() -> None:
    found = futures(BUDGET, assumed("household"), "2028-06-01", 2_000)
    ax = budget_chances.fan(LOAN, found, say("strategy.keep"))
    assert says("answer.budget.fan_title", ax.get_title())
    middle = ax.lines[0]
    assert len(middle.get_xdata()) == 13
    paid = np.cumsum([0.0, *LOAN.cashflows()["payment"][1:]])
    cash = np.median(found.cash[:13] / 100 - paid[:, None], axis=1)
    assert middle.get_ydata() == pytest.approx(cash)
    limit = next(line for line in ax.lines if line.get_linestyle() == "--")
    assert set(limit.get_ydata()) == {0.0}


@pytest.mark.parametrize(
    ("reserve", "accepted", "keys"),
    [
        (22_000, 0.05, ["reserve", "reserve_some"]),
        (90_000, 0.05, ["reserve", "reserve_all"]),
        (900, 0.05, ["reserve", "reserve_none"]),
        (900, 1.0, ["reserve_zero", "reserve_all"]),
    ],
)
def test_the_reserve(reserve: float, accepted: float, keys: list[str]) -> None:
    budget = Budget(12_000, 7_000, reserve, START)
    found = futures(budget, assumed("household"), "2028-06-01", 5_000)
    answer = budget_chances.reserves(ways(), found, budget, accepted)
    for key in keys:
        assert says(f"answer.budget.{key}", answer.headline), key
    fits = int((answer.table["reserve_needed"] <= reserve).sum())
    assert fits == {"reserve_all": 3, "reserve_none": 0}.get(keys[1], 2)
    ax = budget_chances.curve(ways(), found, budget, accepted)
    title = "reserve_title_zero" if "reserve_zero" in keys else "reserve_title"
    assert says(f"answer.budget.{title}", ax.get_title())
    keep = ax.lines[0]
    at = np.interp(reserve, keep.get_xdata(), keep.get_ydata())
    assert at == pytest.approx(float(missed(tightest(LOAN, found))), abs=0.01)


@pytest.mark.parametrize(
    ("early", "cash", "able", "keys"),
    [
        ([0, 5], [0, 9], None, []),  # with nothing left the bill is paid all the same
        ([-1, 5], [0, 9], ["–", "50.0%"], []),
        ([-1, -5], [0, 9], ["–", "0.0%"], ["able_none"]),
        ([0, 5], [-1, 9], None, ["anyway"]),
    ],
)
def test_in_how_many_futures_a_way_can_be_gone(
    monkeypatch: pytest.MonkeyPatch,
    early: list[int],
    cash: list[int],
    able: list[str] | None,
    keys: list[str],
) -> None:
    """Two futures: what is left of the cash, before any loan and on the day of repaying early."""
    left = np.array([700, 900])
    both = {"keep": np.array([0, 0]), "early": np.array(early)}
    tight = {name: SimpleNamespace(left=left, early=each) for name, each in both.items()}
    monkeypatch.setattr(budget_chances, "lows", lambda *_: tight)
    monkeypatch.setattr(budget_chances, "missed", lambda _: 0.0)
    found: Any = SimpleNamespace(cash=np.array([cash]))
    answer = budget_chances.answer({}, found)
    assert ("able" in answer.figures) == (able is not None)
    assert able is None or answer.figures["able"].map(str).to_list() == able
    said = [each.key.removeprefix("answer.budget.") for each in told(answer.said)]
    assert said == ["chances_never", *keys]


@pytest.mark.parametrize(
    ("ends", "close"),
    [((4_000, 6_000), True), ((5_000, 6_000), True), ((4_000, 5_000), False), ((1, 2), False)],
)
def test_a_reserve_within_the_error_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, ends: tuple[float, float], close: bool
) -> None:
    """The least that is needed is found at a higher chance of a miss, the most at a lower one."""
    need = iter([{"a": 5_000.0}, {"a": float(ends[0])}, {"a": float(ends[1])}])
    monkeypatch.setattr(budget_chances, "lows", lambda *_: {})
    monkeypatch.setattr(budget_chances, "_needs", lambda *_: next(need))
    found: Any = SimpleNamespace(cash=np.zeros((1, 400)))
    said = told(budget_chances.reserves({}, found, Budget(9_000, 1, 5_000, START), 0.05).said)
    assert ("answer.budget.reserve_close" in {each.key for each in said}) == close


def test_a_reserve_in_months_of_spending() -> None:
    budget = Budget([9_000] * 12, [6_000, 8_000] * 6, 25_000, START, other_loans=1_000)
    found = futures(budget, assumed("household"), "2027-12-01", 1_000)
    table = budget_chances.reserves({"a": LOAN}, found, budget, 0.05).table
    months = table["reserve_needed"].iloc[0] / 8_000
    assert table["months_of_spending"].iloc[0] == f"{months:.1f}"
    nothing = Budget(9_000, 0, 25_000, START)
    table = budget_chances.reserves({"a": LOAN}, found, nothing, 0.05).table
    assert table["months_of_spending"].iloc[0] == "–"


def test_what_it_depends_on(lang: str) -> None:
    shocks = assumed("household")
    answer = budget_chances.depends(LOAN, BUDGET, shocks, 5_000, 1)
    assert says("answer.budget.depends_best", answer.headline)
    found = futures(BUDGET, shocks, "2027-12-01", 5_000)
    base = float(missed(tightest(LOAN, found)))
    figures = answer.figures["missed"].to_list()
    assert figures[0] == base
    more, less, never = (
        list(answer.table.index).index(say(f"answer.budget.{key}"))
        for key in ("if_income_more", "if_income_less", "if_never")
    )
    assert figures[more] < figures[0] < figures[less]
    assert figures[never] == 0
    calm = budget_chances.depends(LOAN, BUDGET, CALM, 50, 1)
    assert says("answer.budget.depends_zero", calm.headline)
    poor = budget_chances.depends(LOAN, Budget(900, 7_000, 0, START), CALM, 50, 1)
    assert says("answer.budget.depends_none", poor.headline)


# ---- the notebook --------------------------------------------------------------------------------


def test_the_budget_leaves_what_the_other_notebooks_say() -> None:
    mine, others = parameters("11_budget"), parameters("05_reborrow")
    left = mine["monthly_income"] - mine["monthly_expenses"] - mine["other_loans"]
    assert left == others["monthly_surplus"]
    shop = np.mean(mine["shop_income"]) - np.mean(mine["shop_expenses"])
    assert shop == left  # "on average as much is left over each month"


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"principal": 0}, "principal=0"),
        ({"monthly_income": [1, 2]}, "monthly_income has 2 figures"),
        ({"shop_expenses": -1}, "shop_expenses=-1"),
        ({"payday": 40}, "payday=40"),
        ({"who": "bank"}, "who='bank'"),
        ({"chance": {"rain": 0.1}}, "chance='rain'"),
        ({"bad_drop": 2}, "drop=2"),
        ({"accepted": -0.1}, "accepted=-0.1"),
        ({"households": 0}, "households=0"),
    ],
)
@pytest.mark.parametrize("lang", ["en"], indirect=True)
def test_wrong_numbers_are_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        run_notebook("11_budget", **{"households": 100} | wrong)


def test_the_ways_that_last_as_long_are_all_named() -> None:
    """Two break in February, by the same sum; the third in January."""
    days = pd.to_datetime(["2027-01-01", "2027-02-01"])
    late = pd.DataFrame({"date": days, "lowest_cash": [10.0, -858.0]})
    soon = pd.DataFrame({"date": days, "lowest_cash": [-5.0, -900.0]})
    said = budget_months.verdict({"keep": late, "extend": late, "repay": soon})
    assert says("answer.budget.none_holds_tied", str(said))
    assert told(said)[0].fields["names"] == ["keep", "extend"]
    assert told(said)[0].fields["short"] == 858


def test_ways_that_last_as_long_are_named_though_they_lack_more_or_less() -> None:
    """Two break in February, one of them by less; of three, two lack least in the same month."""
    days = pd.to_datetime(["2027-01-01", "2027-02-01"])
    plans = {
        name: pd.DataFrame({"date": days, "lowest_cash": lows})
        for name, lows in {"keep": [10, -858], "extend": [10, -620], "repay": [-5, -900]}.items()
    }
    said = told(budget_months.verdict(plans))[0]
    assert says("answer.budget.none_holds_longest", str(said))
    assert said.fields["names"] == ["keep", "extend"]
    assert (said.fields["name"], said.fields["short"]) == ("extend", 620)
    plans["repay"] = plans["extend"]
    said = told(budget_months.verdict(plans))[0]
    assert says("answer.budget.none_holds_same", str(said))
    assert said.fields["name"].fields["names"] == ("extend", "repay")


def test_what_was_paid_before_the_first_day_is_not_in_the_calendar() -> None:
    """370 and 380 of about 368 were paid; today 9,000 are in hand, and 359.85 fall due first."""
    drawn = jb.Loan(
        24_000, daily_rate=0.0005, months=12, method="interest_only", start="2026-11-30"
    )
    ahead = drawn.with_history({"2026-12-30": 370, "2027-01-30": 380}, "2027-02-25")
    house = Budget(7_800, 5_300, 9_000, "2027-02-25", payday=15)
    found = budget_months.calendar(ahead.rest("2027-02-25"), house, "x")
    first = found.table.iloc[0]
    assert len(found.table) == 10  # February to November
    assert first["cash_then"] == pytest.approx(9_000 - first["payment"])


def test_where_no_more_is_tried_it_is_said() -> None:
    rich, poor = Budget(900_000, 0, 0, START), Budget(3_000, 2_000, 0, START)
    tried = str(Words("answer.budget.largest_tried", most=1_000_000))
    assert tried in budget_limits.largest(borrow, 12, 50_000, rich, 0.3, 12).note
    assert tried not in budget_limits.largest(borrow, 12, 50_000, poor, 0.3, 12).note
