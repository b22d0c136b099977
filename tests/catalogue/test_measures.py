"""Finished measures: typed as a table, kept in millimetres, refused beside the cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.catalogue.domain import SizeUnknown, Style
from factory.catalogue.domain.measures import (
    LONGEST,
    MOST_MEASURES,
    SHORTEST,
    CellEmpty,
    CentimetresUnreadable,
    LengthMissing,
    LengthOutOfReach,
    Measure,
    MeasureTwice,
    MeasureUnnamed,
    NoMeasures,
    Point,
    ToleranceOutOfReach,
    TooManyMeasures,
    checked_measures,
    in_centimetres,
    read_length,
    read_name,
    read_tolerance,
)
from factory.catalogue.forms.measures import point_names
from factory.catalogue.records import MeasuresRow
from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.words import LANGUAGES, show, speaking, tell
from factory.security.domain import SYSTEM, Role
from factory.security.records import AuditRow
from tests.catalogue.build import BEGUN, BLACK, SIZES, make_measure, make_measures, make_style
from tests.conftest import SignIn

COAT = Style("W-2601", "여성 울 코트", "Women's wool coat", "26FW", SIZES, (BLACK,))
MEASURES = "/styles/W-2601/measures"
CHEST = make_measure("chest", 1_020, 30)
LABELS = [size.label for size in SIZES]


# Lengths and tables


@given(st.integers(SHORTEST, LONGEST))
def test_a_length_that_is_shown_is_read_again(millimetres: int) -> None:
    assert read_length(in_centimetres(millimetres)) == millimetres


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [("102", 1_020), ("102.5", 1_025), (" 102,5 cm ", 1_025), ("0.1", 1), ("300", 3_000)],
)
def test_centimetres_are_read_as_people_write_them(text: str, millimetres: int) -> None:
    assert read_length(text) == millimetres


def test_a_tolerance_may_be_typed_with_its_sign() -> None:
    assert read_tolerance("± 1.5") == read_tolerance("1.5") == 15


def test_a_name_is_one_word_in_every_language() -> None:
    assert len(point_names()) >= len(Point)
    for language in LANGUAGES:
        assert len({show(point, language) for point in Point}) == len(Point)
        for point in Point:
            assert read_name(f" {show(point, language).upper()} ", point_names()) == point.value
    assert read_name("뒤트임  길이", point_names()) == "뒤트임 길이"


def test_a_table_is_kept_in_the_order_of_the_sizes() -> None:
    mixed = replace(CHEST, lengths=tuple(reversed(CHEST.lengths)))
    assert checked_measures(COAT, [mixed]) == (CHEST,)
    assert CHEST.of("66") == 1_080


def many(count: int) -> tuple[Measure, ...]:
    return tuple(replace(CHEST, name=f"m{number}") for number in range(count))


def with_length(millimetres: int) -> tuple[Measure, ...]:
    return (replace(CHEST, lengths=(("44", millimetres), *CHEST.lengths[1:])),)


REFUSED: list[tuple[type[Refused], Callable[[], object]]] = [
    (CentimetresUnreadable, lambda: read_length("102.55")),
    (CentimetresUnreadable, lambda: read_length("-102")),
    (CentimetresUnreadable, lambda: read_length("about 100")),
    (CentimetresUnreadable, lambda: read_length("１０２")),
    (LengthOutOfReach, lambda: read_length("0")),
    (LengthOutOfReach, lambda: read_length("300.1")),
    (ToleranceOutOfReach, lambda: read_tolerance("0")),
    (ToleranceOutOfReach, lambda: read_tolerance("10.1")),
    (MeasureUnnamed, lambda: read_name("  ", point_names())),
    (MeasureUnnamed, lambda: read_name("긴" * 41, point_names())),
    (LengthOutOfReach, lambda: checked_measures(COAT, with_length(0))),
    (LengthOutOfReach, lambda: checked_measures(COAT, with_length(3_001))),
    (ToleranceOutOfReach, lambda: checked_measures(COAT, [replace(CHEST, tolerance=0)])),
    (LengthMissing, lambda: checked_measures(COAT, [replace(CHEST, lengths=CHEST.lengths[1:])])),
    (
        SizeUnknown,
        lambda: checked_measures(COAT, [replace(CHEST, lengths=(*CHEST.lengths, ("99", 1)))]),
    ),
    (MeasureUnnamed, lambda: checked_measures(COAT, [replace(CHEST, name=" ")])),
    (MeasureTwice, lambda: checked_measures(COAT, [CHEST, replace(CHEST, name="CHEST")])),
    (TooManyMeasures, lambda: checked_measures(COAT, many(MOST_MEASURES + 1))),
]


@pytest.mark.parametrize(("kind", "act"), REFUSED)
def test_what_no_table_may_hold_is_refused_with_a_sentence(
    kind: type[Refused], act: Callable[[], object]
) -> None:
    with pytest.raises(kind) as refused:
        act()
    assert all("{" not in tell(refused.value, language) for language in LANGUAGES)


def test_twenty_measures_are_a_table() -> None:
    assert len(checked_measures(COAT, many(MOST_MEASURES))) == MOST_MEASURES


# What is kept


def rows(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(MeasuresRow))


def test_the_newest_table_stands_and_the_old_one_stays(session: Session) -> None:
    make_style(session)
    assert queries.measures(session, "W-2601") == ()
    make_measures(session)
    changed = make_measures(session, CHEST)
    assert queries.measures(session, "W-2601") == changed == (CHEST,)
    table = queries.measure_table(session, "W-2601")
    assert table is not None
    assert (table.at, table.by) == (BEGUN, SYSTEM.name)
    assert rows(session) == 2
    entries = session.scalars(select(AuditRow).where(AuditRow.what == "set_measures"))
    _, newest = entries.all()
    assert newest.thing == "style W-2601"
    assert newest.after == "chest 44 102.0, 55 105.0, 66 108.0, 77 111.0, 88 114.0 ± 1.0"
    assert newest.before.startswith("total_length 44 104.0")


def test_the_same_table_again_is_no_new_entry(session: Session) -> None:
    make_style(session)
    make_measures(session)
    make_measures(session)
    assert rows(session) == 1


def test_a_table_is_taken_back_but_an_empty_one_is_none(session: Session) -> None:
    make_style(session)
    with pytest.raises(NoMeasures):
        service.set_measures(session, "W-2601", (), by=SYSTEM, at=BEGUN)
    make_measures(session)
    service.set_measures(session, "W-2601", (), by=SYSTEM, at=BEGUN)
    assert queries.measure_table(session, "W-2601") is None
    assert rows(session) == 2


# Pages


@pytest.fixture
def style(app: Flask) -> None:
    """The wool coat, in the database."""
    with app.app_context(), transaction() as session:
        make_style(session)


@pytest.fixture
def willow(sign_in: SignIn, style: None) -> FlaskClient:
    return sign_in(Role.ORDER_MANAGER)


def typed(row: int, name: str, *lengths: str, tolerance: str = "1") -> dict[str, str]:
    cells = {f"length:{row}:{size}": text for size, text in zip(LABELS, lengths, strict=True)}
    return {f"name:{row}": name, f"tolerance:{row}": tolerance} | cells


def empty(row: int) -> dict[str, str]:
    return typed(row, "", *[""] * len(LABELS), tolerance="")


GOOD = typed(0, "가슴둘레", "102", "105", "108.5", "111", "114")


def kept(app: Flask) -> tuple[Measure, ...]:
    with app.app_context(), reading() as session:
        return queries.measures(session, "W-2601")


def test_a_table_is_typed_shown_and_typed_again(app: Flask, willow: FlaskClient) -> None:
    assert "No measures yet" in willow.get("/styles/W-2601").text
    own = typed(2, "뒤트임", "30", "30", "31", "31", "32", tolerance="± 0,5")
    assert willow.post(MEASURES, data=GOOD | empty(1) | own).location == "/styles/W-2601"
    first, second = kept(app)
    assert (first.name, first.of("66"), second.name, second.tolerance) == (
        *("chest", 1_085, "뒤트임", 5),
    )
    shown = willow.get("/styles/W-2601?language=en").text
    for words in ("chest around", "108.5", "± 1.0", "뒤트임", "Entered"):
        assert words in shown
    again = willow.get(f"{MEASURES}?language=ko").text
    assert 'value="가슴둘레"' in again
    assert 'value="108.5"' in again


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_is_told_at_once_beside_its_cell_and_nothing_typed_is_lost(
    app: Flask, willow: FlaskClient, language: str
) -> None:
    willow.set_cookie("didim_language", language)
    bad = typed(1, "", "10.55", "", "350", "20", "20", tolerance="")
    twice = typed(2, "chest around", "1", "1", "1", "1", "1")
    answer = willow.post(MEASURES, data=GOOD | bad | twice)
    assert answer.status_code == 422
    assert kept(app) == ()
    for text in ("가슴둘레", "108.5", "10.55", "350", "chest around"):
        assert f'value="{text}"' in answer.text
    with speaking(language):
        told = {
            "name:1": tell(MeasureUnnamed(most=40)),
            "length:1:44": tell(CentimetresUnreadable()),
            "length:1:55": tell(CellEmpty()),
            "length:1:66": tell(LengthOutOfReach(least="0.1", most="300.0")),
            "tolerance:1": tell(CellEmpty()),
            "name:2": tell(MeasureTwice(measure=Point.CHEST)),
        }
    for cell, sentence in told.items():
        assert sentence in answer.text.split(f'id="{cell}-wrong"')[1].split("</p>")[0], cell
        assert f'aria-describedby="{cell}-wrong"' in answer.text


def test_an_empty_table_is_refused_until_there_is_one_to_take_back(
    app: Flask, willow: FlaskClient
) -> None:
    assert "at least one measure" in willow.post(MEASURES, data=empty(0)).text
    willow.post(MEASURES, data=GOOD)
    assert willow.post(MEASURES, data=empty(0)).status_code == 303
    assert kept(app) == ()


def test_more_rows_are_asked_for_without_a_script(app: Flask, willow: FlaskClient) -> None:
    answer = willow.post(MEASURES, data=typed(0, "가슴둘레", *["x"] * 5) | {"more": "1"})
    assert answer.status_code == 200
    assert 'value="가슴둘레"' in answer.text
    assert answer.text.count('value="x"') == 5
    assert f'name="name:{MOST_MEASURES - 1}"' in answer.text
    assert 'name="more"' not in answer.text
    assert kept(app) == ()


def test_enter_without_a_script_keeps_the_table_and_asks_for_no_more_rows(
    willow: FlaskClient,
) -> None:
    table = willow.get(MEASURES).text.split("data-matrix")[1]
    assert 'name="more"' not in table.split("<button")[1]  # a browser presses the first
    assert 'type="submit"' in table.split("<button")[1].split(">")[0]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CUTTER, Role.CASHIER])
def test_who_sees_the_catalogue_sees_measures_and_may_not_change_them(
    app: Flask, sign_in: SignIn, style: None, role: Role
) -> None:
    with app.app_context(), transaction() as session:
        make_measures(session)
    browser = sign_in(role)
    shown = browser.get("/styles/W-2601?language=en").text
    assert "chest around" in shown
    assert MEASURES not in shown
    assert browser.post(MEASURES, data=GOOD).status_code == 403
