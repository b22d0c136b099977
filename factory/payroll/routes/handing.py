"""Hand a closed month's payslips over: who has hers, who has not read it, all as one PDF."""

from __future__ import annotations

from dataclasses import replace

from flask import request, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.payroll import queries, service
from factory.payroll.domain.handed import unread
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import month_in
from factory.people import queries as people
from factory.printing.service import one_pdf_of
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.parts import all_done, going_on
from factory.web.responses import inline, page, see_other

PDF = "application/pdf"
AT_ONCE = 50
"""Slips put into the outbox in one transaction: so long other writers wait."""
PRINTING = mark("Payslips go to the printer")
PRINTED = mark("All payslips that nobody had got are on their way to the printer.")
PART = 100
"""Payslips in one file: that many are drawn in about a second."""


@bp.get("/<month>/handed")
@allow(Permission.RUN_PAYROLL)
def handed(month: str) -> ResponseReturnValue:
    """Show how each got her payslip, and first those who have not read theirs."""
    with reading() as session:
        queries.closed_run(session, month_in(month))
        found = queries.deliveries(session, month_in(month))
    parts = range(1, -(-len(found) // PART) + 1)
    return page(
        "payroll/handed.html", month=month, deliveries=found, waiting=unread(found), parts=parts
    )


@bp.post("/<month>/handed")
@allow(Permission.RUN_PAYROLL)
def print_unread(month: str) -> ResponseReturnValue:
    """Print the slips of those who have got none, so many at a time."""
    with transaction() as session:
        queries.closed_run(session, month_in(month))
        step = service.print_unread(session, month_in(month), by=actor(), at=now(), most=AT_ONCE)
    if step.is_whole:
        return all_done(see_other("payroll.handed", PRINTED, month=month))
    stop = url_for("payroll.handed", month=month)
    return going_on(PRINTING, step.done, step.of, stop=stop)


@bp.post("/<month>/<int:number>/given")
@allow(Permission.RUN_PAYROLL)
def given(month: str, number: int) -> ResponseReturnValue:
    """Keep that she was given hers on paper."""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        service.give(session, worker, month_in(month), by=actor(), at=now())
    return see_other("payroll.handed", mark("It is kept."), month=month)


@bp.get("/<month>/payslips.pdf")
@allow(Permission.RUN_PAYROLL)
def all_payslips(month: str) -> ResponseReturnValue:
    """Give the payslips of a closed month as one PDF; of a large house a part at a time."""
    part = max(1, request.args.get("part", 1, int))
    with transaction() as session:
        run = queries.closed_run(session, month_in(month))
        some = replace(run, entries=run.entries[(part - 1) * PART : part * PART])
        if not some.entries:
            raise NotFound("payslip", month)
        sheets = service.all_sheets(session, some, by=actor(), at=now())
    return inline(one_pdf_of(sheets), f"payslips-{month}-{part}.pdf", PDF)
