"""Her own leave: what is left and how it arose, asking, taking back."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.law.articles import cite
from factory.leave import queries, service
from factory.leave.forms import AskForm
from factory.leave.routes.blueprint import bp
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, page, see_other


@bp.get("/")
@allow(Permission.LOOK_AROUND)
def mine() -> ResponseReturnValue:
    """Show her own leave; at a shared screen only after her PIN."""
    if not _is_open():
        return ask_pin("leave.mine")
    with reading() as session:
        kept = queries.ledger(session, actor().worker, today())
        asked = queries.requests_of(session, actor().worker)
    return page("leave/mine.html", ledger=kept, requests=asked, today=today(), cite=cite)


@bp.route("/ask", methods=["GET", "POST"])
@allow(Permission.LOOK_AROUND)
def ask() -> ResponseReturnValue:
    """Take her wish for leave."""
    if not _is_open():
        return ask_pin("leave.ask")
    with reading() as session:
        worker = people.worker(session, actor().worker)
        kept = queries.ledger(session, worker.id, today())
        kinds, rules = queries.offered(session, worker, today()), queries.house_rules(session)
    form = AskForm.offering(kinds, rules)
    if form.ok():
        with form.catching(), transaction() as session:
            service.ask(session, worker, form.to_wish(), by=actor(), at=now())
            return see_other("leave.mine", mark("It is asked. You see here what is answered."))
    return page("leave/ask.html", form=form, ledger=kept)


@bp.post("/mine/<int:number>/withdraw")
@allow(Permission.LOOK_AROUND)
def withdraw(number: int) -> ResponseReturnValue:
    """Take back one's own request."""
    if not _is_open():
        return ask_pin("leave.mine")
    with transaction() as session:
        worker = people.worker(session, actor().worker)
        service.withdraw(session, worker, number, by=actor(), at=now())
    return see_other("leave.mine", mark("Your request is taken back."))


def _is_open() -> bool:
    """Whether whoever stands here has shown that it is she."""
    me = actor()
    return me.worker is not None and me.with_pin
