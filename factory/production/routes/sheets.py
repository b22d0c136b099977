"""A4 papers of the floor, for whoever needs them on paper."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.catalogue import queries as catalogue
from factory.db.session import reading
from factory.kernel.time import today
from factory.orders import queries as orders
from factory.printing.service import pdf_of
from factory.production.documents.office import accident_sheet, inspection_sheet
from factory.production.queries.faults import faults_of_line, looked_of_line
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import allow
from factory.web.responses import inline

PDF = "application/pdf"


@bp.get("/inspection/sheets/<number>/<int:line>.pdf")
@allow(Permission.SEE_ORDERS)
def inspection_paper(number: str, line: int) -> ResponseReturnValue:
    """Give the inspection sheet of an order line, with what was found so far."""
    with reading() as session:
        order = orders.order(session, number)
        of = order.line(line)
        style = catalogue.style(session, of.style)
        found = faults_of_line(session, number, line)
        looked = looked_of_line(session, number, line)
        measures = catalogue.measures(session, of.style)
    sheet = inspection_sheet(order, of, style, found, looked, today(), measures)
    return inline(pdf_of(sheet), f"inspection-{number}-{line}.pdf", PDF)


@bp.get("/held/accident.pdf")
@allow(Permission.SEE_BOARD)
def accident_paper() -> ResponseReturnValue:
    """Give the accident sheet, empty, to be filled in by hand."""
    return inline(pdf_of(accident_sheet(today())), "accident.pdf", PDF)
