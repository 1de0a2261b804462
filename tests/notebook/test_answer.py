"""A table as people read it."""

import re

import pandas as pd

import jiebei as jb
from jiebei.notebook.answer import Answer, shown


def test_events_are_named_in_the_language_in_use() -> None:
    flows = jb.Loan(5_000, daily_rate=0.0, months=1, start="2026-12-01").cashflows(["event"])
    for lang, names in (("zh", ["借款", "分期还款"]), ("en", ["draw", "instalment"])):
        jb.use(lang)
        assert shown(flows).iloc[:, 0].tolist() == names


def test_a_comparison_is_told_in_whole_yuan_and_a_schedule_to_the_fen() -> None:
    amounts = {"interest": [4037.33, 1792.2], "fee": [0.0, 4.2], "left_then": [97.5, 12.25]}
    ways = pd.DataFrame(amounts, ["as agreed", "settle"])
    told = Answer("It costs.", ways)._repr_html_()
    assert re.findall("<td>(.*?)</td>", told) == [
        "¥4,037",
        "¥0.00",
        "¥97.50",
        "¥1,792",
        "¥4.20",
        "¥12.25",
    ]
    assert "¥4,037 " in repr(Answer("It costs.", ways))
    days = ways.assign(date=pd.to_datetime(["2026-12-01", "2027-01-01"]))
    assert "¥4,037.33" in Answer("It costs.", days)._repr_html_()


def test_amounts_that_differ_do_not_read_the_same() -> None:
    near = pd.DataFrame({"interest": [4037.33, 4037.21]}, ["as agreed", "settle"])
    assert "¥4,037.33" in Answer("It costs.", near)._repr_html_()
    halves = pd.DataFrame({"interest": [502.5, 503.2]}, ["as agreed", "settle"])
    assert "¥502.50" in Answer("It costs.", halves)._repr_html_()  # both would be ¥503


def test_a_table_whose_rows_are_all_alike_keeps_them() -> None:
    same = pd.DataFrame({"interest": [5.0, 5.0], "fee": [0.0, 0.0]}, ["as agreed", "settle"])
    assert "settle" in repr(Answer("It costs.", same))
    assert "¥5.00" in repr(Answer("It costs.", same))
    apart = same.assign(fee=[0.0, 1.0])
    assert "interest ¥5.00" in repr(Answer("It costs.", apart))


def test_rows_that_are_only_counted_have_no_number() -> None:
    frame = pd.DataFrame({"interest": [4037.33, 1792.2]}, [1, 2])
    assert re.findall("<t[hd].*?>(.*?)</t", Answer("", frame)._repr_html_()) == [
        *("interest", "¥4,037", "¥1,792")
    ]
    assert repr(Answer("It costs.", frame)).splitlines()[2:] == ["interest", "  ¥4,037", "  ¥1,792"]
    month = frame.rename_axis("month")
    assert "month" in Answer("", month)._repr_html_()
