"""Letters to printer bytes: CP949 in double-byte mode, and how wide each letter is on paper."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from printers.profiles import Hangul

WON = "₩"
WON_BYTE = b"\\"
"""With the Korean set chosen, the byte of the backslash prints ₩."""
_FOLDED = str.maketrans({
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "·", "‧": "·", "・": "·",
    "\u00a0": " ", "\u3000": " ", "\t": " ", "\r": "", "“": '"', "”": '"', "‘": "'", "’": "'",
})  # fmt: skip
_KSX1001_BYTES = 2
_ABOVE = ("Mn", "Me")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def fold(text: str) -> str:
    """The text as paper can show it: composed letters, plain dashes, nothing unseen."""
    composed = unicodedata.normalize("NFC", text).translate(_FOLDED)
    if composed.isprintable():
        return composed
    return "".join(
        letter
        for letter in composed
        if letter == "\n" or unicodedata.category(letter) not in _UNSEEN
    )


@lru_cache(maxsize=4096)
def cells_of(letter: str) -> int:
    """How many cells a letter takes: two for what CP949 spells with two bytes."""
    if letter.isascii() or letter == WON:
        return 1
    if unicodedata.category(letter) in _ABOVE:
        return 0
    try:
        return len(letter.encode("cp949"))
    except UnicodeEncodeError:
        return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def cells(text: str) -> int:
    """How many cells a text takes."""
    return sum(map(cells_of, text))


@lru_cache(maxsize=4096)
def can_spell(letter: str, hangul: Hangul) -> bool:
    """Whether a printer's own font has a letter. The backslash's place is taken by ₩."""
    if letter.isascii():
        return letter != "\\" and (letter.isprintable())
    if hangul is Hangul.NONE:
        return False
    if letter == WON:
        return True
    if hangul is Hangul.KSX1001:
        return _in_ksx1001(letter)
    return _encodable(letter, "cp949")


def spells(text: str, hangul: Hangul) -> bool:
    """Whether a printer's own font has every letter of a text."""
    return all(can_spell(letter, hangul) for letter in text)


def encode(text: str) -> bytes:
    """The bytes of a text that `spells` said yes to."""
    return WON_BYTE.join(part.encode("cp949") for part in text.split(WON))


def _in_ksx1001(letter: str) -> bool:
    # Python spells the other syllables as a make-up sequence of eight bytes
    return _encodable(letter, "euc_kr") and len(letter.encode("euc_kr")) == _KSX1001_BYTES


def _encodable(letter: str, codec: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
