"""What a newcomer needs to walk through the demo house: sign-ins, badges, bundles, hang tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factory.db.session import reading
from factory.kernel.time import now, today
from factory.kernel.words import language, say, show
from factory.people import queries as people
from factory.people.domain import Worker
from factory.production import queries as production
from factory.production.queries import BundleState
from factory.security.domain import Role, WorkerId
from factory.stock import queries as stock
from factory.timeclock import queries as timeclock
from seed_data.people import PIN

MOST = 3
PEOPLE = 6


@dataclass(frozen=True, slots=True)
class Ready:
    """A bundle with a step that can be done now, and somebody there who knows it."""

    state: BundleState
    step: str
    left: int
    worker: Worker


def sign_ins(accounts: Mapping[str, tuple[Role, str]], password: str) -> Iterator[str]:
    """Who can sign in at the office and at the terminals."""
    yield say("Sign in with one of these names; the password is {password}.", password=password)
    for name, (role, shown) in accounts.items():
        yield f"  {name:12} {say(role.label)} ({shown})"


def walk() -> Iterator[str]:
    """Badges, bundles that can be sewn now, and hang tags that can be sold."""
    with reading() as session:
        badges = people.badges(session, today())
        here = _by_presence(session, badges)
        ready = _ready(session, here)
        yield say("On the floor, by badge or by number and PIN {pin}:", pin=PIN)
        for worker in _shown(here, ready):
            yield f"  {worker.number:<3} {badges[worker.id]} {worker.name}"
        yield say("Bundles that can be sewn now, with the next step:")
        for each in ready:
            yield f"  {each.state.bundle.code}  {_step(each)} · {each.worker.name}"
        yield say("Coats that can be sold, by their hang tags:")
        yield from _coats(session)


def _by_presence(session: Session, badges: Mapping[WorkerId, str]) -> tuple[Worker, ...]:
    """Everybody with a badge; who is there and at work comes first."""
    working = {one.number for one in timeclock.present(session, at=now()) if not one.on_break}
    known = [worker for worker in people.workers(session) if worker.id in badges]
    return tuple(sorted(known, key=lambda worker: worker.number not in working))


def _ready(session: Session, here: tuple[Worker, ...]) -> tuple[Ready, ...]:
    """Of each station one, for somebody who knows the step; not all for the same person."""
    skills = {worker.id: set(people.skills(session, worker.id)) for worker in here}
    found: dict[str, Ready] = {}
    for state in production.open_bundles(session):
        for step, left in state.ready:
            station = state.routing.step(step).operation.station
            if station in found or len(found) == MOST:
                continue
            taken = {each.worker.number for each in found.values()}
            able = [worker for worker in here if step in skills[worker.id]]
            if able:
                worker = min(able, key=lambda one: one.number in taken)
                found[station] = Ready(state, step, left, worker)
    return tuple(found.values())


def _shown(here: tuple[Worker, ...], ready: tuple[Ready, ...]) -> list[Worker]:
    """Those for whom a bundle is ready, and some others."""
    numbers = {each.worker.number for each in ready}
    others = [worker for worker in here if worker.number not in numbers]
    chosen = [worker for worker in here if worker.number in numbers]
    return sorted(chosen + others[: PEOPLE - len(chosen)], key=lambda worker: worker.number)


def _step(each: Ready) -> str:
    operation = each.state.routing.step(each.step).operation
    return f"{each.step} {operation.called(language())} × {each.left}"


def _coats(session: Session) -> Iterator[str]:
    hanging = [line for line in stock.list_stock(session, today()) if line.on_hand > 0]
    for line in hanging[:: max(1, len(hanging) // MOST)][:MOST]:
        name = f"{line.style_name} {line.colour_name} {line.size}"
        yield f"  {line.code}  {name} · {show(line.price)}"
