"""What the floor's pages accept, and what they say to the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from factory.kernel.words import LANGUAGES, speaking
from factory.production.domain.scans import Defect
from factory.production.forms import (
    CutForm,
    DecideForm,
    LayForm,
    PiecesForm,
    ScanForm,
    cut_form,
    lay_form,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BUNDLE, BADGE, RECEIPT = "20000120", "104839572616", "30000129"


def scanned(code: str, **more: str) -> ScanForm:
    form = ScanForm(MultiDict({"code": code} | more))
    form.validate()
    return form


@pytest.mark.parametrize(("code", "badge"), [(BUNDLE, False), (BADGE, True), (f" {BADGE} ", True)])
def test_one_field_takes_badges_and_tickets(code: str, *, badge: bool) -> None:
    form = scanned(code)
    assert not form.errors
    assert form.code.is_badge is badge


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["20000121", "2000013", "abc", "２００００１２０", RECEIPT, ""])
def test_anything_else_gets_a_sentence_in_her_language(language: str, code: str) -> None:
    with speaking(language):
        form = scanned(code)
    (sentence,) = form.errors["code"]
    assert sentence
    assert any("가" <= sign <= "힣" for sign in sentence) is (language != "en")


def test_the_open_cards_ticket_once_more_means_that_all_is_done() -> None:
    card = {"bundle": BUNDLE, "operation": "S11"}
    assert scanned(BUNDLE, **card).confirms(BUNDLE)
    assert not scanned(BUNDLE, **card).confirms("20000133")
    assert not scanned(BUNDLE, bundle=BUNDLE, operation="").confirms(BUNDLE)
    assert not scanned(BUNDLE).confirms(BUNDLE)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"good": "8"}, (8, ())),
        ({"good": "8", "defect": "stain"}, (0, ((Defect.STAIN, 1),))),
        ({"good": "8", "defect": "nonsense"}, (8, ())),
        ({"good": ""}, (0, ())),
    ],
)
def test_a_defect_is_an_entry_of_its_own(sent: dict[str, str], expected: object) -> None:
    form = PiecesForm(MultiDict(sent))
    assert form.validate()
    assert form.to_counts() == expected


@pytest.mark.parametrize("typed", ["-1", "ten", "1000", "1.5"])
def test_pieces_are_whole_and_stay_typed(typed: str) -> None:
    form = PiecesForm(MultiDict({"good": typed}))
    assert not form.validate()
    assert form.good.raw_data == [typed]


def test_an_entry_gets_its_id_and_time_where_it_begins() -> None:
    sent = {"event_id": "6f1f8d8e-9d0c-4f4c-8a44-0f6b8f1f0a11", "at": "2026-11-24T09:30:00+09:00"}
    form = ScanForm(MultiDict(sent))
    assert form.to_event_id() == sent["event_id"]
    assert form.to_moment(NOW).isoformat() == sent["at"]


@pytest.mark.parametrize("at", ["", "soon", "2026-11-24T09:30:00", "2026-11-01T09:30:00+09:00"])
def test_without_a_usable_time_it_is_now(at: str) -> None:
    form = ScanForm(MultiDict({"event_id": "no", "at": at}))
    assert form.to_moment(NOW) == NOW
    assert len(form.to_event_id()) == 36


@pytest.mark.parametrize(
    ("typed", "centimetres"),
    [("31", 3100), ("31.5", 3150), ("31,05", 3105), (" 0.5 ", 50), ("99999", 9_999_900)],
)
def test_cloth_is_typed_in_metres_and_kept_in_centimetres(typed: str, centimetres: int) -> None:
    form = CutForm(MultiDict({"metres": typed}))
    assert form.validate()
    assert form.metres.centimetres == centimetres


@settings(deadline=None)
@given(st.integers(0, 9_999_999))
def test_no_centimetre_of_cloth_is_lost(centimetres: int) -> None:
    form = CutForm(MultiDict({"metres": f"{centimetres // 100}.{centimetres % 100:02d}"}))
    assert form.metres.centimetres == centimetres


@pytest.mark.parametrize("typed", ["", "-3", "31.555", "three", "1e3", "３１"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    assert not CutForm(MultiDict({"metres": typed})).validate()


def test_a_lay_has_a_field_for_each_size_and_each_colour() -> None:
    made = lay_form(("55", "66"), {1: "검정", 2: "카멜"})
    form = made(MultiDict({"size_66": "2", "plies_1": "25", "bundle_size": "10"}))
    assert form.validate()
    assert form.marker(("55", "66")) == {"55": 0, "66": 2}
    assert form.plies((1, 2)) == {1: 25, 2: 0}
    assert form["plies_2"].label.text == "카멜"


def test_an_offered_lay_fills_the_fields() -> None:
    offered = LayForm.offered({"66": 2}, {1: 25})
    form = lay_form(("66",), {1: "검정"})(data=offered)
    assert form.marker(("66",)) == {"66": 2}
    assert form.plies((1,)) == {1: 25}


def test_a_cut_has_a_field_for_each_colour() -> None:
    form = cut_form({1: "검정"})(MultiDict({"plies_1": "24", "metres": "31.5"}))
    assert form.validate()
    assert form.plies((1,)) == {1: 24}


def test_a_decision_names_who_repaired_it() -> None:
    form = DecideForm(MultiDict({"outcome": "repaired", "count": "1", "worker": "7"}))
    form.name_workers([(7, "초롱")])
    assert form.validate()
    assert form.to_outcome().value == "repaired"
    assert form.to_worker() == 7


def test_a_decision_needs_no_name_but_only_names_of_those_who_are_here() -> None:
    sent = {"outcome": "scrapped", "count": "1", "worker": ""}
    form = DecideForm(MultiDict(sent))
    form.name_workers([(7, "초롱")])
    assert form.validate()
    assert form.to_worker() is None
    form = DecideForm(MultiDict(sent | {"worker": "8"}))
    form.name_workers([(7, "초롱")])
    assert not form.validate()
