"""A copy of the pages holds the reader's numbers, and nothing that the reader made is lost."""

import ast
import doctest
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat import NotebookNode

import jiebei as jb
from jiebei.language.words import passage, say
from jiebei.notebook.answer import Answer
from jiebei.notebook.numbers.reading import Numbers, read_text
from jiebei.notebook.numbers.sections import FILE
from tools import mine, report, stored

PAGES = [path.name for path in stored.pages()]
MINE = """[loan]
principal = 3万
daily_rate = 0.045%
months = 18
method = 等额本金
start = 2026年7月10日
[history]
as_of = "2026-11-26"
[cash]
cash_in_hand = 15000
[settings]
due_day = 10
[offers.a]
months = 24
waive = 1.0
[offers.b]
months = 36
daily_rate = 0.0002
waive = 1.0
waive_interest = 0.5
haircut = 0.1
[[other_debts]]
name = "信用卡 \\"A\\""
kind = "card"
balance = 18000
daily_rate = "0.05%"
"""
NUMBERS = read_text(MINE)


def grey(page: mine.Page) -> str:
    (cell,) = (each for each in page.notebook.cells if stored.PARAMETERS in stored.tags(each))
    return str(cell.source)


def given(source: str) -> dict[str, Any]:
    return {
        each.targets[0].id: ast.literal_eval(each.value)  # type: ignore[attr-defined]
        for each in ast.parse(source).body
    }


def test_the_examples_of_the_tools_hold() -> None:
    for tool in (mine, report):
        assert doctest.testmod(tool).failed == 0


# ---- the grey cell -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_grey_cell_holds_the_readers_numbers_and_marks_the_others(name: str, lang: str) -> None:
    path = stored.SETS[lang] / name
    page = mine.filled(path, NUMBERS)
    values, before = given(grey(page)), given(grey(mine.Page(name, stored.read(path), {}, {})))
    assert values == before | page.own
    assert {*page.own} | {*page.example} >= {*mine.example_of(name)}
    mark = say("mine.example")
    for line in grey(page).split("\n"):
        if found := re.match(r"(\w+) = ", line):
            assert (mark in line) == (found[1] in page.example), line


def test_every_page_with_a_loan_of_its_own_takes_the_settings() -> None:
    for name in PAGES:
        page = mine.filled(stored.NOTEBOOKS / name, NUMBERS)
        asks = "principal" in mine.example_of(name)
        assert (page.own.get("due_day") == 10) == asks, name


def test_a_page_is_as_it_was_where_nothing_is_known() -> None:
    path = stored.NOTEBOOKS / "15_lender_view.ipynb"
    page = mine.filled(path, NUMBERS)
    assert page.own == {}
    jb.use("zh")
    assert report.whose(page, Numbers({})) == "用的是页面的例子，不是您的数字。"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_links_of_the_copy_lead_to_what_is_there(name: str, lang: str) -> None:
    page = mine.filled(stored.SETS[lang] / name, NUMBERS)
    folder = mine.HERE / mine.FOLDER
    for cell in page.notebook.cells:
        for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", cell.source) * (
            cell.cell_type == "markdown"
        ):
            target = (folder / link).resolve()
            is_page = target.parent == folder.resolve() and target.name in PAGES
            assert is_page or target.exists(), link


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_an_answer_and_a_picture_to_report(name: str, lang: str) -> None:
    """In the order of the page, as its stored outputs have them, where they are stored."""
    notebook = stored.read(stored.SETS[lang] / name)
    cells = [cell.id for cell in notebook.cells]
    assert report.answering(name) in cells
    assert name[:2] != "14" or report.OWED in cells
    if any(cell.outputs for cell in stored.code_cells(notebook)):
        for example in ({}, {"statement": ""} if name[:2] == "14" else {}):
            said, picture = report.answer(mine.Page(name, notebook, {}, example))
            assert said
            assert picture is not None or example  # what settles the loan is said, not drawn


def test_an_answer_is_reported_in_all_its_sentences() -> None:
    said = passage(["repay early.", "it saves > ¥9."])
    html = Answer(said, pd.DataFrame({"fee": [1.0]}))._repr_html_()
    output = NotebookNode(data={"text/html": html})
    assert report.headline(output) == "Repay early. It saves > ¥9."
    assert not report.headline(NotebookNode(data={"text/html": "<table></table>"}))


# ---- the folder ----------------------------------------------------------------------------------


def page(name: str, source: str) -> mine.Page:
    notebook = stored.read(stored.NOTEBOOKS / name)
    notebook.cells = notebook.cells[:4]
    notebook.cells[-1].source = source
    return mine.Page(name, notebook, {"principal": 1}, {})


def test_what_the_reader_made_or_changed_stays(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    first = [page(name, "old") for name in PAGES[:3]]
    assert mine.write(first, Numbers({}), target) == []
    assert mine.changed(target) == set()

    edited = stored.read(target / PAGES[1])
    edited.cells[-1].source = "my own"
    stored.store(target / PAGES[1], stored.written(edited))
    ran = stored.read(target / PAGES[2])
    ran.metadata["seen"] = "run again, nothing typed"
    stored.store(target / PAGES[2], stored.written(ran))
    (target / "my_loan.xlsx").write_bytes(b"mine")
    (target / "sub").mkdir()
    (target / "sub" / "note.txt").write_text("mine")

    second = [page(name, "new") for name in PAGES[:3]]
    assert mine.write(second, Numbers({}), target) == [PAGES[1]]
    sources = [stored.read(target / name).cells[-1].source for name in PAGES[:3]]
    assert sources == ["new", "my own", "new"]
    assert (target / "my_loan.xlsx").read_bytes() == b"mine"
    assert (target / "sub" / "note.txt").read_text() == "mine"
    assert mine.write(second, Numbers({}), target) == [PAGES[1]]
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_a_folder_that_is_there_already_is_nobody_elses(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / PAGES[0]).write_text("{}", encoding="utf-8")
    assert mine.write([page(PAGES[0], "new")], Numbers({}), target) == [PAGES[0]]
    assert (target / PAGES[0]).read_text(encoding="utf-8") == "{}"


def test_the_folder_stays_where_the_new_one_cannot_be_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine"
    mine.write([page(PAGES[0], "old")], Numbers({}), target)
    rename = Path.rename

    def fails(self: Path, to: Path) -> Path:
        if self.name == "mine.new":
            raise PermissionError("in use")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(PermissionError):
        mine.write([page(PAGES[0], "new")], Numbers({}), target)
    assert stored.read(target / PAGES[0]).cells[-1].source == "old"


# ---- make mine -----------------------------------------------------------------------------------


def test_the_file_is_made_first_then_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mine.make("zh", tmp_path) == 0
    assert "已在" in capsys.readouterr().out
    assert mine.make("zh", tmp_path) == 1
    assert "还没有数字" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE).write_text("[loan]\nprincipal = -5\nmonths = 99\n", encoding="utf-8")
    assert mine.make("zh", tmp_path) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("my_numbers.toml 第2行：principal=-5：")
    assert said[1].startswith("my_numbers.toml 第3行：months=99：")
    assert said[-1].startswith("什么都没有写入。")
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_the_loan_is_found_out_of_the_lenders_own_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample counts both ends; what was written down by hand stays."""
    monkeypatch.setattr(mine, "run_all", no_run)
    sample = mine.HERE / "data" / "statements" / "plan_both_ends.csv"
    (tmp_path / "my_plan.csv").write_bytes(sample.read_bytes())
    file = tmp_path / FILE
    text = '[files]\nstatement = "my_plan.csv"  # 计划\n[cash]\nsavings_rate = "1.5%"\n'
    file.write_text(text, encoding="utf-8")
    assert mine.make("zh", tmp_path, ["02_true_cost"]) == 0
    assert "已从my_plan.csv反推出借款" in capsys.readouterr().out
    written = file.read_text(encoding="utf-8")
    assert "# 计划" in written
    assert dict(read_text(written).values) == {
        "statement": "my_plan.csv",
        "savings_rate": 0.015,
        "principal": 50_000.0,
        "daily_rate": 0.0004,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
        "day_count": "both_ends",
    }
    assert 'day_count = "both_ends"' in grey(
        mine.filled(stored.SETS["zh"] / "02_true_cost.ipynb", read_text(written))
    )


async def no_run(pages: list[mine.Page], folder: Path) -> list[mine.Page]:
    """Leave the pages as they are filled: no kernel is started."""
    return pages


def test_a_file_that_no_loan_explains_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE).write_text('statement = "not_there.csv"\n', encoding="utf-8")
    assert mine.make("zh", tmp_path) == 1
    assert "not_there.csv" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


class Loads(HTMLParser):
    """What a page loads from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [str(given[each]) for each in ("src", "srcset") if given.get(each)]
        self.found += [str(given.get("href"))] * (tag == "link")


@pytest.mark.slow
def test_two_pages_are_filled_run_and_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one runs through; the other refuses an extension after the loan is paid off."""
    text = MINE + '[plans]\nextend_on = "2040-01-01"\n'
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert mine.make("zh", tmp_path, ["02_true_cost", "04_extend"]) == 0
    assert "其中1页没有算完" in capsys.readouterr().out
    folder = tmp_path / "mine"
    ran = stored.read(folder / "02_true_cost.ipynb")
    assert all(each.execution_count for each in stored.code_cells(ran))
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "¥30,000.00，日利率0.045%，18期，等额本金，2026年7月10日放款" in html
    assert "2026年11月26日结清要¥23,501.32，其中本金¥23,333.32" in html
    assert "2026年12月10日，应还¥1,981.67" in html
    assert "这一页没有算完：extend_on=2040年1月1日：" in html
    assert html.count("<section>") == 2
    assert all(each.startswith("data:") for each in Loads(html).found)
    assert "@media print" in html
    assert sorted(each.name for each in tmp_path.iterdir()) == ["mine", FILE]


def test_what_a_file_with_a_loan_does_not_tell_of_debts_and_coupons_is_none() -> None:
    loan = "[loan]\nprincipal = 3万\ndaily_rate = 0.045%\nmonths = 18\nstart = 2026-07-10\n"
    page = mine.filled(stored.SETS["zh"] / "16_best_plan.ipynb", read_text(loan))
    assert page.own["other_debts"] == page.own["coupons"] == []
    assert "other debts" not in report.whose(page, read_text(loan))
    told = dict(report.facts(read_text(loan)))
    assert "other debts, coupons" in told["Not told"].replace(" and ", ", ")
    assert "Not told" not in dict(
        report.facts(read_text(loan + "other_debts = []\ncoupons = []\nreserve = 0\n"))
    )


def test_the_report_begins_with_the_best_plan_and_its_calendar() -> None:
    numbers = Numbers({})
    pages = [mine.Page(each.name, stored.read(each), {}, {}) for each in stored.pages()]
    shown = report.report(pages, numbers, [])
    best = shown.index('href="16_best_plan.ipynb"')
    assert best < shown.index('href="00_start_here.ipynb"') < shown.index("15_lender_view")
    calendar = shown[best : shown.index('href="00_start_here.ipynb"')]
    assert '<div class="calendar"><table' in calendar


# ---- an answer that needs the reader's own -------------------------------------------------------

SURPLUS = "[loan]\nprincipal = 3万6\ndaily_rate = 0.045%\nmonths = 18\nstart = 2026-09-08\n"
SURPLUS += "[history]\nas_of = 2026-11-26\n[cash]\ncash_in_hand = 12000\n"


def told(name: str, text: str) -> str:
    """Return what the report says of a page that answers what it would answer on its example."""
    numbers = read_text(text)
    page = mine.filled(stored.NOTEBOOKS / name, numbers)
    return report.section(page, numbers, [])


def test_what_is_left_each_month_is_the_income_where_no_income_is_told() -> None:
    numbers = read_text(SURPLUS + "monthly_surplus = 2600\n")
    own = {name[:2]: mine.filled(stored.NOTEBOOKS / name, numbers).own for name in PAGES}
    asked = ("take_home_pay", "monthly_expenses", "reserve")
    assert [own["16"][each] for each in asked] == [2600, 0, 0]
    asked = ("monthly_income", "monthly_expenses", "other_loans")
    assert [own["11"][each] for each in asked] == [2600, 0, 0]
    assert own["12"]["debt_budget"] == 2600
    kept = mine.filled(stored.NOTEBOOKS / report.BEST, read_text(SURPLUS + "reserve = 500\n")).own
    assert kept["reserve"] == 500
    spent = SURPLUS + "monthly_surplus = 2600\nmonthly_income = 9000\nmonthly_expenses = 6000\n"
    page = mine.filled(stored.NOTEBOOKS / report.BEST, read_text(spent))
    assert (page.own["take_home_pay"], page.own["monthly_expenses"]) == (9000, 6000)


@pytest.mark.parametrize(
    ("name", "line", "wanted"),
    [
        (report.BEST, "monthly_surplus = 2600", "monthly_surplus"),
        ("11_budget.ipynb", "monthly_surplus = 2600", "monthly_surplus"),
        (
            "06_grace.ipynb",
            'monthly_surplus = 2600\nthin_months = {"2027-01-08" = 900}',
            "thin_months",
        ),
        ("12_many_lenders.ipynb", "debt_budget = 2600", "debt_budget"),
    ],
)
def test_no_answer_on_an_income_of_the_example_is_reported(
    name: str, line: str, wanted: str
) -> None:
    assert "No answer yet: it needs your own" in told(name, SURPLUS)
    assert f"{wanted} (" in told(name, SURPLUS)
    assert "No answer yet" not in told(name, f"{SURPLUS}{line}\n")


@pytest.mark.usefixtures("lang")
@pytest.mark.parametrize(
    ("name", "own", "names"),
    [
        ("11_budget.ipynb", {}, {"repay_amount", "reborrow_amount", "extend_months"}),
        ("11_budget.ipynb", {"repay_amount": 1_000, "extend_months": 3}, {"reborrow_amount"}),
        ("10_credit_tiers.ipynb", {"months": 18}, {"reborrow_amount", "reborrow_every"}),
        ("03_repay_early.ipynb", {}, set()),
    ],
)
def test_a_plan_that_is_the_examples_is_named(
    name: str, own: dict[str, Any], names: set[str]
) -> None:
    left = {each: value for each, value in mine.example_of(name).items() if each not in own}
    notes = list(report.supposed(mine.Page(name, stored.read(stored.NOTEBOOKS / name), own, left)))
    all_ = {"repay_amount", "reborrow_amount", "extend_months", "reborrow_every"}
    assert {each for each in all_ if notes and each in notes[0]} == names
    assert len(notes) == bool(names) + ("months" in own and bool(names))
