"""Turn the bytes of a file into text: the byte order mark or the codec's own errors decide."""

from __future__ import annotations

import codecs
import re

from jiebei.life.statement.notes import refused

__all__ = ["decoded", "refuse_other_kinds"]

MARKS = (  # those of 32 bits begin like those of 16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # workbooks before 2007, and any with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Refuse what is no text and no workbook, whatever its name says."""
    for begin, kind in PICTURES.items():
        if data.startswith(begin) and (kind != "BMP" or b"\x00" in data[:32]):
            raise refused("picture", name=name, kind=kind)
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise refused("picture", name=name, kind="HEIC" if data[4:8] == b"ftyp" else "WEBP")
    if data.startswith(OLE):
        raise refused("locked" if ENCRYPTED in data else "old_workbook", name=name)
    if data.startswith(b"%PDF"):
        raise refused("pdf", name=name)
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise refused("archive", name=name)
    if re.match(rb"\s*(<!doctype|<html|<\?xml|<table|\{\\rtf)", data[:200].lower()):
        raise refused("web_page", name=name)


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file, and in which encoding it was.

    Raises
    ------
    JiebeiError
        Where no encoding fits all of it, naming the first row that does not.

    Examples
    --------
    >>> decoded("日期,金额".encode("gb18030"), "mine.csv")
    ('日期,金额', 'GB18030')
    """
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name), codec.upper().removesuffix("-SIG")
    if b"\x00" in data:
        return _without_mark(data, name)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixed(data, name)
        return _strict(data, "gb18030", name), "GB18030"


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as fault:
        row = data[: fault.start].count(b"\n") + 1
        if codec == "utf-8-sig":
            _refuse_mixed(data, name)
        raise refused("undecodable", name=name, row=row, encoding=codec.upper()) from None


def _without_mark(data: bytes, name: str) -> tuple[str, str]:
    """Read UTF-16 without its mark: the zeros of figures and commas all stand on one side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if others == 0 and len(data) % 2 == 0 and zeros > len(data) // 20:
            return _strict(data, codec, name), "UTF-16"
    raise refused("binary", name=name)


def _refuse_mixed(data: bytes, name: str) -> None:
    """Refuse a file of which some rows are UTF-8 and others are not: it was put together."""
    kinds = {True: 0, False: 0}  # the first row that is UTF-8, and that is not
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.isascii():
            kind = _is_utf8(line)
            kinds[kind] = kinds[kind] or number
    if all(kinds.values()):
        raise refused("mixed", name=name, row=max(kinds.values()))


def _is_utf8(line: bytes) -> bool:
    try:
        return bool(CHINESE.search(line.decode("utf-8")))
    except UnicodeDecodeError:
        return False
