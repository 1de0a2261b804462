"""Several debts month by month: the engine's own figures for loans, cards and family by hand."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.life.debts.debt import Debt, read
from jiebei.life.debts.orders import Choice, ranks
from jiebei.life.debts.outcome import freedom
from jiebei.life.debts.payments import COLUMNS, LEFT, frame, months

START = "2026-12-01"
PLENTY = 10_000_000


def paid(debts: list[Debt], monthly: float, places: tuple[int, ...] = (), lead: int = 0) -> Any:
    """Return the months of one scenario."""
    rank = ranks(debts, [Choice(places)])
    return list(months(debts, np.array([round(monthly * 100)]), rank, np.array([lead])))


def flows(debts: list[Debt], monthly: float, places: tuple[int, ...] = (), lead: int = 0) -> Any:
    return frame(debts, paid(debts, monthly, places, lead))


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


# ---- loans: the engine's own figures ---------------------------------------------------------

METHODS = ("equal_instalment", "equal_principal", "interest_only", "bullet", "interest_then_equal")
TERMS = [
    (153_700, 0.00045, 13, START, 0.0),
    (50_000, 0.0004, 12, "2027-01-31", 0.013),
    (999.99, 0.0, 7, "2026-11-30", 0.0),
    (0.05, 0.0005, 9, "2026-12-15", 0.1),
]


def both(method: str, terms: Any) -> tuple[list[Debt], jb.Loan]:
    """Return a loan as a debt, and as a loan of the engine."""
    principal, rate, number, start, fee = terms
    common = {"daily_rate": rate, "months": number, "method": method, "prepay_fee_rate": fee}
    debt = {"name": "a", "kind": "loan", "balance": principal, **common}
    return read([debt], start), jb.Loan(principal, start=start, **common)


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("method", METHODS)
def test_a_loan_paid_as_agreed_is_the_engines(method: str, terms: Any) -> None:
    debts, loan = both(method, terms)
    ours, theirs = flows(debts, PLENTY), loan.cashflows()
    ours, theirs = ours[ours["payment"] > 0], theirs[theirs["payment"] > 0]
    for column in ("date", "interest", "principal", "payment", "closing"):
        assert ours[column].tolist() == theirs[column].tolist(), column


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("method", METHODS)
def test_a_payment_on_top_is_the_engines_pay_extra(method: str, terms: Any) -> None:
    debts, loan = both(method, terms)
    agreed = loan.cashflows()
    most = float(agreed["payment"].iloc[1:].nlargest(2).iloc[-1])
    monthly = round(most * 1.3 + terms[0] / 5, 2)
    ours = flows(debts, monthly, (0,))
    assert len(ours) < terms[2], "the payments on top shorten it"
    for row in ours.itertuples():
        extra = round(monthly - row.due, 2)
        loan = loan.pay_extra(max(extra, 0.0), on=row.date)
    theirs = loan.cashflows().iloc[1:]
    parts = ["interest", "fee", "principal", "payment"]
    by_day = theirs.groupby("date")[parts].sum().round(2)
    assert by_day.to_numpy().tolist() == ours.set_index("date")[parts].round(2).to_numpy().tolist()


# ---- cards and family: by hand ---------------------------------------------------------------


def test_a_card_in_decimals() -> None:
    """10 % of the statement, at least 100 yuan; interest by the day joins it every month."""
    debts = read([{"name": "c", "kind": "card", "balance": 1_234.56, "daily_rate": 0.00047}], START)
    ours = flows(debts, PLENTY)
    owed, rows = Decimal("1234.56"), []
    for days in ours["days"]:
        interest = half_up(owed * Decimal("0.00047") * days)
        minimum = max(half_up((owed + interest) / 10), Decimal(100))
        minimum = min(minimum, owed + interest)
        owed = owed + interest - minimum
        rows.append((float(interest), float(minimum), float(owed)))
    assert rows[-1][-1] == 0
    assert ours[["interest", "payment", "closing"]].to_numpy().tolist() == [list(r) for r in rows]


def test_interest_that_the_minimum_does_not_cover_joins_the_statement() -> None:
    """1,000 yuan at 0.1 % for 31 days are 31 of interest; 1 % of 1,031 are 10.31."""
    card = {"name": "c", "kind": "card", "balance": 1_000, "daily_rate": 0.001}
    debts = read([card | {"minimum_share": 0.01, "minimum_floor": 0}], START)
    row = flows(debts, 10.31).iloc[0]
    assert (row["interest"], row["principal"], row["capitalised"]) == (10.31, 0.0, 20.69)
    assert row["closing"] == 1_020.69
    second = flows(debts, 10.60).iloc[1]
    assert second["interest"] + second["capitalised"] == pytest.approx(1_020.69 * 0.031, abs=0.005)


def test_a_free_period_ends_on_its_day() -> None:
    """Free until 16 January: the statement of 1 February has 16 days of interest."""
    card = {"name": "c", "kind": "card", "balance": 10_000, "daily_rate": 0.0005}
    debts = read([card | {"free_until": "2027-01-16"}], START)
    assert flows(debts, PLENTY)["interest"].head(2).tolist() == [0.0, 9_000 * 0.0005 * 16]


def test_family_money_is_free_until_it_is_late() -> None:
    family = {"name": "f", "kind": "family", "balance": 6_000, "due": "2027-02-10"}
    debts = read([family | {"late_fee": 88, "daily_rate": 0.0001}], START)
    ours = flows(debts, 1_000)
    assert ours["interest"].head(2).tolist() == [0.0, 0.0]
    assert ours["principal"].head(2).tolist() == [0.0, 1_000.0], "all there is, on its last day"
    # From 10 February to 1 March 19 days on 5,000; the fee once; what is left is paid back at once.
    third = ours.iloc[2]
    assert (third["interest"], third["penalty"]) == (9.5, 88.0)
    assert third["principal"] == pytest.approx(1_000 - 97.5)
    assert ours["penalty"].sum() == 88


def test_a_deadline_moves_a_debt_to_the_front() -> None:
    family = {"name": "f", "kind": "family", "balance": 3_000, "due": "2027-05-15"}
    card = {"name": "c", "kind": "card", "balance": 50_000, "daily_rate": 0.0005}
    debts = read([family, card], START)
    for lead, first in ((3, "2027-03-01"), (1, "2027-05-01"), (0, "2027-05-01")):
        ours = flows(debts, 8_000, (1, 0), lead)
        on = ours[(ours["debt"] == "f") & (ours["principal"] > 0)]["date"].min()
        assert on == pd.Timestamp(first)


# ---- what holds for all of them --------------------------------------------------------------

DEBT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["loan", "card", "family"]),
        "balance": st.integers(1, 5_000_000).map(lambda fen: fen / 100),
        "daily_rate": st.integers(0, 200).map(lambda units: units / 100_000),
        "months": st.integers(1, 24),
        "method": st.sampled_from(METHODS[:4]),
        "minimum_share": st.sampled_from([0.0, 0.02, 0.1, 1.0]),
        "prepay_fee_rate": st.sampled_from([0.0, 0.03]),
    }
)
KEYS = {
    "loan": ("kind", "balance", "daily_rate", "months", "method", "prepay_fee_rate"),
    "card": ("kind", "balance", "daily_rate", "minimum_share"),
    "family": ("kind", "balance", "daily_rate"),
}


def mixed(drawn: list[dict[str, Any]]) -> list[Debt]:
    """Return made-up debts."""
    rows = [{key: each[key] for key in KEYS[each["kind"]]} for each in drawn]
    for place, row in enumerate(rows):
        row["name"] = f"debt {place}"
        if row["kind"] == "family":
            row |= {"due": f"2027-0{1 + place % 9}-17", "late_fee": 50}
    return read(rows, "2026-12-15")


@given(st.lists(DEBT, min_size=1, max_size=4), st.integers(1_000, 4_000_000), st.integers(0, 3))
def test_every_fen_is_accounted_for(drawn: list[Any], monthly: int, lead: int) -> None:
    debts = mixed(drawn)
    ours = flows(debts, monthly / 100, tuple(range(len(debts))), lead)
    assert list(ours.columns) == list(COLUMNS)
    if ours.empty:
        return
    fen = (ours.select_dtypes("float") * 100).round().astype("int64")
    parts = fen[["interest", "penalty", "fee", "principal"]].sum(axis=1)
    assert (fen["payment"] == parts).all()
    assert (fen["closing"] == fen["opening"] + fen["capitalised"] - fen["principal"]).all()
    assert (fen["due"] <= fen["payment"]).all()
    assert (fen.groupby(ours["date"])["payment"].sum() <= monthly).all()
    for debt in debts:
        mine = fen[ours["debt"] == debt.name]
        assert mine["opening"].iloc[0] == debt.balance
        assert (mine["opening"].iloc[1:].to_numpy() == mine["closing"].iloc[:-1].to_numpy()).all()


@given(st.lists(DEBT, min_size=1, max_size=3), st.integers(50_000, 4_000_000))
def test_the_summary_is_that_of_the_cash_flows(drawn: list[Any], monthly: int) -> None:
    debts = mixed(drawn)
    places = tuple(range(len(debts)))
    run, found = paid(debts, monthly / 100, places), freedom(debts, monthly / 100, places)
    ours = frame(debts, run)
    cost = ours[["interest", "penalty", "fee", "capitalised"]].astype(float).to_numpy().sum()
    assert round(cost * 100) == found.cost[0]
    if found.free[0]:
        assert found.months[0] == len(run) == found.ends.max()
        owed = sum(int(each.balance) for each in debts)
        assert round(ours["payment"].sum() * 100) == owed + found.cost[0]
    else:
        assert not run[-1].counts[0] or run[-1].closing.any()


def test_an_array_equals_its_scalars() -> None:
    debts = mixed(
        [
            {
                "kind": kind,
                "balance": 20_000,
                "daily_rate": 0.0005,
                "months": 10,
                "method": "equal_instalment",
                "minimum_share": 0.1,
                "prepay_fee_rate": 0.0,
            }
            for kind in ("loan", "card", "family")
        ]
    )
    amounts = [3_000, 5_000, 9_999.99, 100]
    together = freedom(debts, amounts, [1, 0, 2], 2)
    for place, amount in enumerate(amounts):
        alone = freedom(debts, amount, [1, 0, 2], 2)
        for name in ("months", "cost", "late", "short_month", "short", "most_due"):
            assert getattr(alone, name)[0] == getattr(together, name)[place], name


def test_who_cannot_pay_the_bills_is_told_when_and_by_how_much() -> None:
    loan = {"name": "l", "kind": "loan", "balance": 12_000, "daily_rate": 0, "months": 12}
    debts = read([loan], START)
    found = freedom(debts, [999.99, 1_000], [LEFT])
    assert found.short_month.tolist() == [1, 0]
    assert found.short.tolist() == [1, 0]
    assert found.months.tolist() == [0, 12]
    assert flows(debts, 999.99).empty


def test_a_card_that_grows_is_never_paid_off() -> None:
    card = {"name": "c", "kind": "card", "balance": 10_000, "daily_rate": 0.002}
    debts = read([card | {"minimum_share": 0.01, "minimum_floor": 0}], START)
    found = freedom(debts, 1e9, [LEFT])
    assert not found.free[0]
