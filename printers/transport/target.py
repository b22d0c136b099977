"""Where a printer is: on the network, on a cable, behind the computer's own queue, or on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from printers.transport.faults import TargetWrong

RAW_PORT = 9100
BAUDS = (9600, 19200, 38400, 57600, 115200)
FASTEST = BAUDS[-1]
_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")
_QUEUE = re.compile(r"[A-Za-z0-9][\w.+-]*")


@dataclass(frozen=True, slots=True)
class Target:
    """`tcp://host:9100`, `usb:04b8:0202`, `serial:/dev/ttyS0@9600`, `cups:NAME`, `file:PATH`."""

    kind: str
    place: str
    port: int = RAW_PORT
    """Of the network; of a serial line, its speed in baud."""

    @property
    def slow(self) -> bool:
        """Whether a picture takes so long on this line that nobody waits for it."""
        return self.kind == "serial" and self.port < FASTEST


def target(text: str) -> Target:
    """Read an address, or `TargetWrong`."""
    kind, _, place = text.strip().partition(":")
    read = _READ.get(kind)
    found = read(kind, place) if read and place else None
    if found is None:
        raise TargetWrong
    return found


def _path(kind: str, place: str) -> Target:
    return Target(kind, place.removeprefix("//"))


def _network(kind: str, place: str) -> Target | None:
    try:
        parts = urlsplit(f"{kind}:{place}")
        return Target(kind, parts.hostname, parts.port or RAW_PORT) if parts.hostname else None
    except ValueError:
        return None


def _serial(kind: str, place: str) -> Target | None:
    path, at, baud = place.removeprefix("//").partition("@")
    speed = int(baud) if baud.isdecimal() else 0 if at else FASTEST
    return Target(kind, path, speed) if path and speed in BAUDS else None


def _usb(kind: str, place: str) -> Target | None:
    return Target(kind, place.lower()) if _USB.fullmatch(place) else None


def _queue(kind: str, place: str) -> Target | None:
    return Target(kind, place) if _QUEUE.fullmatch(place) else None


_READ = {
    "tcp": _network, "usb": _usb, "serial": _serial, "cups": _queue,
    "file": _path, "folder": _path, "memory": _path,
}  # fmt: skip
