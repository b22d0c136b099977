"""A printer on loopback: keeps what it gets, and misbehaves as told."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from types import TracebackType
from typing import Self

_SECONDS = 5.0
_PAPER = 4


class Stub:
    """Listens on a free port; `jobs` has the bytes of each connection, questions left out."""

    def __init__(
        self,
        *,
        port: int = 0,
        paper: bytes | None = b"\x12",
        cover: bytes | None = b"\x12",
        then_paper: bytes | None = None,
        then_silent: bool = False,
        reset_after: int | None = None,
        reads: bool = True,
        hangs_up: bool = False,
    ) -> None:
        self.answers = {b"\x10\x04\x04": paper, b"\x10\x04\x02": cover}
        self.then_paper = then_paper
        """What it says of its paper once it has got some bytes."""
        self.then_silent = then_silent
        """Whether it says nothing any more once it has got some bytes: its cable is out."""
        self.reset_after, self.reads, self.hangs_up = reset_after, reads, hangs_up
        self.jobs: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", port))
        self._listener.settimeout(_SECONDS)
        self.port: int = self._listener.getsockname()[1]
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._thread.join(_SECONDS)
        self._listener.close()

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                wire, _ = self._listener.accept()
            except OSError:
                return
            with wire:
                if not self._closing.is_set():
                    self._take(wire)

    def _take(self, wire: socket.socket) -> None:
        if self.hangs_up:
            return
        wire.settimeout(_SECONDS)
        got = b""
        with contextlib.suppress(OSError):
            while self._wants(got):
                part = wire.recv(1024)
                if not part:
                    break
                got += part
                got = self._answer(wire, got)
        self.jobs.append(got)
        if self.reset_after is not None:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif not self.reads:
            self._closing.wait(_SECONDS)

    def _wants(self, got: bytes) -> bool:
        enough = self.reset_after is not None and len(got) >= self.reset_after
        return self.reads and not enough

    def _answer(self, wire: socket.socket, got: bytes) -> bytes:
        for question, answer in self.answers.items():
            if got.endswith(question):
                later = question[2] == _PAPER and len(got) > len(question)
                said = self.then_paper or answer if later else answer
                if said is not None and not (self.then_silent and len(got) > len(question)):
                    wire.sendall(said)
                return got.removesuffix(question)
        return got
