"""For whoever runs pay: everybody's leave, swapped holidays, and what the house gives."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.law.articles import cite
from factory.leave import queries, service
from factory.leave.forms import AskForm, EntryForm, HouseForm, PromotionForm, SwapForm
from factory.leave.routes.blueprint import bp
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.forms import BaseForm, as_day
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.get("/house")
@allow(Permission.MANAGE_PEOPLE)
def house() -> ResponseReturnValue:
    """Show what holds for all, with everybody's leave one click away."""
    with reading() as session:
        swaps, rules = queries.swaps(session), queries.house_rules(session)
        workers = people.workers(session, today())
    return page("leave/house.html", swaps=swaps, rules=rules, workers=workers)


@bp.route("/house/swap", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def swap() -> ResponseReturnValue:
    """Keep a written agreement that swaps a public holiday."""
    form = SwapForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.swap_holiday(session, form.to_swap(), by=actor(), at=now())
            return see_other("leave.house", mark("The holiday is swapped."))
    return page("leave/swap.html", form=form)


@bp.post("/house/swap/<holiday>/end")
@allow(Permission.MANAGE_PEOPLE)
def end_swap(holiday: str) -> ResponseReturnValue:
    """Take a swap back."""
    on = as_day(holiday)
    with transaction() as session:
        found = [swap for swap in queries.swaps(session) if swap.holiday == on]
        if not found:
            raise NotFound("swap", holiday)
        service.end_swap(session, found[0], by=actor(), at=now())
    return see_other("leave.house", mark("The holiday stays where the law has it."))


@bp.route("/house/rule", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def rule() -> ResponseReturnValue:
    """Say what the house gives beside the law."""
    form = HouseForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.set_house_rule(session, form.to_rule(), by=actor(), at=now())
            return see_other("leave.house", mark("It holds for whatever is asked from now on."))
    return page("leave/rule.html", form=form)


@bp.route("/people/<int:number>/ask", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def ask_for(number: int) -> ResponseReturnValue:
    """Enter leave for somebody who called; another person still answers it."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
        kept = queries.ledger(session, worker.id, today())
        kinds, rules = queries.offered(session, worker, today()), queries.house_rules(session)
    form = AskForm.offering(kinds, rules)
    if form.ok():
        with form.catching(), transaction() as session:
            service.ask(session, worker, form.to_wish(), by=actor(), at=now())
            told = mark("It is asked for her, and waits for an answer.")
            return see_other("leave.person", told, number=number)
    return page("leave/ask_for.html", form=form, worker=worker, ledger=kept)


@bp.post("/people/<int:number>/urge")
@allow(Permission.RUN_PAYROLL)
def urge(number: int) -> ResponseReturnValue:
    """Keep a written step for leave of hers that lapses."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
        form = PromotionForm.offering(queries.lapsing(session, worker.id, today()))
    if form.ok():
        with form.catching(), transaction() as session:
            service.promote(session, worker, form.to_promotion(), by=actor(), at=now())
            return see_other("leave.person", mark("The step is kept."), number=number)
    return _person(number, urge_form=form)


@bp.route("/people/<int:number>", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def person(number: int) -> ResponseReturnValue:
    """Show somebody's leave to whoever runs pay, and enter what the house gives more."""
    form = EntryForm.sent()
    if form.ok():
        with reading() as session:
            worker = people.worker_numbered(session, number)
        with form.catching(), transaction() as session:
            length, reason = form.to_minutes(), form.reason.data or ""
            service.enter(session, worker, today(), length, reason, by=actor(), at=now())
            return see_other("leave.person", mark("It stands in her ledger."), number=number)
    return _person(number, entry_form=form)


def _person(number: int, **sent: BaseForm) -> ResponseReturnValue:
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        service.look(session, worker, by=actor(), at=now())
        values: dict[str, Any] = {
            "ledger": queries.ledger(session, worker.id, today()),
            "requests": queries.requests_of(session, worker.id),
            "lapsing": queries.lapsing(session, worker.id, today()),
        }
    urge = PromotionForm.offering(values["lapsing"])
    forms = {"entry_form": EntryForm(), "urge_form": urge} | sent
    values["form"] = next((each for each in sent.values() if each.was_sent), None)
    return page("leave/person.html", worker=worker, cite=cite, today=today(), **values, **forms)
