"""The label that is sewn in, as artwork and as a proof: in Korean, with all the law asks for."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.catalogue.domain import CareMissing
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import speaking, tell
from factory.printing import care as care_paper
from factory.printing import queries as printing
from factory.printing import samples
from factory.printing.domain import Purpose, State
from factory.production import service
from factory.security.domain import SYSTEM, Role
from printers import layout
from printers import symbols as care
from printers.profiles import PROFILES
from tests.catalogue.build import SIZES, make_care, make_style
from tests.conftest import SignIn

NOVEMBER = date(2026, 11, 1)
ITEMS = (
    "겉감", "모 80 %, 나일론 20 %", "안감", "폴리에스터 100 %", "물세탁 금지",
    "표백 금지", "드라이클리닝",
    "제조자", "보기 의류", "제조국", "대한민국", "제조연월", "2026-11", "보기로 1", "02-000-0000",
    "여성 울 코트", "W-2601",
)  # fmt: skip
"""Fact sheet of labels: fibres by part, care, maker, country, month, address, telephone, name."""


@pytest.fixture
def office(app: Flask, sign_in: SignIn) -> FlaskClient:
    with app.app_context(), transaction() as session:
        make_style(session)
        make_care(session)
    return sign_in(Role.ORDER_MANAGER)


def text_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_the_artwork_has_a_page_of_its_size_for_each_size_in_korean(office: FlaskClient) -> None:
    answer = office.get("/styles/W-2601/label.pdf?month=2026-11&language=en")
    assert answer.mimetype == "application/pdf"
    pages = text_of(answer.data)
    assert len(pages) == len(SIZES)
    for page, size in zip(pages, SIZES, strict=True):
        assert size.ks in page
        for words in ITEMS:
            assert words.replace(" ", "") in page.replace(" ", "").replace("\n", ""), words
    boxes = {
        tuple(map(round, page.mediabox[2:])) for page in PdfReader(io.BytesIO(answer.data)).pages
    }
    assert [wide for wide, _ in boxes] == [128]  # 45 mm


@pytest.mark.parametrize("month", ["", "2026-13", "x", "2026-11-24"])
def test_a_month_that_is_none_is_this_month(office: FlaskClient, month: str) -> None:
    answer = office.get(f"/styles/W-2601/label.pdf?month={month}")
    assert f"{now():%Y-%m}" in text_of(answer.data)[0]


def test_the_proof_is_printed_with_every_size(office: FlaskClient, app: Flask) -> None:
    answer = office.post("/styles/W-2601/label/proof", data={"month": "2026-11"})
    assert answer.location == "/styles/W-2601"
    with app.app_context(), reading() as session:
        (job,) = printing.jobs(session, State.QUEUED)
        document, _, _ = printing.contents(session, job.id)
    assert job.purpose is Purpose.CARE_LABEL
    assert document is not None
    read = layout.as_text(layout.lay_out(document, PROFILES["virtual-58"]))
    for words in (*ITEMS, *(size.ks for size in SIZES)):
        assert words.replace(" ", "") in read.replace(" ", "").replace("\n", ""), words


@pytest.mark.parametrize("profile", ["virtual-58", "epson-80"])
def test_six_symbols_fit_every_paper(profile: str) -> None:
    said = (care.Care.WRING_GENTLY, *samples.CARE)
    label = replace(samples._sewn_in(), symbols=said, words=("약하게", *samples.CARE_WORDS))
    slip = layout.lay_out(care_paper.proof(label), PROFILES[profile])
    drawn = [line.picture for line in slip if isinstance(line, layout.Drawing)]
    assert [picture.width // care.SIDE for picture in drawn] == [3, 3]
    assert care_paper.artwork((label,)).units == 1


def test_a_style_whose_care_is_not_entered_says_so(session: Session) -> None:
    make_style(session)
    for ask in (
        lambda: service.care_artwork(session, "W-2601", NOVEMBER),
        lambda: service.print_care_proof(session, "W-2601", NOVEMBER, by=SYSTEM, at=now()),
    ):
        with pytest.raises(CareMissing) as refused:
            ask()
        assert "세탁 방법" in tell(refused.value, "ko")


def test_the_longest_label_still_fits_its_artwork(session: Session) -> None:
    make_style(session, name="아주 길고 따뜻한 겨울 여성용 캐시미어 울 혼방 롱코트")
    shell = (
        "캐시미어 30, 비스코스레이온 25, 트리아세테이트 20, 폴리우레탄 15, 폴리프로필렌 5, 낙타모 5"
    )
    make_care(session, shell=shell)
    with speaking("en"):
        paper = service.care_artwork(session, "W-2601", NOVEMBER)
    assert paper.label is not None
    assert paper.label.height_mm <= 200
    assert paper.units == len(SIZES)


def test_who_may_not_see_styles_gets_no_label(sign_in: SignIn, office: FlaskClient) -> None:
    assert sign_in(Role.WORKER).get("/styles/W-2601/label.pdf").status_code == 403
