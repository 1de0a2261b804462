"""The page on the best plan: what a borrower has to be told beside the steps, and when."""

import pytest

from jiebei.answers import best_plan
from jiebei.answers.best_plan import notes, why
from jiebei.answers.best_plan.steps import by_day, with_last
from jiebei.language.words import passage
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons
from jiebei.loan.loan import Loan
from jiebei.notebook.so_far import so_far
from tests.helpers.said import by_key

TODAY = "2026-11-26"
CARD = {"name": "C", "kind": "card", "balance": 12_600, "daily_rate": 0.0005, "minimum_floor": 100}
OTHER = {"name": "O", "kind": "loan", "balance": 18_000, "daily_rate": 0.0006, "months": 9}
COUPON = {"days": 30, "principal": 10_000, "use_by": "2026-12-31"}
LOAN = Loan(63_000, daily_rate=0.00048, months=24, start="2026-02-20")


def hers() -> Borrower:
    """Return who has a line that runs, a card, another loan and a coupon."""
    debts, coupons = tuple(read([CARD, OTHER], TODAY)), tuple(read_coupons([COUPON]))
    budget = Budget(12_500, 4_800, 21_000, TODAY, payday=10)
    now = so_far(LOAN, {}, TODAY)
    return Borrower((now.ahead,), budget, 8_000, 0.02, debts, coupons=coupons)


@pytest.fixture(scope="module")
def found() -> Best:
    plan = best(hers())
    assert plan is not None
    return plan


def test_an_instalment_that_a_coupon_lowers_is_not_said_to_be_lowered_by_repaying(
    found: Best,
) -> None:
    """30 days of 10,000 are 144, of which 115.20 fall before 20 December, and 28.80 after."""
    line, other, card = by_key(passage(notes.notes(found)))["note_beside"].fields["dues"]
    agreed = LOAN.cashflows(["payment", "event"])["payment"].iloc[1]
    assert line.key.endswith("due_loan_coupon")
    assert line.fields["amount"] == pytest.approx(agreed - 115.20, abs=0.01)
    assert line.fields["then"].fields["most"] == agreed
    assert str(line.fields["then"].fields["when"])[:10] == "2027-02-20"
    assert other.key.endswith("due_lowered")
    assert (other.fields["then"], card.fields["then"]) == ("", "")


def test_the_last_payment_of_each_debt_is_in_the_table(found: Best) -> None:
    steps = [each for day in with_last(found).values() for each in day]
    ends = {each.lane for each in steps if each.what in ("settle", "last")}
    assert ends == set(found.played.flows["lane"])
    last = [each for each in steps if each.what == "last"]
    for each in last:
        flows = found.played.flows[(found.played.flows["lane"] == each.lane).to_numpy()]
        paid = flows["payment"][(flows["day"] == each.day).to_numpy()].sum()
        assert paid == pytest.approx(each.amount)
        assert flows["closing"].iloc[-1] == 0
    rows = [str(each) for each in best_plan.answer(hers()).figures["to_do"]]
    assert sum("then it is paid off" in each for each in rows) == len(last) == 1
    assert all(each.what != "last" for day in by_day(found).values() for each in day)


def test_what_is_to_be_looked_at_first_stands_beside_the_first_step() -> None:
    keys = list(by_key(best_plan.answer(hers()).said))
    assert keys[:3] == ["today", "check_coupon", "due_today"]
    alone = Borrower((LOAN,), Budget(12_500, 4_800, 21_000, "2026-02-20"), 8_000, 0.02)
    assert not {"check_coupon", "due_today"} & set(by_key(best_plan.answer(alone).said))


@pytest.mark.parametrize(
    ("days", "today", "own"),
    [((None, None), "CP", ""), ((10, 26), "", "CP"), ((None, 26), "C", "P"), ((20, 20), "CP", "")],
)
def test_which_debts_fall_due_today_and_which_on_days_of_their_own(
    days: tuple[int | None, int | None], today: str, own: str
) -> None:
    rows = [
        {"name": "C", "kind": "card", "balance": 8_000, "daily_rate": 0.0005, "due_day": days[0]},
        {"name": "P", "kind": "loan", "balance": 9_000, "daily_rate": 0.0006, "months": 9},
    ]
    rows[1]["due_day"] = days[1]
    budget = Budget(14_000, 4_800, 21_000, "2026-02-20")
    there = Borrower((LOAN,), budget, 8_000, 0.02, tuple(read(rows, "2026-02-20")))
    said = by_key(best_plan.answer(there).said)
    assert "".join(said["due_today"].fields["names"] if today else "") == today
    assert "".join(said["due_own"].fields["names"] if own else "") == own
    assert ("due_today" in said, "due_own" in said) == (bool(today), bool(own))


def test_why_the_cheaper_line_gets_money_before_the_card_is_said_with_the_day(found: Best) -> None:
    said = by_key(best_plan.answer(hers()).said)["why_before_card"]
    assert (str(said.fields["on"])[:10], said.fields["card"]) == ("2027-03-10", "C")


def test_cash_above_the_reserve_is_told_where_it_is_paid_before_the_next_payday(
    found: Best,
) -> None:
    """On 10 December 12,504 stay; by 26 December 8,000 are left."""
    said = by_key(passage(notes.notes(found)))
    assert str(said["note_kept"].fields["on"])[:10] == "2026-12-10"
    assert "note_typed" in said


@pytest.mark.parametrize(
    ("months", "cost"), [(12, 0.146), (1, (1 + 0.0004 * 31) ** (365 / 31) - 1)]
)
def test_a_loan_repaid_once_costs_what_its_term_makes_of_it(months: int, cost: float) -> None:
    loan = Loan(9_000, daily_rate=0.0004, months=months, method="bullet", start="2026-12-01")
    plan = best(Borrower((loan,), Budget(15_000, 1_000, 4_000, "2026-12-01")))
    assert plan is not None
    assert why.cost(plan.ground.lanes[0]) == pytest.approx(cost)
    assert loan.summary().effective_rate == pytest.approx(cost, abs=1e-4)


def test_of_two_debts_the_one_without_interest_is_not_repaid_early_for_nothing() -> None:
    free = {"name": "free", "kind": "loan", "balance": 6_000, "daily_rate": 0.0, "months": 6}
    loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    debts = tuple(read([free], "2026-12-01"))
    plan = best(Borrower((loan,), Budget(6_000, 1_000, 4_000, "2026-12-01"), 500, debts=debts))
    assert plan is not None
    assert {plan.ground.lanes[each.lane].debt for each in plan.played.steps} == {0}
