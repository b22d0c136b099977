"""The floor's green answers: pages of their own, so that going back sends nothing twice."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.words import language, say
from factory.production.queries import entered as entries
from factory.production.queries.entered import Entered
from factory.production.routes.places import Desk
from factory.web.responses import green


def kept(desk: Desk, entry: str) -> ResponseReturnValue:
    """Say what was entered; the next scan goes on from here."""
    with reading() as session:
        found = entries.entered(session, entry)
    if found.undone:
        return _answer(desk, say("It is taken back."), back=url_for(desk.scan))
    card = url_for(desk.card, code=found.scan.bundle)
    back = card if found.scan.rejects else url_for(desk.scan)
    return _answer(desk, _told(found), _more(found), back=back)


def decided(desk: Desk, decision: int) -> ResponseReturnValue:
    """Say what was decided about a coat."""
    with reading() as session:
        found = entries.decided(session, decision)
    told = say("One coat: {outcome}. It is kept.", outcome=found.decided.outcome)
    back = url_for(desk.card, code=found.decided.bundle)
    return _answer(desk, say("It is taken back.") if found.undone else told, back=back)


def _answer(desk: Desk, told: str, more: str = "", *, back: str) -> ResponseReturnValue:
    return green("production/logged.html", desk=desk, told=told, more=more, back=back)


def _told(found: Entered) -> str:
    did = found.operation.called(language())
    if found.scan.rejects:
        defects = tuple(defect for defect, _ in found.scan.rejects)
        return say("{work}: 1 faulty ({defect}). It is kept.", work=did, defect=defects)
    return say("{work}: {count} pcs. It is kept.", work=did, count=found.scan.good)


def _more(found: Entered) -> str:
    if found.scan.rejects:
        return ""
    if found.finished:
        return say("The hang tags come out of the printer. Please hang the coats on the rail.")
    return say("Next: {places}", places=found.places) if found.places else ""
