"""Known texts that were sealed, as they would look if they lay open somewhere."""

from __future__ import annotations

import base64
import bz2
import html
import io
import json
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, quote_plus

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

TURNS = 3
"""Base64 writes a text in three ways, by where it begins."""
CODES = ("utf-8", "utf-16-le", "utf-16-be", "cp949")
LEAST = 8
"""Fewer letters stand anywhere by chance."""
DEEP = 4
"""A page in an archive in a backup in a mail: further in nobody looks."""
MOST = 64 * 1024 * 1024
"""What is packed may hold no more than this: a bomb is no hiding place."""
WINDOW = 4 * 1024 * 1024
"""So far on from where something packed begins it is opened."""
_LETTERS = bytes.maketrans(b"+/", b"-_")


@lru_cache
def shapes_of(text: str) -> dict[str, bytes]:
    """A text as bytes, in every way in which a file may hold it."""
    found: dict[str, bytes] = {}
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, text)
        for name, shape in _written(written):
            found.setdefault(f"{name}, {form}", shape)
    seen: dict[bytes, str] = {}
    for name, shape in found.items():
        if len(shape) >= LEAST or shape == text.encode():
            seen.setdefault(shape, name)
    return {name: shape for shape, name in seen.items()}


def _written(text: str) -> Iterator[tuple[str, bytes]]:
    for code in CODES:
        data = text.encode(code, "ignore" if code == "cp949" else "strict")
        if code == "cp949" and data.decode("cp949") != text:
            continue  # CP949 has no single letters of a syllable
        yield code, data
        yield from _coded(code, data)
    yield "json", json.dumps(text)[1:-1].encode()
    yield "json in capitals", re.sub(r"\\u\w+", _capitals, json.dumps(text)[1:-1]).encode()
    yield "html", html.escape(text).encode()
    yield "html in numbers", text.encode("ascii", "xmlcharrefreplace")
    yield "html in hex", "".join(_hex_reference(each) for each in text).encode()
    yield "backslashes", text.encode("unicode_escape")


def _coded(code: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for turn in range(TURNS):
        inner = _inner(data, turn)
        yield f"base64 of {code}, {turn}", inner
        yield f"base64 for addresses of {code}, {turn}", inner.translate(_LETTERS)
    yield f"hex of {code}", data.hex().encode()
    yield f"hex in capitals of {code}", data.hex().upper().encode()
    yield f"repr of {code}", repr(data)[2:-1].encode()
    yield f"octal of {code}", "".join(_octal(each) for each in data).encode()
    if not code.startswith("utf-16"):
        yield f"address of {code}", quote(data, safe="").encode()
        yield f"small address of {code}", re.sub(rb"%\w\w", _small, quote(data, safe="").encode())
        yield f"form of {code}", quote_plus(data).encode()
        yield f"mail of {code}", quopri.encodestring(data).replace(b"=\n", b"").strip()


def _capitals(found: re.Match[str]) -> str:
    return "\\u" + found[0][2:].upper()


def _small(found: re.Match[bytes]) -> bytes:
    return found[0].lower()


def _hex_reference(letter: str) -> str:
    return letter if letter.isascii() else f"&#x{ord(letter):x};"


def _octal(byte: int) -> str:
    """A byte as a string of a PDF writes it."""
    return chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"


def _inner(data: bytes, turn: int) -> bytes:
    """The letters of its base64 that do not hang on what stands before and after it."""
    written = base64.b64encode(b"\0" * turn + data)
    return written[4 if turn else 0 : len(written) // 4 * 4 - 4]


def betrayed(data: bytes, texts: Iterable[str]) -> Iterator[str]:
    """In which shapes texts lie open in some bytes, or in what is packed in them."""
    texts = tuple(texts)
    for where, some in unpacked(data):
        for text in texts:
            shapes = shapes_of(text).items()
            yield from (f"{text}: {name}{where}" for name, shape in shapes if shape in some)


def unpacked(data: bytes, deep: int = DEEP) -> Iterator[tuple[str, bytes]]:
    """Some bytes, and whatever is packed in them, however deep."""
    yield "", data
    if not deep:
        return
    for name, inside in _packed(data):
        yield from ((f" in {name}{where}", some) for where, some in unpacked(inside, deep - 1))


def _packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"%PDF"):
        yield from _paper(data)
    for name, mark, open_it in OPENED:
        for found in mark.finditer(data):
            inside = open_it(bytes(memoryview(data)[found.start() : found.start() + WINDOW]))
            if inside:
                yield name, inside


def _paper(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What can be read on paper, what is said of it, and every stream of it without its packing."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield "paper", "\n".join(page.extract_text() for page in reader.pages).encode()
        yield "paper's own words", repr(reader.metadata).encode()
        for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
            each = reader.get_object(number)
            if isinstance(each, StreamObject):
                yield "stream", each.get_data()
    except (PyPdfError, NotImplementedError, ValueError):
        return


def _deflated(data: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data, MOST)
    except zlib.error:
        return b""


def _gzipped(data: bytes) -> bytes:
    return _deflated(data, zlib.MAX_WBITS | 16)


def _bzipped(data: bytes) -> bytes:
    try:
        return bz2.BZ2Decompressor().decompress(data, MOST)
    except OSError:
        return b""


def _zipped(data: bytes) -> bytes:
    """All that lies in an archive (a workbook too), its names before."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            return b"\n".join([*(name.encode() for name in names), *map(archive.read, names)])
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, zlib.error):
        return b""


def _cookie(data: bytes) -> bytes:
    """A cookie as Flask packs it: a dot, then base64 of what was deflated."""
    found = _COOKIE.match(data)
    packed = found[1] if found else b""
    return _deflated(base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4)))


_COOKIE = re.compile(rb"\.(eJ[A-Za-z0-9_-]{10,})")
OPENED: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    ("archive", re.compile(rb"\APK\x03\x04"), _zipped),
    ("gzip", re.compile(rb"\x1f\x8b\x08"), _gzipped),
    ("bzip", re.compile(rb"BZh[1-9]1AY&SY"), _bzipped),
    ("zlib", re.compile(rb"\x78[\x01\x5e\x9c\xda]"), _deflated),
    ("cookie", _COOKIE, _cookie),
)
"""What is packed, how it begins, and how it is opened."""


def files_betraying(folder: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """Which files of a folder hold a text, and in which shape; so do their names."""
    texts = tuple(texts)
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    found = {
        file.name: list(betrayed(file.name.encode() + b"\n" + file.read_bytes(), texts))
        for file in files
    }
    return {name: shapes for name, shapes in found.items() if shapes}
