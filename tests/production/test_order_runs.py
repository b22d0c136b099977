"""117 coats from order to shipment: after every step each coat of each cell is somewhere.

The test keeps a book of its own, from what it enters: it never asks production what happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Section
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.orders import queries as orders
from factory.orders import service as order_service
from factory.orders.domain import Order, OrderState, cell
from factory.people.domain import Worker
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import NewLay
from factory.production.domain.outcomes import Outcome
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.stock import service as rail
from tests.orders.build import COLOURS, SIZES, make_lines
from tests.people.build import make_worker
from tests.production.build import make_coat_order, scan

LAYS = (
    ({1: 5, 2: 4, 3: 3}, {"44": 1, "55": 1, "66": 2, "77": 1, "88": 1}),
    ({1: 5, 2: 5, 3: 4}, {"55": 1, "77": 1}),
    ({1: 5, 2: 6, 3: 6}, {"66": 1}),
)
"""Plies of black, camel and grey, and the sizes of each marker; 117 coats in all."""


@dataclass(slots=True)
class Page:
    """One cell in the test's own book; `sewing` and the rest are coats."""

    cut: int = 0
    sewing: int = 0
    finishing: int = 0
    first: int = 0
    second: int = 0
    shipped: int = 0
    sold: int = 0
    scrapped: int = 0
    lost: int = 0


@dataclass(slots=True)
class Book:
    """What was entered about an order, and the check of production's figures against it."""

    session: Session
    order: Order
    pages: dict[str, Page] = field(default_factory=dict)
    in_sewing: dict[str, int] = field(default_factory=dict)
    """By bundle: a piece that is lost is counted where the least far one is."""
    checked: int = 0

    def page(self, bundle: Bundle) -> Page:
        return self.pages[cell(bundle.order, *bundle.cell)]

    def cut(self, bundle: Bundle) -> None:
        page = self.pages.setdefault(cell(bundle.order, *bundle.cell), Page())
        pieces = bundle.ply_to - bundle.ply_from + 1
        page.cut += pieces
        page.sewing += pieces
        self.in_sewing[bundle.code] = pieces

    def sewn(self, bundle: Bundle, pieces: int) -> None:
        self.in_sewing[bundle.code] -= pieces
        self.page(bundle).sewing -= pieces
        self.page(bundle).finishing += pieces

    def gone(self, bundle: Bundle, *, sewing: bool, pieces: int = 1) -> None:
        if sewing:
            self.in_sewing[bundle.code] -= pieces
            self.page(bundle).sewing -= pieces
        else:
            self.page(bundle).finishing -= pieces

    def check(self) -> None:
        """Cut = sewing + finishing + first + second + shipped + sold + scrapped + lost."""
        self.checked += 1
        found = queries.order_progress(self.session, self.order.number)
        wanted = self.order.cells()
        assert set(found) == set(wanted)
        for name, state in found.items():
            mine = self.pages.get(name, Page())
            kept = (
                *(state.ordered, state.cut, state.wip_sewing, state.wip_finishing, state.first),
                *(state.second, state.shipped, state.sold, state.scrapped, state.lost),
            )
            assert kept == (
                *(wanted[name], mine.cut, mine.sewing, mine.finishing, mine.first),
                *(mine.second, mine.shipped, mine.sold, mine.scrapped, mine.lost),
            ), name
            assert state.cut == sum(kept[2:]), name
            assert state.holds


@dataclass(slots=True)
class Floor:
    """Everybody at work, with a dice that always falls the same way."""

    session: Session
    book: Book
    workers: list[Worker]
    dice: Random = field(default_factory=lambda: Random(11))  # noqa: S311 - a test's dice
    done: int = 0
    """Pieces done well, by the test's own count."""

    def work(self) -> None:
        """Until nothing is left to do or to decide."""
        while found := queries.open_bundles(self.session):
            state = self.dice.choice(found[:6])
            if state.rework and (not state.ready or self.dice.random() < 0.3):
                self.decide(state.bundle, self.dice.choice(state.rework)[0])
            elif state.ready:
                self.enter(state, *self.dice.choice(state.ready))
            self.book.check()

    def enter(self, state: queries.BundleState, code: str, left: int) -> None:
        good = left if self.dice.random() < 0.8 else self.dice.randint(1, left)
        bad = 1 if self.dice.random() < 0.06 else 0
        good -= bad if good == left else 0
        kept = self.scan(state.bundle, code, good, bad)
        if self.dice.random() < 0.03:
            service.undo(self.session, kept, by=SYSTEM, at=now())
            self.count(state.bundle, code, -good)
            self.book.check()
            self.scan(state.bundle, code, good, bad)

    def scan(self, bundle: Bundle, code: str, good: int, bad: int) -> str:
        worker = self.dice.choice(self.workers).id
        kept = scan(self.session, bundle, code, good, bad=bad, worker=worker)
        self.count(bundle, code, good)
        return kept.scan.id

    def count(self, bundle: Bundle, code: str, good: int) -> None:
        self.done += good
        if code == "S32":
            self.book.sewn(bundle, good)
        if code == "F07":
            self.book.page(bundle).finishing -= good
            self.book.page(bundle).first += good

    def decide(self, bundle: Bundle, code: str) -> None:
        sewing = not code.startswith("F")
        usual = self.dice.random() < 0.6
        outcome = Outcome.SCRAPPED if sewing else Outcome.SECOND
        self.settle(bundle, code, Outcome.REPAIRED if usual else outcome)

    def settle(self, bundle: Bundle, code: str, outcome: Outcome) -> None:
        worker = self.dice.choice(self.workers).id
        event = new_id()
        service.decide(
            self.session,
            bundle.code,
            code,
            outcome,
            1,
            "a flaw in the cloth",
            worker,
            by=SYSTEM,
            at=now(),
            event_id=event,
        )
        if outcome is Outcome.REPAIRED:
            self.count(bundle, code, 1)
            return
        page = self.book.page(bundle)
        self.book.gone(bundle, sewing=not code.startswith("F"))
        if outcome is Outcome.SCRAPPED:
            page.scrapped += 1
        else:
            page.second += 1

    def lose(self, bundle: Bundle, pieces: int) -> None:
        service.mark_lost(
            self.session,
            bundle.code,
            pieces,
            "not on the rack",
            by=SYSTEM,
            at=now(),
            event_id=new_id(),
        )
        self.book.gone(bundle, sewing=self.book.in_sewing[bundle.code] > 0, pieces=pieces)
        self.book.page(bundle).lost += pieces
        self.book.check()

    def find(self, bundle: Bundle, pieces: int) -> None:
        service.mark_found(
            self.session, bundle.code, pieces, by=SYSTEM, at=now(), event_id=new_id()
        )
        self.book.gone(bundle, sewing=True, pieces=-pieces)
        self.book.page(bundle).lost -= pieces
        self.book.check()


def cut_everything(session: Session, book: Book) -> list[Bundle]:
    bundles: list[Bundle] = []
    for plies, marker in LAYS:
        new = NewLay(order=book.order.number, line_plies=plies, marker=marker)
        made = service.plan_and_cut(session, new, 3_000, by=SYSTEM, at=now())
        for bundle in made:
            book.cut(bundle)
        book.check()
        bundles += made
    return bundles


def sell_some(session: Session, book: Book) -> None:
    """Three coats go in the shop, one of them comes back; one is found torn on the rail."""
    for line, size, grade in (
        (1, "66", Grade.FIRST),
        (2, "55", Grade.FIRST),
        (3, "66", Grade.FIRST),
    ):
        made_of = book.order.line(line)
        item = catalogue.item_of(session, made_of.style, made_of.colour, size, grade)
        page = book.pages[cell(book.order.number, line, size)]
        rail.sell(session, item.code, 1, f"receipt {line}", event_id=new_id(), by=SYSTEM, at=now())
        page.first, page.sold = page.first - 1, page.sold + 1
        book.check()
        if line == 2:
            rail.give_back(
                session, item.code, 1, "receipt 2", event_id=new_id(), by=SYSTEM, at=now()
            )
            page.first, page.sold = page.first + 1, page.sold - 1
            book.check()
        if line == 3:
            rail.scrap(session, item.code, 1, "torn", event_id=new_id(), by=SYSTEM, at=now())
            page.first, page.scrapped = page.first - 1, page.scrapped + 1
            book.check()


def ship_everything(session: Session, book: Book) -> None:
    going = {
        (line.no, size): book.pages[cell(book.order.number, line.no, size)].first
        for line in book.order.lines
        for size, _ in line.cells
    }
    for part in (1, 2, 3):
        some = {key: count for key, count in going.items() if key[0] == part and count}
        order_service.ship(session, book.order.number, some, event_id=new_id(), by=SYSTEM, at=now())
        for (line, size), count in some.items():
            page = book.pages[cell(book.order.number, line, size)]
            page.first, page.shipped = page.first - count, page.shipped + count
        book.check()


def test_an_order_of_117_coats_runs_from_order_to_shipment(session: Session) -> None:
    order = make_coat_order(session, lines=make_lines())
    assert (len(COLOURS), len(SIZES), order.quantity) == (3, 5, 117)
    workers = [make_worker(session, name) for name in ("Pine", "Birch", "Maple")]
    book = Book(session, order)
    floor = Floor(session, book, workers)
    book.check()

    bundles = cut_everything(session, book)
    assert sum(page.cut for page in book.pages.values()) == 117
    _begin(floor, bundles)
    floor.work()
    sell_some(session, book)
    ship_everything(session, book)

    _everything_happened(book)
    assert queries.open_bundles(session) == ()
    assert queries.wip_by_station(session) == {}
    assert _paid(session, workers) == floor.done
    assert orders.order(session, order.number).state is OrderState.IN_PRODUCTION
    order_service.close(session, order.number, "the rest was lost", by=SYSTEM, at=now())
    assert book.checked > 300
    assert queries.recomputed(session) == ()
    assert stock.recomputed(session) == ()
    assert orders.recomputed(session) == ()


def _begin(floor: Floor, bundles: list[Bundle]) -> None:
    """What has to happen once, whatever the dice say, before everybody goes to work."""
    torn, missing, flawed = bundles[2], bundles[8], bundles[-1]
    floor.scan(torn, "C06", torn.quantity - 1, 1)
    floor.book.check()
    floor.settle(torn, "C06", Outcome.SCRAPPED)
    floor.book.check()
    floor.lose(missing, 2)
    floor.find(missing, 1)
    _to_inspection(floor, flawed)
    floor.settle(flawed, "F05", Outcome.SECOND)
    floor.book.check()
    assert floor.book.page(flawed).second == 1


def _to_inspection(floor: Floor, bundle: Bundle) -> None:
    routing = catalogue.routing(floor.session, bundle.style)
    for step in routing.steps:
        if step.operation.section is not Section.CUTTING or step.code == "C06":
            bad = 1 if step.code == "F05" else 0
            floor.scan(bundle, step.code, bundle.quantity - bad, bad)
            floor.book.check()
        if step.code == "F05":
            return


def _everything_happened(book: Book) -> None:
    """No figure of the test's own book is empty, or the test would not show anything."""
    for figure in ("second", "shipped", "sold", "scrapped", "lost"):
        assert sum(getattr(page, figure) for page in book.pages.values()) > 0, figure
    for page in book.pages.values():
        assert page.sewing == page.finishing == page.first == 0
        assert page.cut == page.shipped + page.second + page.sold + page.scrapped + page.lost


def _paid(session: Session, workers: list[Worker]) -> int:
    return sum(
        part.count
        for worker in workers
        for part in queries.pieces(session, worker.id, today(), today())
    )
