"""What was entered in a notebook is refused under the names of its cell."""

import ast
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

import jiebei as jb
from jiebei.answers import credit_tiers, small_business
from jiebei.life.credit.rollover import rollover
from jiebei.life.credit.tiers import Borrower
from jiebei.life.shop.shop import Shop
from jiebei.notebook.numbers.sections import SETTINGS
from jiebei.notebook.numbers.writing import PAGE
from jiebei.notebook.parameters import check, day_in_life, read, repayment
from jiebei.notebook.rules import rules
from tests.helpers.notebook_runner import cells, parameters, run_notebook
from tools.stored import NOTEBOOKS, SETS
from tools.stored import read as read_page

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
FREE = {"export_to", "calendar_to"}  # checked where they are used
LOAN = jb.Loan(5_000, daily_rate=0.0004, months=3, start="2026-12-01")


@pytest.mark.parametrize(
    ("amount", "on", "words"),
    [
        (20_000, "2027-01-01", r"^repay_amount=20,000: on 2027-01-01 only ¥3,\d{3}\.\d\d of"),
        (1_000, "2027-03-01", r"^repay_on=2027-03-01: the loan runs from 2026-12-01 and is paid"),
        (1_000, "2026-11-30", r"^repay_on=2026-11-30: .* choose a day between them\.$"),
        (-1, "2027-01-01", r"^repay_amount=-1: "),
    ],
)
def test_an_early_repayment_that_the_loan_does_not_allow(amount: Any, on: str, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        repayment(LOAN, amount, on)


def test_all_that_is_owed_and_nothing_at_all_are_allowed() -> None:
    repayment(LOAN, 5_000, "2026-12-01")
    repayment(LOAN, 0, "2099-01-01")
    day_in_life(LOAN, "2027-03-01", "extend_on")  # before the instalment of that day


@pytest.mark.parametrize(
    ("notebook", "given", "words"),
    [
        (
            "00_start_here",
            {"principal": 5_000, "repay_amount": 19_000, "repay_on": "2027-03-02"},
            r"^提前还的本金（repay_amount）=19,000：2027年3月2日只欠本金¥3",
        ),
        (
            "03_repay_early",
            {"months": 3, "repay_on": "2027-03-02"},
            r"^repay_on=2027年3月2日：借款从2026年12月1日起",
        ),
        (
            "05_reborrow",
            {"repay_amount": 49_000, "repay_on": "2027-03-02"},
            r"^提前还的本金（repay_amount）=49,000：",
        ),
        ("04_extend", {"extend_on": "2028-01-01"}, r"^extend_on=2028年1月1日："),
    ],
)
def test_a_notebook_names_the_parameter(notebook: str, given: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        run_notebook(notebook, lang="zh", **given)


@pytest.mark.parametrize("notebook", NAMES)
def test_every_parameter_has_a_rule_and_is_checked_first(notebook: str) -> None:
    entered = parameters(notebook)
    assert set(entered) <= set(rules())
    check({name: each for name, each in entered.items() if each != ""})  # may be left open
    set_up = cells(notebook)[2][0]
    assert re.search(r"\nparameters\.read\(globals\(\), \w+\.EXAMPLE\)\n?", set_up)


def comments(notebook: str, lang: str) -> dict[str, str]:
    """Return what a grey cell says of each parameter."""
    (source,) = (text for text, holds in cells(notebook, lang) if holds)
    lines = [line.partition(" = ") for line in source.splitlines()]
    return {
        name: rest.partition("  # ")[2]
        for name, assigns, rest in lines
        if assigns and name.isidentifier()
    }


@pytest.mark.parametrize("name", rules())
def test_what_the_table_says_of_a_parameter_is_said_in_both_languages(name: str) -> None:
    rule = rules()[name]
    for comment in rule.comments.values():
        assert re.search("[一-鿿]", comment.zh)
        assert re.search("[a-z]", comment.en)
        assert ("{range}" in comment.zh) == ("{range}" in comment.en)
        if rule.most is not None:
            assert not re.search(r"\d到\d", comment.zh), "a range stands in its columns"
        if rule.kind in ("term", "daily rate", "share", "multiple"):
            assert "{range}" in comment.zh, "it does not say what it may be"


def test_a_page_with_words_of_its_own_has_the_parameter() -> None:
    pages = {page.partition("_")[2]: parameters(page) for page in NAMES}
    for name, rule in rules().items():
        assert name in SETTINGS or any(name in given for given in pages.values()), name
        assert all(name in pages[page] for page in rule.comments if page not in ("", PAGE)), name


@pytest.mark.parametrize("name", rules())
def test_how_a_value_is_typed_is_understood_and_allowed(name: str) -> None:
    cell = {name: ast.literal_eval(rules()[name].typed.split(" * ")[0])}
    read(cell, cell)


@pytest.mark.parametrize("name", [name for name, rule in rules().items() if rule.slide])
def test_a_slider_goes_no_further_than_what_may_be(name: str) -> None:
    rule = rules()[name]
    assert rule.slide
    assert rule.slide.least < rule.slide.most
    for each in (rule.slide.least, rule.slide.most):
        check({name: each})


TERMS: dict[str, Any] = {"daily_rate": 0.0004, "months": 12, "start": "2026-12-01"}


def loan(**terms: Any) -> jb.Loan:
    return jb.Loan(**({"principal": 5_000} | TERMS | terms))


def borrower(**given: Any) -> Borrower:
    names = ("principal", "months", "method", "start", "reborrow_amount", "reborrow_every")
    more = ("past_months", "lenders", "fallback_rate", "penalty_multiple")
    return Borrower(*((credit_tiers.EXAMPLE | given)[name] for name in (*names, *more)))


def shop(**given: Any) -> Shop:
    names = ("sales", "goods_share", "fixed_costs", "customer_days", "supplier_days", "stock_days")
    return Shop(*((small_business.EXAMPLE | given)[name] for name in (*names, "start")))


TERM = ("months", "reborrow_months", "needed_months", "new_loan_months", "season_months")
RATE = ("daily_rate", "reborrow_rate", "fallback_rate")
OWN = ("principal", "prepay_fee_rate", "penalty_multiple", "grace_days", "accelerate_after")
OWN += ("due_day", "shortest_first_period", "interest_only_months", "drawdown_fee")
OWN += ("instalment_fee",)
RULES: dict[str, Callable[[str, Any], Any]] = {  # who else refuses a parameter
    **dict.fromkeys(TERM, lambda _, value: loan(months=value)),
    **dict.fromkeys(RATE, lambda _, value: loan(daily_rate=value)),
    **dict.fromkeys(OWN, lambda name, value: loan(**{name: value})),
    "extend_months": lambda _, value: LOAN.extend(value, on="2027-01-15"),
    "extend_rate_rise": lambda _, value: LOAN.reprice(value, on="2027-01-15"),
    "days_late": lambda _, value: LOAN.pay_late(1, days=value),
    "roll_months": lambda _, value: rollover(LOAN, value),
    **dict.fromkeys(
        ("reborrow_every", "past_months", "lenders"),
        lambda name, value: borrower(**{name: value}),
    ),
    **dict.fromkeys(
        ("customer_days", "supplier_days", "stock_days"),
        lambda name, value: shop(**{name: value}),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_the_table_ends_where_the_rule_does(name: str) -> None:
    """One rule, one place: what the cell allows is what the loan, the tier or the shop allows."""
    rule, give = rules()[name], RULES[name]
    step = {"yuan": 0.01, "daily rate": 0.0001, "share": 0.01, "multiple": 0.1}.get(rule.kind, 1)
    for last, beyond in ((rule.least, -step), (rule.most, step)):
        if last is None:
            continue
        for asked in (give, lambda name, value: check({name: value})):
            asked(name, last)
            with pytest.raises(jb.JiebeiError):
                asked(name, last + beyond)


@pytest.mark.parametrize("notebook", NAMES)
def test_money_in_hand_says_of_which_day_and_a_surplus_before_which_payment(notebook: str) -> None:
    said = comments(notebook, "zh")
    for name, english in comments(notebook, "en").items():
        chinese = said[name]
        if name.startswith("cash_"):
            assert re.search(
                "放款那天（或上一个还款日）|前一天|第一笔用掉之后|今天手里", chinese
            ), name
            assert re.search(
                r"day of the drawdown \(or the last due day\)|eve|after|day before|in hand today",
                english,
            ), name
        if name.endswith(("_surplus", "surplus_then", "surplus_now")):
            assert re.search("还这(笔借款|几笔)之前", chinese), name
            assert re.search("before .* (is|are) paid", english), name


@pytest.mark.parametrize("notebook", NAMES)
def test_a_loan_that_runs_already_has_its_line(notebook: str) -> None:
    at_the_drawdown = notebook[:2] in ("01", "09", "10")
    knows_the_rest = notebook[:2] in ("12", "16")  # it asks for what is still owed anyway
    is_the_lenders = notebook[:2] in ("14", "15")  # its plan, its book
    expected = not at_the_drawdown and not knows_the_rest and not is_the_lenders
    lines = {
        "en": r"\*\*Already repaying\?\*\* Give the principal still owed",
        "zh": r"\*\*已经还了几期？\*\* 借款本金（`principal`）填\w*剩余本金，期限（`months`）",
    }
    for lang, line in lines.items():
        said = [each.source for each in read_page(SETS[lang] / f"{notebook}.ipynb").cells]
        assert any(re.search(line, each) for each in said) == expected, lang


def wrong(value: Any) -> list[Any]:
    """Return what nobody can mean in the place of a value."""
    if isinstance(value, str):
        return ["abc", "", None]
    if isinstance(value, dict):
        return [[], "abc", None, 5]
    if isinstance(value, list):
        return ["abc", None]
    return [-1, "abc", "2%", None, float("nan"), float("inf"), [1, 2], True]


@pytest.mark.parametrize("name", sorted(set(rules()) - FREE - {"record", "statement"}))
def test_whatever_is_wrong_is_refused_by_its_name(name: str) -> None:
    typed = {name: ast.literal_eval(rules()[name].typed)} if name in SETTINGS else {}
    (value, *_) = (each[name] for each in (typed, *map(parameters, NAMES)) if name in each)
    many = name in ("monthly_income", "monthly_expenses", "other_loans", "shop_expenses")
    for each in wrong(value)[: -2 if many else None]:
        if name in {"start", "repay_on"} and each == 5:
            continue  # days after the drawdown
        with pytest.raises(jb.JiebeiError, match=rf"^{name}\W"):
            check({name: each})


@pytest.mark.parametrize("name", ["late_loans", "coupons", "other_offers", "other_debts"])
def test_a_list_of_what_is_none_is_shown_how_to_write_it(name: str) -> None:
    with pytest.raises(jb.JiebeiError, match=rf"^{name}=1: give {name} in this form: \[\{{"):
        check({name: [1]})


@pytest.mark.parametrize(
    ("notebook", "given", "words"),
    [
        ("08_negotiate", {"offer_on": "2050-01-01"}, r"^offer_on=2050-01-01: by then the loan is"),
        (
            "11_budget",
            {"repay_amount": 49_000, "repay_on": "2027-03-02"},
            r"^repay_amount=49,000: on 2027-03-02 only ¥38,1",
        ),
        ("11_budget", {"extend_on": "2020-01-01"}, r"^extend_on=2020-01-01: "),
        ("11_budget", {"reborrow_on": "2027-01-01"}, r"^reborrow_on=2027-01-01: you repay on"),
    ],
)
def test_what_does_not_go_together_is_named(notebook: str, given: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        run_notebook(notebook, **given)


def test_the_first_wrong_parameter_is_that_which_stands_first_in_the_cell() -> None:
    with pytest.raises(jb.JiebeiError, match=r"^principal=0: "):
        run_notebook("03_repay_early", cash_in_hand=-1, principal=0, daily_rate=-1)


def test_a_parameter_that_is_missing_is_named_with_its_line() -> None:
    cell = {"principal": 30_000, "start": "2026-07-10"}
    with pytest.raises(jb.JiebeiError) as refused:
        read(cell, {"principal": 50_000, "months": 12, "start": "2026-12-01"})
    assert str(refused.value) == (
        "The grey cell was not run, or a line of it was refused: do first what the message below "
        "it says. If you deleted a line, put it back: months = 12."
    )


def test_names_that_later_cells_give_disturb_nothing() -> None:
    cell = {"months": 12, "order": jb, "need": pytest, "principal": "３万"}
    read(cell, {"principal": 50_000, "months": 12})
    assert cell == {"months": 12, "order": jb, "need": pytest, "principal": 30_000}


@pytest.mark.parametrize(
    ("notebook", "given", "value"),
    [
        ("00_start_here", {"repay_on": 90, "reborrow_on": 120}, "2027-03-01"),
        ("03_repay_early", {"repay_on": 90}, "2027-03-01"),
        ("03_repay_early", {"repay_on": 20270301}, "2027-03-01"),
        ("03_repay_early", {"repay_on": "2027年3月1日"}, "2027-03-01"),
        ("04_extend", {"extend_on": 90}, "2027-03-01"),
        ("04_extend", {"extend_on": dt.date(2027, 3, 1)}, "2027-03-01"),
        ("05_reborrow", {"reborrow_on": 120}, "2027-03-31"),
    ],
)
def test_days_after_the_drawdown_are_days(notebook: str, given: Any, value: str) -> None:
    (name, *_) = given
    as_a_date = run_notebook(notebook, **(given | {name: value}))
    run = run_notebook(notebook, **given)
    assert run.namespace[name] in (value, given[name])
    assert run.text == as_a_date.text


def test_a_day_of_the_drawdown_is_a_date() -> None:
    for start in (90, 0):
        with pytest.raises(jb.JiebeiError, match=rf"^start={start}: give a date, '2026-12-01'"):
            run_notebook("03_repay_early", start=start)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            "Mind: daily_rate = 0.0045 is 0.450% a day, 164.25% a year. Public pages name 0.015% "
            "to 0.060% a day for this line. Is a nought missing? 0.00045 is 0.045%.",
        ),
        (
            "zh",
            "请留意：daily_rate = 0.0045 即日利率0.450%，一年164.25%。公开资料里这类额度的日利率是"
            "0.015%到0.060%。是不是少写了一个0？0.00045 才是0.045%。",
        ),
    ],
)
def test_a_rate_that_is_hardly_meant_is_computed_with_a_caution(lang: str, words: str) -> None:
    run = run_notebook("03_repay_early", lang=lang, daily_rate=0.0045)
    assert run.printed.startswith(words + "\n")
    assert run.answers
    assert "Mind" not in run_notebook("03_repay_early", daily_rate=0.001).printed


def test_a_rate_in_a_list_is_looked_at_as_well() -> None:
    debts = [{"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0011}]
    printed = run_notebook("12_many_lenders", other_debts=debts).printed
    assert printed.startswith(
        "Mind: other_debts: card daily_rate = 0.0011 is 0.110% a day, 40.15% a year."
    )
    assert "Is a nought missing? 0.00011" not in printed
