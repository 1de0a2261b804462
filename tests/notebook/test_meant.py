"""What is meant by what was typed: where doctests cannot say it, since it changes by the day."""

import datetime as dt
from types import SimpleNamespace

import pytest

from jiebei.language.chosen import speaking
from jiebei.language.errors import JiebeiError
from jiebei.notebook import days_said, parameters
from jiebei.notebook.meant import meant


@pytest.mark.parametrize("typed", ["今天", "今日", " Today "])
def test_today_is_the_day_of_the_computer(typed: str) -> None:
    assert meant("as_of", "date", typed) == dt.date.today().isoformat()


def test_another_word_is_no_day() -> None:
    assert meant("as_of", "date", "发工资那天") == "发工资那天"


@pytest.mark.parametrize(
    ("name", "kind", "said", "is_meant"),
    [  # by hand, as of Thursday 2026-11-26
        ("repay_on", "date", "明天", "2026-11-27"),
        ("repay_on", "date", "7月10日", "2027-07-10"),
        ("as_of", "date", "7月10日", "2026-07-10"),
        ("start", "date", "12月1号", "2026-12-01"),
        ("start", "date", "7月10日", "2026-07-10"),
        ("free_by", "date", "明年3月1号", "2027-03-01"),
        ("repay_on", "date", "下个月15号", "2026-12-15"),
        ("repay_on", "date", "20号", "2026-12-20"),
        ("repay_on", "date", "三十天后", "2026-12-26"),
        ("repay_on", "date", "明年2月底", "2027-02-28"),
        ("repay_on", "date", "2月30日", "2月30日"),
        ("repay_on", "date", "二〇二七年三月十一日", "2027-03-11"),
        ("paid", "by name", {"11月10日": "三千"}, {"2026-11-10": 3_000}),
        ("needs", "by name", {"1月15号": "1万"}, {"2027-01-15": 10_000}),
        ("principal", "yuan", "叁万伍仟元整", 35_000),
        ("daily_rate", "daily rate", "日息万五", 0.0005),
        ("daily_rate", "daily rate", "1000元用1天0.45元", 0.00045),
        ("daily_rate", "daily rate", "一万一天5块", 0.0005),
        ("daily_rate", "daily rate", "5毫", "5毫"),
        ("months", "term", "1年6个月", 18),
        ("savings_rate", "share", "年化2个点", 0.02),
    ],
)
def test_what_people_say_is_what_they_mean(
    monkeypatch: pytest.MonkeyPatch, name: str, kind: str, said: object, is_meant: object
) -> None:
    then = SimpleNamespace(today=lambda: dt.date(2026, 11, 26))
    monkeypatch.setattr(days_said, "dt", SimpleNamespace(date=then))
    assert meant(name, kind, said) == is_meant


@pytest.mark.parametrize(
    ("given", "explained"),
    [
        ({"method": "等本等息"}, "每月都按最初借的本金收息"),
        ({"method": "随借随还"}, "哪天都能提前还"),
        ({"method": "等额"}, "是不是'每月等额'（equal_instalment）"),
        ({"daily_rate": "5毫"}, "容易差十倍"),
    ],
)
def test_what_has_no_one_meaning_is_explained(given: dict[str, str], explained: str) -> None:
    with speaking("zh"), pytest.raises(JiebeiError) as refused:
        parameters.read({**given}, dict.fromkeys(given, "x"))
    with speaking("zh"):
        assert explained in str(refused.value)


@pytest.mark.parametrize("typed", ["0.05%", "万分之五", "日利率万分之五", "一万元一天5元", 0.0005])
def test_a_rate_within_a_row_is_read_as_one_of_the_cell(typed: object) -> None:
    for name in ("other_debts", "other_offers", "new_offers", "drawdowns", "extensions_offered"):
        assert meant(name, "rows", [{"daily_rate": typed}]) == [{"daily_rate": 0.0005}]
    assert meant("offers", "by name", {"a": {"daily_rate": typed}}) == {"a": {"daily_rate": 0.0005}}
    assert meant("lends_again", "by name", {"daily_rate": typed}) == {"daily_rate": 0.0005}


def test_what_else_a_row_says_is_read_as_people_write_it() -> None:
    row = {
        "name": "3万",
        "kind": "亲友",
        "balance": "1万5",
        "due": "2027年9月1日",
        "method": "先息后本",
    }
    read = {"kind": "family", "balance": 15_000, "due": "2027-09-01", "method": "interest_only"}
    assert meant("other_debts", "rows", [row]) == [{"name": "3万"} | read]
