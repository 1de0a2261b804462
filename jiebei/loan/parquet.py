"""Cash flows of more loans than memory holds: part by part, into files that are whole or not there.

A part is some tens of thousands of loans. Its file is written under another name and then renamed,
so whoever looks sees all of it or nothing; it carries what it was made from, so that a run that was
interrupted goes on where it stopped, and never mixes the cash flows of two portfolios.
"""

from __future__ import annotations

import os
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pandas as pd

from jiebei.language.errors import JiebeiError, refuse_call, refuse_kind
from jiebei.loan.cashflows import chosen
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Strategy
from jiebei.units.arrays import alone
from jiebei.units.reading import whole_number

__all__ = ["cashflows_of", "cashflows_to_parquet"]

PART = 50_000  # loans in a file: their cash flows take about 60 MB
MOST_PART = 1_000_000
KINDS = ("event", "status")  # columns of few words: only these are worth a dictionary in the file
MADE_FROM = b"jiebei.made_from"
UNFINISHED = ".unfinished"  # readers of a folder pass over names that begin with a dot

Make = Callable[[pd.DataFrame], Loan]


def cashflows_of(
    loans: pd.DataFrame, columns: Sequence[str] | None = None, make: Make = Loan.from_frame
) -> pd.DataFrame:
    """Return the cash flows of a frame of loans: a pure function, for as many machines as you like.

    Parameters
    ----------
    loans : DataFrame
        One row a loan; its index, whole numbers, says which loan it is.
    columns : list of str, optional
        As in `Loan.cashflows`; `loan` always comes first.
    make : callable
        (frame) to `Loan`, one scenario a row; for decisions a function of your own.

    Returns
    -------
    DataFrame
        As `Loan.cashflows`, in which `loan` is what the index says.

    Examples
    --------
    >>> import jiebei as jb, pandas as pd
    >>> loans = pd.DataFrame({"principal": [1_000, 2_000], "daily_rate": 0.0004, "months": 1})
    >>> loans["start"] = "2026-12-01"
    >>> cashflows_of(loans[1:], ["date", "payment"])
       loan       date  payment
    0     1 2026-12-01      0.0
    1     1 2027-01-01   2024.8
    """
    names = list(dict.fromkeys(["loan", *chosen(columns)]))
    refuse_kind(loans, (pd.DataFrame,), "loans", "error.frame_of_loans")
    refuse_call(make, "make", "Loan.from_frame")
    made = make(loans)
    refuse_kind(made, (Strategy,), "make(...)", "error.kind_loan")
    flows = made.cashflows(names)
    flows["loan"] = loans.index.to_numpy("int64")[flows["loan"].to_numpy()]
    return flows


def cashflows_to_parquet(
    loans: pd.DataFrame | Iterable[pd.DataFrame],
    folder: str | Path,
    columns: Sequence[str] | None = None,
    *,
    make: Make = Loan.from_frame,
    part: int = PART,
    progress: Callable[[Iterable[Any]], Iterable[Any]] | None = None,
) -> list[Path]:
    """Write the cash flows of any number of loans to Parquet files, in bounded memory (分块写出).

    Parameters
    ----------
    loans : DataFrame, or iterable of DataFrames
        One row a loan, as for `Loan.from_frame`. An iterable is read one frame at a time, so that
        not even the loans have to be in memory at once; loans are numbered from 0 on.
    folder : str or Path
        Where the files go, `part-00000.parquet` and so on; it is made if it is not there.
    columns : list of str, optional
        As in `Loan.cashflows`; `loan` always comes first.
    make : callable
        (frame) to `Loan`; for decisions a function of your own. Loans are told apart by it only
        through their rows: give another one another folder.
    part : int
        Loans in a file, 1 to 1,000,000: what is in memory is two or three times their cash flows.
    progress : callable, optional
        Wraps the parts as they are begun, such as `tqdm.tqdm`.

    Returns
    -------
    list of Path
        All files, in the order of the loans.

    Raises
    ------
    JiebeiError
        Where the folder holds files made from other loans, columns or sizes of part; where it is no
        folder; where pyarrow is missing.

    Notes
    -----
    A file is there whole or not at all, whatever happens. Called again after an interruption, parts
    that are there are kept, and only the others are computed.

    Examples
    --------
    >>> import jiebei as jb, pandas as pd, tempfile
    >>> loans = pd.DataFrame({"principal": [1_000, 2_000, 3_000], "months": [1, 2, 3]})
    >>> loans = loans.assign(daily_rate=0.0004, start="2026-12-01")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = jb.cashflows_to_parquet(loans, folder, ["payment"], part=2)
    ...     total = pd.read_parquet(folder)["payment"].sum()
    ...     print([each.name for each in files], round(total, 2))
    ['part-00000.parquet', 'part-00001.parquet'] 6123.19
    """
    _arrow()
    names = list(dict.fromkeys(["loan", *chosen(columns)]))
    size = int(alone(whole_number(part, "part", 1, MOST_PART), part, "part"))
    refuse_kind(folder, (str, os.PathLike), "folder", "error.kind_path")
    refuse_call(make, "make", "Loan.from_frame")
    if progress is not None:
        refuse_call(progress, "progress", "tqdm.tqdm")
    if isinstance(loans, str) or not isinstance(loans, Iterable):
        raise JiebeiError("error.frame_of_loans", name="loans", kind=type(loans).__name__)
    place = Path(folder)
    if place.exists() and not place.is_dir():
        raise JiebeiError("error.parquet.no_folder", folder=str(folder))
    place.mkdir(parents=True, exist_ok=True)
    parts: Iterable[pd.DataFrame] = _parts(loans, size)
    files = []
    with ThreadPoolExecutor(1) as writer:  # computes one part while it writes another
        waiting: deque[Future[None]] = deque()
        for number, frame in enumerate(progress(parts) if progress else parts):
            file = place / f"part-{number:05}.parquet"
            files.append(file)
            made_from = _made_from(frame, names)
            if file.exists():
                _refuse_another(file, made_from)
                continue
            flows = cashflows_of(frame, names, make)
            while len(waiting) > 1:
                waiting.popleft().result()
            waiting.append(writer.submit(partial(_write, flows, file, made_from)))
        for each in waiting:
            each.result()
    _refuse_more(place, files)
    for left_over in place.glob(f".*{UNFINISHED}"):  # of a run that was interrupted
        left_over.unlink(missing_ok=True)
    return files


def _parts(loans: pd.DataFrame | Iterable[pd.DataFrame], size: int) -> Iterator[pd.DataFrame]:
    """Yield the loans so many at a time, numbered from 0 on."""
    first = 0
    for frame in [loans] if isinstance(loans, pd.DataFrame) else loans:
        refuse_kind(frame, (pd.DataFrame,), "loans", "error.frame_of_loans")
        for begin in range(0, len(frame), size):
            some = frame.iloc[begin : begin + size]
            yield some.set_axis(pd.RangeIndex(first, first + len(some)), axis=0)
            first += len(some)


def _made_from(frame: pd.DataFrame, names: Sequence[str]) -> bytes:
    """Return a mark of what a file is made from: loans, their numbers, columns."""
    mark = blake2b(repr([*map(str, frame.columns), "|", *names]).encode(), digest_size=16)
    mark.update(pd.util.hash_pandas_object(frame, index=True).to_numpy().tobytes())
    return mark.hexdigest().encode()


def _write(flows: pd.DataFrame, file: Path, made_from: bytes) -> None:
    """Write a file under another name, see that it is on the disk, then give it its own."""
    arrow, parquet = _arrow()
    table = arrow.Table.from_pandas(flows, preserve_index=False)
    metadata = table.schema.metadata | {MADE_FROM: made_from}
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with unfinished.open("wb") as stream:
            kinds = [name for name in KINDS if name in flows]
            parquet.write_table(
                table.replace_schema_metadata(metadata), stream, use_dictionary=kinds
            )
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _refuse_another(file: Path, made_from: bytes) -> None:
    """Refuse a file that was made from something else, or that is none of ours."""
    _, parquet = _arrow()
    try:
        found = (parquet.read_schema(file).metadata or {}).get(MADE_FROM)
    except (OSError, ValueError):  # no Parquet at all
        found = None
    if found != made_from:
        raise JiebeiError("error.parquet.another", file=file.name, folder=str(file.parent))


def _refuse_more(folder: Path, files: Sequence[Path]) -> None:
    """Refuse a folder that holds parts beyond the last: they belong to another portfolio."""
    for each in sorted(set(folder.glob("part-*.parquet")) - set(files)):
        raise JiebeiError("error.parquet.another", file=each.name, folder=str(folder))


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as cause:
        raise JiebeiError("error.parquet.missing") from cause
    return pyarrow, parquet
