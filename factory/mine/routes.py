"""Her own page, who looked at what is hers, and a file of it all."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.mine import queries
from factory.mine.domain import LOOKING, SEALED, OnYourOwnTelephone
from factory.mine.exports import own_file
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, download, page
from factory.web.tiles import Group, Tile

bp = Blueprint("mine", __name__, url_prefix="/mine")
TILES = (Tile("mine.start", mark("My page"), Permission.SEE_OWN_WORK, Group.PEOPLE, "person"),)
WORDS = {"sealed": SEALED, "looking": LOOKING}


@bp.get("/")
@allow(Permission.LOOK_AROUND)
def start() -> ResponseReturnValue:
    """Show what is hers at a glance; at a shared screen only after her PIN."""
    if not _is_open():
        return ask_pin("mine.start")
    with reading() as session:
        found = queries.her_page(session, people.worker(session, actor().worker), at=now())
    return page("mine/start.html", found=found, **WORDS)


@bp.get("/looked")
@allow(Permission.LOOK_AROUND)
def looked() -> ResponseReturnValue:
    """Show who looked at what is hers or changed it; at a shared screen only after her PIN."""
    if not _is_open():
        return ask_pin("mine.looked")
    with reading() as session:
        found = queries.looks(session, people.worker(session, actor().worker))
    return page("mine/looked.html", looks=found, **WORDS)


@bp.get("/data.zip")
@allow(Permission.LOOK_AROUND)
def own_data() -> ResponseReturnValue:
    """Give her a file of her own data, on a telephone of her own only."""
    if not _is_open():
        return ask_pin("mine.start")
    if actor().on_floor:
        raise OnYourOwnTelephone
    with reading() as session:
        worker = people.worker(session, actor().worker)
        data = queries.own_data(session, worker, at=now())
    return download(own_file(data), f"didim-{worker.number}.zip", "application/zip")


def _is_open() -> bool:
    """Whether whoever stands here has shown that it is she."""
    me = actor()
    return me.worker is not None and me.with_pin
