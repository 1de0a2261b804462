"""The page on what the lender says: what was read, whether it adds up, what is owed today."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers import my_statement
from jiebei.answers.my_statement import how
from jiebei.language.words import Words, apart
from jiebei.life.rules.facts import DATA
from tests.helpers.texts import assert_texts_apart, seen
from tests.truth import told

PLAN = DATA / "statements/plan_both_ends.csv"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")


pytestmark = pytest.mark.usefixtures("lang")


def test_what_was_read_counts_and_lists_the_notes(lang: str) -> None:
    frame = jb.statement.read(PLAN)
    found = my_statement.what_was_read(frame)
    assert "54,058.69" in found.headline
    assert len(found.table) == len(frame.attrs["notes"])
    assert frame.attrs["loan"] == {"principal": 50_000.0, "start": "2026-12-01"}


def test_the_sample_differs_by_both_ends_counted(lang: str) -> None:
    frame = jb.statement.read(PLAN)
    found = my_statement.answer(frame, LOAN)
    # 54,058.69 is stated; 12 instalments of 4,503.11, the last with the rest, are 54,037.33
    assert "21.36" in found.headline
    assert ("头尾两天都计息" if lang == "zh" else "the first and the last day") in found.headline
    ax = my_statement.chart(found)
    assert "21.36" in ax.get_title()  # type: ignore[union-attr]
    drawn = "".join(text for text, _ in seen(ax.figure))  # type: ignore[union-attr, arg-type]
    assert ("头尾两天都计息" if lang == "zh" else "the first and the last day") in drawn
    assert_texts_apart(ax.figure)  # type: ignore[union-attr, arg-type]


def test_where_nothing_differs_nothing_is_drawn() -> None:
    frame = jb.statement.read(PLAN)
    own = LOAN.but(day_count="both_ends")
    found = my_statement.answer(frame, own)
    assert isinstance(my_statement.chart(found), Words)
    assert "reason" not in found.table


def test_the_plan_is_found_and_its_rates_stand_side_by_side() -> None:
    answer, found = my_statement.plan(jb.statement.read(PLAN), 1.0, "2026-12-01")
    assert (found[0].difference, found[0].loan.day_count) == (0, "both_ends")
    assert "14.60%" in answer.headline
    assert f"{found[0].effective_rate:.2%}" in answer.headline
    ax = my_statement.rates({"plan": found})
    assert "14.60%" in " ".join(text for text, _ in seen(ax.figure))  # type: ignore[union-attr]


def test_a_file_that_no_loan_gives_leaves_the_page_running() -> None:
    frame = jb.statement.read("还款日,月供\n2027-01-01,100")
    answer, found = my_statement.plan(frame, 50_000, "2026-12-01")
    assert found == []
    assert answer.figures.empty
    assert my_statement.rates({"plan": found}) == Words("answer.my_statement.no_rates")


def test_the_instalment_alone_and_what_a_fee_in_it_would_hide() -> None:
    answer, found = my_statement.instalment(913.94, 12, 10_000)
    assert found[0].difference == 0
    rates = answer.table["annual_rate"].to_numpy()
    assert (np.diff(rates) < 0).all()  # the more of it is a fee, the lower looks the rate
    assert np.ptp(answer.table["effective_rate"].to_numpy()) < 0.001  # what it costs stays


def test_too_little_an_instalment_is_answered_in_words() -> None:
    answer, found = my_statement.instalment(1.0, 60, 1_000_000)
    assert (answer.figures.empty, found) == (True, [])


def test_what_is_owed_is_counted_both_ways(lang: str) -> None:
    """First missed on 2027-03-01, paid with 6,000 later; 2027-04-01 is the oldest left."""
    paid = my_statement.EXAMPLE["paid"]
    now = LOAN.with_history(list(paid.items()), as_of="2027-05-20")
    found = my_statement.owed(now, "2027-05-20")
    for days in ("49", "80"):  # since 2027-04-01, since 2027-03-01
        assert days in found.headline
    parts = found.table["owed_in_all"]
    assert round(parts.iloc[:-1].sum(), 2) == parts.iloc[-1] == now.owed("2027-05-20").total


def test_nothing_owed_and_nothing_late_are_said(lang: str) -> None:
    settled = LOAN.with_history([("2026-12-11", 50_200)], as_of="2026-12-11")
    nothing = my_statement.owed(settled, "2026-12-11").headline
    assert ("不欠" if lang == "zh" else "nothing") in nothing
    on_time = my_statement.owed(LOAN, "2026-12-15").headline
    assert ("没有逾期" if lang == "zh" else "Nothing of it is overdue") in on_time


def test_facts_have_their_documents() -> None:
    for found in (my_statement.collectors(), my_statement.watch()):
        assert found.table["document"].str.len().min() > 3
        assert (found.table["fact"].str.len() > 10).all()


def test_what_was_paid_is_fitted_to_another_loan_only_where_nobody_typed_it() -> None:
    own = my_statement.EXAMPLE | {"paid": {"2027-01-01": 1.0}, "principal": 10_000}
    assert my_statement.fitted(own).paid == {"2027-01-01": 1.0}
    mine = my_statement.fitted(my_statement.EXAMPLE | {"start": "2027-06-30"})
    assert min(mine.paid) > "2027-06-30"
    assert mine.left_out


def test_an_account_statement_is_explained() -> None:
    answer, found = my_statement.record(
        jb.statement.read(DATA / "statements/account_statement.csv")
    )
    assert found[0].difference == 0
    assert answer.table["difference"].abs().max() == 0


def test_another_convention_is_priced() -> None:
    table = my_statement.conventions(LOAN).figures
    assert table["difference"].round(2).tolist()[0] == 21.36
    assert Path(PLAN).exists()


def test_differences_are_drawn_with_their_sign() -> None:
    days = pd.date_range("2027-01-01", periods=4, freq="MS").to_numpy()
    for values in ([0.0, 1.5, -2.0, 0.0], [0.0] * 4, [-1.0] * 4, [100_000.0, 0, 0, 1]):
        ax = jb.charts.differences(days, values)
        assert_texts_apart(ax.figure)  # type: ignore[arg-type]
        assert [round(bar.get_height(), 2) for bar in ax.patches[-4:]] == values


def test_a_plan_of_another_loan_is_named_first(lang: str) -> None:
    """The sample is 50,000 over 12 months; the reader's own loan is another, over 14."""
    own = jb.Loan(
        36_800, daily_rate=0.00047, months=14, method="equal_principal", start="2026-08-23"
    )
    said = my_statement.answer(jb.statement.read(PLAN), own).headline
    first = {"en": "This plan fits another loan, to the fen: ¥50,000.00 drawn on 2026-12-01"}
    assert lang == "zh" or said.startswith(first[lang])
    for words in {"en": ("¥36,800", "14 instalments"), "zh": ("¥36,800", "14期")}[lang]:
        assert words in said


def test_payments_are_counted_from_the_first_payment_on(lang: str) -> None:
    frame = jb.statement.read(DATA / "statements/account_statement.csv")
    paid = frame.loc[frame["payment"] > 0, "date"]
    said = my_statement.what_was_read(frame).said
    assert (said.fields["first"], said.fields["n"]) == (paid.iloc[0], len(paid))  # type: ignore[union-attr]


def test_the_assumptions_behind_an_instalment_are_said(lang: str) -> None:
    """1,288 x 18 for 20,000: paid on the 1st of each month from 2026-02-01 on it costs 21.11 %."""
    said = my_statement.instalment(1_288, 18, 20_000)[0].headline
    assert "21.11%" in said
    assert {"en": "drawn on 2026-01-01", "zh": "2026年1月1日放款"}[lang] in said


def test_two_reasons_are_not_called_one(lang: str) -> None:
    """The sample counts both ends; its reader expects a fee of ¥3 besides."""
    frame = jb.statement.read(PLAN)
    said = my_statement.answer(frame, LOAN.but(instalment_fee=3.0)).headline
    assert {"en": "Two things together", "zh": "原因有两个"}[lang] in said


@pytest.mark.parametrize(
    ("paid", "on", "keys"),
    [
        ([("2026-12-11", 50_200)], "2026-12-11", ["nothing_owed"]),
        ([("2027-01-01", 4_503.11)], "2027-01-20", ["owed", "nothing_late"]),
        ([], "2027-01-20", ["owed", "late", "late_both"]),
        ([("2027-02-10", 4_700)], "2027-02-20", ["owed", "late", "late_otherwise"]),
        ([], "2027-01-01", ["owed", "due_today"]),
        ([("2027-01-01", 4_503.11)], "2027-01-01", ["owed", "nothing_late"]),
        ([], "2027-02-01", ["owed", "late", "late_and_due", "late_both"]),
    ],
)
def test_when_what_is_late_is_counted_two_ways(
    paid: list[tuple[str, float]], on: str, keys: list[str]
) -> None:
    """January's is paid with its penalty in February, when that of February is late in turn."""
    said = apart(my_statement.owed(my_statement.as_paid(LOAN, dict(paid), on), on).said)
    assert [each.key for each in said] == [f"answer.my_statement.{key}" for key in keys]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"instalment_fee": 50.0}, "less"),
        ({}, "more"),
        ({"daily_rate": 0.0, "instalment_fee": 5.0}, "same"),  # the fee that is tried
    ],
)
def test_whether_another_convention_costs_more(changed: dict[str, Any], key: str) -> None:
    said = my_statement.conventions(LOAN.but(**changed)).said
    assert said.key == f"answer.my_statement.convention_{key}"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("differences", "keys"),
    [([0], ["fits"]), ([0, 0, 0], ["fits", "several"]), ([0, 3], ["fits"]), ([3, 3], ["nearest"])],
)
def test_other_loans_are_named_only_where_they_fit_as_well(
    differences: list[int], keys: list[str]
) -> None:
    (first,) = my_statement.plan(jb.statement.read(PLAN), 50_000, "2026-12-01")[1][:1]
    found = [replace(first, difference=each, left_open=()) for each in differences]
    said = apart(my_statement.found._answer(found).said)
    assert [each.key for each in said[:-1]] == [f"answer.my_statement.{key}" for key in keys]
    others = [each.fields["n"] for each in said if each.key.endswith("several")]
    assert others == [2] * ("several" in keys)


@pytest.mark.parametrize(
    ("rounding", "words"),
    [
        ("half_up", ("half up", "四舍五入")),
        ("half_even", ("even fen", "五成双")),
        ("down", ("cut off", "舍去")),
        ("up", ("whole fen", "进一")),
    ],
)
def test_the_working_says_how_this_loan_is_rounded(
    lang: str, rounding: str, words: tuple[str, str]
) -> None:
    terms = {"daily_rate": 0.0004, "months": 2, "start": "2026-12-01"}
    loan = jb.Loan(9_000, **terms, rounding=rounding)
    rows = pd.DataFrame({"due": pd.to_datetime(["2027-01-01"]), "stated": [4582.0]})
    said = str(how.how(loan, rows, pd.DataFrame(), None).remark)
    assert words[lang == "zh"] in said


def test_what_belongs_to_no_instalment_is_said_beside_the_sum() -> None:
    """Twelve instalments of 54,058.69 are stated; a loan of half the months has six of them."""
    frame = jb.statement.read(PLAN)
    text = my_statement.answer(frame, LOAN.but(months=6)).how().headline
    assert "54,058.69" in text
    assert "27,029.35" in text  # six of 4,504.89 and the fen of the last


@pytest.mark.parametrize(
    ("paid", "on", "total", "due"),
    [
        ({}, 31, 50_620.00, 4_503.11),  # 31 days at 20.00
        ({31: 2_000}, 31, 48_620.00, 2_503.11),
        ({31: 4_503.11}, 31, 46_116.89, 0),  # 50,000 less 3,883.11 of principal
        # with January's, its penalty of 31 days at 150 % of the rate, 83.76; 46,116.89 for 31 days
        # bears 571.85
        ({}, 62, 51_275.61, 9_089.98),
    ],
)
def test_what_falls_due_today_is_paid_only_if_it_was(
    paid: dict[int, float], on: int, total: float, due: float
) -> None:
    start = np.datetime64("2026-12-01")
    day = str(start + on)
    now = my_statement.as_paid(LOAN, {str(start + each): paid[each] for each in paid}, day)
    figures = my_statement.owed(now, day).figures
    assert figures.iloc[-1].tolist() == pytest.approx([total, due], abs=0.001)


def test_all_of_it_falls_due_on_the_last_day() -> None:
    """Two instalments, the first one paid: what is left is due that day, and nothing is late."""
    short = jb.Loan(2_000, daily_rate=0.0004, months=2, start="2026-12-01")
    first = float(short.cashflows(["payment"])["payment"].iloc[1])
    now = my_statement.as_paid(short, {"2027-01-01": first}, "2027-02-01")
    said = apart(my_statement.owed(now, "2027-02-01").said)
    assert [each.key.rpartition(".")[2] for each in said] == ["owed", "due_today_all"]
    assert my_statement.owed(now, "2027-02-01").figures.columns[1] == "due_part"


def test_what_was_paid_after_today_is_refused() -> None:
    with pytest.raises(jb.JiebeiError, match=r"2027-01-02|2027年1月2日"):
        my_statement.as_paid(LOAN, {"2027-01-02": 100}, "2027-01-01")


@pytest.mark.parametrize(
    ("on", "due", "late"), [(19, False, False), (31, True, False), (32, False, True)]
)
def test_the_picture_tells_due_today_from_late(on: int, due: bool, late: bool, lang: str) -> None:
    day = str(np.datetime64("2026-12-01") + on)
    answer = my_statement.answer(jb.statement.read(PLAN), LOAN)
    ax = my_statement.picture(answer, my_statement.as_paid(LOAN, {}, day), day)
    assert isinstance(ax, Axes)
    said = {text for text, _ in seen(ax.figure)}
    marks = {"en": ("of it due today", "of it overdue"), "zh": ("其中今天到期", "其中已逾期")}[lang]
    assert [mark in said for mark in marks] == [due, late]


def test_a_fee_above_the_interest_has_no_row() -> None:
    """36 of 2,084.91 are 7,056.76 above 68,000; with 272 of each as a fee they are below it."""
    rows = my_statement.instalment(2_084.91, 36, 68_000)[0].figures
    assert list(rows.index) == ["¥0.00", "¥68.00", "¥136.00"]


def test_all_of_it_is_said_where_all_is_overdue() -> None:
    """Two instalments, the first paid: after the second day due all that is owed is overdue."""
    short = jb.Loan(2_000, daily_rate=0.0004, months=2, start="2026-12-01")
    first = float(short.cashflows(["payment"])["payment"].iloc[1])
    said = my_statement.owed(short.with_history({"2027-01-01": first}, "2027-02-20"), "2027-02-20")
    assert any(each.key.endswith(".late_all") for each in told(said.said))
    said = my_statement.owed(
        LOAN.with_history({"2027-01-01": 4_503.11}, "2027-02-20"), "2027-02-20"
    )
    assert any(each.key.endswith(".late") for each in told(said.said))


@pytest.mark.parametrize(("days", "kept"), [(30, True), (31, False)])
def test_a_loan_for_days_is_kept_where_a_page_can_hold_it(days: int, kept: bool) -> None:
    loan = jb.Loan(3_000, daily_rate=0.0004, days=days, start="2026-12-01")
    plans = jb.statement.infer(loan.cashflows())
    assert plans[0].difference == 0
    assert bool(my_statement.keep._loan(plans)) is kept
