"""Needs, offers and coupons as a borrower writes them down, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.frames import called
from jiebei.language.words import Words
from jiebei.life.offers.offers import Coupon, Market, Need, Offer
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_DAYS, MOST_MONTHS
from jiebei.units.days import MISSING, as_days, iso
from jiebei.units.reading import money, rate, share, whole_number, yearly_rate

__all__ = ["read", "read_coupons", "read_need", "read_offers"]

MOST_DRAWDOWNS, MOST_OFFERS, MOST_COUPONS = 12, 6, 5
MOST_YUAN = 8_000_000
ANY_DAY = "1990-01-01"  # before the last day of any coupon


def read(
    needs: Mapping[Any, float],
    needed_months: Any,
    method: str,
    daily_rate: float,
    coupons: Iterable[Mapping[str, Any]] = (),
    subsidised_share: float = 0.0,
    other_offers: Iterable[Mapping[str, Any]] = (),
    savings_rate: float = 0.0,
    cash_in_hand: float = 0.0,
    monthly_surplus: float = 0.0,
) -> Market:
    """Read all that decides where the money comes from, as the parameters name it.

    Raises
    ------
    JiebeiError
        For any of them outside its range, in words.

    Examples
    --------
    >>> market = read({"2026-12-01": 10_000}, 6, "equal_instalment", 0.0004)
    >>> market.line.quoted, market.need.total
    (0.146, 10000.0)
    """
    rate(daily_rate, "daily_rate")
    share(subsidised_share, "subsidised_share")
    yearly_rate(savings_rate, "savings_rate")
    money(cash_in_hand, "cash_in_hand", zero=True)
    money(monthly_surplus, "monthly_surplus", zero=True)
    return Market(
        read_need(needs, needed_months, method),
        Offer(Words("offers.this_line"), daily_rate),
        tuple(read_offers(other_offers)),
        tuple(read_coupons(coupons)),
        subsidised_share,
        savings_rate,
        cash_in_hand,
        monthly_surplus,
    )


def read_need(amounts: Mapping[Any, float], months: Any, method: str) -> Need:
    """Read which money is needed when (用款计划).

    Parameters
    ----------
    amounts : dict of date to yuan
        1 to 12 of them.
    months : int or ForDays
        1 to 60, or days, the term of every loan taken for it.
    method : str
        One of the methods of `Loan`.

    Raises
    ------
    JiebeiError
        For an empty table, a day that is no date or comes twice, an amount out of range.

    Examples
    --------
    >>> need = read_need({"2027-01-15": 10_000, "2026-12-01": 30_000}, 6, "equal_instalment")
    >>> list(need.amounts), need.total
    (['2026-12-01', '2027-01-15'], 40000.0)
    """
    if not isinstance(amounts, Mapping) or not 1 <= len(amounts) <= MOST_DRAWDOWNS:
        raise JiebeiError("error.cheapest_need", most=MOST_DRAWDOWNS)
    found: dict[int, float] = {}
    for key, amount in amounts.items():
        day = _date(key, "needs")
        if day in found:
            raise JiebeiError("error.cheapest_day_twice", day=iso(day))
        found[day] = float(money(amount, "needs")) / 100
    if sum(found.values()) > MOST_YUAN:
        raise JiebeiError("error.cheapest_most", most=f"{MOST_YUAN:,}")
    need = Need({iso(day): found[day] for day in sorted(found)}, months, method)
    Offer(Words("offers.this_line")).loans(need)  # checks months and method
    return need


def read_offers(table: Iterable[Mapping[str, Any]], parameter: str = "other_offers") -> list[Offer]:
    """Read what other lenders offer: a list of dicts, one a lender (其他借款渠道).

    Parameters
    ----------
    table : list of dict
        Each has a `name` and one price: `daily_rate`, or `monthly_fee`, the flat fee of a card
        (每期手续费率), a share of the first principal with every instalment; if you like `off`, the
        share of the interest let off (折扣), `drawdown_fee` (yuan), `limit`, the most it lends
        (yuan), `months` and `method` where these are not yours to choose; `fee_stays`, True where
        the flat fee stays due in full after settling early (手续费不退); `prepay_fee_rate`, of
        what is settled early (违约金), and `prepay_fee_months`, after how many it is free.
    parameter : str
        What the table is called where the borrower writes it down.

    Raises
    ------
    JiebeiError
        For anything missing, unknown, twice, or out of range, with the name of the offer.

    Notes
    -----
    A discount lowers the daily rate, kept to 1e-10; a flat fee is half up to the fen.

    Examples
    --------
    >>> card, other = read_offers(
    ...     [{"name": "card", "monthly_fee": 0.0049}, {"name": "other", "daily_rate": 0.0005}]
    ... )
    >>> print(card.quoted.__round__(4), other.quoted)
    0.0588 0.1825
    """
    rows = _rows(table, parameter, MOST_OFFERS)
    offers = [_offer(row, place, parameter) for place, row in enumerate(rows, start=1)]
    for place, offer in enumerate(offers):
        before = [Words("offers.this_line"), *(each.name for each in offers[:place])]
        if str(offer.name) in map(str, before):
            raise JiebeiError("error.cheapest_twice", parameter=parameter, name=offer.name)
    return offers


def _offer(row: Mapping[str, Any], place: int, parameter: str) -> Offer:
    name = row.get("name") if isinstance(row, Mapping) else None
    if not isinstance(name, str) or not name.strip():
        raise JiebeiError("error.cheapest_name", parameter=parameter, place=place)
    shown = called(name)
    try:
        _known(row, Offer)
        if ("daily_rate" in row) == ("monthly_fee" in row):
            raise JiebeiError("error.cheapest_price")
        offer = Offer(**{**row, "name": shown})
        for each in ("off", "monthly_fee"):
            share(getattr(offer, each), each)
        if offer.limit is not None:
            money(offer.limit, "limit")
        _settling(offer)
        offer.loans(Need({"2026-12-01": 100.0}, MOST_MONTHS, "equal_instalment"))
    except JiebeiError as mistake:
        shown_in = {"parameter": parameter, "name": shown}
        raise JiebeiError("error.cheapest_offer", **shown_in, words=mistake) from None
    return offer


def _settling(offer: Offer) -> None:
    """Refuse what cannot be said of settling an offer early."""
    if not isinstance(offer.fee_stays, bool):
        raise JiebeiError("error.cheapest_stays", value=repr(offer.fee_stays))
    if offer.fee_stays and not offer.monthly_fee:
        raise JiebeiError("error.cheapest_no_fee", name="fee_stays", needs="monthly_fee")
    if offer.prepay_fee_months is not None:
        whole_number(offer.prepay_fee_months, "prepay_fee_months", 1, MOST_MONTHS)
        if not offer.prepay_fee_rate:
            fields = {"name": "prepay_fee_months", "needs": "prepay_fee_rate"}
            raise JiebeiError("error.cheapest_no_fee", **fields)


def read_coupons(table: Iterable[Mapping[str, Any]]) -> list[Coupon]:
    """Read the coupons in your hand: a list of dicts, one a coupon (优惠券).

    Parameters
    ----------
    table : list of dict
        Each has `days` or `instalments`, how long it works, or `expires`, until when; if you like
        `off`, the share of the interest let off (1, free, if not given), `principal`, on so many
        yuan at most (免息额度), `cap`, the most it lets off (yuan), `begins` and `use_by`, the
        first and the last day to draw with it, and a `name`.

    Raises
    ------
    JiebeiError
        For anything unknown or out of range, with the number of the coupon.

    Examples
    --------
    >>> [coupon] = read_coupons([{"days": 30, "principal": 20_000}])
    >>> coupon.words
    30 days free, on up to ¥20,000
    """
    rows = _rows(table, "coupons", MOST_COUPONS)
    coupons = [_coupon(row, place) for place, row in enumerate(rows, start=1)]
    return [_told_apart(each, coupons[:place]) for place, each in enumerate(coupons)]


def _told_apart(coupon: Coupon, before: Sequence[Coupon]) -> Coupon:
    """Give a coupon that reads like one before it a number: a way is named by its coupon."""
    alike = sum(each.words == coupon.words for each in before)
    if not alike:
        return coupon
    name = Words("offers.another", coupon=coupon.words, n=alike + 1)
    return replace(coupon, name=name)


def _rows(table: Any, name: str, most: int) -> list[Any]:
    """Return the rows of a list that is not too long."""
    rows = list(table) if isinstance(table, list | tuple) else [None] * (most + 1)
    if len(rows) > most:
        raise JiebeiError("error.cheapest_rows", name=name, most=most)
    return rows


def _coupon(row: Mapping[str, Any], place: int) -> Coupon:
    try:
        _known(row, Coupon)
        coupon = Coupon(**row)
        for name in ("begins", "use_by", "expires"):
            if getattr(coupon, name) is not None:
                _date(getattr(coupon, name), name)
        for each, most in (("days", MOST_DAYS), ("instalments", MOST_MONTHS)):
            if getattr(coupon, each) is not None:
                whole_number(getattr(coupon, each), each, 1, most)
        coupon.on(Loan(100, daily_rate=0.0004, months=1, start=ANY_DAY))
    except JiebeiError as mistake:
        raise JiebeiError("error.cheapest_coupon", place=place, words=mistake) from None
    return coupon


def _known(row: Any, kind: type[Offer | Coupon]) -> None:
    """Refuse what the table of an offer or a coupon does not know."""
    if not isinstance(row, Mapping):
        raise JiebeiError("error.cheapest_row", row=repr(row))
    known = [each.name for each in fields(kind)]
    for each in row:
        if each not in known:
            raise JiebeiError(
                "error.cheapest_key", key=repr(each), nearest=nearest(str(each), known)
            )


def _date(value: Any, name: str) -> int:
    """Read one date."""
    day, after = as_days(value, name)
    if after or day.ndim or day == MISSING:
        raise JiebeiError("error.give_a_date", name=name, value=value)
    return int(day)
