"""One's own payslips and pieces; at a shared screen only after her PIN."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import today
from factory.payroll import queries
from factory.payroll.domain.handed import Way
from factory.payroll.forms import PrintForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import (
    PRINTED,
    WORDS,
    corrected_by,
    give_to_printer,
    month_in,
    note_own,
    put_right,
)
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, lead_on, page, see_other


@bp.get("/mine")
@allow(Permission.LOOK_AROUND)
def mine() -> ResponseReturnValue:
    """Go to one's own pay of this month."""
    return lead_on("payroll.my_payslip", month=f"{today():%Y-%m}")


@bp.get("/mine/pieces")
@allow(Permission.LOOK_AROUND)
def my_pieces() -> ResponseReturnValue:
    """Show her own pieces of today and of this month; at a shared screen only after her PIN."""
    if not is_open():
        return ask_pin("payroll.my_pieces")
    with reading() as session:
        worker = people.worker(session, actor().worker)
        found = queries.my_pieces(session, worker, today())
    return page("payroll/pieces.html", found=found)


@bp.get("/mine/<month>")
@allow(Permission.LOOK_AROUND)
def my_payslip(month: str) -> ResponseReturnValue:
    """Show her own payslip, this month's so far; at a shared screen only after her PIN."""
    if not is_open():
        return ask_pin("payroll.my_payslip", month=month)
    with reading() as session:
        worker = people.worker(session, actor().worker)
        found = queries.entry(session, worker, month_in(month))
        earlier, wish = queries.payslips_of(session, worker), queries.wish_of(session, worker)
        known = queries.is_read(session, worker, month_in(month))
        why = corrected_by(session, worker, found)
        right = put_right(session, worker, month_in(month))
    if found.final and not known:
        note_own(month, Way.READ)
    return page(
        "payroll/payslip.html",
        entry=found,
        corrected=why,
        **right,
        month=month,
        paper=None if actor().on_floor else url_for("payroll.my_paper", month=month),
        wish=wish,
        press=url_for("payroll.print_mine", month=month),
        form=PrintForm(),
        earlier=earlier,
        hide=True,
        **WORDS,
    )


@bp.post("/mine/<month>/print")
@allow(Permission.LOOK_AROUND)
def print_mine(month: str) -> ResponseReturnValue:
    """Print her own payslip; at a shared screen only after her PIN."""
    if not is_open():
        return ask_pin("payroll.my_payslip", month=month)
    with reading() as session:
        worker = people.worker(session, actor().worker)
    place = give_to_printer(worker, month)
    return see_other("payroll.my_payslip", PRINTED, values={"place": place}, month=month)


def is_open() -> bool:
    """Whether whoever stands here has shown that it is she."""
    me = actor()
    return me.worker is not None and me.with_pin
