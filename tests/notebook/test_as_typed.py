"""What people type into a grey cell is read as meant, or refused in one sentence that helps."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import jiebei as jb
from jiebei.language.chosen import speaking
from jiebei.notebook import as_typed
from jiebei.notebook.as_typed import python
from jiebei.notebook.parameters import choices_of, read
from tests.helpers.notebook_runner import cells, parameters
from tools.stored import NOTEBOOKS

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]


def home(name: str) -> str:
    """Return a notebook that has the parameter."""
    return next(each for each in ("03_repay_early", *NAMES) if name in parameters(each))


def cell(line: str, name: str) -> str:
    """Return the grey cell of a notebook with one line as it was typed."""
    (source,) = (text for text, holds in cells(home(name)) if holds)
    old = re.search(rf"^{name} = (?:[^\n]*[\[{{]\s+#.*?^[\]}}]|.*?)$", source, re.M | re.S)
    assert old
    return source.replace(old[0], line + '  # a comment, 备注: "en"')


def entered(line: str, name: str) -> Any:
    """Return what a parameter is once its line was typed and the page has read its cell."""
    namespace: dict[str, Any] = {}
    exec(python(cell(line, name)), namespace)
    read(namespace, parameters(home(name)))
    return namespace[name]


DAY = "2026-07-10"
MEANT: list[tuple[str, Any]] = [
    # days
    *[
        (f"start = {each}", DAY)
        for each in (DAY, "2026-7-10", "2026/7/10", "2026/07/10", "2026.7.10")
    ],
    *[
        (f"start = {each}", DAY)
        for each in ("2026年7月10日", "2026年7月10号", "20260710", "２０２６－７－１０")
    ],
    *[
        (f'start = "{each}"', DAY)
        for each in (DAY, "2026-7-10", "2026/7/10", "2026年7月10日", "20260710")
    ],
    *[
        (f"start = “{each}”", DAY)
        for each in (DAY, "2026-7-10", "2026/7/10", "2026年7月10日", "20260710")
    ],
    ("start = ‘2026-07-10’", DAY),
    ("start = '2026-07-10'", DAY),
    ("start = ”2026-07-10”", DAY),
    ('start = "2026-07-10”', DAY),
    ('start = “2026-07-10"', DAY),
    ("start = ＂2026-07-10＂", DAY),
    ("start = 「2026-07-10」", DAY),
    ('start = "2026-07-10', DAY),
    ('start = "２０２６-07-10"', DAY),
    ('start = "2026-07-10"，', DAY),
    ("start = 2026-12-10", "2026-12-10"),  # in Python a sum: 2004
    ("start = 2026/12/10", "2026-12-10"),  # in Python a quotient
    # amounts
    *[
        (f"principal = {each}", 30_000)
        for each in ("3万", "3万元", "3 万", "3w", "3W", "3.0万", "30000元")
    ],
    *[
        (f"principal = {each}", 30_000)
        for each in ("30,000", "30，000", "3,0000", "30 000", "30,000元", "30_000")
    ],
    *[
        (f"principal = {each}", 30_000)
        for each in ("¥30000", "￥30,000", "３００００", "３万", "30k", "30千", "30000块钱")
    ],
    *[
        (f"principal = {each}", 30_000)
        for each in ('"30000"', "“3万”", "30000,", "30000。", "30000；", "= 30000"[2:])
    ],
    ("principal = 3.5万", 35_000),
    *[(f"principal = {each}", 30_000) for each in ("三万", "三万元", "“三万”")],
    *[(f"principal = {each}", 35_000) for each in ("三万五", "3万5", "3万5千", "三万五千块")],
    ("principal = 1,234,567.89", 1_234_567.89),
    ("principal = 30000.50元", 30_000.5),
    ("principal = 3 * 10_000", 30_000),
    ("principal = 1e4", 10_000),
    ("principal=30000", 30_000),
    ("principal ＝ 30000", 30_000),
    ("principal：30000", 30_000),
    ("  principal = 30000", 30_000),
    ("\u3000principal\u3000=\u300030000", 30_000),
    # rates
    *[
        (f"daily_rate = {each}", 0.00045)
        for each in ("0.045%", "0.045％", "0.045 %", "万分之4.5", "0.45‰", '"0.045%"')
    ],
    *[
        (f"daily_rate = {each}", 0.00045)
        for each in (
            "0.045%/天",
            "0.00045",
            "0．00045",
            ".00045",
            "0。00045",
            "４.5e-4"[1:] and "4.5e-4",
        )
    ],
    *[
        (f"daily_rate = {each}", 0.00045)
        for each in ("万4.5", "万四点五", "万分之四点五", "万分之4.5/天", "万分之4.5每天")
    ],
    ("savings_rate = 2%", 0.02),
    ("savings_rate = 百分之二", 0.02),
    ("bad_drop = 三成", 0.3),
    ("savings_rate = 2％", 0.02),
    ("penalty_multiple = 1.5倍", 1.5),
    # terms and counts
    *[(f"months = {each}", 12) for each in ("12期", "12个月", "1年", "12 months", "１２", '"12"')],
    *[(f"months = {each}", 12) for each in ("一年", "十二期", "十二个月")],
    *[(f"months = {each}", 6) for each in ("半年", "六期", "6个月")],
    ("months = 一年半", 18),
    ("extend_months = 半年", 6),
    ("days_late = 30天", 30),
    ("days_late = 三十天", 30),
    ("days_late = 两周", 14),
    ("accelerate_after = 60天", 60),
    ("reborrow_every = 4个月", 4),
    ("payday = 15号", 15),
    ("years_ahead = 3年", 3),
    # choices
    *[
        (f"method = {each}", "interest_only")
        for each in (
            "先息后本",
            '"先息后本"',
            "“先息后本”",
            "interest_only",
            "Interest only",
            "INTEREST_ONLY",
            "interest-only",
        )
    ],
    ("method = 每月等额", "equal_instalment"),
    ("method = 等额本息", "equal_instalment"),
    ("method = 等额本金", "equal_principal"),
    ("method = 到期一次还本付息", "bullet"),
    ("method = 6+6", "interest_then_equal"),
    ("who = 小店", "shop"),
    ("order = 雪球法", "smallest_balance"),
    # files
    ("export_to = my_loan.xlsx", "my_loan.xlsx"),
    ("export_to = “我的借款.xlsx”", "我的借款.xlsx"),
    ("export_to = ", ""),
    ("export_to = None", None),
    # days after the drawdown
    ("repay_on = 90", "2027-03-01"),
    ("repay_on = 20270301", "2027-03-01"),
    # several
    ("need = {2027-6-1: 2万}", {"2027-06-01": 20_000}),
    (
        "need = ｛“2027年6月1日”：20,000，2027/7/1：5000元｝",
        {"2027-06-01": 20_000, "2027-07-01": 5_000},
    ),
    ("need = 2027-06-01: 20000", {"2027-06-01": 20_000}),
    ("need = {}", {}),
    ("offered = 每月等额，先息后本", ["equal_instalment", "interest_only"]),
    ("offered = 【“每月等额”、bullet】", ["equal_instalment", "bullet"]),
    ("monthly_income = 1.2万", 12_000),
    ("monthly_income = [" + "1.2万，12000元," * 6 + "]", [12_000] * 12),
    ("sales = [40_000] * 12", [40_000] * 12),
    ("chance = {“job loss”：2%}", {"job loss": 0.02}),
    (
        "other_debts = [{“name”：“招行（卡）”，“kind”：card，balance：1.8万，“daily_rate”：0.05%}]",
        [{"name": "招行（卡）", "kind": "card", "balance": 18_000, "daily_rate": 0.0005}],
    ),
    (
        "other_debts = {name: 花呗, kind: loan, balance: 9,000, daily_rate: 0.0005, months: 6}",
        [{"name": "花呗", "kind": "loan", "balance": 9_000, "daily_rate": 0.0005, "months": 6}],
    ),
]


@pytest.mark.parametrize(("line", "value"), MEANT, ids=[line for line, _ in MEANT])
def test_what_is_typed_is_read_as_meant(line: str, value: Any) -> None:
    name = re.split(r"\s*[=＝：]", line.strip("\u3000 "))[0]
    found = entered(line, name)
    assert found == value


def said(line: str, lang: str = "zh") -> str:
    """Return the sentence that refuses a line, from the typing or from the reading of the cell."""
    (name, *_) = re.findall(r"\w+", line)
    namespace: dict[str, Any] = {"jb": jb}  # the first cell of the page was run

    def page() -> None:
        exec(python(cell(line, name), namespace), namespace)
        read(namespace, parameters(home(name)))

    with speaking(lang):
        with pytest.raises(jb.JiebeiError) as refused:
            page()
        return str(refused.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "principal = ",
            "灰色格子第1行「principal =」看不懂：请照这样写 principal = 30000",
        ),
        ("start = ", "灰色格子第5行「start ="),
        (
            "principal 30000",
            "灰色格子第1行「principal 30000」：每行写成「名称 = 值」",
        ),
        (
            "principal = 三五万",
            "principal='三五万'：金额（元）应为大于0的数。请照这样写：principal = 30000。",
        ),
        ("principal = 3万50", "principal='3万50'：金额（元）应为大于0的数。"),
        ("principal = 1分", "principal='1分'：金额（元）应为大于0的数。"),
        ("principal = 3个月", "principal='3个月'：金额（元）应为大于0的数。"),
        ("principal = 20,00", "principal='20,00'：金额（元）应为大于0的数。"),
        ("principal = abc", "principal='abc'：金额（元）应为大于0的数。"),
        ("principal = salary * 2", "principal='salary * 2'：金额（元）应为大于0的数。"),
        ("principal = -3万", "principal=-30000：金额（元）应为大于0的数。"),
        ("principal = 5%", "principal='5%'：金额"),
        ("daily_rate = 0.045", "daily_rate=0.045："),
        ("daily_rate = 一分", "daily_rate='一分'："),
        ("daily_rate = 1分", "daily_rate='1分'："),
        ("daily_rate = 月息8厘", "daily_rate='月息8厘'："),
        ("months = 半个月", "months=0.5："),
        ("months = 12块", "months='12块'：期限（月）应为1到60的整数"),
        ("months = 1.2年", "months=14.4："),
        ("start = 春节前", "start='春节前'："),
        ("start = 2026-13-01", "start='2026-13-01'："),
        ("start = 2026-02-30", "start='2026-02-30'："),
        ("start = 90", "start=90：请填日期，如'2026-12-01'。"),
        ("start = 发薪日", "start='发薪日'："),
        ("repay_on = 2027-3", "repay_on="),
        ("method = 等额", "method"),
        ("method = 随便", "method"),
        ("need = {2027-6-1 2万}", "灰色格子第15行「need = {2027-6-1 2万}"),
        ("need = {2027-6-1: 2万", "灰色格子第15行「need = {2027-6-1: 2万"),
        ("sales = [40,000, 110,000]", "灰色格子第6行「sales = [40,000, 110,000]"),
        ("sales = [40,500, 30,200]", "灰色格子第6行「sales = [40,500, 30,200]"),
    ],
)
def test_what_has_no_one_meaning_is_refused_in_one_sentence(line: str, words: str) -> None:
    assert said(line).startswith(words)
    assert "\n" not in said(line)
    assert not re.search("[：。]", said(line, "en").replace(line, ""))


def test_who_has_not_run_the_first_cell_is_told_in_the_language_of_the_folder_or_in_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese, english = (
        "看不懂：请照这样写 principal = 3",
        "cannot be read; write it like principal = 3",
    )
    with pytest.raises(jb.JiebeiError) as both:
        python(cell("principal = ", "principal"))
    assert chinese in str(both.value)
    assert english in str(both.value)
    (tmp_path / "zh").mkdir()
    monkeypatch.chdir(tmp_path / "zh")
    with pytest.raises(jb.JiebeiError) as one:
        python(cell("principal = ", "principal"))
    assert chinese in str(one.value)
    assert english not in str(one.value)


def test_every_choice_is_known_by_the_name_that_stands_behind_it_in_the_cell() -> None:
    seen = set()
    for name in NAMES:
        (source,) = (text for text, holds in cells(name, "zh") if holds)
        for line in source.splitlines():
            parameter = line.split(" = ")[0]
            for choice, called in re.findall(r'"(\w+)" ([一-鿿\d]+)', line.partition("#")[2]):
                if choice in choices_of(parameter):
                    seen.add(parameter)
                    assert entered(f"{parameter} = {called}", parameter) == choice
    assert seen == {"method", "grace_interest", "penalty_on", "who", "order"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_python_stays_as_it_is(name: str) -> None:
    for source, _ in cells(name):
        assert python(source) == source


@pytest.mark.parametrize(
    "code",
    [
        "principal = 3万",  # no grey cell: nobody reads it
        "import jiebei as jb\nprincipal = 3万\nmonths = 12期\nstart = 2026-12-10",
        "principal, months = 1, 2\nprint(start)",
        "def question(principal):\n    start = 2026-12-10\n    months = 3",
        "answer = 2026-12-10",
        "%matplotlib inline\nprincipal = 3万\nmonths = 12期\nstart = 2026-12-10",
        "for start in days:\n    principal = months",
    ],
)
def test_no_other_cell_is_touched(code: str) -> None:
    assert python(code) == code


def test_who_calculates_in_the_cell_may() -> None:
    code = (
        'start = "2026-12-10"\nsalary = 8_000\nprincipal = salary * 3\nmonths = years * 12\n'
        "rates = [0.1]\n"
    )
    assert python(code, ["years"]) == code
    assert "months = 'years * 12'" in python(code)


@pytest.mark.parametrize(("typed", "near"), [("pricipal", "principal"), ("Months", "months")])
def test_a_name_that_is_nearly_a_parameter_is_not_taken_for_another(typed: str, near: str) -> None:
    text = cell(f"{near} = 3", near).replace(f"{near} = 3", f"{typed} = 3")
    with pytest.raises(jb.JiebeiError, match=f"Line \\d of .* {typed} = 3.*; write {near} =$"):
        python(text)


# In IPython ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shell() -> Any:
    """Return a shell with the extension, loaded twice."""
    shell = InteractiveShell()
    shell.extension_manager.load_extension(as_typed.__name__)
    as_typed.load_ipython_extension(shell)
    return shell


def ran(shell: Any, code: str) -> str:
    """Run a cell and return what it writes."""
    with capture_output() as shown:
        shell.run_cell(code)
    return str(shown.stdout)


def test_a_shell_reads_the_grey_cell_before_python_does(shell: Any) -> None:
    assert ran(shell, cell("start = 2026年7月10日", "start")) == ""
    assert shell.user_ns["start"] == "2026年7月10日"


def test_a_shell_shows_the_sentence_alone(shell: Any) -> None:
    shown = ran(shell, cell("principal =", "principal"))
    assert shown.startswith("灰色格子第1行「principal =」看不懂")
    assert "Line 1 of the grey cell, principal =" in shown
    assert len(shown.splitlines()) == 1


def test_it_can_be_unloaded() -> None:
    shell = InteractiveShell()
    before = list(shell.input_transformers_cleanup)
    shell.extension_manager.load_extension(as_typed.__name__)
    shell.extension_manager.unload_extension(as_typed.__name__)
    assert shell.input_transformers_cleanup == before
    assert "SyntaxError" in ran(shell, "principal = 3万\nstart = 1\nmonths = 2")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return the shell of a kernel that nobody has set up, in which the first cell was run."""
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    yield shell
    jb.use("en")


@pytest.mark.parametrize(
    ("lang", "refused"), [("en", "Line 3 of the grey cell"), ("zh", "灰色格子第3行")]
)
def test_without_set_up_the_first_cell_lets_the_next_be_read(
    bare: Any, lang: str, refused: str
) -> None:
    for _ in range(2):
        assert ran(bare, f'import jiebei as jb\njb.use("{lang}")') == ""
    assert ran(bare, "principal = 3万6\nmonths = 12\nmethod = 每月等额") == ""
    assert bare.user_ns["principal"] == "3万6"
    assert bare.user_ns["method"] == "每月等额"
    assert refused in ran(bare, "principal = 3万6\nmonths = 12\nstart =")


def test_without_set_up_what_python_can_run_is_left_to_python(bare: Any) -> None:
    ran(bare, 'import jiebei as jb\njb.use("en")\nimport datetime as dt\nmine = 7_000')
    assert ran(bare, "principal = mine\nstart = dt.date(2026, 7, 10)\nmonths = 2") == ""
    assert bare.user_ns["principal"] == 7_000
    assert str(bare.user_ns["start"]) == "2026-07-10"
    assert ran(bare, "def f(:").startswith("Line 1, def f(:: this cannot be read.")


def test_with_set_up_the_first_cell_adds_nothing(bare: Any) -> None:
    bare.extension_manager.load_extension(as_typed.__name__)
    before = list(bare.input_transformers_cleanup)
    jb.use("en")
    assert bare.input_transformers_cleanup == before
