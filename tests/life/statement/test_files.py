"""Every file, odd or bad, does as said: it is read to the fen and says what was put right, or it is
refused by a rule that names its row and column."""

import re
from pathlib import Path

import pytest

import jiebei as jb
from jiebei.language.chosen import use
from jiebei.language.errors import JiebeiError
from tests.life.statement.files import Case, cases

CASES = cases()
BAD = [each for each in CASES if each.refused]
ODD = [each for each in CASES if not each.refused]


def source(case: Case, folder: Path) -> str | Path:
    if isinstance(case.data, str):
        return case.data
    path = folder / f"mine{case.suffix}"
    path.write_bytes(case.data)
    return path


def test_there_are_many_of_them() -> None:
    assert len({each.name for each in CASES}) == len(CASES)
    assert len(BAD) >= 50
    assert len(ODD) >= 60


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.name)
def test_an_odd_file_is_read_and_says_what_was_put_right(case: Case, tmp_path: Path) -> None:
    frame = jb.statement.read(source(case, tmp_path))
    assert tuple(frame["payment"]) == case.payments
    assert frame["date"].is_monotonic_increasing
    said = {each.key.removeprefix("statement.note."): each for each in frame.attrs["notes"]}
    assert set(case.notes) <= set(said)
    for each in said.values():
        assert not re.search(r"[{}]", str(each))
    if "encoding" in case.extra:
        assert said["encoding"].fields["encoding"] == case.extra["encoding"]
    if "principal" in case.extra:
        assert frame.attrs["loan"]["principal"] == case.extra["principal"]


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_file_is_refused_by_its_rule_with_row_and_column(case: Case, tmp_path: Path) -> None:
    with pytest.raises(JiebeiError) as found:
        jb.statement.read(source(case, tmp_path))
    words = found.value.words
    assert words.key == f"statement.error.{case.refused}"
    if case.row is not None:
        assert words.fields["row"] == case.row
    if case.column:
        assert re.match(rf"{case.column}( |$)", words.fields["column"])
    for lang in ("en", "zh"):
        use(lang)
        text = str(found.value)
        use("en")
        assert text
        assert not re.search(r"[{}]", text.replace(str(words.fields.get("value")), ""))
