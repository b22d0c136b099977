"""The page on which the keeper or the manager enters who the business is."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from factory.business import queries, service
from factory.business.forms import BusinessForm
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Group, Tile

bp = Blueprint("business", __name__, url_prefix="/business")
TILES = (
    Tile(
        "business.papers",
        mark("The business on papers"),
        Permission.MANAGE_PRINTERS,
        Group.HOUSE,
        "tag",
    ),
)


@bp.route("/", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def papers() -> ResponseReturnValue:
    """Say how contracts, payslips, certificates and receipts name the business."""
    with reading() as session:
        known = queries.business(session)
    form = BusinessForm.sent(obj=known)
    if form.ok():
        with form.catching(), transaction() as session:
            service.describe(session, form.to_business(), by=actor(), at=now())
            return see_other(
                "business.papers", mark("Papers name the business like this from now on.")
            )
    return page("business/papers.html", form=form)
