"""Known texts that were sealed, as they would look if they lay open somewhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

TURNS = 3
"""Base64 writes a text in three ways, by where it begins."""


def shapes_of(text: str) -> dict[str, bytes]:
    """A text as bytes, in every way in which a file may hold it."""
    found = {code: text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "cp949")}
    found["json"] = json.dumps(text)[1:-1].encode()
    for code in ("utf-8", "cp949", "utf-16-le"):
        for turn in range(TURNS):
            found[f"base64 of {code}, {turn}"] = _inner(text.encode(code), turn)
    return found


def _inner(data: bytes, turn: int) -> bytes:
    """The letters of its base64 that do not hang on what stands before and after it."""
    written = base64.b64encode(b"\0" * turn + data)
    return written[4 if turn else 0 : len(written) // 4 * 4 - 4]


def betrayed(data: bytes, texts: Iterable[str]) -> Iterator[str]:
    """In which shapes texts lie open in some bytes."""
    for text in texts:
        yield from (f"{text}: {name}" for name, shape in shapes_of(text).items() if shape in data)


def files_betraying(folder: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """Which files of a folder hold a text, and in which shape."""
    texts = tuple(texts)
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    found = {file.name: list(betrayed(file.read_bytes(), texts)) for file in files}
    return {name: shapes for name, shapes in found.items() if shapes}
