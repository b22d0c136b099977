"""The canary itself: whatever shape a text takes, it is found, and only then."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from hypothesis import given
from hypothesis import strategies as st

from factory.printing.service import pdf_of
from factory.web import xls
from printers.document import Document, Text
from tests.web.canary import betrayed, files_betraying, shapes_of

NAME = "갈매기 Markername"
OTHER = "기러기 Markernames"


@pytest.mark.parametrize("shape", shapes_of(NAME))
def test_a_text_is_found_in_every_shape(shape: str) -> None:
    data = b"before " + shapes_of(NAME)[shape] + b" after"
    assert f"{NAME}: {shape}" in list(betrayed(data, [NAME]))


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_inside_of_something_written_in_base64_it_is_found(before: bytes, after: bytes) -> None:
    assert list(betrayed(base64.b64encode(before + NAME.encode() + after), [NAME]))
    assert list(betrayed(base64.urlsafe_b64encode(before + NAME.encode("cp949") + after), [NAME]))


def zipped(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{text}</t></si>" * 3)
    return file.getvalue()


def cookie(text: str) -> bytes:
    app = Flask("canary")
    app.secret_key = "only here"
    signing = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signing is not None
    signed = signing.dumps({"_flashes": [("message", text * 9)]})
    assert str(signed).startswith(".")
    return str(signed).encode()


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "single letters": lambda text: unicodedata.normalize("NFD", text).encode("utf-16-be"),
    "a form": lambda text: urlencode({"name": text}).encode(),
    "an address": lambda text: quote(f"/people/{text}").encode(),
    "JSON": lambda text: json.dumps({"name": text}).encode(),
    "a log of bytes": lambda text: repr(text.encode()).encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "bzip": lambda text: bz2.compress(text.encode()),
    "zlib": lambda text: b"before" + zlib.compress(text.encode("utf-16-le")) + b"after",
    "quick zlib": lambda text: zlib.compress(text.encode(), 1),
    "zlib in gzip in base64 of it": lambda text: gzip.compress(
        zlib.compress(base64.b64encode(text.encode()))
    ),
    "a workbook of today": zipped,
    "a workbook of old": lambda text: xls.workbook([[text, 1]]),
    "a cookie": cookie,
    "a PDF": lambda text: pdf_of(Document("-", (Text(text),))),
    "what a PDF says of itself": lambda text: pdf_of(Document(text, (Text("-"),))),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_it_is_found_wherever_a_program_writes_it(way: str) -> None:
    assert list(betrayed(WRITTEN[way](NAME), [NAME]))
    assert not list(betrayed(WRITTEN[way](OTHER), [NAME]))


def test_other_texts_betray_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").write_text(OTHER, encoding="utf-8")
    assert files_betraying(tmp_path, [NAME]) == {}
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "open").write_bytes(NAME.encode("utf-16"))
    (tmp_path / "deep" / f"{NAME}.pdf").touch()
    assert set(files_betraying(tmp_path, [NAME])) == {f"{NAME}.pdf", "open"}
