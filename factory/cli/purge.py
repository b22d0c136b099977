"""`didim purge`: erase what is due, or show what would be."""

from __future__ import annotations

import click

from factory.cli.support import house
from factory.db.engine import scrub
from factory.db.session import db, reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import say
from factory.people import service as people
from factory.people.domain.keeping import Kept, NothingToErase
from factory.security import keeping
from factory.security.domain import SYSTEM


@click.command()
@click.option("--dry-run", is_flag=True, help="Only show what is kept until when; erase nothing.")
def purge(*, dry_run: bool) -> None:
    """Erase what is sealed of people who left and is due, and sign-ins that are over."""
    with house():
        with reading() as session:
            here = (e for e in people.waiting(session, today()) if e.worker.left is None)
            found = (*here, *people.gone(session))
            for line in lines(found, over=keeping.over(session, at=now())):
                click.echo(line)
        if not dry_run:
            _purge()
            scrub(db.engine)


def lines(found: tuple[people.Gone, ...], *, over: int) -> list[str]:
    """What is kept of each who left, a text a line: number, text, until when, whether it is due."""
    told = [_line(each.worker.number, kept) for each in found for kept in each.kept]
    told += [_name(each) for each in found if each.is_over(today())]
    return [*told, say("Sign-ins that are over: {count}", count=over)]


def _line(number: int, kept: Kept) -> str:
    state = say("due to be erased") if kept.is_due(today()) else ""
    return "\t".join((str(number), kept.field, kept.until.isoformat(), state)).rstrip()


def _name(gone: people.Gone) -> str:
    words = (str(gone.worker.number), "name", gone.over.isoformat(), say("due to be erased"))
    return "\t".join(words)


def _purge() -> None:
    with transaction() as session:
        keeping.drop_over(session, at=now())
        try:
            count = people.erase_due(session, by=SYSTEM, at=now())
        except NothingToErase:
            count = 0
    click.echo(say("What was due is erased, of {count} people.", count=count))
