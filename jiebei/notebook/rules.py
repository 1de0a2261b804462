"""What each parameter of a grey cell may be, how its slider runs, what stands behind it: one table.

The table is `parameters.csv`. A name means the same in every notebook; where a page says it in
words of its own, a second row names the page.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jiebei.units.written import in_digits

__all__ = ["WITHIN", "Comment", "Rule", "Slide", "rules", "shown"]

WITHIN: Mapping[str, str] = {  # the kind of what stands within rows, and is no yuan
    **dict.fromkeys(["daily_rate"], "daily rate"),
    **dict.fromkeys(["months", "defer", "interest_only_months"], "months"),
    **dict.fromkeys(["days", "grace_days", "accelerate_after", "due_day"], "days"),
    **dict.fromkeys(["instalments"], "count"),
    **dict.fromkeys(["penalty_multiple"], "multiple"),
    **dict.fromkeys(["off", "lost", "minimum_share", "prepay_fee_rate", "monthly_fee"], "share"),
    **dict.fromkeys(["on", "due", "free_until", "expires", "until"], "date"),
    **dict.fromkeys(["waive", "waive_interest", "haircut"], "share"),
}


@dataclass(frozen=True)
class Slide:
    """Hold how far a slider goes, which may be less than what can be typed, and its steps."""

    least: float
    most: float
    step: float


@dataclass(frozen=True)
class Comment:
    """Hold what stands behind a parameter; `{range}` is where its rule is written."""

    en: str
    zh: str


@dataclass(frozen=True)
class Rule:
    """Hold what a parameter may be.

    Attributes
    ----------
    kind : str
        "yuan", "daily rate", "days", "date", "choice" and the like.
    least, most : float or None
        None where there is no such end, or none that is a figure.
    slide : Slide or None
        None where there is no slider, or where its ends follow from the loan.
    typed : str
        How a value is typed, for those whose own cannot be read.
    comments : dict
        Name of a page, "" for all others, to what stands behind the parameter there.
    """

    kind: str
    least: float | None
    most: float | None
    slide: Slide | None
    typed: str
    comments: Mapping[str, Comment]

    def comment(self, page: str) -> Comment:
        """Return what stands behind the parameter on a page, such as "repay_early"."""
        return self.comments.get(page, self.comments[""])

    def worded(self, page: str) -> Comment:
        r"""Return the comment with what the parameter may be.

        Examples
        --------
        >>> for name in ("extend_months", "households", "principal", "cash_now"):
        ...     said = rules()[name].worded("")
        ...     print(said.en, said.zh, sep="\n")
        months more if you extend instead, 0 to 60
        改成展期的话，展几个月，0到60
        futures that are drawn; more are more exact and take longer, 1 to 200,000
        模拟多少次，越多越准也越慢，1到200,000
        yuan, amount drawn, more than 0
        借款本金（元），大于0
        yuan in hand on the eve of the talks, 0 or more
        协商前一天手里的钱（元），不小于0
        """
        if self.most is not None:
            least, most = shown(self.least or 0), shown(self.most)
            en, zh = f"{least} to {most}", f"{least}到{most}"
        else:
            en, zh = ("more than 0", "大于0") if self.least else ("0 or more", "不小于0")
        said = self.comment(page)
        return Comment(said.en.replace("{range}", en), said.zh.replace("{range}", zh))

    def meaning(self, page: str) -> Comment:
        r"""Return what the parameter is on a page, without how it is typed and how far it may go.

        Examples
        --------
        >>> for name in ("principal", "daily_rate", "method", "as_of", "savings_rate"):
        ...     print(rules()[name].meaning("repay_early").zh)
        借款本金（元）
        日利率
        还款方式
        今天的日期
        储蓄年收益率
        """
        said, wide = self.comment(page), self.kind in ("choice", "rows", "list", "file", "by name")
        return Comment(_first(said.en, ":" if wide else ""), _first(said.zh, "：" if wide else ""))


BEFORE = re.compile(r"^date: yuan, ")
HOW = re.compile(  # where it begins how a value is typed, or how far it may go
    r"[,;，；：:（(]?\s*(\{range\}|[^,;，；：:]*写作|[\d.]+ is [\d.]+%|\{\"|empty:|留空|name: terms"
    r"|[^,;，；]*填0|也可写成|或从第一个发薪日起|or such a list|or a list of|大于0|不小于0"
    r"|more than 0|0 or more|App里没有的删掉|如\{).*"
)


def _first(text: str, sign: str) -> str:
    """Return the beginning of a comment: what the parameter is."""
    said = re.split("[;；]", HOW.sub("", BEFORE.sub("", text)))[0]
    return said.partition(sign)[0] if sign else said


def shown(value: float) -> str:
    """Write a figure as the cells do.

    Examples
    --------
    >>> shown(3650), shown(200_000), shown(0.0004)
    ('3650', '200,000', '0.0004')
    """
    return in_digits(value, "," if value >= 10_000 else "").removesuffix(".0")


@cache
def rules() -> Mapping[str, Rule]:
    """Return what each parameter may be, by its name, which is the same in every notebook.

    Examples
    --------
    >>> rule = rules()["extend_months"]
    >>> rule.kind, rule.least, rule.most, rule.slide, rule.typed
    ('months', 0, 60, Slide(least=0, most=24, step=1), '6')
    >>> rule.comment("extend").en, rule.comment("reborrow").en
    ('more instalments, {range}', 'months more if you extend instead, {range}')
    """
    with Path(__file__).with_name("parameters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    comments: dict[str, dict[str, Comment]] = {}
    for row in rows:
        for page in row["pages"].split() or [""]:
            comments.setdefault(row["name"], {})[page] = Comment(row["en"], row["zh"])
    found = {row["name"]: _rule(row, comments[row["name"]]) for row in rows if not row["pages"]}
    return MappingProxyType(found)


def _rule(row: Mapping[str, str], comments: Mapping[str, Comment]) -> Rule:
    least, most = _figure(row["least"]), _figure(row["most"])
    return Rule(row["kind"], least, most, _slide(row, least), row["typed"], comments)


def _slide(row: Mapping[str, str], least: float | None) -> Slide | None:
    given = [_figure(row[f"slider_{each}"]) for each in ("most", "step")]
    first = _figure(row["slider_least"]) if row["slider_least"] else least
    figures = list(_known([first, *given]))
    return Slide(*figures) if len(figures) == 3 else None


def _known(figures: list[float | None]) -> Iterator[float]:
    return (each for each in figures if each is not None)


def _figure(text: str) -> float | None:
    """Return a figure, a whole one where it is."""
    if not text:
        return None
    return int(text) if text.isdigit() else float(text)
