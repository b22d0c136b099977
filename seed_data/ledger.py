"""Who acts in the told season, and what the house's services call what happened so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from factory.catalogue.domain import Station, Step
from factory.people import queries as people
from factory.people.domain import Worker
from factory.production.domain.bundles import Bundle
from factory.security.domain import Actor, Role, WorkerId
from seed_data.people import Part, Person

MANAGER = Actor(name="버들", roles=frozenset({Role.MANAGER}))
SUPERVISOR = Actor(name="삼나무", roles=frozenset({Role.SUPERVISOR}))
ORDER_MANAGER = Actor(name="단풍", roles=frozenset({Role.ORDER_MANAGER}))
CASHIER = Actor(name="자작", roles=frozenset({Role.CASHIER}))


@dataclass(slots=True)
class Ledger:
    """Numbers that the services gave, by what the season calls things."""

    workers: dict[int, WorkerId] = field(default_factory=dict)
    """By the person's number."""
    badges: dict[int, str] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    orders: dict[int, str] = field(default_factory=dict)
    """The order's number by its turn."""
    lines: dict[int, dict[str, int]] = field(default_factory=dict)
    """The line of each colour, by the order's turn."""
    receipts: dict[str, int] = field(default_factory=dict)
    """The receipt's number by the id of the sale."""
    tickets: dict[int, int] = field(default_factory=dict)
    """The ticket's number by what the season calls it."""
    operations: tuple[Step, ...] = ()
    """How a coat is made, for what somebody at a station knows."""
    carried_over: dict[str, int] = field(default_factory=dict)
    """Coats that hang in the shop from the start, by code."""
    cut: list[tuple[int, tuple[Bundle, ...]]] = field(default_factory=list)
    """Bundles that were cut and that the season has not heard of, by the order's turn."""

    rolls: dict[str, int] = field(default_factory=dict)
    """The roll that lies on the table, by colour."""
    rolls_taken: int = 0
    decided: int = 0
    """Pieces about which somebody decided so far."""
    recut: tuple[int, str] | None = None
    """The panel that waits to be cut again, and its bundle."""

    def skills(self, person: Person) -> frozenset[str]:
        """The operations of a person's stations."""
        known = set(person.stations) | ({Station.CUT} if person.part is Part.CUTTER else set())
        return frozenset(s.code for s in self.operations if s.operation.station in known)

    def worker(self, session: Session, person: Person) -> Worker:
        """The worker a person has become."""
        return people.worker(session, self.workers[person.number])

    def herself(self, person: Person, *roles: Role) -> Actor:
        """A person acting for herself."""
        own = frozenset(roles or (Role.WORKER,))
        return Actor(name=person.name, roles=own, worker=self.workers[person.number])
