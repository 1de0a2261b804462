"""The samples in `data/statements/`: what is read of them; both reconcile to the fen."""

import re
from pathlib import Path

import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.rules.facts import DATA
from jiebei.life.statement.frame import fen_of

PLAN, ACCOUNT = DATA / "statements/plan_from_app.csv", DATA / "statements/account_statement.csv"
LOAN = jb.Loan(30_000, daily_rate=0.00045, months=12, start="2026-03-07")


def notes(frame: pd.DataFrame) -> dict[str, object]:
    found = frame.attrs["notes"]
    return {each.key.removeprefix("statement.note."): each.fields.get("n") for each in found}


def test_the_plan_is_read_whole() -> None:
    frame = jb.statement.read(PLAN)
    assert list(frame.columns) == ["date", "payment", "principal", "interest", "closing"]
    assert (fen_of(frame["payment"]).sum(), fen_of(frame["principal"]).sum()) == (
        3_275_046,
        3_000_000,
    )
    assert frame.index.tolist() == list(range(2, 14))
    assert set(notes(frame)) == {"encoding", "totals"}


def test_a_path_is_seen_from_the_page_first_and_then_from_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "notebooks" / "zh"
    below.mkdir(parents=True)
    (tmp_path / "plan.csv").write_text("应还日期,应还总额\n2026-04-07,1.00", encoding="utf-8")
    for folder in (below, below.parent, tmp_path):
        monkeypatch.chdir(folder)
        assert jb.statement.read("plan.csv")["payment"].tolist() == [1.0]
    (below / "plan.csv").write_text("应还日期,应还总额\n2026-04-07,2.00", encoding="utf-8")
    monkeypatch.chdir(below)
    assert jb.statement.read("plan.csv")["payment"].tolist() == [2.0]


def test_of_the_account_statement_only_this_line_counts() -> None:
    frame = jb.statement.read(ACCOUNT)
    assert fen_of(frame["drawn"]).sum() == 3_000_000
    assert fen_of(frame["payment"]).sum() == 5 * 272_920 + 502_925 + 6 * 197_512 + 197_515
    assert frame["early"].sum() == 1
    said = notes(frame)
    assert (said["account_other_product"], said["account_failed"], said["account_other"]) == (
        7,
        3,
        13,
    )
    assert "count_differs" not in said


def test_both_reconcile_to_the_fen() -> None:
    assert jb.statement.reconcile(jb.statement.read(PLAN), LOAN).adds_up
    early = LOAN.prepay(5_000, on="2026-08-20")
    assert jb.statement.reconcile(jb.statement.read(ACCOUNT), early).adds_up


def test_both_are_inferred_to_the_fen() -> None:
    for path, decisions in ((PLAN, 0), (ACCOUNT, 1)):
        best = jb.statement.infer(jb.statement.read(path))[0]
        found = best.loan
        assert best.difference == 0
        assert (found.principal, found.daily_rate, found.months) == (30_000, 0.00045, 12)
        assert (found.method, found.day_count, found.start) == (
            "equal_instalment",
            "actual",
            "2026-03-07",
        )
        assert len(found.decisions) == decisions
        assert best.effective_rate > best.advertised


def test_the_text_of_the_statement_is_read_like_its_file() -> None:
    text = ACCOUNT.read_bytes().decode("gb18030")
    pd.testing.assert_frame_equal(jb.statement.read(text), jb.statement.read(ACCOUNT))


def web_export() -> str:
    """Return the older export of the web, with a closing block and fewer states."""
    head = (
        "交易号,商家订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,交易对方,商品名称,"
        "金额（元）,收/支,交易状态,服务费（元）,成功退款（元）,备注,资金状态"
    )
    rows = [
        ("1", "2026/3/7 10:02", "蚂蚁借呗放款至余额", "30000.00", "放款成功"),
        ("2", "2026/4/7 8:15", "蚂蚁借呗自动还款", "2729.20", "交易成功"),
        ("3", "2026/5/7 8:15", "借呗还款", "2729.20", "交易关闭"),
        ("4", "2026/5/7 9:15", "借呗还款", "2729.20", "还款成功"),
        ("5", "2026/5/9 9:15", "花呗主动还款-2026年05月账单", "88.00", "还款成功"),
        ("6", "2026/5/10 9:15", "借呗还款", "2729.20", "等待付款"),
    ]
    lines = [
        f"{order},,{when},{when},{when},,,,{what},{amount},不计收支,{state},0.00,0.00,,"
        for order, when, what, amount, state in rows
    ]
    foot = ["-" * 40, "共6笔记录", "已收入:1笔,30000.00元", "导出时间:[2026-06-01 00:00:00]"]
    return "\n".join(["支付宝交易记录明细查询", "账号:[x]", "-" * 40, head, *lines, *foot])


def test_the_export_of_the_web_is_read_too() -> None:
    frame = jb.statement.read(web_export())
    assert fen_of(frame["payment"]).tolist() == [0, 272_920, 272_920]
    assert notes(frame)["account_failed"] == 2
    assert notes(frame)["account_other_product"] == 1


def test_a_bad_row_of_a_statement_is_named() -> None:
    for was, now, key, row in (
        ("2026/4/7 8:15", "2026/4/31 8:15", "day", 6),
        (",2729.20,不计收支,交易成功", ",27z9.20,不计收支,交易成功", "amount", 6),
        ("交易成功,0.00,0.00", "交易成功,0.00,100.00", "returned", 6),
    ):
        with pytest.raises(JiebeiError) as found:
            jb.statement.read(web_export().replace(was, now))
        assert (found.value.words.key, found.value.words.fields["row"]) == (
            f"statement.error.{key}",
            row,
        )


def test_a_row_of_this_line_without_a_day_is_named() -> None:
    with pytest.raises(JiebeiError) as found:
        jb.statement.read(web_export().replace("2026/4/7 8:15", "昨天"))
    assert found.value.words.key == "statement.error.day"
    assert found.value.words.fields["row"] == 6


def test_order_numbers_that_a_spreadsheet_cut_short_lose_no_row() -> None:
    """A cell of 28 digits becomes 9.38E+27, the same for all rows."""
    lines = ACCOUNT.read_bytes().decode("gb18030").splitlines()
    cut = [re.sub(r"\d{28}\s*", "9.38033E+27", each) for each in lines]
    frame = jb.statement.read("\n".join(cut))
    pd.testing.assert_frame_equal(frame, jb.statement.read(ACCOUNT))
    assert "account_double" not in notes(frame)


def test_a_row_told_twice_counts_once() -> None:
    line = next(each for each in web_export().splitlines() if "自动还款" in each)
    frame = jb.statement.read(web_export().replace(line, f"{line}\n{line}"))
    assert fen_of(frame["payment"]).tolist() == [0, 272_920, 272_920]
    assert notes(frame)["account_double"] == 1


def test_a_statement_without_this_line_is_refused() -> None:
    with pytest.raises(JiebeiError, match="借呗"):
        jb.statement.read(web_export().replace("借呗", "花呗"))


def test_a_hundred_thousand_rows_are_read_and_counted() -> None:
    head, *rows = web_export().splitlines()[3:10]
    other = ",,2026/4/8 8:15,2026/4/8 8:15,,,,,午餐,12.00,支出,交易成功,0.00,0.00,,"
    text = "\n".join([head, *rows[:2], *([other] * 100_000), *rows[2:]])
    frame = jb.statement.read(text)
    assert fen_of(frame["payment"]).tolist() == [0, 272_920, 272_920]
    assert notes(frame)["account_other"] == 100_000


def test_two_drawdowns_are_never_split_by_guess() -> None:
    line = next(each for each in web_export().splitlines() if "放款" in each)
    second = line.replace("1,,2026/3/7", "9,,2026/3/8").replace("2026/3/7 ", "2026/3/8 ")
    frame = jb.statement.read(web_export().replace(line, f"{line}\n{second}"))
    with pytest.raises(JiebeiError, match="more than one loan"):
        jb.statement.infer(frame)
