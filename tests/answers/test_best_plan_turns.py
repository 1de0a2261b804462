"""The page on the best plan: where it turns, what the reserve is, what a card and an offer are."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from jiebei.answers import best_plan
from jiebei.answers.best_plan import depends, rules, why
from jiebei.answers.best_plan.notes import _lowered as lowered
from jiebei.answers.best_plan.verdict import check
from jiebei.language.errors import JiebeiError
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Again, Borrower
from jiebei.life.best.played import Step
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons, read_offers
from jiebei.loan.loan import Loan
from tests.helpers.said import by_key

START = "2026-12-15"
LINE = Loan(40_000, daily_rate=0.00035, months=9, start=START)
CARD = {"name": "card", "kind": "card", "balance": 7_000, "daily_rate": 0.0005}


BESIDE = [
    "note",
    "note_beside",
    "note_daily",
    "note_due",
    "note_kept",
    "note_typed",
    "note_lowered_again",
]
AGREED_CARD = ["note_agreed_card", "note_card"]


def there(savings: float = 0.02, **more: Any) -> Borrower:
    budget = Budget(14_000, 8_000, 45_000, START, payday=10)
    return Borrower((LINE,), budget, 10_000, savings, **more)


def test_the_turn_is_searched_to_the_percent() -> None:
    """A loan at 12.8 % a year: nothing is repaid early from the percent said on, not before."""
    rates, early, title = depends._turn(
        there(), depends.RATES, np.array([depends._early(there(), r) for r in depends.RATES])
    )
    assert title.key == "answer.best_plan.turn_none"
    turn = title.fields["rate"]
    assert early[list(rates).index(turn)] < 1 <= depends._early(there(), round(turn - 0.01, 2))
    assert turn not in depends.RATES
    assert 0.12 < turn <= 0.15


@pytest.mark.parametrize("savings", [0.0, 0.02])
def test_the_line_is_marked_at_the_readers_own_rate(savings: float) -> None:
    ax = depends.chart(there(savings))
    assert isinstance(ax, Axes)
    line = next(each for each in ax.lines if each.get_marker() == "o")
    assert savings in line.get_xdata()[line.get_markevery()]  # type: ignore[call-overload, index]


@pytest.mark.parametrize("early", [[5, 4, 3, 5, 5, 5, 5, 5], [5, 0, 5, 0, 0, 0, 0, 5]])
def test_a_fall_that_does_not_last_is_no_turn(early: list[float]) -> None:
    _, _, title = depends._turn(there(), depends.RATES, np.array(early))
    assert title.key == "answer.best_plan.turn_same"


def test_what_is_repaid_to_be_drawn_anew_is_not_called_better_repaid() -> None:
    lends = there(again=Again(60_000, 6))
    _, _, title = depends._turn(lends, depends.RATES, np.full(len(depends.RATES), 5.0))
    assert title.key == "answer.best_plan.turn_lent"


def test_a_last_payment_that_the_calendar_holds_does_not_fall_due_besides() -> None:
    """10,100 without interest, once, in seven months: a day of its own in the calendar."""
    once = Loan(10_100, daily_rate=0.0, months=12, start="2026-12-15", method="bullet")
    budget = Budget(1_260, 380, 30_300, START, payday=10)
    said = best_plan.answer(Borrower((once,), budget, 2_500, 0.045))
    assert "note_beside" not in by_key(said.remark)
    assert said.table["due"].sum() == pytest.approx(10_100)


def test_rules_that_lose_as_much_are_all_named() -> None:
    """A card alone: the highest rate first and the smallest balance first are the same."""
    said = by_key(rules.answer(there()).said)
    assert len(said["rule_close_several"].fields["names"]) == 2


@pytest.mark.parametrize(
    ("early", "between", "key"),
    [
        ([5, 5, 5, 5, 0, 0, 0, 0], 1.0, "turn_none"),  # a yuan is something
        ([9, 9, 9, 9, 6, 6, 6, 6], 8.0, "turn_less"),  # a yuan less is as much
    ],
)
def test_what_is_a_yuan_less_has_not_turned(
    early: list[float], between: float, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depends, "_early", lambda _there, _rate: between)
    _, _, title = depends._turn(there(), depends.RATES, np.array(early, float))
    assert (title.key, title.fields["rate"]) == (f"answer.best_plan.{key}", depends.RATES[4])


def test_the_bound_is_said_as_it_is() -> None:
    """The reader's case: a coupon of 20 days on all of it, early repayment in between."""
    mine = there(coupons=tuple(read_coupons([{"days": 20, "principal": 40_000}])))
    found = best(mine)
    assert found is not None
    proof = by_key(best_plan.answer(mine).said)["proof"]
    assert proof.fields["bound"] == found.bound >= proof.fields["left"] == found.played.left
    held: list[object] = []
    check(mine, held.append)
    assert all(held)


def test_the_note_says_what_a_card_may_and_which_days_are_allowed_for() -> None:
    notes = by_key(best_plan.answer(there(debts=tuple(read([CARD], START)))).remark)
    assert list(notes) == [*BESIDE, "note_last_card", *AGREED_CARD, "note_limit"]
    little = Borrower((LINE,), Budget(14_000, 8_000, 14_000, START, payday=10), 10_000, 0.02)
    notes = by_key(best_plan.answer(little).remark)
    assert list(notes) == [*BESIDE, "note_last", "note_agreed", "note_limit", "note_between"]
    assert notes["note_between"].fields["most"] == pytest.approx(4_000 * 0.02 / 365, abs=0.01)


@pytest.mark.parametrize(("savings", "key"), [(0.02, "due_lowered"), (0.9, "due_loan")])
def test_what_falls_due_beside_the_plan_is_said_debt_by_debt(savings: float, key: str) -> None:
    """The card: 7,000 and 31 days at 0.05 % is 7,108.50, of which a tenth is the least."""
    debts = tuple(read([CARD], START))
    budget = Budget(14_000, 8_000, 14_000, START, payday=10)
    mine = Borrower((LINE,), budget, 10_000, savings, debts)
    dues = by_key(best_plan.answer(mine).remark)["note_beside"].fields["dues"]
    assert [each.key.split(".")[-1] for each in dues] == [key, "due_card"]
    assert [each.fields["n"] for each in dues] == [15, 15]
    assert dues[1].fields["amount"] == 710.85
    agreed = LINE.cashflows(["payment", "event"])["payment"].iloc[1]
    assert (dues[0].fields["amount"] < agreed) == (savings < 0.5)


@pytest.mark.parametrize(
    ("steps", "key", "names"),
    [
        ([(1, 0)], "note_lowered", ("a",)),
        ([(1, 0), (5, 1)], "note_lowered_again", ("a",)),  # b keeps its instalment
        ([(1, 1)], None, ()),
        ([(8, 0)], None, ()),  # one instalment remains: nothing to choose
    ],
)
def test_what_is_lowered_is_named_and_whether_it_is_repaid_again(
    steps: Any, key: str | None, names: Any
) -> None:
    lanes = [
        SimpleNamespace(name=name, level=level, play=None, due=np.array([3, 6, 9]))
        for name, level in (("a", 0.0), ("b", 100.0))
    ]
    early = [Step(day, lane, "repay", 1.0) for day, lane in steps]
    found: Any = SimpleNamespace(
        ground=SimpleNamespace(lanes=lanes), played=SimpleNamespace(steps=early)
    )
    said = [(each.key.split(".")[-1], each.fields["names"]) for each in lowered(found)]
    assert said == ([(key, names)] if key else [])


PLAIN = SimpleNamespace(rate=0.0005, fee=0.0, free=None, play=None, name="plain", kind="loan")
AS_DEAR = SimpleNamespace(**vars(PLAIN) | {"rate": 0.0005001, "kind": "card"})
CHEAP = SimpleNamespace(**vars(PLAIN) | {"rate": 0.0004})
WITH_FEE = SimpleNamespace(**vars(PLAIN) | {"fee": 0.01})


@pytest.mark.parametrize(
    ("dear", "key"),
    [
        ([PLAIN], "why"),
        ([WITH_FEE], "why_costs"),
        ([PLAIN, AS_DEAR], "why_same"),  # to the tenth of a percent
        ([PLAIN, WITH_FEE], "why_order"),
        ([PLAIN, CHEAP], "why_order"),
        ([CHEAP, AS_DEAR], "why_costs"),  # the card is dearer, and has to wait
    ],
)
def test_an_order_is_given_only_where_the_rates_give_one(dear: Any, key: str) -> None:
    assert why._key(dear) == key


@pytest.mark.parametrize(
    ("first", "then", "waits"),
    [
        (PLAIN, AS_DEAR, True),
        (CHEAP, AS_DEAR, True),
        (AS_DEAR, PLAIN, False),
        (PLAIN, CHEAP, False),
    ],
)
def test_only_a_card_that_is_as_dear_waits_for_its_day(first: Any, then: Any, waits: bool) -> None:
    assert why._waits(first, then) is waits


def test_a_reserve_that_is_not_reached_is_said_with_the_least_in_hand() -> None:
    rich = Borrower((LINE,), Budget(14_000, 8_000, 90_000, START, payday=10), 10_000, 0.02)
    said = by_key(best_plan.worth.answer(rich).said)["never_binds"]
    found = best(rich)
    assert found is not None
    assert said.fields["least"] == found.played.cash.min() > 11_000


@pytest.mark.usefixtures("lang")
@pytest.mark.parametrize(
    "rows", [[{"daily_rate": 0.0003}], [{"name": "b", "off": 2}], [{"name": "this line"}]]
)
def test_an_offer_is_refused_under_the_name_of_its_parameter(rows: Any) -> None:
    with pytest.raises(JiebeiError) as refused:
        read_offers(rows, "new_offers")
    text = str(refused.value)
    assert "new_offers" in text
    assert not re.search("other_offers|{", text)


@pytest.mark.parametrize(
    ("drawn", "payday", "cash", "waits"),
    [
        ("2026-12-20", 5, 20_000, True),
        ("2026-12-20", 21, 5_000, False),  # the cash comes tomorrow
        ("2026-11-20", 21, 7_000, False),  # no loan drawn today
    ],
)
def test_a_loan_drawn_today_is_why_to_wait_only_where_todays_cash_would_do(
    drawn: str, payday: int, cash: int, waits: bool
) -> None:
    today = "2026-12-20"
    loan = Loan(30_000, daily_rate=0.0004, months=12, start=drawn)
    loan = loan if drawn == today else loan.rest(today)
    budget = Budget(9_000, 4_000, cash, today, payday=payday)
    found = best(Borrower((loan,), budget, keep=5_000, savings_rate=0.02))
    assert found is not None
    assert any(each.day == found.ground.borrower.today + 1 for each in found.played.steps)
    assert ("why_wait" in {each.key.split(".")[-1] for each in why.why(found)}) == waits
