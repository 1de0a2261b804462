"""Several lenders: every sentence is reached, in both languages, and says what the tables hold."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from jiebei.answers import many_lenders
from jiebei.language import table
from jiebei.language.errors import JiebeiError
from jiebei.language.figures import yuan
from jiebei.language.words import Words, headline_yuan, say
from jiebei.life.debts.debt import Debt, read
from jiebei.life.debts.orders import Choice, named
from jiebei.loan.loan import Loan
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart, seen
from tests.truth import told

START = "2026-12-01"
LINE = {"kind": "loan", "balance": 50_000, "daily_rate": 0.0004, "months": 12, "limit": 60_000}
LINE |= {"name": "this_line"}
CARD = {"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005, "limit": 25_000}
PLATFORM = {**LINE, "name": "platform", "balance": 20_000, "daily_rate": 0.00065, "limit": 30_000}
NO_LIMIT = {name: each for name, each in CARD.items() if name != "limit"}
LONG_FREE = CARD | {"free_until": "2027-09-10"}
OTHER_CARD = CARD | {"name": "d", "daily_rate": 0.0004}
SIX_SIX = LINE | {"method": "interest_then_equal"}
FAMILY = {"name": "family", "kind": "family", "balance": 15_000, "due": "2027-09-01"}


def owing(*table: dict[str, Any]) -> list[Debt]:
    """Return debts, those of the notebook if none are given."""
    return read(table or (LINE, CARD, PLATFORM, FAMILY), START)


def said(lang: str, headline: str, words: str) -> None:
    """Demand these words in English, and a whole sentence in Chinese."""
    assert words in headline if lang == "en" else headline.endswith("。"), headline


# ---- what is owed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("income", "says"),
    [
        (0, "in the first month ¥8,219 must be paid. One page"),
        (40_000, "That is 20.5% of your income: healthy"),
        (25_000, "That is 32.9% of your income: to be watched"),
        (20_000, "That is 41.1% of your income: strained"),
        (16_000, "That is 51.4% of your income: in danger"),
    ],
)
def test_the_burden_by_the_rule_of_thumb(lang: str, income: float, says: str) -> None:
    found = many_lenders.burden(owing(), income)
    said(lang, found.headline, says)
    assert found.table["due_first"].tolist() == [4_503.11, 1_827.90, 1_888.28, 0.0]
    assert found.table["owed_now"].sum() == 103_000


def test_how_many_lenders_are_many(lang: str) -> None:
    four, three = (
        many_lenders.burden(owing(*each), 0).headline for each in ((), (LINE, CARD, FAMILY))
    )
    said(lang, four, "One page calls more than 3 lenders many (多头借贷), others say 5")
    said(lang, three, "and you have no more than that")
    with pytest.raises(JiebeiError, match="income=-1"):
        many_lenders.burden(owing(), -1)


# ---- the answer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "monthly", "says"),
    [
        (
            (),
            11_000,
            "Of 216 plans tried the cheapest that pays the family in time is another platform → "
            "card → this line → family, but family first in the last 2 months before the deadline: "
            "you are free of debt in Oct 2027, at a cost of ¥6,091 in interest and fees. "
            "Highest rate first costs ¥161 less, but leaves ¥5,496 unpaid at the family's "
            "deadline, 2027-09-01. Smallest balance first costs ¥1,618 more.",
        ),
        (
            (),
            9_000,
            "No plan of the 216 tried pays the family in time. The least late is another platform "
            "→ card → this line → family, but family first in the last 9 months before the "
            "deadline: ¥3,297 is still owed at the family's deadline, 2027-09-01; you are free of "
            "debt in Jan 2028, at a cost of ¥8,845 in interest and fees. ¥9,367 a month would pay "
            "the family in time. Highest rate first costs ¥1,166 less, but leaves ¥11,045 unpaid",
        ),
        ((LINE, CARD), 8_000, "interest and fees. Highest rate first comes to the same."),
        ((LINE,), 5_000, "With one debt there is no order to choose: you are free of debt in Nov"),
        ((FAMILY | {"late_fee": 900}, CARD), 3_600, "Highest rate first leaves ¥"),
        ((), 8_000, "Your ¥8,000 a month does not cover what must be paid: in Jan 2027 ¥219"),
        (
            (NO_LIMIT | {"minimum_share": 0.0, "minimum_floor": 0, "daily_rate": 0.002},),
            500,
            "At ¥500 a month you never get free of debt",
        ),
    ],
)
def test_the_verdict(lang: str, table: Any, monthly: float, says: str) -> None:
    said(lang, many_lenders.answer(owing(*table), monthly).headline, says)


def test_a_known_order_that_fails_on_the_way_is_said(lang: str) -> None:
    """6,000 due at the end of an interest-only loan: it must be first, though its rate is low."""
    end = {**LINE, "method": "interest_only", "months": 5, "balance": 6_000, "daily_rate": 0.0001}
    found = many_lenders.answer(owing(end, CARD | {"balance": 9_000}), 2_700)
    said(
        lang, found.headline, "Highest rate first does not get you out of debt: short in May 2027."
    )
    assert np.isnan(found.table["cost"].iloc[1])
    ax = many_lenders.orders_chart(found, owing(), 1_000, 12)
    assert_texts_apart(ax.figure)
    assert (
        lang != "en"
        or ax.get_title() == "Highest rate first does not get you out of debt: short in May 2027"
    )


def test_an_order_that_is_late_is_drawn_as_short_of_so_much(lang: str) -> None:
    ax = many_lenders.orders_chart(many_lenders.answer(owing(), 11_000), owing(), 1_000, 12)
    texts = [text.get_text() for text in ax.texts]
    assert any("¥5,495.97" in each for each in texts), "what highest rate first leaves unpaid"
    assert sum(line.get_linestyle() == "--" for line in ax.lines) == 2, "only what is due, too"


def test_what_is_owed_at_a_deadline_is_drawn_in_full_where_the_first_order_is_late_too() -> None:
    found = many_lenders.answer(owing(), 9_000)
    unpaid = found.figures["still_late"].iloc[1]
    assert 0 < found.figures["still_late"].iloc[0] < unpaid
    texts = [text.get_text() for text in many_lenders.orders_chart(found, owing(), 1_000, 12).texts]
    assert any(yuan(unpaid) in each or headline_yuan(unpaid) in each for each in texts), texts


def test_what_is_late_as_the_rest_is_spent_is_drawn_as_all_that_is_late(lang: str) -> None:
    found = many_lenders.answer(owing(), 11_000)
    only_due = found.table.loc[say("answer.many_lenders.order_only_due")]
    assert only_due["still_late"] > 0
    texts = [text.get_text() for text in many_lenders.orders_chart(found, owing(), 1_000, 12).texts]
    assert any(headline_yuan(only_due["still_late"]) in each for each in texts)


def test_the_picture_calls_the_first_order_shortly_and_says_how_it_was_found(lang: str) -> None:
    ax = many_lenders.orders_chart(many_lenders.answer(owing(), 11_000), owing(), 1_000, 12)
    texts = [text.get_text() for text in ax.texts]
    assert say("answer.many_lenders.order_found") in texts
    assert any(say("answer.many_lenders.order_cheapest_in_time") in each for each in texts)


@pytest.mark.parametrize(
    ("own", "month", "told"),
    [(1_000, "Feb 2029", "breaks"), (0, "Jan 2027", "breaks_at_once"), (12_000, None, "free")],
)
def test_the_picture_says_how_new_loans_for_old_ones_end_as_the_chain_does(
    lang: str, own: float, month: str | None, told: str
) -> None:
    debts = owing() if own else owing(LINE | {"limit": 50_000})
    ax = many_lenders.orders_chart(many_lenders.answer(owing(), 11_000), debts, own, 12)
    texts = [text.get_text() for text in ax.texts]
    assert say("answer.many_lenders.chain_name") in texts
    short = many_lenders.chain.in_short(debts, own, 12)
    assert short.told.key == f"answer.many_lenders.chain_told_{told}"
    with table.fen_below(np.inf):  # as the other sums of the picture
        in_fen = str(short.told)
    assert {str(short.told), in_fen} & set(texts)
    headline = many_lenders.chain.answer(debts, own, 12).headline
    if lang == "en" and month:
        assert month in ax.get_title()
        assert month in headline
    assert told != "breaks" or all(each in str(short.told) for each in ("¥36,724", "¥114,724"))
    assert_texts_apart(ax.figure)


def test_of_one_debt_none_is_first(lang: str) -> None:
    title = many_lenders.orders_chart(
        many_lenders.answer(owing(LINE), 11_000), owing(LINE), 1_000, 12
    ).get_title()
    assert title.startswith({"en": "¥1,758 in interest", "zh": "利息和费用¥1,758"}[lang])


def test_the_table_adds_up() -> None:
    found = many_lenders.answer(owing(), 11_000).table
    assert found["above_cheapest"].iloc[0] == 0
    assert np.allclose(found["cost"] - found["cost"].iloc[0], found["above_cheapest"])
    flows = many_lenders.months.cashflows(
        owing(), 11_000, many_lenders.choice(owing(), 11_000, "cheapest")
    )
    paid = flows["payment"].sum() - 103_000
    assert found["cost"].iloc[0] == pytest.approx(paid, abs=0.001)


@pytest.mark.parametrize(
    ("table", "monthly", "says"),
    [
        (
            (),
            11_000,
            "Pay another platform first: ¥6,090.50 in interest and fees, free of debt in "
            "Oct 2027; smallest balance first costs ¥1,618.06 more; "
            "paying with new loans stops in Feb 2029",
        ),
        (
            (),
            9_000,
            "Pay another platform first: ¥8,844.83 in interest and fees, free of debt in Jan 2028; "
            "smallest balance first costs ¥1.68 more; paying with new loans stops in Feb 2029",
        ),
    ],
)
def test_the_orders_on_a_chart(lang: str, table: Any, monthly: float, says: str) -> None:
    ax = many_lenders.orders_chart(
        many_lenders.answer(owing(*table), monthly), owing(*table), 1_000, 12
    )
    assert_texts_apart(ax.figure)
    if lang == "en":
        assert ax.get_title() == says


def test_an_order_that_is_cheaper_by_its_rounding_alone_leaves_nothing_unpaid(lang: str) -> None:
    """Nothing here has a deadline: a fen less is the same, and what fails is what is said."""
    same = {"kind": "loan", "daily_rate": 0.00065}
    line = LINE | same | {"balance": 8_000, "months": 10, "method": "interest_then_equal"}
    table = [
        line,
        same | {"name": "platform", "balance": 2_910, "months": 24},
        same | {"name": "x", "balance": 3_500, "months": 10},
        CARD | {"balance": 4_000, "limit": 5_200},
    ]
    debts = read(table, "2026-05-29")
    found = many_lenders.answer(debts, 2_000)
    assert found.table["above_cheapest"].min() == pytest.approx(-0.01)
    title = many_lenders.orders_chart(found, debts, 170, 24).get_title()
    said(lang, title + "。", "Smallest balance first does not get you out of debt")


@pytest.mark.parametrize(
    ("table", "monthly", "says"),
    [
        ((), 8_000, "none of them gets you out of debt"),
        (
            ({**LINE, "daily_rate": 0.0}, FAMILY),
            9_000,
            "All the orders that get you out of debt cost the",
        ),
    ],
)
def test_where_there_is_nothing_to_compare_a_sentence_stands(
    lang: str, table: Any, monthly: float, says: str
) -> None:
    told = many_lenders.orders_chart(
        many_lenders.answer(owing(*table), monthly), owing(*table), 1_000, 12
    )
    said(lang, str(told), says)


def test_highest_rate_first_pays_the_family_on_its_day() -> None:
    """The numbers are those of an independent simulation: what must be paid that day goes first."""
    row = many_lenders.answer(owing(), 11_000).table.iloc[1]
    assert (row["cost"], row["still_late"]) == (5_929.71, 5_495.97)


def test_what_the_family_must_have_in_the_first_month_counts(lang: str) -> None:
    """8,219.29 of bills and all 15,000 on 2027-01-01, as in the first month of the chain."""
    debts = owing(LINE, CARD, PLATFORM, FAMILY | {"due": "2027-01-01"})
    found = many_lenders.burden(debts, 0)
    assert found.table["due_first"].sum() == pytest.approx(23_219.29)
    chain = many_lenders.chain.answer(debts, 1_000, 12).table
    assert chain["must_pay"].iloc[0] == pytest.approx(23_219.29)


def test_what_is_late_at_two_deadlines_is_their_sum(lang: str) -> None:
    line = LINE | {"daily_rate": 0.0}
    card = CARD | {"daily_rate": 0.0008}
    aunt = FAMILY | {"name": "aunt", "balance": 8_000, "due": "2027-03-10"}
    uncle = FAMILY | {"name": "uncle", "balance": 12_000, "due": "2027-11-30"}
    headline = many_lenders.answer(owing(line, aunt, uncle, card), 8_500).headline
    said(lang, headline, "at the family's deadlines, 2027-03-10 and 2027-11-30, taken together")


@pytest.mark.parametrize("order", ["cheapest", "highest_rate", "smallest_balance", "only_due"])
@pytest.mark.parametrize("monthly", [8_000, 11_000])
def test_the_debts_on_a_chart(lang: str, order: str, monthly: float) -> None:
    choice = many_lenders.choice(owing(), monthly, order)
    ax = many_lenders.months.chart(owing(), monthly, choice)
    assert_texts_apart(ax.figure)
    if lang == "en" and monthly == 8_000:
        assert ax.get_title() == "¥103,000 is still owed in Dec 2026"


def test_the_step_of_the_chain_is_explained(lang: str) -> None:
    steps = [str(each) for each in many_lenders.chain._steps(owing(), 20)]
    assert steps == [
        {
            "en": "The step in Sep 2027: all that you owe to family falls due.",
            "zh": "2027年9月那一级台阶：欠亲友的钱到期，要一次还清。",
        }[lang]
    ]
    assert many_lenders.chain._steps(owing(), 5) == []


def test_without_family_money_the_cheapest_is_not_said_to_be_in_time(lang: str) -> None:
    headline = many_lenders.answer(owing(LINE, CARD), 11_000).headline
    assert says("answer.many_lenders.best", headline)
    assert not says("answer.many_lenders.best_in_time", headline)


def test_without_family_money_nothing_speaks_of_it(lang: str) -> None:
    debts = read((CARD, LINE), START)
    parts = [
        many_lenders.burden(debts, 25_000),
        many_lenders.answer(debts, 11_000),
        many_lenders.flips.extra(debts, 11_000),
        many_lenders.chain.answer(debts, 1_000, 12),
    ]
    family = {"en": "family", "zh": "亲友"}[lang]
    assert not [each for each in parts if family in repr(each)]
    assert family in repr(many_lenders.flips.extra(read((CARD, LINE, FAMILY), START), 11_000))


@pytest.mark.parametrize(("first", "second", "key"), [(3, 0, "short"), (0, 3, "never_free")])
def test_what_fails_is_said_of_the_cheapest_order(first: int, second: int, key: str) -> None:
    found = SimpleNamespace(short_month=np.array([first, second]), short=np.array([9_000, 0]))
    words = many_lenders.verdict._no_way_out(owing(LINE, CARD), 4_000, cast(Any, found))
    assert words.key == f"answer.many_lenders.{key}"
    if first:
        assert words.fields["month"] == np.datetime64("2027-03-01")


def test_an_unknown_order_is_refused_with_all_that_there_are(lang: str) -> None:
    with pytest.raises(JiebeiError, match=r"cheapest.*earliest_deadline") as refused:
        many_lenders.choice(owing(), 11_000, "x")
    assert "is not an order" in str(refused.value) or lang == "zh"
    with pytest.raises(JiebeiError, match="cheapest"):
        many_lenders.choice(owing(), 11_000, "最省")


def test_your_amount_is_marked_where_the_picture_has_it(lang: str) -> None:
    you = {"en": "you: ¥", "zh": "您：¥"}[lang]
    marked = [
        any(you in text for text, _ in seen(many_lenders.flips.extra_chart(owing(), each).figure))
        for each in (11_000, 8_000)
    ]
    assert marked == [True, False]


@pytest.mark.parametrize(("monthly", "last"), [(8_000, 16_440), (11_000, 16_440), (20_000, 25_000)])
def test_the_amounts_reach_from_the_least_to_twice_that_or_a_quarter_beyond_yours(
    monthly: float, last: float
) -> None:
    """The least is 8,220, as said above: twice that, or 1.25 times yours if this is more."""
    (line,) = many_lenders.flips.extra_chart(owing(), monthly).lines[:1]
    across = np.asarray(line.get_xdata())
    assert (across[0], across[-1]) == (8_220, last)
    assert len(across) >= 60


# ---- what an extra yuan buys, and when the answer turns ----------------------------------------


@pytest.mark.parametrize(
    ("table", "monthly", "says"),
    [
        (
            (),
            11_000,
            "The least that frees you of debt is ¥8,220 a month. To keep the family's deadline too "
            "takes ¥9,367 a month. ¥500 more a month saves ¥318, but frees you no sooner (10 "
            "months).",
        ),
        ((LINE,), 4_600, " and frees you 1 month sooner, after 1"),
        ((LINE,), 60_000, "¥500 more a month saves nothing."),
        (
            (SIX_SIX, FAMILY),
            5_000,
            "¥500 more a month pays the family in time, or leaves less unpaid then, and costs ¥",
        ),
        ((LINE,), 100, "The least that frees you of debt is ¥4,504 a month."),
    ],
)
def test_what_an_extra_yuan_buys(lang: str, table: Any, monthly: float, says: str) -> None:
    found = many_lenders.flips.extra(owing(*table), monthly)
    said(lang, found.headline, says)
    known = found.table.dropna(subset=["saved_per_yuan"])
    more = known["a_month"] - monthly
    assert np.allclose(known["saved_per_yuan"] * more, known["saved"])
    assert_texts_apart(many_lenders.flips.extra_chart(owing(*table), monthly).figure)


def test_without_interest_a_deadline_is_kept_for_nothing(lang: str) -> None:
    debts = owing({**LINE, "daily_rate": 0.0}, FAMILY | {"balance": 9_000, "due": "2027-01-01"})
    told = many_lenders.flips.extra(debts, 11_000).headline
    said(
        lang,
        told,
        "¥500 more a month pays the family in time, or leaves less unpaid then, and costs no more.",
    )


def test_without_interest_more_buys_nothing(lang: str) -> None:
    free = owing({**LINE, "daily_rate": 0.0})
    told = str(many_lenders.flips.extra_chart(free, 5_000))
    said(lang, told, "stay at ¥0, whatever you pay a month")


@pytest.mark.parametrize(
    ("table", "monthly", "says"),
    [
        (
            (),
            11_000,
            "The highest rate first does worst here: another platform takes 3% of what is "
            "repaid early (¥",
        ),
        ((CARD, FAMILY), 5_000, "In all of 6 cases no order tried does better than the highest"),
        ((LONG_FREE, OTHER_CARD), 3_000, "In each of 1 case another order does better"),
        ((), 6_000, "In none of the cases do you get free of debt."),
        ((LINE,), 5_000, "With one debt there is no order to choose in any case."),
    ],
)
def test_when_another_order_is_cheaper(lang: str, table: Any, monthly: float, says: str) -> None:
    found = many_lenders.flips.depends(owing(*table), monthly)
    said(lang, found.headline, says)
    assert (found.table["highest_rate_more"].dropna() >= -0.005).all()


def test_debts_at_one_rate_are_named(lang: str) -> None:
    """Which of them has the highest rate is open: the note says how it is taken."""
    same = owing(LINE, {**CARD, "daily_rate": LINE["daily_rate"]}, FAMILY)
    note = many_lenders.flips.depends(same, 5_000).note
    assert says("answer.many_lenders.depends_tied", note)
    apart = many_lenders.flips.depends(owing(LINE, FAMILY), 11_000).note
    assert not says("answer.many_lenders.depends_tied", apart)


# ---- the chain -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "own", "says"),
    [
        (
            (),
            1_000,
            "After 26 months it stops: in Feb 2029 ¥16,819 falls due; your own money and the last "
            "¥15,365 that anyone will lend leave you ¥454 short. Until then you have paid in "
            "¥25,000 of your own and owe ¥114,724 instead of ¥103,000: ¥36,724 went to interest "
            "and fees. With ¥1,306 a month of your own or more it would not stop within "
            "60 months.",
        ),
        ((CARD | {"limit": 19_000}, FAMILY), 600, "among it what you owe to family;"),
        (
            (),
            20_000,
            "Your own money is enough: nothing has to be borrowed, and in Jun 2027, after",
        ),
        ((), 3_000, "has to be borrowed on the way, the last of it in"),
        (({**LINE, "daily_rate": 0.0},), 6_000, "It takes ¥50,000 of your own in all, ¥0 of it"),
        ((), 1_500, "for 60 months at least, which is as far as is looked: your own money covers"),
        (({**LINE, "limit": 200_000},), 0, "only because the limits are wide: your own money"),
        ((), 1_500, "and owe ¥93,068 instead of ¥103,000; ¥80,068 went to interest and fees."),
        (({**LINE, "limit": 50_000},), 0, "and still owe ¥50,000, as at the start."),
    ],
)
def test_how_the_chain_ends(lang: str, table: Any, own: float, says: str) -> None:
    debts = owing(*table)
    found = many_lenders.chain.answer(debts, own, 12)
    said(lang, found.headline, says)
    assert found.table["missing"].iloc[:-1].sum() == 0
    stops = found.table["missing"].iloc[-1] > 0
    assert (say("answer.many_lenders.chain_note_stops") in found.note) == stops
    assert_texts_apart(many_lenders.chain.chart(debts, own, 12).figure)


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (1_000, "Loans can pay for loans only until Feb 2029: the limits of ¥115,000 are used up"),
        (20_000, "All is repaid in Jun 2027, and nothing is borrowed"),
        (1_500, "It goes on for five years; ¥93,068 is then owed"),
    ],
)
def test_the_chain_on_a_chart(lang: str, own: float, says: str) -> None:
    ax = many_lenders.chain.chart(owing(), own, 12)
    if lang == "en":
        assert ax.get_title() == says
    (dashed,) = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert set(dashed.get_ydata()) == {115_000.0}
    used_up = ax.lines[0].get_ydata()[-1] == 115_000
    assert used_up == ("used up" in ax.get_title() or "用光" in ax.get_title())


def test_rates_near_the_highest_leave_out_what_cannot_be(lang: str) -> None:
    dear = owing({**LINE, "daily_rate": 0.005}, CARD)
    cases = [str(each) for each in many_lenders.chain.depends(dear, 1_000, 12).table.index]
    assert len(cases) == 13
    assert sum("rates" in each or "利率" in each for each in cases) == 1


@pytest.mark.parametrize(
    ("table", "own", "says"),
    [
        ((), 1_000, "It stops in 11 of 14 cases, soonest here: only what is free today is lent"),
        ((), 20_000, "It stops in none of 14 cases."),
        (({**LINE, "limit": 50_000},), 0, "It stops in"),
    ],
)
def test_what_the_chain_depends_on(lang: str, table: Any, own: float, says: str) -> None:
    found = many_lenders.chain.depends(owing(*table), own, 12)
    said(lang, found.headline, says)


def test_a_chain_that_breaks_at_once_in_every_case_is_said(lang: str) -> None:
    full = owing({**LINE, "limit": 50_000, "method": "bullet", "months": 1, "daily_rate": 0.005})
    found = many_lenders.chain.depends(full, 0, 12)
    said(lang, found.headline, "It stops in")


@pytest.mark.parametrize(
    ("months", "key", "case"),
    [
        ([0, 0], "never", None),
        ([3, 3], "all_same", None),
        ([5, 3], "all", 1),
        ([5, 3, 3], "all_tied", 1),
        ([0, 3], "moves_one", 1),
        ([0, 3, 5], "moves", 1),
        ([0, 3, 3], "moves_tied", 1),
    ],
)
def test_in_how_many_cases_the_chain_stops(months: list[int], key: str, case: int | None) -> None:
    table = pd.DataFrame({"chain_ends": [f"in {each}" for each in months]})
    found: Any = SimpleNamespace(month=np.array(months))
    said = many_lenders.chain._weighs(table, found)
    assert said.key == f"answer.many_lenders.chain_{key}"
    if case is not None:
        assert (said.fields["case"], said.fields["ends"]) == (case, f"in {months[case]}")


@pytest.mark.parametrize(
    ("cost", "more", "late", "keys"),
    [
        ([np.nan], [np.nan], [False], ["none"]),
        ([9, 9], [0, 0], [False, False], ["all"]),
        ([9, np.nan], [0, np.nan], [False, False], ["all"]),  # what has no order does not count
        ([9, 9], [0, 5], [False, False], ["some", "worst"]),
        ([9, 9], [0, 0], [False, True], ["some"]),  # it costs no more, but pays later
        ([9, 9], [4, 5], [False, False], ["never", "worst"]),
        ([9, 9], [np.nan, np.nan], [False, False], ["never"]),  # that order does not end
    ],
)
def test_in_how_many_cases_another_order_is_better(
    cost: list[float], more: list[float], late: list[bool], keys: list[str]
) -> None:
    when = [Words(f"answer.many_lenders.{'is_late' if each else 'is_in_time'}") for each in late]
    table = pd.DataFrame({"cost": cost, "highest_rate_more": more, "highest_rate_late": when})
    said = told(many_lenders.flips._holds(table))
    assert [each.key.removeprefix("answer.many_lenders.depends_") for each in said] == keys
    if keys[-1] == "worst":
        assert (said[1].fields["case"], said[1].fields["amount"]) == (1, 5)


def test_the_same_debts_in_every_part() -> None:
    """The bills of the chain's first month are those of the burden."""
    debts = owing()
    due = many_lenders.burden(debts, 0).table["due_first"].sum()
    assert many_lenders.chain.answer(debts, 1_000, 12).table["must_pay"].iloc[0] == round(due, 2)
    flows = many_lenders.chain.cashflows(debts, 1_000, 12)
    assert flows[flows["date"] == flows["date"].min()]["due"].sum() == pytest.approx(due)


def test_orders_in_words(lang: str) -> None:
    debts = owing(CARD | {"free_until": "2027-06-01"}, FAMILY, LINE)
    words = str(many_lenders.in_words(debts, named(debts, "highest_rate")._replace(lead=3)))
    assert words.startswith("card → this line → family, but card and family first") or lang == "zh"
    assert str(many_lenders.in_words(debts, Choice(()))) in ("none of them", "都不多还")
    unchanged = replace(debts[0], name="x")
    assert str(many_lenders.in_words([unchanged], Choice((0,)))) == "x"


def test_the_debts_of_the_example_are_named_as_such(lang: str) -> None:
    """Only where the reader typed something else."""
    example = many_lenders.EXAMPLE
    sentence = Words("fit.example_debts")
    assert sentence not in many_lenders.fitted(example).left_out
    assert sentence in many_lenders.fitted({**example, "principal": 30_000}).left_out


def test_what_a_card_has_above_its_limit_must_be_paid() -> None:
    """A limit is a wall: the interest of a full card is due, whatever its minimum payment."""
    full = CARD | {"balance": 24_000, "minimum_share": 0.01, "minimum_floor": 0, "limit": 24_000}
    due = many_lenders.burden(owing(full), 0).figures["due_first"].iloc[0]
    assert due == pytest.approx(24_000 * 0.0005 * 31)
    chain = many_lenders.chain.answer(owing(full), 304, 12)
    assert told(chain.said)[0].key == "answer.many_lenders.chain_breaks"


def test_one_lead_for_several_deadlines_is_named(lang: str) -> None:
    """A card's free period ends after the family's deadline: each may want a lead of its own."""
    rows = [
        {"name": "card", "kind": "card", "balance": 27_500, "daily_rate": 0.0005},
        {"name": "family", "kind": "family", "balance": 9_000, "due": "2027-01-20"},
    ]
    for free, several in ({}, False), ({"free_until": "2026-12-13"}, True):
        debts = read([rows[0] | free, rows[1]], "2026-06-13")
        note = str(many_lenders.answer(debts, 9_400).remark)
        assert (str(Words("answer.many_lenders.one_lead")) in note) == several


def test_that_more_falls_due_later_is_said(lang: str) -> None:
    """Six months of interest, 50,000 x 0.04 % x 31 = 620 the first; then the principal too."""
    later = LINE | {"method": "interest_then_equal"}
    terms = {"daily_rate": 0.0004, "months": 12, "method": later["method"], "start": START}
    most = Loan(50_000, **terms).cashflows(["payment"])["payment"].max()
    found = many_lenders.burden(owing(later), 20_000)
    rises = {each.key.rpartition(".")[2]: each.fields for each in told(found.said)}["load_rises"]
    assert rises["due"] == pytest.approx(most, abs=0.1)
    assert str(rises["month"].astype("M8[D]")) == "2027-07-01"
    assert not says(
        "answer.many_lenders.load_rises", many_lenders.burden(owing(LINE), 20_000).headline
    )


def test_a_case_that_does_not_end_says_when_it_fails(lang: str) -> None:
    few = many_lenders.flips.depends(owing(LINE, CARD), 6_400)
    assert few.figures["cost"].isna().iloc[1]
    assert says("answer.many_lenders.short_in", few.table["free_on"].iloc[1])


def test_due_days_of_their_own_are_left_out_and_said() -> None:
    debts = list(many_lenders.EXAMPLE["other_debts"])
    mine = many_lenders.fitted({**many_lenders.EXAMPLE} | {"other_debts": debts})
    own = many_lenders.fitted(
        {**many_lenders.EXAMPLE} | {"other_debts": [debts[0] | {"due_day": 12}, *debts[1:]]}
    )
    assert str(many_lenders.answer(many_lenders.owing(own), 11_000)) == str(
        many_lenders.answer(many_lenders.owing(mine), 11_000)
    )
    keys = [[each.key for each in fit.left_out] for fit in (mine, own)]
    assert ["fit.one_due_day" in each for each in keys] == [False, True]
