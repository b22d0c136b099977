"""A picture that somebody sent: looked at, made small, and nothing kept of it but its dots.

What cameras write beside the dots (place, time, owner of the telephone) is left behind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from factory.kernel.errors import Refused

LARGEST_FILE = 12 * 1024 * 1024
MOST_DOTS = 50_000_000
LONGEST = 1280
"""Dots of the longer side, as it is kept."""
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP")


class NotAPicture(Refused):
    """This is no picture. Please choose a JPEG, PNG or WebP file."""

    field = "picture"


class PictureTooLarge(Refused):
    """This picture is too large. Please choose one of less than {most} megabytes."""

    field = "picture"


@dataclass(frozen=True, slots=True)
class Small:
    """A picture as it is kept: JPEG, upright, without anything beside its dots."""

    data: bytes
    width: int
    height: int


def made_small(sent: bytes) -> Small:
    """Read a picture, turn it upright, make it small; refuse what is none."""
    if len(sent) > LARGEST_FILE:
        raise PictureTooLarge(most=LARGEST_FILE // 1024 // 1024)
    try:
        with Image.open(io.BytesIO(sent), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise PictureTooLarge(most=LARGEST_FILE // 1024 // 1024)
            upright = ImageOps.exif_transpose(opened)
            dots = _on_white(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise NotAPicture from None
    dots.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    dots.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Small(out.getvalue(), *dots.size)


def _on_white(picture: Image.Image) -> Image.Image:
    """The dots alone, what is transparent on white."""
    seen = picture.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
