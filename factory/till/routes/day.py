"""The day of the till: open it, move money, count blindly, end the day."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.money import ZERO
from factory.kernel.time import now
from factory.kernel.words import mark, say
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain import drawer
from factory.till.domain.drawer import Way
from factory.till.forms import CloseForm, CountForm, MoneyForm, OpenForm, ShownForm
from factory.till.routes.door import bp
from factory.till.routes.here import here, is_told
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other


@bp.route("/open", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def open_up() -> ResponseReturnValue:
    """Open the till with a counted float."""
    form = OpenForm.sent()
    if not is_told():
        return redirect(url_for("till.which"), code=303)
    if not form.was_sent:
        with reading() as session:
            drawer.refuse_open(queries.opening(session, here()))
    if form.ok():
        with form.catching(), transaction() as session:
            amount = form.float.data or ZERO
            service.open_till(session, amount, by=actor(), at=now(), till=here())
            return see_other("till.basket", mark("The till is open. Have a good day."))
    return page("till/open.html", form=form, here=here())


@bp.route("/money/<way>", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def money(way: str) -> ResponseReturnValue:
    """Put money into the drawer, or take some out, with a reason."""
    form, chosen = MoneyForm.sent(), _way(way)
    if chosen is Way.BANK and not form.was_sent:
        form.reason.data = say(chosen.label)
    if form.ok():
        with form.catching(), transaction() as session:
            event, amount = form.to_event_id(), form.amount.data or ZERO
            reason, out = form.reason.data or "", chosen.out
            service.move_cash(
                session, amount, reason, out=out, event_id=event, by=actor(), at=now(), till=here()
            )
            return see_other("till.basket", mark("It is noted, and the drawer opens."))
    return page("till/money.html", form=form, chosen=chosen, money_ways=tuple(Way))


def _way(text: str) -> Way:
    if text not in set(Way):
        raise NotFound("way", text)
    return Way(text)


@bp.route("/day/so-far", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def so_far() -> ResponseReturnValue:
    """Show and print the report of the day that goes on (X), at any time.

    Cash, total and tax are on it for those alone who see the sums of sales: the count stays blind.
    """
    form, whole = ShownForm.sent(), actor().may(Permission.SEE_SALES)
    if form.ok():
        with form.catching(), transaction() as session:
            event, till = form.to_event_id(), here()
            service.interim(session, by=actor(), at=now(), till=till, whole=whole, event_id=event)
            return see_other("till.so_far", mark("The interim report is on its way."))
    with reading() as session:
        if queries.opening(session, here()) is None:
            return redirect(url_for("till.open_up"), code=303)
        day = queries.today(session, here())
    return page("till/so_far.html", form=form, day=day, whole=whole, why=drawer.WHY_NO_CASH)


@bp.route("/day", methods=["GET", "POST"])
@kiosk(Permission.CLOSE_TILL)
def day_end() -> ResponseReturnValue:
    """Count the drawer without knowing what should be in it."""
    form = CountForm.sent()
    with reading() as session:
        opening = queries.opening(session, here())
        waiting = len(queries.owed_cash_receipts(session)) if not form.was_sent else 0
    if opening is None and not form.was_sent:
        return redirect(url_for("till.open_up"), code=303)
    if form.ok():
        with form.catching(), transaction() as session:
            service.count(session, form.to_count(), by=actor(), at=now(), till=here())
            return redirect(url_for("till.counted"), code=303)
    return page("till/count.html", form=form, nothing=ZERO, waiting=waiting)


@bp.route("/day/counted", methods=["GET", "POST"])
@kiosk(Permission.CLOSE_TILL)
def counted() -> ResponseReturnValue:
    """Show whether the drawer is over or short, and end the day."""
    form = CloseForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            note = form.note.data or ""
            end = service.close_day(session, note=note, by=actor(), at=now(), till=here())
            number = end.day.opening.number
            return see_other("till.ended", mark("The day is closed. Well done."), number=number)
    with reading() as session:
        found = queries.last_count(session, here())
        if found is None:
            return _count_again(form)
        day = queries.today(session, here())
    return page("till/counted.html", form=form, counted=found, day=day)


def _count_again(form: CloseForm) -> ResponseReturnValue:
    """Without a count that holds, there is the count first; why, is said."""
    if not form.was_sent:
        return redirect(url_for("till.day_end"), code=303)
    count = CountForm()
    count.form_errors = form.form_errors
    return page("till/count.html", form=count, nothing=ZERO, waiting=0)


@bp.get("/days/<int:number>")
@kiosk(Permission.CLOSE_TILL)
def ended(number: int) -> ResponseReturnValue:
    """Show how a day ended."""
    with reading() as session:
        end = queries.day_end(session, number)
    return page("till/ended.html", end=end)


@bp.post("/days/<int:number>/again")
@kiosk(Permission.CLOSE_TILL)
def ended_again(number: int) -> ResponseReturnValue:
    """Print a marked copy of a day's report."""
    with transaction() as session:
        service.print_again(session, service.day_end_event(number), by=actor(), at=now())
    return see_other("till.ended", mark("A marked copy is on its way."), number=number)
