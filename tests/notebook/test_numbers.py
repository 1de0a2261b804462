"""The reader's own numbers are read as people type them, written without loss, typed into pages."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.notebook import parameters
from jiebei.notebook.numbers import sections
from jiebei.notebook.numbers.filling import settings_of, typed_into
from jiebei.notebook.numbers.reading import Numbers, read, read_text
from jiebei.notebook.numbers.sections import LOAN as LOAN_NAMES
from jiebei.notebook.numbers.sections import ROWS, SECTIONS, known
from jiebei.notebook.numbers.writing import changes, template, updated, write
from jiebei.notebook.rules import rules

LOAN = """[loan]  # 这笔借款
principal = 3万  # 本金
daily_rate = 0.045%
months = 一年半
method = 等额本金
start = 2026年7月10日

[history]
as_of = "2026-11-26"

[cash]
cash_in_hand = "1.5万"
"""
MEANT = {
    "principal": 30_000,
    "daily_rate": 0.00045,
    "months": 18,
    "method": "equal_principal",
    "start": "2026-07-10",
    "as_of": "2026-11-26",
    "cash_in_hand": 15_000,
}


# ---- reading -------------------------------------------------------------------------------------


def test_numbers_are_understood_as_people_type_them() -> None:
    assert dict(read_text(LOAN).values) == MEANT


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("principal = 30,000", 30_000),
        ("principal = “30000”", 30_000),
        ("principal：3万元", 30_000),
        ("principal = 30_000", 30_000),
        ("start = 2026-07-10", "2026-07-10"),
        ("start = 2026/7/10  # 放款", "2026-07-10"),
        ("sales = 4万, 5万", [40_000, 50_000]),
        ("sales = [\n  4万,  # 一月\n  5万,\n]", [40_000, 50_000]),
        (f"monthly_income = {[12_000] * 12}", [12_000] * 12),
        ('method = "每月等额"', "equal_instalment"),
        ("day_count = 头尾都算", None),
    ],
)
def test_a_line_is_understood(line: str, value: Any) -> None:
    name = line.partition(" ")[0].partition("：")[0]
    if value is None:
        with pytest.raises(jb.JiebeiError, match="line 1: day_count='头尾都算'"):
            read_text(line)
    else:
        assert dict(read_text(line).values) == {name: value}


def test_what_is_left_open_is_not_given() -> None:
    text = 'principal = ""\nmonths =\nsales = []\n[history]\nas_of = " "\n[history.paid]\n'
    assert dict(read_text(text).values) == {}


def test_today_is_the_day_on_which_the_file_is_read() -> None:
    for text in ('as_of = "今天"', 'as_of = "today"', "as_of = 今天"):
        assert dict(read_text(text).values) == {"as_of": str(dt.date.today())}


def test_payments_and_rows_are_understood() -> None:
    text = """[history.paid]
2026年8月10日 = 2,000
"2026-9-10" = "3千"
2026-10-10 = 1_500.50
[[other_debts]]
name = 信用卡
kind = 信用卡
balance = "1.8万"
daily_rate = 0.05%
[offers.延长]
"""
    text = text.replace("[offers.延长]", '[offers."延长"]\nmonths = 24\nwaive = "100%"')
    found = read_text(text).values
    assert found["paid"] == {"2026-08-10": 2_000, "2026-09-10": 3_000, "2026-10-10": 1_500.5}
    card = {"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005}
    assert found["other_debts"] == [card]
    assert found["offers"] == {"延长": {"months": 24, "waive": 1}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("principal = -5", r"^my_numbers.toml, line 1: principal=-5: an amount"),
        ("\n\nmonths = 61  # too long", "line 3: months=61: a loan runs 1 to 60"),
        ("principal = viel", "line 1: principal='viel'.* Write it like principal = 30000"),
        ("principle = 5", "line 1: 'principle' is no number .*did you mean 'principal'"),
        ("[loan]\nmonths = 5\nmonths = 6", "line 3: months = 6: this name stands there already"),
        ("[loan]\nmonths = 5\n[cash]\nmonths = 6", "line 4: months stands there twice"),
        ("[loan]\nwhat is this", "line 2: what is this: this cannot be read"),
        ("repay_on = 90", "line 1: repay_on=90"),
        ("seed = 5", "line 1: 'seed' is no number"),
        ("principal = true", "line 1: principal=True"),
        ("start = 2026-02-30", "line 1: start='2026-02-30'"),
        ("sales = [40,000, 50,000]", "line 1: sales = "),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text: str, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        read_text(text)


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines() -> None:
    jb.use("zh")
    with pytest.raises(jb.JiebeiError) as refused:
        read_text("[loan]\nprincipal = -5\nmonths = 12\n[cash]\nsavings_rate = 200%\n")
    first, second = str(refused.value).splitlines()
    assert first.startswith("my_numbers.toml 第2行：principal=-5：")
    assert second.startswith("my_numbers.toml 第5行：savings_rate=2：")


def test_what_does_not_go_together_is_named_by_its_line() -> None:
    with pytest.raises(jb.JiebeiError, match=r"^my_numbers.toml, line 12: .*2026-07-01"):
        read_text(LOAN.replace("[cash]", "[history.paid]\n2026-07-01 = 100\n[cash]"))


def test_a_file_of_another_encoding_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        (tmp_path / "x.toml").write_bytes(LOAN.replace("\n", "\r\n").encode(encoding))
        assert dict(read(tmp_path / "x.toml").values) == MEANT
    assert dict(read(tmp_path / "missing.toml").values) == {}


# ---- writing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_empty_file_is_toml_and_says_nothing_but_today(lang: str) -> None:
    jb.use(lang)
    text = template()
    assert set(read_text(text).values) == {"as_of"}
    document = tomllib.loads(text)
    assert list(document) == list(SECTIONS)
    for section, names in SECTIONS.items():
        assert set(document[section]) == set(names) <= known()
    assert all(f"{name}" in text for name in ROWS)


def test_the_empty_file_with_all_of_it_taken_for_real_is_read() -> None:
    """What stands behind a # as an example can be used as it is."""
    for lang in ("en", "zh"):
        jb.use(lang)
        lines = template().splitlines()
        used = [re.sub(r'^# (?=\[|"|\w+ = )', "", line) for line in lines]
        found = read_text("\n".join(used)).values
        assert {*ROWS, "paid", "needs"} <= set(found)


def test_values_are_set_and_all_else_stays() -> None:
    text = updated(LOAN, {"months": 12, "savings_rate": 0.00001, "paid": {"2026-08-10": 5.5}})
    assert dict(read_text(text).values) == MEANT | {
        "months": 12,
        "savings_rate": 0.00001,
        "paid": {"2026-08-10": 5.5},
    }
    assert "# 这笔借款" in text
    assert "# 本金" in text
    assert "e-05" not in text
    assert text.index("months") < text.index("[history]") < text.index("[cash]")


@pytest.mark.parametrize("name", sorted(known()))
def test_every_name_is_written_and_read_again(name: str) -> None:
    value: Any = _typed(name)
    for old in (template(), "", updated("", {name: value}).replace("[more]", "[loan]")):
        kept = read_text(updated(old, {name: value})).values
        assert kept[name] == value


def _typed(name: str) -> Any:
    cell = {name: eval(rules()[name].typed)}
    parameters.read(cell, {name: None})
    return cell[name]


def test_rows_take_the_place_of_those_that_stood_there() -> None:
    card = {"kind": "card", "daily_rate": 0.0005}
    old = updated(template(), {"other_debts": [{"name": "a", "balance": 5, **card}]})
    new = [{"name": "b", "kind": "family", "balance": 7, "due": "2027-09-01"}]
    new += [{"name": "c", "balance": 8.5, **card}]
    assert read_text(updated(old, {"other_debts": new})).values["other_debts"] == new
    offers = {"更长": {"months": 24}}
    text = updated(updated(old, {"offers": {"x": {"months": 12}}}), {"offers": offers})
    assert read_text(text).values["offers"] == offers


def test_nothing_that_stands_there_is_overwritten_unasked(tmp_path: Path) -> None:
    file = tmp_path / "my_numbers.toml"
    write(file, {"months": 12})
    assert changes({"months": 12, "principal": 5}, read(file)) == {}
    write(file, {"months": 12, "principal": 5})
    before = file.read_bytes()
    assert changes({"months": 24, "principal": 5}, read(file)) == {"months": (12, 24)}
    with pytest.raises(jb.JiebeiError, match=r"other values for months: nothing was written"):
        write(file, {"months": 24, "savings_rate": 0.01})
    assert file.read_bytes() == before
    write(file, {"months": 24}, over=True)
    assert dict(read(file).values) == {
        "principal": 5,
        "months": 24,
        "as_of": str(dt.date.today()),
    }


def test_nothing_is_written_where_the_file_or_a_value_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "my_numbers.toml"
    file.write_text("[loan]\nmonths = 99\n", encoding="utf-8")
    with pytest.raises(jb.JiebeiError, match="line 2: months=99"):
        write(file, {"principal": 5})
    file.write_text("[loan]\nmonths = 9\n", encoding="utf-8")
    with pytest.raises(jb.JiebeiError, match="principal=-5"):
        write(file, {"principal": -5})
    assert file.read_text(encoding="utf-8") == "[loan]\nmonths = 9\n"
    assert [each.name for each in tmp_path.iterdir()] == ["my_numbers.toml"]


def test_the_file_lies_beside_the_suite(tmp_path: Path) -> None:
    (tmp_path / "notebooks" / "zh").mkdir(parents=True)
    assert sections.home(tmp_path / "notebooks") == tmp_path / "notebooks"
    (tmp_path / "start.py").touch()
    assert sections.home(tmp_path / "notebooks" / "zh") == tmp_path


# ---- typed into a page ---------------------------------------------------------------------------

PAGE: dict[str, Any] = dict.fromkeys(LOAN_NAMES)


def test_a_page_gets_what_is_left_of_a_loan_that_runs() -> None:
    """18 slices of 1,666.67; four were due by 26 November: 30,000 − 4 × 1,666.67 = 23,333.32."""
    rest = {"principal": 23_333.32, "months": 14, "start": "2026-11-10"}
    known_too = {"daily_rate": 0.00045, "method": "equal_principal"}
    numbers = read_text(LOAN)
    assert typed_into(PAGE, numbers) == rest | known_too
    whole = {name: MEANT[name] for name in PAGE}
    page = PAGE | {"paid": {}, "as_of": ""}
    assert typed_into(page, numbers) == whole | {"as_of": "2026-11-26", "paid": {}}
    before = read_text(LOAN.replace("2026-11-26", "2026-07-01"))
    assert typed_into(PAGE, before) == whole


def test_a_day_of_something_else_is_not_the_drawdowns() -> None:
    assert typed_into({"start": "2026-12-01", "months_seen": 18}, read_text(LOAN)) == {}


def test_a_page_with_payments_of_its_own_gets_those_as_agreed() -> None:
    """1,666.67 and the interest of 31, 31, 30 and 31 days on 30,000.00, 28,333.33, ..."""
    page = PAGE | {"paid": {"2027-01-01": 1}, "today": "2027-05-20"}
    found = typed_into(page, read_text(LOAN))
    assert found["today"] == "2026-11-26"
    assert found["paid"] == {
        "2026-08-10": 2_085.17,  # 418.50
        "2026-09-10": 2_061.92,  # 395.25
        "2026-10-10": 2_026.67,  # 360.00
        "2026-11-10": 2_015.42,  # 348.75
    }


def test_what_is_late_of_the_loan_is_told_to_pages_on_being_late() -> None:
    text = LOAN.replace("[cash]", "[history.paid]\n2026-08-10 = 2085.17\n[cash]")
    found = typed_into(PAGE | {"late_instalment": 3, "days_late": 30}, read_text(text))
    assert found["start"] == "2026-08-10"
    assert found["late_instalment"] == 1
    assert found["days_late"] == (dt.date(2026, 11, 26) - dt.date(2026, 9, 10)).days


def test_what_was_late_once_and_is_paid_leaves_the_rest_from_today() -> None:
    """Each was paid a day late, and the penalty with it; the last two were as agreed."""
    whole = Numbers({name: MEANT[name] for name in LOAN_NAMES}).loan
    assert whole is not None
    for number in (1, 2):
        whole = whole.pay_late(number, days=1)
    flows = whole.cashflows(["date", "payment"])
    paid = flows[(flows["payment"] > 0) & (flows["date"] <= "2026-11-26")]
    lines = [f"{day:%Y-%m-%d} = {amount}" for day, amount in paid.itertuples(index=False)]
    text = LOAN.replace("[cash]", "\n".join(["[history.paid]", *lines, "[cash]"]))
    found = typed_into(PAGE | {"late_instalment": 3}, read_text(text))
    assert (found["principal"], found["months"], found["start"]) == (23_333.32, 14, "2026-11-10")
    assert "late_instalment" not in found


def test_months_of_only_interest_are_counted_down() -> None:
    text = LOAN.replace("等额本金", "interest_then_equal")
    numbers = read_text(text)
    assert typed_into(PAGE, numbers)["method"] == "interest_then_equal"
    assert settings_of(PAGE, numbers) == {"interest_only_months": 2}
    later = read_text(text.replace("2026-11-26", "2027-02-01"))
    assert typed_into(PAGE, later)["method"] == "equal_instalment"
    assert settings_of(PAGE, later) == {}


def test_what_follows_from_the_income_is_the_readers_too() -> None:
    numbers = Numbers({"monthly_income": 12_000, "monthly_expenses": 7_000, "other_loans": 500})
    page = {"monthly_surplus": 1, "take_home_pay": 1}
    assert typed_into(page, numbers) == {"monthly_surplus": 4_500, "take_home_pay": 12_000}
    given = Numbers(dict(numbers.values) | {"monthly_surplus": 3_000})
    assert typed_into(page, given)["monthly_surplus"] == 3_000


def test_settings_reach_every_page_with_a_loan() -> None:
    numbers = read_text(LOAN + "[settings]\ndue_day = 20\nday_count = both_ends\ngrace_days = 3\n")
    expected = {"due_day": 20, "day_count": "both_ends", "grace_days": 3}
    assert settings_of(PAGE, numbers) == expected
    assert settings_of(PAGE | {"grace_days": 0}, numbers) == {
        "due_day": 20,
        "day_count": "both_ends",
    }
    assert settings_of({"needs": {}}, numbers) == {}


def test_a_due_day_beyond_february_is_kept_with_what_is_left() -> None:
    text = LOAN.replace("2026年7月10日", "2026-07-31").replace("2026-11-26", "2027-03-15")
    numbers = read_text(text)
    assert typed_into(PAGE, numbers)["start"] == "2027-02-28"
    assert settings_of(PAGE, numbers) == {"due_day": 31}


IN_ROWS = """[loan]
principal = 3万
[[other_debts]]
name = "信用卡"
kind = "信用卡"
balance = 5千
daily_rate = 0.05%
[[other_debts]]
name = "花呗"
kind = "card"
balance = 5千
daily_rate = 5%
[[coupons]]
days = 30
oof = 1
"""


def test_what_is_wrong_within_a_row_is_named_by_its_line() -> None:
    with pytest.raises(JiebeiError) as refused:
        read_text(IN_ROWS)
    first, second = str(refused.value).splitlines()
    assert first.startswith("my_numbers.toml, line 12: 花呗: daily_rate=0.05")
    assert second.startswith("my_numbers.toml, line 15: coupons, line 1: there is no 'oof'")


@pytest.mark.parametrize("head", ["", "[settings]\n"])
def test_an_empty_list_of_debts_says_that_there_are_none(head: str) -> None:
    numbers = read_text(f"{head}other_debts = []\ncoupons = []\noffers = {{}}\nsales = []\n")
    assert dict(numbers.values) == {"other_debts": [], "coupons": []}
    example = {"other_debts": [{"name": "card"}], "coupons": [{"days": 30}]}
    assert typed_into(example, numbers) == {"other_debts": [], "coupons": []}
