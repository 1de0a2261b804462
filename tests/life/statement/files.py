"""Files as people have them, and as they should not be; each made by code, with what becomes of it.

A case is read, and then either refused by a rule (`refused`, with the row it names), or read as the
plan it was made from (`notes` says what was put right).
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from PIL import Image

HEADS = ["期数", "应还日期", "应还总额", "应还本金", "应还利息", "剩余本金"]
ROWS = [  # 3,000 yuan at 0.05 % a day from 2026-04-07, three instalments
    ["1", "2026-05-07", "1030.35", "985.35", "45.00", "2014.65"],
    ["2", "2026-06-07", "1030.35", "999.12", "31.23", "1015.53"],
    ["3", "2026-07-07", "1030.76", "1015.53", "15.23", "0.00"],
]
TOTALS = ["合计", "", "3091.46", "3000.00", "91.46", ""]


@dataclass(frozen=True)
class Case:
    """A file, its name, and what becomes of it."""

    name: str
    data: bytes | str  # a str is pasted, not a file
    suffix: str = ".csv"
    refused: str = ""
    row: int | None = None
    column: str = ""
    notes: tuple[str, ...] = ()
    payments: tuple[float, ...] = (1030.35, 1030.35, 1030.76)
    extra: dict[str, Any] = field(default_factory=dict)


def table(rows: list[list[str]], mark: str = ",") -> str:
    return "".join(mark.join(each) + "\n" for each in rows)


def plan(**changed: Any) -> list[list[str]]:
    """Return the plan with cells changed: r2c3 is row 2, column 3, counted from 1."""
    rows = [list(HEADS), *(list(each) for each in ROWS)]
    for place, value in changed.items():
        row, column = place.removeprefix("r").split("c")
        rows[int(row) - 1][int(column) - 1] = value
    return rows


def csv(**changed: Any) -> bytes:
    return table(plan(**changed)).encode()


def book(fill: Callable[[Any], None] | None = None, rows: list[list[Any]] | None = None) -> bytes:
    """Return a workbook with the plan, changed by a function of its sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    for each in rows or plan():
        sheet.append([_number(cell) for cell in each])
    if fill:
        fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _number(cell: Any) -> Any:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return cell or None


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, kind)
    return out.getvalue()


def packed(name: str, data: bytes, locked: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    made = bytearray(out.getvalue())
    if locked:  # the flag that says so, in both of its places
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            made[made.index(mark) + place] |= 1
    return bytes(made)


# Read, and put right ----------------------------------------------------------------------------


def encodings() -> Iterator[Case]:
    text = table(plan())
    for codec, name in (
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ):
        yield Case(f"in {codec}", text.encode(codec), notes=("encoding",), extra={"encoding": name})
    marked = "\ufeff".encode("utf-16-be") + text.encode("utf-16-be")
    yield Case("in utf-16-be with its mark", marked, notes=("encoding",))
    yield Case("lines end as on a Macintosh of old", text.replace("\n", "\r").encode())
    yield Case("lines end as on Windows", text.replace("\n", "\r\n").encode("gb18030"))


def marks() -> Iterator[Case]:
    for mark in "\t;|":
        yield Case(f"cells parted by {mark!r}", table(plan(), mark).encode())
    yield Case("cells parted by a wide comma", table(plan(), "，"))
    yield Case("cells parted by blanks", table(plan(), "  "))
    yield Case("pasted from a spreadsheet", table(plan(), "\t"))
    lines = ["|" + "|".join(each) + "|" for each in plan()]
    yield Case(
        "a table of Markdown", "\n".join([lines[0], "|---|---|---|---|---|---|", *lines[1:]])
    )
    blank = "\n\n".join(table(plan()).splitlines())
    yield Case("blank lines between", blank.encode())
    yield Case("a comma at the end of each row", table([[*each, ""] for each in plan()]).encode())
    padded = [[cell.ljust(20) for cell in each] for each in plan()]
    yield Case("padded with blanks", table(padded).encode("gb18030"))


def amounts() -> Iterator[Case]:
    written = {
        "¥1,030.35": "with its sign and thousands",
        "￥１，０３０．３５": "full-width",
        "1030.35元": "with its unit",
        "0.103035万元": "in 万元",
        "人民币1,030.35": "with the currency before it",
        " 1 030.35 ": "with blanks",
        '="1030.35"': "kept as a text by a spreadsheet",
        "'1030.35": "kept as a text by an apostrophe",
        "1030.350": "with a zero more",
        "+1030.35": "with a plus",
    }
    for cell, name in written.items():
        yield Case(f"an amount {name}", table(plan(r3c3=cell), "\t"))
    wan = [[*each[:2], *(f"{float(cell) / 10_000:.6f}" for cell in each[2:])] for each in ROWS]
    heads = [*HEADS[:2], *(f"{each}（万元）" for each in HEADS[2:])]
    yield Case("all in 万元, as the heads say", table([heads, *wan]).encode(), notes=("scaled",))
    turned = [[*each[:2], f"({each[2]})"] for each in ROWS]
    yield Case("negative, in brackets", table([HEADS[:3], *turned]).encode(), notes=("turned",))
    turned = [[*each[:2], f"-{each[2]}"] for each in ROWS]
    yield Case("negative, with a minus", table([HEADS[:3], *turned]).encode(), notes=("turned",))
    turned = [[*each[:2], f"{each[2]}-"] for each in ROWS]
    yield Case(
        "negative, the minus behind", table([HEADS[:3], *turned]).encode(), notes=("turned",)
    )
    parts = [each[:2] + each[3:] for each in plan()]
    yield Case("no sums, only their parts", table(parts).encode())
    yield Case("a sum that is not stated", csv(r3c3=""), notes=("summed",))


def dates() -> Iterator[Case]:
    for cell in (
        "2026/6/7",
        "2026.06.07",
        "2026年6月7日",
        "20260607",
        "２０２６－０６－０７",
        "2026-06-07 08:15:59",
        "2026/6/7 8:15",
        "2026-06-07T00:00:00",
        "7 June 2026",
        "07-Jun-2026",
        "Jun 7, 2026",
        "2026年6月7日 星期日",
        "2026-06-07（周日）",
    ):
        yield Case(f"a day as {cell}", table(plan(r3c2=cell), "\t"))
    serial = table(plan(r2c2="46149", r3c2="46180", r4c2="46210")).encode()
    yield Case("days as a spreadsheet counts them", serial, notes=("serials",))


def heads() -> Iterator[Case]:
    other = ["No.", "Due date", "Payment", "Principal", "Interest", "Balance"]
    yield Case("English heads", table([other, *ROWS]).encode())
    other = ["期次", "还款日", "月供", "本金（元）", "利息(元)", "待还本金"]
    yield Case("other Chinese heads", table([other, *ROWS]).encode("gb18030"))
    other = ["第几期", "到 期 日", "应还 金额：", "归还本金", "偿还利息", "贷款余额"]
    yield Case("heads with blanks and colons", table([other, *ROWS]).encode())
    turned = [list(reversed(each)) for each in plan()]
    yield Case("columns in another order", table(turned).encode())
    more = [[*each, extra] for each, extra in zip(plan(), ("备注", "a", "b", "c"), strict=True)]
    yield Case("a column that is not known", table(more).encode(), notes=("unknown",))
    fees = [[*each, fee] for each, fee in zip(plan(), ("服务费", "0", "0", "0"), strict=True)]
    yield Case("a fee of nothing", table(fees).encode())


def around() -> Iterator[Case]:
    before = "我的还款计划\n借款金额：3,000元\n放款日：2026-04-07\n\n"
    yield Case("a preamble", (before + table(plan())).encode(), extra={"principal": 3000.0})
    yield Case("a long preamble", ("说明\n" * 40 + table(plan())).encode())
    yield Case("totals", table([*plan(), TOTALS]).encode(), notes=("totals",))
    english = ["Total", *TOTALS[1:]]
    yield Case("totals in English", table([*plan(), english]).encode(), notes=("totals",))
    sub = table([*plan()[:3], ["小计", "", "2060.70"], plan()[3], TOTALS])
    yield Case("subtotals in between", sub.encode(), notes=("totals",))
    wrong = [*TOTALS[:2], "3091.64", *TOTALS[3:]]
    yield Case("totals that differ", table([*plan(), wrong]).encode(), notes=("totals_differ",))
    again = table([*plan()[:3], HEADS, plan()[3]])
    yield Case("heads on every page", again.encode(), notes=("heads_again",))
    after = table(plan()) + "------------\n以上内容仅供参考\n"
    yield Case("a remark at the end", after.encode(), notes=("remarks",))
    yield Case("a row twice", table([*plan(), ROWS[2]]).encode(), notes=("double",))
    backwards = table([HEADS, *reversed(ROWS)])
    yield Case("the newest first", backwards.encode(), notes=("newest_first",))
    mixed = table([HEADS, ROWS[1], ROWS[0], ROWS[2]])
    yield Case("rows out of order", mixed.encode(), notes=("out_of_order",))
    gap = ["1", "2026-05-07", "1030.35"], ["3", "2026-07-07", "1030.76"]
    yield Case(
        "an instalment that is not there",
        table([HEADS[:3], *gap]).encode(),
        notes=("missing",),
        payments=(1030.35, 1030.76),
    )
    yield Case("a row that does not add up", csv(r3c4="999.21"), notes=("does_not_add_up",))
    yield Case("what is owed does not follow", csv(r3c6="1015.35"), notes=("closing_breaks",))
    zero = table([HEADS, ["0", "2026-04-07", "", "", "", "3000.00"], *ROWS])
    yield Case(
        "a row of the drawdown", zero.encode(), notes=("drawdown",), extra={"principal": 3000.0}
    )
    record = "时间,类型,金额\n2026-04-07,放款,3000\n" + "".join(
        f"{each[1]},还款,{each[2]}\n" for each in ROWS
    )
    yield Case(
        "a record with the drawdown",
        record.encode(),
        notes=("drawdown",),
        payments=(0.0, 1030.35, 1030.35, 1030.76),
    )
    english = "Date,Description,Amount\n2026-04-07,Drawdown,3000\n" + "".join(
        f"{each[1]},Repayment,{each[2]}\n" for each in ROWS
    )
    yield Case(
        "a record in English",
        english.encode(),
        notes=("drawdown",),
        payments=(0.0, 1030.35, 1030.35, 1030.76),
    )
    counted = "\n".join(f"{each[0]}期 {each[1]} {each[2]}" for each in ROWS)
    yield Case("lines that count their instalments", counted)
    blanks = table([*plan(), ["合计", "3091.46", "3000.00", "91.46"]], " ")
    yield Case("totals between blanks", blanks, notes=("totals",))
    bank = record + "2026-05-10,工资,9000\n2026-05-11,花呗还款,88\n2026-05-12,消费,12.30\n"
    yield Case(
        "a record among other things",
        bank.encode(),
        notes=("other_kinds",),
        payments=(0.0, 1030.35, 1030.35, 1030.76),
    )
    failed = record + "2026-06-07,还款失败,1030.35\n"
    yield Case(
        "a record with a failed debit",
        failed.encode(),
        notes=("failed",),
        payments=(0.0, 1030.35, 1030.35, 1030.76),
    )
    signed = "日期,金额\n2026-04-07,3000\n" + "".join(f"{each[1]},-{each[2]}\n" for each in ROWS)
    yield Case(
        "signs tell the drawdown",
        signed.encode(),
        notes=("turned",),
        payments=(0.0, 1030.35, 1030.35, 1030.76),
    )
    lines = "\n".join(f"{each[1]} 应还 {each[2]} 本金 {each[3]} 利息 {each[4]}" for each in ROWS)
    yield Case("lines typed off the screen", lines)
    lines = "\n".join(
        f"第{each[0]}期 {each[1]}：应还{each[2]}元，本金{each[3]}元，利息{each[4]}元 待还"
        for each in ROWS
    )
    yield Case(
        "lines as in a chat", "借款3000元，放款日2026-04-07\n" + lines, extra={"principal": 3000.0}
    )
    yield Case("a day and a sum a line", "\n".join(f"{each[1]} {each[2]}" for each in ROWS))


def workbooks() -> Iterator[Case]:
    xlsx = {"suffix": ".xlsx"}
    yield Case("a workbook", book(), **xlsx)
    yield Case("a workbook called .csv", book())

    def formulas(sheet: Any) -> None:
        sheet["C3"] = "=D3+E3"

    yield Case(
        "a formula without a result",
        book(formulas),
        **xlsx,
        refused="formula",
        row=3,
        column="C",
    )
    yield Case(
        "merged cells",
        book(lambda sheet: sheet.merge_cells("C2:C3")),
        **xlsx,
        refused="merged",
        row=2,
    )
    titled = [["还款计划", "", "", "", "", ""], *plan()]
    yield Case("a merged title", book(lambda sheet: sheet.merge_cells("A1:F1"), titled), **xlsx)

    def hidden(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True

    yield Case("a hidden row", book(hidden), **xlsx, notes=("hidden",))

    def empty_sheet(sheet: Any) -> None:
        sheet.parent.create_sheet("说明").append(["仅供参考"])

    yield Case("a second sheet without payments", book(empty_sheet), **xlsx, notes=("sheet",))

    def second(sheet: Any) -> None:
        other = sheet.parent.create_sheet("另一笔")
        for each in plan():
            other.append(each)

    yield Case("two loans on two sheets", book(second), **xlsx, refused="sheets")
    yield Case("nothing on the sheet", book(rows=[[None]]), **xlsx, refused="empty")
    yield Case(
        "a link in a cell",
        book(lambda sheet: setattr(sheet["A2"], "hyperlink", "https://example.com/x")),
        **xlsx,
    )


# Refused -----------------------------------------------------------------------------------------


def other_kinds() -> Iterator[Case]:
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
        yield Case(f"a {kind} picture called .csv", picture(kind), refused="picture")
    yield Case("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ".pdf", refused="pdf")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield Case("an old workbook", ole, ".xls", refused="old_workbook")
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    yield Case("a workbook with a password", locked, ".xlsx", refused="locked")
    yield Case("a zip", packed("账单.csv", csv()), ".zip", refused="archive")
    yield Case("a zip with a password", packed("a.csv", csv(), True), ".zip", refused="zip_locked")
    yield Case("a damaged workbook", book()[:900], ".xlsx", refused="broken")
    yield Case("a document", packed("word/document.xml", b"<w/>"), ".xlsx", refused="archive")
    page = b"<html><table><tr><td>1</td></tr></table></html>"
    yield Case("a web page called .csv", page, refused="web_page")
    yield Case("machine code", bytes(range(256)) * 4, refused="binary")
    yield Case("nothing", b"", refused="empty")
    yield Case("nothing but a mark", b"\xef\xbb\xbf", refused="empty")
    yield Case("nothing but blanks", "  \n \n".encode("utf-16"), refused="empty")
    yield Case("heads only", table([HEADS]).encode(), refused="heads_only", row=1)
    yield Case(
        "heads and totals only", table([HEADS, TOTALS]).encode(), refused="heads_only", row=1
    )
    yield Case("a letter", "亲爱的客户：\n您好！\n".encode(), refused="no_heads", row=1)
    lost = b"????,????\n1,2\n"
    yield Case("characters lost for ever", lost, refused="no_heads", row=1)
    half = csv() + table([TOTALS]).encode("gb18030")
    yield Case("mixed encodings", half, refused="mixed", row=5)
    joined = "说明\n".encode() + table(plan()).encode("gb18030")
    yield Case("a line of UTF-8 before GB18030", joined, refused="mixed", row=2)
    yield Case("bytes of no encoding", b"\xff\xff\n" + csv(), refused="mixed")
    yield Case("a quote that stays open", csv(r3c3='"1030.35'), refused="quote", row=3)
    euros = [[*HEADS[:2], "应还金额（美元）"], *(each[:3] for each in ROWS)]
    yield Case(
        "another currency in the heads", table(euros).encode(), refused="foreign_head", row=1
    )


def wrong_cells() -> Iterator[Case]:
    for cell, key in {
        "2,729.2O": "amount",
        "约1030": "amount",
        "1.030,35": "amount",
        "1030.35.1": "amount",
        "2026-06-07": "amount",
        "12%": "amount",
        "一千零三十多": "amount",
        "#REF!": "amount",
        "1.03E+03": "amount",
        "--1030.35": "amount",
        "=D3+E3": "formula",
        "=cmd|' /C calc'!A0": "formula",
        "$1030.35": "foreign",
        "1030.355": "fen",
        "98765432109876": "large",
    }.items():
        yield Case(
            f"an amount of {cell}", table(plan(r3c3=cell), "\t"), refused=key, row=3, column="C"
        )
    for cell, key in {
        "2026-02-30": "day",
        "昨天": "day",
        "06/07/2026": "day_order",
        "26-06-07": "day_order",
        "6月7日": "no_year",
        "06-07": "no_year",
        "2026-06": "no_day_of_month",
        "2026年6月": "no_day_of_month",
        "1026-06-07": "years",
        "": "day_missing",
        "每月7日": "day",
        "12345": "day",
        "=TODAY()": "formula",
    }.items():
        yield Case(
            f"a day of {cell or 'none'}",
            table(plan(r3c2=cell), "\t"),
            refused=key,
            row=3,
            column="B",
        )
    rows = [each[:3] for each in plan(r3c3="")]
    yield Case(
        "a payment missing", table(rows).encode(), refused="payment_missing", row=3, column="C"
    )
    rows = [each[:3] for each in plan(r3c3="-1030.35")]
    yield Case("one that is negative", table(rows).encode(), refused="negative", row=3, column="C")
    gap = table(plan(), " ").replace(" 999.12", "")
    yield Case("an empty cell between blanks", gap, refused="short", row=3)
    loose = plan(r3c3="1,030.35")
    yield Case("thousands that part cells", table(loose).encode(), refused="overfull", row=3)


def wholes() -> Iterator[Case]:
    two = table([HEADS, *ROWS, *([each[0], each[1], "500", "490", "10", "0"] for each in ROWS)])
    yield Case(
        "two loans, one below the other", two.encode(), refused="two_loans", row=5, column="A"
    )
    named = table([["合同号", *HEADS[1:3]], ["A1", *ROWS[0][1:3]], ["B2", *ROWS[1][1:3]]])
    yield Case("two contracts", named.encode(), refused="two_contracts", column="A")
    again = table([HEADS[1:4], ROWS[0][1:4], [ROWS[0][1], "500", "490"], ROWS[1][1:4]])
    yield Case("two due on one day", again.encode(), refused="two_days", row=3)
    swapped = csv(r2c1="2", r3c1="1")
    yield Case("numbers against the days", swapped, refused="order")
    twice = [["期数", "应还日期", "应还总额", "月供"], ["1", "2026-05-07", "1", "2"]]
    yield Case("two columns for one thing", table(twice).encode(), refused="heads_twice", row=1)
    bare = [["期数", "应还总额"], *([each[0], each[2]] for each in ROWS)]
    yield Case("no column of days", table(bare).encode(), refused="no_heads", row=1)
    foot = [["还款日", "应还总额"], *([each[1], each[2]] for each in ROWS * 700)]
    for place, each in enumerate(foot[1:]):
        each[1] = f"{1000 + place}.00"
    yield Case("2,100 rows of payments", table(foot).encode(), refused="many_rows")


def cases() -> list[Case]:
    """Return all files."""
    makers = (
        encodings,
        marks,
        amounts,
        dates,
        heads,
        around,
        workbooks,
        other_kinds,
        wrong_cells,
        wholes,
    )
    return [each for make in makers for each in make()]
