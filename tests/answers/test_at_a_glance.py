"""My loan at a glance: the next payment, the last day, the cost, and each month's parts."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers.shared import at_a_glance as glance
from jiebei.answers.shared.at_a_glance import at_a_glance, by_month, coming, first_few
from jiebei.language.words import Words

TERMS = {"daily_rate": 0.0004, "start": "2026-12-01"}


def test_a_loan_in_instalments() -> None:
    # 1,000 owed for 31 days at 0.04 %, then half of it for 31 more: 12.40 and 6.20
    loan = jb.Loan(1_000, months=2, method="equal_principal", **TERMS)
    assert at_a_glance(loan).headline == (
        "Next you pay ¥512.40, on 2027-01-01; after 2 payments you are free of debt, on "
        "2027-02-01. Interest and fees come to ¥18.60 in all, "
        f"{loan.summary().effective_rate:.2%} a year in effect."
    )


def test_what_was_paid_already_is_not_told_again() -> None:
    loan = jb.Loan(1_000, months=3, method="equal_principal", **TERMS)
    early = loan.settle(on="2027-01-15")
    assert [each.key for each in at_a_glance(early).said.fields["parts"]] == [
        "answer.shared.glance_often",
        "answer.shared.glance_cost_rate",
    ]


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        ({"days": 7}, ["once", "cost_rate"]),
        ({"months": 2, "daily_rate": 0.0}, ["often", "free"]),
    ],
)
def test_one_payment_and_no_cost_have_sentences_of_their_own(
    terms: dict[str, float], keys: list[str]
) -> None:
    said = at_a_glance(jb.Loan(1_000, **(TERMS | terms))).said
    assert [each.key for each in said.fields["parts"]] == [
        f"answer.shared.glance_{key}" for key in keys
    ]


def test_the_picture_stacks_what_each_month_takes() -> None:
    loan = jb.Loan(1_000, months=2, method="equal_principal", **TERMS)
    ax = by_month(loan)
    assert isinstance(ax, Axes)
    heights = [[bar.get_height() for bar in bars] for bars in ax.containers]
    assert np.allclose(heights, [[500.0, 500.0], [12.4, 6.2]])
    assert ax.get_title() == ("Of the ¥1,019 that you pay, ¥18.60 is the price of the money: 1.8%")
    plt.close("all")


def test_a_last_payment_that_dwarfs_the_others_is_named_and_not_drawn() -> None:
    ax = by_month(jb.Loan(100_000, months=12, method="interest_only", **TERMS))
    assert isinstance(ax, Axes)
    assert [len(bars) for bars in ax.containers] == [11, 11]
    written = " ".join(text.get_text().replace("\n", " ") for text in ax.figure.findobj(plt.Text))
    assert "the last payment, ¥101,200 in Dec 2027" in written
    plt.close("all")


@pytest.mark.parametrize("terms", [{"days": 7}, {"months": 12, "daily_rate": 0.0}])
def test_where_there_is_nothing_to_see_it_is_a_sentence(terms: dict[str, float]) -> None:
    assert str(by_month(jb.Loan(1_000, **(TERMS | terms)))).endswith(".")


def test_the_next_six_and_the_last_are_shown() -> None:
    every = coming(jb.Loan(12_000, months=12, method="equal_principal", **TERMS))
    assert every.figures["closing"].tolist() == [1_000.0 * left for left in range(11, -1, -1)]
    assert every.figures["interest"].iloc[0] == 148.80  # 31 days of 0.04 % on 12,000
    few = first_few(every)
    assert few.table.index.tolist() == [1, 2, 3, 4, 5, 6, 12]
    assert few.note.startswith("Not shown: 5 payments in between")
    seven = coming(jb.Loan(12_000, months=7, **TERMS))
    assert first_few(seven) is seven


def test_of_a_loan_that_runs_only_what_is_ahead_is_told() -> None:
    # 2,000 owed in January; 500 go on the 15th with their 14 days: 31 days of 1,500, 28 of 750
    loan = jb.Loan(3_000, months=3, method="equal_principal", **TERMS).prepay(500, on="2027-01-15")
    assert coming(loan, "2027-01-20").figures["payment"].tolist() == [768.60, 758.40]
    headline = at_a_glance(loan, "2027-01-20").headline
    assert headline.startswith("Next you pay ¥768.60, on 2027-02-01; after 2 payments")
    assert "From now on, interest and fees come to ¥27.00" in headline


@pytest.mark.parametrize(
    ("paid", "is_one"),
    [
        ([100] * 5 + [501], True),
        ([100] * 5 + [500], False),  # five times as much: it can be seen beside them
        ([100, 400, 100, 100, 100, 1_500], False),  # the highest of the others counts
        ([501] + [100] * 5, False),  # it comes first
        ([100] * 4 + [501], False),  # few bars: all can be read
    ],
)
def test_a_balloon_is_last_and_more_than_five_times_any_other(
    paid: list[float], is_one: bool
) -> None:
    months = pd.DataFrame({"principal": paid, "interest": 0})
    assert glance._is_balloon(months) == is_one


@pytest.mark.parametrize(
    ("months", "key", "left_out"),
    [(["2026-12", "2027-01", "2027-02"], None, 0), (["2026-12", "2027-03"], "skipped", 2)],
)
def test_months_in_which_nothing_is_due_are_counted(
    months: list[str], key: str | None, left_out: int
) -> None:
    told = glance._every_month(pd.DataFrame(index=pd.DatetimeIndex(months)))
    assert told == (Words(f"answer.shared.glance_{key}", n=left_out) if key else "")
