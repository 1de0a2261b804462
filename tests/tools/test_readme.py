"""The READMEs say what the notebooks say now, their examples run, and their links hold."""

import doctest
import re
from pathlib import Path

import pytest

from tools import readme

PAGES = [page for page, _ in readme.PAGES.values()]
DOCUMENTS = [*PAGES, "CHANGELOG.md", "CONTRIBUTING.md"]


def test_answers_and_pictures_are_up_to_date() -> None:
    assert readme.faults() == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    text = (readme.HERE / name).read_text(encoding="utf-8")
    links = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each]
    assert [each for each in links if not (readme.HERE / each).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_example_runs(name: str) -> None:
    failed, tried = doctest.testfile(
        str(readme.HERE / name),
        module_relative=False,
        encoding="utf-8",
        optionflags=doctest.NORMALIZE_WHITESPACE,
    )
    assert (failed, tried > 5) == (0, True)


@pytest.mark.parametrize("name", PAGES)
def test_the_first_screen_has_the_commands(name: str) -> None:
    text = (readme.HERE / name).read_text(encoding="utf-8")
    for command in ("make lab", "make test", "py start.py", "py start.py test"):
        assert re.search(rf"^    {re.escape(command)}$", text, re.MULTILINE)


def test_what_is_out_of_date_is_named_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in PAGES:
        text = (readme.HERE / name).read_text(encoding="utf-8").replace("¥", "$")
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(readme, "HERE", tmp_path)
    assert readme.main(["--check"]) == 1
    assert "README.zh.md: its answers are out of date" in capsys.readouterr().err
    assert readme.main([]) == 0
    assert readme.main(["--check"]) == 0
    original = (Path(readme.__file__).parent.parent / PAGES[1]).read_text(encoding="utf-8")
    assert (tmp_path / PAGES[1]).read_text(encoding="utf-8") == original
    assert "¥" in readme.described(tmp_path / "docs/answer_zh.png")
