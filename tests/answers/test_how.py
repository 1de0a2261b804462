"""On every page one step leads from the answer to its workings, and these add up to it."""

import re
from typing import Any

import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import (
    budget,
    credit_tiers,
    lender_view,
    many_lenders,
    my_statement,
    negotiate,
    overdue,
    small_business,
    true_cost,
)
from jiebei.life.debts.debt import read as read_debts
from jiebei.life.household.budget import Budget
from jiebei.life.negotiation.carried import means
from jiebei.life.negotiation.standing import behind
from jiebei.notebook.answer import Answer
from tools.stored import all_pages, read, shown_as

LOAN = jb.Loan(30_000, daily_rate=0.00045, months=18, start="2026-07-10", method="equal_principal")
DEBT = behind(LOAN, 3, "2027-01-20")
OFFERS = {"free": {"months": 24, "daily_rate": 0.0}, "longer": {"months": 36}}
SHOP = jb.Shop([20_000] * 12, 0.6, 3_000, 10, 20, 30, "2026-07-10")
PLAN = "还款日,月供\n" + "\n".join(
    f"{each:%Y-%m-%d},2100" for each in pd.to_datetime(["2026-08-10", "2026-09-10", "2026-10-10"])
)
OWED = [
    {"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0005},
    {"name": "x", "kind": "loan", "balance": 20_000, "daily_rate": 0.0003, "months": 24},
]


def borrowed(principal: float) -> dict[str, Any]:
    return {"equal": LOAN.but(principal=principal), "late": LOAN.but(method="interest_only")}


def negotiated() -> Answer:
    ways = negotiate.offers.ways(DEBT, OFFERS)
    return negotiate.answer(DEBT, ways, means(DEBT, 3_000, 3_000), 0.03)


def tiers() -> Answer:
    borrower = jb.Borrower(30_000, 12, "equal_instalment", "2026-07-10", 9_000, 3, 6, 2, 0.0007)
    return credit_tiers.answer(borrower, credit_tiers.histories(3, 10, 7, 12))


def several() -> Answer:
    return many_lenders.answer(read_debts(OWED, "2026-07-10"), 3_000)


def months() -> Answer:
    ways = {"keep": LOAN, "early": LOAN.prepay(9_000, on="2026-12-10")}
    return budget.months.answer(ways, Budget(9_000, 6_000, 20_000, "2026-07-10"))


def drawn() -> Answer:
    asked = lender_view.question(lender_view.EXAMPLE | {"loans": 500})
    return lender_view.who.answer(lender_view.draw(asked))


ANSWERS = {
    "02": lambda: true_cost.answer(LOAN, "2026-12-01"),
    "07": lambda: overdue.answer(LOAN, 3, 45, overdue.Elsewhere(0.2)),
    "08": negotiated,
    "10": tiers,
    "11": months,
    "12": several,
    "13": lambda: small_business.answer(borrowed, 30_000, SHOP, 9_000, 0, 50_000),
    "14": lambda: my_statement.answer(jb.statement.read(PLAN), LOAN),
    "15": drawn,
}


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    return {name: make() for name, make in ANSWERS.items()}


def steps(answers: dict[str, Answer], page: str, name: Any = None) -> pd.DataFrame:
    return answers[page].how(name).figures


def test_at_the_effective_rate_the_payments_are_worth_what_was_received(answers: Any) -> None:
    table = steps(answers, "02")
    rate = LOAN.summary().effective_rate
    for day, row in table.iterrows():
        years = (day - pd.Timestamp("2026-07-10")).days / 365
        assert row["worth_at_drawdown"] == pytest.approx(row["cash_flow"] / (1 + rate) ** years)
    assert table["worth_at_drawdown"].sum() == pytest.approx(0, abs=1e-6)
    assert "17.7" in answers["02"].how().headline


def test_the_days_late_add_up_to_their_cost(answers: Any) -> None:
    cost = answers["07"].figures["extra_cost"].iloc[4]
    assert "45" in str(answers["07"].figures.index[4])
    assert steps(answers, "07")["difference"].sum() == pytest.approx(-cost, abs=1e-9)
    assert f"¥{cost:.2f} more" in answers["07"].how().headline


def test_each_offer_adds_up_to_what_it_is_worth(answers: Any) -> None:
    figures = answers["08"].figures
    for name in figures.index[1:]:
        worth = steps(answers, "08", str(name))["worth_at_talks"].sum()
        assert worth == pytest.approx(figures["worth_today"][name], abs=0.005)
    assert steps(answers, "08").index[0] >= pd.Timestamp(DEBT.on)


def test_the_months_of_each_way_to_pay_add_up_to_its_extra_cost(answers: Any) -> None:
    figures = answers["10"].figures
    for name in figures.index[1:]:
        more = steps(answers, "10", str(name))["difference"].sum()
        assert more == pytest.approx(figures["extra_cost"][name], abs=0.005)


def test_each_month_follows_from_the_one_before(answers: Any) -> None:
    table = steps(answers, "11")
    out = ["expenses", "other_loans", "instalments", "repaid_early"]
    after = table["cash_before"] + table["income"] + table["drawn"] - table[out].sum(axis=1)
    assert after.to_numpy() == pytest.approx(table["cash_after"].to_numpy())
    assert table["lowest_cash"].min() == answers["11"].figures["lowest_cash"].min()
    assert answers["11"].how().headline.startswith("Early: ")  # where it is tightest


def test_what_an_order_pays_more_is_what_it_costs_more(answers: Any) -> None:
    figures = answers["12"].figures
    for name in figures.index[1:]:
        more = -steps(answers, "12", str(name))["difference"].sum()
        assert more == pytest.approx(figures["above_cheapest"][name], abs=0.005)


def test_the_till_is_what_was_there_and_what_came_and_went(answers: Any) -> None:
    table = steps(answers, "13")
    moved = table["received"] + table["drawn"]
    moved = moved - table[["paid_for_goods", "paid_fixed", "payment"]].sum(axis=1)
    assert (9_000 + moved.cumsum()).to_numpy() == pytest.approx(table["till"].to_numpy())
    assert table["till"].min() == answers["13"].figures["lowest_cash"].iloc[0]


def test_each_row_of_a_plan_is_the_interest_of_its_days_and_its_principal(answers: Any) -> None:
    table = steps(answers, "14")
    interest = table["opening"] * 0.00045 * table["days"]
    assert interest.to_numpy() == pytest.approx(table["interest"].to_numpy(), abs=0.0051)
    assert (table["interest"] + table["principal"]).round(2).equals(table["by_terms"])
    assert table["difference"].iloc[:3].round(2).tolist() == [14.83, 38.08, 73.33]
    assert "¥30,000.00 owed for 31 days at 0.045% a day" in answers["14"].how().headline


def test_one_loan_of_the_book_is_followed_to_its_end(answers: Any) -> None:
    worst, first = steps(answers, "15"), steps(answers, "15", 1)
    assert worst["days_late"].max() > 90
    assert first["closing"].iloc[-1] == first["days_late"].max() == 0
    with pytest.raises(jb.JiebeiError, match="501"):
        answers["15"].how(501)


@pytest.mark.parametrize("page", [*ANSWERS])
def test_it_is_read_aloud_in_chinese_without_a_function(page: str, answers: Any) -> None:
    jb.use("zh")
    how = answers[page].how()
    assert "()" not in how.headline + how.note
    assert how.functions
    assert not re.search(r"20\d\d-", how.headline + how.note)
    assert isinstance(how.table.index[0], pd.Timestamp)
    assert re.search(r"20\d\d年\d+月\d+日", repr(how).splitlines()[4])


def test_every_page_calls_it_once_in_a_folded_cell() -> None:
    for path in all_pages():
        calls = [each for each in read(path).cells if re.search(r"\bhow\(", each.source)]
        calls = [each for each in calls if each.cell_type == "code"]
        assert len(calls) == 1, shown_as(path)
        assert calls[0].metadata.jupyter.source_hidden, shown_as(path)


def test_a_name_that_is_none_is_refused(answers: Any) -> None:
    for page in ("02", "07", "14"):
        with pytest.raises(jb.JiebeiError, match="of one thing only"):
            answers[page].how("x")
    for page in ("08", "10", "11", "12", "13"):
        with pytest.raises(jb.JiebeiError, match="no such way"):
            answers[page].how("x")


def test_the_story_of_a_loan_is_that_of_its_end() -> None:
    asked = lender_view.question(lender_view.EXAMPLE | {"loans": 100, "misses_times": 10.0})
    answer = lender_view.who.answer(lender_view.draw(asked))
    ends = {
        1: "never late: ¥23,762.29 has come in",
        2: "up to 30 days late",
        9: "The last payment is that of 2027-11-02, nothing comes after it",
        77: "Nothing is ever paid: ¥15,900.00 stays open",
    }
    for number, said in ends.items():
        assert said in answer.how(number).headline
