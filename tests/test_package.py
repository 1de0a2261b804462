"""The package that is built carries what it reads, and answers where there is nothing else."""

import doctest
import re
import shutil
import subprocess
import sys
import tarfile
from importlib import import_module
from pathlib import Path

import pytest

import jiebei as jb

HERE = Path(__file__).parents[1]
BUILT_FROM = ["pyproject.toml", "setup.py", "MANIFEST.in", "LICENSE", "README.md", "jiebei", "data"]
ASK = """
import doctest, sys
sys.path.insert(0, sys.argv[1])
import jiebei as jb
from jiebei.answers import true_cost
assert jb.__file__.startswith(sys.argv[1]), jb.__file__
asked = doctest.testfile(
    sys.argv[2], module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
)
assert asked.attempted > 5 and not asked.failed
loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
for lang in "en", "zh":
    jb.use(lang)
    print(true_cost.answer(loan, "2026-12-01"))
print(jb.charts.balance({"loan": loan}).get_title())
"""


def run(where: Path, *command: object) -> str:
    ran = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=where,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "MPLBACKEND": "agg"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, the wheel from what it holds, and install that into an empty folder."""
    source, built, unpacked, installed = (
        tmp_path_factory.mktemp(name) for name in ("source", "built", "unpacked", "installed")
    )
    for name in BUILT_FROM:
        path = HERE / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source)
    build = "from setuptools import build_meta; import sys; build_meta.build_{}(sys.argv[1])"
    run(source, "-c", build.format("sdist"), built)
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(unpacked, filter="data")
    run(next(unpacked.iterdir()), "-c", build.format("wheel"), built)
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    run(built, *pip, "--target", installed, *built.glob("*.whl"))
    return installed


def test_every_file_that_the_package_reads_is_installed(installed: Path) -> None:
    house, read = HERE / "jiebei", ["*.csv", "*.ttf", "py.typed", "*.py"]
    files = {each.relative_to(house) for kind in read for each in house.rglob(kind)}
    files |= {Path("data", each.name) for each in (HERE / "data").iterdir()}
    assert [each for each in sorted(files) if not (installed / "jiebei" / each).exists()] == []


def test_installed_it_answers_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "-I", "-c", ASK, installed, HERE / "README.md")
    assert "this loan really costs 15.62%" in said
    assert "息费共¥4,037" in said
    assert list(tmp_path.iterdir()) == []


def test_the_suite_and_the_package_name_their_oldest_python() -> None:
    asked = (HERE / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11"' in asked
    for page in ("README.md", "README.zh.md"):
        text = (HERE / page).read_text(encoding="utf-8")
        assert re.search(r"Python 3\.11.*3\.13", text), page


# ---- what people see of it -----------------------------------------------------------------------


def test_after_the_dot_stand_the_public_names_only() -> None:
    assert dir(jb) == sorted({*jb.__all__, *jb.ON_FIRST_USE})
    for name in dir(jb):
        assert getattr(jb, name) is not None
    assert dir(jb) == sorted({*jb.__all__, *jb.ON_FIRST_USE})  # also once everything is loaded


def test_everything_in_all_can_be_imported_by_a_star() -> None:
    names: dict[str, object] = {}
    exec("from jiebei import *", names)
    assert {*jb.__all__} <= {*names}


def test_help_begins_with_a_chain_that_runs() -> None:
    (chain,) = doctest.DocTestFinder(recurse=False).find(import_module("jiebei"))
    assert "prepay" in (jb.__doc__ or "")
    assert len(chain.examples) > 4
    assert re.match(r"Cash flows.*\n\nA strategy is a loan", jb.__doc__ or "")
