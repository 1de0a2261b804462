"""Let a notebook understand its grey cell as people type it, before Python parses it.

3万, 30,000, a day without quotes and `method = 每月等额` are no Python. In the cell of the
parameters, and only there, what is no literal is put in straight quotes, so that
`parameters.read` finds what is meant; what cannot be read is refused in one sentence. A line that
is Python already stays as it is, and so does every other cell.

It is an extension of IPython: `start.py` sets it up in the environment of the suite. Elsewhere
`jb.use` in the first cell of a page lets it help with what would end in an error of Python.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from keyword import iskeyword
from typing import Any

from jiebei.language.errors import JiebeiError
from jiebei.notebook import mistakes
from jiebei.notebook.lenient import Statement, UnreadableError, statements, unquoted, value_of
from jiebei.notebook.mistakes import in_all, languages_of
from jiebei.notebook.rules import rules
from jiebei.units.written import number_of, signs

__all__ = [
    "assigned",
    "help_python",
    "load_ipython_extension",
    "python",
    "unload_ipython_extension",
]

TEXTS = ("text", "file")
SEVERAL = {"list": "[{}]", "rows": "[{}]", "by name": "{{{}}}"}  # how they are bracketed


def python(cell: str, defined: Collection[str] = ()) -> str:
    r"""Return a grey cell as Python; any other cell as it is.

    Parameters
    ----------
    cell : str
        What was typed.
    defined : collection of str
        The names that have a value already: with them a line may calculate.

    Raises
    ------
    JiebeiError
        With the line that cannot be read and how it is written, in the language of the page.

    Examples
    --------
    >>> print(python("principal = 3万  # 本金\nmonths = 12\nstart = 2026/7/10"))
    principal = '3万'
    months = 12
    start = '2026/7/10'
    """
    found = _lines_of_a_grey(cell)
    if not found:
        return cell
    names, languages = {each.name for each in found}, languages_of(defined)
    return "".join(_python(each, names | set(defined), languages) for each in found)


def _lines_of_a_grey(cell: str) -> list[Statement]:
    """Return the lines of a cell that gives parameters their values and does nothing else."""
    if not rules().keys() & set(re.findall(r"\w+", cell)):
        return []
    found = statements(cell)
    if len({each.name for each in found} & rules().keys()) < 3:
        return []
    return [] if any(_is_code(each) for each in found if not each.name) else found


def _is_code(typed: Statement) -> bool:
    """Tell whether a line that assigns nothing is meant for Python."""
    word = re.match(r"\w*", typed.source)
    begins = (word and iskeyword(word[0])) or typed.source[:1] in "%!@?"
    return bool(begins) or _parsed(typed.source) is not None


def _parsed(source: str) -> ast.stmt | None:
    """Return the statement of a source; None where there is none, or no Python."""
    try:
        body = ast.parse(source.strip()).body
    except SyntaxError:
        return None
    return body[0] if len(body) == 1 else None


def _python(typed: Statement, names: Collection[str], languages: list[str]) -> str:
    """Return an assignment as Python."""
    if not typed.value and not typed.name:
        return typed.source
    if typed.name not in rules():
        near = get_close_matches(typed.name, rules().keys() - set(names), n=1, cutoff=0.8)
        if near or not typed.name:
            raise _refused(typed, languages, *near)
    if _stays(typed, _kind(typed), names):
        return typed.source.lstrip(" \t\u3000")
    try:
        value = assigned(typed)
    except UnreadableError:
        raise _refused(typed, languages) from None
    return f"{typed.name} = {value!r}" + "\n" * typed.source.count("\n")


def _stays(typed: Statement, kind: str, names: Collection[str]) -> bool:
    """Tell whether a line is Python, and means in Python what the reader means."""
    statement = _parsed(typed.source)
    if not isinstance(statement, ast.Assign) or _has_thousands(typed.value, kind):
        return False
    try:
        return not isinstance(ast.literal_eval(statement.value), tuple)
    except ValueError:
        pass
    if typed.name not in rules():
        return True
    used = {each.id for each in ast.walk(statement.value) if isinstance(each, ast.Name)}
    calculates = not isinstance(statement.value, ast.Name | ast.Tuple)
    plain = kind not in (*TEXTS, "choice", "date") and number_of(typed.value, {}) is None
    return calculates and plain and used <= set(names) | set(dir(builtins))


def _has_thousands(value: str, kind: str) -> bool:
    """Tell whether a comma in a list may be one of thousands: 40,000 or [40,500, 30,200]."""
    if kind not in (*SEVERAL, "yuan a month"):
        return False
    groups = re.search(r"(?<![\w.])\d{1,3}[,，]\d{3}(?![\d_])", value)
    return bool(groups) and bool(re.search(r"[,，]0\d\d(?!\d)|[,，][ \n]", value))


def _kind(typed: Statement) -> str:
    return rules()[typed.name].kind if typed.name in rules() else "text"


def assigned(typed: Statement) -> Any:
    """Return what is to be assigned: a text for `parameters.read` to read, or a list of values.

    Raises
    ------
    UnreadableError
        For what has no one meaning.
    """
    text, kind = typed.value, _kind(typed)
    if kind in SEVERAL or (kind == "yuan a month" and re.match(r"[\[(【［（]", text)):
        if "{" not in signs(text) and _has_thousands(text, kind) and kind != "by name":
            raise UnreadableError
        bracketed = re.match(r"[\[({【［（｛]", text)
        value = value_of(text if bracketed else SEVERAL[kind].format(text))
        return [value] if kind == "rows" and isinstance(value, dict) else value
    if typed.name not in rules():
        return value_of(text)
    if not unquoted(text) and kind != "file":
        raise UnreadableError
    return unquoted(text)


# What is said --------------------------------------------------------------------------------


def _refused(typed: Statement, languages: list[str], near: str = "") -> JiebeiError:
    """Say which line cannot be read, and how it is written."""
    text = f"{typed.name} = {typed.value}" if typed.name else typed.value
    shown = {"line": typed.line, "text": text.splitlines()[0].strip()[:60]}
    if near:
        return JiebeiError("error.text", text=in_all(languages, "typed.near", near=near, **shown))
    if not typed.name:
        return JiebeiError("error.text", text=in_all(languages, "typed.no_name", **shown))
    example = rules()[typed.name].typed if typed.name in rules() else "..."
    return JiebeiError(
        "error.text",
        text=in_all(languages, "typed.line", how=f"{typed.name} = {example}", **shown),
    )


# In IPython ----------------------------------------------------------------------------------


def load_ipython_extension(shell: Any) -> None:
    """Let a kernel read its grey cells as typed, and say in words when one was not run."""
    unload_ipython_extension(shell)
    _set_up(shell, python)


def help_python(shell: Any) -> None:
    """Let a kernel without the extension read as typed what Python cannot run, and nothing else."""
    if not any(each.__module__ == __name__ for each in shell.input_transformers_cleanup):
        _set_up(shell, _where_python_cannot)


def _set_up(shell: Any, reader: Callable[[str, Collection[str]], str]) -> None:
    """Let a kernel read its cells so, and say in words what goes wrong in them."""

    def as_typed(lines: list[str]) -> list[str]:
        return _read("".join(lines), shell, reader).splitlines(keepends=True)

    shell.input_transformers_cleanup.insert(0, as_typed)
    mistakes.say_in_words(shell)


def _read(cell: str, shell: Any, reader: Callable[[str, Collection[str]], str]) -> str:
    """Return a cell as Python; of a grey cell that is refused no earlier value stays behind."""
    names = rules().keys() & {each.name for each in _lines_of_a_grey(cell)}
    try:
        text = reader(cell, shell.user_ns)
    except JiebeiError:
        mistakes.refuse_grey(names, shell)
        raise
    if names:
        mistakes.accept_grey()
    return text


def _where_python_cannot(cell: str, defined: Collection[str]) -> str:
    return cell if _runs(cell, defined) else python(cell, defined)


def _runs(cell: str, defined: Collection[str]) -> bool:
    """Tell whether a cell is Python, all of whose names have a value."""
    try:
        names = [each for each in ast.walk(ast.parse(cell)) if isinstance(each, ast.Name)]
    except SyntaxError:
        return False
    made = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    return {each.id for each in names} <= made | set(defined) | set(dir(builtins))


def unload_ipython_extension(shell: Any) -> None:
    """Let Python read every cell by itself."""
    transforms = shell.input_transformers_cleanup
    transforms[:] = [each for each in transforms if each.__module__ != __name__]
    mistakes.leave_to_python(shell)
