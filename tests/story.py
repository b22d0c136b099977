"""One order of 117 coats, from the order to the shipment, with all that goes wrong on the way.

`docs/story.md` tells it; `make pictures` takes its pictures; `tests/endure/test_story.py` holds
every chapter against the rules. Each chapter does what people do, through the same services.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.materials import service as cloth
from factory.materials.domain import BomItem, Material, NewRoll, Unit, Use
from factory.orders import service as order_service
from factory.orders.domain import Order
from factory.people.domain import Worker
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import LaidRoll, NewLay
from factory.production.domain.holds import HoldKind
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect, NewScan
from factory.production.service import NewHold
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from tests.catalogue.build import SHEET
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production.build import make_coat_order

MARKER = 240
"""Centimetres of cloth for one coat."""
LAYS = (
    ({1: 5, 2: 4, 3: 3}, {"44": 1, "55": 1, "66": 2, "77": 1, "88": 1}),
    ({1: 5, 2: 5, 3: 4}, {"55": 1, "77": 1}),
    ({1: 5, 2: 6, 3: 6}, {"66": 1}),
)
CLOTH = (("BK", "A", 70), ("BK", "B", 70), ("CA", "C", 110), ("GY", "D", 90))
"""Colour, shade and metres of each roll; the black comes in two shades."""
NAMES = {
    "BK": ("검정 울", "black wool"),
    "CA": ("카멜 울", "camel wool"),
    "GY": ("회색 울", "grey wool"),
}


@dataclass(slots=True)
class Story:
    """What has happened so far."""

    order: Order | None = None
    rolls: dict[str, int] = field(default_factory=dict)
    """Roll numbers by shade."""
    bundles: list[Bundle] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    lays: list[int] = field(default_factory=list)
    shown: str = "/"
    """The page that shows this chapter."""

    @property
    def number(self) -> str:
        """The order's number."""
        assert self.order is not None
        return self.order.number


def ordered(session: Session, story: Story) -> None:
    """A shop orders 117 coats in three colours and five sizes."""
    story.order = make_coat_order(session, sheet=SHEET, lines=make_lines())
    story.workers = [make_worker(session, name) for name in ("Pine", "Birch", "Maple")]
    assert story.order.quantity == 117
    story.shown = f"/orders/{story.number}"


def cloth_comes(session: Session, story: Story) -> None:
    """Cloth comes in; the black in two shades, each a roll of its own."""
    for colour, (name, name_en) in NAMES.items():
        material = Material(f"WOOL-{colour}", name, name_en, Unit.METRE, Use.SHELL)
        cloth.add_material(session, material, by=SYSTEM, at=now())
        item = BomItem("W-2601", colour, "", material.number, MARKER, 3)
        cloth.set_bom(session, item, by=SYSTEM, at=now())
    for colour, shade, metres in CLOTH:
        new = NewRoll(material=f"WOOL-{colour}", amount=metres * 100, shade=shade, width=150)
        made = cloth.receive(session, new, event_id=new_id(), by=SYSTEM, at=now())
        story.rolls[shade] = made.number
    story.shown = "/materials/"


def cut(session: Session, story: Story) -> None:
    """Three lays are cut; in the first one roll of black ends and another shade goes on."""
    for plies, marker in LAYS:
        new = NewLay(order=story.number, line_plies=plies, marker=marker)
        lay = service.plan_lay(session, new, by=SYSTEM, at=now())
        rolls = list(_rolls(story, plies, sum(marker.values()), first=not story.lays))
        story.bundles += service.record_cut(session, lay.id, plies, 0, rolls, by=SYSTEM, at=now())
        story.lays.append(lay.id)
    assert sum(bundle.quantity for bundle in story.bundles) == 117
    assert {bundle.shade for bundle in story.bundles} == {"A", "B", "C", "D"}
    story.shown = f"/cutting/lay/{story.lays[0]}"


def _rolls(
    story: Story, plies: dict[int, int], garments: int, *, first: bool
) -> Iterator[LaidRoll]:
    for line, count in plies.items():
        shades = {1: (("A", count - 2), ("B", 2)) if first else (("B", count),)}
        for shade, some in shades.get(line, (("C" if line == 2 else "D", count),)):
            used = some * garments * MARKER
            yield LaidRoll(line, story.rolls[shade], some, used)


def recut(session: Session, story: Story) -> None:
    """A left sleeve has a flaw: it is cut again, and comes back to its place in the bundle."""
    bundle = story.bundles[4]
    new = NewHold(
        bundle=bundle.code, kind=HoldKind.RECUT, ply=bundle.ply_from, party="left sleeve",
        note="a flaw in the cloth",
    )  # fmt: skip
    service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())
    story.shown = "/held/"


def recut_done(session: Session, story: Story) -> None:
    """The new sleeve is there."""
    (hold,) = queries.open_holds(session, HoldKind.RECUT)
    service.let_go(session, hold.id, "from the remnant", by=SYSTEM, at=now(), event_id=new_id())
    story.shown = f"/bundles/{hold.bundle}"


def rework(session: Session, story: Story) -> None:
    """At the sleeves one seam is open: the piece waits for its repair, inside work in progress."""
    bundle = story.bundles[0]
    _sew_until(session, story, bundle.code, "S17")
    bad = ((Defect.OPEN_SEAM, 1),)
    _scan(session, story, bundle.code, "S17", bundle.quantity - 1, bad)
    story.shown = "/rework/"


def repaired(session: Session, story: Story) -> None:
    """It is repaired."""
    _decide(session, story, story.bundles[0].code, "S17", Outcome.REPAIRED)
    story.shown = f"/bundles/{story.bundles[0].code}"


def split(session: Session, story: Story) -> None:
    """Two coats of a bundle are wanted first: they go on under a ticket of their own."""
    bundle = story.bundles[1]
    _sew_until(session, story, bundle.code, "S01")
    service.split(
        session, bundle.code, 2, None, "wanted first", by=SYSTEM, at=now(), event_id=new_id()
    )
    story.shown = f"/bundles/{bundle.code}"


def lost(session: Session, story: Story) -> None:
    """A coat of another bundle can't be found in the evening."""
    bundle = story.bundles[6]
    service.mark_lost(
        session, bundle.code, 1, "not on the rack", by=SYSTEM, at=now(), event_id=new_id()
    )
    story.shown = f"/bundles/{bundle.code}"


def found(session: Session, story: Story) -> None:
    """It hung behind the pressing table."""
    code = story.bundles[6].code
    service.mark_found(session, code, 1, "behind the press", by=SYSTEM, at=now(), event_id=new_id())
    story.shown = f"/bundles/{code}"


def finished(session: Session, story: Story) -> None:
    """Everybody works until all coats hang on the rail; one is second quality."""
    bundle = story.bundles[-1]
    _sew_until(session, story, bundle.code, "F05")
    _scan(session, story, bundle.code, "F05", bundle.quantity - 1, ((Defect.STAIN, 1),))
    _decide(session, story, bundle.code, "F05", Outcome.SECOND)
    while open_ := queries.open_bundles(session):
        for state in open_:
            for code, left in queries.bundle(session, state.bundle.code).ready:
                _scan(session, story, state.bundle.code, code, left)
    coats = sum(line.on_hand for line in stock.list_stock(session, today()))
    assert coats == 117
    story.shown = "/stock/"


def sent(session: Session, story: Story) -> None:
    """116 coats go to the shop; that of second quality stays, and every coat is accounted for."""
    progress = queries.order_progress(session, story.number)
    assert story.order is not None
    going = {
        (line.no, size): progress[f"{story.number}/{line.no}/{size}"].first
        for line in story.order.lines
        for size, _ in line.cells
    }
    some = {key: count for key, count in going.items() if count}
    order_service.ship(session, story.number, some, event_id=new_id(), by=SYSTEM, at=now())
    story.shown = "/board/coats"


Chapter = Callable[[Session, Story], None]
CHAPTERS: tuple[Chapter, ...] = (
    *(ordered, cloth_comes, cut, recut, recut_done, rework, repaired, split),
    *(lost, found, finished, sent),
)


def _scan(
    session: Session,
    story: Story,
    bundle: str,
    operation: str,
    good: int,
    rejects: tuple[tuple[Defect, int], ...] = (),
) -> None:
    worker = story.workers[len(operation + bundle) % 3].id
    entry = NewScan(
        id=new_id(), bundle=bundle, operation=operation, worker=worker, good=good,
        rejects=rejects, at=now(),
    )  # fmt: skip
    service.record_scan(session, entry, received=now())


def _sew_until(session: Session, story: Story, bundle: str, operation: str) -> None:
    """Everything that is ready, until this operation is."""
    while True:
        ready = dict(queries.bundle(session, bundle).ready)
        if operation in ready:
            return
        for code, left in ready.items():
            _scan(session, story, bundle, code, left)


def _decide(session: Session, story: Story, bundle: str, operation: str, outcome: Outcome) -> None:
    what = (bundle, operation, outcome, 1, "seen by the inspector", story.workers[0].id)
    service.decide(session, *what, by=SYSTEM, at=now(), event_id=new_id())
