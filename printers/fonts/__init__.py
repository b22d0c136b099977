"""The letters that pictures and PDFs are drawn with: Noto Sans KR, vendored."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).resolve().parent
REGULAR = FOLDER / "NotoSansKR_400Regular.ttf"
MEDIUM = FOLDER / "NotoSansKR_500Medium.ttf"
BOLD = FOLDER / "NotoSansKR_700Bold.ttf"


@lru_cache(maxsize=32)
def letters(file: Path, pixels: int) -> ImageFont.FreeTypeFont:
    """A font at a size; read once."""
    return ImageFont.truetype(str(file), pixels, layout_engine=ImageFont.Layout.BASIC)
