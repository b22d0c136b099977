"""What lies in the house of cloth and trims, what coats take, what is short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.replay import Difference
from factory.materials import records
from factory.materials.domain import (
    Account,
    BomItem,
    Coats,
    Material,
    MaterialUnknown,
    Need,
    NoClothToInspect,
    Price,
    Roll,
    RollUnknown,
    Unit,
    Use,
    exploded,
)
from factory.materials.records import MaterialRow, RollBalanceRow, RollInspectionRow, RollMoveRow


@dataclass(frozen=True, slots=True)
class Shelf:
    """A material with its rolls."""

    material: Material
    rolls: tuple[Roll, ...]

    @property
    def there(self) -> int:
        """All rolls of ours together."""
        return sum(roll.left for roll in self.rolls if not roll.owner)

    @property
    def of_customers(self) -> int:
        """Rolls that belong to customers."""
        return sum(roll.left for roll in self.rolls if roll.owner)


def materials(session: Session) -> tuple[Material, ...]:
    """All materials by number."""
    rows = session.scalars(select(MaterialRow).order_by(MaterialRow.number))
    return tuple(row.value() for row in rows)


def material(session: Session, number: str) -> Material:
    """One material, or `MaterialUnknown`."""
    row = session.get(MaterialRow, number)
    if row is None:
        raise MaterialUnknown
    return row.value()


def roll(session: Session, number: int) -> Roll:
    """One roll, or `RollUnknown`."""
    found = records.rolls(session, number)
    if not found:
        raise RollUnknown
    return found[0]


def refuse_trim(session: Session, found: Roll) -> None:
    """Buttons and pads are counted; only what is measured in metres lies on the table."""
    if material(session, found.material).unit is not Unit.METRE:
        raise NoClothToInspect


def rolls(session: Session, use: Use | None = None) -> tuple[Roll, ...]:
    """Rolls on which something is left, of one use or of all."""
    wanted = {each.number for each in materials(session) if use in {None, each.use}}
    found = records.rolls(session, open_only=True)
    return tuple(each for each in found if each.material in wanted)


def shelves(session: Session) -> tuple[Shelf, ...]:
    """Every material with what lies there of it."""
    lying = records.rolls(session, open_only=True)
    return tuple(
        Shelf(each, tuple(r for r in lying if r.material == each.number))
        for each in materials(session)
    )


def owners(session: Session) -> frozenset[str]:
    """Whose cloth ever came in, but for ours."""
    return records.owners(session)


def brought(session: Session, owner: str) -> bool:
    """Whether a customer ever brought cloth."""
    return owner in records.owners(session)


def accounts(session: Session, owner: str) -> tuple[Account, ...]:
    """What became of every roll of a customer, also of those that are used up."""
    moved = records.moved_of(session, owner)
    found = records.rolls(session, *moved) if moved else ()
    return tuple(Account(roll, moved[roll.number]) for roll in found)


def moves(session: Session, number: int) -> tuple[RollMoveRow, ...]:
    """What came to a roll and went from it, the oldest first."""
    return tuple(records.moves(session, number))


def inspections(session: Session, number: int) -> tuple[RollInspectionRow, ...]:
    """Every look at a roll, the newest first."""
    return tuple(records.inspections(session, number))


def price(session: Session, number: int) -> Price | None:
    """What a roll was bought for, where somebody has said it."""
    return records.prices(session, number).get(number)


def bought(session: Session) -> dict[int, tuple[Roll, Price | None]]:
    """Every roll that ever came in, with what it was bought for."""
    known = records.prices(session)
    return {each.number: (each, known.get(each.number)) for each in records.rolls(session)}


def bom(session: Session, style: str) -> tuple[BomItem, ...]:
    """What a coat of a style takes."""
    return records.bom(session, [style])


def bom_of_all(session: Session) -> tuple[BomItem, ...]:
    """What coats of every style take."""
    return records.bom(session)


def needs(session: Session, coats: Coats, owners: Iterable[str] = ()) -> tuple[Need, ...]:
    """What coats take of each material, against what lies there: ours, and that of `owners`."""
    wanted = exploded(records.bom(session, {style for style, *_ in coats}), coats)
    known = {each.number: each for each in materials(session)}
    theirs, there = {"", *owners}, dict.fromkeys(wanted, 0)
    for each in records.rolls(session, open_only=True):
        if each.owner in theirs and each.material in there:
            there[each.material] += each.left
    return tuple(
        Need(known[number], amount, there[number]) for number, amount in sorted(wanted.items())
    )


def shell_of(session: Session, coats: Coats) -> int:
    """Centimetres of shell that coats take as planned, without wastage."""
    items = records.bom(session, {style for style, *_ in coats})
    shell = {each.number for each in materials(session) if each.use is Use.SHELL}
    bare = (replace(item, wastage=0) for item in items if item.material in shell)
    return sum(exploded(bare, coats).values())


def recomputed(session: Session) -> tuple[Difference, ...]:
    """Where what is kept as left on a roll is not the sum of its moves (R7)."""
    replayed = records.summed(session)
    rows = session.execute(select(RollBalanceRow.roll, RollBalanceRow.left))
    kept = {int(number): int(left) for number, left in rows}
    return tuple(
        Difference("R7 roll", f"R{number}", str(kept.get(number)), str(replayed.get(number, 0)))
        for number in sorted(kept.keys() | replayed.keys())
        if kept.get(number) != replayed.get(number, 0)
    )
