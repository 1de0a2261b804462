import csv
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont

import jiebei
from jiebei.language import frames, table, use, words
from jiebei.language.errors import JiebeiError

HOUSE = Path(jiebei.__file__).parent


def rows(*files: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for each in files or table.files():
        with each.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def formats(text: str) -> set[str]:
    return {how for _, _, how, _ in Formatter().parse(text) if how}


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    use("en")


# The table ---------------------------------------------------------------------------------


def test_keys_are_sorted_and_unique():
    for each in table.files():
        keys = [row["key"] for row in rows(each)]
        assert keys == sorted(set(keys)), each
    keys = [row["key"] for row in rows()]
    assert sorted(keys) == sorted(set(keys))


def test_every_key_names_its_area():
    assert [row["key"] for row in rows() if "." not in row["key"]] == []


@pytest.mark.parametrize(
    "folder", sorted(each.parent for each in HOUSE.glob("answers/*/words.csv"))
)
def test_what_an_answer_says_is_found_by_its_folder(folder: Path) -> None:
    keys = [row["key"].split(".") for row in rows(folder / "words.csv")]
    rooms = {each[1] for each in keys if each[0] == "answer" and len(each) > 2}
    assert rooms == {folder.name}


def test_both_languages_are_filled():
    assert [row["key"] for row in rows() if not (row["en"] and row["zh"])] == []


def test_both_languages_have_the_same_fields():
    for row in rows():
        # English writes a date as iso where Chinese needs its parts, a document by its
        # title and an article by its figures, and names what a discount takes off where Chinese
        # names what remains (20% off: 8折).
        if not row["key"].startswith(("date.", "document.", "offers.discount")):
            assert fields(row["en"]) == fields(row["zh"]), row["key"]


def test_every_format_is_known():
    for row in rows():
        for how in formats(row["en"]) | formats(row["zh"]):
            plain = re.fullmatch(r"\{how\}|,?(\.\d)?[fg]?", how)
            assert plain or re.fullmatch(words.FORMAT, how), (row["key"], how)


def test_no_stray_spaces():
    for row in rows():
        for text in row.values():
            assert text == text.strip(), row["key"]
            assert "  " not in text, row["key"]


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_fonts_have_every_character(weight):
    font = TTFont(HOUSE / "charts" / "drawing" / "fonts" / f"NotoSansSC-{weight}.ttf")
    written = set("".join(row["en"] + row["zh"] for row in rows())) | set("–−+¥%,.…0123456789■\n")
    missing = {each for each in written - {"\n"} if ord(each) not in font.getBestCmap()}
    assert missing == set()


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, jiebei; jiebei.use('zh'); "
        "print([each for each in ('matplotlib', 'scipy', 'ipywidgets') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Saying ------------------------------------------------------------------------------------


def test_an_unknown_language_is_refused():
    with pytest.raises(
        JiebeiError, match=r"lang='fr': choose \"en\" \(English\) or \"zh\" \(中文\)"
    ):
        use("fr")
    assert table.language() == "en"


def test_words_follow_the_language():
    assert words.say("strategy.repay_early") == "repay early"
    use("zh")
    assert words.say("strategy.repay_early") == "提前还款"


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(LookupError, match=r"'event\.prepayments': the nearest key is 'event\.prep"):
        words.say("event.prepayments")


def test_a_missing_field_is_named():
    with pytest.raises(LookupError, match=r"'chart\.label\.saves' need the field 'amount'"):
        words.say("chart.label.saves")


# Figures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "¥0.00"),
        (-0.001, "¥0.00"),
        (0.005, "¥0.01"),
        (2005.785, "¥2,005.79"),  # half up, where the binary number is just below
        (-1234.5, "−¥1,234.50"),
        (np.float64(8_000_000), "¥8,000,000.00"),
        (np.int64(7), "¥7.00"),
        (float("nan"), "–"),
        (None, "–"),
        (float("inf"), "–"),
    ],
)
def test_yuan(amount, expected):
    assert words.yuan(amount) == expected


def test_signed_yuan_has_no_sign_at_zero():
    signed = [words.yuan(each, 0, signed=True) for each in (12.5, -12.5, 0.4, -0.4)]
    assert signed == ["+¥13", "−¥13", "¥0", "¥0"]


def test_yuan_in_a_headline():
    assert [words.headline_yuan(each) for each in (0.01, 99.5, 100.5, 99_999, 1_234_567.8)] == [
        "¥0.01",
        "¥99.50",
        "¥101",
        "¥99,999",
        "¥1,234,568",
    ]
    use("zh")
    assert [words.headline_yuan(each) for each in (99_999, 100_000, 123_456, -8e6)] == [
        "¥99,999",
        "10万元",
        "12.35万元",
        "−800万元",
    ]
    assert words.headline_yuan(250_000, signed=True) == "+25万元"


def test_percent_is_half_up():
    assert words.percent(0.15625) == "15.63%"
    assert words.percent(0.00045, 3) == "0.045%"
    assert words.percent(np.nan) == "–"


@pytest.mark.parametrize(
    "date", ["2027-03-01", np.datetime64("2027-03-01"), pd.Timestamp("2027-03-01").date()]
)
def test_dates(date):
    assert (words.day(date), words.month(date)) == ("2027-03-01", "Mar 2027")
    use("zh")
    assert (words.day(date), words.month(date)) == ("2027年3月1日", "2027年3月")


def test_a_date_that_never_comes_is_empty():
    assert words.day(np.datetime64("NaT")) == words.day(None) == "–"


def test_counts():
    assert words.count(1, "day") == "1 day"
    assert words.count(12_000, "scenario") == "12,000 scenarios"
    assert words.count(1.0, "year", 1) == "1.0 years"
    use("zh")
    assert words.count(3, "instalment") == "3期"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-01-31", "2027-01-31", "0 days"),
        ("2027-12-01", "2027-07-01", "5 months"),
        ("2027-01-31", "2027-03-01", "29 days"),
        ("2026-12-01", "2028-12-01", "24 months"),
    ],
)
def test_spans(first, last, expected):
    assert words.span(first, last) == expected


def test_cells_follow_their_column():
    shown = [frames.cell(name, 1.0) for name in ("interest", "effective_rate", "days_in_debt")]
    assert shown == ["¥1.00", "100.00%", "1 day"]
    assert frames.cell("payoff_date", np.datetime64("NaT")) == "–"


def test_a_table_is_renamed_and_its_figures_stay():
    flows = jiebei.Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01").cashflows()
    use("zh")
    shown = frames.table_frame(flows)
    assert list(shown.columns[:5]) == ["第几笔", "日期", "事项", "计息天数", "还前剩余本金"]
    assert list(shown["事项"].unique()) == ["借款", "分期还款"]
    assert shown["利息"].tolist() == flows["interest"].tolist()


def test_every_column_event_and_state_of_the_frames_has_words():
    from jiebei.engine.events import EVENTS
    from jiebei.loan.cashflows import COLUMNS, STATUSES

    keys = {row["key"] for row in rows()}
    loan = jiebei.Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    compared = jiebei.compare(
        {"a": loan}, cash=jiebei.Cash(in_hand=1.0, monthly=1.0, since="2026-12-01")
    )
    totals = loan.summary().to_frame().reset_index()
    ledger = jiebei.net_benefit_ledger(loan.settle(on="2027-01-15"), loan, 0.02).reset_index()
    columns = ("id", *COLUMNS, *compared, *totals, *ledger)
    assert {f"column.{name}" for name in columns} <= keys
    assert {f"event.{name.replace(' ', '_')}" for name in EVENTS} <= keys
    assert {f"status.{name.replace(' ', '_')}" for name in STATUSES} <= keys


def test_shortening_keeps_whole_words():
    assert frames.shorten("repay early and often", 16) == "repay early..."
    use("zh")
    assert frames.shorten("提前还款并缩短期限", 10) == "提前还款…"
    assert frames.shorten("提前还款", 10) == "提前还款"


# Words as data ------------------------------------------------------------------------------


def test_words_are_chosen_when_they_are_shown():
    kept = words.Words("strategy.extend")
    assert str(kept) == "extend"
    use("zh")
    assert f"{kept}" == "展期"
    assert kept == words.Words("strategy.extend")
    assert {kept: 1}[words.Words("strategy.extend")] == 1


@pytest.mark.parametrize(
    ("how", "value", "english", "chinese"),
    [
        ("yuan", 2005.785, "¥2,005.79", "¥2,005.79"),
        ("yuan.0+", 1234.5, "+¥1,235", "+¥1,235"),
        ("money", 299_430, "¥299,430", "29.94万元"),
        ("money+", 12.5, "+¥12.50", "+¥12.50"),
        ("percent", 0.146, "14.60%", "14.60%"),
        ("percent.1", 0.15623, "15.6%", "15.6%"),
        ("number.1", 8.849, "8.8", "8.8"),
        ("day", "2027-03-01", "2027-03-01", "2027年3月1日"),
        ("month", "2027-03-01", "Mar 2027", "2027年3月"),
        ("count.month", 1, "1 month", "1个月"),
        ("count.year.1", 8.8, "8.8 years", "8.8年"),
        ("or", ["a", "b", "c"], "a, b or c", "a、b或c"),
        ("list", ["a = 1", "b"], "a = 1, b", "a = 1，b"),
        (
            "names.day",
            ["2027-03-01", "2027-04-01"],
            "2027-03-01, 2027-04-01",
            "2027年3月1日、2027年4月1日",
        ),
        ("series", ["a", "b"], "a; b", "a；b"),
        ("money", "told in words", "told in words", "told in words"),
        ("capital", "extend", "Extend", "extend"),
    ],
)
def test_a_template_says_how_its_field_is_written(how, value, english, chinese):
    assert words._TEMPLATES.vformat(f"{{x:{how}}}", (), {"x": value}) == english
    use("zh")
    assert words._TEMPLATES.vformat(f"{{x:{how}}}", (), {"x": value}) == chinese


def test_words_that_say_the_same_are_the_same():
    one, other = (words.Words("strategy.extend", n=each) for each in (1, 2))
    assert one == other
    assert len({one, other}) == 1
    apart = {words.Words("error.text", text=each) for each in "ab"}
    assert len(apart) == 2


def test_words_stand_within_words():
    inner = words.Words("strategy.extend")
    kept = words.passage([words.Words("error.text", text=inner), "", "so it is."])
    assert str(kept) == "Extend So it is."
    use("zh")
    assert str(kept) == "展期so it is."


def test_an_error_speaks_the_language_in_which_it_is_read():
    mistake = pickle.loads(pickle.dumps(JiebeiError("error.lang", lang="fr")))
    assert str(mistake) == 'lang=\'fr\': choose "en" (English) or "zh" (中文).'
    mistake = JiebeiError("error.choose", names=["lower", "shorten"])
    assert str(mistake) == "choose 'lower' or 'shorten'."
    use("zh")
    assert str(mistake).startswith("可选'减少月供'（lower）")


def test_in_one_chinese_sentence_all_sums_are_told_in_one_unit() -> None:
    def said(paid: float, cost: float) -> str:
        return str(words.Words("answer.shared.glance_title", paid=paid, cost=cost, share=0.2))

    use("zh")
    assert said(155_136, 35_136).startswith("一共要还¥155,136，其中利息和费用¥35,136")
    assert said(155_136, 135_136).startswith("一共要还15.51万元，其中利息和费用13.51万元")
    rate = {"amount": 24_364.53, "n": 12, "borrowed": 270_000, "daily": ""}
    assert str(words.Words("answer.my_statement.rate", **rate)).startswith(
        "借¥270,000，12期、每期¥24,364.53"  # what is told to the fen is told in yuan
    )


def test_a_daily_rate_is_told_with_all_that_it_has() -> None:
    """200,000 x 0.0645 % x 7 are 903; at 0.065 %, three decimals, they would be 910."""
    said = {"principal": 200_000, "days": 7, "cost": 903}
    assert "0.0645%" in str(words.Words("answer.true_cost.for_days", rate=0.000645, **said))
    assert "0.040%" in str(words.Words("answer.true_cost.for_days", rate=0.0004, **said))
