"""What is saved can be read again, nothing is overwritten, and nothing is left half written."""

import csv
import datetime as dt
import os
import re
from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar
from openpyxl import load_workbook

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.notebook import files, fit, parameters
from jiebei.notebook.answer import Answer
from jiebei.notebook.files import take_home
from jiebei.notebook.how import Compared
from tests.helpers.notebook_runner import parameters as of_page
from tests.helpers.notebook_runner import run_notebook

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
STRATEGIES = {"as agreed": LOAN, "=1+1": LOAN.prepay(20_000, on="2027-03-01")}


@pytest.fixture(autouse=True)
def _no_page_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "_PAGE", {})


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    cash = jb.Cash(30_000, 5_000, "2026-12-01")
    return {
        "compared": jb.compare(STRATEGIES, savings_rate=0.02, cash=cash),
        "a/b: schedule [2027] of the whole line": LOAN.cashflows(),
        "A/B: schedule [2027] of the whole line": LOAN.cashflows(),
    }


def test_a_workbook_holds_every_table_as_figures(
    tmp_path: Path, tables: dict[str, pd.DataFrame]
) -> None:
    path = tmp_path / "my_loan.xlsx"
    assert jb.save(tables, path) == f"Written to my_loan.xlsx in {tmp_path}: 3 tables."
    book = load_workbook(path)
    assert book.sheetnames == [
        "compared",
        "a b  schedule  2027  of the who",
        "A B  schedule  2027  of the 2",
    ]
    compared = book["compared"]
    header, first, second = compared.iter_rows(values_only=True)
    assert header[:3] == ("strategy", "total paid", "interest")
    assert first[:3] == ("as agreed", 54_037.33, 4_037.33)
    assert second[0] == "=1+1"
    assert compared["A3"].data_type == "s", "a name is no formula"
    named = dict(zip(header, compared[3], strict=True))
    assert named["effective rate"].number_format == "0.00%"
    assert named["interest"].number_format == "#,##0.00"
    assert named["payoff date"].number_format == "yyyy-mm-dd"
    assert named["payoff date"].value.isoformat()[:10] == "2027-12-01"
    assert first[header.index("flip rate")] is None, "an empty figure is an empty cell"
    read = pd.read_excel(path, sheet_name=1)
    assert read["payment"].sum() == pytest.approx(54_037.33)
    assert book["compared"].freeze_panes == "B2"


def test_a_csv_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "schedule.csv"
    assert jb.save(LOAN.cashflows(), path) == f"Written to schedule.csv in {tmp_path}: 1 table."
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "so that Excel reads Chinese"
    read = pd.read_csv(path, parse_dates=["date"])
    pd.testing.assert_series_equal(
        read["payment"], LOAN.cashflows()["payment"], check_exact=True, check_dtype=True
    )
    assert list(read["date"]) == list(LOAN.cashflows()["date"])


def test_columns_follow_the_language(tmp_path: Path) -> None:
    jb.use("zh")
    said = jb.save({"还款计划": LOAN.cashflows()}, tmp_path / "计划.xlsx")
    assert said == f"已写入计划.xlsx（文件夹：{tmp_path}）：1张表。"
    sheet = load_workbook(tmp_path / "计划.xlsx")["还款计划"]
    assert [cell.value for cell in sheet[1]][1:4] == ["日期", "事项", "计息天数"]
    assert sheet["C3"].value == "分期还款"


@pytest.mark.parametrize("nowhere", ["", "  ", " \u3000\n", None])
def test_no_name_writes_nothing_and_says_so(nowhere: str | None) -> None:
    before = sorted(Path.cwd().iterdir())
    assert repr(jb.save(LOAN.cashflows(), nowhere)) == (
        'Nothing was written: give a file name, such as "my_loan.xlsx".'
    )
    assert 'such as "my_loan.ics"' in jb.save_calendar(LOAN, nowhere)
    assert sorted(Path.cwd().iterdir()) == before


@pytest.mark.parametrize("name", ["my_loan.xlsx", "my_loan.csv", "my_loan.ics"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    def again() -> str:
        path = tmp_path / name
        return jb.save_calendar(LOAN, path) if path.suffix == ".ics" else jb.save(frame, path)

    frame = LOAN.cashflows()
    (tmp_path / name).write_text("mine")
    (tmp_path / name.replace(".", "-2.")).write_text("mine too")
    free = name.replace(".", "-3.")
    match = rf"'{name}' is there already and was left as it is; '{free}' is free\."
    with pytest.raises(JiebeiError, match=match):
        again()
    assert (tmp_path / name).read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_link_that_leads_nowhere_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone")
    with pytest.raises(JiebeiError, match=r"'a-2\.csv' is free"):
        jb.save(LOAN.cashflows(), tmp_path / "a.csv")


@pytest.mark.parametrize("fails_at", ["write_bytes", "replace"])
def test_what_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    def fail(path: Path, content: object) -> None:
        if fails_at == "write_bytes":
            with path.open("wb") as file:
                file.write(b"a part of it")
        raise OSError(28, "No space left on device")

    place = Path if fails_at == "write_bytes" else os
    monkeypatch.setattr(place, fails_at, fail)
    match = r"'a\.csv' could not be written: No space left on device\."
    with pytest.raises(JiebeiError, match=match):
        jb.save(LOAN.cashflows(), tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("frames", "name", "match"),
    [
        (LOAN.cashflows(), "a.txt", r"'a\.txt': the name of the file ends in \.xlsx or \.csv\."),
        (LOAN.cashflows(), "a.parquet", r"'a\.parquet': the name of the file ends in \.xlsx or"),
        (LOAN.cashflows(), "none/a.csv", r"there is no folder '.*none'\."),
        ({}, "a.xlsx", r"save\(\{\}\): give at least one table"),
        (
            {"a": LOAN.cashflows(), "b": LOAN.cashflows()},
            "a.csv",
            r"save\('a\.csv'\): a \.csv file holds one table, not 2; choose 'a\.xlsx'\.",
        ),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(
    tmp_path: Path, frames: object, name: str, match: str
) -> None:
    with pytest.raises(JiebeiError, match=match):
        jb.save(frames, tmp_path / name)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_calendar_has_every_due_date_and_its_amount(tmp_path: Path) -> None:
    plan = LOAN.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01")
    path = tmp_path / "due.ics"
    said = jb.save_calendar(plan, path)
    entries = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    flows = plan.cashflows()
    paid = flows.groupby("date")["payment"].sum().round(2)
    paid = paid[paid > 0]
    assert said == f"Written to due.ics in {tmp_path}: {len(paid)} entries."
    assert [entry.decoded("dtstart") for entry in entries] == [each.date() for each in paid.index]
    said = [str(entry["summary"]) for entry in entries]
    assert all(f"¥{each:,.2f}" in line for each, line in zip(paid, said, strict=True))
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)
    assert str(entries[-1]["description"]).endswith("Principal owed afterwards: ¥0.00")
    on = [str(each["description"]) for each in entries if "20,0" in str(each["description"])]
    assert on == [], "what is drawn is no payment"
    for entry in entries:
        (alarm,) = entry.walk("VALARM")
        assert alarm.decoded("trigger").total_seconds() == -15 * 3600


def test_a_calendar_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    jb.save_calendar(LOAN, tmp_path / "one.ics")
    jb.save_calendar(LOAN, tmp_path / "two.ics")
    assert (tmp_path / "one.ics").read_bytes() == (tmp_path / "two.ics").read_bytes()


def test_many_scenarios_have_no_calendar(tmp_path: Path) -> None:
    loans = jb.Loan([1_000, 2_000], daily_rate=0.0004, months=3, start="2026-12-01")
    with pytest.raises(JiebeiError, match="2 scenarios have no common calendar; give a single"):
        jb.save_calendar(loans, tmp_path / "a.ics")
    with pytest.raises(JiebeiError, match=r"ends in \.ics\."):
        jb.save_calendar(LOAN, tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "written"),
    [("我的还款", "我的还款.ics"), ("借呗7.10", "借呗7.10.ics"), ("a ", "a.ics")],
)
def test_a_name_without_an_ending_gets_one(tmp_path: Path, name: str, written: str) -> None:
    jb.save_calendar(LOAN, str(tmp_path / name))
    jb.save(LOAN.cashflows(), str(tmp_path / name))
    assert {each.name for each in tmp_path.iterdir()} == {written, written[:-4] + ".xlsx"}


def test_the_widest_name_is_cut(tmp_path: Path) -> None:
    frame = pd.DataFrame({"interest": [1.0]}, index=["x" * 300])
    jb.save(frame, tmp_path / "wide.xlsx")
    sheet = load_workbook(tmp_path / "wide.xlsx").active
    assert sheet.column_dimensions["A"].width == files.WIDEST


@pytest.mark.parametrize(
    "name", ["l" * 250 + ".xlsx", "借" * 83 + ".xlsx", ".hidden.xlsx", "~.xlsx"]
)
def test_a_name_as_long_as_names_can_be_is_written(tmp_path: Path, name: str) -> None:
    assert jb.save(LOAN.cashflows(), tmp_path / name).startswith("Written to ")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "name",
    [
        *("l" * 251 + ".xlsx", "借" * 84 + ".xlsx", "a\x00.xlsx", "a\nb.xlsx", "a\tb.xlsx"),
        *("CON.xlsx", "con.my.xlsx", "lpt1.csv", "a:b.xlsx", "a?.xlsx", "a\\b.xlsx", "\ud800.xlsx"),
        *("~nobody-of-this-name/a.xlsx", "a\x00b/a.xlsx", "借" * 100 + "/a.xlsx", "\ud800/a.xlsx"),
        *(5, b"x.xlsx", 1.5, ["a.xlsx"], True),
    ],
)
def test_a_name_that_not_every_computer_takes_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: object
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang in ("en", "zh"):
        jb.use(lang)
        with pytest.raises(JiebeiError):
            jb.save(LOAN.cashflows(), name)  # type: ignore[arg-type]
        with pytest.raises(JiebeiError):
            jb.save_calendar(LOAN, name)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_lets_nobody_in_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_entry(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", no_entry)
    monkeypatch.setattr(Path, "unlink", no_entry)
    with pytest.raises(JiebeiError, match=r"^'a\.xlsx' could not be written: Permission denied\.$"):
        jb.save(LOAN.cashflows(), tmp_path / "a.xlsx")


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_a_text_in_a_csv_file_is_no_formula(tmp_path: Path, sign: str) -> None:
    frame = pd.DataFrame({sign + "head": ["a", sign + "1+1"], "interest": [-1.5, 2.0]})
    jb.save(frame, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        head, first, second = csv.reader(file)
    assert head == [f"'{sign}head", "interest"]
    assert first == ["a", "-1.5"], "a negative amount stays a figure"
    assert second == [f"'{sign}1+1", "2.0"]


# What a page gives to take home -----------------------------------------------------------------


def test_what_is_refused_is_said_and_the_other_file_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, calendar = {"schedule": LOAN.cashflows()}, tmp_path / "due.ics"
    calendar.write_text("mine")
    take_home(tables, tmp_path / "one.xlsx", LOAN, calendar)
    assert calendar.read_text() == "mine"
    assert (tmp_path / "one.xlsx").exists()
    take_home(tables, tmp_path / "one.xlsx", LOAN, tmp_path / "two.ics")
    assert (tmp_path / "two.ics").exists()
    assert capsys.readouterr().out.splitlines() == [
        "'due.ics' is there already and was left as it is; 'due-2.ics' is free.",
        f"Written to one.xlsx in {tmp_path}: 1 table.",
        f"Written to two.ics in {tmp_path}: 12 entries.",
        "'one.xlsx' is there already and was left as it is; 'one-2.xlsx' is free.",
    ]


@pytest.mark.parametrize("since", ["2026-12-01", "2027-02-01", None])
def test_no_page_writes_what_is_past_into_a_calendar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, since: str | None
) -> None:
    monkeypatch.setattr(files, "_yesterday", lambda: "2027-01-31")
    take_home({}, "", LOAN, tmp_path / "ahead.ics", since)
    days = Calendar.from_ical((tmp_path / "ahead.ics").read_bytes()).walk("VEVENT")
    first = dt.date(2027, 3, 1) if since == "2027-02-01" else dt.date(2027, 2, 1)
    assert days[0].decoded("dtstart") == first  # what is due today is still to be paid


def test_a_calendar_of_nothing_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "_yesterday", lambda: "2027-12-01")
    take_home({}, "", LOAN, tmp_path / "ahead.ics")
    assert "nothing is to be paid from today on" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_page_without_a_calendar_takes_its_tables_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_home({"schedule": LOAN.cashflows()}, tmp_path / "a.xlsx")
    assert capsys.readouterr().out == f"Written to a.xlsx in {tmp_path}: 1 table.\n"


@pytest.mark.parametrize("name", ["03_repay_early", "11_budget"])
def test_a_page_goes_on_where_a_file_is_there_already(name: str, tmp_path: Path) -> None:
    calendar = tmp_path / "mine.ics"
    calendar.write_text("mine")
    run = run_notebook(name, export_to=str(tmp_path / "a.xlsx"), calendar_to=str(calendar))
    assert "'mine.ics' is there already" in run.printed
    assert f"Written to a.xlsx in {tmp_path}" in run.printed
    assert isinstance(run.shown[-1], jb.controls.Panel)


def test_none_is_the_natural_word_for_no_file() -> None:
    run = run_notebook("03_repay_early", export_to=None, calendar_to=None)
    assert run.printed.count("Nothing was written") == 1


def test_a_calendar_holds_only_what_is_ahead(tmp_path: Path) -> None:
    path = tmp_path / "ahead.ics"
    said = jb.save_calendar(LOAN, path, since="2027-02-01")
    days = [str(each) for each in LOAN.cashflows()["date"].dt.date if str(each) > "2027-02-01"]
    assert f"{len(days)} entries" in said
    assert "DTSTART;VALUE=DATE:20270201" not in path.read_text(encoding="utf-8")
    assert f"DTSTART;VALUE=DATE:{days[0].replace('-', '')}" in path.read_text(encoding="utf-8")


def test_loans_are_counted_from_1_in_a_file(tmp_path: Path) -> None:
    plan = LOAN.reborrow(1_000, on="2027-01-05", months=3)
    path = tmp_path / "loans.xlsx"
    jb.save({"plan": plan.cashflows()}, path)
    sheet = load_workbook(path).worksheets[0]
    assert {each.value for each in sheet["A"][1:]} == {1, 2}
    assert set(plan.cashflows()["loan"]) == {0, 1}  # in Python they are places, from 0


def test_a_workbook_begins_with_what_it_rests_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = {"principal": 50_000, "months": 12, "repay_on": "2027-03-01", "export_to": ""}
    parameters.read({**example, "principal": "3万", "export_to": "x"}, example)
    found = Answer("Keep it.", pd.DataFrame({"interest": [1.5]}), "Nothing is known.")
    path = tmp_path / "all.xlsx"
    mine = fit.begin(example, example).take(repay_on="2026-12-20")
    take_home({"the comparison": found.table}, path, mine=mine)
    book = load_workbook(path)
    assert book.sheetnames == ["what it rests on", "the comparison"]
    rows = [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows[0][:2] == ("item", "value")
    assert ("the answer", "Keep it.", "the comparison", None) in rows
    assert ("what it assumes", "Nothing is known.", "the comparison", None) in rows
    day = "the day you repay early, before the loan ends"
    assert rows[4:] == [
        ("yuan, amount drawn", "¥30,000.00", "yours", "principal"),
        ("term", "12 months", "the page's example", "months"),
        (day, "2026-12-20", "fitted to your loan", "repay_on"),
    ]
    take_home({"one": found.table}, tmp_path / "one.csv")  # a single table holds no more than that
    assert "2 tables" in capsys.readouterr().out
    assert (tmp_path / "one.csv").exists()


@pytest.mark.parametrize(
    ("lang", "due", "early", "both"),
    [
        ("en", "Due on ", "Planned early repayment: ", "and ¥9,000.00 early as planned"),
        ("zh", "应还", "计划提前还款", "另外计划提前还款¥9,000.00"),
    ],
)
def test_nobody_calls_an_early_repayment_due(
    tmp_path: Path, lang: str, due: str, early: str, both: str
) -> None:
    jb.use(lang)
    plan = LOAN.prepay(9_000, on="2027-01-01").prepay(9_000, on="2027-01-15")
    jb.save_calendar(plan.settle(on="2027-02-20"), tmp_path / "due.ics")
    entries = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    said = {each.decoded("dtstart").isoformat()[5:]: str(each["summary"]) for each in entries}
    reminders = [str(each.walk("VALARM")[0]["description"]) for each in entries]
    assert list(said) == ["01-01", "01-15", "02-01", "02-20"]
    assert both in said["01-01"]
    assert [said[day].startswith(early) for day in ("01-15", "02-20")] == [True, True]
    assert early not in said["02-01"]
    assert [due in each for each in reminders] == [True, False, True, False]


LATIN = re.compile("[A-Za-z]+")
NAMES = {"App", "LPR", "IRR", "A", "B", "C", "jb", "bad", "sp", "po", "None"}  # of things


@pytest.mark.parametrize(
    "name", ["02_true_cost", "03_repay_early", "07_overdue", "12_many_lenders"]
)
def test_a_chinese_file_is_chinese(tmp_path: Path, name: str) -> None:
    run_notebook(name, lang="zh", export_to=str(tmp_path / "all"))
    book = load_workbook(tmp_path / "all.xlsx")
    basis, *others = book.worksheets
    meanings = [row[0] for row in basis.iter_rows(min_row=2, values_only=True)]
    assert all(meanings)
    assert len({*meanings}) > len(of_page(name)) - 2
    cells = [str(cell) for row in basis.iter_rows(values_only=True) for cell in row[:3]]
    cells += [
        str(cell) for each in others for row in each.iter_rows(values_only=True) for cell in row
    ]
    words = {word for text in [*cells, *book.sheetnames] for word in LATIN.findall(text)}
    assert words <= NAMES


def test_what_is_planned_for_today_is_in_the_calendar_and_what_follows_rests_on_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "planned.ics"
    jb.save_calendar(LOAN.prepay(10_000, on="2027-02-15"), path, since="2027-02-15")
    first, second, *_ = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert first.decoded("dtstart") == dt.date(2027, 2, 15)
    assert "Planned early repayment: ¥10,056.00" in str(first["summary"])  # 14 days at 0.04 %
    assert "Only so if" not in str(first["description"])
    assert "Only so if what is planned until 2027-02-15 is repaid early." in second["description"]


def test_what_is_left_of_a_loan_is_no_drawdown_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {"start": "2026-12-01", "as_of": "2027-03-20"}
    monkeypatch.setattr(files, "page", lambda: ("", {}, typed))
    take_home({"a": LOAN.rest("2027-03-20").cashflows()}, tmp_path / "a.csv")
    take_home({"a": LOAN.cashflows()}, tmp_path / "b.csv")
    rest, whole = (pd.read_csv(tmp_path / each).iloc[0] for each in ("a.csv", "b.csv"))
    assert rest["event"] == "principal left on that day"
    assert (rest["drawn"], rest["owed afterwards"]) == (0, 38_155)
    assert whole["event"] != rest["event"]


def test_the_day_by_day_view_of_a_running_loan_begins_with_what_is_to_come() -> None:
    rest = LOAN.rest("2027-03-20")
    ways = {"as agreed": rest, "settle": rest.settle(on="2027-04-01")}
    table = Compared(ways, 0.0)(jb.compare(ways), None).table
    assert str(table.index[0].date()) == "2027-04-01"
