"""Codes as bars and squares: which modules are black; no dots, no bytes."""

from __future__ import annotations

from functools import lru_cache

import segno
from barcode.charsets import code128, ean

from printers.document import DocumentWrong

QUIET_BARS = 10
QUIET_EAN = 11
"""Modules of white before an EAN-13; after it seven are enough."""
QUIET_SQUARES = 4
_DIGITS = 12
_START_B, _START_C = 104, 105
_SPACE = 32


def code128_values(data: str) -> tuple[int, ...]:
    """The symbol values before the stop: start, data, check; digits go in pairs."""
    if data.isascii() and data.isdigit() and len(data) % 2 == 0:
        body = [int(data[at : at + 2]) for at in range(0, len(data), 2)]
        values = [_START_C, *body]
    elif data.isascii() and data.isprintable():
        values = [_START_B, *(ord(letter) - _SPACE for letter in data)]
    else:
        raise DocumentWrong("barcode.data", "Code 128 has printable ASCII letters only")
    check = (values[0] + sum(at * value for at, value in enumerate(values))) % 103
    return (*values, check)


@lru_cache(maxsize=256)
def code128_bars(data: str) -> str:
    """The modules from the first bar to the last, `1` for black."""
    values = code128_values(data)
    patterns: list[str] = [*(code128.CODES[value] for value in values), code128.STOP]
    return "".join(patterns) + "11"


def code128_pattern(values: tuple[int, ...]) -> str:
    """The modules of symbol values that a printer was given, with their check and the stop."""
    check = (values[0] + sum(at * value for at, value in enumerate(values))) % 103
    patterns: list[str] = [*(code128.CODES[value] for value in (*values, check)), code128.STOP]
    return "".join(patterns) + "11"


def ean13_digits(data: str) -> str:
    """Thirteen digits: of twelve the check digit is worked out, of thirteen it must be right."""
    if not (data.isascii() and data.isdigit() and len(data) in {_DIGITS, _DIGITS + 1}):
        raise DocumentWrong("barcode.data", "EAN-13 has 12 or 13 digits")
    total = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(data[:_DIGITS]))
    check = str(-total % 10)
    if data[_DIGITS:] not in {"", check}:
        raise DocumentWrong("barcode.data", "the check digit must be {digit}", digit=check)
    return data[:_DIGITS] + check


@lru_cache(maxsize=256)
def ean13_bars(data: str) -> str:
    """The modules from the first bar to the last, `1` for black."""
    digits = ean13_digits(data)
    sets = ean.LEFT_PATTERN[int(digits[0])]
    left = (ean.CODES[kind][int(digit)] for kind, digit in zip(sets, digits[1:7], strict=True))
    right = (ean.CODES["C"][int(digit)] for digit in digits[7:])
    return "".join((ean.EDGE, *left, ean.MIDDLE, *right, ean.EDGE))


@lru_cache(maxsize=64)
def qr_squares(data: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code of level M, row by row, without its quiet zone."""
    try:
        code = segno.make(data, error="m", micro=False, boost_error=False)
    except ValueError as error:
        raise DocumentWrong("barcode.data", "it is too long for a QR code") from error
    return tuple(tuple(bool(square) for square in row) for row in code.matrix)


def code128_read(body: bytes) -> tuple[tuple[int, ...], str]:
    """Symbol values and text of a printer's Code 128 command: `{A`, `{B`, `{C` choose the set."""
    reader = _Sets(body)
    while reader.at < len(body):
        reader.step()
    if not reader.values:
        raise DocumentWrong("barcode.data", "Code 128 begins with the choice of a set")
    return tuple(reader.values), reader.text


_CHOICES = {ord("A"): (_START_B - 1, 101), ord("B"): (_START_B, 100), ord("C"): (_START_C, 99)}
"""The value that begins with a set, and the one that changes to it on the way."""
_BRACE = ord("{")
_CONTROLS = 64
_LAST, _LAST_PAIR = 127, 99


class _Sets:
    """Reads the command byte by byte, knowing the set it is in."""

    def __init__(self, body: bytes) -> None:
        self.body, self.at, self.set = body, 0, 0
        self.values: list[int] = []
        self.text = ""

    def step(self) -> None:
        """One letter, one pair of digits, or one change of the set."""
        byte = self.body[self.at]
        after = self.body[self.at + 1] if self.at + 1 < len(self.body) else 0
        if byte == _BRACE and after in _CHOICES:
            self.values.append(_CHOICES[after][1 if self.values else 0])
            self.set, self.at = after, self.at + 2
            return
        if byte == _BRACE and after == _BRACE and self.set != ord("C"):
            self.at += 1
        self.at += 1
        self.values.append(self._value(byte))

    def _value(self, byte: int) -> int:
        if self.set == ord("C") and byte <= _LAST_PAIR:
            self.text += f"{byte:02d}"
            return byte
        low = _SPACE if self.set == ord("B") else 0
        high = _LAST if self.set == ord("B") else _LAST - _SPACE
        if self.set == 0 or self.set == ord("C") or not low <= byte <= high:
            raise DocumentWrong("barcode.data", "Code 128 has no such letter in this set")
        self.text += chr(byte)
        return byte - _SPACE if byte >= _SPACE else byte + _CONTROLS
