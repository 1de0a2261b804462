"""02, by hand: what the loan is quoted at, what it costs, and how near the lines that is."""

from datetime import date
from random import Random
from typing import Any

import matplotlib.pyplot as plt
import pytest

import jiebei as jb
from jiebei.answers import true_cost
from jiebei.language.words import Words
from tests.truth import Truth, loans, told
from tests.truth.plain import CENT, moves, worth

COURT, FOUR_LPR, DAY = 0.24, 0.12, "2026-12-01"  # 4 x 3.00 %
SHOWN = (0.00015, 0.0002, 0.0003, 0.0004, 0.00045, 0.0005, 0.0006)


def terms_of(rng: Random) -> dict[str, Any]:
    """Return the terms of a loan; now and then of one so small that rounding decides."""
    terms = loans(rng)
    if not rng.randrange(5):
        terms["principal"] = rng.choice([1.0, 5.0, 20.0, 60.0, 300.0])
    terms["daily_rate"] = rng.choice([terms["daily_rate"], 0.00066, 0.00043, 0.001])
    return terms


def simple(loan: jb.Loan) -> float:
    """Return all costs over the principal owed, a year."""
    flows = loan.cashflows()
    days = flows["date"].diff().dt.days.fillna(0)
    owed = float((flows["closing"].shift(fill_value=0.0) * days).sum())
    return 365 * float(flows["interest"].sum() + flows["fee"].sum()) / owed


def effective(loan: jb.Loan) -> float | None:
    """Return the rate a year at which what is paid is worth what was drawn, by halving."""
    found = moves(loan)
    if max(found.values()) <= 0:
        return None
    low, high = -0.5, 1e9
    for _ in range(200):
        half = (1 + low) ** 0.5 * (1 + high) ** 0.5 - 1
        # what is drawn comes first, so a higher rate makes it weigh more at the end
        low, high = (low, half) if worth(found, half, min(found)) > 0 else (half, high)
    return low


def shown(rate: float) -> float:
    return round(100 * rate, 2)


def side(rate: float, line: float, names: tuple[str, str, str]) -> str:
    apart = shown(rate) - shown(line)
    return names[1] if abs(apart) < 0.005 else names[2] if apart > 0 else names[0]


def gap(truth: Truth, found: Any, rate: float, line: float) -> None:
    meant = abs(shown(rate) - shown(line))
    truth.sentence(found, ".points", points=meant)


def near(rate: float, line: float) -> bool:
    """Tell whether the last digit decides, which a sum in floats may turn."""
    return any(abs((100 * each) % 0.01 - 0.005) < 1e-6 for each in (rate, line))


def test_the_answer(truth: Truth) -> None:
    for rng in truth.cases(40):
        terms = terms_of(rng)
        loan, quoted = jb.Loan(**terms), round(365 * terms["daily_rate"], 10)
        rate, counted = effective(loan), simple(loan)
        assert rate is not None
        if near(rate, quoted) or near(counted, COURT):
            continue
        really, against = told(true_cost.answer(loan, DAY).said)
        key = side(rate, quoted, ("less", "same", "more"))
        # rounding is the reason where it explains most of the distance
        fen = key != "same" and 2 * abs(counted - quoted) > abs(rate - quoted)
        key = f".really_{key}{'_fen' if fen else ''}"
        truth.sentence(really, key, 1e-6, quoted=quoted, effective=rate)
        gap(truth, really.fields.get("gap"), rate, quoted) if "same" not in key else None
        if key == ".really_less":  # then some interest is paid after more than a year
            days = (max(moves(loan)) - date.fromisoformat(terms["start"])).days
            truth.figure(days > 365, True)
        truth.sentence(against, ".against", 1e-9, simple=counted, line=COURT, four=FOUR_LPR)
        for name, line in (("first", COURT), ("second", FOUR_LPR)):
            part: Any = against.fields[name]
            truth.sentence(part, f".{side(counted, line, ('below', 'at', 'above'))}")
            if not part.key.endswith(".at"):
                gap(truth, part.fields["gap"], counted, line)


def test_the_misreadings(truth: Truth) -> None:
    for rng in truth.cases(40):
        terms = terms_of(rng)
        loan, flows = jb.Loan(**terms), jb.Loan(**terms).cashflows()
        total, years = float(flows["interest"].sum()), (max(moves(loan)) - min(moves(loan))).days
        (said,) = told(true_cost.misreadings(loan).said)
        if total < CENT:
            truth.sentence(said, ".flat_zero")
            continue
        flat, counted = total / terms["principal"] / (years / 365), simple(loan)
        owed = terms["principal"] * flat / counted
        key = ".flat_same" if terms["principal"] - owed < CENT else ".flat_half"
        truth.sentence(said, key, 1e-6, flat=flat, principal=terms["principal"])
        if key == ".flat_half":
            fields = {"share": flat / (effective(loan) or 0), "simple": counted}
            truth.sentence(said, key, 1e-5, **fields)
            truth.figure(said.fields["owed"], owed)


def test_a_fee_and_a_coupon(truth: Truth) -> None:
    for rng in truth.cases(25):
        terms, fee = terms_of(rng), rng.choice([0.0, 5.0, 500.0])
        loan = jb.Loan(**terms)
        ways = (
            {
                Words("strategy.as_agreed"): loan,
                Words("strategy.with_fee"): jb.Loan(**terms, drawdown_fee=fee),
                Words("strategy.with_coupon"): loan.coupon(rng.choice([0, 7, 30]), 1.0),
            }
            if fee < terms["principal"]
            else {Words("strategy.as_agreed"): loan}
        )
        rates = {name: effective(each) for name, each in ways.items()}
        base, *others = told(true_cost.extras.extras(ways).said)
        own = rates[Words("strategy.as_agreed")]
        assert own is not None
        truth.sentence(base, ".extras_base", 1e-6, rate=own)
        for said, (name, rate) in zip(others, list(rates.items())[1:], strict=True):
            if rate is None or rate > 1e3:
                continue
            key = side(rate, own, ("less", "same", "more"))
            if not near(rate, own):
                truth.sentence(said, f".makes_{key}", 1e-5 * (1 + rate), name=name, rate=rate)


def test_paying_late(truth: Truth) -> None:
    for rng in truth.cases(30):
        terms = terms_of(rng)
        loan, daily = jb.Loan(**terms), terms["daily_rate"]
        answer = true_cost.lines.late(loan, DAY)
        late, passes = told(answer.said)
        penalty = round(365 * daily, 10) * 1.5
        key = f".late_{side(penalty, COURT, ('below', 'at', 'above'))}"
        truth.sentence(late, key, 1e-9, penalty=penalty, line=COURT)
        truth.sentence(passes, ".passes", 1e-9, late=0.000439)  # 24 % / 1.5 / 365, rounded up
        truth.figure(passes.fields["normal"], 0.000658, 1e-9)
        for each, said in zip(sorted({*SHOWN, daily}), answer.figures["over"], strict=True):
            over = side(simple(loan.but(daily_rate=each)), COURT, ("", "", "loan"))
            too = side(round(365 * each, 10) * 1.5, COURT, ("", "", "penalty"))
            key = {"loanpenalty": "both", "": "neither"}.get(over + too, over + too)
            truth.sentence(said, f".over_{key}")


@pytest.mark.parametrize("fee", [0.0, 5.0, 500.0])
def test_the_title_on_terms(truth: Truth, fee: float) -> None:
    for rng in truth.cases(4):
        terms = terms_of(rng) | {"daily_rate": rng.choice([0.0003, 0.0006, 0.00066])}
        if fee >= terms["principal"]:
            continue
        loan = jb.Loan(**terms, drawdown_fee=fee)
        tried = range(1, max(24, terms["months"]) + 1)
        above = [simple(loan.but(months=each)) > COURT for each in tried]
        bare = [simple(loan.but(months=each, drawdown_fee=0.0)) > COURT for each in tried]
        title = true_cost.extras.by_term(loan, DAY).get_title()
        plt.close("all")
        run = next((place for place, each in enumerate(above) if not each), len(above))
        key, fields = "at_some", {"n": sum(above), "all": len(above)}
        if all(bare):
            key = "bare_all"
        elif not fee:
            key, fields = "zero", {"rate": simple(loan)}
        elif not any(above) or all(above):
            key = "all" if all(above) else "never"
        elif run == sum(above):
            key, fields = "some", {"longest": run}
        meant = Words(f"answer.true_cost.term_{key}", fee=fee, line=COURT, **fields)
        truth.figure(title, str(meant))


def test_what_moves_it_most(truth: Truth) -> None:
    for rng in truth.cases(10):
        terms, fee = terms_of(rng), rng.choice([0.0, 5.0, 500.0])
        if fee >= terms["principal"]:
            continue
        answer = true_cost.extras.depends(jb.Loan(**terms), fee)
        rates = answer.figures["effective_rate"]
        (said,) = told(answer.said)
        own = effective(jb.Loan(**terms))
        assert own is not None
        truth.figure(rates.iloc[0], own, 1e-6)
        apart = {name: abs(each - rates.iloc[0]) for name, each in rates.items() if each == each}
        if rates.isna().any():
            truth.sentence(said, ".depends_none", case=rates.index[rates.isna()][0])
        elif "case" in said.fields:
            case: Any = said.fields["case"]
            truth.figure(apart[case], max(apart.values()), 1e-9)
            key = side(rates[case], own, ("less", "same", "more"))
            truth.sentence(said, f".depends_{key}", 1e-9, rate=rates[case])
        days = (max(moves(jb.Loan(**terms))) - min(moves(jb.Loan(**terms)))).days
        soon = Words("answer.true_cost.case_month", fee=fee, days=min(30, days))
        truth.figure(soon in rates.index, fee > 0)
        if fee:
            meant = effective(jb.Loan(**terms, drawdown_fee=fee).settle(on=min(30, days)))
            if meant is not None and meant < 1e3:
                truth.figure(rates[soon], meant, 1e-5 * (1 + meant))
