"""A file sealed frame by frame: any length comes back, and whatever was done to it is found."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from factory.upkeep import sealed
from factory.upkeep.sealed import MAGIC, PREFIX, TAG, Reader, SealWrong, Writer

KEY, OTHER = b"k" * 32, b"o" * 32
SMALL = 10
HEAD = len(MAGIC) + PREFIX
WHOLE = SMALL + TAG


@pytest.fixture(autouse=True)
def small_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames of ten bytes, so that a short text has many."""
    monkeypatch.setattr(sealed, "FRAME", SMALL)


def closed(data: bytes, pieces: int = 7) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, KEY)
    for at in range(0, len(data), pieces):
        writer.write(data[at : at + pieces])
    writer.finish()
    return file.getvalue()


def opened(data: bytes, *keys: bytes) -> bytes:
    return Reader(io.BytesIO(data), keys or (KEY,)).read()


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 19, 20, 21, 100])
def test_any_length_comes_back(length: int) -> None:
    data = bytes(range(length))
    assert opened(closed(data)) == data
    assert opened(closed(data, pieces=1000)) == data


def test_one_of_several_keys_opens_it() -> None:
    assert opened(closed(b"coat"), OTHER, KEY) == b"coat"
    with pytest.raises(SealWrong):
        opened(closed(b"coat"), OTHER)


def test_the_same_is_never_written_twice_alike() -> None:
    assert closed(b"coat") != closed(b"coat")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[:-1], id="cut by a byte"),
        pytest.param(lambda data: data[: HEAD + WHOLE], id="cut after a frame"),
        pytest.param(lambda data: data[:HEAD], id="cut after the head"),
        pytest.param(lambda data: data[: HEAD - 1], id="cut in the head"),
        pytest.param(lambda data: data[:0], id="empty"),
        pytest.param(lambda data: b"X" + data[1:], id="another magic"),
        pytest.param(lambda data: data + b"more", id="longer"),
        pytest.param(lambda data: data[:HEAD] + data[HEAD + WHOLE :], id="without its first frame"),
        pytest.param(
            lambda data: (
                data[:HEAD]
                + data[HEAD + WHOLE : HEAD + 2 * WHOLE]
                + data[HEAD : HEAD + WHOLE]
                + data[HEAD + 2 * WHOLE :]
            ),
            id="two frames swapped",
        ),
        pytest.param(
            lambda data: data[: HEAD + WHOLE] + data[HEAD : HEAD + WHOLE] + data[HEAD + WHOLE :],
            id="a frame doubled",
        ),
    ],
)
def test_whatever_was_done_to_it_is_found(spoil: Callable[[bytes], bytes]) -> None:
    spoilt = spoil(closed(bytes(range(35))))
    with pytest.raises(SealWrong):
        opened(spoilt)


def test_each_flipped_bit_is_found() -> None:
    data = closed(bytes(range(35)))
    for at in range(len(data)):
        spoilt = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(SealWrong):
            opened(spoilt)
