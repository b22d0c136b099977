"""Printer bytes as text in which commands have names: `<CUT>`, `<KOREAN ON>`."""

from __future__ import annotations

from printers.tokens import Token, tokens

_NAMES = {
    ("ESC @", b""): "RESET",
    ("ESC t", b"\0"): "TABLE 437",
    ("FS &", b""): "KOREAN ON",
    ("ESC R", b"\x0d"): "KOREA",
    ("FS S", b"\0\0"): "NO GAP",
    ("ESC E", b"\x01"): "BOLD",
    ("ESC E", b"\0"): "/BOLD",
    ("GS B", b"\x01"): "INVERSE",
    ("GS B", b"\0"): "/INVERSE",
    ("ESC a", b"\x01"): "CENTRE",
    ("ESC a", b"\0"): "/CENTRE",
    ("ESC 2", b""): "USUAL SPACING",
    ("GS V", b"B\0"): "CUT",
    ("ESC p", b"\0\x19\x32"): "DRAWER",
    ("LF", b""): "\n",
}


def readable(stream: bytes) -> str:
    """The stream for human eyes; a picture is its size and a sum of its dots."""
    return "".join(map(_shown, tokens(stream))).rstrip("\n") + "\n"


def _shown(token: Token) -> str:
    if token.name == "TEXT":
        return token.data.decode("cp949").replace("\\", "₩")
    name = _NAMES.get((token.name, token.data))
    if name is not None:
        return name if name == "\n" else f"<{name}>"
    if token.name == "GS v":
        across = int.from_bytes(token.data[2:4], "little")
        rows = int.from_bytes(token.data[4:6], "little")
        dots = sum(byte.bit_count() for byte in token.data[6:])
        return f"<PICTURE {across * 8}x{rows} {dots} dots>\n"
    return f"<{token.name} {token.data.hex(' ')}>"
