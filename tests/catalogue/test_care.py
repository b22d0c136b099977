"""What stands on the label that is sewn in: fibres, care in its groups, who made it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter
from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.catalogue.domain import (
    USUAL,
    Care,
    CareGroup,
    CareLabel,
    Fibre,
    Maker,
    Part,
    Share,
    ShellMissing,
    care_label,
    checked_shares,
    of_group,
    read_shares,
)
from factory.catalogue.domain.fibres import (
    FibreTwice,
    FibreUnknown,
    NotAHundred,
    SharesUnreadable,
    TooManyFibres,
    TooManyOthers,
)
from factory.catalogue.forms.care import fibre_names, made_of
from factory.db.session import transaction
from factory.kernel.errors import Refused
from factory.kernel.words import LANGUAGES, show, speaking, tell
from factory.security import queries as audit
from factory.security.domain import SYSTEM, Role
from printers import symbols
from tests.catalogue.build import BEGUN, make_care, make_style
from tests.conftest import SignIn

NAMES = fibre_names()
CARE = "/styles/W-2601/care"
TYPED = {
    "shell": "모 80, 나일론 20",
    "lining": "폴리에스터 100",
    "maker": "보기 의류",
    "address": "보기로 1",
    "phone": "02-000-0000",
} | {care.group.value: care.value for care in USUAL}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("모 80, 나일론 20", {Fibre.WOOL: 80, Fibre.NYLON: 20}),
        ("나일론 20 % 모 80%", {Fibre.WOOL: 80, Fibre.NYLON: 20}),
        ("Wool 80 · NYLON 20", {Fibre.WOOL: 80, Fibre.NYLON: 20}),
        ("camel hair: 10, wool: 90", {Fibre.WOOL: 90, Fibre.CAMEL: 10}),
        ("모80%,캐시미어20%", {Fibre.WOOL: 80, Fibre.CASHMERE: 20}),
        ("  면 100  ", {Fibre.COTTON: 100}),
        ("", {}),
    ],
)
def test_fibres_are_read_as_people_write_them_and_the_largest_comes_first(
    text: str, read: dict[Fibre, int]
) -> None:
    assert [(share.fibre, share.percent) for share in read_shares(text, NAMES)] == [*read.items()]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("모 80, 나일론 10", NotAHundred),
        ("모 100, 나일론 0", NotAHundred),
        ("모 60, 모 40", FibreTwice),
        ("털실 100", FibreUnknown),
        ("모 80, 기타섬유 20", TooManyOthers),
        ("80 모", SharesUnreadable),
        ("모", SharesUnreadable),
        ("100", SharesUnreadable),
        ("모 1000", SharesUnreadable),
        ("면 40, 모 10, 견 10, 아마 10, 저마 10, 모달 10, 레이온 10", TooManyFibres),
    ],
)
def test_what_a_label_may_not_say_is_refused_with_a_sentence(
    text: str, kind: type[Refused]
) -> None:
    with pytest.raises(kind) as refused:
        read_shares(text, NAMES)
    assert all("{" not in tell(refused.value, language) for language in LANGUAGES)


@given(st.lists(st.sampled_from(Fibre), min_size=1, max_size=6, unique=True), st.data())
@settings(max_examples=20)
def test_what_is_shown_in_the_field_is_read_again(fibres: list[Fibre], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, 99), min_size=5, max_size=5)))
    ends = [*cuts[: len(fibres) - 1], 100]
    parts = [end - begun for begun, end in zip([0, *ends], ends, strict=False)]
    shares = tuple(map(Share, fibres, parts))
    others = sum(share.percent for share in shares if share.fibre is Fibre.OTHER)
    if others > 15:
        with pytest.raises(TooManyOthers):
            checked_shares(shares)
        return
    whole = checked_shares(shares)
    for language in LANGUAGES:
        with speaking(language):
            assert read_shares(made_of(whole), NAMES) == whole


def test_no_two_fibres_have_one_name_and_no_two_symbols_one_sentence() -> None:
    for language in LANGUAGES:
        assert len({show(fibre, language) for fibre in Fibre}) == len(Fibre)
        assert len({show(care, language) for care in Care}) == len(Care)


def test_each_symbol_is_in_one_group_and_drawn_unlike_the_others() -> None:
    assert [care for group in CareGroup for care in of_group(group)] == list(Care)
    assert [care.group for care in USUAL] == [group for group in CareGroup if group.always]
    drawn = {symbols.care((symbols.Care(care.value),)).rows for care in Care}
    assert len(drawn) == len(Care) == len(symbols.Care)


@pytest.mark.parametrize(
    "symbol", [each for each in symbols.Care if not each.value.endswith("_no")]
)
def test_no_letter_of_a_symbol_touches_its_lines(
    symbol: symbols.Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = Image.new("1", (symbols.SIDE, symbols.SIDE))
    pen, written = symbols._Pen(letters), symbols._word
    monkeypatch.setattr(symbols, "_word", lambda _pen, *how: written(pen, *how))
    drawn = "".join(symbols.care((symbol,)).rows)
    lines = Image.frombytes("1", letters.size, bytes.fromhex(drawn))
    around = letters.convert("L").filter(ImageFilter.MaxFilter(3)).convert("1")
    assert ImageChops.logical_and(lines, around).getbbox() is None


def test_how_a_coat_is_wrung_stands_before_how_it_is_dried() -> None:
    said = {care.group: care for care in (*USUAL, Care.WRING_GENTLY)}
    label = care_label({Part.SHELL: read_shares("면 100", NAMES)}, said, MAKER)
    assert label.care == (*USUAL[:4], Care.WRING_GENTLY, USUAL[4])


def test_a_label_without_its_shell_is_none() -> None:
    lining = {Part.LINING: read_shares("면 100", NAMES)}
    with pytest.raises(ShellMissing):
        care_label(lining, {each.group: each for each in USUAL}, MAKER)


MAKER = Maker(name="보기 의류", address="보기로 1", phone="02-000-0000")


def test_a_label_is_kept_and_the_next_style_begins_with_its_maker(session: Session) -> None:
    make_style(session)
    assert queries.care_label(session, "W-2601") is None
    assert queries.usual_maker(session) is None
    label = make_care(session)
    kept = queries.care_label(session, "W-2601")
    assert kept == label
    assert isinstance(kept, CareLabel)
    assert kept.of(Part.FILLING) == ()
    maker = queries.usual_maker(session)
    assert maker == label.maker


def test_the_same_label_again_is_no_new_entry(session: Session) -> None:
    make_style(session)
    for shell in ("모 80, 나일론 20", "나일론 20, 모 80", "모 100"):
        make_care(session, shell=shell)
    lines = audit.audit(session, audit.Sought(thing="style W-2601"))
    assert [line.what for line in lines].count("describe_care") == 2
    label = queries.care_label(session, "W-2601")
    assert label is not None
    assert label.of(Part.SHELL) == (Share(Fibre.WOOL, 100),)


def test_a_style_that_is_not_there_has_no_label(session: Session) -> None:
    make_style(session)
    label = make_care(session)
    with pytest.raises(Refused):
        service.describe_care(session, "X-1", label, by=SYSTEM, at=BEGUN)


# Pages


@pytest.fixture
def style(app: Flask) -> None:
    """The wool coat, in the database."""
    with app.app_context(), transaction() as session:
        make_style(session)


@pytest.fixture
def willow(sign_in: SignIn, style: None) -> FlaskClient:
    return sign_in(Role.ORDER_MANAGER)


def test_fibres_and_care_are_entered_and_shown(willow: FlaskClient) -> None:
    assert "Not entered yet" in willow.get("/styles/W-2601").text
    assert 'value="wash_no"' in willow.get(CARE).text
    assert willow.post(CARE, data=TYPED).location == "/styles/W-2601"
    shown = willow.get("/styles/W-2601").text
    for words in ("wool 80 %, nylon 20 %", "polyester 100 %", "do not wash", "보기로 1"):
        assert words in shown
    again = willow.get(f"{CARE}?language=ko").text
    assert "모 80, 나일론 20" in again
    assert "보기 의류" in again


def test_wringing_is_entered_where_the_coat_may_be_washed_and_taken_out_again(
    willow: FlaskClient,
) -> None:
    willow.post(CARE, data=TYPED | {"wash": "wash_by_hand", "wring": "wring_gently"})
    assert "wring gently by hand" in willow.get("/styles/W-2601").text
    assert '<option selected value="wring_gently">' in willow.get(CARE).text
    willow.post(CARE, data=TYPED | {"wring": ""})
    assert "wring gently by hand" not in willow.get("/styles/W-2601").text
    assert '<option selected value="">' in willow.get(CARE).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_is_told_beside_its_part_and_nothing_typed_is_lost(
    willow: FlaskClient, language: str
) -> None:
    willow.set_cookie("didim_language", language)
    answer = willow.post(CARE, data=TYPED | {"lining": "비단실 100"})
    assert answer.status_code == 422
    assert "비단실" in answer.text.split('id="lining-wrong"')[1].split("</p>")[0]
    assert "모 80, 나일론 20" in answer.text
    assert willow.post(CARE, data=TYPED | {"shell": ""}).status_code == 422
    assert willow.post(CARE, data=TYPED | {"iron": "iron_9000"}).status_code == 422


@pytest.mark.parametrize("role", [Role.CUTTER, Role.CASHIER, Role.WORKER])
def test_who_may_not_change_the_catalogue_may_not_change_labels(
    sign_in: SignIn, style: None, role: Role
) -> None:
    assert sign_in(role).post(CARE, data=TYPED).status_code == 403
