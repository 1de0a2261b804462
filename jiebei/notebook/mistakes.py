"""Say in the reader's language what would end in an error of Python, and what to do about it.

A cell that is refused leaves the cells below without the names that it gives. Whatever those names
held before is forgotten, so that no cell below answers from a loan that was refused; and each that
runs all the same says in one sentence where to look, in place of a traceback.
"""

from __future__ import annotations

import ast
import builtins
import linecache
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import walk_tb
from types import FrameType
from typing import Any

from jiebei.language import table
from jiebei.language.chosen import speaking
from jiebei.language.errors import JiebeiError
from jiebei.language.words import say
from jiebei.notebook.rules import rules

__all__ = [
    "accept_grey",
    "forget",
    "in_all",
    "languages_of",
    "leave_to_python",
    "refuse_grey",
    "say_in_words",
]

PACKAGE = Path(__file__).parent.parent

_LOST: set[str] = set()  # of this kernel: the names that a refused cell would have given
_GREY = "the grey cell"  # among them, as long as that one is refused: whatever is missing


def languages_of(defined: Iterable[str]) -> list[str]:
    """Return the language of the page; both where its first cell was not run and nothing tells."""
    if "jb" in defined:
        return [table.language()]
    return ["zh"] if Path.cwd().name == "zh" else ["zh", "en"]


def in_all(languages: list[str], key: str, **fields: object) -> str:
    """Return words in each of the languages."""
    said = []
    for each in languages:
        with speaking(each):
            said.append(say(key, **fields))
    return " · ".join(said)


def say_in_words(shell: Any) -> None:
    """Let a kernel say in words what goes wrong in its cells."""
    shell.set_custom_exc((Exception, KeyboardInterrupt), _on_mistake)


def leave_to_python(shell: Any) -> None:
    """Let Python say by itself what goes wrong."""
    shell.set_custom_exc((), None)


def forget(names: Iterable[str], shell: Any) -> None:
    """Take their values away from names that could not be given new ones."""
    for name in names:
        _LOST.add(name)
        shell.user_ns.pop(name, None)


def refuse_grey(names: Iterable[str], shell: Any) -> None:
    """Forget the values of a grey cell that is refused; nothing below it can be worked out."""
    forget(names, shell)
    _LOST.add(_GREY)


def accept_grey() -> None:
    """Begin anew: a grey cell was read."""
    _LOST.clear()


def _on_mistake(shell: Any, kind: Any, mistake: Any, trace: Any, tb_offset: Any = None) -> None:
    """Say what went wrong; what no sentence is for is shown as Python has it, below a sentence."""
    frames = [frame for frame, _ in walk_tb(trace)]
    cells = [each for each in frames if each.f_globals is shell.user_ns]
    key, fields = _sentence(mistake, frames, cells)
    if key:
        text = in_all(languages_of(shell.user_ns), key, **fields)
        kind, mistake = JiebeiError, JiebeiError("error.text", text=text)
    elif not isinstance(mistake, JiebeiError):
        print(in_all(languages_of(shell.user_ns), "mistake.other"))
    if cells and kind is JiebeiError:
        forget(_given(_source(cells[0])), shell)
    shell.showtraceback((kind, mistake, trace), tb_offset=tb_offset)


def _sentence(
    mistake: BaseException, frames: list[FrameType], cells: list[FrameType]
) -> tuple[str, dict[str, object]]:
    """Return the key of the sentence for a mistake, and its fields; no key where there is none."""
    in_a_cell = bool(cells) and frames[-1] is cells[-1]
    in_the_suite = any(Path(each.f_code.co_filename).is_relative_to(PACKAGE) for each in frames)
    match mistake:
        case KeyboardInterrupt():
            return "mistake.stopped", {}
        case SyntaxError() if not cells:
            text = (mistake.text or "").strip()[:60]
            return "mistake.syntax", {"line": mistake.lineno or 1, "text": text}
        case ModuleNotFoundError() if mistake.name:
            return "mistake.no_module", {"name": mistake.name}
        case NameError() if in_a_cell:
            return _unknown(mistake.name), {"name": mistake.name}
        case KeyError() if cells and mistake.args and not in_the_suite:
            return "mistake.no_key", {"name": mistake.args[0]}
    return "", {}


def _unknown(name: str | None) -> str:
    if name == "jb":
        return "typed.first_cell"
    if _GREY in _LOST:
        return "mistake.grey"
    if name in rules():
        return "typed.not_run"
    return "mistake.above" if name in _LOST else "mistake.no_value"


def _source(cell: FrameType) -> str:
    return "".join(linecache.getlines(cell.f_code.co_filename))


def _given(source: str) -> set[str]:
    r"""Return the names that a cell gives a value without having used their earlier one.

    Examples
    --------
    >>> sorted(_given("loan = drawn.prepay(1)\ntable = table + 1\nsum(loan)"))
    ['loan']
    """
    given, used = set[str](), set[str]()
    for statement in _body(source):
        names = [each for each in ast.walk(statement) if isinstance(each, ast.Name)]
        used |= {each.id for each in names if isinstance(each.ctx, ast.Load)} - given
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            given |= {each.id for each in names if isinstance(each.ctx, ast.Store)}
    return given - used - set(dir(builtins))


def _body(source: str) -> Iterator[ast.stmt]:
    try:
        yield from ast.parse(source).body
    except SyntaxError:
        return
