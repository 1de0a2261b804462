"""Where is money cheapest? What the answer depends on, and where another lender wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.answers.shared.beside import methods_for, rates_beside, term_case, terms_beside
from jiebei.answers.shared.frontier import Along, Frontier, over
from jiebei.compare.compare import horizon, net_benefit
from jiebei.compare.vary import vary
from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, count, headline_yuan, number, passage
from jiebei.life.offers.cover import Way, builders, ways
from jiebei.life.offers.offers import Market, Need, Offer
from jiebei.loan.plan import Plan
from jiebei.loan.terms import least_months
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.term import ForDays, instalments_in
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["depends", "frontier"]

STEP = 0.00005  # a day
FEWER = 10_000  # yuan of one's own
AMOUNTS, TERMS = 20, 24  # steps of the frontier
LONGEST = 24  # months to show, unless the need is longer


# One thing changed -------------------------------------------------------------------------


def depends(market: Market) -> Answer:
    """Change one thing at a time, and look which way is the cheapest then."""
    table = vary(_cases(market), _row)
    best = table["cheapest"].iloc[0]
    turned = table.index[table["cheapest"] != best]
    fields: dict[str, Any] = {"best": best, "n": len(table) - len(turned), "all": len(table)}
    note = Words("answer.cheapest_money.depends_note")
    if not len(turned):
        return Answer(Words("answer.cheapest_money.stays", **fields), table, note)
    fields |= {"case": turned[0], "other": table["cheapest"][turned[0]]}
    key = "turns_one" if len(turned) == 1 else "turns"
    return Answer(Words(f"answer.cheapest_money.{key}", **fields), table, note)


def _cases(market: Market) -> dict[Words, Market]:
    need, line = market.need, market.line
    cases = {Words("answer.methods.case_yours"): market}
    for daily in rates_beside(line.daily_rate, STEP):
        name = Words("answer.methods.case_rate", rate=daily_words(daily))
        cases[name] = replace(market, line=replace(line, daily_rate=daily))
    for months in terms_beside(need.months, need.method):
        cases[term_case(months)] = replace(market, need=replace(need, months=months))
    for method in methods_for(need.months):
        if method != need.method:
            cases[Words(f"method.{method}")] = replace(market, need=replace(need, method=method))
    if need.total > FEWER:
        name = Words("answer.cheapest_money.case_own", amount=FEWER)
        cases[name] = replace(market, need=need.split(FEWER)[1])
    if market.spent < 1:
        cases[Words("answer.cheapest_money.case_subsidy")] = replace(market, spent=1.0)
    if market.coupons:
        cases[Words("answer.cheapest_money.case_no_coupon")] = replace(market, coupons=())
    if market.offers:
        cases[Words("answer.cheapest_money.case_alone")] = replace(market, offers=())
    return cases


def _row(market: Market) -> dict[str, Any]:
    plans = ways(market)
    baseline, last = plans[market.line.name], horizon(*plans.values())
    worth = {
        name: round(float(net_benefit(each, baseline, market.savings_rate, last)), 2)
        for name, each in plans.items()
    }
    best = max(worth, key=worth.__getitem__)
    total = plans[best].summary()
    return {
        "cheapest": best,
        "cost": round(total.interest + total.fee, 2),
        "effective_rate": total.effective_rate,
        "ahead_of_line": worth[best],
    }


# Term and amount ---------------------------------------------------------------------------


def frontier(market: Market) -> Axes | Text:
    """Draw for which term and amount this line with the best coupon is cheaper than another lender.

    Only lenders without a limit and a term of their own are tried; the others are named under it.
    Where there is none, or no difference, there is nothing to see: then it is a sentence.
    """
    others = [each for each in market.offers if each.limit is None and each.months is None]
    if not others:
        return Words("answer.cheapest_money.frontier_alone")
    need = market.need
    first = least_months(need.method)
    longest = max(LONGEST, instalments_in(need.months))
    months = np.unique(np.linspace(first, longest, TERMS).round()).astype(np.int64)
    highest = max(2 * need.total, 1_000)
    amounts = np.unique(np.linspace(highest / AMOUNTS, highest, AMOUNTS).round(2))
    day = next(iter(need.amounts))
    alone = replace(market, need=replace(need, amounts={day: need.total}))
    built = builders(replace(alone, offers=()))
    left_out = [each.name for each in market.offers if each not in others]
    names = (_ours(market), _theirs(others, left_out))

    def gain(months: Any, amounts: Any) -> Any:
        swept = replace(need, amounts={day: amounts[:, None]}, months=months)
        theirs = _worth({each.name: each.loans for each in others}, swept, market)
        return _worth(built, swept, market) - theirs

    found = over(
        gain,
        Along(months, _place(need), Words("answer.cheapest_money.months_label"), "number"),
        Along(
            amounts, need.total, Words("answer.cheapest_money.amount_label", unit="{unit}"), "yuan"
        ),
    )
    title = _title(found, names, need)
    if found.nothing:
        return title
    return found.draw(
        regions=(Words("offers.this_line"), names[1]),  # the title names the coupon
        zero=Words("answer.cheapest_money.zero"),
        title=title,
        subtitle=Words("answer.cheapest_money.frontier_subtitle", unit="{unit}"),
        note=_note(found, left_out, need),
    )


def _place(need: Need) -> int | None:
    """Return the reader's own place among the months; days have none."""
    return None if isinstance(need.months, ForDays) else need.months


def _ours(market: Market) -> Words:
    return Words(
        "answer.cheapest_money.ours_coupon" if market.coupons else "answer.cheapest_money.ours"
    )


def _theirs(others: list[Offer], left_out: list[Text]) -> Text:
    if len(others) == 1:
        return others[0].name
    return Words(f"answer.cheapest_money.theirs{'_open' if left_out else ''}")


def _note(found: Frontier, left_out: list[Text], need: Need) -> Text:
    """Say what the line and the ring are, and whom the picture does not compare."""
    both = np.min(found.gain) < 0 < np.max(found.gain)
    parts = [Words("chart.frontier.note_line")] if both else []
    if _place(need) is not None:
        once = Words("answer.cheapest_money.frontier_once", day=next(iter(need.amounts)))
        parts.append(once if len(need.amounts) > 1 else Words("chart.frontier.note_here"))
    if left_out:
        parts.append(Words("answer.cheapest_money.frontier_note", names=tuple(left_out)))
    return passage(parts)


def _worth(built: Mapping[Any, Way], need: Need, market: Market) -> Any:
    """Return what the best of these ways leaves you with more than this line, per scenario."""
    baseline = Plan(market.line.loans(need))
    plans = [Plan(loans(need)) for loans in built.values()]
    last = horizon(baseline, *plans)
    found = [net_benefit(each, baseline, market.savings_rate, last) for each in plans]
    ends = [each.summary().payoff_date for each in (baseline, *plans)]
    years = (last - np.max(ends, axis=0).astype("M8[D]")).astype(np.int64) / DAYS_A_YEAR
    return np.max(found, axis=0) / (1 + market.savings_rate) ** years  # as at its own end


def _title(found: Frontier, names: tuple[Text, Text], need: Need) -> Words:
    """Say at your amount for which terms this line is the cheaper one, or else up to which."""
    fields: dict[str, Any] = {"ours": names[0], "theirs": names[1], "amount": need.total}
    months, amounts, gain = found.x.grid, found.y.grid, found.gain
    wins, mine = gain > FEN, found.row > FEN
    if found.nothing:
        key = "same"
    elif mine.all():
        key = "ours"
    elif mine.any():
        turns = np.flatnonzero(mine[:-1] != mine[1:])
        fields |= {"n": int(mine.sum()), "all": len(mine)}
        fields["months"] = count(months[turns[0]], "month")
        fields["first"] = number(int(months[turns[0] + 1]))
        fields["last"] = count(months[turns[-1]], "month")
        once = "short" if mine[0] else "long"
        twice = "outside" if mine[0] else "between"
        key = {1: once, 2: twice}.get(len(turns), "mixed")
    elif wins.any():
        first, last = np.flatnonzero(wins.any(axis=0))[[0, -1]]
        fields["most"] = headline_yuan(_turns_at(amounts, gain[:, first]))
        fields["short"] = count(months[first], "month")
        key = "small" if first < last else "small_one"
    else:
        key = "theirs"
    return Words(f"answer.cheapest_money.frontier_{key}", **fields)


def _turns_at(amounts: Any, gain: Any) -> float:
    """Return the amount up to which a gain lasts, to the hundred, the last one if to the end."""
    last = int(np.flatnonzero(gain > FEN)[-1])
    if last == len(amounts) - 1:
        return float(amounts[-1])
    share = gain[last] / (gain[last] - gain[last + 1])
    return float(np.round(amounts[last] + share * (amounts[last + 1] - amounts[last]), -2))
