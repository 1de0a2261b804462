"""My loan on one page: what it is, what it costs, and what every page answers. Made to be printed.

The page holds all that it shows, pictures included, and asks nothing of the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from jiebei.language.table import language
from jiebei.language.words import day, percent, say, sentence
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import literal
from jiebei.notebook.numbers.filling import not_told
from jiebei.notebook.numbers.reading import MADE, Numbers
from jiebei.notebook.numbers.sections import MORE, ROWS, SECTIONS, known, section_of
from jiebei.notebook.numbers.writing import label
from jiebei.notebook.so_far import SoFar
from jiebei.units.days import iso
from tools import stored
from tools.frames import LANGUAGES, image, template
from tools.navigation import title

if TYPE_CHECKING:
    from tools.mine import Page

ANSWER = re.compile(r"^## The answer", re.MULTILINE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BEST = "16_best_plan.ipynb"  # stands first, with its calendar
NEEDED = {  # an answer on an example of these would be taken for the reader's own
    BEST: ("principal", "cash_in_hand", "take_home_pay"),
    "11_budget.ipynb": ("principal", "cash_in_hand", "monthly_income"),
    "12_many_lenders.ipynb": ("debt_budget",),
    "06_grace.ipynb": ("cash_in_hand", "monthly_surplus", "thin_months"),
}
SUPPOSED = {  # what an answer rests on that is no figure of the reader, but a plan
    "10_credit_tiers.ipynb": ("reborrow_amount", "reborrow_every"),
    "11_budget.ipynb": ("repay_amount", "reborrow_amount", "extend_months"),
}
FOLLOW = {"take_home_pay": "monthly_surplus", "monthly_income": "monthly_surplus"}
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
OWED = "today-text"  # stands over what is owed today, on 14
HEADLINE = re.compile(r"<p>(<strong>.*?)</p>", re.DOTALL)
BOLD = re.compile(r"</?strong>")


# ---- my loan -------------------------------------------------------------------------------------


def facts(numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of the loan, each with what it is called."""
    loan = numbers.loan
    if loan is None:
        missing = [label(name) for name in sorted(MADE - numbers.values.keys())]
        yield say("report.loan"), say("report.no_loan", names=tuple(missing))
        return
    total = loan.summary()
    yield say("report.loan"), what(loan)
    yield say("report.until"), day(total.payoff_date)
    cost = total.interest + total.fee
    yield say("report.cost"), say("report.costs", cost=cost, rate=total.effective_rate)
    if numbers.now is None:
        yield from coming(loan, iso(loan.terms["start"]))
    else:
        yield from today(numbers.now)
    if none := tuple(say(f"numbers.short.{name}") for name in not_told(numbers)):
        yield say("report.not_told"), say("report.none", names=none)


def what(loan: Loan) -> str:
    """Say what was agreed."""
    return say(
        "report.what",
        principal=float(loan.principal),
        rate=re.sub(r"(\.\d\d\d*?)0+%", r"\1%", percent(float(loan.daily_rate), 4)),
        months=int(loan.months),
        method=say(f"method.{loan.method}"),
        start=loan.start,
    )


def today(now: SoFar) -> Iterator[tuple[str, str]]:
    """Yield what is owed today, what is late, and what comes next."""
    owed = now.whole.owed(now.today)
    parts = {"principal": owed.principal, "total": owed.total, "today": now.today}
    yield say("report.owed"), say("report.owes", **parts)
    if owed.overdue:
        late = {"amount": owed.overdue, "since": owed.since, "days": owed.days_late}
        yield say("report.late"), say("report.is_late", **late)
    yield from coming(now.whole, now.today)


def coming(loan: Loan, since: str) -> Iterator[tuple[str, str]]:
    """Yield the next due day."""
    flows = loan.cashflows(["date", "event", "payment"])
    due = flows[(flows["date"] > since) & (flows["event"] == "instalment")]
    if len(due):
        first = due.iloc[0]
        yield say("report.next"), say("report.due", day=first["date"], amount=first["payment"])


# ---- what the pages say --------------------------------------------------------------------------


@cache
def answering(name: str) -> str:
    """Return which cell of a page, in both languages, stands over its answer.

    Examples
    --------
    >>> answering("03_repay_early.ipynb")
    'answer-words'
    """
    cells = stored.read(stored.NOTEBOOKS / name).cells
    return next((str(cell.id) for cell in cells if ANSWER.search(cell.source)), "")


def headline(output: NotebookNode) -> str:
    """Return the answer of a page in all its sentences; nothing for another output."""
    found = HEADLINE.search(output.get("data", {}).get("text/html", ""))
    return unescape(BOLD.sub("", found[1])) if found else ""


def answer(page: Page) -> tuple[str, NotebookNode | None]:
    """Return the answer of a page, and its first picture."""
    over = answering(page.name)
    if "statement" in page.example:  # nobody's plan is held against the reader's loan
        over = OWED
    below, said = False, ""
    for cell in page.notebook.cells:
        if said and "statement" in page.own and cell.cell_type == "markdown":
            break  # what comes further down on 14 is of its samples
        below = below or cell.id == over
        for output in cell.get("outputs", []) if below else []:
            said = said or headline(output)
            if said and "image/png" in output.get("data", {}):
                return said, output
    return said, None


# ---- the page ------------------------------------------------------------------------------------


def whose(page: Page, numbers: Numbers) -> str:
    """Say whose numbers an answer rests on, by the sections of the file."""
    own = sections(page.own.keys() - not_told(numbers))
    left = [name for name in page.example if name in known()]
    parts = sections(left)
    example = [say("report.partly", name=each) if each in own else each for each in parts]
    if not own:
        return say("report.example")
    return say("report.mixed" if example else "report.own", own=tuple(own), example=tuple(example))


def sections(names: Iterable[str]) -> list[str]:
    """Return what the sections of the file are called that names belong to, in their order."""
    found = {section_of(name) or name for name in names}
    order = (*SECTIONS, *ROWS, MORE)
    return [say(f"numbers.short.{each}") for each in order if each in found]


def section(page: Page, numbers: Numbers, kept: Sequence[str]) -> str:
    """Return what a page answers."""
    wanted = missing(page)
    said, picture = ("", None) if wanted else answer(page)
    parts = [f'<h2><a href="{page.name}">{escape(title(page.notebook))}</a></h2>']
    parts.append(f'<p class="whose">{escape(whose(page, numbers))}</p>')
    if page.refused:
        parts.append(f'<p class="stopped">{text(say("report.stopped", why=page.refused))}</p>')
    if wanted:
        parts.append(f'<p class="note">{escape(wanted)}</p>')
    if said and page.own.keys() & FOLLOW.keys() and not FOLLOW.keys() & numbers.values.keys():
        parts.append(f'<p class="note">{escape(say("report.surplus"))}</p>')
    if said:
        parts += [f'<p class="note">{escape(each)}</p>' for each in supposed(page)]
        parts.append(f"<p>{text(sentence(said))}</p>")
    if page.name in kept:
        parts.append(f'<p class="note">{escape(say("report.kept", page=page.name))}</p>')
    if page.name == BEST and not wanted:
        parts.append(calendar(page))
    if picture is not None:
        parts.append(f"<figure>{image(picture)}</figure>")
    parts.append(assumed(page.example))
    return f"<section>{''.join(parts)}</section>"


def supposed(page: Page) -> Iterator[str]:
    """Yield what of the plan that an answer rests on is the example's, not the reader's."""
    names = [name for name in SUPPOSED.get(page.name, ()) if name in page.example]
    if names:
        yield str(say("report.supposed", names=named(names, lambda each: say(f"control.{each}"))))
    if "reborrow_every" in page.example and "months" in page.own:
        yield str(say("report.same_length", months=page.own["months"]))


def named(names: Iterable[str], called: Callable[[str], str]) -> tuple[str, ...]:
    """Return what each parameter is called, with its name in the file."""
    return tuple(say("report.wanted_name", name=each, said=called(each)) for each in names)


def missing(page: Page) -> str:
    """Say what an answer needs and the file does not tell; nothing where all of it is told."""
    needed = [FOLLOW.get(name, name) for name in NEEDED.get(page.name, ()) if name in page.example]
    return str(say("report.wanted", names=named(needed, label))) if needed else ""


def calendar(page: Page) -> str:
    """Return the table of the page's answer; nothing where there is none."""
    cells = page.notebook.cells
    first = next((n for n, each in enumerate(cells) if each.id == answering(page.name)), len(cells))
    for cell in cells[first:]:
        for output in cell.get("outputs", []):
            if found := TABLE.search(output.get("data", {}).get("text/html", "")):
                return f'<div class="calendar">{found[0]}</div>'
    return ""


def text(words: str) -> str:
    """Return words as HTML, no date of which is broken at the end of a line.

    Examples
    --------
    >>> text("from 2026-12-01 on")
    'from <span class="day">2026-12-01</span> on'
    """
    return DAY.sub(r'<span class="day">\g<0></span>', escape(words))


def assumed(example: Mapping[str, Any]) -> str:
    """Return which numbers are the example's, folded."""
    if not example:
        return ""
    rows = "".join(
        f"<li><code>{escape(f'{name} = {literal(value)}')}</code> {escape(label(name))}</li>"
        for name, value in example.items()
    )
    return f"<details><summary>{escape(say('report.assumed'))}</summary><ul>{rows}</ul></details>"


def report(pages: Sequence[Page], numbers: Numbers, kept: Sequence[str]) -> str:
    """Return the whole page."""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{text(words)}</td></tr>'
        for name, words in facts(numbers)
    )
    ordered = sorted(pages, key=lambda each: each.name != BEST)
    return template("report.html").substitute(
        lang=LANGUAGES[language()],
        title=escape(say("report.title")),
        about=escape(say("report.about")),
        facts=rows,
        answers="\n".join(section(each, numbers, kept) for each in ordered),
        footer=escape(say("site.no_advice")),
    )
