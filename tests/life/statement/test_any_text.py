"""Whatever is written, it is read to the fen or refused in words: no wrong number, no crash."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.statement.frame import fen_of
from jiebei.life.statement.heads import NAMES

FEN = st.lists(st.integers(1, 10**9), min_size=1, max_size=24)
SPELT = {field: names.split() for field, names in NAMES.items()}
FORMS = [
    lambda fen: f"{fen / 100:.2f}",
    lambda fen: f'"{fen / 100:,.2f}"',
    lambda fen: f'"¥{fen / 100:,.2f}"',
    lambda fen: f"{fen / 100:.2f}元",
    lambda fen: f'"￥{fen / 100:,.2f}".'[:-1].translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    lambda fen: f"{fen / 1_000_000:.6f}万元",
]
DAYS = ["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}{1:02}{2:02}"]
CODECS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@given(
    FEN,
    st.sampled_from(FORMS),
    st.sampled_from(DAYS),
    st.sampled_from(CODECS),
    st.sampled_from(SPELT["payment"]),
    st.sampled_from(SPELT["date"]),
    st.booleans(),
    st.integers(0, 30),
)
def test_a_plan_in_any_spelling_is_read_to_the_fen(
    tmp_path_factory, amounts, form, day, codec, payment, date, newest_first, preamble
) -> None:  # type: ignore[no-untyped-def]
    rows = []
    for place, fen in enumerate(amounts):
        year, month = 2026 + place // 12, place % 12 + 1
        rows.append(f"{place + 1},{day.format(year, month, 7)},{form(fen)}")
    if newest_first:
        rows.reverse()
    text = "\n".join(
        ["说明"] * preamble + [f"期数,{date},{payment}", *rows, f"合计,,{sum(amounts) / 100}"]
    )
    path = tmp_path_factory.mktemp("any") / "plan.csv"
    path.write_bytes(text.encode(codec))
    frame = jb.statement.read(path)
    assert fen_of(frame["payment"]).tolist() == amounts
    assert frame["date"].is_monotonic_increasing
    assert not any("differ" in each.key for each in frame.attrs["notes"])


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    read_or_refused(text if "\n" in text else text + "\n")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory, data: bytes) -> None:  # type: ignore[no-untyped-def]
    path: Path = tmp_path_factory.mktemp("any") / "mine.csv"
    path.write_bytes(data)
    read_or_refused(path)


CELLS = st.sampled_from(
    [
        *(
            "",
            "-",
            "1",
            "第3期",
            "合计",
            "2026-05-07",
            "5月7日",
            "46149",
            "1,030.35",
            "(5.00)",
            "=A1",
        ),
        *("元", "已还", "1e5", "nan", "￥", "０", "放款", "-0", "0.001", "借呗还款", "2026-13-01"),
        *("99999999999999999999", "\u200b"),
    ]
)
ACCOUNT = ["交易时间", "商品说明", "金额", "交易状态", "x"]
HEADS = st.sampled_from([names[0] for names in SPELT.values()] + ACCOUNT)


@given(
    st.lists(HEADS, min_size=1, max_size=7),
    st.lists(st.lists(CELLS, max_size=8), max_size=8),
    st.sampled_from(",\t;|"),
)
def test_any_table_is_read_or_refused_in_words(heads, rows, mark) -> None:  # type: ignore[no-untyped-def]
    read_or_refused("\n".join(mark.join(each) for each in [heads, *rows]) + "\n")


@given(FEN, st.integers(0, 23), st.sampled_from(["1O30.35", "12.3.4", "x", "1..2", "−", "百元"]))
def test_one_bad_cell_is_named_by_its_row(amounts, at, cell) -> None:  # type: ignore[no-untyped-def]
    at = at % len(amounts)
    rows = [
        f"{2026 + place // 12}-{place % 12 + 1:02}-07\t{cell if place == at else fen / 100}"
        for place, fen in enumerate(amounts)
    ]
    with pytest.raises(JiebeiError) as refused:
        jb.statement.read("\n".join(["还款日\t月供", *rows]))
    assert refused.value.words.fields["row"] == at + 2
    assert "B" in refused.value.words.fields["column"]


def read_or_refused(source: object) -> None:
    try:
        frame = jb.statement.read(source)  # type: ignore[arg-type]
    except JiebeiError as refused:
        text = str(refused)
    else:
        text = checked(frame)
    assert text


def checked(frame: pd.DataFrame) -> str:
    """Return what was noted, of a frame whose figures are none that no loan has."""
    assert len(frame)
    for name in frame.columns.intersection(["payment", "principal", "interest", "drawn"]):
        assert all(math.isnan(each) or abs(each) <= 1e10 for each in frame[name])
    return " ".join(["read", *map(str, frame.attrs["notes"])])
