"""The order of paying: highest rate first is the cheapest where it should be, and not elsewhere."""

from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiebei.language.errors import JiebeiError
from jiebei.life.debts.debt import Debt, read
from jiebei.life.debts.orders import (
    ROUNDING,
    Choice,
    cheapest,
    every,
    leads,
    least,
    named,
    paid,
    ranks,
)
from jiebei.units.fen import half_up

START = "2026-12-01"


def card(name: str, balance: float, rate: float, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "card", "balance": balance, "daily_rate": rate, **more}


def loan(name: str, balance: float, rate: float, months: int, **more: Any) -> dict[str, Any]:
    terms = {"balance": balance, "daily_rate": rate, "months": months, **more}
    return {"name": name, "kind": "loan", **terms}


FAMILY = {"name": "f", "kind": "family", "balance": 8_000, "due": "2027-06-01"}


def cost(debts: list[Debt], choice: Choice, monthly: float) -> float:
    return float(paid(debts, [choice], monthly).cost[0]) / 100


# ---- against every way of paying -------------------------------------------------------------


def by_splits(cards: list[tuple[int, int]], days: list[int], monthly: int, steps: int) -> int:
    """Return the least interest of cards over all ways to split what is left, month by month.

    A card is (fen, rate in 1e-10 a day), its minimum 10 % of the statement and at least 100 yuan.
    What is left of the monthly amount is split in `steps` equal parts, in every month anew.
    """
    splits = [each for each in product(range(steps + 1), repeat=len(cards)) if sum(each) <= steps]
    best: dict[tuple[int, ...], int] = {tuple(fen for fen, _ in cards): 0}
    for length in days:
        reached: dict[tuple[int, ...], int] = {}
        for owed, so_far in best.items():
            pairs = zip(owed, cards, strict=True)
            interest = [int(half_up(np.int64(o), np.int64(r * length))) for o, (_, r) in pairs]
            statement = [o + i for o, i in zip(owed, interest, strict=True)]
            minimum = [min(s, max(-(-(s * 2 - 10) // 20), 10_000)) for s in statement]
            left = monthly - sum(minimum)
            assert left >= 0
            for split in splits:
                on_top = [left * part // steps for part in split]
                triples = zip(statement, minimum, on_top, strict=True)
                closing = tuple(max(s - m - e, 0) for s, m, e in triples)
                total = so_far + sum(interest)
                reached[closing] = min(total, reached.get(closing, total))
        best = reached
    return min(total for closing, total in best.items() if not any(closing))


@pytest.mark.parametrize("rates", [(0.0006, 0.0003), (0.0002, 0.0005), (0.0004, 0.0004)])
@pytest.mark.parametrize("balances", [(3_000, 2_000), (1_000, 4_500)])
def test_no_way_of_splitting_beats_the_highest_rate_first(
    rates: tuple[float, float], balances: tuple[int, int]
) -> None:
    debts = read([card(f"c{at}", balances[at], rates[at]) for at in (0, 1)], START)
    found = paid(debts, [named(debts, "highest_rate")], 1_500)
    cards = [(int(each.balance), int(each.rate)) for each in debts]
    least_of_all = by_splits(cards, [31, 31, 28, 31, 30, 31][: int(found.months[0])], 150_000, 4)
    assert found.cost[0] <= least_of_all + ROUNDING


DEBT = st.one_of(
    st.builds(
        lambda balance, rate, share: card("", balance, rate, minimum_share=share),
        st.integers(100, 60_000),
        st.integers(0, 99).map(lambda units: units / 100_000),
        st.sampled_from([0.02, 0.05, 0.1, 0.3]),
    ),
    st.builds(
        lambda balance, rate, months, method: loan("", balance, rate, months, method=method),
        st.integers(100, 60_000),
        st.integers(0, 99).map(lambda units: units / 100_000),
        st.integers(1, 30),
        st.sampled_from(["equal_instalment", "equal_principal", "interest_only"]),
    ),
)


@settings(max_examples=25)
@given(st.lists(DEBT, min_size=2, max_size=4), st.floats(1.0, 2.5))
def test_highest_rate_first_is_the_cheapest_of_all_orders(drawn: list[Any], more: float) -> None:
    """Without deadlines, fees, free periods and interest billed only at the end."""
    debts = read([each | {"name": f"d{at}"} for at, each in enumerate(drawn)], START)
    first = named(debts, "highest_rate")
    monthly = round(least(debts, kept=False) * more)
    best, tried = cheapest(debts, monthly)
    assert tried == len(list(permutations(range(len(debts)))))
    assert best.places == first.places


# ---- where it is not -------------------------------------------------------------------------


def dearer_by(debts: list[Debt], monthly: float) -> float:
    """Return what the highest rate first costs more than the cheapest order."""
    best, _ = cheapest(debts, monthly)
    return cost(debts, named(debts, "highest_rate"), monthly) - cost(debts, best, monthly)


def test_a_fee_on_early_repayment_makes_the_dearest_loan_wait() -> None:
    terms = (loan("a", 10_000, 0.0005, 6), card("c", 10_000, 0.00045))
    free, fee = read(terms, START), read([terms[0] | {"prepay_fee_rate": 0.05}, terms[1]], START)
    assert dearer_by(free, 4_000) == 0
    assert dearer_by(fee, 4_000) > 50
    best, _ = cheapest(fee, 4_000)
    assert best.places == (1,), "the loan is left alone: the fee is more than it spares"


def test_a_free_period_makes_a_card_wait() -> None:
    terms = (card("c", 10_000, 0.0005), card("d", 10_000, 0.0004))
    free = read([terms[0] | {"free_until": "2027-12-01"}, terms[1]], START)
    assert dearer_by(read(terms, START), 2_500) == 0
    assert dearer_by(free, 2_500) > 100
    assert cheapest(free, 2_500)[0].places[0] == 1


def test_a_bullet_bears_no_interest_on_interest_and_can_wait() -> None:
    debts = read(
        [loan("b", 12_000, 0.00073, 31, method="bullet"), card("c", 15_000, 0.00069)], START
    )
    assert dearer_by(debts, 1_700) > 10
    assert cheapest(debts, 1_700)[0].places == (1, 0)


def test_a_deadline_is_met_at_the_least_cost() -> None:
    debts = read([FAMILY, card("c", 30_000, 0.0005)], START)
    first = named(debts, "highest_rate")
    assert first.places == (1, 0)
    best, tried = cheapest(debts, 5_000)
    assert tried == 2 * len(leads(debts)) == 12
    assert paid(debts, [first], 5_000).late[0] > 0
    assert paid(debts, [best], 5_000).late[0] == 0
    assert best.lead > 0
    later = best._replace(lead=best.lead - 1)
    assert paid(debts, [later], 5_000).late[0] > 0, "a month later is too late"
    dearest = max(cost(debts, each, 5_000) for each in every(debts))
    assert cost(debts, best, 5_000) < dearest


def test_where_no_order_is_in_time_the_least_late_is_taken() -> None:
    debts = read([FAMILY | {"due": "2027-01-15"}, card("c", 20_000, 0.0005)], START)
    best, _ = cheapest(debts, 5_000)
    late = paid(debts, list(every(debts)), 5_000).late
    assert paid(debts, [best], 5_000).late[0] == late.min() > 0


# ---- names, ranks, the least amount ----------------------------------------------------------


def test_the_orders_that_people_know() -> None:
    debts = read([loan("a", 9_000, 0.0004, 5), card("c", 10_000, 0.0006), FAMILY], START)
    assert named(debts, "only_due") == Choice(())
    assert named(debts, "highest_rate").places == (1, 0, 2)
    assert named(debts, "smallest_balance").places == (2, 0, 1)
    assert named(debts, "earliest_deadline").places == (0, 2, 1)
    assert ranks(debts, [Choice((1, 0)), Choice(())]).tolist() == [[1, 100], [0, 100], [100, 100]]
    with pytest.raises(JiebeiError, match=r"^order='avalanche' is not an order: "):
        named(debts, "avalanche")


@pytest.mark.parametrize("kept", [False, True])
def test_the_least_amount_is_the_least_in_any_order(kept: bool) -> None:
    debts = read([FAMILY, card("c", 20_000, 0.0005), loan("a", 9_000, 0.0004, 5)], START)
    amount = least(debts, kept=kept)
    for monthly, suffices in ((amount - 1, False), (amount, True), (amount + 1, True)):
        found = paid(debts, list(every(debts)), monthly)
        assert (found.kept if kept else found.free).any() == suffices


@pytest.mark.parametrize(("owed", "monthly"), [(1, 1), (100, 1), (3_000, 9), (5_000, 14)])
def test_the_least_amount_of_small_sums(owed: int, monthly: int) -> None:
    """Free of debt within 360 months, whatever the day: 3,000 / 360 is 8.33."""
    debts = read([FAMILY | {"balance": owed, "due": "2029-12-01"}], START)
    assert least(debts, kept=False) == monthly


def test_a_loan_due_at_the_end_wants_its_money_first() -> None:
    """Highest rate first needs more a month here than another order."""
    debts = read([loan("b", 20_000, 0.0001, 12, method="bullet"), card("c", 9_000, 0.0005)], START)
    amount = least(debts, kept=False)
    assert not paid(debts, [named(debts, "highest_rate")], amount).free[0]
    assert paid(debts, [named(debts, "earliest_deadline")], amount).free[0]


def drawn_debts(seed: int) -> list[Debt]:
    """Return one to three debts with fees, deadlines and principal that is due only at the end."""
    draw = np.random.default_rng(seed)

    def one(name: str) -> dict[str, Any]:
        balance, rate = (
            int(draw.integers(2, 50)) * 1_000,
            float(draw.choice([0.0002, 0.0004, 0.0006])),
        )
        months, kind = (
            int(draw.integers(7, 37)),
            draw.choice(["loan", "card", "family"], p=[0.6, 0.1, 0.3]),
        )
        method = str(
            draw.choice(["interest_only", "bullet", "interest_then_equal", "equal_principal"])
        )
        fee = float(draw.choice([0.0, 0.03]))
        due, late_fee = (
            str(draw.choice(["2027-05-01", "2027-08-01", "2028-02-10"])),
            int(draw.choice([0, 2_000])),
        )
        if kind == "card":
            return card(name, balance, rate)
        if kind == "family":
            return FAMILY | {"name": name, "balance": balance, "due": due, "late_fee": late_fee}
        return loan(name, balance, rate, months, method=method, prepay_fee_rate=fee)

    return read([one(f"d{place}") for place in range(draw.integers(1, 4))], START)


def ways_that_suffice(debts: list[Debt], amounts: list[int], kept: bool) -> list[bool]:
    choices = list(every(debts))
    found = [paid(debts, choices, each) for each in amounts]
    return [bool((each.kept if kept else each.free).any()) for each in found]


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_no_smaller_amount_suffices_in_any_order(seed: int, kept: bool) -> None:
    debts = drawn_debts(seed)
    amount = least(debts, kept=kept)
    below = [
        amount - 1,
        amount - 2,
        amount - 3,
        *(amount - amount * part // 1_000 for part in range(3, 70, 12)),
    ]
    *smaller, itself = ways_that_suffice(debts, [*below, amount], kept)
    assert itself
    assert not any(smaller)


def test_the_least_where_a_deadline_and_a_fee_meet() -> None:
    """A debt with a fee is left alone, and the family paid first from a while before its day."""
    family = {"name": "f", "kind": "family", "balance": 20_000, "due": "2027-08-01"}
    fee = {"method": "interest_only", "prepay_fee_rate": 0.03}
    debts = read(
        [
            family | {"late_fee": 2_000},
            loan("l", 40_000, 0.0004, 12, **fee),
            card("c", 3_000, 0.0006),
        ],
        START,
    )
    assert least(debts, kept=True) == 5_557
    assert least(debts, kept=False) == 5_557, "the family is paid on its day in every order"
