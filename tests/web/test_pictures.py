"""Pictures that are sent: upright, small, and nothing kept of them but their dots."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from factory.kernel.words import LANGUAGES, tell
from factory.web import pictures
from factory.web.pictures import LONGEST, NotAPicture, PictureTooLarge, made_small

PLACE = 0x8825
"""Where a camera writes the place into a picture."""


def drawn(
    width: int = 60, height: int = 40, kind: str = "JPEG", mode: str = "RGB", **saved: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "red").save(out, kind, **saved)
    return out.getvalue()


def by_a_camera(turned: int) -> bytes:
    """A picture with place, maker and how it was held."""
    notes = Image.Exif()
    notes[0x0112] = turned
    notes[0x010F] = "a telephone"
    notes.get_ifd(PLACE)[1] = "N"
    return drawn(exif=notes)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_usual_kind_becomes_a_jpeg(kind: str) -> None:
    small = made_small(drawn(kind=kind))
    assert small.data.startswith(b"\xff\xd8")
    assert (small.width, small.height) == (60, 40)


def test_a_large_photo_is_made_small() -> None:
    small = made_small(drawn(3000, 1500))
    assert (small.width, small.height) == (LONGEST, LONGEST // 2)


def test_nothing_is_kept_beside_the_dots() -> None:
    with Image.open(io.BytesIO(made_small(by_a_camera(1)).data)) as kept:
        assert not kept.getexif()
        assert "exif" not in kept.info
    assert b"a telephone" not in made_small(by_a_camera(1)).data


def test_a_picture_is_turned_as_it_was_held() -> None:
    small = made_small(by_a_camera(6))
    assert (small.width, small.height) == (40, 60)


def test_what_is_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(made_small(out.getvalue()).data)) as kept:
        assert min(kept.getpixel((4, 4))) > 250  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"%PDF-1.7",
        b"<svg/>",
        drawn()[:200],
        drawn(kind="GIF"),
    ],
    ids=["nothing", "pdf", "svg", "cut off", "gif"],
)
def test_what_is_no_picture_is_refused(sent: bytes) -> None:
    with pytest.raises(NotAPicture):
        made_small(sent)


def test_too_many_bytes_and_too_many_dots_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_DOTS", 2_000)
    with pytest.raises(PictureTooLarge):
        made_small(drawn())
    monkeypatch.setattr(pictures, "LARGEST_FILE", 100)
    with pytest.raises(PictureTooLarge):
        made_small(drawn())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_picture_has_its_sentence(language: str) -> None:
    assert "12" in tell(PictureTooLarge(most=12), language)
    assert tell(NotAPicture(), language)
