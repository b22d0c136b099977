from __future__ import annotations

import logging
import socket
import threading
from pathlib import Path

import pytest

from printers import transport
from printers.transport import Target, limits, send, target
from printers.transport.network import Network
from tests.printers.stub import Stub

JOB = b"\x1b@" + b"x" * 9000


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STATUS_SECONDS", 0.2)
    monkeypatch.setattr(limits, "PROGRESS_SECONDS", 0.3)
    monkeypatch.setattr(limits, "BURNING_SECONDS", 0)


def to(stub: Stub) -> Target:
    return target(stub.address)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("tcp://192.168.0.50", Target("tcp", "192.168.0.50", 9100)),
        ("tcp://printer:9101", Target("tcp", "printer", 9101)),
        ("file:/dev/usb/lp0", Target("file", "/dev/usb/lp0")),
        ("file:///dev/usb/lp0", Target("file", "/dev/usb/lp0")),
        ("memory:here", Target("memory", "here")),
    ],
)
def test_an_address_is_read(text: str, read: Target) -> None:
    assert target(text) == read


@pytest.mark.parametrize("text", ["", "printer", "tcp://", "tcp://x:99999", "usb://1", "file:"])
def test_an_address_that_can_not_be_is_refused(text: str) -> None:
    with pytest.raises(transport.TargetWrong):
        target(text)


def test_a_well_printer_gets_every_byte_once() -> None:
    with Stub() as stub:
        send(JOB, to(stub))
    assert stub.jobs == [JOB]


def test_an_answer_that_came_too_late_is_not_taken_for_the_next_one() -> None:
    here, there = socket.socketpair()
    with here, there:
        there.sendall(b"\x72\x72")
        wire = Network(here)
        threading.Timer(0.05, there.sendall, [b"\x12"]).start()
        assert wire.ask(b"\x10\x04\x04") == 0x12


def test_a_printer_that_is_off_gets_nothing() -> None:
    with Stub() as stub:
        where = to(stub)
    with pytest.raises(transport.Unreachable) as error:
        send(JOB, where)
    assert error.value.sent == 0


@pytest.mark.parametrize("answer", [b"\x72", b"\x7e"])
def test_a_printer_out_of_paper_gets_nothing(answer: bytes) -> None:
    with Stub(paper=answer) as stub, pytest.raises(transport.PaperOut) as error:
        send(JOB, to(stub))
    assert error.value.sent == 0
    assert stub.jobs == [b""]


def test_a_printer_with_open_cover_gets_nothing() -> None:
    with Stub(cover=b"\x16") as stub, pytest.raises(transport.CoverOpen):
        send(JOB, to(stub))
    assert stub.jobs == [b""]


@pytest.mark.parametrize("answer", [None, b"\xff", b"\x00"])
def test_a_printer_that_says_nothing_sensible_is_not_taken_for_unwell(answer: bytes | None) -> None:
    with Stub(paper=answer) as stub:
        send(JOB, to(stub))
    assert stub.jobs[0].endswith(JOB)


def test_a_printer_that_hangs_up_at_once_is_not_taken_for_well() -> None:
    with Stub(hangs_up=True) as stub, pytest.raises(transport.Unreachable) as error:
        send(JOB, to(stub))
    assert error.value.sent == 0


def test_a_printer_that_breaks_off_half_way_is_told_with_the_bytes_that_left() -> None:
    with Stub(reset_after=2000) as stub, pytest.raises(transport.BrokenOff) as error:
        send(JOB * 400, to(stub))
    assert error.value.sent > 0


def test_a_printer_that_takes_no_more_bytes_is_given_up() -> None:
    with Stub(reads=False) as stub, pytest.raises(transport.TooSlow) as error:
        send(b"x" * 20_000_000, to(stub))
    assert 0 < error.value.sent < 20_000_000


def test_a_folder_gets_a_file_for_each_job_and_a_file_gets_all(tmp_path: Path) -> None:
    folder, file = Target("folder", str(tmp_path / "papers")), Target("file", str(tmp_path / "lp"))
    send(b"one", folder, "paper-1")
    send(b"two", folder, "paper-2")
    assert (tmp_path / "papers" / "paper-1.bin").read_bytes() == b"one"
    send(b"one", file)
    send(b"two", file)
    assert (tmp_path / "lp").read_bytes() == b"onetwo"


def test_a_file_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "lp").mkdir()
    with pytest.raises(transport.Unwritable) as error:
        send(b"x", Target("file", str(tmp_path / "lp")))
    assert error.value.sent == 0


def test_memory_keeps_jobs_for_tests() -> None:
    send(b"x", Target("memory", "test"))
    assert transport.MEMORY.pop("test") == [b"x"]


def test_the_library_is_imported_without_a_trace() -> None:
    transport.printer_library.cache_clear()
    before = list(logging.root.handlers)
    assert transport.printer_library().Network
    assert logging.root.handlers == before
