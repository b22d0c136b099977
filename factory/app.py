"""Composition root: settings in, a wired application out; the only module that knows every room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import inspect
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from factory.db.engine import prepare
from factory.db.session import SESSIONS, db, reading
from factory.kernel.words import mark
from factory.security import chain, kiosk, service
from factory.security.keys import NOT_THERE, KeyFileUnusable, Ring, ring_at
from factory.security.vault import RING
from factory.upkeep.certificates import files_in, names_in
from factory.web import asides, cookies, errors, guard, headers, health, hosts, i18n
from factory.web.asides import Aside
from factory.web.rules import LateRule
from factory.web.tiles import Reminder, Tile

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "security",
    "business",
    "printing",
    "catalogue",
    "lawbook",
    "people",
    "stock",
    "timeclock",
    "leave",
    "orders",
    "materials",
    "production",
    "till",
    "attendance",
    "payroll",
    "mine",
    "reports",
    "upkeep",
)
SETTINGS = "didim.settings"
TILES, REMINDERS, CALLED = "didim.tiles", "didim.reminders", "didim.called"
WAITING_WRITERS = 24


def create_app(settings: Settings, ring: Ring | None = None) -> Flask:
    """Wire an application; stops with a named error where something can't be used."""
    app = Flask("factory", root_path=str(ROOT / "factory"), template_folder=str(ROOT / "templates"))
    app.url_rule_class = LateRule
    app.jinja_env.undefined = StrictUndefined
    app.extensions[SETTINGS] = settings
    _configure(app, settings)
    _open_database(app, settings, ring)
    headers.dress(app)
    cookies.install(app)
    kiosk.install(app)
    i18n.install(app, settings.language)  # before anything can refuse
    hosts.watch(app, settings.hosts | names_in(files_in(settings.instance)))
    CSRFProtect(app)
    errors.bridge(app)
    _furnish(app)
    guard.refuse_unguarded(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="didim_forms",
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "hide_parameters": True,
            "pool_size": WAITING_WRITERS,
            "pool_use_lifo": True,
        },
        TESTING=settings.profile == "testing",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it


def _open_database(app: Flask, settings: Settings, given: Ring | None) -> None:
    import_records()
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        ring = given or _ring(settings.key_file, settings.passphrase)
        sessions = sessionmaker(db.engine, expire_on_commit=False, info={RING: ring})
        app.extensions[SESSIONS] = sessions
        chain.watch()
        _refuse_demo_key(ring)
    app.jinja_env.globals["practice"] = ring.demo


def _ring(path: Path, passphrase: str) -> Ring:
    """The ring of keys; it is made where there is no house yet, and never beside one that has it.

    A stick that is not in would otherwise get a key that opens nothing.
    """
    if not path.exists() and inspect(db.engine).has_table("accounts"):
        raise KeyFileUnusable(problem=NOT_THERE)
    return ring_at(path, passphrase)


def import_records() -> None:
    """Declare every room's tables."""
    for room in ROOMS:
        if find_spec(f"factory.{room}") and find_spec(f"factory.{room}.records"):
            import_module(f"factory.{room}.records")


def _refuse_demo_key(ring: Ring) -> None:
    """The demo's key is known to everybody, so it opens no other database."""
    if not ring.demo or not inspect(db.engine).has_table("accounts"):
        return
    with reading() as session:
        if not service.is_demo(session):
            problem = mark("it is the demo's key, and this is no demo database")
            raise KeyFileUnusable(problem=problem)


def _furnish(app: Flask) -> None:
    tiles: list[Tile] = []
    reminders: list[Reminder] = []
    called: list[Callable[[Session], Mapping[str, str]]] = []
    added: list[Aside] = []
    forms = app.extensions["csrf"]
    app.register_blueprint(health.bp)
    for room in ROOMS:
        for part in ("routes", "api"):
            if not (find_spec(f"factory.{room}") and find_spec(f"factory.{room}.{part}")):
                continue
            module = import_module(f"factory.{room}.{part}")
            blueprint: Blueprint = module.bp
            app.register_blueprint(blueprint)
            if part == "api":
                forms.exempt(blueprint)  # a terminal shows its token, not a form's
            tiles.extend(getattr(module, "TILES", ()))
            reminders.extend(getattr(module, "REMINDERS", ()))
            called.extend(getattr(module, "CALLED", ()))
            added.extend(getattr(module, "ASIDES", ()))
    asides.install(app, added)
    app.extensions[TILES] = tuple(tiles)
    app.extensions[REMINDERS] = tuple(reminders)
    app.extensions[CALLED] = tuple(called)
