"""The good pieces that scans say somebody made, at the rate of each scan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Operation
from factory.kernel.money import Money
from factory.payroll.domain.case import Piece
from factory.people import queries as people
from factory.people.domain import TermsKind, Worker
from factory.production import queries as production
from factory.production.domain.pay import PayMode
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class Made:
    """So many pieces of one operation at one rate."""

    code: str
    operation: Operation | None
    """Nothing where no style has this operation any more."""
    count: int
    rate: Money

    @property
    def earned(self) -> Money:
        """What they come to, where she is paid by the piece."""
        return self.rate * self.count


@dataclass(frozen=True, slots=True)
class MyPieces:
    """Somebody's own pieces of today, and since the month or her terms began."""

    since: date
    paid: bool
    """Whether she is paid by them."""
    today: tuple[Made, ...]
    month: tuple[Made, ...]


def pieces_of(session: Session, worker_id: WorkerId, first: date, last: date) -> tuple[Piece, ...]:
    """Her pieces from one day to another, net of what was taken back."""
    return _pieces(production.pieces(session, worker_id, first, last))


def paid_pieces_of_all(
    session: Session, first: date, last: date, workers: Collection[WorkerId]
) -> dict[WorkerId, tuple[Piece, ...]]:
    """The pieces of several that count in pay: those entered while she was paid by the piece."""
    found = production.pieces_of_all(session, first, last, workers, PayMode.PIECE)
    return {worker: _pieces(hers) for worker, hers in found.items()}


def _pieces(found: Iterable[production.Pieces]) -> tuple[Piece, ...]:
    return tuple(Piece(each.operation, each.count, each.rate.won) for each in found)


def my_pieces(session: Session, worker: Worker, today: date) -> MyPieces:
    """Her own pieces of today and of this month, with what they earned."""
    terms = people.terms_on(session, worker.id, today)
    first = today.replace(day=1)
    since = first if terms is None else max(first, terms.since)
    known = {each.code: each for each in catalogue.operations(session)}
    return MyPieces(
        since,
        terms is not None and terms.kind is TermsKind.PIECE,
        _made(pieces_of(session, worker.id, today, today), known),
        _made(pieces_of(session, worker.id, since, today), known),
    )


def _made(pieces: Iterable[Piece], known: dict[str, Operation]) -> tuple[Made, ...]:
    return tuple(
        Made(each.operation, known.get(each.operation), each.count, Money(each.rate))
        for each in pieces
    )
