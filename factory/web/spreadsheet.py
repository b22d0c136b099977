"""Lists as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet would take for a formula; a Korean one takes the wide signs as well."""
UNSEEN = " \u00a0\u200b\u2060\u3000\ufeff"
"""What some leave out before they look."""


def spreadsheet(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Rows, the first of them the head; UTF-8 with its mark, so that Excel reads Korean."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerows([plain(value) for value in row] for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def below(data: bytes, text: str) -> bytes:
    """The same list with a line at its end, such as who took it."""
    kept = io.StringIO()
    csv.writer(kept).writerows([[], [plain(text)]])
    return data + kept.getvalue().encode()


def plain(value: str | int) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    text = str(value)
    counts = isinstance(value, str) and text.lstrip(UNSEEN).startswith(FORMULA)
    return f"'{text}" if counts else text
