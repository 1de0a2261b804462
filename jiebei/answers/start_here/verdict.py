"""Which notebook answers my question? All the ways side by side, and every answer in a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.methods.verdict import listed
from jiebei.answers.shared.reach import short
from jiebei.answers.shared.verdicts import lasts
from jiebei.charts.drawing.style import SHORT
from jiebei.compare.compare import Cash, Strategy, compare, horizon
from jiebei.language.frames import column, shorten
from jiebei.language.shown import spoken
from jiebei.language.words import day, headline_yuan, number, say, sentences
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit
from jiebei.units.fen import FEN

__all__ = ["QUESTIONS", "Contents", "answer", "balance", "chart", "questions"]

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
    sentences : slice
    numbers : {"cell", "loan", "example"}
        All of them from the grey cell; the loan from there and the rest from the example of that
        notebook; or that example alone.
    """

    notebook: str
    sentences: slice
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
            link = f'<a href="{notebook}.ipynb">{notebook}</a>'
            cells = (escape(str(question)), escape(str(text)), escape(str(numbers)), link)
            rows.append("".join(f"<td {left}>{each}</td>" for each in cells))
        body = "\n".join(f"<tr>{each}</tr>" for each in (heads, *rows))
        return f"<p><strong>{escape(self.headline)}</strong></p>\n<table>\n{body}\n</table>"

    def _names(self) -> list[str]:
        return [str(self.table.index.name), *map(str, self.table.columns)]


QUESTIONS = {
    "methods": Question("01_methods", slice(-2, -1), "cell"),
    "true_cost": Question("02_true_cost", slice(0, 2), "cell"),
    "repay_early": Question("03_repay_early", slice(0, 1), "cell"),
    "extend": Question("04_extend", slice(0, 3), "cell"),
    "reborrow": Question("05_reborrow", slice(0, 1), "cell"),
    "rollover": Question("05_reborrow", slice(0, 2), "cell"),
    "grace": Question("06_grace", slice(0, 3)),
    "overdue": Question("07_overdue", slice(0, 2)),
    "negotiate": Question("08_negotiate", slice(0, 2)),
    "cheapest": Question("09_cheapest_money", slice(0, 2), "example"),
    "tiers": Question("10_credit_tiers", slice(0, 2)),
    "budget": Question("11_budget", slice(0, 2)),
    "lenders": Question("12_many_lenders", slice(0, 2)),
    "business": Question("13_small_business", slice(0, 1)),
    "statement": Question("14_my_statement", slice(0, 2), "example"),
    "lender": Question("15_lender_view", slice(0, 1), "example"),
    "leniency": Question("15_lender_view", slice(0, 1), "example"),
}


def answer(strategies: Mapping[str, Strategy], savings_rate: float, cash: Cash) -> Answer:
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
    strategies = spoken(strategies)  # the first page quotes names that are words elsewhere
    table = compare(strategies, savings_rate=savings_rate, cash=cash)
    fits = lasts(table)
    if not fits.any():
        name = str(table["lowest_cash"].idxmax())
        text = say("answer.start.none", name=name, **_shortage(table.loc[name]))
    else:
        text = _best(table[fits], next(iter(strategies)), len(table), horizon(*strategies.values()))
        if not fits.all():
            text = sentences([text, _misses(table[~fits])])
    return Answer(text, table[COLUMNS], say("answer.start.note"))


def _best(table: pd.DataFrame, baseline: str, how_many: int, last: Any) -> str:
    """Name the way that leaves the most, and how far it is ahead of the baseline or the next."""
    ranked = table["net_benefit"].sort_values(ascending=False, kind="stable")
    best = str(ranked.index[0])
    fields = {"n": number(how_many), "best": best, "day": day(last)}
    if len(ranked) == 1:
        return say("answer.start.best_only", **fields)
    alike = [str(name) for name in table.index if ranked.iloc[0] - table["net_benefit"][name] < FEN]
    if len(alike) == len(ranked):
        return say("answer.start.best_all", **fields)
    if len(alike) > 1:
        return say("answer.start.best_same", names=listed(alike), **fields)
    known = baseline in ranked.index and baseline != best
    other = baseline if known else str(ranked.index[1])
    gap = float(ranked[best] - ranked[other])
    key, name = ("best_other", "baseline") if known else ("best_first", "other")
    return say(f"answer.start.{key}", amount=headline_yuan(gap), **{name: other}, **fields)


def _misses(table: pd.DataFrame) -> str:
    """Name the ways that the cash cannot carry, each with what is missing and when."""
    names = [
        say("answer.start.miss", name=name, **_shortage(row)) for name, row in table.iterrows()
    ]
    return say("answer.start.misses", names=listed(names))


def _shortage(row: Any) -> dict[str, str]:
    return {"short": headline_yuan(-row["lowest_cash"]), "day": day(row["lowest_cash_date"])}


def chart(found: Answer) -> Axes | str:
    """Draw what each way leaves you with more or less than the first one.

    What your cash cannot carry is drawn hollow. Where none differs from another there is nothing
    to draw, and the sentence is returned.

    Parameters
    ----------
    found : Answer
        As `answer` gives it; its first sentence becomes the title.
    """
    names = [str(each) for each in found.table.index]
    finding = _some(found.headline, slice(0, 1))
    if found.table["net_benefit"].abs().max() < FEN:
        return finding
    return charts.dumbbell(
        found.table,
        "net_benefit",
        short=short(found.table),
        title=finding.rstrip(".。"),
        subtitle=say(
            "answer.start.subtitle",
            day=day(found.table["payoff_date"].max()),
            unit="{unit}",
            baseline=shorten(names[0], SHORT),
        ),
    )


def balance(strategies: Mapping[str, Strategy], table: pd.DataFrame) -> Axes:
    """Draw how fast each way is free of debt; the title is about those that your cash carries."""
    strategies, able = spoken(strategies), table.index[lasts(table)]
    if len(able) < 2:
        return charts.balance(strategies, short=short(table))
    ends = {str(name): strategies[str(name)].summary().payoff_date for name in able}
    first, last = min(ends, key=ends.__getitem__), max(ends, key=ends.__getitem__)
    fields = {"first": first, "begin": day(ends[first]), "last": last, "end": day(ends[last])}
    key = "balance_same" if ends[first] == ends[last] else "balance"
    title = say(f"answer.start.{key}", **fields)
    return charts.balance(strategies, short=short(table), title=title)


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
        say(f"answer.start.question_{key}", **fields): {
            "answer": _some(found.headline, QUESTIONS[key].sentences),
            "numbers": say(f"answer.start.numbers_{QUESTIONS[key].numbers}"),
            "notebook": QUESTIONS[key].notebook,
        }
        for key, found in answers.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("question")
    own = all(QUESTIONS[key].numbers == "cell" for key in answers)
    headline = say(f"answer.start.answered{'' if own else '_examples'}", n=number(len(rows)))
    return Contents(headline, table)


def _needs(mine: Fit) -> dict[str, str]:
    """Return the sums and days that some of the questions rest on."""
    return {
        "repaid": headline_yuan(mine.repay_amount),
        "repay_day": day(mine.repay_on),
        "need": headline_yuan(mine.reborrow_amount),
        "again_day": day(mine.reborrow_on),
        "cash_then": headline_yuan(mine.cash_then),
        "surplus_then": headline_yuan(mine.surplus_then),
        "extend_day": day(mine.extend_on),
    }


def _some(text: str, which: slice) -> str:
    """Return some of the sentences of a headline.

    Examples
    --------
    >>> _some("It costs ¥1.50. That is little. Pay.", slice(0, 2))
    'It costs ¥1.50. That is little.'
    """
    found = re.findall(r".+?(?:。|[.!?](?=\s|$))", text)
    chosen = found[which] or found[:1]
    return sentences([each.strip() for each in chosen])
