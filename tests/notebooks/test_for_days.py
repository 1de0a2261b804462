"""A loan for some days goes wherever a page says so, and is refused in words elsewhere."""

import numpy as np
import pytest

import jiebei as jb
from tests.helpers.notebook_runner import parameters, run_notebook
from tools.stored import NOTEBOOKS

TAKE_DAYS = ("01_methods", "02_true_cost", "03_repay_early", "05_reborrow", "07_overdue")
OTHERS = [
    name
    for name in sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    if "months" in parameters(name) and name not in TAKE_DAYS
]


@pytest.mark.parametrize("name", OTHERS)
def test_elsewhere_it_is_refused_under_its_name(name: str) -> None:
    with pytest.raises(jb.JiebeiError, match=r"months='7 days'.*1 to 60"):
        run_notebook(name, months="7天")


def test_by_days_every_method_is_one() -> None:
    """By hand: 5,000 x 0.05 % x 7 = 17.50, due on the seventh day, by each of the five."""
    run = run_notebook("01_methods", months="7天", principal=5_000, daily_rate=0.0005)
    table = run.answers[0].figures
    assert (len(table), set(table["interest"])) == (5, {17.5})
    assert set(table["largest_payment"]) == {5_017.5}


def test_a_loan_for_days_is_repaid_early_by_days() -> None:
    """By hand: settled on the third of seven days, 7.50 instead of 17.50."""
    given = {"months": "7 days", "principal": 5_000, "daily_rate": 0.0005, "start": "2027-01-28"}
    run = run_notebook("03_repay_early", repay_amount=2_000, repay_on="2027-01-31", **given)
    table = run.namespace["answer"].figures
    assert [float(each) for each in table["interest"]] == [17.5, 13.5, 7.5]
    assert run.namespace["mine"].repay_on == "2027-01-31"


def test_one_day_late_costs_one_day_of_penalty() -> None:
    """By hand: 5,017.50 x 0.075 % = 3.76."""
    given = {"months": "7 days", "principal": 5_000, "daily_rate": 0.0005, "days_late": 1}
    run = run_notebook("07_overdue", late_instalment=1, **given)
    assert float(run.answers[0].figures["extra_cost"].iloc[0]) == 3.76


def test_a_new_loan_for_days_falls_due_then() -> None:
    run = run_notebook("05_reborrow", reborrow_months="3天", reborrow_amount=8_000, lang="zh")
    new = run.namespace["again"]().loans[-1]
    assert (new.summary().interest, new.summary().days_in_debt) == (9.6, 3)


def test_money_for_days_falls_due_then() -> None:
    """By hand: 30,000 x 0.04 % x 7 = 84 and 10,000 x 0.04 % x 7 = 28 on this line."""
    run = run_notebook("09_cheapest_money", needed_months="7 days", coupons=[])
    line = run.answers[0].figures.iloc[0]
    assert np.isclose(line["cost"], 112.0)
