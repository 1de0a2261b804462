"""What the lender's files tell of a loan, as my_numbers.toml holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.life import statement
from jiebei.life.statement.infer import Candidate
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit
from jiebei.notebook.numbers.sections import SETTINGS
from jiebei.units.days import iso
from jiebei.units.term import MOST_FOR_DAYS, ForDays

__all__ = ["from_files", "of_page"]

USUAL = {each.name: each.default for each in fields(Loan)}


def of_page(mine: Fit, plans: Sequence[Candidate], account: pd.DataFrame) -> dict[str, Any]:
    """Return what the reader's own files tell; nothing of the samples that the page comes with.

    Parameters
    ----------
    mine : Fit
        The parameters of the page.
    plans : list of Candidate
        The loans that give the plan, the best first.
    account : DataFrame
        What was paid, from `jb.statement.read`.
    """
    if not mine.own("statement"):
        return {}
    found = _loan(plans) | {"statement": mine.statement}
    if mine.own("record"):
        found |= {"record": mine.record} | _paid(plans, account)
    return {name: value for name, value in found.items() if "\n" not in str(value)}


def from_files(values: Mapping[str, Any], folder: str = "") -> dict[str, Any]:
    """Return what the files named in the reader's numbers tell of the loan (从文件反推).

    Parameters
    ----------
    values : dict
        What is known: `statement`, and `record`, `principal` and `start` if they are.
    folder : str
        What the names of the files are seen from, with its last /.

    Raises
    ------
    JiebeiError
        For a file that cannot be read, or that no loan explains.

    Examples
    --------
    >>> found = from_files({"statement": "data/statements/plan_both_ends.csv"})
    >>> found["principal"], found["daily_rate"], found["months"], found["day_count"]
    (50000, 0.0004, 12, 'both_ends')
    """
    frame = statement.read(folder + values["statement"])
    known = {name: values[name] for name in ("principal", "start") if name in values}
    plans = statement.infer(frame, **known)
    if not plans[0].fits:
        raise JiebeiError("error.statement_loan", file=values["statement"], nearest=plans[0].words)
    account = statement.read(folder + values["record"]) if "record" in values else None
    return _loan(plans) | ({} if account is None else _paid(plans, account))


def _loan(plans: Sequence[Candidate]) -> dict[str, Any]:
    """Return the best loan as a grey cell holds it; nothing where none fits to the fen."""
    if not plans or not plans[0].fits:
        return {}
    loan = plans[0].loan
    given, term = loan.given(), loan.term
    if isinstance(term, ForDays) and term.days > MOST_FOR_DAYS:
        return {}
    return {
        "principal": _yuan(float(loan.principal)),
        "daily_rate": float(loan.daily_rate),
        "months": term if isinstance(term, ForDays) else int(term),
        "method": str(loan.method),
        "start": iso(loan.terms["start"]),
    } | {name: _plain(given[name]) for name in SETTINGS if given[name] != USUAL[name]}


def _yuan(amount: float) -> float:
    """Return an amount as people write it: whole where it is."""
    return int(amount) if amount == int(amount) else amount


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _paid(plans: Sequence[Candidate], account: pd.DataFrame) -> dict[str, Any]:
    """Return what was paid on the loan, by day; nothing where it cannot be this loan's."""
    rows = account[account["payment"] > 0]
    paid = rows.groupby(rows["date"].dt.strftime("%Y-%m-%d"))["payment"].sum().round(2).to_dict()
    try:
        plans[0].loan.with_history(list(paid.items()))
    except (JiebeiError, IndexError):
        return {}
    return {"paid": paid}
