"""Run a notebook here and now, with other parameters, and keep what it shows.

    run = run_notebook("05_reborrow", lang="zh", months=1)
    run.text, run.shown, run.figures, run.namespace["loan"]

No kernel is started: the code cells run one after the other in a namespace of their own, from the
folder of the page. The last expression of a cell is shown, as in Jupyter.
"""

import ast
import io
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.text import Text

import jiebei as jb
from jiebei.language import table
from jiebei.notebook.answer import Answer
from tools.stored import PARAMETERS, SETS, code_cells, read, tags


@dataclass
class Run:
    """What a notebook has shown.

    Attributes
    ----------
    namespace : dict
        Every name the cells have given.
    shown : list
        What was displayed, as the objects themselves.
    written : list of str
        How they were shown: as text, and the answers as HTML too.
    printed, warned : str
        What was written to stdout and to stderr.
    figures : list of Figure
        The charts, closed, but ready to be drawn.
    """

    namespace: dict[str, Any] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    printed: str = ""
    warned: str = ""
    figures: list[Figure] = field(default_factory=list)

    def show(self, value: Any) -> None:
        """Keep a value, and its words in the language of the moment."""
        self.shown.append(value)
        self.written.append(repr(value))
        if isinstance(value, Answer):
            self.written.append(value._repr_html_())

    @property
    def answers(self) -> list[Answer]:
        """Return the answers among what was displayed."""
        return [each for each in self.shown if isinstance(each, Answer)]

    @cached_property
    def text(self) -> str:
        """Return all words: printed, displayed, and on the charts."""
        charts = [text for figure in self.figures for text in figure.findobj(Text)]
        words = [text.get_text() for text in charts if text.get_visible()]
        return "\n".join([self.printed, *self.written, *words])


@cache
def cells(name: str, lang: str = "en") -> list[tuple[str, bool]]:
    """Return the source of each code cell, and whether it holds the parameters."""
    notebook = read(SETS[lang] / f"{name}.ipynb")
    return [(each.source, PARAMETERS in tags(each)) for each in code_cells(notebook)]


@cache
def parameters(name: str) -> dict[str, Any]:
    """Return the parameters of a notebook and what they are set to."""
    (source,) = (source for source, holds in cells(name) if holds)
    return {
        statement.targets[0].id: ast.literal_eval(statement.value)  # type: ignore[attr-defined]
        for statement in ast.parse(source).body
    }


def run_notebook(name: str, lang: str = "en", **values: Any) -> Run:
    """Run the code cells of a page with some of its parameters set anew.

    Parameters
    ----------
    name : str
        Of the notebook, as "05_reborrow".
    lang : {"en", "zh"}
        Which of the two sets of pages it is taken from.
    **values
        Name to value of parameters.

    Raises
    ------
    ValueError
        For a name that the parameters of the notebook do not have.
    Exception
        Whatever a cell raises, with a note that says which one it was.
    """
    return run_again(name, {"__name__": "__main__"}, lang, **values)


def run_again(name: str, namespace: dict[str, Any], lang: str = "en", **values: Any) -> Run:
    """Run all cells in a namespace that an earlier run has left, as in a kernel that goes on."""
    unknown = sorted(set(values) - set(parameters(name)))
    if unknown:
        raise ValueError(f"{name} has no parameter {', '.join(unknown)}")
    run = Run(namespace)
    run.namespace |= {"display": run.show}
    out, err = io.StringIO(), io.StringIO()
    language = table.language()
    try:
        with chdir(SETS[lang]), redirect_stdout(out), redirect_stderr(err), _figures_kept(run):
            for number, (source, holds) in enumerate(cells(name, lang), start=1):
                _run_cell(run, source, f"{name}, code cell {number}")
                if holds:
                    run.namespace |= values
    except jb.JiebeiError as mistake:  # as the page's reader sees it, whatever language comes next
        raise jb.JiebeiError("error.text", text=str(mistake)) from mistake
    finally:
        jb.use(language)
    run.printed, run.warned = out.getvalue(), err.getvalue()
    return run


def _run_cell(run: Run, source: str, place: str) -> None:
    """Run a cell and show its last expression."""
    tree = ast.parse(source, place)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        exec(compile(tree, place, "exec"), run.namespace)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), place, "eval"), run.namespace)
            if value is not None:
                run.show(value)
    except Exception as problem:
        problem.add_note(f"in {place}:\n{source}")
        raise
    _keep(run)


def _keep(run: Run) -> None:
    """Take the open figures, as the notebook would show them."""
    for number in plt.get_fignums():
        figure = plt.figure(number)
        run.figures.append(figure)
        plt.close(figure)


@contextmanager
def _figures_kept(run: Run) -> Iterator[None]:
    """Let plt.show() keep the figures."""
    show = plt.show
    plt.close("all")
    plt.show = lambda *_args, **_options: _keep(run)
    try:
        yield
    finally:
        plt.show = show
        plt.close("all")
