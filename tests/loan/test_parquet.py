"""Cash flows as Parquet files: the same to the fen, whole or not there, on one or more machines."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.loan.parquet import UNFINISHED

pytest.importorskip("pyarrow")


def some_loans(number: int, seed: int = 5) -> pd.DataFrame:
    lot = np.random.default_rng(seed)
    days = lot.integers(0, 365, number).astype("m8[D]")
    return pd.DataFrame(
        {
            "principal": lot.integers(10, 500, number) * 100.0,
            "daily_rate": lot.choice([0.0002, 0.0004, 0.0006], number),
            "months": lot.choice([1, 3, 12], number),
            "method": lot.choice(["equal_instalment", "interest_only"], number),
            "start": (np.datetime64("2026-12-01") + days).astype("M8[s]"),
        }
    )


def missing_the_first(frame: pd.DataFrame) -> jb.Loan:
    """Return loans of which every third misses its first instalment: told by what it is."""
    late = (frame["principal"].to_numpy() % 300 == 0).astype(int)
    return jb.Loan.from_frame(frame).miss(late, times=2)


def read(folder: Path) -> pd.DataFrame:
    return pd.concat(map(pd.read_parquet, sorted(folder.glob("*.parquet"))), ignore_index=True)


def same(one: pd.DataFrame, two: pd.DataFrame) -> bool:
    """Tell whether two frames hold the same, whatever unit the file keeps its dates in."""
    dated = [each.assign(date=each["date"].astype("M8[s]")) for each in (one, two)]
    return dated[0].equals(dated[1])


@pytest.mark.parametrize("part", [1, 7, 40, 100])
def test_files_hold_what_the_frame_holds_whatever_their_size(tmp_path: Path, part: int) -> None:
    loans = some_loans(40)
    files = jb.cashflows_to_parquet(loans, tmp_path / "flows", part=part)
    assert len(files) == -(-40 // part)
    assert same(read(tmp_path / "flows"), jb.Loan.from_frame(loans).cashflows())


def test_decisions_and_columns_go_with_them(tmp_path: Path) -> None:
    loans, columns = some_loans(40), ["date", "event", "penalty", "days_late", "status"]
    jb.cashflows_to_parquet(loans, tmp_path, columns, make=missing_the_first, part=9)
    expected = missing_the_first(loans).cashflows(["loan", *columns])
    assert expected["penalty"].sum() > 0
    assert same(read(tmp_path), expected)


def test_loans_come_one_frame_at_a_time(tmp_path: Path) -> None:
    """However many frames there are, few of them are ahead of what is written."""
    asked: list[int] = []

    def frames() -> Iterator[pd.DataFrame]:
        for number in range(12):
            written = len(list(tmp_path.glob("*.parquet")))
            asked.append(number - written)
            yield some_loans(5, seed=number)

    jb.cashflows_to_parquet(frames(), tmp_path)
    assert max(asked) <= 4
    loans = pd.concat([some_loans(5, seed=each) for each in range(12)], ignore_index=True)
    assert same(read(tmp_path), jb.Loan.from_frame(loans).cashflows())


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    loans = some_loans(50)
    calls = []

    def breaks(frame: pd.DataFrame) -> jb.Loan:
        calls.append(len(frame))
        if len(calls) == 4:
            raise RuntimeError("the lights went out")
        return jb.Loan.from_frame(frame)

    with pytest.raises(RuntimeError, match="the lights went out"):
        jb.cashflows_to_parquet(loans, tmp_path, make=breaks, part=10)
    done = {each: each.stat().st_mtime_ns for each in sorted(tmp_path.iterdir())}
    assert [each.name for each in done] == [f"part-0000{number}.parquet" for number in range(3)]
    jb.cashflows_to_parquet(loans, tmp_path, make=breaks, part=10)
    assert calls == [10] * 6  # two parts more, three were there
    assert {each: each.stat().st_mtime_ns for each in done} == done
    assert same(read(tmp_path), jb.Loan.from_frame(loans).cashflows())


ENDLESS = """
import sys
import jiebei as jb
from tests.loan.test_parquet import some_loans
jb.cashflows_to_parquet(some_loans(60_000), sys.argv[1], part=1_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="ends a process the way of other systems")
def test_a_run_killed_at_any_moment_leaves_no_half_file(tmp_path: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)])
    while len(list(tmp_path.glob("*.parquet"))) < 3:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    loans, done = some_loans(60_000), sorted(tmp_path.glob("*.parquet"))
    assert 3 <= len(done) < 60
    for number, file in enumerate(done):  # each is whole
        assert pd.read_parquet(file)["loan"].iloc[-1] == 1_000 * (number + 1) - 1
    (tmp_path / f".part-00059.parquet.0{UNFINISHED}").write_bytes(b"half")
    files = jb.cashflows_to_parquet(loans, tmp_path, part=1_000)
    assert sorted(tmp_path.iterdir()) == files
    assert read(tmp_path)["payment"].sum() == pytest.approx(
        jb.Loan.from_frame(loans).summary().total_paid.sum()
    )


@pytest.mark.parametrize(
    "other",
    [
        {"loans": some_loans(20, seed=6)},
        {"columns": ["payment"]},
        {"part": 5},
        {"loans": some_loans(10)},
    ],
    ids=["other loans", "other columns", "another size", "fewer loans"],
)
def test_a_folder_of_other_cash_flows_is_refused(tmp_path: Path, other: dict[str, object]) -> None:
    given: dict[str, object] = {"loans": some_loans(20), "columns": ["date"], "part": 10}
    jb.cashflows_to_parquet(folder=tmp_path, **given)  # type: ignore[arg-type]
    with pytest.raises(JiebeiError, match="holds cash flows of other loans, columns or sizes"):
        jb.cashflows_to_parquet(folder=tmp_path, **given | other)  # type: ignore[arg-type]


def test_the_same_loans_under_other_numbers_are_others(tmp_path: Path) -> None:
    """Numbers 4 and 5 are 3 and 4 where one goes before them: their cash flows say so."""
    folder, loans = tmp_path / "a" / "b", some_loans(6)
    first, second = jb.cashflows_to_parquet([loans[:4], loans[4:]], folder)
    first.unlink()
    with pytest.raises(JiebeiError, match=rf"^{second.name}: the folder"):
        jb.cashflows_to_parquet([loans[:3], loans[4:]], folder)


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "part-00000.parquet").write_bytes(b"mine")
    with pytest.raises(JiebeiError, match=r"part-00000\.parquet: the folder"):
        jb.cashflows_to_parquet(some_loans(3), tmp_path)
    assert (tmp_path / "part-00000.parquet").read_bytes() == b"mine"


def test_what_cannot_be_done_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JiebeiError, match="there is a file of that name"):
        jb.cashflows_to_parquet(some_loans(3), tmp_path / "file")
    for part in (0, 1_000_001):
        with pytest.raises(JiebeiError, match=f"part={part}"):
            jb.cashflows_to_parquet(some_loans(3), tmp_path, part=part)
    with pytest.raises(JiebeiError, match=r"^make: give a function"):
        jb.cashflows_to_parquet(some_loans(3), tmp_path / "new", make=5)  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()
    with pytest.raises(JiebeiError, match="did you mean 'payment'"):
        jb.cashflows_to_parquet(some_loans(3), tmp_path, ["paymnt"])
    with pytest.raises(JiebeiError, match="and not list"):
        jb.cashflows_to_parquet([[1, 2]], tmp_path)  # type: ignore[list-item]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(JiebeiError, match="pip install pyarrow"):
        jb.cashflows_to_parquet(some_loans(3), tmp_path)


def test_a_file_gets_its_name_when_all_of_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, sync = [], os.fsync

    def noted(number: int) -> None:
        seen.append((os.fstat(number).st_size, [each.suffix for each in tmp_path.iterdir()]))
        sync(number)

    monkeypatch.setattr(os, "fsync", noted)
    (file,) = jb.cashflows_to_parquet(some_loans(3), tmp_path)
    assert seen == [(file.stat().st_size, [UNFINISHED])]


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """Whichever of three it is: nothing of it is there, and of the others all or nothing."""
    calls, sync = [], os.fsync

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == failing:
            raise OSError("no space left")
        sync(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        jb.cashflows_to_parquet(some_loans(3), tmp_path, part=1)
    others = {f"part-0000{number}.parquet" for number in range(3) if number != failing - 1}
    assert {each.name for each in tmp_path.iterdir()} <= others


def test_only_columns_of_few_words_have_a_dictionary_in_the_file(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (file,) = jb.cashflows_to_parquet(some_loans(3), tmp_path, ["event", "payment"])
    columns = parquet.ParquetFile(file).metadata.row_group(0).to_dict()["columns"]
    assert {each["path_in_schema"]: each["has_dictionary_page"] for each in columns} == {
        "loan": False, "event": True, "payment": False,
    }  # fmt: skip


def test_no_loans_are_no_rows() -> None:
    assert jb.cashflows_of(some_loans(3)[:0]).empty


# On several machines ---------------------------------------------------------------------------


def kill_the_worker_once(frame: pd.DataFrame, folder: str) -> pd.DataFrame:
    """Return cash flows; the first worker that comes by dies in the midst of it."""
    try:
        Path(folder, "killed").touch(exist_ok=False)
    except FileExistsError:
        return jb.cashflows_of(frame)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="ends a process the way of other systems")
@pytest.mark.filterwarnings("ignore")  # of what others bring
def test_two_workers_come_to_the_same_fen_although_one_is_killed(tmp_path: Path) -> None:
    frames = pytest.importorskip("dask.dataframe")
    distributed = pytest.importorskip("distributed")
    loans = some_loans(600)
    expected = jb.Loan.from_frame(loans).cashflows()
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    )
    with cluster, distributed.Client(cluster):
        parts = frames.from_pandas(loans, npartitions=6)
        found = parts.map_partitions(
            kill_the_worker_once, str(tmp_path), meta=jb.cashflows_of(loans[:0])
        ).compute()
    assert (tmp_path / "killed").exists()
    assert same(found.reset_index(drop=True), expected)
