"""`didim simulate`: a believable season in an empty database, the same for the same arguments."""

from __future__ import annotations

import sys
from datetime import date, datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.cli.support import house
from factory.db.migrate import upgrade
from factory.db.session import Base, db, reading
from factory.kernel.errors import BadInput, FactoryError
from factory.kernel.time import today
from factory.kernel.words import mark, say
from factory.law.book import law_book
from seed_data.people import NAMES
from seed_data.telling import Wish, tell
from seed_data.working_days import half_of

MOST = {"workers": len(NAMES), "days": 250, "orders": 60}
SET_UP = frozenset(
    {
        "accounts",
        "attempts",
        "audit_entries",
        "audit_links",
        "business",
        "devices",
        "house",
        "known_places",
        "printers",
        "recovery_codes",
        "sessions",
        "telephones",
        "vault",
    }
)
"""Tables that somebody may have filled while setting the house up."""


class HouseNotEmpty(FactoryError):
    """Something is in this database already. A season is told into an empty one only."""


@click.command()
@click.option("--workers", default=25, show_default=True, type=int, help="People in the house.")
@click.option("--days", default=60, show_default=True, type=int, help="Working days.")
@click.option("--orders", default=12, show_default=True, type=int, help="Orders of the season.")
@click.option("--seed", default=1, show_default=True, type=int, help="Another one, other chances.")
@click.option("--until", metavar="DATE", help="Last day, half done.  [default: today]")
def simulate(workers: int, days: int, orders: int, seed: int, until: str | None) -> None:
    """Fill an empty database with a season: people, orders, work, sales."""
    wish = checked(Wish(workers=workers, days=days, orders=orders, seed=seed, until=_until(until)))
    with house():
        upgrade(db.engine)
        with reading() as session:
            refuse_filled(session)
        show(wish)
    first = wish.calendar[0]
    click.echo(say("A season is told, from {first} until {until}.", first=first, until=wish.until))


def checked(wish: Wish) -> Wish:
    """A season that can be told; refuses too many of something, and days before the law book."""
    for name, asked in (("workers", wish.workers), ("days", wish.days), ("orders", wish.orders)):
        if not 1 <= asked <= MOST[name]:
            problem = mark("must be from {least} to {most}")
            raise BadInput(f"--{name}", problem, least=1, most=MOST[name])
    law_book().on(wish.calendar[0])
    return wish


def show(wish: Wish) -> None:
    """Tell a season and show how far it is."""
    label = say("A season is told")
    with click.progressbar(length=wish.days, label=label, file=sys.stderr) as shown:
        for _day in tell(wish):
            shown.update(1)


def refuse_filled(session: Session) -> None:
    """Refuse a database in which anything but accounts and terminals is kept."""
    for table in Base.metadata.sorted_tables:
        if table.name not in SET_UP and session.execute(select(table).limit(1)).first():
            raise HouseNotEmpty


def _until(text: str | None) -> datetime:
    if text is None:
        return half_of(today())
    try:
        return half_of(date.fromisoformat(text))
    except ValueError:
        raise BadInput("--until", mark("must be a day such as 2026-11-23")) from None
