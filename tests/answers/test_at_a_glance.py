"""My loan at a glance: the next payment, the last day, the cost, and each month's parts."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes

import jiebei as jb
from jiebei.answers.shared.at_a_glance import at_a_glance, by_month

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
        "answer.glance.often",
        "answer.glance.cost_rate",
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
    assert [each.key for each in said.fields["parts"]] == [f"answer.glance.{key}" for key in keys]


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
