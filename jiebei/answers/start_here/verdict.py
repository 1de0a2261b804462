"""Which notebook answers my question? All the ways side by side, and every answer in a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.by_cash import best, on_payday, short
from jiebei.answers.shared.verdicts import lasts, leaders, to_come
from jiebei.answers.start_here.timeline import strip
from jiebei.charts.drawing.style import SHORT
from jiebei.compare.compare import Cash, Strategy, compare, horizon
from jiebei.language.frames import column, shorten
from jiebei.language.words import (
    Text,
    Words,
    apart,
    passage,
)
from jiebei.notebook.answer import Answer, Compared
from jiebei.notebook.fit import Fit
from jiebei.units.fen import FEN

__all__ = ["QUESTIONS", "Contents", "answer", "chart", "questions"]

COLUMNS = [
    "net_benefit",
    "interest",
    "fee",
    "largest_payment",
    "payoff_date",
    "lowest_cash",
    "lowest_cash_date",
]


class Question(NamedTuple):
    """Where a question is answered, by which sentences of that headline, from whose numbers.

    Attributes
    ----------
    notebook : str
    said : str
        Pattern of how the keys of those sentences begin, after the name of their page.
    numbers : str
        "cell": all of them from the grey cell; "example": all from the example of that notebook;
        else a key of `answer.start_here.numbers_*`, which says what is the reader's.
    """

    notebook: str
    said: str
    numbers: str = "loan"


class Contents(Answer):
    """A table of questions and answers, each with a link to its notebook."""

    def _repr_html_(self) -> str:
        left = 'style="text-align: left"'
        heads = "".join(f"<th {left}>{escape(column(str(each)))}</th>" for each in self._names())
        rows = []
        for question, (text, numbers, notebook) in zip(
            self.table.index, self.table.itertuples(index=False), strict=True
        ):
            link = f'<a href="{notebook}.ipynb">{notebook.partition("_")[0]}</a>'
            cells = (escape(str(question)), escape(str(text)), escape(str(numbers)), link)
            rows.append("".join(f"<td {left}>{each}</td>" for each in cells))
        body = "\n".join(f"<tr>{each}</tr>" for each in (heads, *rows))
        return f"<p><strong>{escape(self.headline)}</strong></p>\n<table>\n{body}\n</table>"

    def _names(self) -> list[str]:
        return [str(self.table.index.name), *map(str, self.table.columns)]


QUESTIONS = {
    "best_plan": Question("16_best_plan", "", "cell"),
    "methods": Question("01_methods", "best|fits_none", "cell"),
    "true_cost": Question("02_true_cost", "really|against", "cell"),
    "repay_early": Question("03_repay_early", "repay|keep|equal|short", "cell"),
    "extend": Question("04_extend", "(?!elsewhere|rate)", "cell"),
    "reborrow": Question("05_reborrow", "best|misses|none_holds", "cell"),
    "rollover": Question("05_reborrow", "grown|none|bill", "cell"),
    "grace": Question("06_grace", "nothing|cost|relief|no_relief|rate", "cash"),
    "overdue": Question("07_overdue", "(?!elsewhere|flip|until)", "elsewhere"),
    "negotiate": Question("08_negotiate", "none|take|keep|worth", "savings"),
    "cheapest": Question("09_cheapest_money", "best|none_holds", "need"),
    "tiers": Question("10_credit_tiers", "once", "terms"),
    "budget": Question("11_budget", "(?!ratio|others)", "cell"),
    "lenders": Question("12_many_lenders", "assumed|best|never|short|late"),
    "business": Question("13_small_business", "carried|touched|broken", "shop"),
    "statement": Question("14_my_statement", "rate|cost", "example"),
    "lender": Question("15_lender_view", "who", "example"),
    "leniency": Question("15_lender_view", "some_pay", "example"),
}


def answer(strategies: Mapping[Any, Strategy], savings_rate: float, cash: Cash) -> Answer:
    """Say which of several ways leaves you best off, among those that your cash can carry.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each; the first is what the others are measured against.
    savings_rate : decimal
        What your savings earn a year.
    cash : Cash
        In hand, and left each month.
    """
    table = compare(strategies, savings_rate=savings_rate, cash=cash)
    fits = lasts(table)
    if not fits.any():
        name: Any = table["lowest_cash"].idxmax()
        text: Text = Words("answer.start_here.none", name=name, **_shortage(table.loc[name]))
    else:
        carried, last = "" if fits.all() else "_carried", horizon(*strategies.values())
        text = _best(table[fits], next(iter(strategies)), carried, last)
        if not fits.all():
            text = passage([text, _misses(table[~fits])])
    text = passage([text, *on_payday(strategies, table, cash)])
    remark = Words("answer.start_here.note")
    compared = Compared(strategies, savings_rate)
    best = leaders(table["net_benefit"], fits)
    shown = to_come(table[COLUMNS], next(iter(strategies.values())))
    return Answer(text, shown, remark, compared, best)


def _best(table: pd.DataFrame, baseline: Any, carried: str, last: Any) -> Words:
    """Name the way that leaves the most, and how far it is ahead of the baseline or the next."""
    ranked = table["net_benefit"].sort_values(ascending=False, kind="stable")
    best: Any = ranked.index[0]
    if len(ranked) == 1:
        return Words("answer.start_here.best_only", best=best)
    alike = tuple(_alike(table, best))
    if len(alike) > 1:
        key = "best_all" if len(alike) == len(ranked) else "best_same"
        return Words(f"answer.start_here.{key}{carried}", names=alike)
    known = baseline in ranked.index and baseline != best
    other: Any = baseline if known else ranked.index[1]
    fields = {"best": best, "day": last, "amount": float(ranked[best] - ranked[other])}
    if known:
        return Words(f"answer.start_here.best_other{carried}", baseline=other, **fields)
    if len(alike := tuple(_alike(table, other))) > 1:
        return Words(f"answer.start_here.best_first_same{carried}", names=alike, **fields)
    return Words(f"answer.start_here.best_first{carried}", other=other, **fields)


def _alike(table: pd.DataFrame, name: Any) -> list[Any]:
    """Name the ways that leave as much as one of them, to the fen."""
    gaps = (table["net_benefit"] - table["net_benefit"][name]).abs()
    return list(table.index[gaps < FEN])


def _misses(table: pd.DataFrame) -> Words:
    """Name the ways that the cash cannot carry, each with what is missing and when."""
    names = [
        Words("answer.start_here.miss", name=name, **_shortage(row))
        for name, row in table.iterrows()
    ]
    return Words("answer.start_here.misses", names=tuple(names))


def _shortage(row: Any) -> dict[str, Any]:
    return {"short": -row["lowest_cash"], "day": row["lowest_cash_date"]}


def chart(found: Answer) -> Axes | Text:
    """Draw what each way leaves you with more or less than the first one.

    What your cash cannot carry is drawn hollow. Where none differs from another there is nothing
    to draw, and the sentence is returned.

    Parameters
    ----------
    found : Answer
        As `answer` gives it; its first sentence becomes the title.
    """
    table, finding = found.figures, passage(apart(found.said)[:1])
    if table["net_benefit"].abs().max() < FEN:
        return finding
    return charts.dumbbell(
        table,
        "net_benefit",
        short=short(table),
        best=best(table),
        title=finding,
        subtitle=Words(
            "answer.start_here.subtitle",
            day=table["payoff_date"].max(),
            unit="{unit}",
            baseline=shorten(str(table.index[0]), SHORT),
        ),
        note=strip(found),
    )


def questions(answers: Mapping[str, Answer], mine: Fit) -> Contents:
    """Put the answers of the notebooks into a table, one question a row.

    Parameters
    ----------
    answers : dict
        A key of `QUESTIONS` to the answer that its notebook gives.
    mine : Fit
        The numbers of the grey cell: a question that rests on a need says which.
    """
    fields = _needs(mine)
    rows = {
        Words(f"answer.start_here.question_{key}", **fields): {
            "answer": passage([*_before(key, mine), _quoted(found, QUESTIONS[key].said)]),
            "numbers": Words(f"answer.start_here.numbers_{QUESTIONS[key].numbers}"),
            "notebook": QUESTIONS[key].notebook,
        }
        for key, found in answers.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("question")
    own = all(QUESTIONS[key].numbers == "cell" for key in answers)
    headline = Words(f"answer.start_here.answered{'' if own else '_examples'}", n=len(rows))
    return Contents(headline, table)


def _before(key: str, mine: Fit) -> list[Text]:
    """Say before an answer that it rests on the example, or is for the next loan."""
    if QUESTIONS[key].numbers != "cell":
        return [Words("answer.start_here.example")]
    runs = mine.typed.get("as_of") or mine.typed.get("paid")
    return [Words("answer.start_here.next_loan")] if key == "methods" and runs else []


def _needs(mine: Fit) -> dict[str, Any]:
    """Return the sums and days that some of the questions rest on."""
    return {
        "repaid": mine.repay_amount,
        "repay_day": mine.repay_on,
        "need": mine.reborrow_amount,
        "again_day": mine.reborrow_on,
        "cash_then": mine.cash_then,
        "surplus_then": mine.surplus_then,
        "extend_day": mine.extend_on,
    }


def _quoted(found: Answer, keys: str) -> Text:
    """Return the sentences of an answer with keys that match, its first where none does."""
    parts = apart(found.said)
    asked = [each for each in parts if re.match(rf"\w+\.\w+\.({keys})", _key(each))]
    return passage(asked or parts[:1])


def _key(said: Text) -> str:
    return said.key if isinstance(said, Words) else ""
