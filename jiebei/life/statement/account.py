"""Read the app's account statement: its rows of this line, told by their words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.statement.figures import amount_in, day_in, is_empty
from jiebei.life.statement.frame import Payment, frame_of
from jiebei.life.statement.heads import name_and_unit
from jiebei.life.statement.notes import column_name, note, refused
from jiebei.life.statement.sheet import Row, Sheet

__all__ = ["account_heads", "read_account"]

# The app's statement, and the older export of the web: a day, a sum, and what it was for.
COLUMNS = {
    "when": ("交易时间", "付款时间", "交易创建时间", "最近修改时间"),
    "what": ("商品说明", "商品名称"),
    "amount": ("金额",),
    "state": ("交易状态",),
    "order": ("交易订单号", "交易号"),
    "refund": ("成功退款",),
}
NEEDED = ("when", "what", "amount", "state")
OTHER_PRODUCT = re.compile("花呗|网商贷|备用金")
LINE = re.compile("借呗")
DRAWN = re.compile("放款|借款至|借款到")
REPAID = re.compile("还款|结清|扣款|代扣")
EARLY = re.compile("提前还款|提前结清|提前还清")
DONE = re.compile("(放款|还款|交易|支付|扣款|付款)?成功|已完成|交易完成")
COUNTED = re.compile(r"共(\d+)笔记录")


def account_heads(row: Row) -> dict[str, list[int]] | None:
    """Return the columns of an account statement if this row names them.

    Examples
    --------
    >>> heads = Row(24, ("交易时间 ", "商品说明", "收/支", "金额", "交易状态"))
    >>> account_heads(heads)
    {'when': [0], 'what': [1], 'amount': [3], 'state': [4], 'order': [], 'refund': []}
    """
    names = [name_and_unit(each)[0] for each in row.cells]
    places = {
        field: [names.index(name) for name in called if name in names]
        for field, called in COLUMNS.items()
    }
    return places if all(places[field] for field in NEEDED) else None


def read_account(sheet: Sheet, place: int) -> pd.DataFrame:
    """Return what was drawn on this line and repaid; all else is left out, and counted."""
    head = sheet.rows[place]
    columns = account_heads(head)
    assert columns is not None
    body = _body(sheet.rows[place + 1 :], head, columns)
    left_out: Counter[str] = Counter()
    payments: dict[tuple[str, ...], Payment] = {}
    for row in body:
        kind = _kind(row, columns)
        if kind in ("draw", "payment", "early"):
            told = _told_by(row, columns)
            if told in payments:
                kind = "double"
            else:
                payments[told] = _payment(row, head, columns, kind)
        left_out[kind] += 1
    notes = [*sheet.notes, *_counted(left_out, sheet.rows[:place], len(body))]
    if not payments:
        raise refused("no_line", n=len(body))
    return frame_of(list(payments.values()), "account", {}, notes)


def _body(rows: Sequence[Row], head: Row, columns: dict[str, list[int]]) -> list[Row]:
    """Return the rows of transactions: those with a day where it stands, and all of this line."""
    days = re.compile(r"\d{4}[-/年.]")
    own = [each for each in rows if each.cells != head.cells]
    return [
        each
        for each in own
        if days.match(_first(each, columns["when"])) or LINE.search(_first(each, columns["what"]))
    ]


def _first(row: Row, places: Sequence[int]) -> str:
    """Return the first of some columns that holds something."""
    return next((cell for place in places if not is_empty(cell := row.cell(place))), "")


def _told_by(row: Row, columns: dict[str, list[int]]) -> tuple[str, ...]:
    """Return by what a transaction is known again; a spreadsheet may have cut its number short."""
    order = _first(row, columns["order"]) or f"row {row.number}"
    return (order, *(_first(row, columns[each]) for each in ("when", "what", "amount")))


def _kind(row: Row, columns: dict[str, list[int]]) -> str:
    """Tell what a row is, by the words of what was paid for and of its state."""
    what, state = _first(row, columns["what"]), _first(row, columns["state"])
    if OTHER_PRODUCT.search(what):
        return "other_product"
    if not LINE.search(what):
        return "other"
    if "退款" in what + state:
        return "refund"
    if not DONE.fullmatch(state):
        return "failed"
    if DRAWN.search(what):
        return "draw"
    if REPAID.search(what):
        return "early" if EARLY.search(what) else "payment"
    return "unclear"


def _payment(row: Row, head: Row, columns: dict[str, list[int]], kind: str) -> Payment:
    told = (place for place in columns["when"] if not is_empty(row.cell(place)))
    when = next(told, columns["when"][0])
    amount = columns["amount"][0]
    day = day_in(row.cell(when), row.number, column_name(when, head.cell(when)))
    fen = abs(amount_in(row.cell(amount), row.number, column_name(amount, head.cell(amount))))
    back = columns["refund"][0] if columns["refund"] else None
    if back is not None and not is_empty(row.cell(back)):
        returned = amount_in(row.cell(back), row.number, column_name(back, head.cell(back)))
        if returned:
            raise refused("returned", row=row.number, amount=abs(returned) / 100)
    return Payment(row.number, day, {"drawn" if kind == "draw" else "payment": fen}, kind)


def _counted(left_out: Counter[str], preamble: Sequence[Row], rows: int) -> list[Words]:
    kept = ("other_product", "failed", "refund", "unclear", "double", "other")
    notes = [note(f"account_{kind}", n=left_out[kind]) for kind in kept if left_out[kind]]
    told = COUNTED.search("".join("".join(each.cells) for each in preamble).replace(" ", ""))
    if told and int(told[1]) != rows:
        notes.append(note("count_differs", n=rows, said=int(told[1])))
    return notes
