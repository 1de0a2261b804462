"""start.py is what a newcomer meets first: it works in words, and does nothing twice."""

import csv
import json
import logging
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from IPython.core.application import ENV_CONFIG_DIRS
from jupyterlab.commands import get_app_dir
from jupyterlab_server.translation_utils import get_language_packs
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import start
from tools.stored import KERNEL


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, whatever the system speaks."""
    monkeypatch.setattr(start, "language", "en")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace set-up and modules by a note of what would run; ruff's lint fails."""
    notes: list[str] = []

    def note(name: str, *options: str) -> int:
        notes.append(" ".join([name, *options]))
        return 1 if (name, *options[:1]) == ("ruff", "check") else 0

    monkeypatch.setattr(start, "set_up", lambda *listings: notes.append("set up"))
    monkeypatch.setattr(start, "module", note)
    return notes


def test_a_failed_check_is_named_and_the_tests_run_all_the_same(
    ran: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["test", "-k", "prepay"]) == 1
    assert ran == [
        "set up",
        "ruff format --check .",
        "ruff check .",
        "mypy",
        "pytest -n 2 --dist loadfile --no-loadscope-reorder -rs -k prepay",
    ]
    assert "Failed: lint." in capsys.readouterr().out


def test_refresh_writes_all_that_pages_show_and_say_in_turn(ran: list[str]) -> None:
    page = "notebooks/04_extend.ipynb"
    assert start.main(["refresh", page, "--jobs", "1"]) == 0
    steps = [f"tools.notebooks {page} --jobs 1", "tools.readme", f"tools.said {page}"]
    assert ran == ["set up", "tools.twins", "tools.parameters", "tools.navigation", *steps]


def test_the_browser_runs_its_own_tests_only(ran: list[str]) -> None:
    assert start.main(["browser", "-x"]) == 0
    assert ran == ["set up", "pytest -rs tests/browser -x"]


def test_web_pages_are_made_by_their_tool(ran: list[str]) -> None:
    assert start.main(["html"]) == 0
    assert ran == ["set up", "tools.site"]


def test_small_faults_are_made_by_their_tool(ran: list[str]) -> None:
    assert start.main(["mutants", "--core", "20"]) == 0
    assert ran == ["set up", "tools.mutants --core 20"]


def test_sheets_of_charts_are_made_by_their_tool(ran: list[str]) -> None:
    assert start.main(["sheets", "03_repay_early", "--lang", "zh"]) == 0
    assert ran == ["set up", "tools.sheets 03_repay_early --lang zh"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [(["mine", "zh"], "zh"), (["mine"], "en"), (["mine", "en", "02_true_cost"], "en 02_true_cost")],
)
def test_the_readers_own_pages_are_made_in_a_language(
    ran: list[str], monkeypatch: pytest.MonkeyPatch, words: list[str], asked: str
) -> None:
    monkeypatch.setattr(start, "language", "en")
    assert start.main(words) == 0
    assert ran == ["set up", f"tools.mine {asked}"]


def test_the_makefile_knows_every_command() -> None:
    makefile = (start.HERE / "Makefile").read_text(encoding="utf-8")
    assert f"\n{' '.join(start.COMMANDS)}:\n" in makefile


@pytest.mark.parametrize(("lang", "colon"), [("en", ": "), ("zh", "：")])
def test_an_unknown_command_shows_every_command(
    lang: str, colon: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "language", lang)
    with pytest.raises(SystemExit) as shown:
        start.main(["tset"])
    lines = str(shown.value).splitlines()
    for name in start.COMMANDS:
        assert any(line.startswith(f"{name}{colon}") for line in lines), name


def test_every_word_it_says_is_in_the_table_and_none_besides() -> None:
    source = Path(start.__file__).read_text(encoding="utf-8")
    with (start.HERE / start.WORDS).open(encoding="utf-8", newline="") as file:
        keys = {row["key"].removeprefix("start.") for row in csv.DictReader(file)}
    composed = {f"check_{name}" for name in start.CHECKS} | set(start.CHECKS)
    assert composed < keys
    assert [key for key in keys - composed if f'"{key}"' not in source] == []


LANGUAGES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("set_to", "lang"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_HK"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US:zh"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_it_speaks_the_language_of_the_system(
    set_to: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "os", SimpleNamespace(name="posix", environ=set_to))
    monkeypatch.setattr(start, "sys", SimpleNamespace(platform="linux"))
    assert start.system_language() == lang


@pytest.mark.parametrize(
    ("answer", "lang"), [('(\n    "zh-Hans-CN",\n    en\n)\n', "zh"), ("", "en")]
)
def test_a_mac_without_a_locale_is_asked(
    answer: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SimpleNamespace(run=lambda *_args, **_options: SimpleNamespace(stdout=answer))
    monkeypatch.setattr(start, "os", SimpleNamespace(name="posix", environ={}))
    monkeypatch.setattr(start, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(start, "subprocess", asked)
    assert start.system_language() == lang


@pytest.mark.parametrize(("number", "lang"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en")])
def test_windows_is_asked(number: int, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    windows = SimpleNamespace(windll=SimpleNamespace(kernel32=kernel))
    monkeypatch.setattr(start, "os", SimpleNamespace(name="nt"))
    monkeypatch.setitem(sys.modules, "ctypes", windows)
    assert start.system_language() == lang


@pytest.mark.parametrize(
    ("typed", "lang", "options"),
    [
        (["lab", "zh", "--port=8899"], "zh", ["--port=8899"]),
        (["lab", "en"], "en", []),
        (["lab"], "en", []),
        ([], "en", []),
    ],
)
def test_jupyterlab_opens_the_set_that_is_asked_for_with_menus_of_its_language(
    typed: list[str],
    lang: str,
    options: list[str],
    ran: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands: list[list[str]] = []

    def popen(command: list[str], **_options: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(wait=lambda: 0)

    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(start.subprocess, "Popen", popen)
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    assert start.main(typed) == 0
    (command,) = commands
    assert command[len(command) - len(options) :] == options
    assert f"--LabApp.default_url=/lab/tree/{start.FIRST_PAGES[lang]}" in command
    assert f"--ServerApp.root_dir={start.HERE}" in command  # data/ can be reached
    defaults = json.loads((tmp_path / start.LAB_DEFAULTS).read_text())
    assert defaults["@jupyterlab/translation-extension:plugin"]["locale"] == start.LOCALES[lang]
    said = {"en": "Opening JupyterLab", "zh": "正在打开 JupyterLab"}
    assert said[lang] in capsys.readouterr().out


def test_jupyterlab_finds_its_defaults_and_its_chinese_there() -> None:
    settings = Path(get_app_dir()) / "settings" / "overrides.d"
    assert settings.resolve() == (Path(sys.prefix) / start.LAB_DEFAULTS).parent.resolve()
    found, trouble = get_language_packs()
    assert trouble == ""
    assert start.LOCALES["zh"] in found


def test_an_old_python_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.sys, "version_info", (3, 10, 13))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        start.main([])


def test_a_set_up_is_good_for_one_listing_one_python_and_one_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fingerprint(place: str, pins: str) -> str:
        monkeypatch.setattr(start, "HERE", tmp_path / place)
        start.HERE.mkdir(exist_ok=True)
        (start.HERE / start.RUN).write_text(pins, encoding="utf-8")
        return start.fingerprint(start.RUN)

    first = fingerprint("here", "numpy==2.4.6")
    assert fingerprint("here", "numpy==2.4.6") == first
    assert fingerprint("here", "numpy==2.4.7") != first
    assert fingerprint("there", "numpy==2.4.6") != first
    monkeypatch.setattr(start.sys, "version", "3.99")
    assert fingerprint("here", "numpy==2.4.6") != first


def test_kernels_are_prepared_in_the_environment_and_a_second_time_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path)
    start.prepare_kernels()
    file, quiet = tmp_path / start.STARTUP, tmp_path / start.KERNEL
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {file, quiet}
    assert json.loads(quiet.read_text())["IPKernelApp"]["log_level"] == logging.ERROR
    file.touch()
    written = file.stat().st_mtime_ns
    start.prepare_kernels()
    assert file.stat().st_mtime_ns == written
    file.write_text("of an older version")
    start.prepare_kernels()
    assert file.read_text() == start.READ_AS_TYPED


def test_ipython_looks_for_it_there() -> None:
    assert str(Path(sys.prefix) / "etc" / "ipython") in ENV_CONFIG_DIRS
    assert start.STARTUP.startswith("etc/ipython/startup/")


def test_a_kernel_reads_its_grey_cell_as_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path)
    start.prepare_kernels()
    (tmp_path / "profile_default").mkdir()
    (tmp_path / start.STARTUP).parent.rename(tmp_path / "profile_default" / "startup")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(start.HERE))
    typed, names = "principal = 3万\nmonths = 12期\nstart = “明天”", "principal, months, start"
    notebook = new_notebook(cells=[new_code_cell(typed), new_code_cell(names)])
    NotebookClient(notebook, kernel_name=KERNEL["name"]).execute()
    assert notebook.cells[0].outputs == []
    (shown,) = notebook.cells[1].outputs
    assert shown.data["text/plain"] == "('3万', '12期', '明天')"


def test_it_is_plain_ascii() -> None:
    assert Path(start.__file__).read_text(encoding="utf-8").isascii()
