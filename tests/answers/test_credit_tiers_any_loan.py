"""Credit tiers for loans of every kind: what a line does not lend is not taken for its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from jiebei.answers import credit_tiers
from jiebei.language.words import Words, say
from jiebei.life.credit.years import years
from tests.answers.test_credit_tiers import NO_COST, YOURS, ways
from tests.helpers.said import says
from tests.truth import told

LONG = replace(YOURS, months=36)  # no tier lends so long
ONCE = replace(YOURS, method="bullet")


pytestmark = pytest.mark.usefixtures("lang")


SENTENCES: list[tuple[str, Callable[[], Any]]] = [
    ("no_tier", lambda: credit_tiers.tier_chart(LONG)),
    ("nothing_due", lambda: credit_tiers.answer(LONG, ways()).headline),
    ("nothing_due", lambda: credit_tiers.late.by_days(LONG, 6, 5, 36).headline),
    ("nothing_due", lambda: credit_tiers.late.depends(LONG, ways()).headline),
    ("nothing_due", lambda: credit_tiers.late.by_month(LONG, 5, 36)),
    ("month_none", lambda: credit_tiers.late.by_month(NO_COST, 5, 36)),
    ("line_no_picture", lambda: credit_tiers.line.chart(LONG, 36)),
]


@pytest.mark.parametrize(("key", "ask"), SENTENCES)
def test_where_the_line_lends_nothing_it_is_said(key: str, ask: Callable[[], Any]) -> None:
    assert says(f"answer.credit_tiers.{key}", str(ask()))


def test_a_tier_that_does_not_lend_is_named_so() -> None:
    """Over 12 months the lowest tier lends nothing: its row is another lender's loan."""
    table = credit_tiers.by_tier(YOURS).table
    lends = table["elsewhere"] < 50_000
    assert lends.any()
    assert not lends.all()
    drawn = "".join(text.get_text() for text in credit_tiers.tier_chart(YOURS).texts)
    named = say("answer.credit_tiers.at_elsewhere", tier=table.index[~lends][0], rate="0.065%")
    assert "".join(named.split()) in "".join(drawn.split())


def test_only_what_fell_due_is_late() -> None:
    """Six months, all at the end, borrowed every three: due in months 6, 9 and 12."""
    once = replace(YOURS, method="bullet", months=6, again_every=3)
    headline = credit_tiers.answer(once, ways(days=20, every=1)).headline
    assert any(each in headline for each in ("late 3 times", "逾期3次"))


@pytest.mark.parametrize(("month", "rows"), [(24, 1), (25, 0)])
def test_a_year_later_never_wraps_to_the_front(month: int, rows: int) -> None:
    table = credit_tiers.late.depends(YOURS, ways(month=month)).table
    assert list(table.index).count(say("answer.credit_tiers.case_later")) == rows


def test_the_example_is_fitted_to_the_loan() -> None:
    cell = dict(credit_tiers.EXAMPLE)
    assert credit_tiers.fitted(YOURS, cell).said is None
    assert credit_tiers.fitted(ONCE, cell).late_month == 12
    later = credit_tiers.fitted(replace(YOURS, start="2030-03-31"), cell)
    assert later.limit_cut_on == "2030-10-31"
    assert credit_tiers.fitted(ONCE, cell | {"late_month": 5}).late_month == 5
    assert np.array_equal(credit_tiers.fitted(LONG, cell).late_month, 6)


def test_where_nothing_falls_due_no_table_of_zeros_stands() -> None:
    late = credit_tiers.histories(3, 5, 6, 4)
    for found in (
        credit_tiers.answer(LONG, late),
        credit_tiers.late.depends(LONG, late),
        credit_tiers.late.by_days(LONG, 6, 5, 36),
    ):
        assert found.table.empty
        assert repr(found) == found.headline
        assert "<table" not in found._repr_html_()
    assert credit_tiers.line.one_fen_more(LONG) == Words("answer.credit_tiers.line_none")


def test_what_falls_due_while_a_payment_is_late_is_paid_with_it() -> None:
    """Every payment 45 days late: a spell takes the next bill with it, so every other month."""
    found = years(YOURS, np.full((1, 12), 45))
    assert np.flatnonzero(found.counted_late[0]).tolist() == [1, 3, 5, 7, 9, 11]
    once = years(YOURS, np.eye(1, 12, dtype=np.int64) * 45)
    assert found.penalty.sum() > 3 * once.penalty.sum()


def test_the_last_payment_is_seen_by_no_due_date() -> None:
    found = credit_tiers.late.by_days(YOURS, 36, 5, 36)
    assert found.said == Words("answer.credit_tiers.days_end")
    assert "lowest_score" not in found.figures


def test_one_drawdown_waits_for_no_repayment() -> None:
    alone = replace(YOURS, again_amount=0)
    found = credit_tiers.line.answer(alone, 36, 30, 0.9, "2027-07-15", 1)
    assert [each.key for each in told(found.said)] == [
        "answer.credit_tiers.line_usual_one",
        "answer.credit_tiers.line_cut_after",
    ]
