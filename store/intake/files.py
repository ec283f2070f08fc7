"""Bytes in, text out: which files hold a story, and in which encoding, or why not."""

from __future__ import annotations

import codecs
import logging
from pathlib import Path

from store.intake.errors import RefusedError

log = logging.getLogger(__name__)

# The longest book-length report is under 3 MB; what is larger is a dump, which `ingest --jsonl` takes line by line.
MAX_FILE_BYTES = 8_000_000
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_DATA_SUFFIXES = (".json", ".csv", ".tsv", ".xml", ".yaml", ".yml")

_MAIL_SUFFIXES = (".eml", ".msg", ".mht", ".mhtml")

_MARKS = (  # the longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of what people send by mistake. Source: the "Magic numbers" in each format's own specification.
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP, Word or OpenDocument file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\0", "a SQLite database"),
)
_SAVE_AS_TEXT = "save the story as plain text (UTF-8)"
_ALLOWED_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b\x85")
# The code pages that a language is written in, the one in widest use first; the rest of the Latin alphabet has _WEST.
_WEST = ("cp1252", "cp1250", "cp1254", "iso8859_2")
_CENTRAL_EUROPE = ("cp1250", "iso8859_2", "cp1252")
_PAGES = {
    **dict.fromkeys(("Croatian", "Czech", "Hungarian", "Polish", "Romanian", "Slovak", "Slovene"), _CENTRAL_EUROPE),
    "Turkish": ("cp1254", "iso8859_9"),
}
_SAMPLE_BYTES = 65_536  # as much as guessing an encoding needs


def read_file(path: Path) -> str:
    """Return the text of a file.

    Raises:
        RefusedError: It cannot be read, or is not text in an encoding that we can tell.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise RefusedError(_too_large(size), name=str(path))
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)  # a device or a pipe does not tell its size
    except OSError as error:
        raise RefusedError(f"cannot be read: {error.strerror or error}", name=str(path)) from error
    return decode(raw, name=str(path))


def decode(raw: bytes, *, name: str) -> str:
    """Return the text that *raw* is: by its byte order mark, else as UTF-8, else in the encoding it looks like.

    Raises:
        RefusedError: Empty, too large, another format, binary, or in no encoding that we can tell.
    """
    if not raw.strip():
        raise RefusedError("is empty", name=name)
    if len(raw) > MAX_FILE_BYTES:
        raise RefusedError(_too_large(len(raw)), name=name)
    for start, kind in _OTHER_FORMATS:
        if raw.startswith(start):
            raise RefusedError(f"is {kind}, not text: {_SAVE_AS_TEXT}", name=name)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding, name)
    return _without_mark(raw, name)


def _without_mark(raw: bytes, name: str) -> str:
    if encoding := _wide_encoding(raw):
        return _decoded(raw, encoding, name)
    if _looks_binary(raw):
        raise RefusedError(f"is not text (it holds control bytes): {_SAVE_AS_TEXT}", name=name)
    try:
        return _decoded(raw, "utf-8", name)
    except RefusedError:
        encoding = _likely_encoding(raw)
    if encoding is None:
        raise RefusedError(f"is not UTF-8, and its encoding cannot be told: {_SAVE_AS_TEXT}", name=name)
    log.warning("not UTF-8, read by its looks; save it as UTF-8 if letters are wrong name=%s as=%s", name, encoding)
    return _decoded(raw, encoding, name)


def _decoded(raw: bytes, encoding: str, name: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        why = f"looks like {encoding} but is broken at byte {error.start}: {_SAVE_AS_TEXT}"
        raise RefusedError(why, name=name) from error
    if not text.strip():
        raise RefusedError("is empty", name=name)
    return text


def _wide_encoding(raw: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros: the high byte of nearly every letter and blank of European text."""
    sample = raw[:_SAMPLE_BYTES]
    if len(sample) < 4 or len(raw) % 2:
        return None
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if zeros_odd > 0.6 * half and zeros_even < 0.01 * half:
        return "utf-16-le"
    if zeros_even > 0.6 * half and zeros_odd < 0.01 * half:
        return "utf-16-be"
    return None


def _looks_binary(raw: bytes) -> bool:
    """Text has no NUL, and hardly any other control byte."""
    if b"\0" in raw:
        return True
    controls = sum(raw.count(byte) for byte in range(32) if byte not in _ALLOWED_CONTROLS)
    return controls > len(raw) / 200


def _likely_encoding(raw: bytes) -> str | None:
    """Return the encoding in which *raw* reads most like language; None when it does in none.

    charset-normalizer finds those in which nothing looks garbled. Among the code pages of the Latin alphabet there are
    always several, which differ in a few letters; of these we take the one in widest use for the language.
    """
    import charset_normalizer  # noqa: PLC0415 - 40 ms that only a file in an old encoding needs

    found = list(charset_normalizer.from_bytes(raw[:_SAMPLE_BYTES]))
    if not found:
        return None
    cleanest = [match for match in found if match.chaos <= found[0].chaos]
    names = [match.encoding for match in cleanest]
    return next((page for page in _PAGES.get(found[0].language, _WEST) if page in names), names[0])


def refuse_data(name: str) -> None:
    """Refuse a file of data where one story is taken: its braces, keys, columns and codes would be read as sentences.

    Raises:
        RefusedError: Its *name* says that it holds data.
    """
    if name.lower().endswith(_LINE_SUFFIXES):
        raise RefusedError("looks like JSON lines: 'bot.py ingest --jsonl' takes those", name=name)
    if name.lower().endswith(_DATA_SUFFIXES):
        raise RefusedError(f"holds data, not a story: {_SAVE_AS_TEXT}", name=name)
    if name.lower().endswith(_MAIL_SUFFIXES):
        raise RefusedError("is a saved mail or page, with its letters in code: send the words in it instead", name=name)


def _too_large(size: int) -> str:
    return f"has {size:,} bytes, more than any story ({MAX_FILE_BYTES:,}): split it, or give JSON lines with --jsonl"
