"""Make small faults in copies of the package, one at a time, and see which ones the tests notice.

    python -m tools.mutants                        75 faults in the core, 75 in the answers
    python -m tools.mutants --core 20 --seed 7     20 others, in the core only

A fault is a change in one place, as by a slip of the hand (`KINDS`): of every kind alike, at most
one on a line. Each is tried in a copy of the tree, against the examples of its module and the tests
of its folder (`tests/` follows `jiebei/`; a page has its plain sums too), until one fails. A fault
in the core that these miss is held to the tests of all of it, one in the answers to what its
English page has stored, as `make test` does, and to what is written down of it at other numbers
(`stands_on`, `shown_on`). What is missed changes nothing that anybody can see, or wants a test.
Among it are faults that only tests of another folder would notice, so the rate is a lower bound.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import json
import os
import py_compile
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from copy import copy
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

try:
    import resource
except ImportError:  # Windows: there a fault that never ends wants Ctrl-C
    resource = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
PARTS = {"core": ("engine", "loan", "compare", "value", "units"), "answers": ("answers",)}
NOT_COPIED = (".*", "__pycache__", "build", "site", "sheets")
LIMIT = 300  # seconds of a processor for the tests of one fault
OPTIONS = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
# without the plugin for notebooks pytest starts in half the time
NO_PAGE = ["-p", "no:nbval", "-o", "addopts=--doctest-modules"]
A_PAGE = ["-o", "addopts=--nbval --nbval-current-env --nbval-cell-timeout=120"]
FAILED = r"^(?:FAILED|ERROR) (.+?)(?:(?<=\.ipynb)::Cell .*| - .*)?$"
MOST_PAGES = 2  # that are looked at for a module that pages share
STARTED = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
LIBRARIES = ["hypothesis.strategies", "matplotlib.pyplot", "pandas", "scipy.optimize"]
NOTICED, MISSED, CUT_OFF = "noticed", "missed", "cut off"


def _both_ways(pairs: Iterable[Sequence[Any]]) -> dict[Any, Any]:
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


OTHER_OPERATOR: dict[type, type] = _both_ways(
    [
        *[(ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot)],
        *[(ast.In, ast.NotIn), (ast.Add, ast.Sub), (ast.BitAnd, ast.BitOr), (ast.And, ast.Or)],
    ]
)
OTHER_OPERATOR |= {ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult}
OTHER_OPERATOR |= {ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult}
PAIRS = "min max, minimum maximum, nanmin nanmax, argmin argmax, any all, floor ceil"
OTHER_NAME: dict[str, str] = _both_ways(pair.split() for pair in PAIRS.split(", "))


@dataclass(frozen=True)
class Fault:
    """One change in one place of a module: the bytes from `start` to `end` become `after`."""

    module: Path
    line: int
    kind: str
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        """Show it on one line: where, and what becomes of what."""
        return f"{self.module}:{self.line}  {self.kind}:  {self.before}  ->  {self.after}"

    def made(self, source: bytes) -> bytes:
        """Return the module with this fault."""
        return source[: self.start] + self.after.encode() + source[self.end :]


# What a slip of the hand changes -----------------------------------------------------------


def _but(node: ast.AST, **changed: object) -> ast.AST:
    found = copy(node)
    for name, value in changed.items():
        setattr(found, name, value)
    return found


def _comparison(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and not _half_a_fen(node):
        return _but(node, ops=[OTHER_OPERATOR[type(node.ops[0])]()])
    return None


def _half_a_fen(node: ast.Compare) -> bool:
    """Tell whether it compares with half a fen: where no amount lies, < and <= are the same."""
    return any(isinstance(each, ast.Name) and each.id == "FEN" for each in ast.walk(node))


def _arithmetic(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER_OPERATOR:
        return _but(node, op=OTHER_OPERATOR[type(node.op)]())
    return None


def _logic(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.BoolOp):
        return _but(node, op=OTHER_OPERATOR[type(node.op)]())
    return None


def _constant(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.Constant) or type(node.value) not in (bool, int, float):
        return None
    if isinstance(node.value, bool):
        return _but(node, value=not node.value)
    more = 2 * node.value if isinstance(node.value, float) and node.value else node.value + 1
    return _but(node, value=more)


def _removed(node: ast.AST) -> ast.AST | None:
    called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    stored = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    return ast.Pass() if called or stored or isinstance(node, ast.AugAssign) else None


def _sign(node: ast.AST) -> ast.AST | None:
    return node.operand if isinstance(node, ast.UnaryOp) else None


def _condition(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.IfExp):
        return _but(node, body=node.orelse, orelse=node.body)
    return None


def _negated(node: ast.AST) -> ast.AST | None:
    return ast.UnaryOp(ast.Not(), node) if isinstance(node, ast.expr) else None


def _branches(node: ast.AST) -> ast.AST | None:
    called = node.func if isinstance(node, ast.Call) and len(node.args) == 3 else None
    if isinstance(called, ast.Attribute) and called.attr == "where":
        condition, first, second = node.args
        return _but(node, args=[condition, second, first])
    return None


def _extreme(node: ast.AST) -> ast.AST | None:
    name = {ast.Attribute: "attr", ast.Name: "id"}.get(type(node), "")
    found = OTHER_NAME.get(getattr(node, name, ""))
    return _but(node, **{name: found}) if found else None


KINDS: dict[str, Callable[[ast.AST], ast.AST | None]] = {
    "comparison": _comparison,
    "arithmetic": _arithmetic,
    "logic": _logic,
    "constant": _constant,
    "removed": _removed,
    "sign": _sign,
    "condition": _condition,
    "branches": _branches,
    "extreme": _extreme,
}


# Where ------------------------------------------------------------------------------------


def _nodes(node: ast.AST) -> Iterator[tuple[bool, ast.AST]]:
    """Yield what computes, and whether it is to be negated; no types, decorators, texts."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.keyword) and node.arg == "strict":  # of zip: no list is ever too short
        return
    yield False, node
    if isinstance(node, ast.If) and not isinstance(node.test, ast.UnaryOp):
        yield True, node.test
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST) and not isinstance(each, ast.JoinedStr):
                yield from _nodes(each)


def faults(source: bytes, module: Path) -> Iterator[Fault]:
    """Yield every fault that may be made in a module."""
    begins = [0]
    for line in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    for negated, node in _nodes(ast.parse(source)):
        changes = {"condition": _negated} if negated else KINDS
        for kind, change in changes.items():
            after = change(node)
            if after is None or not isinstance(node, ast.expr | ast.stmt):
                continue
            start = begins[node.lineno - 1] + node.col_offset
            end = begins[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            text = ast.unparse(after)
            simple = isinstance(after, ast.stmt | ast.Constant | ast.Name | ast.Attribute)
            text = text if simple else f"({text})"
            before = " ".join(source[start:end].decode().split())
            yield Fault(module, node.lineno, kind, start, end, before, text)


def drawn(found: Sequence[Fault], number: int, seed: int) -> list[Fault]:
    """Draw faults, of each kind as many as there are, and at most one on a line."""
    order = random.Random(seed)
    by_kind = {kind: [each for each in found if each.kind == kind] for kind in KINDS}
    for each in by_kind.values():
        order.shuffle(each)
    chosen, lines = list[Fault](), set[tuple[Path, int]]()
    while len(chosen) < number and any(by_kind.values()):
        for kind in (each for each in by_kind.values() if each):
            fault = kind.pop()
            if (fault.module, fault.line) not in lines and len(chosen) < number:
                lines.add((fault.module, fault.line))
                chosen.append(fault)
    return chosen


def watched_by(module: Path, root: Path) -> list[str]:
    """Return what is run for a module: its examples, its own tests, then those of its folder."""
    folders, near = module.parts[1:-1], list[str]()
    if folders[0] == "answers" and len(folders) > 1:
        rooms = [module.stem] if folders[1] == "shared" else [folders[1], module.stem]
        near = [f"tests/{each}/test_{room}*.py" for room in rooms for each in ("answers", "truth")]
    found = list(dict.fromkeys(each for pattern in near for each in sorted(root.glob(pattern))))
    while not found:
        found = sorted(root.glob("/".join(["tests", *folders, "test_*.py"])))
        folders = folders[:-1]
    found.sort(key=lambda each: each.stem != f"test_{module.stem}")
    return [str(module), *(str(each.relative_to(root)) for each in found)]


def stands_on(module: Path) -> list[str]:
    """Return the examples and tests of the rest of the core for a module of it."""
    if module.parts[1] not in PARTS["core"]:
        return []
    others = [each for each in PARTS["core"] if each != module.parts[1]]
    tests = [f"tests/{each}" for each in others]
    return [*tests, "tests/test_wrong_input.py", *(f"jiebei/{each}" for each in PARTS["core"])]


def shown_on(module: Path, root: Path) -> list[list[str]]:
    """Return what holds the pages that show what a module of the answers says: its own, or some."""
    if module.parts[1] != "answers" or len(module.parts) < 4:
        return []
    pages, room = sorted(root.glob("notebooks/*.ipynb")), module.parts[2]
    if room == "shared":
        used = re.compile(rf"answers\.shared(?:\.| import [^\n]*?\b){module.stem}\b")
        found = [each for each in pages if used.search(_code_of(each, root))][:MOST_PAGES]
    else:
        found = [each for each in pages if each.stem[3:] == room]
    words = f"written_down and ({' or '.join(each.stem for each in found)})"
    stored = [str(each.relative_to(root)) for each in found]
    return [["tests/notebooks/test_edges.py", "-k", words], stored] if found else []


def _code_of(page: Path, root: Path) -> str:
    """Return the code of a page and of the answers that it gives."""
    files = sorted((root / "jiebei/answers" / page.stem[3:]).glob("*.py"))
    cells = ["".join(each["source"]) for each in json.loads(page.read_text("utf-8"))["cells"]]
    return "\n".join([*cells, *(each.read_text(encoding="utf-8") for each in files)])


# Trying -----------------------------------------------------------------------------------


def tried(fault: Fault, tree: Path, sound: dict[str, bool]) -> str:
    """Make a fault in a copy, run the tests, mend it, and return what came of it."""
    module = fault.module
    rest = filter(None, [stands_on(module), *shown_on(module, tree)])
    outcomes = (noticed(fault, each, tree, sound) for each in [watched_by(module, tree), *rest])
    return next((each for each in outcomes if each != MISSED), MISSED)


def noticed(fault: Fault, tests: Sequence[str], tree: Path, sound: dict[str, bool]) -> str:
    """Run tests against a fault.

    A test that failed is run without the fault too, once: `sound` holds whether it passes then. One
    that does not says nothing of any fault: it is left out. The cells of a page are one test.
    """
    file = tree / fault.module
    right = file.read_bytes()
    while True:
        left_out = [f"--deselect={test}" for test, passes in sound.items() if not passes]
        if not any(sound.get(each, True) for each in tests):
            return MISSED
        file.write_bytes(fault.made(right))
        try:
            code, said = run([*tests, *left_out], tree)
        finally:
            file.write_bytes(right)
        broken = re.findall(FAILED, said, re.MULTILINE)
        new = [test for test in broken if test not in sound]
        sound |= {test: not run([test], tree)[0] for test in new}
        for test in new:
            if not sound[test]:
                print(f"{test} fails without any fault: left out", flush=True)
        if any(sound[test] for test in broken):
            return NOTICED
        if not new:
            return CUT_OFF if code else MISSED


def compiled(tree: Path) -> None:
    """Compile a copy once: a module is compiled again where its bytes, not its date, are others."""
    by_bytes = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(tree / "jiebei", quiet=1, invalidation_mode=by_bytes)
    compileall.compile_dir(tree / "tests", quiet=1, invalidation_mode=by_bytes)


def run(tests: Sequence[str], tree: Path) -> tuple[int, str]:
    """Run tests of a copy until one fails; return the exit code (below 0: cut off) and the words.

    Each run is a process of its own, forked from one that has read the libraries already.
    """
    said = tree / "said.txt"
    ran = STARTED.Process(target=_run, args=(tests, tree, said))
    ran.start()
    ran.join()
    assert ran.exitcode is not None
    return ran.exitcode, said.read_text()


def _run(tests: Sequence[str], tree: Path, said: Path) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    os.environ["PYTHONPATH"] = str(tree)  # for the kernels
    with said.open("w") as file, redirect_stdout(file), redirect_stderr(file):
        shown = any(each.endswith(".ipynb") for each in tests)
        code = pytest.main([*OPTIONS, *(A_PAGE if shown else NO_PAGE), *tests])
    sys.exit(code)


def main() -> int:
    """Draw the faults, try them, and print the rate of each part and what was missed."""
    parser = argparse.ArgumentParser(description="Make small faults and see which are noticed.")
    for part in PARTS:
        parser.add_argument(f"--{part}", type=int, metavar="N", help="faults (75, if none is set)")
    parser.add_argument("--seed", type=int, default=1, help="which faults are drawn")
    asked = vars(parser.parse_args())
    usual = 75 if all(asked[part] is None for part in PARTS) else 0
    STARTED.set_forkserver_preload(LIBRARIES)
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_COPIED))
        compiled(tree)
        for part, names in PARTS.items():
            files = [each for name in names for each in (tree / "jiebei" / name).rglob("*.py")]
            read = [(each.read_bytes(), each.relative_to(tree)) for each in sorted(files)]
            found = [fault for source, module in read for fault in faults(source, module)]
            chosen = drawn(found, usual if asked[part] is None else asked[part], asked["seed"])
            if chosen:
                report(part, len(found), chosen, tree)
    return 0


def report(part: str, among: int, chosen: Sequence[Fault], tree: Path) -> None:
    """Try the faults of one part and print each that was not noticed, then the rate."""
    counted, sound = Counter[str](), dict[str, bool]()
    for number, fault in enumerate(chosen, 1):
        outcome = tried(fault, tree, sound)
        counted[outcome] += 1
        print(f"{part} {number}/{len(chosen)}  {outcome:8} {fault}", flush=True)
    judged = counted[NOTICED] + counted[MISSED]
    rate = f"{counted[NOTICED] / judged:.1%}" if judged else "-"
    cut = f"{counted[CUT_OFF]} cut off, {among} to draw from"
    print(f"{part}: {rate} of {judged} noticed ({cut})\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
