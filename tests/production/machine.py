"""Anything that can be done on the floor, in any order; and a book of its own that must agree.

Each step is four small numbers: what is done, to which bundle, at which step, with how many. What
the house refuses must leave no trace; what it takes is entered in the book, which never asks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import DAY, now, today
from factory.materials import queries as materials
from factory.materials import service as measure
from factory.orders import queries as orders
from factory.orders import service as order_service
from factory.orders.domain import OrderKind, cell
from factory.people.domain import Worker
from factory.production import queries, service
from factory.production.domain.cutting import LaidRoll
from factory.production.domain.faults import Cause
from factory.production.domain.holds import HoldKind
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.production.domain.way import Way
from factory.production.queries import BundleState
from factory.production.service import NewHold
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.stock import service as rail
from tests.materials.build import make_roll
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production.build import make_coat_order, make_lay, new_scan

Step = tuple[int, int, int, int]
LINE, SIZES = 1, ("55", "66")


@dataclass(slots=True)
class Machine:
    """A house with one lay cut, and the book beside it."""

    session: Session
    order: str
    cut: dict[str, int]
    workers: list[Worker]
    cloth: dict[int, int]
    """What is left on the rolls by the book."""
    out: Counter[str] = field(default_factory=Counter)
    """Coats scrapped, lost, second, sold or shipped by the book, all sizes together."""
    found: int = 0
    """Pieces that came to light in bundles by the book."""
    paid: int = 0
    scans: list[str] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """Additions of found pieces that were not taken back."""
    sold: list[tuple[str, str]] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    """How often each kind of step was possible: a test that does nothing shows nothing."""

    def states(self) -> tuple[BundleState, ...]:
        found = (queries.bundle(self.session, b.bundle.code) for b in self._known())
        return tuple(found)

    def _known(self) -> tuple[BundleState, ...]:
        return queries.bundles_of(self.session, self.order)

    def step(self, entry: Step) -> None:
        """Do it; a refusal is forgotten whole."""
        what, which, where, many = entry
        deed = DEEDS[what % len(DEEDS)]
        known = self._known()
        open_ = [state for state in known if state.progress.in_work] or list(known)
        state = queries.bundle(self.session, open_[which % len(open_)].bundle.code)
        try:
            with self.session.begin_nested():
                deed(self, state, where, 1 + many % 6)
        except (Refused, Nothing):
            return
        self.taken[deed.__name__] += 1

    def check(self) -> None:
        """The house's figures are the book's, and every kept count is what a replay gives."""
        found = queries.order_progress(self.session, self.order)
        assert {name: state.cut for name, state in found.items() if state.cut} == self.cut
        assert sum(state.found for state in found.values()) == self.found
        assert all(state.holds for state in found.values())
        figures = ("scrapped", "lost", "second", "sold", "shipped")
        here = {n: sum(getattr(s, n) for s in found.values()) for n in figures}
        assert here == {name: self.out[name] for name in figures}
        pieces = queries.pieces_of_all(self.session, today() - DAY, today())
        assert sum(part.count for hers in pieces.values() for part in hers) == self.paid
        assert queries.recomputed(self.session) == ()
        assert stock.recomputed(self.session) == ()
        lying = {roll: materials.roll(self.session, roll).left for roll in self.cloth}
        assert lying == self.cloth
        assert materials.recomputed(self.session) == ()


class Nothing(Exception):
    """There is nothing such to do here."""


def scan(house: Machine, state: BundleState, where: int, many: int) -> None:
    code = _at(state.way, where)
    entry = new_scan(state.bundle, code, many, worker=house.workers[where % 2].id)
    service.record_scan(house.session, entry, received=now())
    again = service.record_scan(house.session, entry, received=now())
    assert again.again
    house.scans.append(entry.id)
    house.paid += many


def go_on(house: Machine, state: BundleState, where: int, many: int) -> None:
    """What is ready is done whole, several steps in a row."""
    for turn in range(many):
        ready = queries.bundle(house.session, state.bundle.code).ready
        if not ready:
            if not turn:
                raise Nothing
            return
        code, left = ready[where % len(ready)]
        entry = new_scan(state.bundle, code, left, worker=house.workers[0].id)
        try:
            service.record_scan(house.session, entry, received=now())
        except Refused:  # a coat that waits for its panel is not packed
            if not turn:
                raise
            return
        house.scans.append(entry.id)
        house.paid += left


def reject(house: Machine, state: BundleState, where: int, many: int) -> None:
    if not state.ready:
        raise Nothing
    code = state.ready[where % len(state.ready)][0]
    bad = ((Defect.OPEN_SEAM, 1 + many % 2),)
    entry = new_scan(state.bundle, code, 0, worker=house.workers[0].id, rejects=bad)
    service.record_scan(house.session, entry, received=now())
    house.scans.append(entry.id)


def undo(house: Machine, state: BundleState, where: int, many: int) -> None:
    if not house.scans:
        raise Nothing
    scan_id = house.scans[-1 - where % len(house.scans)]
    counter = service.undo(house.session, scan_id, by=SYSTEM, at=now())
    house.paid += counter.good
    house.scans.remove(scan_id)


def split(house: Machine, state: BundleState, where: int, many: int) -> None:
    made = service.split(
        house.session, state.bundle.code, many, by=SYSTEM, at=now(), event_id=new_id()
    )
    assert sum(each.quantity for each in made) == state.progress.in_work


def merge(house: Machine, state: BundleState, where: int, many: int) -> None:
    alike = [
        each.bundle.code
        for each in house.states()
        if each.bundle.cell == state.bundle.cell and each.done == state.done
    ]
    codes = dict.fromkeys([state.bundle.code, *alike[:2]])
    service.merge(house.session, tuple(codes), by=SYSTEM, at=now(), event_id=new_id())


def _decide(house: Machine, state: BundleState, where: int, outcome: Outcome) -> None:
    if not state.rework:
        raise Nothing
    code = state.rework[where % len(state.rework)][0]
    worker = house.workers[1].id
    kept = service.decide(
        house.session, state.bundle.code, code, outcome, 1, "a flaw", worker,
        by=SYSTEM, at=now(), event_id=new_id(),
    )  # fmt: skip
    house.decided += [one.id for one in kept]
    if outcome is Outcome.REPAIRED:
        house.paid += 1
    else:
        house.out[outcome.value] += 1


def rework(house: Machine, state: BundleState, where: int, many: int) -> None:
    _decide(house, state, where, Outcome.REPAIRED)


def second(house: Machine, state: BundleState, where: int, many: int) -> None:
    _decide(house, state, where, Outcome.SECOND)


def scrap(house: Machine, state: BundleState, where: int, many: int) -> None:
    """It is beyond use, or cannot be found where it waited."""
    _decide(house, state, where, Outcome.LOST if many > 4 else Outcome.SCRAPPED)


def undecide(house: Machine, state: BundleState, where: int, many: int) -> None:
    if not house.decided:
        raise Nothing
    number = house.decided[-1 - where % len(house.decided)]
    back = service.take_back(house.session, number, by=SYSTEM, at=now(), event_id=new_id())
    house.decided.remove(number)
    if back.outcome is Outcome.REPAIRED:
        house.paid -= 1
    else:
        house.out[back.outcome.value] -= 1


def lose(house: Machine, state: BundleState, where: int, many: int) -> None:
    count = 1 + many % 2
    service.mark_lost(
        house.session, state.bundle.code, count, "gone", by=SYSTEM, at=now(), event_id=new_id()
    )
    house.out["lost"] += count


def find(house: Machine, state: BundleState, where: int, many: int) -> None:
    there = [each.bundle.code for each in house._known() if each.progress.lost]
    if not there:
        raise Nothing
    service.mark_found(
        house.session, there[where % len(there)], 1, by=SYSTEM, at=now(), event_id=new_id()
    )
    house.out["lost"] -= 1


def add_found(house: Machine, state: BundleState, where: int, many: int) -> None:
    """More than the ticket says; sent twice it counts once."""
    event, count = new_id(), 1 + many % 2
    for _ in range(2):
        what = (state.bundle.code, count, "counted again")
        service.add_found(house.session, *what, by=SYSTEM, at=now(), event_id=event)
    house.found += count
    house.added.append(event)


def take_found_back(house: Machine, state: BundleState, where: int, many: int) -> None:
    """It was wrong; refused once work was entered for any of its pieces."""
    if not house.added:
        raise Nothing
    event = house.added[-1 - where % len(house.added)]
    counter = service.take_back_found(house.session, event, by=SYSTEM, at=now(), event_id=new_id())
    house.found += counter.count
    house.added.remove(event)


def recut(house: Machine, state: BundleState, where: int, many: int) -> None:
    new = NewHold(
        bundle=state.bundle.code, kind=HoldKind.RECUT, ply=many, party="sleeve", note="a flaw"
    )
    service.stop(house.session, new, by=SYSTEM, at=now(), event_id=new_id())


def cut_again(house: Machine, state: BundleState, where: int, many: int) -> None:
    """A new panel takes its cloth from a remnant; a roll never gives more than it has."""
    roll, event = sorted(house.cloth)[where % 2], new_id()
    for _ in range(2):
        what = (state.bundle.code, (roll, many * 60))
        service.cut_again(house.session, *what, by=SYSTEM, at=now(), event_id=event)
    house.cloth[roll] -= many * 60


def count_roll(house: Machine, state: BundleState, where: int, many: int) -> None:
    roll = sorted(house.cloth)[where % 2]
    what = (roll, many * 100, "measured")
    measure.count(house.session, *what, by=SYSTEM, at=now(), event_id=new_id())
    house.cloth[roll] = many * 100


def name_fault(house: Machine, state: BundleState, where: int, many: int) -> None:
    """Whose fault it was moves no piece and no pay that was earned."""
    scans = [s for s in queries.scans_of(house.session, state.bundle.code) if s.rejects]
    if not scans:
        raise Nothing
    scan = scans[where % len(scans)]
    cause, step = (Cause.WORK, scan.operation) if many % 2 else (Cause.CLOTH, None)
    what = (scan.id, scan.rejects[0][0], cause, step)
    number = service.name_fault(house.session, *what, by=SYSTEM, at=now())
    if many > 3:
        judged = (number, Cause.MACHINE, "looked at it")
        service.judge_fault(house.session, *judged, by=SYSTEM, at=now())


def needle(house: Machine, state: BundleState, where: int, many: int) -> None:
    new = NewHold(bundle=state.bundle.code, kind=HoldKind.NEEDLE, party="machine 3")
    service.stop(house.session, new, by=SYSTEM, at=now(), event_id=new_id())


def outside(house: Machine, state: BundleState, where: int, many: int) -> None:
    if not state.ready:
        raise Nothing
    code = state.ready[where % len(state.ready)][0]
    new = NewHold(
        bundle=state.bundle.code, kind=HoldKind.OUTSIDE, operation=code, party="Larch buttonholes"
    )
    service.send_out(house.session, new, by=SYSTEM, at=now(), event_id=new_id())


def settle(house: Machine, state: BundleState, where: int, many: int) -> None:
    """Whatever is held somewhere goes on; said twice it goes on once."""
    found = queries.open_holds(house.session)
    if not found:
        raise Nothing
    one = found[where % len(found)]
    event = new_id()
    if one.kind is not HoldKind.OUTSIDE:
        for _ in range(2):
            what = (one.id, "all found")
            service.let_go(house.session, *what, by=SYSTEM, at=now(), event_id=event)
        return
    lost = 1 if many == 6 else 0
    good = max(0, one.pieces - lost - many % 2)
    for _ in range(2):
        back = (one.id, good, lost, "came back")
        service.take_in(house.session, *back, by=SYSTEM, at=now(), event_id=event)
    house.out["lost"] += lost


def ship(house: Machine, state: BundleState, where: int, many: int) -> None:
    size = SIZES[where % 2]
    count = 1 + many % 2
    order_service.ship(
        house.session, house.order, {(LINE, size): count}, event_id=new_id(), by=SYSTEM, at=now()
    )
    house.out["shipped"] += count


def _coat(house: Machine, size: str) -> str:
    made_of = orders.line(house.session, house.order, LINE)
    kind = (made_of.style, made_of.colour, size, Grade.FIRST)
    return catalogue.item_of(house.session, *kind).code


def sell(house: Machine, state: BundleState, where: int, many: int) -> None:
    code, receipt = _coat(house, SIZES[where % 2]), new_id()[:20]
    rail.sell(house.session, code, 1, receipt, event_id=new_id(), by=SYSTEM, at=now())
    house.sold.append((code, receipt))
    house.out["sold"] += 1


def bring_back(house: Machine, state: BundleState, where: int, many: int) -> None:
    if not house.sold:
        raise Nothing
    code, receipt = house.sold.pop()
    rail.give_back(house.session, code, 1, receipt, event_id=new_id(), by=SYSTEM, at=now())
    house.out["sold"] -= 1


def reprint(house: Machine, state: BundleState, where: int, many: int) -> None:
    service.reprint_ticket(house.session, state.bundle.code, by=SYSTEM, at=now())


Deed = Callable[[Machine, BundleState, int, int], None]
DEEDS: tuple[Deed, ...] = (
    *(scan, go_on, go_on, reject, undo, split, merge, rework, second, scrap, undecide, lose),
    *(find, recut, needle, outside, settle, settle, ship, sell, bring_back, reprint),
    *(cut_again, count_roll, name_fault, add_found, take_found_back),
)


def _at(way: Way, where: int) -> str:
    steps = tuple(way)
    return steps[where % len(steps)]


def make_machine(session: Session) -> Machine:
    """Four bundles of six or seven black coats in two shades, two machinists, remnants."""
    order = make_coat_order(session, lines=make_lines(BK=(0, 13, 13)), kind=OrderKind.CUSTOMER)
    lay = make_lay(session, order, plies={1: 13}, marker={"55": 1, "66": 1}, bundle_size=7)
    first, other = make_roll(session, 40), make_roll(session, 40, shade="B")
    rolls = [LaidRoll(1, first.number, 7, 3_500), LaidRoll(1, other.number, 6, 3_000)]
    made = service.record_cut(session, lay.id, {1: 13}, 0, rolls, by=SYSTEM, at=now())
    cut: Counter[str] = Counter()
    for bundle in made:
        cut[cell(order.number, *bundle.cell)] += bundle.quantity
    workers = [make_worker(session, name) for name in ("Pine", "Birch")]
    left = {first.number: 500, other.number: 1_000}
    return Machine(session, order.number, dict(cut), workers, left)
