"""Text into lines of so many cells, broken between words, and filled to the edge."""

from __future__ import annotations

from dataclasses import dataclass

from printers.document import Align
from printers.encoding import cells, cells_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A text within so many cells."""

    text: str
    width: int
    align: Align = Align.LEFT


def fill(piece: Piece) -> str:
    """The text with spaces around it, of exactly its width."""
    text = piece.text
    space = piece.width - cells(text)
    if piece.align is Align.RIGHT:
        return " " * space + text
    if piece.align is Align.CENTER:
        return " " * (space - space // 2) + text + " " * (space // 2)
    return text + " " * space


def longest_word(text: str) -> int:
    """Cells of the longest word."""
    return max((cells(word) for word in text.split()), default=0)


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most `width` cells; a word longer than a line is broken inside."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_one(paragraph, max(width, 2)))
    return tuple(lines)


def _wrap_one(paragraph: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in paragraph.split():
        if line and cells(line) + 1 + cells(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, width)
        lines.extend(full)
    return [*lines, line]


def _broken(word: str, width: int) -> list[str]:
    parts, part, used = [], "", 0
    for letter in word:
        wide = cells_of(letter)
        if used + wide > width:
            parts.append(part)
            part, used = "", 0
        part += letter
        used += wide
    return [*parts, part]
