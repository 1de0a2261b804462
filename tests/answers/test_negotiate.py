"""Which offer is better: the figures against sums done by hand, and every sentence reached."""

from dataclasses import replace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.text import Text

import jiebei as jb
from jiebei.answers import negotiate, overdue
from jiebei.answers.shared.countable import countable
from jiebei.charts.drawing.style import CHEAPER
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, count, day, headline_yuan, say
from jiebei.life.negotiation import carried, least, standing
from jiebei.life.negotiation.split import parts_of
from jiebei.life.negotiation.standing import Debt
from jiebei.notebook.answer import Answer
from jiebei.notebook.so_far import so_far
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart
from tests.truth import told

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
ON = "2027-06-01"
DEBT = standing.behind(LOAN, 3, ON)
CASH = carried.means(DEBT, 3_000, 1_400, 1_000)
NO_INTEREST = {"months": 36, "daily_rate": 0.0, "waive": 1.0}
OFFERS: dict[str, dict[str, Any]] = {
    "no_interest": NO_INTEREST,
    "half_rate": {"months": 60, "daily_rate": 0.0002},
    "longer": {"months": 24},
    "at_once": {"months": 0, "haircut": 0.3},
    "pause": {"defer": 3, "interest": "capitalised"},
}


def answered(
    offers: dict[str, dict[str, Any]] = OFFERS,
    debt: Debt = DEBT,
    in_hand: float = 3_000,
    monthly: float = 1_400,
    keep_back: float = 1_000,
    own_rate: float = 0.02,
) -> Answer:
    cash = carried.means(debt, in_hand, monthly, keep_back)
    return negotiate.answer(debt, negotiate.offers.ways(debt, offers), cash, own_rate)


def has(text: str, *keys: str) -> None:
    for key in keys:
        assert says(f"answer.negotiate.{key}", text), (key, text)


def lacks(text: str, *keys: str) -> None:
    for key in keys:
        assert not says(f"answer.negotiate.{key}", text), (key, text)


# ---- offers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offers", "message"),
    [
        ({}, "give 1 to 8"),
        ({str(each): {"months": 1} for each in range(9)}, "give 1 to 8"),
        ([("a", {"months": 1})], "give 1 to 8"),
        ({"catch up": {"months": 1}}, "offer 'catch up': that is what"),
        ({"mine": 36}, "offer 'mine': give its terms"),
        ({"mine": {}}, "offer 'mine': give its terms"),
        ({"mine": {"month": 36}}, "offer 'mine': 'month' is no term; did you mean 'months'"),
        ({"mine": {"months": 61}}, "offer 'mine': months=61"),
        ({"mine": {"months": 6, "daily_rate": 3}}, "offer 'mine': daily_rate=3"),
        ({"mine": {"months": 6, "haircut": 30}}, "offer 'mine': haircut=30"),
        ({"mine": {"months": 6, "down": 1e6}}, "offer 'mine': .* only 44,410.26 is owed"),
        ({"mine": {"months": 6, "interest": "paid"}}, "offer 'mine': 'interest' means nothing"),
        ({"mine": {"defer": 6, "waive": 1}}, "offer 'mine': 'waive' means nothing without 'months"),
        ({"mine": {"defer": 6, "interest": "free"}}, "offer 'mine': interest='free'"),
        ({"mine": {"months": [6, 9]}}, "offer 'mine': an offer has one value"),
        ({"mine": {"months": 0, "down": 5}}, "offer 'mine': "),
    ],
)
def test_an_offer_that_cannot_be_is_named(offers: Any, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        negotiate.offers.ways(DEBT, offers)


@pytest.mark.usefixtures("lang")
def test_every_term_has_its_words() -> None:
    every = {"waive": 0.5, "waive_interest": 0.25, "haircut": 0.125, "down": 100}
    some = DEBT.late.restructure(9, on=ON, daily_rate=0.0001, **every)
    text = str(negotiate.offers.terms_of(some))
    has(text, "term_rate", "term_waive", "term_waive_interest", "term_haircut", "term_down")
    assert all(part in text for part in ("9", "0.010%", "50.0%", "25.0%", "12.5%", "¥100"))
    gone = DEBT.late.restructure(0, on=ON, waive=1, waive_interest=1, haircut=1)
    gone_words = ("term_once", "term_waive_all", "term_waive_interest_all", "term_haircut_all")
    has(str(negotiate.offers.terms_of(gone)), *gone_words)
    for kind in ("paid", "billed", "capitalised", "waived"):
        paused = DEBT.late.restructure(9, on=ON).defer(2, on=ON, interest=kind)
        has(str(negotiate.offers.terms_of(paused)), f"term_pause_{kind}")
    has(str(negotiate.offers.terms_of(DEBT.caught_up)), "term_catch_up")
    has(str(negotiate.offers.terms_of(LOAN)), "term_as_agreed")


def test_known_names_follow_the_language(lang: str) -> None:
    names = list(negotiate.offers.ways(DEBT, {"no_interest": {"months": 9}, "X": {"months": 8}}))
    assert names == [Words("strategy.catch_up"), Words("offer.no_interest"), "X"]


# ---- what a way takes, and is worth --------------------------------------------------------------


def test_worth_is_present_value_by_hand() -> None:
    """36 payments a month apart against catching up, at 2 % a year from the day of the talks."""

    def today(payments: dict[str, float]) -> float:
        return sum(
            amount * 1.02 ** (-(pd.Timestamp(date) - pd.Timestamp(ON)).days / 365)
            for date, amount in payments.items()
        )

    months = pd.date_range("2027-07-01", periods=36, freq="MS")
    level = round((DEBT.total - DEBT.owed["penalty"]) / 36, 2)
    last = round(DEBT.total - DEBT.owed["penalty"] - 35 * level, 2)
    offer = {str(each.date()): level for each in months[:-1]} | {str(months[-1].date()): last}
    agreed = LOAN.cashflows().iloc[6:]
    arrears = LOAN.cashflows()["payment"].iloc[3:6].sum() + DEBT.owed["penalty"]
    caught_up = {str(row.date.date()): row.payment for row in agreed.itertuples()}
    caught_up[ON] += arrears
    way = negotiate.offers.ways(DEBT, {"A": NO_INTEREST})["A"]
    by_hand = today(caught_up) - today(offer)
    assert standing.worth(way, DEBT, 0.02) == pytest.approx(by_hand, abs=0.02)
    assert standing.cost_today(way, ON, [0.0, 0.02]) == pytest.approx(
        [sum(offer.values()), today(offer)]
    )


# ---- the answer ----------------------------------------------------------------------------------


def test_the_table_is_that_of_each_way() -> None:
    found = answered().table
    assert list(found.index)[:2] == ["catch up", "no interest"]
    row = found.loc["no interest"]
    assert row["month_at_most"] == round((DEBT.total - DEBT.owed["penalty"]) / 36, 2)
    assert row["paid_from_now"] == round(DEBT.total - DEBT.owed["penalty"], 2)
    short = found.loc["catch up"]
    assert short["paid_at_once"] == pytest.approx(4 * 4503.11 + DEBT.owed["penalty"])
    assert short["short_from"] == pd.Timestamp(ON)
    assert pd.isna(row["short_from"])


def test_the_best_that_is_carried_is_taken(lang: str) -> None:
    text = answered().headline
    has(text, "take_month", "worth_more", "baseline_short", "next", "ask_else", "ask_months_over")
    assert says("answer.negotiate.catching_up", text)
    if lang == "en":
        assert text.startswith(
            "Take 'no interest' (36 instalments, no interest, the penalty waived): you can "
            "afford it, at most ¥1,220 a month of the ¥1,400 your income leaves. In today's money "
            "it costs you ¥2,776 less than catching up. You cannot afford catching up: you would "
            "be short from 2027-06-01 on, by ¥35,128 at the most."
        )
        assert text.endswith(
            "If none of these is really offered: with nothing let off, at the loan's present rate "
            "you need at least "
            "39 instalments, ¥1,438 a month at most: ¥37.55 of it out of your cash in hand."
        )


def test_other_verdicts(lang: str) -> None:
    has(answered({"longer": {"months": 48}}).headline, "take_month", "worth_less")
    only = {"longer": {"months": 48}, "at_once": {"months": 0}}
    has(answered(only).headline, "no_other")
    same = {"A": {"months": 48}, "B": {"months": 48}}
    has(answered(same).headline, "next_same")
    once = answered({"at_once": {"months": 0, "haircut": 0.3}}, in_hand=40_000, monthly=0).headline
    has(once, "take_once", "ask_else", "ask_part")
    has(answered({"A": {"months": 1}}, in_hand=0, monthly=800, keep_back=0).headline, "ask_none")
    free = {"A": {"months": 0, "haircut": 1, "waive": 1, "waive_interest": 1}}
    has(answered(free).headline, "take_free", "worth_more")
    none = answered(in_hand=0, monthly=0, keep_back=0).headline
    has(none, "none", "ask_nothing")
    lacks(none, "ask_else")
    text = answered({"A": {"months": 9}}, keep_back=0).headline
    has(text, "none", "ask_months_over")
    lacks(text, "ask_else")
    text = answered({"A": {"months": 0}}, in_hand=0, monthly=46_000, keep_back=0).headline
    has(text, "none", "ask_one")  # nothing in hand on the day, enough a month later


def test_a_month_above_the_income_comes_out_of_the_cash_in_hand(lang: str) -> None:
    """24 instalments take more than the 1,400 left each month; 20,000 in hand make up for it."""
    found = answered({"A": {"months": 24}}, in_hand=20_000)
    has(found.headline, "take_month_over")
    lacks(found.headline, "take_month")
    over = round(found.table.loc["A", "month_at_most"] - 1_400, 2)
    assert headline_yuan(over) in found.headline
    even = answered({"A": {"months": 24}}, in_hand=20_000, monthly=1_400 + over).headline
    has(even, "take_month")


def test_who_can_do_without_is_told_so(lang: str) -> None:
    rich = {"in_hand": 60_000.0, "monthly": 20_000.0}
    text = answered({"A": {"months": 60}}, **rich).headline
    has(text, "keep_month", "next")
    lacks(text, "ask_months", "ask_none", "baseline_short")
    text = answered({"A": {"months": 36, "daily_rate": 0.0}}, **rich).headline
    has(text, "take_month", "worth_more")
    lacks(text, "baseline_short")
    after = standing.behind(LOAN, 12, "2028-03-10")
    has(answered({"A": {"months": 60}}, after, **rich).headline, "keep_once")
    # Nothing is overdue, and an offer that changes nothing: all of it on the last due day.
    on_time = standing.behind(LOAN, 0, "2027-12-01")
    text = answered({"A": {"months": 0}}, on_time, **rich).headline
    has(text, "keep_once", "next_same")
    has(answered({"A": {"months": 9}}, on_time, 0, 900, 0).headline, "worth_less", "paying_on")
    even = {"A": {"months": 1, "daily_rate": 0.0}}
    has(answered(even, on_time, 9_000, 0, 0, own_rate=0.0).headline, "next_same")


def test_as_good_as_catching_up(lang: str) -> None:
    """Not carried at once, but a month later, without interest, at an own rate of nothing."""
    last = standing.behind(LOAN, 0, "2027-12-01")
    text = answered({"A": {"months": 1, "daily_rate": 0.0}}, last, 0, 5_000, 0, 0.0).headline
    has(text, "take_month", "worth_same", "baseline_short")


def test_nothing_to_pay_either_way(lang: str) -> None:
    tiny = jb.Loan(0.01, daily_rate=0.0, months=1, start="2026-12-01")
    debt = standing.behind(tiny, 0, "2026-12-01")
    gone = {"A": {"months": 0, "haircut": 1.0}}
    has(answered(gone, debt).headline, "take_free")


def test_ranked_puts_the_carried_first() -> None:
    order = list(negotiate.ranked(answered().table).index)
    assert order[:2] == ["no interest", "half the rate"]
    short = answered().table["lowest_cash"][order[2:]].to_numpy()
    assert (short < 0).all()
    assert (np.diff(short) <= 0).all()


# ---- part by part --------------------------------------------------------------------------------


@settings(max_examples=25)
@given(
    months=st.integers(0, 60),
    rate=st.sampled_from([0.0, 0.00015, 0.0004]),
    shares=st.tuples(*[st.integers(0, 10)] * 3),
    pause=st.integers(0, 4),
    kind=st.sampled_from(["paid", "billed", "capitalised", "waived"]),
)
def test_the_parts_come_to_what_is_paid(
    months: int, rate: float, shares: tuple[int, int, int], pause: int, kind: str
) -> None:
    names = ("waive", "waive_interest", "haircut")
    terms: dict[str, Any] = {each: part / 10 for each, part in zip(names, shares, strict=True)}
    terms |= {"months": months, "daily_rate": rate}
    if months and pause and shares[2] < 10:
        terms |= {"defer": pause, "interest": kind}
    way = negotiate.offers.ways(DEBT, {"A": terms})["A"]
    split = parts_of(way, DEBT)
    paid = split.pop("paid_from_now")
    assert round(sum(split.values()), 2) == paid == standing.takes(way, ON).paid
    assert split["penalty_to_come"] == split["fee_to_come"] == 0.0
    assert split["interest_to_come"] >= 0.0
    for name, share in zip(("penalty", "interest", "principal"), shares, strict=True):
        assert -split[f"waived_{name}"] == pytest.approx(DEBT.owed[name] * share / 10, abs=0.0051)


def test_a_pause_alone_lets_the_penalty_run_on() -> None:
    way = negotiate.offers.ways(DEBT, OFFERS)[Words("offer.pause")]
    split = parts_of(way, DEBT)
    flows = LOAN.cashflows().iloc[3:6]
    assert split["penalty_to_come"] == pytest.approx(
        round(flows["payment"].sum(), 2) * 0.0006 * 92, abs=0.01
    )


def test_the_words_over_the_parts(lang: str) -> None:
    ways = negotiate.offers.ways(DEBT, OFFERS)
    has(negotiate.parts.parts(DEBT, ways).headline, "owed_late")
    for debt, key in (
        (standing.behind(LOAN, 0, ON), "owed_on_time"),
        (standing.behind(replace(LOAN, daily_rate=0.0), 3, ON), "owed_late_plain"),
    ):
        has(negotiate.parts.parts(debt, {debt.name: debt.caught_up}).headline, key)


# ---- what to ask for -----------------------------------------------------------------------------


def test_the_least_to_ask_for_is_the_least() -> None:
    months, plan = least.least_months(DEBT, CASH)
    assert plan is not None
    assert jb.lowest_cash(plan, CASH)[0] >= 0
    assert jb.lowest_cash(DEBT.late.restructure(months - 1, on=ON), CASH)[0] < 0
    table = negotiate.ask.least(DEBT, 36, CASH, 0.02).table
    assert table["just_enough"].to_list()[:3] == [
        f"{months} instalments",
        "0.0302% a day (11.02% a year)",
        "5.3% (¥2,236)",
    ]
    for terms, enough in (
        ({"daily_rate": 0.000302}, True),
        ({"daily_rate": 0.000303}, False),
        ({"haircut": 0.053}, True),
        ({"haircut": 0.052}, False),
    ):
        left, _ = jb.lowest_cash(DEBT.late.restructure(36, on=ON, **terms), CASH)
        assert (left >= 0) is enough
    settled = DEBT.late.restructure(0, on=ON, waive=1, waive_interest=1, haircut=0.953)
    assert table["lowest_cash"].iloc[3] == jb.lowest_cash(settled, CASH)[0] >= 0
    fewer = DEBT.late.restructure(0, on=ON, waive=1, waive_interest=1, haircut=0.952)
    assert jb.lowest_cash(fewer, CASH)[0] < 0


def asked(months: int, in_hand: float, monthly: float, keep: float = 0.0, debt: Debt = DEBT) -> str:
    cash = carried.means(debt, in_hand, monthly, keep)
    return negotiate.ask.least(debt, months, cash, 0.02).headline


def test_every_sentence_on_what_to_ask_for(lang: str) -> None:
    has(asked(36, 3_000, 1_400, 1_000), "least_months", "least_rate", "least_once")
    has(asked(60, 3_000, 1_400, 1_000), "least_nothing")
    has(asked(12, 3_000, 1_400, 1_000), "least_haircut")
    has(asked(12, 0, 0), "least_no_months", "least_none")
    lacks(asked(12, 100, 100, 1_000), "least_once", "least_once_full")
    has(asked(36, 60_000, 0), "least_any")
    has(asked(36, 42_500, 0), "least_once_full")
    never = negotiate.ask.least(DEBT, 12, carried.means(DEBT, 100, 100, 1_000), 0.02)
    has(asked(12, 100, 100, 1_000), "keep_short")
    assert all(says("answer.negotiate.not_even", each) for each in never.table["just_enough"])
    nothing = negotiate.ask.least(DEBT, 60, CASH, 0.02).table["just_enough"]
    assert nothing.iloc[1] == say("answer.negotiate.nothing")


@pytest.mark.parametrize("months", [0, 61, 1.5])
def test_instalments_that_cannot_be_asked_for(months: Any) -> None:
    with pytest.raises(JiebeiError, match=f"ask_months={months}"):
        negotiate.ask.least(DEBT, months, CASH, 0.02)


# ---- what each concession is worth ---------------------------------------------------------------


def test_concessions_are_differences_of_present_values() -> None:
    table = negotiate.concessions.concessions(DEBT, 36, 3, 0.02).table
    base = standing.cost_today(DEBT.late.restructure(36, on=ON), ON, 0.02)
    for place, terms in enumerate(({"waive": 1}, {"waive_interest": 1}, {"haircut": 0.1})):
        plan = DEBT.late.restructure(36, on=ON, **terms)
        worth = base - standing.cost_today(plan, ON, 0.02)
        assert table["worth_by_itself"].iloc[place] == pytest.approx(worth, abs=0.006)
    assert table["as_haircut"].iloc[2] == "10.00%"
    assert table["as_points"].iloc[3] == "1.00 points"
    assert table["as_points"].iloc[4] == "14.60 points"


@pytest.mark.parametrize("months", [6, 12, 24])
@pytest.mark.parametrize("daily_rate", [0.0002, 0.0003, 0.0004, 0.0005, 0.0006])
@pytest.mark.parametrize("principal", [10_000, 20_000, 30_000, 50_000, 80_000, 200_000])
def test_no_interest_is_worth_the_whole_rate(
    principal: int, daily_rate: float, months: int
) -> None:
    loan = jb.Loan(principal, daily_rate=daily_rate, months=months, start="2026-12-01")
    debt = standing.behind(loan, 3, ON)
    points = negotiate.concessions.concessions(debt, 36, 3, 0.02).table["as_points"]
    assert points[say("answer.negotiate.case_free")] == f"{daily_rate * 36_500:.2f} points"
    assert points[say("answer.negotiate.case_point")] == "1.00 points"


def test_the_translation_into_points_holds() -> None:
    """So much lower a rate costs as much as the plan without its penalty."""
    waived = standing.cost_today(DEBT.late.restructure(36, on=ON, waive=1), ON, 0.02)
    table = negotiate.concessions.concessions(DEBT, 36, 0, 0.02).table
    less = float(table["as_points"].iloc[0].split()[0])
    for points, sign in ((less - 0.02, 1), (less + 0.02, -1)):
        plan = DEBT.late.restructure(36, on=ON, daily_rate=0.0004 - points / 36_500)
        assert np.sign(standing.cost_today(plan, ON, 0.02) - waived) == sign
    share = float(table["as_haircut"].iloc[0].rstrip("%")) / 100
    plan = DEBT.late.restructure(36, on=ON, haircut=share)
    assert standing.cost_today(plan, ON, 0.02) == pytest.approx(waived, abs=3)


def test_every_sentence_on_concessions(lang: str) -> None:
    def said(debt: Debt, months: int, own_rate: float = 0.02) -> str:
        return negotiate.concessions.concessions(debt, months, 3, own_rate).headline

    has(said(DEBT, 36), "penalty_points", "exchange_most", "exchange_relief_costs")
    has(said(DEBT, 36, 0.4), "exchange_relief_gains")
    has(said(standing.behind(LOAN, 0, ON), 36), "penalty_none")
    long = jb.Loan(50_000, daily_rate=0.0004, months=60, start="2026-12-01")
    has(said(standing.behind(long, 1, "2031-12-01"), 60), "penalty_share")
    free = standing.behind(replace(LOAN, daily_rate=0.0), 3, ON)
    has(said(free, 24, 0.0), "penalty_none", "exchange_relief_same")


# ---- a pause, and the rules ----------------------------------------------------------------------


def test_a_pause_costs_the_interest_of_its_days() -> None:
    table = negotiate.relief.relief(DEBT, 36, 3, CASH, 0.02).table
    assert table["costs_more"].iloc[0] == 0.0
    waited = 92 * 0.0004 * DEBT.total  # June to August
    assert table["costs_more"].loc["paid as it runs"] == pytest.approx(waited, abs=15)
    assert table["first_payment_date"].iloc[3] == pd.Timestamp("2027-10-01")
    assert table["first_payment"].loc["paid in one sum afterwards"] == pytest.approx(
        waited + table["month_at_most"].loc["let off"], abs=1
    )


def test_a_pause_alone_is_held_against_catching_up() -> None:
    found = negotiate.relief.relief(DEBT, 36, 3, CASH, 0.02)
    row = found.table.iloc[-1]
    assert pd.isna(row["costs_more"])
    more = row["paid_from_now"] - standing.takes(DEBT.caught_up, ON).paid
    assert f"{headline_yuan(more)} more than catching up" in found.headline
    assert f"short by up to {headline_yuan(-row['lowest_cash'])}" in found.headline


def test_a_bill_that_is_paid_is_not_called_the_trap(lang: str) -> None:
    """44,712 of 46,100 in hand are paid; 6,200 a month against instalments of 9,668 are not.

    1,388.20 + 6,200 - 9,668.09 is short a month later, and most of all on the last due day.
    """
    loan = jb.Loan(268_000, daily_rate=0.00049, months=36, start="2026-02-15")
    debt = standing.behind(loan, 9, "2027-02-03")
    cash = carried.means(debt, 11_400, 6_200, 2_500)
    found = negotiate.relief.relief(debt, 48, 6, cash, 0.05)
    said = {each.key.rsplit(".", 1)[1]: each.fields for each in told(found.said)}
    assert "relief_alone_short" not in said
    fields = said["relief_alone_later"]
    assert fields["first"] == pd.Timestamp("2027-09-15")
    assert fields["worst"] == pd.Timestamp("2029-08-15")
    assert fields["short"] == pytest.approx(102_635.71)


@pytest.mark.parametrize(
    ("left", "first", "worst", "keys"),
    [
        (0.0, "2027-07-01", "2027-07-01", []),
        (-9.0, "2027-07-01", "2027-09-01", ["short"]),  # on the day of the bill itself
        (-9.0, "2027-08-01", "2027-08-01", ["once"]),
        (-9.0, "2027-08-01", "2027-09-01", ["later"]),
    ],
)
def test_when_a_pause_alone_leaves_you_short(
    monkeypatch: pytest.MonkeyPatch, left: float, first: str, worst: str, keys: list[str]
) -> None:
    for name, when in (("short_from", first), ("worst_on", worst)):
        monkeypatch.setattr(negotiate.relief, name, lambda *_, at=when: pd.Timestamp(at))
    bill = {"first_payment": 100.0, "first_payment_date": pd.Timestamp("2027-07-01")}
    then = {**bill, "lowest_cash": left, "paid_from_now": 0.0}
    found = negotiate.relief._alone_words(then, LOAN, DEBT, CASH)
    said = [f"answer.negotiate.relief_alone{each}" for each in ("", *(f"_{each}" for each in keys))]
    assert [each.key for each in found] == said


def test_every_sentence_on_a_pause(lang: str) -> None:
    def said(debt: Debt, pause: int = 3, months: int = 36) -> str:
        cash = carried.means(debt, 3_000, 1_400)
        return negotiate.relief.relief(debt, months, pause, cash, 0.02).headline

    trap = ("relief_alone", "relief_alone_short", "relief_alone_more")
    has(said(DEBT), "relief_added", "relief_waived_same", *trap)
    rich = carried.means(DEBT, 60_000, 5_000)
    text = negotiate.relief.relief(DEBT, 36, 3, rich, 0.02).headline
    has(text, "relief_alone", "relief_alone_more")
    lacks(text, "relief_alone_short")
    has(said(DEBT, 0), "relief_none")
    has(said(standing.behind(replace(LOAN, daily_rate=0.0), 3, ON)), "relief_free")
    mild = standing.behind(replace(LOAN, penalty_multiple=0.0), 3, ON)
    has(said(mild), "relief_alone_plain")
    after = standing.behind(LOAN, 12, "2028-03-10")  # no instalment ahead: no pause alone
    lacks(said(after), "relief_alone", "relief_alone_plain")
    dear = standing.behind(replace(LOAN, daily_rate=0.005), 1, ON)
    has(said(dear), "relief_waived_less")
    has(said(dear, 2, 1), "relief_waived_more")


@pytest.mark.parametrize(
    ("rate", "multiple", "late", "key"),
    [
        (0.0004, 1.5, 3, "line_below"),
        (0.24 / 365 / 1.5, 1.5, 3, "line_at"),
        (0.0006, 1.5, 3, "line_above_owed"),
        (0.0005, 1.5, 3, "line_above_within"),
        (0.0006, 1.5, 0, "line_above"),
    ],
)
def test_the_penalty_against_the_line(
    lang: str, rate: float, multiple: float, late: int, key: str
) -> None:
    loan = jb.Loan(50_000, daily_rate=rate, months=12, start="2026-12-01")
    debt = standing.behind(replace(loan, penalty_multiple=multiple), late, ON)
    answer = negotiate.relief.rules(debt, multiple)
    has(answer.headline, "rules_none", key)
    assert len(answer.table) == len(negotiate.relief.RULES)
    assert answer.table["document"].str.len().gt(5).all()


def test_the_line_is_told_as_on_the_page_on_being_late() -> None:
    """All costs together since the first day late, on both pages, 92 days late."""
    dear = jb.Loan(50_000, daily_rate=0.0006, months=12, start="2026-12-01")
    table = overdue.record.court(dear, 3, 92).table.loc["92 days"]
    said: Any = negotiate.relief.rules(standing.behind(dear, 3, ON), 1.5).said
    told = said.fields["parts"][1].fields
    assert told["total"] == table["all_in_rate"]
    assert told["above"] == pytest.approx(table["excess"], abs=0.005)
    cheaper = dear.but(daily_rate=0.0005)
    told = negotiate.relief.rules(standing.behind(cheaper, 3, ON), 1.5).headline
    assert "20.73% a year: there is nothing to cut yet" in told
    assert overdue.record.court(cheaper, 3, 92).table.loc["92 days", "excess"] == 0


# ---- where it turns ------------------------------------------------------------------------------


def turned(offers: dict[str, Any], own_rate: float = 0.02, **cash: float) -> str:
    means = {"cash_now": 3_000.0, "surplus_now": 1_400.0, "keep_back": 1_000.0} | cash
    held = carried.means(DEBT, **means)
    ways = negotiate.offers.ways(DEBT, offers)
    return negotiate.flips.by_own_rate(DEBT, ways, held, own_rate).headline


def test_the_turn_is_where_both_cost_the_same() -> None:
    ways = negotiate.offers.ways(DEBT, OFFERS)
    said: Any = negotiate.flips.by_own_rate(DEBT, ways, CASH, 0.02).said
    turn = said.fields["text"].fields["parts"][1]
    assert turn.key == "answer.negotiate.turns_above"
    rate = turn.fields["rate"]
    offers = (Words(f"offer.{each}") for each in ("no_interest", "half_rate"))
    first, other = (ways[name] for name in offers)
    for at, sign in ((rate - 0.0005, -1), (rate + 0.0005, 1)):
        gap = standing.cost_today(first, ON, at) - standing.cost_today(other, ON, at)
        assert np.sign(gap) == sign


def test_every_sentence_on_your_own_rate(lang: str) -> None:
    has(turned(OFFERS), "turns_here", "turns_above")
    has(turned(OFFERS, own_rate=0.5), "turns_here", "turns_below")
    has(turned({"no_interest": NO_INTEREST}), "turns_only")
    has(turned(OFFERS, keep_back=50_000), "turns_nobody")
    two = {"A": NO_INTEREST, "B": {"months": 40, "daily_rate": 0.0004}}
    has(turned(two | {"B": NO_INTEREST | {"waive": 0.0}}), "turns_never")


def test_every_chart_can_be_read(lang: str) -> None:
    ways = negotiate.offers.ways(DEBT, OFFERS)
    poor = carried.means(DEBT, 0, 0, 0)
    for ask, cash in ((36, CASH), (60, poor)):
        for ax in (
            negotiate.flips.own_rate_chart(DEBT, ways, cash, 0.02),
            negotiate.flips.carry_frontier(DEBT, ask, cash),
            negotiate.flips.worth_gauge(DEBT, ask, cash, 0.02),
        ):
            if isinstance(ax, Words):
                assert cash is poor
            else:
                assert_texts_apart(ax.figure)


OFFER = {"A": NO_INTEREST, "B": {"months": 24}, "C": {"months": 60, "daily_rate": 0.0002}}


@pytest.mark.parametrize(
    ("in_hand", "monthly", "key"),
    [(3_000, 1_400, "some"), (90_000, 9_000, "every"), (0, 1_221, "one"), (0, 0, "none")],
)
def test_all_ways_in_one_picture(in_hand: float, monthly: float, key: str, lang: str) -> None:
    """Carried ways are filled, the others hollow; the title counts them, the best is deep blue."""
    offers = {"A": NO_INTEREST, "B": {"months": 24}} if key == "one" else OFFER
    ways, cash = negotiate.offers.ways(DEBT, offers), carried.means(DEBT, in_hand, monthly)
    found = negotiate.answer(DEBT, ways, cash, 0.02)
    ax = negotiate.chart(found.figures, cash)
    has(ax.get_title(), f"bars_{key}")
    filled = [each.get_linestyle() == "solid" for each in ax.patches]
    assert sum(filled) == (found.figures["lowest_cash"] >= 0).sum()
    deep = [each.get_facecolor() == to_rgba(CHEAPER) for each in ax.patches]
    assert sum(deep) == len(found.best)
    assert_texts_apart(ax.figure)


PAID = {"2027-01-01": 4_503.11, "2027-02-01": 4_503.11}


@pytest.mark.parametrize("on", ["2027-06-01", "2027-06-11", "2027-04-15"])
def test_what_was_paid_so_far_gives_the_debt_that_is_entered(on: str) -> None:
    entered = standing.behind(LOAN, 3, on)
    lived = standing.behind(so_far(LOAN, PAID, "2027-04-15").ahead, 0, on)
    for name in ("owed", "missed", "days_late", "ahead"):
        assert getattr(lived, name) == getattr(entered, name)
    ours, theirs = (standing.payments(each.caught_up, on) for each in (lived, entered))
    assert ours[["date", "payment"]].equals(theirs[["date", "payment"]])


def test_a_part_that_was_paid_is_no_longer_owed() -> None:
    """2,000 nine days late pay the penalty of those days, the interest, and then principal."""
    lived = standing.behind(so_far(LOAN, PAID | {"2027-03-10": 2_000}, "2027-04-15").ahead, 0, ON)
    penalty = round(4_503.11 * 0.0006 * 9, 2)
    assert (lived.missed, lived.days_late) == (3, 92)
    assert lived.owed["principal"] == round(42_185.63 - (2_000 - penalty - 472.48), 2)


def test_what_cash_does_not_carry_is_hollow_and_named_so(lang: str) -> None:
    poor = carried.means(DEBT, 0, 0, 0)
    ways = negotiate.offers.ways(DEBT, OFFERS)
    drawn = list(negotiate.flips.own_rate_chart(DEBT, ways, poor, 0.02).lines)
    assert {each.get_linestyle() for each in drawn if len(each.get_xdata()) > 2} == {"--"}


def test_what_is_kept_back_is_short_before_anything_is_paid(lang: str) -> None:
    """50,000 kept back of 3,000: 47,000 are short on the first day, and no fault of a pause."""
    cash = carried.means(DEBT, 3_000, 1_400, 50_000)
    found = answered(keep_back=50_000)
    has(found.headline, "none", "keep_short")
    said = next(each for each in told(found.said) if each.key.endswith("keep_short"))
    assert said.fields["short"] == 47_000
    paused = negotiate.relief.relief(DEBT, 36, 3, cash, 0.02)
    short = next(each for each in told(paused.said) if each.key.endswith("alone_short"))
    row = paused.figures.loc[[Words("answer.negotiate.pause_alone")]].iloc[0]
    assert short.fields["short"] == pytest.approx(-row["lowest_cash"] - 47_000, abs=0.005)


def test_a_share_above_all_of_the_principal_is_none(lang: str) -> None:
    dear = LOAN.but(daily_rate=0.005)
    found = negotiate.concessions.concessions(standing.behind(dear, 3, ON), 36, 3, 0.02)
    shares = [
        float(each.strip("%").replace("−", "-"))
        for each in found.figures["as_haircut"]
        if each != "–"
    ]
    assert max(map(abs, shares)) <= 100
    has(found.note, "exchange_dash")
    lacks(negotiate.concessions.concessions(DEBT, 36, 3, 0.02).note, "exchange_dash")
    assert "–" in set(found.figures["as_haircut"])
    weight = negotiate.concessions._weight
    assert weight({"less": 0.1, "share": 1.2}, 9.0) == "most"
    assert weight({"less": np.nan, "share": 0.2}, 9.0) == "share"
    assert weight({"less": 0.1, "share": 0.00001}, 0.4) == "plain"
    assert weight({"less": 0.1, "share": 0.2}, 0.0) == "none"


def test_every_turn_of_the_own_rate_is_told(lang: str) -> None:
    """Each stretch is the one whose way costs least there."""
    offers = {
        "A": {"months": 1},
        "B": {"months": 24, "haircut": 0.02},
        "C": {"months": 60, "daily_rate": 0.0004},
    }
    ways = negotiate.offers.ways(DEBT, offers)
    rich = carried.means(DEBT, 200_000, 10_000)
    said: Any = negotiate.flips.by_own_rate(DEBT, ways, rich, 0.9).said
    parts = said.fields["text"].fields["parts"]
    assert parts[1].key.endswith("turns_below")
    assert len(parts) > 2
    for each in parts[1:]:
        low = 0.0 if each.key.endswith("below") else each.fields["rate"]
        high = each.fields["rate"] if each.key.endswith("below") else each.fields.get("high", 1.0)
        costs = {name: standing.cost_today(way, ON, (low + high) / 2) for name, way in ways.items()}
        assert min(costs, key=costs.__getitem__) == each.fields["name"]


def test_talks_on_the_day_after_a_due_day_leave_that_day_alone() -> None:
    """Nothing is missed; the instalment of 2027-03-01 is paid already when the talks begin."""
    debt = standing.behind(LOAN, 0, "2027-03-02")
    cash = carried.means(debt, 3_000, 1_400, 1_000)
    ways = negotiate.offers.ways(debt, {"no_interest": NO_INTEREST})
    row = negotiate.table(debt, ways, cash, 0.02).iloc[1]
    plan = ways[Words("offer.no_interest")]
    assert row["lowest_cash"] == carried.lowest(plan, debt, cash) == 2_000
    assert row["carried"] == Words("answer.yes")


def test_rates_are_looked_at_as_far_as_they_can_be_counted() -> None:
    """A million for 60 months: not up to half as much again, but the page answers."""
    loan = jb.Loan(1_000_000, daily_rate=0.0006, months=60, start="2026-12-01")
    debt = standing.behind(loan, 3, ON)
    cash = carried.means(debt, 3_000, 30_000)
    rates = countable(
        [0.0, 0.0006, 0.0009, 0.005], lambda rate: debt.late.restructure(60, on=ON, daily_rate=rate)
    )
    assert rates.tolist()[:2] == [0.0, 0.0006]
    assert len(rates) < 4
    plt.close(negotiate.flips.carry_frontier(debt, 36, cash).figure)


def test_the_ring_stands_where_no_plan_is_carried(lang: str) -> None:
    """36 instalments at the present rate are not carried: the ring is drawn on the grey."""
    ax: Any = negotiate.flips.worth_gauge(DEBT, 36, CASH, 0.02)
    rings = [each for each in ax.lines if each.get_marker() == "o"]
    assert [each.get_xdata().tolist() for each in rings] == [[0.146]]
    assert_texts_apart(ax.figure)
    notes = "".join(each.get_text() for each in ax.figure.findobj(Text)).replace("\n", "")
    assert say("answer.negotiate.worth_note_short").replace(" ", "") in notes.replace(" ", "")
    rich = carried.means(DEBT, 60_000, 9_000)
    ax = negotiate.flips.worth_gauge(DEBT, 36, rich, 0.02)
    notes = "".join(each.get_text() for each in ax.figure.findobj(Text)).replace("\n", "")
    assert say("answer.negotiate.worth_note_short").replace(" ", "") not in notes.replace(" ", "")


def test_every_title_of_the_frontiers(lang: str) -> None:
    def carry(in_hand: float, monthly: float, keep: float = 0.0) -> str:
        cash = carried.means(DEBT, in_hand, monthly, keep)
        return negotiate.flips.carry_frontier(DEBT, 36, cash).get_title()

    has(carry(3_000, 1_400, 1_000), "carry_both")
    nothing_off = {"en": "With nothing let off", "zh": "欠款一分不减"}[lang]
    assert carry(3_000, 1_400, 1_000).startswith(nothing_off)
    has(carry(0, 800), "carry_free")
    has(carry(0, 0), "carry_never")
    has(carry(60_000, 0), "carry_same")

    def worth(months: int, in_hand: float, monthly: float, own_rate: float = 0.02) -> str:
        cash = carried.means(DEBT, in_hand, monthly)
        drawn = negotiate.flips.worth_gauge(DEBT, months, cash, own_rate)
        return str(drawn) if isinstance(drawn, Words) else drawn.get_title()

    has(worth(36, 3_000, 1_400), "worth_title_up_to")
    has(worth(36, 50_000, 1_400, 0.4), "worth_title_all")
    assert "21.9%" in worth(36, 50_000, 1_400, 0.4)  # 0.06 % a day, the highest looked at
    has(worth(12, 3_000, 1_400), "worth_title_not_carried")
    has(worth(36, 0, 0), "worth_title_not_carried")
    on_time = standing.behind(LOAN, 0, "2027-12-01")
    cash = carried.means(on_time, 9_000, 9_000)
    drawn: Any = negotiate.flips.worth_gauge(on_time, 1, cash, 0.0)
    assert says("answer.negotiate.worth_title_no", drawn.get_title())


# ---- any loan ------------------------------------------------------------------------------------


def test_the_example_is_fitted_to_the_loan(lang: str) -> None:
    """The talks are three months after the first day late; offers are what they are called."""
    cell = dict(negotiate.EXAMPLE)
    assert negotiate.fitted(so_far(LOAN, {}, ""), cell).said is None
    once = jb.Loan(30_000, daily_rate=0.00045, months=12, start="2026-07-10", method="bullet")
    mine = negotiate.fitted(so_far(once, {}, ""), cell)
    assert (mine.late_instalment, mine.offer_on) == (1, "2027-10-10")
    assert mine.offers["half_rate"]["daily_rate"] == 0.000225
    assert "pause" not in mine.offers
    offer = say("offer.pause")
    left = say("answer.negotiate.without_pause", offer=offer, day=day("2027-10-10"))
    assert left in str(mine.said)
    before = negotiate.fitted(so_far(once, {}, ""), cell | {"offer_on": "2027-05-20"})
    assert "pause" not in before.offers  # nor where its one due day lies ahead
    assert say("answer.negotiate.without_pause_once", offer=offer) in str(before.said)
    long = jb.Loan(30_000, daily_rate=0.0004, months=60, start="2026-12-01")
    mine = negotiate.fitted(so_far(long, {}, ""), cell)
    debt = standing.behind(long, mine.late_instalment, mine.offer_on)
    assert debt.ahead < mine.offers["longer"]["months"] == 60
    free = negotiate.fitted(so_far(LOAN.but(daily_rate=0.0), {}, ""), cell)
    assert "half_rate" not in free.offers


def test_what_the_reader_typed_is_never_changed() -> None:
    typed = dict(negotiate.EXAMPLE) | {"offers": {"mine": {"months": 24}}, "offer_on": ON}
    assert negotiate.fitted(so_far(LOAN.but(daily_rate=0.0005), {}, ""), typed).said is None
    with pytest.raises(JiebeiError, match=r"^late_instalment=13: "):
        negotiate.fitted(so_far(LOAN, {}, ""), typed | {"late_instalment": 13})


def test_what_is_not_enough_is_the_most_there_is(lang: str) -> None:
    """On much debt and little cash even 60 instalments fail, whichever comes nearest."""
    loan = jb.Loan(500_000, daily_rate=0.0006, months=36, start="2026-07-10")
    debt = standing.behind(loan, 3, "2027-01-10")
    cash = carried.means(debt, 3_000, 1_400, 1_000)
    found = negotiate.ask.least(debt, 36, cash, 0.02).table["just_enough"].iloc[0]
    assert found == say("answer.negotiate.not_even", most=count(60, "instalment"))


def test_where_all_is_carried_there_is_no_picture(lang: str) -> None:
    loan = jb.Loan(3_000, daily_rate=0.00045, months=3, start="2026-07-10")
    debt = standing.behind(loan, 1, "2026-09-10")
    cash = carried.means(debt, 9_000, 9_000, 1_000)
    assert says("answer.negotiate.carry_all", negotiate.flips.carry_frontier(debt, 36, cash))


def test_a_plan_that_leaves_just_nothing_is_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negotiate.flips, "spare", lambda plan, *_: np.zeros(plan.shape))
    assert says("answer.negotiate.carry_all", negotiate.flips.carry_frontier(DEBT, 36, CASH))


# ---- ties and rare sentences ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gain", "key", "rate"),
    [
        ([2.0, 1.0, 0.5], "all", 0.0002),
        ([-2.0, -3.0, -4.0], "no", 0.0002),
        ([2.0, 1.0, -1.0], "up_to", 0.00015),
        ([2.0, 1.0, np.nan], "all", 0.0001),  # a rate at which it is not carried
    ],
)
def test_up_to_which_rate_a_plan_is_worth_more(gain: list[float], key: str, rate: float) -> None:
    said = negotiate.flips._worth_title(np.array([0.0, 0.0001, 0.0002]), np.array(gain), 36)
    assert said.key == f"answer.negotiate.worth_title_{key}"
    assert said.fields.get("rate", 365 * rate) == pytest.approx(365 * rate)


@pytest.mark.parametrize(("own_rate", "highest"), [(0.02, 0.4), (0.5, 0.7)])
def test_your_own_rates_are_drawn_a_quarter_beyond_yours(own_rate: float, highest: float) -> None:
    ax = negotiate.flips.own_rate_chart(DEBT, negotiate.offers.ways(DEBT, OFFERS), CASH, own_rate)
    ends = {each.get_xdata()[-1] for each in ax.lines if len(each.get_xdata()) == 81}
    assert list(ends) == pytest.approx([highest])


@pytest.mark.parametrize(("in_hand", "none"), [(3_000, False), (0, True)])
def test_where_none_is_carried_the_picture_says_whose_lines_these_are(
    in_hand: float, none: bool, lang: str
) -> None:
    cash = carried.means(DEBT, in_hand, 1_400 if in_hand else 1, 0)
    ways = negotiate.offers.ways(DEBT, OFFERS)
    ax = negotiate.flips.own_rate_chart(DEBT, ways, cash, 0.02)
    texts = " ".join(each.get_text() for each in ax.figure.findobj(Text)).replace("\n", " ")
    assert says("answer.negotiate.own_rate_note_none", texts) == none
    assert says("answer.negotiate.own_rate_note", texts) != none


def test_talks_on_a_day_that_is_past_are_refused() -> None:
    now = so_far(LOAN, {}, "2027-03-20")
    with pytest.raises(JiebeiError, match=r"^offer_on=2027-03-19: "):
        negotiate.fitted(now, {**negotiate.EXAMPLE, "offer_on": "2027-03-19"})
    today = negotiate.fitted(now, {**negotiate.EXAMPLE, "offer_on": "2027-03-20"})
    assert today.offer_on == "2027-03-20"


@pytest.mark.parametrize(
    ("once", "month", "left", "keys"),
    [
        (0.0, 100.0, 5.0, ["month", "paid"]),
        (500.0, 100.0, 5.0, ["once", "month", "paid"]),
        (500.0, 0.0, 5.0, ["once"]),  # which is all of it
        (0.0, 0.0, 5.0, ["paid"]),
        (500.0, 100.0, -7.0, ["once", "month", "short"]),
    ],
)
def test_what_stands_beside_a_bar(once: float, month: float, left: float, keys: list[str]) -> None:
    amounts = {"once": once, "month": month, "paid": 900.0, "short": -left}
    row = {"paid_at_once": once, "month_at_most": month, "lowest_cash": left}
    row |= {"paid_from_now": 900.0, "payoff_date": pd.Timestamp("2030-01-01")}
    said, shown = negotiate.picture._beside(row)
    assert shown == [amounts[key] for key in keys]
    parts: Any = said.fields["parts"]
    told_too = ["until"] * ("paid" in keys)
    assert [each.key for each in parts] == [
        f"answer.negotiate.bar_{key}" for key in (*keys, *told_too)
    ]


@pytest.mark.parametrize(
    ("left", "best", "key"),
    [
        ([-3.0, -5.0], (), "none"),
        ([3.0, -5.0], ("a",), "one"),
        ([3.0, 0.0], ("a",), "every"),
        ([3.0, 0.0, -5.0], ("a",), "some"),
        ([3.0, 0.0], (), "every_alike"),
        ([3.0, 0.0, -5.0], (), "some_alike"),
    ],
)
def test_how_many_ways_the_cash_carries(left: list[float], best: tuple[str, ...], key: str) -> None:
    rows = pd.DataFrame({"lowest_cash": left}, [*"abc"[: len(left)]])
    assert negotiate.picture._title(rows, best).key == f"answer.negotiate.bars_{key}"


@pytest.mark.parametrize(
    ("less", "share", "penalty", "key"),
    [
        (0.01, 0.5, 0.0, "none"),
        (0.01, 0.5, 9.0, "points"),
        (0.00004, 0.5, 9.0, "plain"),  # shown as 0.00
        (0.01, 0.00004, 9.0, "plain"),
        (0.01, 1.0, 9.0, "points"),
        (0.01, 1.1, 9.0, "most"),
        (np.nan, 0.5, 9.0, "share"),
    ],
)
def test_what_a_waived_penalty_is_held_against(
    less: float, share: float, penalty: float, key: str
) -> None:
    found = negotiate.concessions._weight({"less": less, "share": share}, penalty)
    assert found == key
