"""A file sealed frame by frame, so that it never stands in memory as a whole.

Format: magic (8 bytes) · prefix (7) · frames of a mebibyte, each AES-256-GCM with the magic as
associated data. A frame's nonce is prefix · its number (4) · whether it is the last (1): a frame
that is changed, missing, doubled or elsewhere does not open, and neither does a file cut short.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"DIDIM\x00\x00\x02"
PREFIX = 7
FRAME = 1 << 20
TAG = 16


class SealWrong(Exception):
    """No whole file of ours, or another key."""


class Writer(io.RawIOBase):
    """Takes bytes, and lays them sealed into a file."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        super().__init__()
        self._file, self._key = file, AESGCM(key)
        self._prefix, self._number, self._left = secrets.token_bytes(PREFIX), 0, bytearray()
        file.write(MAGIC + self._prefix)

    def writable(self) -> bool:
        """It can be written."""
        return True

    def write(self, data: object) -> int:
        """Keep a frame back until it is known that it is not the last."""
        given = bytes(memoryview(data))  # type: ignore[arg-type]
        self._left += given
        while len(self._left) > FRAME:
            self._lay(bytes(self._left[:FRAME]), last=False)
            del self._left[:FRAME]
        return len(given)

    def finish(self) -> None:
        """Lay the last frame."""
        self._lay(bytes(self._left), last=True)

    def _lay(self, frame: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._file.write(self._key.encrypt(nonce, frame, MAGIC))
        self._number += 1


class Reader(io.RawIOBase):
    """Gives back what was sealed, as far as it was read; `SealWrong` where it does not open."""

    def __init__(self, file: BinaryIO, keys: Iterable[bytes]) -> None:
        super().__init__()
        self._file, self._keys = file, [AESGCM(key) for key in keys]
        head = file.read(len(MAGIC) + PREFIX)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + PREFIX:
            raise SealWrong
        self._prefix, self._number, self._left = head[len(MAGIC) :], 0, b""
        self._next = file.read(FRAME + TAG)
        if not self._next:
            raise SealWrong

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; nothing is given that was not opened whole."""
        while not self._left and self._next:
            self._open()
        view = memoryview(buffer)  # type: ignore[arg-type]
        count = min(len(view), len(self._left))
        view[:count], self._left = self._left[:count], self._left[count:]
        return count

    def _open(self) -> None:
        sealed, self._next = self._next, self._file.read(FRAME + TAG)
        nonce = _nonce(self._prefix, self._number, last=not self._next)
        for key in self._keys:
            try:
                self._left = key.decrypt(nonce, sealed, MAGIC)
            except (InvalidTag, ValueError):
                continue
            self._keys, self._number = [key], self._number + 1
            return
        raise SealWrong


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def open_to_read(path: Path, keys: Iterable[bytes]) -> tuple[BinaryIO, io.BufferedReader]:
    """The file, to be closed, and what was sealed in it."""
    file = path.open("rb")
    try:
        return file, io.BufferedReader(Reader(file, keys), FRAME)
    except SealWrong:
        file.close()
        raise
