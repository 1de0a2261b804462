"""The folders of the package stand on one another in one order: no arrow points upwards."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import jiebei

HOUSE = Path(jiebei.__file__).parent
STANDS_ON = {
    "language": set(),
    "units": {"language"},
    "value": {"language", "units"},
    "engine": {"language", "units"},
    "loan": {"language", "units", "value", "engine"},
    "compare": {"language", "units", "value", "engine", "loan"},
    "life": {"language", "units", "value", "engine", "loan", "compare"},
    "charts": {"language", "units"},
    "notebook": {"language", "units", "value", "engine", "loan", "compare", "life", "charts"},
}
STANDS_ON["answers"] = STANDS_ON["notebook"] | {"notebook"}


def imports(file: Path) -> set[str]:
    """Return the folders of the package that a file imports from."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    names |= {
        f"{each.module}.{name.name}"
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom)
        for name in each.names
    }
    found = {each.split(".")[1] for each in names if each.startswith("jiebei.")}
    return found & set(STANDS_ON)


@pytest.mark.parametrize("folder", STANDS_ON)
def test_no_folder_imports_one_above_it(folder: str) -> None:
    allowed = STANDS_ON[folder] | {folder}
    for file in sorted((HOUSE / folder).rglob("*.py")):
        assert imports(file) <= allowed, file


def test_every_folder_is_in_the_order_and_says_what_it_is() -> None:
    folders = {each.name for each in HOUSE.iterdir() if each.is_dir() and each.name[0] != "_"}
    assert folders == set(STANDS_ON)
    for each in sorted(HOUSE.rglob("__init__.py")):
        assert ast.get_docstring(ast.parse(each.read_text(encoding="utf-8"))), each


def test_no_file_has_more_than_400_lines() -> None:
    root = Path(__file__).parents[1]
    for folder in (HOUSE, root / "tools", root / "tests/helpers"):
        for file in sorted(folder.rglob("*.py")):
            assert file.read_text(encoding="utf-8").count("\n") <= 400, file


def imported(file: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield what a file imports, now or later, except for its types only."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    ifs = [each for each in ast.walk(tree) if isinstance(each, ast.If)]
    types_only = [each for each in ifs if ast.unparse(each.test) == "TYPE_CHECKING"]
    skipped = {part for each in types_only for part in ast.walk(each)}
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom) and each not in skipped and each.module:
            for name in each.names:
                whole = f"{each.module}.{name.name}"
                yield whole if whole in known else each.module


def test_no_file_imports_one_that_imports_it() -> None:
    files = {}
    for each in HOUSE.rglob("*.py"):
        path = each.relative_to(HOUSE.parent).with_suffix("")
        files[".".join(path.parts).removesuffix(".__init__")] = each
    stands_on = {name: {*imported(file, files)} - {name} for name, file in files.items()}
    TopologicalSorter(stands_on).prepare()  # raises CycleError, with the circle


@pytest.mark.parametrize("folder", ["units", "value", "engine", "loan", "compare"])
def test_a_folder_hands_out_a_few_names(folder: str) -> None:
    room = import_module(f"jiebei.{folder}")
    assert 0 < len(room.__all__) <= 10
    assert all(getattr(room, name).__module__ for name in room.__all__)
