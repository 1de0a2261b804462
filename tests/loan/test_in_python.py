"""A loan as Python people meet it: equal, shown, as a frame, with ids, without the impossible."""

import pickle
from inspect import signature

import numpy as np
import pandas as pd
import pytest

import jiebei as jb

TERMS = {"daily_rate": 0.0004, "months": 12, "start": "2026-12-01"}
LOAN = jb.Loan(50_000, **TERMS)
FRAME = pd.DataFrame({"principal": [900, 2_000, 30_000]}, index=["x", "y", "z"])


def test_loans_on_equal_terms_are_equal_however_they_are_written():
    same = jb.Loan(np.float64(50_000), **TERMS | {"start": pd.Timestamp("2026-12-01 09:00")})
    assert same == LOAN
    assert hash(LOAN) == hash(same)
    assert len({LOAN, same}) == 1
    assert LOAN.prepay(1_000, on=5) == same.prepay(1_000.0, on="2026-12-06")
    assert pickle.loads(pickle.dumps(LOAN)) == LOAN
    assert jb.Plan((LOAN, LOAN)) == jb.Plan((same, same))


@pytest.mark.parametrize(
    "other",
    [
        LOAN.but(principal=50_000.01),
        LOAN.but(daily_rate=0.0005),
        LOAN.but(start="2026-12-02"),
        LOAN.but(due_day=1),  # the same until the drawdown moves
        LOAN.but(month_end="1_to_3"),
        LOAN.but(principal=[50_000, 50_000]),
        LOAN.prepay(1_000, on=5),
        jb.Plan((LOAN,)),
        "a loan",
    ],
)
def test_what_differs_in_anything_is_not_equal(other: object) -> None:
    assert other != LOAN


def test_the_decisions_count_with_their_values_and_their_order():
    one, other = LOAN.prepay(1_000, on=5), LOAN.prepay(2_000, on=5)
    assert one != other
    assert one.prepay(2_000, on=5) != other.prepay(1_000, on=5)
    assert one != LOAN.prepay(1_000, on=5, then="shorten")


def test_a_summary_is_equal_to_its_like_also_of_arrays():
    two = LOAN.but(principal=[1_000, 2_000])
    assert two.summary() == jb.Loan([1_000, 2_000], **TERMS).summary()
    assert two.summary() != two.but(months=6).summary()
    assert two.summary() != LOAN.summary()
    assert LOAN.summary() != 5


def test_the_totals_as_a_frame_are_those_of_each_loan():
    loans = LOAN.but(principal=[[1_000, 2_000]], months=[[3], [6]])
    frame = loans.summary().to_frame()
    assert frame.index.name == "scenario"
    assert len(frame) == 4
    alone = LOAN.but(principal=1_000, months=6).summary()
    row = frame.loc[2]
    assert (row["interest"], row["total_paid"]) == (alone.interest, alone.total_paid)
    assert row["payoff_date"] == pd.Timestamp("2027-06-01")
    assert list(LOAN.summary().to_frame().index) == [0]
    with pytest.raises(jb.JiebeiError, match="ids: 3 names for 4 scenarios"):
        loans.summary().to_frame(["A", "B", "C"])


# ---- ids -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", [FRAME, FRAME.rename_axis("id").reset_index()])
def test_ids_of_a_portfolio_are_kept_from_the_index_or_a_column(frame: pd.DataFrame) -> None:
    loans = jb.Loan.from_frame(frame, **TERMS)
    assert list(loans.ids) == ["x", "y", "z"]
    early = loans.prepay(100, on=20).but(daily_rate=0.0005)
    flows = early.cashflows()
    assert list(flows.columns[:2]) == ["id", "loan"]
    assert flows["id"].tolist() == ["xyz"[each] for each in flows["loan"]]
    assert early.cashflows(["date", "id"]).columns.tolist() == ["date", "id"]
    assert early.cashflows(["date"]).columns.tolist() == ["date"]
    assert list(early.summary().to_frame(early.ids).index) == ["x", "y", "z"]


def test_ids_go_on_in_plans_and_over_an_axis_of_scenarios():
    loans = jb.Loan.from_frame(FRAME, **TERMS)
    again = loans.reborrow(500, on="2027-03-01")
    flows = again.cashflows(["id", "loan"])
    assert flows["id"].tolist() == ["xyz"[each // 2] for each in flows["loan"]]
    rates = loans.but(daily_rate=np.array([[0.0003], [0.0004]]))
    assert rates.cashflows(["id"])["id"].drop_duplicates().tolist() == ["x", "y", "z"]


def test_an_index_that_only_counts_names_nothing():
    loans = jb.Loan.from_frame(FRAME.reset_index(drop=True), **TERMS)
    assert loans.ids is None
    assert "id" not in loans.cashflows()


@pytest.mark.parametrize("ids", ["A", ["A"]])
def test_a_single_loan_takes_no_id(ids: object) -> None:
    with pytest.raises(jb.JiebeiError, match=r"^ids: a single loan takes none"):
        jb.Loan(1, **TERMS, ids=ids)


@pytest.mark.parametrize("ids", [["A", "B"], "A", [["A"], ["B"], ["C"]]])
def test_there_is_one_id_a_scenario(ids: object) -> None:
    with pytest.raises(jb.JiebeiError, match="one name a scenario"):
        jb.Loan([1, 2, 3], **TERMS, ids=ids)


def test_ids_are_kept_as_they_were_given():
    names = np.array(["x", "y"])
    loans = jb.Loan([900, 2_000], **TERMS, ids=names)
    names[0] = "z"
    assert loans.ids.tolist() == ["x", "y"]
    with pytest.raises(ValueError, match="read-only"):
        loans.ids[0] = "z"


# ---- the impossible ------------------------------------------------------------------------------


def test_what_is_impossible_is_a_mask_and_the_others_go_on():
    loans = jb.Loan.from_frame(FRAME, **TERMS)
    early = loans.prepay(1_000, on="2026-12-20")
    with pytest.raises(jb.JiebeiError, match="1 of 3 scenarios"):
        early.summary()
    assert early.possible().tolist() == [False, True, True]
    rest = early.only(early.possible())
    assert list(rest.ids) == ["y", "z"]
    alone = jb.Loan(30_000, **TERMS).prepay(1_000, on="2026-12-20")
    assert rest.summary().interest[1] == alone.summary().interest


def test_the_mask_is_that_of_each_scenario_by_itself():
    amounts, days = np.arange(100, 50_000, 700), np.array([[30], [400], [5]])
    early = LOAN.prepay(amounts, on=days, then="shorten").prepay(20_000, on=200)

    def goes(amount: float, day: int) -> bool:
        try:
            one = LOAN.prepay(float(amount), on=int(day), then="shorten").prepay(20_000, on=200)
            one.summary()
        except jb.JiebeiError:
            return False
        return True

    mask = early.possible()
    assert mask.any()
    assert not mask.all()
    assert mask.tolist() == [[goes(amount, int(day)) for amount in amounts] for [day] in days]


def test_more_scenarios_than_a_block_holds_are_told_apart_too():
    amounts = np.where(np.arange(20_000) % 7_000 == 6_999, 60_000, 1_000)
    mask = LOAN.prepay(amounts, on=5).possible()
    assert np.flatnonzero(~mask).tolist() == [6_999, 13_999]


def test_of_one_loan_it_is_one_truth():
    assert LOAN.possible() is True
    assert LOAN.prepay(60_000, on=5).possible() is False


def test_what_is_picked_of_a_plan_keeps_its_loans():
    plan = LOAN.but(principal=[900, 2_000]).prepay(1_000, on=5).reborrow(500, on=40)
    rest = plan.only(plan.possible())
    alone = LOAN.but(principal=2_000).prepay(1_000, on=5).reborrow(500, on=40)
    assert rest.summary().to_frame().to_dict() == alone.summary().to_frame().to_dict()


@pytest.mark.parametrize("mask", [[True], [0, 1], True, None, ["yes", "no"]])
def test_a_mask_is_one_truth_a_scenario(mask: object) -> None:
    with pytest.raises(jb.JiebeiError, match="as possible"):
        LOAN.but(principal=[1, 2]).only(mask)


def test_ids_name_the_rows_of_every_rate_of_a_sweep() -> None:
    swept = jb.Loan.from_frame(FRAME, **TERMS).but(daily_rate=np.array([[0.0003], [0.0005]]))
    assert list(swept.summary().to_frame(swept.ids).index) == ["x", "y", "z"] * 2


# ---- one of many ---------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["z", 2])
def test_one_of_many_is_that_loan_by_itself(which: object) -> None:
    loans = jb.Loan.from_frame(FRAME if which == "z" else FRAME.reset_index(drop=True), **TERMS)
    early = loans.prepay([100, 200, 1_000], on="2026-12-20")
    alone = jb.Loan(30_000, **TERMS)
    mended = alone.prepay(1_000, on="2026-12-20")
    assert (loans.one(which), early.one(which)) == (alone, mended)
    ledger = jb.net_benefit_ledger(early.one(which), loans.one(which), 0.02)
    assert ledger["worth"].sum() == pytest.approx(jb.net_benefit(mended, alone, 0.02), abs=1e-8)
    assert ledger["worth"].sum() == pytest.approx(jb.net_benefit(early, loans, 0.02)[2], abs=1e-8)


def test_one_of_the_scenarios_of_a_plan_keeps_its_loans() -> None:
    plan = LOAN.but(principal=[900, 2_000]).prepay(500, on=5).reborrow([300, 400], on=40)
    alone = LOAN.but(principal=2_000).prepay(500, on=5).reborrow(400, on=40)
    assert plan.one(1) == alone


@pytest.mark.parametrize(
    ("loans", "which"),
    [
        (jb.Loan([1, 2], ids=["A", "A"], **TERMS), "A"),
        (jb.Loan([1, 2], ids=["A", "B"], **TERMS), 0),
        (jb.Loan([1, 2], **TERMS), 2),
        (jb.Loan([1, 2], **TERMS), "A"),
        (jb.Loan([1, 2], **TERMS), [0, 5]),
        (jb.Loan(1, **TERMS), 0),
    ],
)
def test_one_is_named_by_what_names_one(loans: jb.Loan, which: object) -> None:
    with pytest.raises(jb.JiebeiError, match=r"^one\(\): [02] scenarios are called"):
        loans.one(which)


def test_of_a_sweep_one_is_picked_first() -> None:
    loans = jb.Loan([1_000, 2_000], ids=["A", "B"], **TERMS)
    rates = np.array([0.0002, 0.0004])
    swept = loans.but(daily_rate=rates[:, None])
    with pytest.raises(jb.JiebeiError, match=r"2 scenarios are called 'B'; pick it before a sweep"):
        swept.one("B")
    of_b = loans.one("B").but(daily_rate=rates).summary()
    assert swept.only(np.array([[False, True]] * 2)).summary() == of_b


# ---- refusals name the row -----------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["balloon", None])
def test_a_bad_choice_is_refused_with_its_row(bad: object) -> None:
    frame = pd.DataFrame({"principal": [1, 2, 3], "method": ["bullet", bad, bad]})
    with pytest.raises(jb.JiebeiError, match="2 of 3 values, the first is number 1"):
        jb.Loan.from_frame(frame, **TERMS)


# ---- as a page shows it --------------------------------------------------------------------------


def test_one_loan_is_shown_with_the_first_rows_of_its_schedule():
    html = LOAN._repr_html_()
    assert html.count("<tr>") == 10
    assert "3 more rows" in html
    assert "¥4,503.11" in html
    assert "50,000.00 at 0.0004 a day" in html
    short = LOAN.but(months=3)._repr_html_()
    assert short.count("<tr>") == 4
    assert "more rows" not in short


def test_many_scenarios_are_shown_by_their_first_totals():
    html = LOAN.but(principal=np.arange(1_000, 51_000, 1_000))._repr_html_()
    assert html.count("<tr>") == 10
    assert "¥1,000.00" in html
    assert "¥11,000.00" not in html


def test_what_is_refused_is_shown_with_the_reason():
    assert "only 50,000.00 is owed" in LOAN.prepay(60_000, on=5)._repr_html_()


def test_it_is_shown_in_the_language_in_use():
    jb.use("zh")
    assert "还有3行" in LOAN._repr_html_()
    assert "<th>利息</th>" in LOAN._repr_html_()
    assert "实际年利率" in LOAN.summary()._repr_html_()


def test_a_signature_says_what_an_argument_is():
    shown = {name: each.annotation for name, each in signature(jb.Loan).parameters.items()}
    assert shown.pop("ids") == "Any"
    assert "Any" not in shown.values()
    assert "amount: 'Yuan', on: 'Date', then: 'Choice'" in str(signature(jb.Loan.prepay))
