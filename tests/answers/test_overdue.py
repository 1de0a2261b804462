"""Paying late: the figures against sums done by hand, and every sentence reached."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

import jiebei as jb
from jiebei.answers import overdue
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, apart, say, written
from jiebei.life.late import catching_up, repair
from jiebei.life.late.catching_up import Means
from jiebei.life.late.costs import Elsewhere, late_cost
from jiebei.life.late.when_short import Extension
from jiebei.notebook.fit import Fit
from jiebei.notebook.so_far import so_far
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
CALLED = replace(LOAN, accelerate_after=60)
BULLET = jb.Loan(10_000, daily_rate=0.0004, months=1, method="bullet", start="2026-12-01")
AT_18 = Elsewhere(0.18)
SHORT = Means(3_000, 2, 7_000)
ROWS = [
    {"name": "A", "principal": 20_000, "daily_rate": 0.0005, "months": 12},
    {"name": "B", "principal": 12_000, "daily_rate": 0.0003, "months": 6, "accelerate_after": 60},
    {"name": "C", "principal": 8_000, "daily_rate": 0.0004, "months": 6},
]
PLAIN = [{key: value for key, value in row.items() if key != "accelerate_after"} for row in ROWS]


def half_up(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


def fen(amount: float) -> Decimal:
    return Decimal(str(amount))


def days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


# ---- what it costs -------------------------------------------------------------------------------


def test_an_instalment_that_does_not_exist_is_refused(lang: str) -> None:
    with pytest.raises(JiebeiError, match="late_instalment") as refused:
        late_cost(LOAN, 13, 1)
    assert says("error.overdue.instalment", str(refused.value))


# ---- the answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loan", "days", "elsewhere", "text"),
    [
        (
            LOAN,
            30,
            AT_18,
            "Paying instalment 3 late by 30 days, on 2027-03-31, costs ¥81.06 more than paying on "
            "time on 2027-03-01. The same days at the contract rate would cost ¥48.37; the other "
            "¥32.69 is the price of being late. Borrowing elsewhere at 18.00% a year to pay on "
            "time would cost ¥61.68, ¥19.38 less. Elsewhere is cheaper below 24.24% a year.",
        ),
        (LOAN, 0, AT_18, "Instalment 3, paid on its due day 2027-03-01, costs nothing more."),
        (
            replace(LOAN, grace_days=7),
            5,
            AT_18,
            "Paying instalment 3 late by 5 days, on 2027-03-06, costs nothing more than paying on "
            "time on 2027-03-01: that is within the 7 days of grace that you entered. Borrowing "
            "elsewhere at 18.00% a year to pay on time would cost ¥10.22, ¥10.22 more. Up to "
            "7 days late it is cheaper to pay late, after that elsewhere (looked at up to 180 "
            "days late).",
        ),
        (
            replace(LOAN, penalty_multiple=0.0),
            30,
            Elsewhere(0.0),
            "Paying instalment 3 late by 30 days, on 2027-03-31, costs nothing more than paying on "
            "time on 2027-03-01: at these terms no penalty comes to a fen. It counts as late all "
            "the same. Borrowing elsewhere at 0.00% a year to pay on time would cost ¥0: the same.",
        ),
        (
            replace(LOAN, penalty_multiple=0.5, accelerate_after=30),
            90,
            AT_18,
            "Paying instalment 3 late by 90 days, on 2027-05-30, costs ¥229 less than paying on "
            "time on 2027-03-01: the penalty you entered is lower than the contract interest",
        ),
        (
            CALLED,
            90,
            Elsewhere(0.3, 20),
            "Paying instalment 3 late by 90 days, on 2027-05-30, costs ¥662 more than paying on "
            "time on 2027-03-01. Missed besides by then, and counted in: 1 instalment. After "
            "60 days the whole loan is due (acceleration): the penalty then runs on all of it, and "
            "on 2027-05-30 all of it has to be paid, ¥44,551. The same days at the contract "
            "rate would cost ¥288; the other ¥374",
        ),
        (
            replace(LOAN, penalty_multiple=1.0, penalty_on="principal"),
            30,
            AT_18,
            "Paying instalment 3 late by 30 days, on 2027-03-31, costs ¥48.37 more than paying on "
            "time on 2027-03-01. That is just what the same days cost at the contract rate.",
        ),
        (
            replace(LOAN, penalty_multiple=0.5, penalty_on="principal"),
            30,
            AT_18,
            "Paying instalment 3 late by 30 days, on 2027-03-31, costs ¥24.18 more than paying on "
            "time on 2027-03-01. The same days at the contract rate would cost ¥48.37, ¥24.19 more",
        ),
    ],
)
def test_the_answer(lang: str, loan: jb.Loan, days: int, elsewhere: Elsewhere, text: str) -> None:
    headline = overdue.answer(loan, 3, days, elsewhere).headline
    assert headline.startswith(text) if lang == "en" else headline.endswith("。")


@pytest.mark.parametrize(
    ("loan", "days", "elsewhere", "key"),
    [
        (LOAN, 30, Elsewhere(0.18, 30), "until_late"),
        (LOAN, 30, Elsewhere(0.18, 30), "flip_fee"),
        (LOAN, 30, Elsewhere(0.3), "elsewhere_dearer"),
        (LOAN, 180, Elsewhere(0.236), "until_elsewhere"),
        (replace(LOAN, grace_days=3), 30, Elsewhere(0.24), "until_several"),
    ],
)
def test_rarer_sentences(
    lang: str, loan: jb.Loan, days: int, elsewhere: Elsewhere, key: str
) -> None:
    headline = overdue.answer(loan, 3, days, elsewhere).headline
    assert says(f"answer.overdue.{key}", headline)


@pytest.mark.parametrize("bad", ["thirty", 30.5, -1])
def test_bad_days_are_refused_by_the_name_of_the_parameter(lang: str, bad: Any) -> None:
    shown = f"{bad:g}" if not isinstance(bad, str) else repr(bad)
    with pytest.raises(JiebeiError) as mistake:
        overdue.answer(LOAN, 3, bad, AT_18)
    assert str(mistake.value).startswith(f"days_late={shown}")


def test_a_loan_with_nothing_left_to_call_is_not_said_to_be_called() -> None:
    sooner = CALLED.but(accelerate_after=30)
    assert "all of it has to be paid, ¥43,223." in overdue.answer(sooner, 3, 31, AT_18).headline
    due = say("answer.overdue.called", after="60 days", day="", then="").partition(":")[0]
    assert due in overdue.answer(CALLED, 3, 90, AT_18).headline
    assert due not in overdue.answer(CALLED, 12, 90, AT_18).headline
    assert (
        due not in overdue.answer(replace(CALLED, months=1, method="bullet"), 1, 90, AT_18).headline
    )


def test_with_no_delay_every_way_can_be_paid() -> None:
    assert (ways(days=0, can_pay=2_000).table["holds_that_day"] == say("answer.yes")).all()


def test_the_table_is_what_its_columns_say() -> None:
    table = overdue.answer(LOAN, 3, 30, AT_18).table
    shown = [int(each.split()[0]) for each in table.index]
    assert shown == [1, 7, 30, 31, 60, 90, 180]
    assert table["extra_cost"].to_list() == late_cost(LOAN, 3, shown).cost.tolist()
    assert table["also_missed"].str.split().str[0].to_list() == ["0", "0", "0", "0", "1", "2", "5"]


def test_the_table_tells_from_which_day_on_all_of_it_is_called() -> None:
    called = overdue.answer(CALLED, 3, 30, AT_18).table["also_missed"]
    assert (called == say("answer.overdue.all_called")).to_list() == 4 * [False] + 3 * [True]


@pytest.mark.parametrize(
    ("loan", "days", "key"),
    [
        (LOAN, 30, "extra"),
        (LOAN, 0, "nothing"),
        (replace(LOAN, penalty_multiple=1.0, penalty_on="principal"), 30, "plain"),
        (replace(CALLED, penalty_multiple=0.5), 150, "spares"),
        (CALLED, 90, "extra"),
    ],
)
def test_why(lang: str, loan: jb.Loan, days: int, key: str) -> None:
    ax = overdue.why(loan, 3, days)
    if isinstance(ax, Words):
        assert says(f"answer.overdue.why_{key}", ax)
        assert key == "nothing"
        return
    assert says(f"answer.overdue.why_{key}", ax.get_title())
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights[:-1]) == pytest.approx(heights[-1], abs=0.005)
    assert heights[-1] == pytest.approx(late_cost(loan, 3, days).cost, abs=0.005)
    colours = [bar.get_facecolor() for bar in ax.patches]
    assert colours[1] == colours[-1]  # what is paid anyway is not the price of being late
    assert colours[2] != colours[1] or len(colours) == 3
    assert_texts_apart(ax.figure)
    plt.close(ax.figure)


# ---- day by day, what it depends on, where it turns ----------------------------------------------


@pytest.mark.parametrize("days", [0, 30, 400])
def test_day_by_day(lang: str, days: int) -> None:
    ax = overdue.flips.by_day(LOAN, 3, days, AT_18)
    late = ax.lines[0]
    x, y = (np.asarray(each, float) for each in late.get_data())
    assert np.allclose(y, late_cost(LOAN, 3, x.astype(int)).cost)
    assert x[0] == 0
    assert x[-1] >= max(days, 120)
    assert_texts_apart(ax.figure)
    plt.close(ax.figure)


def test_depends_changes_one_thing(lang: str) -> None:
    answer = overdue.flips.depends(LOAN, 3, 30)
    assert says("answer.overdue.depends_most", answer.headline)
    assert says("answer.overdue.depends_day", answer.headline)
    assert says("answer.overdue.grace_helps", answer.headline)
    case = say("answer.overdue.case_multiple", times="1.3")
    lower = late_cost(replace(LOAN, penalty_multiple=1.3), 3, 30).cost
    assert answer.table.loc[case, "extra_cost"] == lower
    assert answer.table.loc[case, "change"] == pytest.approx(lower - 81.06)


def test_grace_is_not_ranked_among_the_rules_that_are_contested() -> None:
    headline = overdue.flips.depends(LOAN, 3, 30).headline
    assert headline.startswith(
        "Of the contested rules, this weighs most here: penalty at 1.0 times the rate (−¥27.02). "
        "One day more costs ¥2.70 more."
    )


def test_what_it_depends_on_in_other_cases(lang: str) -> None:
    less = overdue.flips.depends(replace(CALLED, penalty_multiple=0.5), 3, 70)
    assert says("answer.overdue.depends_day_less", less.headline)
    # April 2027 falls due 31 of the 45 days later: 4,503.11 x 0.06 % x 14 days
    found = overdue.flips.depends(LOAN, 3, 45)
    assert says("answer.overdue.grace_part", found.headline)
    assert found.table["change"].iloc[5:7].tolist() == [-37.83, -37.83]
    one = overdue.flips.depends(replace(BULLET, daily_rate=0.0004), 1, 45)
    assert says("answer.overdue.grace_useless", one.headline)
    free = replace(LOAN, daily_rate=0.0)
    assert says("answer.overdue.depends_same", overdue.flips.depends(free, 3, 30).headline)


def test_the_gauge_shows_the_reader_where_the_answer_does() -> None:
    ax = overdue.flips.gauge(LOAN, 3, 30, AT_18)
    assert isinstance(ax, Axes)
    assert ax.get_title() == (
        'Effective rate elsewhere a year: at 18%, "borrow elsewhere" is better by ¥19.38; '
        'above 24.2%, "pay late" is better'
    )
    assert_texts_apart(ax.figure)
    plt.close(ax.figure)


# ---- not enough on the due day -------------------------------------------------------------------


def ways(
    loan: jb.Loan = LOAN,
    days: int = 30,
    can_pay: float = 2_000,
    months: int = 6,
    instalment: int = 3,
    **more: Any,
) -> Any:
    given = {"elsewhere": AT_18, "savings_rate": 0.02} | more
    extension = Extension(months)
    return overdue.ways.answer(loan, instalment, days, can_pay, extension, **given)


def test_a_part_payment_spares_its_own_penalty() -> None:
    table = ways().table["extra_cost"]
    assert table[say("strategy.pay_late")] == 81.06
    assert table[say("strategy.pay_part")] == half_up(fen(2_503.11) * Decimal("0.018"))
    assert table[say("strategy.pay_interest")] == half_up(fen(4_030.63) * Decimal("0.018"))


def test_the_fee_of_an_extension_is_a_cost_of_it() -> None:
    name = say("strategy.extend")
    free, charged = (
        overdue.ways.answer(LOAN, 3, 30, 2_000, Extension(6, fee), AT_18, 0.02).table
        for fee in (0.0, 100.0)
    )
    assert charged["extra_cost"][name] - free["extra_cost"][name] == pytest.approx(100)


def test_what_a_way_leaves_is_told_to_the_fen() -> None:
    left = ways().table["net_benefit"]
    assert [round(each, 2) for each in left] == [*left]


def test_elsewhere_lends_only_what_is_missing() -> None:
    row = ways().table.loc[say("strategy.elsewhere")]
    cost = 2_503.11 * (1.18 ** (30 / 365) - 1)
    earned = 2_503.11 * (1.02 ** (30 / 365) - 1)
    assert row["extra_cost"] == pytest.approx(cost, abs=0.005)
    assert row["net_benefit"] == pytest.approx(earned - cost, abs=0.005)
    assert row["cash_needed"] == 2_000
    assert row["payment_then"] == pytest.approx(2_503.11 + cost, abs=0.005)


def test_an_extension_that_ends_before_the_rest_comes_is_not_carried(lang: str) -> None:
    """Extended by 3 months 9,000 fall due on 2027-05-31; the rest comes on 2027-06-08."""
    loan = jb.Loan(9_000, daily_rate=0.0003, months=6, start="2026-08-31", method="interest_only")
    answer = ways(loan, 100, 4_000, 3, 6, savings_rate=0.0)
    assert answer.table.loc[say("strategy.extend"), "holds_that_day"] == say("answer.no")
    assert says("answer.overdue.way_no_extension_later", answer.headline)
    longer = ways(loan, 80, 4_000, 3, 6, savings_rate=0.0)  # before it falls due
    assert longer.table.loc[say("strategy.extend"), "holds_that_day"] == say("answer.yes")


def test_an_extension_costs_the_contract_rate_on_what_it_postpones() -> None:
    table = ways().table
    extended = table.loc[say("strategy.extend")]
    postponed = 4_503.11 - extended["cash_needed"]
    assert extended["extra_cost"] == pytest.approx(postponed * 0.0004 * 30, abs=0.01)


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ({}, ["way_clean_costs", "way_no_extension", "part_spares"]),
        ({"can_pay": 5_000, "savings_rate": 0.0}, ["way_on_time", "part_whole"]),
        ({"elsewhere": Elsewhere(0.0), "savings_rate": 0.0}, ["way_clean_same"]),
        ({"loan": replace(LOAN, grace_days=30)}, ["way_grace_gains", "part_grace"]),
        ({"loan": replace(LOAN, grace_days=30), "savings_rate": 0.0}, ["way_grace_same"]),
        ({"elsewhere": Elsewhere(0.0)}, ["way_clean_gains"]),
        ({"loan": replace(LOAN, accelerate_after=30), "days": 31}, ["way_called"]),
        ({"days": 0, "can_pay": 2_000}, ["way_no_delay"]),
        ({"months": 0, "can_pay": 0}, ["way_clean_costs"]),
        (
            {"loan": replace(LOAN, penalty_multiple=0.0)},
            ["way_clean_costs", "way_cheapest", "part_nothing"],
        ),
    ],
)
def test_which_way(lang: str, given: dict[str, Any], keys: list[str]) -> None:
    headline = ways(**given).headline
    assert [key for key in keys if not says(f"answer.overdue.{key}", headline)] == []
    assert says("answer.overdue.way_no_extension", headline) == ("way_no_extension" in keys) or (
        given.get("months") != 0
    )


def test_a_part_payment_by_the_order_of_payment(lang: str) -> None:
    """On principal only, money that goes to interest first spares nothing until that is paid."""
    answer = overdue.ways.orders(LOAN, 3, 30, 300)
    at_once = answer.table["spared_at_once"].to_list()
    assert at_once == [5.4, 5.4, 0.0, 5.4]  # 300 x 0.06 % x 30 days
    assert says("answer.overdue.rules_apart", answer.headline)
    assert says("answer.overdue.rules_nothing", overdue.ways.orders(LOAN, 3, 0, 300).headline)
    free = replace(LOAN, penalty_multiple=0.0)
    assert says("answer.overdue.rules_nothing", overdue.ways.orders(free, 3, 30, 300).headline)


# ---- the record and the court --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loan", "days", "keys"),
    [
        (LOAN, 0, ["record_clean"]),
        (LOAN, 30, ["record_now", "record_next", "record_until", "record_repair_arose", "stage_1"]),
        (LOAN, 1, ["record_now", "record_contested", "record_until"]),
        (LOAN, 31, ["record_now", "record_next", "stage_31"]),
        (LOAN, 91, ["record_now", "stage_91"]),
        (LOAN, 3, ["record_contested"]),
        (LOAN, 4, ["record_now"]),
        (replace(LOAN, grace_days=7), 3, ["record_grace"]),
    ],
)
def test_the_record(lang: str, loan: jb.Loan, days: int, keys: list[str]) -> None:
    answer = overdue.record.record(loan, 3, days)
    missing = [key for key in keys if not says(f"answer.overdue.{key}", answer.headline)]
    assert missing == []
    assert says("answer.overdue.record_next", answer.headline) == (0 < days <= 90)
    contested = says("answer.overdue.record_contested", answer.headline)
    assert contested == (0 < days <= 3 and loan.grace_days == 0)
    assert (
        answer.table["extra_cost"].iloc[:3].to_list()
        == late_cost(loan, 3, [30, 60, 90]).cost.tolist()
    )


def test_the_record_is_kept_for_five_years() -> None:
    assert "until 2032-03-31" in overdue.record.record(LOAN, 3, 30).headline
    leap = jb.Loan(1_000, daily_rate=0.0004, months=1, start="2028-01-01")
    assert "until 2033-02-28" in overdue.record.record(leap, 1, 28).headline


def test_a_small_delay_of_2025_that_was_repaid_is_not_shown_any_more() -> None:
    old = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2025-06-01")
    headline = overdue.record.record(old, 3, 30).headline
    assert says("answer.overdue.record_repaired", headline)
    assert "2030" not in headline
    # all that was overdue on the day it was repaid, the instalment of that day aside
    assert repair.delay(old, 3, 30).most == 4_504.01 + 81.07


def lent_for_nothing(amount: float, due: str) -> jb.Loan:
    """What is overdue is the principal, to the fen."""
    start = date.fromisoformat(due) - timedelta(days=30)
    return jb.Loan(amount, daily_rate=0.0, days=30, method="bullet", start=start)


@pytest.mark.parametrize(
    ("amount", "due", "days", "reason"),
    [
        (10_000.00, "2025-09-10", 20, ""),
        (10_000.01, "2025-09-10", 20, "amount"),
        (5_000, "2025-12-30", 30, ""),  # it arises the day after: 2025-12-31
        (5_000, "2025-12-31", 30, "arose"),  # 2026-01-01
        (5_000, "2019-12-31", 30, ""),
        (5_000, "2019-12-30", 30, "arose"),
        (5_000, "2025-12-30", 91, ""),  # repaid 2026-03-31
        (5_000, "2025-12-30", 92, "paid"),
        (10_000.01, "2026-02-10", 90, "arose"),  # the first condition that is not met is said
    ],
)
@pytest.mark.usefixtures("lang")
def test_the_repair_by_amount_day_and_repayment(
    amount: float, due: str, days: int, reason: str
) -> None:
    headline = overdue.record.record(lent_for_nothing(amount, due), 1, days).headline
    found = [
        each
        for each in ("amount", "arose", "paid")
        if says(f"answer.overdue.record_repair_{each}", headline)
    ]
    assert found == ([reason] if reason else [])
    assert says("answer.overdue.record_repaired", headline) == (not reason)
    assert says("answer.overdue.record_until", headline) == bool(reason)


@pytest.mark.parametrize(
    ("loan", "days", "keys"),
    [
        (LOAN, 30, ["court_within", "court_never"]),
        (replace(LOAN, daily_rate=0.0006), 200, ["court_over", "court_from"]),
        (LOAN, 0, ["court_never"]),
        (replace(LOAN, daily_rate=0.0), 30, ["court_within"]),
        (replace(LOAN, instalment_fee=400.0), 31, ["court_over", "court_at_times"]),
    ],
)
def test_the_court(lang: str, loan: jb.Loan, days: int, keys: list[str]) -> None:
    answer = overdue.record.court(loan, 3, days)
    assert [key for key in keys if not says(f"answer.overdue.{key}", answer.headline)] == []


def test_the_court_by_hand() -> None:
    """A single repayment late: penalty on principal and interest against 24 % of the principal."""
    table = overdue.record.court(BULLET, 1, 365).table.loc["365 days"]
    assert table["charged"] == half_up(fen(10_124) * Decimal("0.0006") * 365)
    assert table["allowed"] == 2_400
    assert table["excess"] == 0
    dear = replace(BULLET, daily_rate=0.0005)
    table = overdue.record.court(dear, 1, 365).table.loc["365 days"]
    assert table["excess"] == pytest.approx(half_up(fen(10_155) * Decimal("0.27375")) - 2_400)
    from_start = table["charged"] + 155 - half_up(Decimal(2_400) * 396 / 365)
    assert table["excess_from_start"] == pytest.approx(from_start, abs=0.005)


def test_without_a_penalty_nothing_is_charged_on_what_is_overdue() -> None:
    loan = replace(BULLET, daily_rate=0.0005, penalty_multiple=0.0)
    assert overdue.record.court(loan, 1, 30).table["charged"].eq(0).all()


@pytest.mark.parametrize(
    ("rate", "multiple", "key"),
    [(0.0004, 1.5, "dearer"), (0.0004, 0.5, "below"), (0.0005, 2.0, "above")],
)
def test_the_court_chart(lang: str, rate: float, multiple: float, key: str) -> None:
    loan = replace(LOAN, daily_rate=rate, penalty_multiple=multiple)
    ax = overdue.record.court_chart(loan, 3)
    assert says(f"answer.overdue.court_title_{key}", ax.get_title())
    assert_texts_apart(ax.figure)
    plt.close(ax.figure)


# ---- several loans -------------------------------------------------------------------------------


def loans(rows: Any = ROWS) -> dict[str, jb.Loan]:
    return catching_up.loans_of(rows, "2026-12-01")


def test_without_acceleration_the_highest_penalty_rate_goes_first(lang: str) -> None:
    answer = overdue.orders.answer(loans(PLAIN), Means(3_000, 2, 7_000))
    assert answer.table.index[0] == "A → C → B"
    assert says("answer.overdue.orders_by_rate", answer.headline)
    assert (np.diff(answer.table["extra_cost"]) >= 0).all()


def test_a_loan_that_would_be_called_goes_before_a_dearer_one(lang: str) -> None:
    sooner = [ROWS[0], ROWS[1] | {"accelerate_after": 45}, ROWS[2]]
    answer = overdue.orders.answer(loans(sooner), Means(3_000, 2, 7_000))
    assert answer.table.index[0] == "A → B → C"
    assert says("answer.overdue.orders_not_by_rate", answer.headline)
    assert answer.table.loc["A → C → B", "called"] == "B"


def test_whoever_pays_the_oldest_instalment_is_not_called(lang: str) -> None:
    """In the best order B is 59 days late at most, and would be called on the 60th."""
    answer = overdue.orders.answer(loans(), Means(3_000, 2, 7_000))
    table = answer.table
    assert not table["called"].str.contains("B").any()
    assert table["extra_cost"].to_dict() == {
        "A → C → B": 151.55,
        "C → A → B": 154.62,
        "A → B → C": 186.81,
        "B → A → C": 211.46,
        "C → B → A": 238.45,
        "B → C → A": 244.72,
    }
    assert re.findall(r"\d+", table.loc["A → C → B", "most_late"]) == ["0", "59", "31"]
    assert re.findall(r"\d+", table.loc["A → B → C", "most_late"]) == ["0", "31", "90"]
    assert says("answer.overdue.orders_by_rate", answer.headline)
    if lang == "en":
        assert answer.headline.startswith(
            "Pay in the order A → C → B: being late costs ¥152 in all. Late meanwhile: B up to 59 "
            "days, C up to 31 days. That is the order of the penalty rates, the highest first. At "
            "worst, in the order B → C → A: being late costs ¥245 in all."
        )


@pytest.mark.parametrize(
    ("rows", "means", "key"),
    [
        (ROWS, Means(3_000, 3, 7_000), "orders_called"),
        (ROWS, Means(9_000, 3, 7_000), "orders_enough"),
        (PLAIN[:1], Means(500, 2, 7_000), "orders_one"),
        (PLAIN[:1], Means(0, 36, 0), "orders_never"),
        ([PLAIN[0], PLAIN[0] | {"name": "twin"}], Means(0, 1, 9_000), "orders_same"),
    ],
)
def test_sentences_on_several_loans(lang: str, rows: Any, means: Means, key: str) -> None:
    answer = overdue.orders.answer(loans(rows), means)
    assert says(f"answer.overdue.{key}", answer.headline)
    assert answer.headline.endswith("." if lang == "en" else "。")
    drawn = overdue.orders.chart(answer)
    if key != "orders_called":  # no order is better than another: a sentence, and no dot at zero
        how = "open" if key == "orders_never" else "alike"
        assert drawn == Words(f"answer.overdue.orders_{how}")
        return
    assert not isinstance(drawn, Words)
    assert_texts_apart(drawn.figure)
    plt.close(drawn.figure)


def test_a_few_yuan_are_no_reason_to_recommend_being_late(lang: str) -> None:
    """With no penalty paying late is cheapest in yuan; it is said as such, and not as the best."""
    answer = ways(loan=replace(LOAN, penalty_multiple=0.0))
    best, late, headline = say("strategy.elsewhere"), say("strategy.pay_late"), answer.headline
    assert best in str(apart(answer.said)[0])
    assert headline.index(best) < headline.index(late)
    assert says("answer.overdue.way_cheapest", headline)


def test_a_part_payment_of_all_is_none(lang: str) -> None:
    """2,000 of 90.06 that fall due: nothing is late, and no part of a penalty is spared."""
    small = replace(LOAN, principal=1_000)
    answer = overdue.ways.orders(small, 3, 30, 2_000)
    assert "90.06" in answer.headline or "¥90" in answer.headline
    assert says("answer.overdue.part_whole", answer.headline)
    assert say("strategy.pay_part") not in ways(loan=small, can_pay=2_000).table.index


def test_an_order_that_never_ends_is_said(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """By the penalty rates one would not catch up, but the other way round."""
    found = catching_up.CaughtUp(
        orders=np.array([[0, 1], [1, 0]]),
        cost=np.array([np.nan, 50.0]),
        caught_up=np.array(["NaT", "2027-05-01"], "M8[D]"),
        days_late=np.array([[0, 59], [900, 0]]),
        called=np.zeros((2, 2), bool),
    )
    monkeypatch.setattr(overdue.orders, "catch_up", lambda *_: found)
    answer = overdue.orders.answer(loans(PLAIN[:2]), Means(1, 1, 1))
    assert says("answer.overdue.orders_rate_never", answer.headline)
    assert says("answer.overdue.orders_fail", answer.headline)
    assert not says("answer.overdue.orders_dearest", answer.headline)
    assert answer.table.index[0] == "B → A"


@pytest.mark.parametrize(("twins", "key"), [(2, "orders_ties"), (3, "orders_ties_many")])
def test_orders_that_cost_as_little_are_told(lang: str, twins: int, key: str) -> None:
    """Loans that are alike can change places: 2 or 6 orders cost the same."""
    alike = [PLAIN[0] | {"name": name} for name in ("A", "A2", "A3")[:twins]]
    answer = overdue.orders.answer(loans([*alike, PLAIN[1]]), Means(4_000, 2, 9_000))
    assert (answer.table["above_cheapest"] == 0).sum() == (2 if twins == 2 else 5)  # of six shown
    assert says(f"answer.overdue.{key}", answer.headline)


def test_of_equally_cheap_orders_one_may_be_kinder_to_the_record(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = catching_up.CaughtUp(
        orders=np.array([[0, 2, 1], [1, 0, 2], [2, 1, 0]]),
        cost=np.array([50.0, 50.0, 60.0]),
        caught_up=np.full(3, np.datetime64("2027-05-01")),
        days_late=np.array([[59, 28, 90], [28, 31, 0], [0, 0, 0]]),
        called=np.zeros((3, 3), bool),
    )
    monkeypatch.setattr(overdue.orders, "catch_up", lambda *_: found)
    answer = overdue.orders.answer(loans(PLAIN), Means(1, 1, 1))
    assert says("answer.overdue.orders_record_free", answer.headline)


def test_with_no_day_late_nothing_is_drawn(lang: str) -> None:
    assert says("answer.overdue.way_no_delay", str(overdue.flips.gauge(LOAN, 3, 0, AT_18)))


def test_where_nothing_falls_due_nothing_is_late(lang: str) -> None:
    free = jb.Loan(9_000, daily_rate=0.0, months=6, method="interest_only", start="2026-12-01")
    said = [
        overdue.answer(free, 3, 30, AT_18),
        overdue.record.record(free, 3, 30),
        ways(loan=free, months=0),
    ]
    assert all(says("answer.overdue.nothing_due", each.headline) for each in said)
    assert says("answer.overdue.nothing", overdue.answer(free, 6, 30, AT_18).headline)


def test_of_many_orders_the_cheapest_and_the_dearest_are_shown(lang: str) -> None:
    four = [*PLAIN, {"name": "D", "principal": 6_000, "daily_rate": 0.0006, "months": 9}]
    found = overdue.orders.answer(loans(four), Means(3_500, 3, 8_000))
    cost = catching_up.catch_up(loans(four), Means(3_500, 3, 8_000)).cost
    assert found.figures["extra_cost"].tolist() == [*sorted(cost)[:5], max(cost)]
    assert says("answer.overdue.orders_shown", found.note)
    assert not says("answer.overdue.orders_shown", overdue.orders.answer(loans(), SHORT).note)


def test_the_order_that_the_record_would_rather_have(lang: str) -> None:
    month_ends = catching_up.loans_of(ROWS, "2027-01-31")
    answer = overdue.orders.answer(month_ends, Means(3_000, 2, 7_000))
    assert says("answer.overdue.orders_record", answer.headline)
    assert answer.table.loc["B → A → C", "most_late"].endswith("92")


# ---- a card bill beside it ----------------------------------------------------------------------


def test_a_card_bill_beside_the_instalment(lang: str) -> None:
    found = overdue.card.answer(overdue.CardBill(5_000), LOAN, 3)
    assert [*found.table.index] == [str(written(each, "count.month")) for each in range(1, 7)]
    for key in ("card", "card_beside", "card_minimum"):
        assert says(f"answer.overdue.{key}", found.headline)
    assert "¥3.55" in found.headline  # 177.50 on 5,000
    assert "¥1.86" in found.headline  # 31 days at 0.06 %
    assert found.figures["late_loan_cost"].iloc[0] == late_cost(LOAN, 3, 31).cost
    free = overdue.card.answer(overdue.CardBill(5_000, late_fee_share=0), LOAN, 3)
    assert not says("answer.overdue.card_minimum", free.headline)
    none = overdue.card.answer(overdue.CardBill(0), LOAN, 3)
    assert says("answer.overdue.card_none", none.headline)


# ---- any loan ------------------------------------------------------------------------------------


def fitted(loan: jb.Loan, given: Any = (), paid: Any = (), as_of: str = "") -> Fit:
    return overdue.fitted(so_far(loan, dict(paid), as_of), {**overdue.EXAMPLE, **dict(given)})


def test_the_example_is_fitted_to_the_loan() -> None:
    assert fitted(LOAN).said is None
    small = LOAN.but(principal=1_000, months=2)  # 508.97 falls due with the second instalment
    assert fitted(small).taken == {"late_instalment": 2, "can_pay": 200}
    assert fitted(small, {"can_pay": 5_000}).can_pay == 5_000
    with pytest.raises(JiebeiError, match=r"^late_instalment=4: "):
        fitted(small, {"late_instalment": 4})


PAID = {"2027-01-01": 4_503.11, "2027-02-01": 4_503.11}
TODAY = "2027-04-20"  # of a loan of which the third and the fourth instalment were not paid


def test_what_is_overdue_today_is_asked_as_if_it_were_still_ahead(lang: str) -> None:
    now = so_far(LOAN, PAID, TODAY)
    mine = fitted(LOAN, {"late_instalment": 7}, PAID, TODAY)
    assert (mine.late_instalment, mine.days_late) == (1, 50)  # 1 March to 20 April
    assert says("answer.overdue.today", str(mine.said))
    theirs = late_cost(overdue.before_late(now), 1, [50, 90])
    ours = late_cost(LOAN, 3, [50, 90])
    assert theirs.cost.tolist() == ours.cost.tolist()
    owed = now.whole.owed(TODAY)  # two instalments, and the penalty of each since its due day
    by_hand = fen(4_503.11) * fen(0.0006)
    assert owed.overdue_penalty == half_up(by_hand * 50) + half_up(by_hand * 19)


def test_what_was_paid_late_before_is_not_late_any_more(lang: str) -> None:
    first = {"2027-01-01": 4_503.11}
    caught_up = LOAN.with_history(first, as_of="2027-02-11").owed("2027-02-11").overdue
    now = so_far(LOAN, first | {"2027-02-11": caught_up}, "2027-03-20")
    mine, loan = overdue.fitted(now, overdue.EXAMPLE), overdue.before_late(now)
    assert (mine.late_instalment, mine.days_late) == (2, 30)
    assert late_cost(loan, 2, 30).cost == late_cost(LOAN, 3, 30).cost
    table = ways(loan=loan, instalment=2).figures
    assert table["days_late"].tolist() == ways().figures["days_late"].tolist()


def test_what_this_page_cannot_count_is_refused_in_words(lang: str) -> None:
    for paid, given, key in (
        (PAID | {"2027-03-10": 2_000}, {}, "part"),
        (PAID, {"days_late": 49}, "past"),
    ):
        with pytest.raises(JiebeiError) as refused:
            fitted(LOAN, given, paid, TODAY)
        assert says(f"error.overdue.{key}", str(refused.value))
    mine = fitted(LOAN, {"days_late": 60}, PAID | {"2027-03-10": 0}, TODAY)
    assert mine.days_late == 60


def test_table_chart_and_sentence_name_the_same_first_day_above_the_line() -> None:
    loan = jb.Loan(500_000, daily_rate=0.0006, months=36, start="2026-07-10")
    assert "from 125 days late on" in overdue.record.court(loan, 3, 30).headline
    title = overdue.record.court_chart(loan, 3).get_title().replace("\n", " ")
    assert "from 125 days late on" in title


def test_what_a_court_cuts_is_said_by_both_readings() -> None:
    loan = jb.Loan(3_000, daily_rate=0.00045, months=3, method="interest_only", start="2026-07-10")
    found = overdue.record.court(loan, 3, 30)
    assert "counted from the drawdown it would be ¥0" in found.headline
    assert "from the first day late on" in found.headline


# ---- what holds at some numbers only -------------------------------------------------------------

READER = jb.Loan(
    137_500,
    daily_rate=0.00056,
    months=14,
    method="interest_only",
    start="2027-02-28",
    penalty_on="principal",
    grace_days=3,
    accelerate_after=90,
)
CALLED_EARLY = jb.Loan(
    158_000,
    daily_rate=0.00052,
    months=20,
    method="interest_only",
    start="2026-07-19",
    penalty_multiple=1.4,
    penalty_on="principal",
    grace_days=2,
    accelerate_after=60,
)


def test_a_loan_that_is_called_early_may_spare_more_than_its_penalty_costs(lang: str) -> None:
    rows = [
        {"name": "a", "principal": 6_400, "daily_rate": 0.0006, "months": 10},
        {
            "name": "b",
            "principal": 31_000,
            "daily_rate": 0.0009,
            "months": 18,
            "accelerate_after": 45,
        },
        {"name": "c", "principal": 52_000, "daily_rate": 0.0002, "months": 24},
    ]
    drawn = catching_up.loans_of(rows, "2027-02-28")
    found = overdue.orders.answer(drawn, Means(4_200, 4, 9_600))
    assert (found.table["called"] == "b").sum() == 2
    for key in ("price_spares", "called", "called_avoid", "called_spares_only"):
        assert says(f"answer.overdue.orders_{key}", found.headline), key
    assert "−" not in found.headline
    if lang == "en":
        assert "costs ¥1,156 less than paying on time. Late meanwhile: b up to" in found.headline
        assert "(acceleration): b. 4 of the 6 orders avoid that." in found.headline


@pytest.mark.parametrize(
    ("uncalled", "keys"),
    [
        ([10.0, 12.0], []),
        ([15.0, 16.0], ["called_spares"]),
        ([15.0, 12.0], ["called_spares_only"]),  # the other order would then be the cheapest
    ],
)
def test_what_being_called_spares(
    monkeypatch: pytest.MonkeyPatch, uncalled: list[float], keys: list[str]
) -> None:
    called = np.array([[True, False], [False, False]])
    found: Any = SimpleNamespace(called=called, orders=[(0, 1), (1, 0)], cost=np.array([10.0, 12]))
    without = SimpleNamespace(cost=np.array(uncalled))
    monkeypatch.setattr(overdue.orders, "catch_up", lambda *_: without)
    said = overdue.orders._calls_words({"a": LOAN, "b": LOAN}, Means(0, 1, 0), found, 0)
    keys = ["called", "called_avoid", *keys]
    assert [each.key for each in said] == [f"answer.overdue.orders_{each}" for each in keys]


@pytest.mark.parametrize(
    ("spared", "part", "key"),
    [
        ([5.0, 6.0], 0.0, "no_part"),
        ([0.0, 0.0], 300.0, "nothing"),
        ([0.0, 0.01], 300.0, "apart"),
    ],
)
def test_what_paying_a_part_spares(spared: list[float], part: float, key: str) -> None:
    table = pd.DataFrame({"spared_at_once": spared, "spared_midway": spared})
    assert overdue.ways._orders_words(table, part).key == f"answer.overdue.rules_{key}"


def test_what_is_called_in_every_order_is_not_said_of_one(lang: str) -> None:
    found = overdue.orders.answer(loans(ROWS), Means(0, 4, 9_000))
    assert (found.figures["called"].map(str) == "B").all()
    assert says("answer.overdue.orders_called_always", found.headline)
    assert not says("answer.overdue.orders_called_avoid", found.headline)


@pytest.mark.parametrize(
    ("loan", "instalment", "key"),
    [
        (READER, 14, "whole"),
        (CALLED_EARLY, 6, "called"),
        (replace(LOAN, penalty_multiple=1.5), 3, "climbs"),
        (replace(LOAN, penalty_multiple=1.0), 3, None),
    ],
)
def test_the_court_chart_tells_what_happens(
    lang: str, loan: jb.Loan, instalment: int, key: str | None
) -> None:
    ax = overdue.record.court_chart(loan, instalment)
    written = "".join(each.get_text() for each in ax.figure.findobj(Text))
    written = re.sub(r"\s+", " " if lang == "en" else "", written)
    for each in ("whole", "called", "climbs"):
        assert says(f"answer.overdue.court_chart_{each}", written) == (each == key)
    plt.close(ax.figure)


def test_the_rate_at_which_both_cost_the_same_stands_beside_the_fee() -> None:
    headline = overdue.answer(READER, 14, 74, Elsewhere(0.24, 600)).headline
    assert "fee of ¥600; with that fee, elsewhere is cheaper at a rate below 31.33%" in headline
    assert headline.endswith("after that elsewhere (looked at up to 180 days late).")


def test_rules_that_weigh_as_much_are_all_named() -> None:
    """Nothing but principal bears penalty, and only the call makes principal overdue."""
    found = overdue.flips.depends(CALLED_EARLY, 6, 95)
    never = Words("answer.overdue.case_never_called", days=0)
    assert found.figures.loc[never, "extra_cost"] == 0
    assert "1.0 times the rate or the whole loan never falls due early (−¥1,150)" in found.headline


def test_interest_alone_bears_no_penalty_where_only_principal_does() -> None:
    only_principal = replace(LOAN, method="interest_only", penalty_on="principal")
    text = overdue.answer(only_principal, 3, 20, Elsewhere(0.0)).headline
    assert "only interest is due then, and by these terms only principal bears penalty" in text
    text = overdue.answer(
        replace(only_principal, penalty_on=LOAN.penalty_on), 3, 20, Elsewhere(0.0)
    )
    assert "only interest" not in text.headline  # then it does


@pytest.mark.parametrize(
    ("changed", "days", "key"),
    [
        ({"method": "interest_only", "months": 2}, 31, "interest"),
        ({"method": "equal_principal", "penalty_multiple": 0}, 5, "fen"),
    ],
    ids=["principal falls due that day", "principal is overdue from the first day on"],
)
def test_only_principal_that_is_late_could_bear_a_penalty(
    changed: dict[str, Any], days: int, key: str
) -> None:
    loan = replace(LOAN, start="2026-12-01", penalty_on="principal", **changed)
    text = overdue.answer(loan, 1, days, AT_18).headline
    assert says(f"answer.overdue.nothing_{key}", text), text


def test_a_loan_called_at_its_own_rate_costs_nothing_and_is_said_to_be_called() -> None:
    """57,000 at 0.015 %, from the 90th day on: 8.55 of penalty a day, in place of 8.55 interest."""
    whole = replace(
        LOAN,
        method="interest_only",
        penalty_on="principal",
        penalty_multiple=1,
        accelerate_after=90,
    )
    text = overdue.answer(whole, 3, 91, Elsewhere(0.3)).headline
    assert says("answer.overdue.nothing_same", text), text
    assert says("answer.overdue.called", text), text


# ---- ties and rare sentences ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passes", "key", "days"),
    [
        ({}, "below", None),
        ({0.0004: 1, 0.0006: 1}, "first", None),
        ({0.0004: 2, 0.0006: 1}, "above", 2),
        ({0.0005: 9, 0.0006: 1}, "dearer", 9),
    ],
)
def test_when_the_readers_own_rate_passes_the_line(
    passes: dict[float, int], key: str, days: int | None
) -> None:
    said = overdue.record._court_title(0.0004, passes)
    assert said.key == f"answer.overdue.court_title_{key}"
    assert said.fields.get("days") == days


@pytest.mark.parametrize(
    ("days", "least", "first", "last", "places"),
    [(30, 0, 0, 120, 121), (100, 1, 1, 120, 120), (200, 0, 0, 240, 241), (3_600, 0, 0, 3_650, 366)],
)
def test_the_days_that_are_drawn(days: int, least: int, first: int, last: int, places: int) -> None:
    """Four months at least, a fifth more than the reader's own, and a point a day while it may."""
    shown = overdue.flips._days(days, least)
    assert (shown[0], shown[-1], len(shown)) == (first, last, places)


@pytest.mark.parametrize(("rate", "highest"), [(0.18, 0.5), (0.4, 0.6), (0.9, 1.0)])
def test_the_gauge_goes_to_half_as_much_again(rate: float, highest: float) -> None:
    ax: Any = overdue.flips.gauge(LOAN, 3, 30, Elsewhere(rate))
    assert ax.get_xlim() == pytest.approx((0, highest))


def test_it_matters_which_loan_is_first_only_where_one_order_costs_more() -> None:
    many = overdue.loans_of(ROWS, "2026-12-01")
    assert overdue.orders.matters(overdue.orders.answer(many, SHORT))
    assert not overdue.orders.matters(overdue.orders.answer(many, Means(90_000, 2, 7_000)))


@pytest.mark.parametrize(("can_pay", "said"), [(0.0, False), (2_000.0, True)])
def test_a_part_is_told_where_one_can_be_paid(can_pay: float, said: bool) -> None:
    found = overdue.ways.answer(LOAN, 3, 30, can_pay, Extension(0, 0.0), AT_18, 0.02)
    keys = [str(getattr(each, "key", "")) for each in apart(found.said)]
    assert any(".part_" in each for each in keys) == said


def test_no_extension_is_missed_where_none_is_offered() -> None:
    found = overdue.ways.answer(LOAN, 3, 30, 0.0, Extension(0, 0.0), AT_18, 0.02)
    assert not says("answer.overdue.way_no_extension", found.headline)
