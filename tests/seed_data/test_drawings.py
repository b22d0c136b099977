"""The invented house's drawings: one for each operation, marked where the work is."""

from __future__ import annotations

import csv

from sqlalchemy.orm import Session

from factory.catalogue import queries
from factory.kernel.time import now
from factory.web.pictures import made_small
from seed_data import catalogue, drawings


def test_each_operation_has_a_drawing_with_a_part_that_is_drawn() -> None:
    with catalogue.SHEET.open(encoding="utf-8") as sheet:
        assert set(drawings.SHOWN) == {row["code"] for row in csv.DictReader(sheet)}
    parts = {part for _, marked in drawings.SHOWN.values() for part in marked}
    assert parts <= {*drawings.AREAS, *drawings.LINES, "buttons"}


def test_no_two_parts_look_alike() -> None:
    one_of_each = {shown: code for code, shown in drawings.SHOWN.items()}
    pictures = {drawings.of_operation(code) for code in one_of_each.values()}
    assert len(pictures) == len(one_of_each)


def test_the_season_begins_with_pictures_at_its_stations_and_on_its_work_orders(
    session: Session,
) -> None:
    catalogue.fill(session, now())
    assert set(queries.photographed(session)) == set(drawings.SHOWN)
    kept = queries.sketch(session, catalogue.STYLES[0][0])
    assert kept is not None
    assert made_small(kept.data).width >= 640
