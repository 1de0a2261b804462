"""What goes wrong in a cell is said in the reader's language, and nothing old answers for it."""

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from jiebei.language.chosen import speaking
from jiebei.language.words import say
from jiebei.notebook import as_typed, mistakes
from jiebei.notebook.rules import rules
from tests.helpers.notebook_runner import cells

PAGE = "03_repay_early"
MENU = "「运行 > 运行所有单元格」"
TRACEBACKS = ("Traceback", "Error", "<module>")


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the shell of a kernel as it was set up, nothing run in it yet."""
    monkeypatch.setattr(mistakes, "_LOST", set())
    shell = InteractiveShell()
    shell.extension_manager.load_extension(as_typed.__name__)
    return shell


def ran(shell: Any, code: str) -> str:
    """Run a cell and return what it writes."""
    with capture_output() as shown:
        shell.run_cell(code)
    return f"{shown.stdout}{shown.stderr}".strip()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("refused", "silent", "below"),
    [("months =", 1, "mistake.grey"), ("months = 90", 2, "mistake.above")],
)
def test_below_what_is_refused_each_cell_says_so_and_none_answers_from_before(
    shell: Any, lang: str, refused: str, silent: int, below: str
) -> None:
    """`months =` is refused as it is read, 90 months where the page works the loan out."""
    page = cells(PAGE, lang)
    with speaking(lang):
        for source, _ in page[:6]:  # up to the answer
            ran(shell, source)
        assert "answer" in shell.user_ns
        said = [
            ran(shell, source.replace("months = 12", refused) if grey else source)
            for source, grey in page
        ]
        assert [place for place, each in enumerate(said) if not each] == [*range(silent)]
        assert said[3:] == [say(below)] * (len(page) - 3)
    assert not [each for each in said if "\n" in each or any(map(each.count, TRACEBACKS))]
    assert "loan" not in shell.user_ns
    assert "answer" not in shell.user_ns


def test_a_cell_that_alone_is_run_below_a_refused_grey_cell_says_so(shell: Any) -> None:
    """After a refusal JupyterLab calls the cells below off; a slow kernel runs some of them."""
    page = cells(PAGE, "zh")
    with speaking("zh"):
        for source, _ in page[:2]:
            ran(shell, source.replace("months = 12", "months ="))
        assert ran(shell, page[-1][0]) == say("mistake.grey")
        ran(shell, page[1][0])
        assert "这里缺strategies" in ran(shell, "strategies")


def test_once_it_is_mended_the_page_answers_again(shell: Any) -> None:
    page = cells(PAGE, "zh")[:6]
    with speaking("zh"):
        for months in ("", "24"):
            said = [
                ran(shell, source.replace("months = 12", f"months = {months}") if grey else source)
                for source, grey in page
            ]
    assert "最划算" in said[4]
    assert shell.user_ns["loan"].months == 24


def test_what_the_reader_worked_out_alone_stays(shell: Any) -> None:
    ran(shell, "import jiebei as jb\nmine, total = 1, 2")
    assert "loan" in ran(shell, "total = total + 1\nmine = 3\nloan.prepay(1)")
    assert shell.user_ns["total"] == 3
    assert "mine" not in shell.user_ns


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2 * months", f"灰色格子没有运行，或者有一行没看懂。先照它下面的提示改好，再点{MENU}"),
        ("2 * answr", f"上面的格子还没有运行，或者有一格没有算成（这里缺answr）。请点{MENU}"),
        ("raise KeyboardInterrupt", f"已经停下。要重新算，请点{MENU}。"),
        ("print(1，2)", "第1行「print(1，2)」看不懂：看看是不是少了括号或引号，或者用了中文的逗号"),
        ("x = 1\nprint(“a”)", "第2行「print(“a”)」看不懂"),
        ("x = (1, 2", "第1行「x = (1, 2」看不懂"),
        ("for x in y:\nprint(x)", "第2行「print(x)」看不懂"),
        ("{'a': 1}['b']", "这里没有'b'"),
        ("import pandas as pd\npd.DataFrame({'a': [1]})['b']", "这里没有'b'"),
        ("import no_such_package", "没有安装no_such_package。"),
    ],
)
def test_a_mistake_is_said_in_one_sentence(shell: Any, code: str, words: str) -> None:
    ran(shell, "import jiebei as jb")
    with speaking("zh"):
        said = ran(shell, code)
    assert words in said
    assert "\n" not in said
    assert not any(map(said.count, TRACEBACKS))


def test_it_says_so_in_english_too(shell: Any) -> None:
    ran(shell, "import jiebei as jb")
    for code, key in (("raise KeyboardInterrupt", "stopped"), ("2 * answr", "no_value")):
        assert ran(shell, code) == say(f"mistake.{key}", name="answr")


def test_of_what_is_the_fault_of_the_page_python_tells_below_a_sentence(shell: Any) -> None:
    ran(shell, "import jiebei as jb")
    with speaking("zh"):
        said = ran(shell, "1 / 0")
    assert said.startswith("这一格没有算成。没有改过这里的代码，就是这一页出了错，不是您填错了")
    assert "ZeroDivisionError" in said


def test_a_refusal_of_the_suite_stays_as_it_is(shell: Any) -> None:
    ran(shell, "import jiebei as jb")
    with speaking("zh"):
        said = ran(shell, "jb.Loan(1, daily_rate=0.0004, months=90, start='2026-12-01')")
    assert said == "months=90：期限（月）应为1到60的整数。"


def test_a_name_of_the_grey_cell_or_of_the_first_one_is_asked_for(shell: Any) -> None:
    both = ran(shell, "jb.Loan(1)")
    assert "第一个格子还没运行" in both
    assert "The first cell was not run" in both
    for name in rules():
        assert f"一行（{name}）" in ran(shell, f"({name})")
