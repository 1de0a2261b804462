"""Which offer is better? Offers as a borrower writes them down, turned into loans and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiebei.engine.decisions.new_terms import INTEREST, KEEP_RATE
from jiebei.language.errors import JiebeiError, nearest, one_of
from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, day, written
from jiebei.life.negotiation.standing import Debt
from jiebei.loan.loan import Loan
from jiebei.units.reading import RATE_SCALE

__all__ = ["terms_of", "ways"]

PLAN = ("months", "daily_rate", "waive", "waive_interest", "haircut", "down")
PAUSE = ("defer", "interest")
MOST_OFFERS = 8
# Names of offers that are shown in the language in use; any other name stays as it is.
KNOWN = ("no_interest", "half_rate", "longer", "at_once", "pause_first", "pause")


def ways(debt: Debt, offers: Mapping[str, Mapping[str, Any]]) -> dict[Text, Loan]:
    """Turn offers into loans (协商方案); the first of them is to catch up without any offer.

    Parameters
    ----------
    debt : Debt
    offers : dict of name to terms
        Of a new plan for all that is owed: `months` (0: all is paid that day), `daily_rate` (as
        before if not given), `waive`, `waive_interest`, `haircut` (shares of the penalty, of the
        interest run up, of the principal let off), `down` (yuan at once). Of a pause: `defer`
        (months without principal) and its `interest`: "paid", "billed", "capitalised", "waived";
        alone, what is overdue stays, and bears its penalty until the pause ends. Names such as
        "no_interest" or "at_once" are shown in the language in use, others as they are.

    Raises
    ------
    JiebeiError
        With the name of the offer, for terms that do not exist or cannot be.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> list(ways(behind(loan, 3, "2027-06-01"), {"36 months": {"months": 36}}))
    [catch up, '36 months']
    >>> ways(behind(loan, 3, "2027-06-01"), {"mine": {"month": 36}})
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: offer 'mine': 'month' is no term; did you mean 'months'?
    """
    if not isinstance(offers, Mapping) or not 1 <= len(offers) <= MOST_OFFERS:
        raise JiebeiError("error.negotiate_offers", most=MOST_OFFERS)
    if str(debt.name) in offers:
        raise JiebeiError("error.negotiate_name", name=str(debt.name))
    return {debt.name: debt.caught_up} | {
        _name(str(name)): _offered(debt, str(name), terms) for name, terms in offers.items()
    }


def _offered(debt: Debt, name: str, terms: Any) -> Loan:
    """Act on the debt as one offer says; a mistake names the offer."""
    try:
        _check(terms)
        way = debt.late
        if "months" in terms:
            plan = {each: terms[each] for each in PLAN if each in terms}
            way = way.restructure(on=debt.on, **plan)
        if "defer" in terms:
            if "months" not in terms and not debt.ahead:
                raise JiebeiError("error.negotiate_pause", date=day(debt.on))
            way = way.defer(terms["defer"], on=debt.on, interest=terms.get("interest", "paid"))
        if way.shape:
            raise JiebeiError("error.negotiate_one")
        way.summary()
    except JiebeiError as mistake:
        raise JiebeiError("error.negotiate_offer", name=name, words=mistake) from None
    return way


def _check(terms: Any) -> None:
    if not isinstance(terms, Mapping):
        raise JiebeiError("error.negotiate_terms")
    known = (*PLAN, *PAUSE)
    for each in terms:
        if each not in known:
            near = nearest(str(each), known)
            raise JiebeiError("error.negotiate_term", term=each, nearest=near)
    if "months" not in terms and "defer" not in terms:
        raise JiebeiError("error.negotiate_terms")
    for needed, others in (("months", PLAN), ("defer", PAUSE)):
        lonely = [repr(each) for each in others if each in terms]
        if lonely and needed not in terms:
            fields = {"terms": one_of(lonely), "needed": needed}
            raise JiebeiError("error.negotiate_alone", **fields)


def _name(name: str) -> Text:
    return Words(f"offer.{name}") if name in KNOWN else name


def terms_of(way: Loan) -> Words:
    """Say in words what was agreed on (方案条件), from the decisions themselves.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> print(terms_of(loan.restructure(36, on="2027-06-01", daily_rate=0.0, waive=1)))
    36 instalments, no interest, the penalty waived
    """
    parts: list[Text] = []
    for decision in way.decisions:
        agreed = {name: int(each) for name, each in decision.values().items()}
        if decision.name == "restructure":
            parts += _plan_words(agreed)
        if decision.name == "defer":
            kind = INTEREST[agreed["interest"]]
            fields = {"pause": agreed["months"]}
            parts.append(Words(f"answer.negotiate.term_pause_{kind}", **fields))
    if not parts:
        late = bool(way.decisions)
        return Words(f"answer.negotiate.term_{'catch_up' if late else 'as_agreed'}")
    return Words("answer.negotiate.terms", parts=tuple(parts))


def _plan_words(agreed: Mapping[str, int]) -> list[Text]:
    """Say what a new plan consists of; what stays as it was goes without saying."""
    months, rate = agreed["months"], agreed["rate"]
    parts: list[Text] = [
        written(months, "count.instalment") if months else Words("answer.negotiate.term_once")
    ]
    if months and rate != KEEP_RATE:
        key, daily = ("rate", daily_words(rate / RATE_SCALE)) if rate else ("free", "")
        parts.append(Words(f"answer.negotiate.term_{key}", rate=daily))
    for name in ("waive", "waive_interest", "haircut"):
        let_off = agreed[name] / RATE_SCALE
        if let_off:
            key = f"{name}_all" if let_off == 1 else name
            parts.append(Words(f"answer.negotiate.term_{key}", share=let_off))
    if agreed["down"]:
        parts.append(Words("answer.negotiate.term_down", down=agreed["down"] / 100))
    return parts
