"""What does the loan really cost a year? What a fee and a coupon do to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.beside import methods_for, rates_beside, term_case, terms_beside
from jiebei.answers.shared.quotes import points, side, yearly
from jiebei.answers.true_cost.verdict import lines_on
from jiebei.compare.vary import vary, weighs_most
from jiebei.language.figures import daily_words
from jiebei.language.words import (
    EMPTY,
    Text,
    Words,
    passage,
)
from jiebei.life.rules.court import simple_rate
from jiebei.loan.loan import Loan
from jiebei.loan.terms import least_months
from jiebei.notebook.answer import Answer
from jiebei.units.term import instalments_in, term

__all__ = ["by_term", "depends", "extras"]

Bools = npt.NDArray[Any]

LONGEST = 24  # months to show, unless the loan is longer
STEP = 0.00005  # a day
FREE_DAYS = 7
SOON = 30  # days
FEE_SHARE = 0.01


def extras(strategies: Mapping[Any, Loan]) -> Answer:
    """Say what a fee or a coupon makes of the true rate; the first strategy is without."""
    totals = {name: loan.summary() for name, loan in strategies.items()}
    table = pd.DataFrame(
        {
            "interest": [each.interest for each in totals.values()],
            "fee": [each.fee for each in totals.values()],
            "contract_rate": [yearly(float(loan.daily_rate)) for loan in strategies.values()],
            "effective_rate": [each.effective_rate for each in totals.values()],
        },
        index=pd.Index(list(totals), name="strategy"),
    )
    names = list(totals)
    base = table["effective_rate"].iloc[0]
    parts = [Words("answer.true_cost.extras_base", rate=base)]
    parts += [
        _makes(name, base, table["effective_rate"].iloc[place])
        for place, name in enumerate(names)
        if place
    ]
    return Answer(passage(parts), table)


def _makes(name: Any, base: float, rate: float) -> Words:
    if np.isnan(rate):
        return Words("answer.true_cost.makes_none", name=name)
    key = side(rate, base, ("less", "same", "more"))
    gap = points(rate, base)
    return Words(f"answer.true_cost.makes_{key}", name=name, rate=rate, gap=gap)


def by_term(with_fee: Loan, as_of: Any) -> Axes:
    """Draw the simple rate over the term, with the fee and without: a fee weighs on short loans."""
    line = lines_on(as_of).judicial
    first = least_months(with_fee.method, with_fee.interest_only_months)
    terms = np.arange(first, max(LONGEST, instalments_in(with_fee.term)) + 1)
    laden = np.asarray(simple_rate(with_fee.but(months=terms)))
    bare = np.asarray(simple_rate(with_fee.but(months=terms, drawdown_fee=0.0)))
    fee = float(with_fee.drawdown_fee)
    title = _term_title(with_fee, terms, laden > line, bare > line, line)
    court = Words("answer.true_cost.court_line", line=line)
    values = {
        Words("answer.true_cost.term_bare"): bare,
        Words("answer.true_cost.term_laden", fee=fee): laden,
        court: np.full(len(terms), line),
    }
    return charts.lines(
        terms,
        values,
        y_kind="percent",
        x_label=Words("answer.methods.terms_label"),
        dashed=[court],
        title=title,
        subtitle=Words("answer.true_cost.term_subtitle"),
    )


def _term_title(with_fee: Loan, terms: Bools, above: Bools, bare: Bools, line: float) -> Words:
    fields: dict[str, Any] = {"fee": float(with_fee.drawdown_fee), "line": line}
    short = int(above.argmin())  # so many terms in a row, from the first on
    if bare.all():
        return Words("answer.true_cost.term_bare_all", **fields)
    if not with_fee.drawdown_fee:
        return Words("answer.true_cost.term_zero", rate=simple_rate(with_fee))
    if above.all() or not above.any():
        return Words(f"answer.true_cost.term_{'all' if above.all() else 'never'}", **fields)
    if short == above.sum():
        return Words("answer.true_cost.term_some", longest=int(terms[short - 1]), **fields)
    counts = {"n": int(above.sum()), "all": len(terms)}
    return Words("answer.true_cost.term_at_some", **counts, **fields)


# What it depends on ------------------------------------------------------------------------


def depends(loan: Loan, fee: float) -> Answer:
    """Show what the true rate becomes when one thing changes."""
    share, first = round(float(loan.principal) * FEE_SHARE, 2), loan.interest_only_months
    cases: dict[Words, Loan] = {Words("answer.methods.case_yours"): loan}
    for rate in rates_beside(loan.daily_rate, STEP):
        name = Words("answer.methods.case_rate", rate=daily_words(rate))
        cases[name] = loan.but(daily_rate=rate)
    for other in terms_beside(loan.term, loan.method, first):
        cases[term_case(other)] = loan.but(**term(other))
    for method in methods_for(loan.term, first):
        if method != loan.method:
            cases[Words(f"method.{method}")] = loan.but(method=method)
    if share > 0:
        cases[Words("answer.true_cost.case_fee", fee=share)] = loan.but(drawdown_fee=share)
    cases[Words("answer.true_cost.case_coupon", days=FREE_DAYS)] = loan.coupon(FREE_DAYS)
    if fee > 0:
        soon = min(SOON, loan.summary().days_in_debt)
        name = Words("answer.true_cost.case_month", fee=fee, days=soon)
        cases[name] = loan.but(drawdown_fee=fee).settle(on=soon)

    def row(case: Loan) -> dict[str, float]:
        effective = float(case.summary().effective_rate)
        return {"contract_rate": yearly(float(case.daily_rate)), "effective_rate": effective}

    table = vary(cases, row, of="effective_rate")
    rates, most = table["effective_rate"], cast(Any, weighs_most(table["change"]))
    too_much = rates.index[rates.isna()]
    base, rate = rates.iloc[0], float(rates[most])
    changes = [EMPTY, *(_change(each, base) for each in rates.iloc[1:])]
    table["change"] = pd.Series(changes, table.index)
    key = "none" if len(too_much) else side(rate, base, ("less", "same", "more"))
    most = too_much[0] if len(too_much) else most
    text = Words(f"answer.true_cost.depends_{key}", case=most, rate=rate, gap=points(rate, base))
    return Answer(text, table)


def _change(rate: float, base: float) -> Text:
    if np.isnan(rate):
        return EMPTY
    key = side(rate, base, ("lower", "same", "higher"))
    return Words(f"chart.label.{key}", amount=points(rate, base))
