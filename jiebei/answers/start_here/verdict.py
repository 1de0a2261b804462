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
from jiebei.answers.shared.verdicts import FEN, lasts
from jiebei.charts.drawing.style import SHORT
from jiebei.compare.compare import Cash, Strategy, compare, horizon
from jiebei.language.words import column, day, headline_yuan, number, say, sentences, shorten
from jiebei.notebook.answer import Answer

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
    """Where a question is answered, and which sentences of that headline are the answer."""

    notebook: str
    sentences: slice


class Contents(Answer):
    """A table of questions and answers, each with a link to its notebook."""

    def _repr_html_(self) -> str:
        left = 'style="text-align: left"'
        heads = "".join(f"<th {left}>{escape(column(str(each)))}</th>" for each in self._names())
        rows = []
        for question, (text, notebook) in zip(
            self.table.index, self.table.itertuples(index=False), strict=True
        ):
            link = f'<a href="{notebook}.ipynb">{notebook}</a>'
            cells = (escape(str(question)), escape(str(text)), link)
            rows.append("".join(f"<td {left}>{each}</td>" for each in cells))
        body = "\n".join(f"<tr>{each}</tr>" for each in (heads, *rows))
        return f"<p><strong>{escape(self.headline)}</strong></p>\n<table>\n{body}\n</table>"

    def _names(self) -> list[str]:
        return [str(self.table.index.name), *map(str, self.table.columns)]


QUESTIONS = {
    "methods": Question("01_methods", slice(2, 3)),
    "true_cost": Question("02_true_cost", slice(0, 2)),
    "repay_early": Question("03_repay_early", slice(0, 1)),
    "extend": Question("04_extend", slice(0, 3)),
    "reborrow": Question("05_reborrow", slice(0, 1)),
    "rollover": Question("05_reborrow", slice(0, 2)),
    "grace": Question("06_grace", slice(0, 3)),
    "overdue": Question("07_overdue", slice(0, 2)),
    "negotiate": Question("08_negotiate", slice(0, 2)),
    "cheapest": Question("09_cheapest_money", slice(0, 2)),
    "tiers": Question("10_credit_tiers", slice(0, 2)),
    "budget": Question("11_budget", slice(0, 2)),
    "lenders": Question("12_many_lenders", slice(0, 2)),
    "business": Question("13_small_business", slice(0, 1)),
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
    if ranked.iloc[0] - ranked.iloc[-1] < FEN:
        return say("answer.start.best_all", **fields)
    known = baseline in ranked.index and baseline != best
    other = baseline if known else str(ranked.index[1])
    gap = float(ranked[best] - ranked[other])
    if gap < FEN:
        return say("answer.start.best_same", other=other, **fields)
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


def chart(found: Answer) -> Axes:
    """Draw what each way leaves you with more or less than the first one.

    Parameters
    ----------
    found : Answer
        As `answer` gives it; its first sentence becomes the title.
    """
    names = [str(each) for each in found.table.index]
    return charts.dumbbell(
        found.table,
        "net_benefit",
        title=_some(found.headline, slice(0, 1)).rstrip(".。"),
        subtitle=say(
            "answer.start.subtitle",
            day=day(found.table["payoff_date"].max()),
            unit="{unit}",
            baseline=shorten(names[0], SHORT),
        ),
    )


def balance(strategies: Mapping[str, Strategy]) -> Axes:
    """Draw how fast each way is free of debt."""
    ends = {name: each.summary().payoff_date for name, each in strategies.items()}
    first, last = min(ends, key=ends.__getitem__), max(ends, key=ends.__getitem__)
    fields = {"first": first, "begin": day(ends[first]), "last": last, "end": day(ends[last])}
    key = "balance_same" if ends[first] == ends[last] else "balance"
    return charts.balance(strategies, title=say(f"answer.start.{key}", **fields))


def questions(answers: Mapping[str, Answer]) -> Contents:
    """Put the answers of the notebooks into a table, one question a row.

    Parameters
    ----------
    answers : dict
        A key of `QUESTIONS` to the answer that its notebook gives.
    """
    rows = {
        say(f"answer.start.question_{key}"): {
            "answer": _some(found.headline, QUESTIONS[key].sentences),
            "notebook": QUESTIONS[key].notebook,
        }
        for key, found in answers.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("question")
    return Contents(say("answer.start.answered", n=number(len(rows))), table)


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
