"""Where a file is written, and how: in one step, whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from jiebei.language.errors import JiebeiError, one_of
from jiebei.language.words import say

__all__ = ["Note", "replace", "saved", "target_of", "write"]

# Names that not every computer takes: signs, the devices of Windows, and what is too long.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\.", re.IGNORECASE)
LONGEST = 255  # bytes
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,6}")  # what a program is known by; 借呗7.10 has none


class Note(str):
    """A sentence that a notebook shows as it stands, without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def target_of(path: Any, endings: tuple[str, ...]) -> Path | None:
    """Return where to write, None for nowhere, or say what stands in the way."""
    if path is None or not str(path).strip():
        return None
    if not isinstance(path, str | Path):
        raise JiebeiError("error.file_name", name=path, example=f"my_loan{endings[0]}")
    target = _at_home(Path(str(path).strip()))
    if target.name and not ENDING.fullmatch(target.suffix):
        target = target.with_name(target.name + endings[0])
    if target.suffix.lower() not in endings:
        raise JiebeiError("error.ending", name=target.name, endings=one_of(endings))
    _refuse_unfit(target.name)
    if not os.path.isdir(target.parent):
        raise JiebeiError("error.folder", path=str(path), folder=str(target.parent))
    _refuse_to_overwrite(target)
    return target


def _refuse_to_overwrite(target: Path) -> None:
    if os.path.lexists(target):
        free = next(
            name
            for number in range(2, 10_000)
            if not os.path.lexists(name := target.with_stem(f"{target.stem}-{number}"))
        )
        raise JiebeiError("error.there", name=target.name, free=free.name)


def _at_home(path: Path) -> Path:
    """Return the path with ~ filled in."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise JiebeiError("error.folder", path=str(path), folder=path.parts[0]) from None


def _refuse_unfit(name: str) -> None:
    """Refuse a name that another computer could not read, or that would not be shown as it is."""
    if UNFIT.search(name) or DEVICE.match(name):
        raise JiebeiError("error.unfit_name", name=name)
    if len(name.encode()) > LONGEST:
        raise JiebeiError("error.long_name", name=name[:20], most=LONGEST)


def write(target: Path, content: bytes) -> None:
    """Put a new file in its place; what has got there meanwhile is not touched."""
    _refuse_to_overwrite(target)
    replace(target, content)


def replace(target: Path, content: bytes) -> None:
    """Put a file in its place in one step; whatever fails, the old one stays and no part is left.

    Raises
    ------
    JiebeiError
        With what the system says where the file cannot be written.
    """
    beside = target.with_name(f".{secrets.token_hex(8)}")  # short: the name may be a long one
    try:
        beside.write_bytes(content)
        os.replace(beside, target)
    except (OSError, UnicodeError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise JiebeiError("error.written", name=target.name, why=why) from problem
    finally:
        with suppress(OSError, UnicodeError):
            beside.unlink(missing_ok=True)


def saved(target: Path, what: str) -> Note:
    """Say what was written, and into which folder."""
    folder = target.absolute().parent
    return Note(say("export.saved", path=target.name, folder=folder, what=what))
