"""Cloth and trims of an invented house: what a coat takes, and rolls as they are needed.

Figures for one long coat: see the comment beside each; demo values, never to buy by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue.domain import Style
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.materials import queries, service
from factory.materials.domain import (
    BomItem,
    Material,
    NewRoll,
    Price,
    Roll,
    RollInspection,
    Unit,
    Use,
)
from factory.production.domain.cutting import LaidRoll
from seed_data.acts import Laid
from seed_data.ledger import ORDER_MANAGER, SUPERVISOR, Ledger
from seed_data.orders import SHELL

TRIMS = (
    (Material("LIN-110", "안감 110", "lining 110 cm", Unit.METRE, Use.LINING), 230, 60_000),
    (Material("INT-150", "심지 150", "fusible 150 cm", Unit.METRE, Use.INTERLINING), 110, 30_000),
    (Material("BTN-28", "앞단추 28", "front button 28 mm", Unit.PIECE, Use.TRIM), 500, 200_000),
    (Material("PAD", "어깨패드", "shoulder pad", Unit.PIECE, Use.TRIM), 200, 80_000),
    (Material("HANGER", "옷걸이", "hanger", Unit.PIECE, Use.TRIM), 100, 40_000),
)
"""With what one coat takes and what came in at the start, both in hundredths of the unit."""
EACH = {"LIN-110": 2_400, "INT-150": 1_900, "BTN-28": 150, "PAD": 350, "HANGER": 250}
"""Won for a metre or piece."""
WOOL = (13_500, 13_800, 14_200)
"""Won for a metre, one delivery after the other."""
WASTE = 3
"""In the hundred."""
ROLL, WIDTH = 5_500, 150
SHADES = "ABCDEFGH"
EVERY = 4
"""Every so many rolls one is looked at on the table."""


def fill(session: Session, styles: Sequence[Style], at: datetime) -> None:
    """What coats take, and trims to begin with; wool comes in roll by roll."""
    for colour in sorted({(c.code, c.name, c.name_en) for s in styles for c in s.colours}):
        service.add_material(session, _wool(*colour), by=ORDER_MANAGER, at=at)
    for material, _, amount in TRIMS:
        service.add_material(session, material, by=ORDER_MANAGER, at=at)
        paid = Price(Money(EACH[material.number]), f"T-{material.number}")
        _receive(session, NewRoll(material=material.number, amount=amount, price=paid), at)
    for style in styles:
        for item in _bom(style):
            service.set_bom(session, item, by=ORDER_MANAGER, at=at)


def _wool(code: str, name: str, name_en: str) -> Material:
    return Material(f"WOOL-{code}", f"{name} 울", f"{name_en} wool", Unit.METRE, Use.SHELL)


def _bom(style: Style) -> Iterator[BomItem]:
    for colour in style.colours:
        yield BomItem(style.number, colour.code, "", f"WOOL-{colour.code}", SHELL, WASTE)
    for material, each, _ in TRIMS:
        yield BomItem(style.number, "", "", material.number, each)


def laid(session: Session, ledger: Ledger, lines: dict[str, int], act: Laid) -> list[LaidRoll]:
    """The rolls of a lay, one a colour: what is left on a shorter one stays as a remnant."""
    plies = [(colour, count) for colour, count in act.plies if count]
    found, left, together = [], act.centimetres, sum(count for _, count in plies)
    for turn, (colour, count) in enumerate(plies, 1):
        used = left if turn == len(plies) else act.centimetres * count // together
        left -= used
        roll = _roll_with(session, ledger, colour, used, act.at)
        found.append(LaidRoll(lines[colour], roll.number, count, used))
    return found


def _roll_with(session: Session, ledger: Ledger, colour: str, amount: int, at: datetime) -> Roll:
    number = ledger.rolls.get(colour)
    if number is not None and (roll := queries.roll(session, number)).left >= amount:
        return roll
    turn = ledger.rolls_taken
    ledger.rolls_taken += 1
    new = NewRoll(
        material=f"WOOL-{colour}",
        amount=max(ROLL, amount),
        shade=SHADES[turn % len(SHADES)],
        width=WIDTH,
        price=Price(Money(WOOL[turn % len(WOOL)]), f"W-{at:%y%m%d}-{turn + 1}"),
    )
    roll = _receive(session, new, at)
    ledger.rolls[colour] = roll.number
    if turn % EVERY == 0:
        look = RollInspection(roll.received, (turn % 5, turn % 3, 1, 0), passed=True)
        service.inspect(session, roll.number, look, by=SUPERVISOR, at=at)
    return roll


def _receive(session: Session, new: NewRoll, at: datetime) -> Roll:
    return service.receive(session, new, by=ORDER_MANAGER, at=at, event_id=new_id())
