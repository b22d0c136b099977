"""The vault's keys: one file outside the database, and what is derived from it.

Envelope: version (1 byte) · key id (1) · nonce (12) · AES-256-GCM ciphertext and tag. The
associated
data name table, row and field, so that bytes copied to another row or column do not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from factory.kernel.errors import FactoryError, Refused
from factory.kernel.words import mark
from factory.security.locked import is_locked, lock, unlock

_VERSION = 1
_NONCE = 12
_HEAD = 2
_OWNER_ONLY = 0o077
_DEMO = "demo"
_LAST = 255
"""Keys have one byte for their number in an envelope."""


NOT_THERE = mark("it is not there")


class KeyFileUnusable(FactoryError):
    """The vault's key file can't be used: {problem}. Nothing sealed can be read without it."""

    spoken = ("problem",)


class SealBroken(FactoryError):
    """Something sealed does not open with this key. Please call the keeper."""


class KeyAway(Refused):
    """The key is not there. Please put the stick with the key back in, and try again."""


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """Numbered master keys, the newest of which seals; `demo` keys are for invented data only."""

    masters: dict[int, bytes]
    demo: bool = False
    passphrase: str = ""
    """What locks the file, if anything does."""
    file: Path | None = None
    """Where it was read from: with the stick pulled nothing opens, though the program runs on."""

    @property
    def newest(self) -> int:
        """The number of the key that seals."""
        return max(self.masters)

    def seal(self, text: str, place: str) -> bytes:
        """Lock a text for one place (`table|row|field`)."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self.derived(b"field")).encrypt(nonce, text.encode(), place.encode())
        return bytes((_VERSION, self.newest)) + nonce + sealed

    def open(self, envelope: bytes, place: str) -> str:
        """Unlock what was sealed for this place; `SealBroken` if it was not.

        Raises:
            KeyAway: while the stick with the key file is pulled.
        """
        if self.file is not None and not self.file.is_file():
            raise KeyAway
        return self.open_anyway(envelope, place)

    def open_anyway(self, envelope: bytes, place: str) -> str:
        """The same though the stick is out: for what tells nothing of anybody."""
        if len(envelope) < _HEAD + _NONCE or envelope[0] != _VERSION:
            raise SealBroken
        if (number := envelope[1]) not in self.masters:
            raise SealBroken
        nonce, sealed = envelope[_HEAD : _HEAD + _NONCE], envelope[_HEAD + _NONCE :]
        try:
            opened = AESGCM(self.derived(b"field", number)).decrypt(nonce, sealed, place.encode())
        except InvalidTag:
            raise SealBroken from None
        return opened.decode()

    def index(self, field: str, text: str) -> bytes:
        """A blind index for looking a sealed text up by equality."""
        plain = unicodedata.normalize("NFC", text).casefold().strip()
        message = field.encode() + b"\0" + plain.encode()
        return hmac.digest(self.derived(b"blind-index"), message, hashlib.sha256)[:16]

    def peppered(self, pin: str, number: int | None = None) -> str:
        """A PIN mixed with the pepper, so that its hash alone can't be guessed through."""
        pepper = self.derived(b"pin-pepper", number)
        return hmac.new(pepper, pin.encode(), hashlib.sha256).hexdigest()

    @property
    def numbers(self) -> list[int]:
        """The numbers of the keys, newest first."""
        return sorted(self.masters, reverse=True)

    def rotated(self) -> Ring:
        """The same ring with a fresh key that seals from now on; the older ones still open."""
        if self.newest == _LAST:
            raise KeyFileUnusable(problem=mark("it holds as many keys as there can be"))
        fresh = {self.newest + 1: secrets.token_bytes(32)}
        return replace(self, masters=self.masters | fresh)

    def derived(self, purpose: bytes, number: int | None = None) -> bytes:
        """The 32-byte key for one purpose: field, blind-index, backup, pin-pepper."""
        master = self.masters[self.newest if number is None else number]
        return _derived(master, purpose)


@lru_cache(maxsize=32)
def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master)


def new_ring(*, demo: bool = False) -> Ring:
    """A ring with one fresh key."""
    return Ring({1: secrets.token_bytes(32)}, demo=demo)


def write_ring(ring: Ring, path: Path) -> None:
    """Keep a ring in a file that only its owner can read; a power cut leaves the old or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{number} {key.hex()}" for number, key in sorted(ring.masters.items())]
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with unfinished.open("w", encoding="ascii") as file:
        text = "\n".join([_DEMO] * ring.demo + lines) + "\n"
        file.write(lock(text, ring.passphrase) if ring.passphrase else text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def read_ring(path: Path, passphrase: str = "") -> Ring:
    """Read the key file; `KeyFileUnusable` says what is wrong with it.

    Raises:
        KeyLocked, PassphraseWrong: it is locked, and not opened by this.
    """
    if not path.is_file():
        raise KeyFileUnusable(problem=NOT_THERE)
    if path.stat().st_mode & _OWNER_ONLY:
        raise KeyFileUnusable(problem=mark("others can read it (its mode must be 0600)"))
    text = path.read_text(encoding="ascii", errors="replace")
    locked = is_locked(text)
    lines = (unlock(text, passphrase) if locked else text).split("\n")
    try:
        pairs = [line.split() for line in lines if line.strip() and line.strip() != _DEMO]
        masters = {int(number): bytes.fromhex(key) for number, key in pairs}
    except ValueError:
        raise KeyFileUnusable(problem=mark("its lines are not readable")) from None
    if not masters or any(len(key) != 32 for key in masters.values()):  # noqa: PLR2004 - bytes
        raise KeyFileUnusable(problem=mark("it holds no whole key"))
    used = passphrase if locked else ""
    return Ring(masters, demo=_DEMO in lines, passphrase=used, file=path)


def is_locked_at(path: Path) -> bool:
    """Whether a key file is there that a passphrase locks."""
    return path.is_file() and is_locked(path.read_text(encoding="ascii", errors="replace"))


def ring_at(path: Path, passphrase: str = "") -> Ring:
    """The ring in a file, made there first if there is none."""
    if not path.exists():
        write_ring(new_ring(), path)
    return read_ring(path, passphrase)
