"""Put the floor's papers into the outbox: cut tickets, bundle tickets, hang tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import (
    PLAIN,
    CareLabel,
    CareMissing,
    Grade,
    Item,
    Station,
    Style,
)
from factory.db.session import hold
from factory.kernel.ids import new_id
from factory.kernel.time import day_of
from factory.kernel.words import language, speaking, translate
from factory.orders import queries as orders
from factory.orders.domain import Order, OrderKind
from factory.printing import service as printing
from factory.printing.care import artwork, proof
from factory.printing.domain import Purpose
from factory.production import documents, queries, records
from factory.production.documents import CutColour, CutTicket, Job, Tag, Ticket
from factory.production.documents.care import sewn_in
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import Lay
from factory.production.domain.progress import Progress
from factory.production.records import TicketRow
from factory.security import service as security
from factory.security.domain import Actor
from printers.document import Document


def print_tickets(
    session: Session,
    bundles: Iterable[Bundle],
    order: Order,
    style: Style,
    *,
    by: Actor,
    at: datetime,
    done: bool = False,
) -> None:
    """Ask for the ticket of each bundle; `done` where some of the work is done already."""
    for bundle in bundles:
        kept = records.append_ticket(session, bundle.code, by=by.name, at=at)
        ticket = _ticket(session, bundle, order, style, kept, at, done=done or kept.issue > 1)
        printing.enqueue(
            session,
            documents.bundle_ticket(ticket),
            purpose=Purpose.BUNDLE_TICKET,
            by=by,
            at=at,
            event_id=f"ticket {bundle.code} {kept.issue}",
        )


def reprint_ticket(session: Session, code: str, *, by: Actor, at: datetime) -> None:
    """Replace a lost ticket; from now on the older one is void and is refused when scanned."""
    bundle = queries.bundle(session, code).bundle
    hold(session, "bundle", bundle.code)
    queries.refuse_gone(session, bundle, queries.bundle(session, bundle.code).progress)
    hold(session, "bundles", "all")
    order = orders.order(session, bundle.order)
    style = catalogue.style(session, bundle.style)
    print_tickets(session, [bundle], order, style, by=by, at=at)
    security.record(session, by, "reprint_ticket", f"bundle {bundle.code}", at=at)


def print_cut_ticket(session: Session, lay_id: int, *, by: Actor, at: datetime) -> None:
    """Ask for the paper that the cutter takes to the table."""
    lay = queries.lay(session, lay_id)
    order = orders.order(session, lay.order)
    paper = documents.cut_ticket(_cut_ticket(lay, order, catalogue.style(session, lay.style)))
    printing.enqueue(session, paper, purpose=Purpose.CUT_TICKET, by=by, at=at, event_id=new_id())


def print_tags(
    session: Session, item: Item, count: int, *, by: Actor, at: datetime, event_id: str
) -> None:
    """Ask for a hang tag for each coat."""
    style = catalogue.style(session, item.style)
    price = catalogue.price_on(session, item.code, day_of(at))
    size = style.size(item.size)
    tag = Tag(
        code=item.code,
        style=style.number,
        name=style.called(language()),
        colour=style.colour(item.colour).called(language()),
        size=size.label,
        ks_size=size.ks,
        price=price,
        grade="" if item.grade is Grade.FIRST else translate(item.grade.label),
    )
    paper = documents.hang_tags(tag, count)
    printing.enqueue(session, paper, purpose=Purpose.HANG_TAG, by=by, at=at, event_id=event_id)


def care_artwork(session: Session, style_number: str, month: date) -> Document:
    """The sewn-in label of a style in each of its sizes: artwork for whoever makes the labels."""
    style, label = _labelled(session, style_number)
    with speaking(SOLD_IN):
        return artwork([sewn_in(style, label, (size,), month) for size in style.sizes])


def print_care_proof(
    session: Session, style_number: str, month: date, *, by: Actor, at: datetime
) -> None:
    """Ask for the sewn-in label on paper, to be read before it is ordered."""
    style, label = _labelled(session, style_number)
    with speaking(SOLD_IN):
        paper = proof(sewn_in(style, label, style.sizes, month))
    printing.enqueue(session, paper, purpose=Purpose.CARE_LABEL, by=by, at=at, event_id=new_id())


SOLD_IN = "ko"
"""Labels are in Korean, whatever language their printing is asked for in."""


def _labelled(session: Session, style_number: str) -> tuple[Style, CareLabel]:
    style = catalogue.style(session, style_number)
    label = catalogue.care_label(session, style_number)
    if label is None:
        raise CareMissing
    return style, label


def _ticket(
    session: Session,
    bundle: Bundle,
    order: Order,
    style: Style,
    kept: TicketRow,
    at: datetime,
    *,
    done: bool,
) -> Ticket:
    spoken = language()
    jobs = _jobs(session, bundle, again=done)
    state = queries.bundle(session, bundle.code) if done else None
    return Ticket(
        code=kept.code,
        order=bundle.order,
        style=style.number,
        name=style.called(spoken),
        colour=style.colour(bundle.colour).called(spoken),
        size=bundle.size,
        quantity=_pieces(state.progress) if state else bundle.quantity,
        lay=bundle.lay,
        number=bundle.number,
        of=bundle.of,
        ply_from=bundle.ply_from,
        ply_to=bundle.ply_to,
        cut_on=day_of(at),
        due=order.due,
        jobs=jobs[:JOBS],
        more=len(jobs[JOBS:]),
        shade=bundle.shade,
        issue=kept.issue,
        made=order.kind is OrderKind.MADE,
    )


def _pieces(progress: Progress) -> int:
    """What a new ticket goes with: the pieces that are there still, or all where none is."""
    return progress.in_work or progress.quantity


JOBS = 12
"""Jobs that a ticket lists; a scan tells those that come after."""


def _jobs(session: Session, bundle: Bundle, *, again: bool) -> tuple[Job, ...]:
    """What is still to be done to a bundle, in the order of the work; of a new one everything."""
    routing = catalogue.routing_by_uid(session, bundle.routing_uid)
    done = queries.bundle(session, bundle.code).done if again else frozenset()
    return tuple(
        Job(code=step.code, name=step.operation.called(_on_the_floor()))
        for step in routing.steps
        if step.operation.station is not Station.CUT and step.code not in done
    )


def _on_the_floor() -> str:
    """Everybody on the floor reads a ticket: what is Korean on it stands there in plain words."""
    return language() if language() == "en" else PLAIN


def _cut_ticket(lay: Lay, order: Order, style: Style) -> CutTicket:
    spoken = language()
    return CutTicket(
        order=lay.order,
        style=style.number,
        name=style.called(spoken),
        lay=lay.number,
        due=order.due,
        sizes=tuple(size for size, _ in lay.marker),
        marker=tuple(count for _, count in lay.marker),
        colours=tuple(
            CutColour(
                line=no,
                colour=style.colour(order.line(no).colour).called(spoken),
                plies=plies,
                pieces=tuple(plies * count for _, count in lay.marker),
            )
            for no, plies in lay.plies
        ),
        bundle_size=lay.bundle_size,
    )
