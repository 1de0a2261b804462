"""What was entered in a notebook is refused under the names of its cell."""

import re
from typing import Any

import pytest

import jiebei as jb
from jiebei.notebook.parameters import check, day_in_life, repayment, rules
from tests.helpers.notebook_runner import cells, parameters, run_notebook
from tools.notebooks import NOTEBOOKS

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
FREE = {"lang", "export_to", "calendar_to"}  # checked where they are used
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
        ("00_start_here", {"principal": 5_000}, r"^repay_amount=20,000：2027年3月1日只欠本金¥3"),
        ("03_repay_early", {"months": 3}, r"^repay_on=2027年3月1日：借款从2026年12月1日起"),
        ("05_reborrow", {"repay_amount": 49_000}, r"^repay_amount=49,000："),
        ("04_extend", {"extend_on": "2028-01-01"}, r"^extend_on=2028年1月1日："),
    ],
)
def test_a_notebook_names_the_parameter(notebook: str, given: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        run_notebook(notebook, lang="zh", **given)
    jb.use("en")


@pytest.mark.parametrize("notebook", NAMES)
def test_every_parameter_has_a_rule_and_is_checked_first(notebook: str) -> None:
    entered = parameters(notebook)
    assert set(entered) - FREE <= set(rules())
    check(entered)
    second = cells(notebook)[1][0]
    assert "jb.use(lang)\nparameters.check(globals())" in second


@pytest.mark.parametrize("notebook", NAMES)
def test_the_comments_of_a_cell_say_what_the_rules_say(notebook: str) -> None:
    (source,) = (text for text, holds in cells(notebook) if holds)
    for line in source.splitlines():
        name, comment = line.split(" = ")[0], line.partition("  # ")[2]
        rule = rules().get(name, {})
        if said := re.findall(r"(?:, |; )([\d.,]+) to ([\d.,]+)(?=$|[;,:])", comment):
            ends = [float(each.replace(",", "")) for each in said[-1]]
            assert ends == [float(rule["least"]), float(rule["most"])], line
        if comment.endswith("more than 0"):
            assert float(rule["least"]) > 0, line
        if comment.endswith("0 or more"):
            assert float(rule["least"]) == 0, line


def wrong(value: Any) -> list[Any]:
    """Return what nobody can mean in the place of a value."""
    if isinstance(value, str):
        return ["abc", "", None]
    if isinstance(value, dict):
        return [[], "abc", None, 5]
    if isinstance(value, list):
        return ["abc", None]
    return [-1, "abc", "2%", None, float("nan"), float("inf"), [1, 2], True]


@pytest.mark.parametrize("name", rules())
def test_whatever_is_wrong_is_refused_by_its_name(name: str) -> None:
    (value, *_) = (given[name] for each in NAMES if name in (given := parameters(each)))
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
        ("08_negotiate", {"months": 3}, r"^offer 'pause': on 2027-06-01 no instalment lies ahead"),
        ("11_budget", {"repay_amount": 49_000}, r"^repay_amount=49,000: on 2027-03-01 only ¥38,1"),
        ("11_budget", {"extend_on": "2020-01-01"}, r"^extend_on=2020-01-01: "),
        ("11_budget", {"reborrow_on": "2027-01-01"}, r"^reborrow_on=2027-01-01: you repay on"),
    ],
)
def test_what_does_not_go_together_is_named(notebook: str, given: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        run_notebook(notebook, **given)
