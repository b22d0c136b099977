"""The sewn-in label of a style: artwork for the label maker, and a proof on paper."""

from __future__ import annotations

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.printing.service import pdf_of
from factory.production import service
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import inline, see_other


@bp.get("/styles/<number>/label.pdf")
@allow(Permission.SEE_CATALOGUE)
def care_artwork(number: str) -> ResponseReturnValue:
    """Give the label to its size, a page for each size of the style."""
    with reading() as session:
        paper = service.care_artwork(session, number, _month())
    return inline(pdf_of(paper), f"label-{number}.pdf", "application/pdf")


@bp.post("/styles/<number>/label/proof")
@allow(Permission.SEE_CATALOGUE)
def care_proof(number: str) -> ResponseReturnValue:
    """Print the label on paper, to be read before it is ordered."""
    with transaction() as session:
        service.print_care_proof(session, number, _month(), by=actor(), at=now())
    told = mark("It is on its way to the printer.")
    return see_other("catalogue.style", told, number=number)


def _month() -> date:
    """The month that was asked for, or this one."""
    try:
        return date.fromisoformat(f"{request.values.get('month', '')}-01")
    except ValueError:
        return today()
