"""Photos of operations at the station, and the sketch on the work order sheet."""

from __future__ import annotations

import io

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from factory.catalogue import queries
from factory.db.session import reading
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.production.floor import At, Floor
from tests.web.test_pictures import drawn


def send(browser: FlaskClient, address: str, data: bytes) -> TestResponse:
    sent = {"picture": (io.BytesIO(data), "photo.jpg")}
    return browser.post(address, data=sent, content_type="multipart/form-data")


def test_a_photo_of_the_work_stands_on_the_card(
    app: Flask,
    sign_in: SignIn,
    floor: Floor,
    at: At,
) -> None:
    address = f"/styles/{floor.bundles[0].style}/photos/C06"
    order_manager = sign_in(Role.ORDER_MANAGER)
    assert "No picture yet" in order_manager.get(f"{address}?language=en").text
    assert send(order_manager, address, drawn()).location == address
    browser = at("fuse")
    browser.post("/station/", data={"code": floor.badge})
    assert "/styles/operations/C06.jpg" in browser.get(f"/station/{floor.code}").text
    picture = browser.get("/styles/operations/C06.jpg")
    assert picture.mimetype == "image/jpeg"
    assert picture.data.startswith(b"\xff\xd8")


def test_a_photo_larger_than_any_other_body_is_taken(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    large, browser = drawn(kind="PNG") + bytes(4_000), sign_in(Role.ORDER_MANAGER)
    style = f"/styles/{floor.bundles[0].style}"
    assert send(browser, f"{style}/sketch", large).status_code == 303
    assert send(browser, f"{style}/colours", large).status_code == 413


@pytest.mark.parametrize("sent", [b"no picture", b""])
def test_what_is_no_picture_is_refused_beside_the_field(
    app: Flask,
    sign_in: SignIn,
    floor: Floor,
    sent: bytes,
) -> None:
    answer = send(sign_in(Role.ORDER_MANAGER), f"/styles/{floor.bundles[0].style}/sketch", sent)
    assert answer.status_code == 422
    with app.app_context(), reading() as session:
        assert queries.sketch(session, floor.bundles[0].style) is None


def test_the_sketch_stands_on_the_work_order_sheet(
    sign_in: SignIn,
    floor: Floor,
) -> None:
    browser, style = sign_in(Role.ORDER_MANAGER), floor.bundles[0].style
    assert browser.get(f"/styles/{style}/sketch.jpg").status_code == 404
    send(browser, f"/styles/{style}/sketch", drawn(300, 200))
    paper = browser.get(f"/orders/{floor.order.number}/work.pdf")
    images = [
        image for page in pypdf.PdfReader(io.BytesIO(paper.data)).pages for image in page.images
    ]
    assert len(images) == 1
    assert browser.get(f"/styles/{style}/sketch.jpg").mimetype == "image/jpeg"


def test_only_who_keeps_styles_changes_pictures(
    sign_in: SignIn,
    floor: Floor,
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    address = f"/styles/{floor.bundles[0].style}/photos/C06"
    assert send(browser, address, drawn()).status_code == 403
