"""The best plan equals brute force on small cases, and no other plan found anywhere beats it."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from jiebei.language.errors import JiebeiError
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Again, Borrower, Extension
from jiebei.life.best.drawn import borrower
from jiebei.life.best.lanes import as_loan
from jiebei.life.best.played import Choice, play
from jiebei.life.best.rules import RULES, follow, ruled
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons, read_offers
from jiebei.loan.loan import Loan
from jiebei.loan.running import running
from jiebei.units.days import iso

START = "2026-12-01"
FEN = 0.01
SHARES = [(0, 0), (1, 0), (0, 1), (0.5, 0.5)]  # of the cash to spare


# Brute force: every split of the spare cash, on every payday, through the engine ---------------


def spare(loans: list[Loan], budget: Budget, keep: float, day: np.datetime64) -> float:
    """Return the cash to spare at the end of a day, by the engine's own rows."""
    months = budget.months(day)
    cash = int(months.cash[-1])
    for loan in loans:
        rows = loan.cashflows(["date", "event", "payment"])
        paid = rows[(rows["date"] <= day) & (rows["date"] > np.datetime64(START))]
        today = rows[(rows["date"] == np.datetime64(START)) & (rows["event"] != "draw")]
        cash -= round(100 * float(paid["payment"].sum() + today["payment"].sum()))
    return cash / 100 - keep


def after(loans: list[Loan], amounts: list[float], day: np.datetime64, then: str) -> list[Loan]:
    """Return the loans with so much cash paid on top, at most what is owed."""
    found = []
    for loan, amount in zip(loans, amounts, strict=True):
        paid = amount
        try:
            if paid >= 1 and loan.owed(day).principal:
                loan = loan.pay_extra(round(paid, 2), on=day, then=then)
        except JiebeiError:
            pass  # more than is owed: pay_extra stops by itself
        found.append(loan)
    return found


def brute_force(loans: list[Loan], budget: Budget, keep: float, then: str, paydays: int) -> float:
    """Return the most that any split leaves on the last day as agreed, without savings interest."""
    last = max(np.datetime64(each.summary().payoff_date, "D") for each in loans)
    dates = [np.datetime64(int(each), "D") for each in budget.months(last).date[:paydays]]
    reached = -np.inf
    for shares in product(SHARES, repeat=len(dates)):
        now = loans
        for day, split in zip(dates, shares, strict=True):
            room = max(spare(now, budget, keep, day), 0.0)
            amounts = [np.floor(100 * room * each) / 100 for each in split]
            if amounts[0] and amounts[0] > now[0].owed(day).total:  # the rest goes to the other
                rest = amounts[0] - now[0].owed(day).total
                amounts = [amounts[0], amounts[1] + rest]
            elif amounts[1] and amounts[1] > now[1].owed(day).total:
                amounts = [amounts[0] + amounts[1] - now[1].owed(day).total, amounts[1]]
            now = after(now, amounts, day, then)
        ends = [np.datetime64(int(each), "D") for each in budget.months(last).date]
        if all(spare(now, budget, keep, day) > -FEN for day in ends):
            reached = max(reached, spare(now, budget, 0.0, last))
    return reached


@pytest.mark.parametrize("rates", [(0.0006, 0.0003), (0.0003, 0.0004)])
def test_it_equals_brute_force_over_every_split(rates: tuple[float, float]) -> None:
    loans = [
        Loan(yuan, daily_rate=rate, months=3, start=START)
        for yuan, rate in zip((9_000, 6_000), rates, strict=True)
    ]
    budget = Budget(7_000, 1_000, reserve=4_000, since=START)
    found = best(Borrower(tuple(loans), budget, keep=500))
    assert found is not None
    assert found.played.left == pytest.approx(
        brute_force(loans, budget, 500, "lower", 3), abs=2 * FEN
    )


@pytest.mark.parametrize("then", ["lower", "shorten"])
def test_with_a_fee_it_is_at_least_as_good_as_both_ways_of_going_on(then: str) -> None:
    loan = Loan(9_000, daily_rate=0.0006, months=6, start=START, prepay_fee_rate=0.01)
    budget = Budget(3_500, 1_000, reserve=4_000, since=START)
    found = best(Borrower((loan,), budget, keep=500))
    assert found is not None
    early = [loan.prepay(amount, on=START, then=then) for amount in range(0, 3_500, 100)]
    left = [spare([each], budget, 0.0, np.datetime64("2027-06-01")) for each in early]
    assert max(left) <= found.played.left + FEN


def test_by_hand_one_repayment_is_best_and_comes_to_the_fen() -> None:
    """3,000 at 0.05 % for 2 months; 1,000 to spare today, on the first due day before the next.

    Drawn 2026-11-01, today its first due day: 1,500.?? is owed, the yuan repaid bear no interest.
    """
    loan = Loan(3_000, daily_rate=0.0005, months=2, start="2026-11-01", method="equal_principal")
    budget = Budget(1_000, 0, reserve=1_000, since=START)
    found = best(Borrower((loan,), budget))
    assert found is not None
    # owed 1,500 after the instalment of today; 1,000 repaid; 500 x (1 + 31 x 0.0005) = 507.75
    assert [step.amount for step in found.played.steps] == [1_000]
    assert found.played.left == 1_000 + 1_000 - 1_000 - 507.75


def test_nothing_is_repaid_where_savings_earn_more() -> None:
    loan = Loan(9_000, daily_rate=0.0001, months=6, start=START)
    found = best(Borrower((loan,), Budget(4_000, 1_000, 9_000, START), savings_rate=0.2))
    assert found is not None
    assert found.played.steps == ()


def test_what_is_kept_back_for_a_deadline_is_there() -> None:
    line = Loan(20_000, daily_rate=0.0005, months=12, start=START)
    family = read([{"name": "f", "kind": "family", "balance": 9_000, "due": "2027-03-01"}], START)
    budget = Budget(3_000, 0, reserve=9_000, since=START)
    found = best(Borrower((line,), budget, debts=tuple(family)))
    assert found is not None
    assert found.played.lowest > -FEN / 2
    assert found.gap < 1
    broke = play(found.ground, follow(found.ground, RULES["highest_rate"])[0])
    assert broke.lowest < -1_000  # all to the dearest: nothing is left for the family


def test_none_where_no_plan_meets_what_falls_due() -> None:
    loan = Loan(9_000, daily_rate=0.0004, months=3, start=START)
    assert best(Borrower((loan,), Budget(2_000, 0, 2_500, START))) is None


# What may be decided beside repaying -----------------------------------------------------------


POOR = Budget(2_300, 0, reserve=2_500, since=START)
SHORT = Loan(9_000, daily_rate=0.0004, months=3, start=START)


def test_an_extension_is_taken_where_nothing_else_does() -> None:
    budget = replace(POOR, income=2_000)
    longer = Extension(3, "2026-12-15", fee=50.0)
    found = best(Borrower((SHORT,), budget, extensions=(longer,)))
    assert found is not None
    assert [step.what for step in found.played.steps].count("take") == 1
    assert found.played.flows["fee"].sum() == 50


def test_a_coupon_is_taken_and_worth_what_the_engine_says() -> None:
    [coupon] = read_coupons([{"days": 90, "off": 0.5, "principal": 5_000, "cap": 30}])
    plain = Borrower((SHORT,), Budget(3_100, 0, 500, START), savings_rate=0.2)
    none, one = best(plain), best(replace(plain, coupons=(coupon,)))
    assert none is not None
    assert one is not None
    assert one.played.cost == pytest.approx(none.played.cost - 30, abs=0.02)
    assert 0 <= one.gap < 1


def test_an_offer_replaces_a_dearer_loan_but_for_its_fee() -> None:
    cheap = read_offers([{"name": "bank", "daily_rate": 0.0001, "months": 3, "limit": 9_000}])
    dear = read_offers(
        [{"name": "bank", "daily_rate": 0.0001, "months": 3, "limit": 9_000, "drawdown_fee": 900}]
    )
    plain = Borrower((SHORT,), Budget(3_500, 0, 500, START))
    for offers, drawn in ((cheap, True), (dear, False)):
        found = best(replace(plain, offers=tuple(offers)))
        assert found is not None
        assert ("draw" in [step.what for step in found.played.steps]) == drawn
        assert found.gap < 1


def test_the_line_lends_again_within_its_limit() -> None:
    family = read([{"name": "f", "kind": "family", "balance": 5_000, "due": "2027-02-01"}], START)
    plain = Borrower((SHORT,), Budget(4_500, 0, 2_000, START), debts=tuple(family))
    assert best(plain) is None
    found = best(replace(plain, again=Again(9_000, months=3)))
    assert found is not None
    drawn = [step for step in found.played.steps if step.what == "draw"]
    assert drawn
    assert found.played.lowest > -FEN
    assert best(replace(plain, again=Again(3_000, months=3))) is None


@pytest.mark.parametrize("then", ["lower", "shorten"])
def test_what_was_repaid_today_is_not_paid_again(then: str) -> None:
    """1,000 that left the hand this morning are no step, and the 5,000 in hand are without them."""
    loan = Loan(20_000, daily_rate=0.0005, months=12, start="2026-07-10")
    repaid = loan.prepay(1_000, on="2026-11-26", then=then)
    found = best(Borrower((repaid,), Budget(6_000, 3_000, 5_000, "2026-11-26")))
    assert found is not None
    assert 0 <= found.gap <= 1
    # at most all in hand, and not the 1,008.00 that were repaid with their interest before
    assert [each.amount for each in found.played.steps if each.amount in (1_000, 1_008)] == []
    assert 0 < found.played.early(found.ground.borrower.today) <= 5_000
    assert found.played.cash[0] == 5_000 - found.played.early(found.ground.borrower.today)


# Borrowers at random ---------------------------------------------------------------------------


def test_bound_and_plan_lie_within_a_yuan(seeds: range) -> None:
    for seed in seeds:
        found = best(borrower(seed))
        if found is None:
            continue
        assert found.proved - found.played.left <= 0.1, seed
        assert 0 <= found.gap <= 1, seed
        assert found.played.lowest > -FEN, seed
        for name, rule in RULES.items():
            other = play(found.ground, follow(found.ground, rule)[0])
            if other.lowest > -FEN / 2:
                assert other.left <= found.played.left + 0.1, (seed, name)
                assert other.left <= found.bound, (seed, name)


def test_bound_and_plan_lie_within_a_yuan_with_every_debt_on_its_own_day(seeds: range) -> None:
    """Drawn with their days; today, 2026-12-01, falls between two of them."""
    for seed in seeds[::4]:
        there = borrower(seed)
        days = np.random.default_rng(seed).integers(2, 32, len(there.debts)).tolist()
        own = tuple(
            each if each.kind == "family" else replace(each, due_day=day)
            for each, day in zip(there.debts, days, strict=True)
        )
        own = tuple(
            replace(each, free_until=each.last_due) if each.kind == "card" else each for each in own
        )
        found = best(replace(there, debts=own))
        if found is not None:
            assert 0 <= found.gap <= 1, seed
            assert found.played.lowest > -FEN, seed


def test_by_hand_debts_that_fall_due_on_their_own_days() -> None:
    """A card due on the 12th, instalments due on the 26th; today is 2026-12-01.

    The card: 18,000 x 0.05 % x 30 days since 12 November = 270.00; of 18,270.00 a tenth is due. The
    instalments: 20,000 x 0.065 % x 30 days since 26 November = 390.00 of interest in the first.
    """
    card = {"name": "c", "kind": "card", "balance": 18_000, "daily_rate": 0.0005, "due_day": 12}
    loan = {"name": "p", "kind": "loan", "balance": 20_000, "daily_rate": 0.00065, "months": 12}
    debts = read([card, loan | {"due_day": 26}], START)
    there = Borrower((), Budget(5_000, 0, 4_000, START), debts=tuple(debts))
    found = best(there)
    assert found is not None
    agreed = ruled(found.ground, "as_agreed").flows
    first = {int(lane): rows.iloc[0] for lane, rows in agreed.groupby("debt")}
    assert [iso(int(first[at]["day"])) for at in (0, 1)] == ["2026-12-12", "2026-12-26"]
    assert [first[at]["interest"] for at in (0, 1)] == [270.00, 390.00]
    assert first[0]["payment"] == 1_827.00


def test_five_days_of_interest_go_with_what_is_repaid_today() -> None:
    """1 + 5 x 0.065 % = 1.00325: of 2,000.00 yuan 1,993.52 are principal, 6.48 interest."""
    loan = {"name": "p", "kind": "loan", "balance": 20_000, "daily_rate": 0.00065, "months": 12}
    debts = tuple(read([loan | {"due_day": 26}], START))
    there = Borrower((), Budget(5_000, 0, 2_000, START, payday=20), debts=debts)
    found = best(there)
    assert found is not None
    step = found.played.steps[0]
    assert (step.day, step.amount, step.principal) == (there.today, 2_000.00, 1_993.52)


def test_what_rounding_gains_leaves_more_than_in_real_numbers_and_not_more_than_the_bound() -> None:
    """24 fen with a fee of 2 % cost 0.48 fen, which is nothing: they are repaid wherever it helps.

    Savings earn as much as the loan costs but for the fee, so the plan repays nothing early.
    """
    terms = {"daily_rate": 0.00027, "months": 12, "method": "equal_principal"}
    loan = Loan(9_000, start=START, prepay_fee_rate=0.02, **terms)
    budget = Budget(1_500, 0, 3_000, START, payday=15)
    found = best(Borrower((loan,), budget, savings_rate=0.1))
    assert found is not None
    assert found.played.steps == ()
    early, left = dict[int, tuple[float, bool]](), found.played.left
    for day in (int(each) for each in found.ground.lanes[0].early):
        tried = {**early, day: (0.24, False)}
        played = play(found.ground, [Choice(0, 0.0, tried)])
        if played.left > left:
            early, left = tried, played.left
    assert found.proved < left <= found.bound


def test_what_is_paid_off_is_rounded_no_more() -> None:
    """Half a fen for all that two years could bring would be 48 fen."""
    loan = Loan(9_000, daily_rate=0.0005, months=24, start=START, prepay_fee_rate=0.01)
    found = best(Borrower((loan,), Budget(1_000, 0, 12_000, START)))
    assert found is not None
    assert [step.what for step in found.played.steps] == ["settle"]
    assert found.gap < 0.15


def test_a_loan_in_the_list_of_debts_is_one_that_runs() -> None:
    """Repaid today it owes no interest, where a loan drawn today owes a day of it."""
    drawn = Loan(9_000, daily_rate=0.0005, months=6, start=START)
    loan = running(9_000, daily_rate=0.0005, instalments=6, last_due=START)
    [debt] = read(
        [{"name": "x", "kind": "loan", "balance": 9_000, "daily_rate": 0.0005, "months": 6}], START
    )
    budget = Budget(3_000, 0, 2_500, START)
    one, two = best(Borrower((loan,), budget)), best(Borrower((), budget, debts=(debt,)))
    assert one is not None
    assert two is not None
    assert one.played.left == two.played.left
    assert [two.played.steps[0].amount, two.played.steps[0].principal] == [2_500, 2_500]
    assert as_loan(debt).summary().interest == drawn.summary().interest
    paid = best(Borrower((drawn,), budget))
    assert paid is not None
    assert paid.played.steps[0].principal == 2_498.75  # 2,500 / 1.0005


def test_tomorrow_is_looked_at_where_to_wait_a_day_gains() -> None:
    """Drawn today: a day of interest is owed in any case, and 20,000 earn a day of 2 %."""
    loan = Loan(50_000, daily_rate=0.0004, months=12, start=START)
    budget = Budget(12_000, 7_000, reserve=20_000, since=START)
    found = best(Borrower((loan,), budget, savings_rate=0.02))
    assert found is not None
    first = found.played.steps[0]
    assert first.day == found.ground.borrower.today + 1
    assert first.amount == pytest.approx(20_000 * 1.02 ** (1 / 365), abs=FEN)
    assert found.gap < 1
    runs = best(Borrower((loan.rest("2027-01-01"),), replace(budget, since="2027-01-01")))
    assert runs is not None
    assert runs.played.steps[0].day == runs.ground.borrower.today


@pytest.mark.parametrize(("months", "fee"), [(2, 0.0), (None, 0.05)])
def test_the_fee_of_an_offer_ends_with_its_months(months: int | None, fee: float) -> None:
    """Dear debt is replaced today; the rest of the new loan is paid off at the end of February."""
    row = {"name": "bank", "daily_rate": 0.0001, "months": 6, "limit": 9_000}
    row |= {"prepay_fee_rate": 0.05} | ({"prepay_fee_months": months} if months else {})
    loan = Loan(9_000, daily_rate=0.0006, months=6, start="2026-11-01").rest(START)
    budget = Budget([3_000, 3_000, 20_000, *[3_000] * 9], 0, 500, START)
    there = Borrower((loan,), budget, offers=tuple(read_offers([row])))
    found = best(there)
    assert found is not None
    early = [s for s in found.played.steps if found.ground.lanes[s.lane].drawn and s.what != "draw"]
    free = [each for each in early if each.fee == 0]
    assert bool(free) == (fee == 0.0)
    since = np.datetime64("2027-02-01").astype(np.int64)
    assert all(each.day >= since for each in free)
    assert found.gap < 1


@pytest.mark.parametrize(
    "changed",
    [
        {"loans": ()},
        {"loans": (Loan([9_000, 8_000], daily_rate=0.0004, months=3, start=START),)},
        {"loans": (Loan(9_000, daily_rate=0.0004, months=3, start="2026-06-01").miss(3),)},
        {"loans": (Loan(9_000, daily_rate=0.0004, months=3, start="2026-06-01"),)},
        {"savings_rate": -0.1},
        {"keep": -1.0},
    ],
)
def test_what_makes_no_sense_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(JiebeiError):
        replace(Borrower((SHORT,), POOR), **changed)


def test_a_contract_that_cuts_off_parts_of_a_fen_has_a_whole_one_of_room() -> None:
    loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    budget = Budget(4_000, 500, reserve=1_000, since="2026-12-01")
    usual, cut = (best(Borrower((each,), budget)) for each in (loan, loan.but(rounding="down")))
    assert usual is not None
    assert cut is not None
    assert usual.played.left <= cut.played.left <= cut.bound  # what is cut off is the borrower's
    assert cut.bound - cut.played.left > usual.bound - usual.played.left - 0.01
