"""`didim demo`: a house with invented people, ready to walk through, kept from run to run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.orm import Session

from config import Profile, Settings, load_settings
from factory.app import create_app
from factory.cli.serving import PORTS, run
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.kernel.words import say
from factory.people import queries as people
from factory.security import service
from factory.security.domain import SYSTEM, TERMINALS, Role
from factory.security.keys import new_ring, write_ring
from seed_data import comings

PASSWORD = "demo-password"  # noqa: S105 - invented, printed at start, for invented data only
SIGN_INS = {
    "manager": (Role.MANAGER, "버들"),
    "supervisor": (Role.SUPERVISOR, "삼나무"),
    "cutter": (Role.CUTTER, "개암"),
    "cashier": (Role.CASHIER, "자작"),
    "orders": (Role.ORDER_MANAGER, "단풍"),
    "keeper": (Role.KEEPER, "향나무"),
    "door": (Role.CLOCK_TERMINAL, "문 앞"),
    "floor": (Role.FLOOR_TERMINAL, "작업장"),
}


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=5000, show_default=True, type=PORTS)
@click.option("--prepare-only", is_flag=True, help="Fill the house, print the sign-ins, and stop.")
def demo(host: str, port: int, *, prepare_only: bool) -> None:
    """Open a demo house: fills an empty one first, keeps what is there."""
    app = demo_app(load_settings(os.environ | {"DIDIM_PROFILE": "development"}))
    click.echo(
        say("Sign in with one of these names; the password is {password}.", password=PASSWORD)
    )
    for name, (role, shown) in SIGN_INS.items():
        click.echo(f"  {name:12} {say(role.label)} ({shown})")
    _print_badges(app)
    if not prepare_only:
        run(app, host, port)


def _print_badges(app: Flask) -> None:
    with app.app_context(), reading() as session:
        held = people.badges(session)
        workers = [worker for worker in people.workers(session) if worker.id in held]
    click.echo(say("On the floor, by badge or by number and PIN {pin}:", pin=comings.PIN))
    for worker in workers:
        click.echo(f"  {worker.number:<3} {held[worker.id]} {worker.name}")


def demo_app(settings: Settings) -> Flask:
    """The demo's application, with its own database and its own key."""
    folder = settings.instance / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "vault.key"
    if not key.exists():
        write_ring(new_ring(demo=True), key)
    app = create_app(_at(settings, folder, key))
    with app.app_context():
        upgrade(db.engine)
        with reading() as session:
            filled = service.is_demo(session)
        if not filled:
            with transaction() as session:
                _fill(session)
                comings.fill(session, now())
    return app


def _at(settings: Settings, folder: Path, key: Path) -> Settings:
    url = f"sqlite:///{folder / 'didim.sqlite'}"
    return replace(
        settings, profile=Profile.DEVELOPMENT, instance=folder, key_file=key, database_url=url
    )


def _fill(session: Session) -> None:
    service.mark_demo(session)
    for name, (role, shown) in SIGN_INS.items():
        language = "ko_easy" if role in TERMINALS else "ko"
        service.create_account(
            session,
            name,
            PASSWORD,
            roles=[role],
            shown=shown,
            language=language,
            by=SYSTEM,
            at=now(),
        )
