"""The canary itself: whatever shape a text takes, it is found, and only then."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.canary import betrayed, files_betraying, shapes_of

NAME = "갈매기 Markername"


@pytest.mark.parametrize("shape", shapes_of(NAME))
def test_a_text_is_found_in_every_shape(shape: str) -> None:
    data = b"before " + shapes_of(NAME)[shape] + b" after"
    assert f"{NAME}: {shape}" in list(betrayed(data, [NAME]))


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_inside_of_something_written_in_base64_it_is_found(before: bytes, after: bytes) -> None:
    assert list(betrayed(base64.b64encode(before + NAME.encode() + after), [NAME]))


def test_other_texts_betray_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("기러기 Markernames", encoding="utf-8")
    assert files_betraying(tmp_path, [NAME]) == {}
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "open").write_bytes(NAME.encode("utf-16"))
    assert list(files_betraying(tmp_path, [NAME])) == ["open"]
