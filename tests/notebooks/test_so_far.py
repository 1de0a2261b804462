"""A page begins today: what was paid is behind it, and nothing past is offered."""

import re
from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei.notebook.numbers.filling import typed_into
from jiebei.notebook.numbers.reading import read_text
from tests.helpers.notebook_runner import parameters, run_again, run_notebook
from tests.helpers.texts import assert_texts_apart

PAGE = "03_repay_early"
LATER = {"repay_amount": 10_000, "repay_on": "2027-05-10", "free_by": "2027-09-01"}
AS_AGREED = {"2027-01-01": 4_503.11, "2027-02-01": 4_503.11, "2027-03-01": 4_503.11}


def table(run: Any) -> Any:
    """Return the table of the answer, as it is shown."""
    return run.answers[0].table


TO_COME = {"interest": "interest_to_come", "fee": "fee_to_come"}


def from_now_on(headline: Any) -> str:
    """Return what is said of a loan that begins that day as it is said of one that runs."""
    begins = r"Interest and fees come to (\S+) in all,"
    return re.sub(begins, r"From now on, interest and fees come to \1,", str(headline))


def test_today_and_what_was_paid_give_the_rest_that_is_entered_by_hand() -> None:
    left = {"principal": 38_155, "months": 9, "start": "2027-03-01"}
    wanted = run_notebook(PAGE, **LATER, **left)
    for given in ({"as_of": "2027-03-01"}, {"paid": AS_AGREED}):
        got = run_notebook(PAGE, **LATER, **given)
        assert got.namespace["now"].today == "2027-03-01"
        assert str(got.answers[0].headline) == from_now_on(wanted.answers[0].headline)
        ours, theirs = table(got), table(wanted)
        assert list(ours.index) == list(theirs.index)
        numbers = ours.select_dtypes("number")
        np.testing.assert_allclose(numbers, theirs[numbers.columns], atol=0.1)  # the level's fen


ON_PAGES: dict[str, dict[str, Any]] = {  # with decisions after three instalments
    "00_start_here": {"repay_amount": 5_000, "repay_on": "2027-04-10", "reborrow_amount": 5_000},
    "04_extend": {"extend_on": "2027-06-01"},
    "05_reborrow": {"repay_amount": 5_000, "repay_on": "2027-04-10", "reborrow_amount": 5_000},
    "06_grace": {"thin_months": {"2027-05-01": 9_000}},
    "11_budget": {"repay_amount": 5_000, "repay_on": "2027-04-10", "reborrow_amount": 5_000}
    | {"households": 500},
}
LEFT = {  # of 50,000 over twelve months after three of them, by method
    "equal_instalment": 38_155,
    "interest_only": 50_000,
    "equal_principal": 37_499.99,
}
EARLY = (
    AS_AGREED
    | {"2027-03-10": 5_018.00}
    | dict.fromkeys(["2027-04-01", "2027-05-01", "2027-06-01"], 3_913.00)
)  # by hand: 5,000 and 9 days of 0.04 % on it; nine instalments on what is left


@pytest.mark.parametrize("method", LEFT)
@pytest.mark.parametrize("name", ON_PAGES)
def test_the_rest_that_is_entered_gives_the_same_on_every_page(name: str, method: str) -> None:
    given = {"method": method, **ON_PAGES[name]}
    left = {"principal": LEFT[method], "months": 9, "start": "2027-03-01"}
    wanted, got = (
        run_notebook(name, **given, **left),
        run_notebook(name, as_of="2027-03-01", **given),
    )
    assert got.namespace["now"].today == "2027-03-01"
    assert len(got.answers) == len(wanted.answers)
    for ours, theirs in zip(got.answers, wanted.answers, strict=True):
        if method != "equal_instalment":  # the level's fen is not known from the rest
            assert str(ours.headline) == from_now_on(theirs.headline)
        numbers = ours.figures.select_dtypes("number")
        tolerance = {"rtol": 0.01, "atol": 0.2} if method == "equal_instalment" else {"rtol": 1e-9}
        # Of the rest that is entered the drawdown is a row; interest is to come from today on.
        rest = theirs.figures.tail(len(numbers))
        if ours is got.namespace["answer"]:
            rest = rest.rename(columns=TO_COME)
        np.testing.assert_allclose(numbers, rest[numbers.columns], **tolerance)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("04_extend", {"extend_on": "2027-05-01"}),
        ("05_reborrow", {"repay_on": "2027-05-01"}),
        ("05_reborrow", {"reborrow_on": "2027-05-01"}),
        ("06_grace", {"holiday_on": "2027-05-01"}),
        ("11_budget", {"extend_on": "2027-05-01"}),
    ],
)
def test_what_is_past_is_not_offered(name: str, given: dict[str, str]) -> None:
    ((which, day),) = given.items()
    with pytest.raises(jb.JiebeiError, match=f"^{which}={day}: that is past, today is 2027-06-20"):
        run_notebook(name, as_of="2027-06-20", **given)


@pytest.mark.parametrize("name", ON_PAGES)
def test_what_is_overdue_comes_first(name: str) -> None:
    with pytest.raises(jb.JiebeiError, match=r"^On 2027-03-15 ¥.* is overdue"):
        run_notebook(name, as_of="2027-03-15", paid={"2027-01-01": 4_000})


@pytest.mark.parametrize("name", ON_PAGES)
def test_in_the_middle_of_a_month_a_page_begins_that_day(name: str) -> None:
    run = run_notebook(name, lang="zh", as_of="2027-06-20", paid=EARLY)
    now = run.namespace["now"]
    assert now.whole.owed("2027-06-20") == now.ahead.owed("2027-06-20")
    assert now.ahead.cashflows()["date"].iloc[0] == np.datetime64("2027-06-01")
    for figure in run.figures:
        assert_texts_apart(figure)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_late_and_extra_payments_are_behind_it(lang: str) -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    paid = {"2027-01-01": 4_503.11, "2027-02-01": 9_000, "2027-03-11": 2_000}
    late = loan.with_history(paid, as_of="2027-03-20")
    paid |= {"2027-03-20": late.owed("2027-03-20").overdue}  # of March, in two parts
    flows = loan.with_history(paid).cashflows(["date", "payment"]).set_index("date")["payment"]
    paid |= {"2027-04-01": float(flows["2027-04-01"])}
    run = run_notebook(PAGE, lang=lang, as_of="2027-04-20", paid=paid, **LATER)
    now = run.namespace["now"]
    assert now.whole.owed("2027-04-20") == now.ahead.owed("2027-04-20")
    assert now.ahead.cashflows()["date"].iloc[0] == np.datetime64("2027-04-01")
    assert {"en": "so far", "zh": "到现在为止"}[lang] in run.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"as_of": "2027-06-20", "repay_on": "2027-06-19"}, "^repay_on=2027-06-19: that is past"),
        ({"as_of": "2028-06-20"}, "^on=2028-06-20: the loan was paid off on 2027-12-01"),
        ({"as_of": "2026-11-30"}, "^as_of=2026-11-30|^on=2026-11-30"),
        ({"as_of": "soon"}, "^as_of='soon'"),
        ({"paid": [1]}, r"^paid=\[1\]: give paid in this form"),
        ({"paid": {"2027-01-01": -1}}, "^payment 1=-1"),
        ({"as_of": "2027-01-15", "paid": AS_AGREED}, "^a payment on 2027-03-01 is after as_of"),
        ({"as_of": "2027-03-15", "paid": {"2027-01-01": 4_000}}, "^On 2027-03-15 ¥.* is overdue"),
    ],
)
def test_what_is_past_or_cannot_be_is_refused_in_words(given: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        run_notebook(PAGE, **given)


def test_what_nobody_typed_is_taken_from_what_is_ahead() -> None:
    run = run_notebook(PAGE, as_of="2027-07-20")
    assert run.namespace["mine"].repay_on > "2027-07-20"
    assert run.namespace["mine"].free_by > "2027-07-20"
    plain = run_notebook(PAGE)
    assert plain.namespace["now"].ahead is plain.namespace["now"].whole


@pytest.mark.parametrize("name", ["03_repay_early", *ON_PAGES])
def test_what_the_contract_says_holds_for_a_loan_that_runs(name: str) -> None:
    run = run_again(name, {"__name__": "__main__", "due_day": 20}, as_of="2027-03-25")
    now = run.namespace["now"]
    assert (now.whole.due_day, now.today) == (20, "2027-03-25")
    assert now.ahead.cashflows()["date"].iloc[0] == np.datetime64("2027-03-20")


PART = {"2027-01-01": 4_503.11, "2027-02-01": 4_503.11, "2027-03-10": 2_000}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_talks_begin_from_what_was_really_paid(lang: str) -> None:
    run = run_notebook("08_negotiate", lang=lang, paid=PART, as_of="2027-05-20")
    debt = run.namespace["debt"]
    assert (debt.on, debt.missed, debt.days_late) == ("2027-06-01", 3, 92)
    for figure in run.figures:
        assert_texts_apart(figure)


def test_cash_of_today_pays_the_next_due_day_before_another_month_has_left_anything() -> None:
    # by hand: 1,666.67 and 30 days of 0.045 % on 23,333.32 are due on 2026-12-10; of 15,000 in
    # hand on 2026-11-26 stay 13,018.33, and 4,000 come on 2026-12-26
    terms = {"principal": 23_333.32, "daily_rate": 0.00045, "months": 14, "start": "2026-11-10"}
    terms |= {"cash_in_hand": 15_000, "monthly_surplus": 4_000, "offered": ["equal_principal"]}
    terms["offered"] += ["equal_instalment"]
    run = run_notebook("01_methods", as_of="2026-11-26", **terms)
    assert run.answers[0].figures["lowest_cash"].iloc[0] == 13_018.33
    read = read_text(
        "[loan]\nprincipal = 3万\ndaily_rate = 0.045%\nmonths = 18\nmethod = 等额本金\n"
        "start = 2026-07-10\n[history]\nas_of = 2026-11-26\n[cash]\ncash_in_hand = 15000\n"
    )
    filled = typed_into(parameters("01_methods"), read)
    assert (filled["start"], filled["as_of"]) == ("2026-11-10", "2026-11-26")
