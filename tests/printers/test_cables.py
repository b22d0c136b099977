"""Printers on cables and behind the computer's queue: a line with two ends, and fakes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from printers import transport
from printers.transport import Target, limits, send, target
from printers.transport.library import printer_library

JOB = b"\x1b@" + b"x" * 3000


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STATUS_SECONDS", 0.2)
    monkeypatch.setattr(limits, "PROGRESS_SECONDS", 0.3)
    monkeypatch.setattr(limits, "BURNING_SECONDS", 0)


class Line:
    """A serial line whose other end is a printer that answers every question alike."""

    def __init__(self, answer: bytes | None) -> None:
        self.far, self.near = os.openpty()
        self.path = os.ttyname(self.near)
        self.got = b""
        self._answer = answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                part = os.read(self.far, 1024)
            except OSError:
                return
            self.got += part
            if self.got[-3:-1] == b"\x10\x04":
                self.got = self.got[:-3]
                if self._answer is not None:
                    os.write(self.far, self._answer)

    def close(self) -> None:
        if self._thread.is_alive():
            os.close(self.near)
            self._thread.join(2)
            os.close(self.far)


@pytest.fixture(params=[b"\x12", None], ids=["answers", "is silent"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    made = Line(request.param)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("serial:/dev/ttyUSB0", Target("serial", "/dev/ttyUSB0", 115200)),
        ("serial:/dev/ttyS0@9600", Target("serial", "/dev/ttyS0", 9600)),
        ("usb:04B8:0202", Target("usb", "04b8:0202")),
        ("cups:Till-1", Target("cups", "Till-1")),
    ],
)
def test_an_address_of_a_cable_is_read(text: str, read: Target) -> None:
    assert target(text) == read


@pytest.mark.parametrize(
    "text",
    ["serial:", "serial:/dev/ttyS0@", "serial:/dev/ttyS0@1234", "usb:1", "cups:a b", "cups:-o"],
)
def test_an_address_no_cable_can_have_is_refused(text: str) -> None:
    with pytest.raises(transport.TargetWrong):
        target(text)


def test_a_line_is_slow_below_the_fastest_speed() -> None:
    assert target("serial:/dev/ttyS0@57600").slow
    assert not target("serial:/dev/ttyS0").slow
    assert not target("tcp://printer").slow


def test_a_serial_line_gets_every_byte_and_confirms_only_if_it_answers(line: Line) -> None:
    told: list[tuple[int, int]] = []
    sent = send([JOB, JOB], target(f"serial:{line.path}"), told=lambda *far: told.append(far))
    assert sent.bytes == 2 * len(JOB)
    assert told[-1] == (2 * len(JOB), 2)
    line.close()
    assert line.got.endswith(JOB + JOB)


def test_a_serial_printer_without_paper_gets_nothing() -> None:
    line = Line(b"\x72")
    with pytest.raises(transport.PaperOut):
        send(JOB, target(f"serial:{line.path}"))
    said = transport.ask(target(f"serial:{line.path}"))
    line.close()
    assert line.got == b""
    assert (said.paper, said.cover, said.online) == (False, True, True)


def test_a_line_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(transport.Unreachable):
        send(JOB, target("serial:/dev/there-is-none"))


class Device:
    """What the USB library gives."""

    def __init__(self, answer: bytes) -> None:
        self.got, self._answer = b"", answer

    def write(self, _place: int, data: bytes, _wait: int) -> int:
        if data[:2] != b"\x10\x04":
            self.got += data
        return len(data)

    def read(self, _place: int, _size: int, _wait: int) -> bytes:
        return self._answer


def usb_of(monkeypatch: pytest.MonkeyPatch, device: Device | Exception) -> list[tuple[int, int]]:
    asked = []

    class Usb:
        in_ep, out_ep = 0x82, 0x01

        def __init__(self, maker: int, model: int, **_more: object) -> None:
            asked.append((maker, model))
            self.device = device

        def open(self) -> None:
            if isinstance(device, Exception):
                raise device

        def close(self) -> None:
            """Nothing to close."""

    monkeypatch.setattr(printer_library(), "Usb", Usb)
    return asked


def test_a_printer_on_usb_gets_every_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device(b"\x12")
    asked = usb_of(monkeypatch, device)
    assert send(JOB, target("usb:04b8:0202")).confirmed
    assert device.got == JOB
    assert asked == [(0x04B8, 0x0202)]


def test_a_printer_on_usb_without_paper_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device(b"\x72")
    usb_of(monkeypatch, device)
    with pytest.raises(transport.PaperOut):
        send(JOB, target("usb:04b8:0202"))
    assert device.got == b""


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (RuntimeError("no pyusb"), transport.NotInstalled),
        (type("NoBackendError", (ValueError,), {})("no libusb"), transport.NotInstalled),
        (OSError(), transport.Unreachable),
    ],
)
def test_what_is_wrong_with_a_usb_cable_is_named(
    monkeypatch: pytest.MonkeyPatch, error: Exception, named: type[Exception]
) -> None:
    usb_of(monkeypatch, error)
    with pytest.raises(named):
        send(JOB, target("usb:04b8:0202"))


def lp(folder: Path, monkeypatch: pytest.MonkeyPatch, ends: str) -> Path:
    """A program `lp` that keeps what it is given."""
    program = folder / "lp"
    program.write_text(f'#!/bin/sh\necho "$@" > {folder}/words\ncat > {folder}/job\n{ends}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def test_the_computers_own_queue_gets_the_job_raw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp(tmp_path, monkeypatch, "exit 0")
    sent = send([JOB, JOB], target("cups:Till"))
    assert (tmp_path / "job").read_bytes() == JOB + JOB
    assert (tmp_path / "words").read_text().split() == ["-d", "Till", "-o", "raw", "-s"]
    assert not sent.confirmed


@pytest.mark.parametrize(
    ("ends", "named", "left"),
    [("exit 1", transport.Unreachable, 0), ("exec sleep 2", transport.TooSlow, len(JOB))],
)
def test_a_queue_that_takes_no_job_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ends: str,
    named: type[transport.TransportError],
    left: int,
) -> None:
    lp(tmp_path, monkeypatch, ends)
    with pytest.raises(named) as error:
        send(JOB, target("cups:Till"))
    assert error.value.sent == left


def test_a_computer_without_a_queue_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(transport.NotInstalled):
        send(JOB, target("cups:Till"))


def test_of_a_folder_nothing_is_known() -> None:
    assert transport.ask(Target("folder", "/")) == transport.PrinterStatus()
