"""`didim demo`: a house in the middle of its season, ready to walk through, and kept."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.orm import Session

from config import Settings, load_settings
from factory.app import create_app
from factory.cli import hints, practice, simulate
from factory.cli.serving import PORTS, run
from factory.db.migrate import upgrade
from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.security import service
from factory.security.domain import SYSTEM, TERMINALS, Role
from factory.security.keys import new_ring, write_ring
from seed_data import ledger
from seed_data.telling import Wish
from seed_data.working_days import last_told

PASSWORD = "demo-password"  # noqa: S105 - invented, printed at start, for invented data only
SIGN_INS = {
    "manager": (Role.MANAGER, ledger.MANAGER.name),
    "supervisor": (Role.SUPERVISOR, ledger.SUPERVISOR.name),
    "cutter": (Role.CUTTER, "개암"),
    "cashier": (Role.CASHIER, ledger.CASHIER.name),
    "orders": (Role.ORDER_MANAGER, ledger.ORDER_MANAGER.name),
    "keeper": (Role.KEEPER, "향나무"),
    "door": (Role.CLOCK_TERMINAL, "문 앞"),
    "floor": (Role.FLOOR_TERMINAL, "작업장"),
}


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=5000, show_default=True, type=PORTS)
@click.option("--workers", default=25, show_default=True, type=int, help="People in the house.")
@click.option("--days", default=60, show_default=True, type=int, help="Working days.")
@click.option("--orders", default=12, show_default=True, type=int, help="Orders of the season.")
@click.option("--seed", default=1, show_default=True, type=int, help="Another one, other chances.")
@click.option("--prepare-only", is_flag=True, help="Fill the house, print the sign-ins, and stop.")
def demo(
    host: str, port: int, workers: int, days: int, orders: int, seed: int, *, prepare_only: bool
) -> None:
    """Open a demo house: fills an empty one first, keeps what is there."""
    until = last_told(now())
    wish = Wish(workers=workers, days=days, orders=orders, seed=seed, until=until)
    app = demo_app(load_settings(os.environ | {"DIDIM_PROFILE": "development"}), wish)
    for line in hints.sign_ins(SIGN_INS, PASSWORD):
        click.echo(line)
    with app.app_context():
        for line in hints.walk():
            click.echo(line)
    if not prepare_only:
        run(app, host, port)


def demo_app(settings: Settings, wish: Wish | None = None) -> Flask:
    """The demo's application, with its own database and its own key; by default a whole season."""
    season = simulate.checked(wish or Wish(until=last_told(now())))
    ours = practice.demo_settings(settings)
    ours.instance.mkdir(parents=True, exist_ok=True)
    if not ours.key_file.exists():
        write_ring(new_ring(demo=True), ours.key_file)
    kept = ours.instance / practice.KEPT
    if not kept.exists():
        _fill_apart(practice.demo_settings(settings, "filling.sqlite"), season, kept)
    app = create_app(ours)
    with app.app_context():
        upgrade(db.engine)
    return app


def _fill_apart(settings: Settings, wish: Wish, kept: Path) -> None:
    """Fill a database beside the kept one, and keep it once it is whole."""
    for left in settings.instance.glob("filling.sqlite*"):
        left.unlink()
    app = create_app(settings)
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            _open_accounts(session)
        simulate.show(wish)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    (settings.instance / "filling.sqlite").rename(kept)


def _open_accounts(session: Session) -> None:
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
