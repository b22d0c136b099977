"""Invented styles of one autumn and winter, made like the wool coat of the sheet beside this."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from factory.catalogue import service
from factory.catalogue.domain import (
    USUAL,
    Colour,
    Fibre,
    Maker,
    NewStyle,
    Part,
    Season,
    Share,
    Size,
    care_label,
)
from factory.catalogue.domain.measures import Measure, Point
from factory.kernel.money import Money
from factory.security.domain import SYSTEM
from seed_data import drawings
from seed_data.ledger import ORDER_MANAGER

SHEET = Path(__file__).with_name("women_wool_coat_operations.csv")
RATE_PER_MINUTE = Money(180)
"""Won a minute: a demo figure, never to pay by."""
SEASON = Season("26FW", "26년 가을·겨울", "Autumn and winter 2026")
SIZES = (
    Size(1, "44", "82-88-150"),
    Size(2, "55", "85-91-155"),
    Size(3, "66", "88-94-160"),
    Size(4, "77", "91-97-165"),
    Size(5, "88", "94-100-170"),
)
BLACK = Colour("BK", "검정", "black", "#20242c")
CAMEL = Colour("CA", "카멜", "camel", "#b98a57")
GREY = Colour("GY", "회색", "grey", "#8a8d91")
NAVY = Colour("NV", "남색", "navy", "#2b3a5e")
WINE = Colour("WN", "자주", "wine", "#6b2737")
STYLES = (
    ("W-2601", "여성 울 코트", "Women's wool coat", (BLACK, CAMEL, GREY), 189_000, 120_000),
    ("W-2602", "여성 롱 코트", "Women's long coat", (BLACK, NAVY), 239_000, 150_000),
    ("W-2603", "여성 하프 코트", "Women's half coat", (CAMEL, WINE), 159_000, 99_000),
)
LABEL = care_label(
    {
        Part.SHELL: (Share(Fibre.WOOL, 80), Share(Fibre.NYLON, 20)),
        Part.LINING: (Share(Fibre.POLYESTER, 100),),
    },
    {care.group: care for care in USUAL},
    Maker(name="보기 의류", address="보기로 1", phone="02-000-0000"),
)
"""What is sewn into each of them."""
GRADES = (
    (Point.TOTAL_LENGTH, 1_040, 10, 10),
    (Point.SHOULDERS, 395, 10, 5),
    (Point.CHEST, 1_020, 30, 15),
    (Point.WAIST, 980, 30, 15),
    (Point.HEM, 1_240, 30, 15),
    (Point.SLEEVE, 595, 5, 10),
    (Point.UPPER_ARM, 370, 10, 10),
    (Point.CUFF, 280, 5, 5),
)
"""Of the wool coat: the place, its length in size 44, what a size adds, what may differ; mm."""
LONGER = {"W-2601": 0, "W-2602": 120, "W-2603": -220}
"""Millimetres by which each style is longer than the wool coat."""


def measures(longer: int) -> tuple[Measure, ...]:
    """The finished measures of a coat that is so much longer than the wool coat."""
    return tuple(
        Measure(
            point.value,
            tuple(
                (size.label, first + step * place + (longer if point is GRADES[0][0] else 0))
                for place, size in enumerate(SIZES)
            ),
            tolerance,
        )
        for point, first, step, tolerance in GRADES
    )


def fill(session: Session, at: datetime) -> None:
    """Open the season and begin its styles, with prices from that day on."""
    service.open_season(session, SEASON, by=SYSTEM, at=at)
    sheet = SHEET.read_text(encoding="utf-8")
    for number, name, name_en, colours, price, second in STYLES:
        entry = NewStyle(
            number=number,
            name=name,
            name_en=name_en,
            season=SEASON.code,
            sizes=SIZES,
            colours=colours,
            price=Money(price),
            second_price=Money(second),
        )
        service.add_style(session, entry, by=SYSTEM, at=at)
        service.load_operations(session, number, sheet, RATE_PER_MINUTE, by=SYSTEM, at=at)
        service.describe_care(session, number, LABEL, by=SYSTEM, at=at)
        service.set_measures(session, number, measures(LONGER[number]), by=ORDER_MANAGER, at=at)
        service.set_sketch(session, number, drawings.sketch(), by=SYSTEM, at=at)
    for code in drawings.SHOWN:
        service.set_operation_photo(session, code, drawings.of_operation(code), by=SYSTEM, at=at)
