"""Codes as bars and squares: which modules are black; no dots, no bytes."""

from __future__ import annotations

from functools import lru_cache

import segno
from barcode.charsets import code128

from printers.document import DocumentWrong

QUIET_BARS = 10
QUIET_SQUARES = 4
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


@lru_cache(maxsize=64)
def qr_squares(data: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code of level M, row by row, without its quiet zone."""
    try:
        code = segno.make(data, error="m", micro=False, boost_error=False)
    except ValueError as error:
        raise DocumentWrong("barcode.data", "it is too long for a QR code") from error
    return tuple(tuple(bool(square) for square in row) for row in code.matrix)
