"""What the office looks at: the sales of a day, days that ended, the seller on receipts."""

from __future__ import annotations

from datetime import date, timedelta

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import day_of, now, today
from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.till import exports, queries, service
from factory.till.forms.shop import ShopForm
from factory.till.routes.door import bp
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import download, page, see_other

A_DAY = timedelta(days=1)


@bp.get("/sales")
@allow(Permission.SEE_SALES)
def sales_today() -> ResponseReturnValue:
    """Go to today's sales."""
    return redirect(url_for("till.sales", day=today().isoformat()), code=303)


@bp.get("/sales/<day>")
@allow(Permission.SEE_SALES)
def sales(day: str) -> ResponseReturnValue:
    """List the receipts of a day with their sums."""
    on = _day(day)
    with reading() as session:
        found = queries.receipts_on(session, on)
        sums = queries.sales_by_day(session, on, on)
        openings, owed = queries.openings(session), queries.owed_cash_receipts(session)
        held = queries.deposits_held(session)
    values = {"before": on - A_DAY, "after": on + A_DAY, "openings": openings, "owed": owed}
    values |= {"held": held}
    return page("till/sales.html", day=on, receipts=found, sums=next(iter(sums), None), **values)


@bp.get("/sales/<day>/receipts.csv")
@allow(Permission.SEE_SALES)
def sales_sheet(day: str) -> ResponseReturnValue:
    """The same receipts as a file for a spreadsheet."""
    on = _day(day)
    with reading() as session:
        data = exports.receipts_csv(queries.receipts_on(session, on))
    return download(data, f"receipts-{on.isoformat()}.csv", "text/csv")


@bp.get("/sales/receipt/<code>")
@allow(Permission.SEE_SALES)
def sale(code: str) -> ResponseReturnValue:
    """Show a receipt to whoever does not stand at the till."""
    with reading() as session:
        slip = queries.receipt(session, queries.number_of(session, code))
    return page("till/sale.html", slip=slip, day=day_of(slip.at))


@bp.get("/days")
@allow(Permission.SEE_SALES)
def days() -> ResponseReturnValue:
    """List the days that ended, over or short."""
    with reading() as session:
        found = queries.day_ends(session)
    return page("till/days.html", ends=found)


@bp.get("/days.csv")
@allow(Permission.SEE_SALES)
def days_sheet() -> ResponseReturnValue:
    """The same days as a file for a spreadsheet."""
    with reading() as session:
        data = exports.days_csv(queries.day_ends(session))
    return download(data, f"days-{today().isoformat()}.csv", "text/csv")


@bp.get("/days/<int:number>/figures")
@allow(Permission.SEE_SALES)
def past(number: int) -> ResponseReturnValue:
    """Show how a day ended to whoever does not stand at the till."""
    with reading() as session:
        end = queries.day_end(session, number)
    return page("till/past.html", end=end)


@bp.post("/interim")
@allow(Permission.SEE_SALES)
def interim() -> ResponseReturnValue:
    """Print the report of the day that goes on; whoever counts blindly may not."""
    with transaction() as session:
        till = request.form.get("till", "1")
        number = int(till) if till.isdigit() else 1
        service.interim(session, by=actor(), at=now(), till=number)
    return see_other("till.sales_today", mark("The interim report is on its way."))


@bp.route("/shop", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def shop() -> ResponseReturnValue:
    """Say how receipts name the seller."""
    with reading() as session:
        known = queries.shop(session)
    form = ShopForm.sent(obj=known)
    if form.ok():
        with form.catching(), transaction() as session:
            service.describe_shop(session, form.to_shop(), by=actor(), at=now())
            return see_other("till.shop", mark("Receipts name the shop like this from now on."))
    return page("till/shop.html", form=form)


def _day(text: str) -> date:
    found = as_day(text)
    if found is None:
        raise NotFound("day", text)
    return found
