"""Pages about people: list, hire, one person, terms, badge, leaving, the vault."""

from __future__ import annotations

from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Operation, Station
from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say, speaking
from factory.lawbook import queries as lawbook
from factory.people import queries, service
from factory.people.documents import contract as documents
from factory.people.documents.notice import notice as draw_notice
from factory.people.domain import Worker
from factory.people.domain.account import AccountKind
from factory.people.domain.guards import LEADS, first_waiver
from factory.people.forms import (
    FIELDS,
    KEPT,
    AccountForm,
    ConsentForm,
    ContractForm,
    FindForm,
    HireForm,
    LeaveForm,
    ReadForm,
    SealForm,
    SkillsForm,
    SparedForm,
    TermsForm,
    WaiverForm,
)
from factory.printing.service import pdf_of, stamped
from factory.security import queries as security
from factory.security.domain import Permission
from factory.security.service import sealed_fields
from factory.web.forms import BaseForm
from factory.web.guard import actor, allow
from factory.web.responses import inline, lead_on, page, see_other
from factory.web.tiles import Group, Reminder, Tile, Waiting

bp = Blueprint("people", __name__, url_prefix="/people")
TILES = (Tile("people.listed", mark("People"), Permission.SEE_PEOPLE, Group.PEOPLE, "people"),)
CALLED = (queries.called,)


@bp.route("/", methods=["GET", "POST"])
@allow(Permission.SEE_PEOPLE)
def listed() -> ResponseReturnValue:
    """List everybody by chosen name, or look somebody up by it or by her number alone."""
    form = FindForm.sent()
    sought = form.find.data or "" if form.ok() else ""
    with reading() as session:
        found = [each for each in queries.workers(session) if each.answers_to(sought)]
    if sought and len(found) == 1:
        return lead_on("people.person", number=found[0].number)
    return page("people/list.html", workers=found, form=form, sought=sought)


@bp.route("/hire", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def hire() -> ResponseReturnValue:
    """Take somebody on."""
    with reading() as session:
        form = HireForm.by(lawbook.book(session))
    if form.ok():
        with form.catching(), transaction() as session:
            worker = service.hire(session, form.to_hire(), by=actor(), at=now())
            service.print_badge(session, worker, by=actor(), at=now())
            told = mark("{name} begins with the number {number}.")
            values: dict[str, object] = {"name": worker.name, "number": worker.number}
            return see_other("people.person", told, values=values, number=worker.number)
    return page("people/hire.html", form=form)


@bp.get("/<int:number>")
@allow(Permission.SEE_PEOPLE)
def person(number: int) -> ResponseReturnValue:
    """Show one person: terms by date, badge, what is sealed and who read it."""
    return _person(number)


def _person(number: int, **sent: BaseForm) -> ResponseReturnValue:
    with reading() as session:
        worker = queries.worker_numbered(session, number)
        uid = queries.vault_uid(session, worker.id)
        values = {
            "terms": queries.terms_of(session, worker.id),
            "badge": queries.badges(session).get(worker.id),
            "known": _known(session, worker),
            "sealed": [FIELDS[f] for f in FIELDS if f in sealed_fields(session, "worker", uid)],
            "readings": security.readings(session, uid),
            "spared": queries.guards(session)[worker.id].is_spared(today()),
        }
    forms = {"seal_form": SealForm(), "read_form": ReadForm()}
    shown = values | forms | sent | {"form": sent.get("seal_form")}
    return page("people/person.html", worker=worker, today=today(), **shown)


def _known(session: Session, worker: Worker) -> list[Operation | str]:
    """What she knows, by name where a style has the operation."""
    by_code = {each.code: each for each in catalogue.operations(session)}
    return [by_code.get(code, code) for code in queries.skills(session, worker.id)]


@bp.route("/<int:number>/terms", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def terms(number: int) -> ResponseReturnValue:
    """Agree on other terms from a day on."""
    with reading() as session:
        worker = queries.worker_numbered(session, number)
        form = TermsForm.by(lawbook.book(session), queries.terms_on(session, worker.id, date.max))
    if form.ok():
        with form.catching(), transaction() as session:
            service.change_terms(session, worker, form.to_terms(), by=actor(), at=now())
            return see_other("people.person", mark("The new terms are kept."), number=number)
    return page("people/terms.html", form=form, worker=worker)


@bp.route("/<int:number>/contract", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def contract(number: int) -> ResponseReturnValue:
    """Draw up the employment contract as PDF, in the language she reads."""
    with reading() as session:
        worker = queries.worker_numbered(session, number)
        history, address = queries.terms_of(session, worker.id), business(session).address
        form = ContractForm.offering(history, worker.language, address)
    if form.ok():
        since, named = date.fromisoformat(form.since.data), form.named.data
        with form.catching(), transaction() as session:
            asked = {"named": named, "reason": form.reason.data or "", "by": actor(), "at": now()}
            paper = service.draw_contract(session, worker, since, form.to_wish(), **asked)
            with speaking(worker.language):
                sheet = documents.contract(paper)
                drawn = stamped(sheet, by=actor(), at=now()) if named else sheet
                data = pdf_of(drawn)
            return inline(data, f"contract-{number}.pdf", "application/pdf")
    return page("people/contract.html", form=form, worker=worker)


@bp.route("/<int:number>/skills", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def skills(number: int) -> ResponseReturnValue:
    """Tick the operations somebody knows."""
    with reading() as session:
        worker, offered = queries.worker_numbered(session, number), catalogue.operations(session)
        form = SkillsForm.offering(offered, queries.skills(session, worker.id))
    if form.ok():
        with transaction() as session:
            codes = [each.code for each in offered]
            ticked = form.operations.data
            service.set_skills(session, worker, ticked, offered=codes, by=actor(), at=now())
        return see_other("people.person", mark("It is kept what she knows."), number=number)
    stations = [(s, [each for each in offered if each.station is s]) for s in Station]
    return page("people/skills.html", form=form, worker=worker, stations=stations)


@bp.post("/<int:number>/badge")
@allow(Permission.MANAGE_PEOPLE)
def badge(number: int) -> ResponseReturnValue:
    """Give a new badge; the old one holds no more."""
    with transaction() as session:
        worker = queries.worker_numbered(session, number)
        service.issue_badge(session, worker, by=actor(), at=now())
        service.print_badge(session, worker, by=actor(), at=now())
    told = mark("The new badge holds from now on, the old one no more.")
    return see_other("people.person", told, number=number)


@bp.post("/<int:number>/badge/lost")
@allow(Permission.CORRECT_WORK)
def badge_lost(number: int) -> ResponseReturnValue:
    """Let a lost badge hold no more, at once; a new one is the office's to give."""
    with transaction() as session:
        worker = queries.worker_numbered(session, number)
        held = service.void_badge(session, worker, by=actor(), at=now())
    told = LOST if held else mark("She holds no badge.")
    return see_other("people.person", told, number=number)


LOST = mark(
    "The badge holds no more. Until the office gives a new one, number and PIN open the door."
)


@bp.route("/<int:number>/leave", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def leave(number: int) -> ResponseReturnValue:
    """Somebody leaves."""
    form = LeaveForm.sent()
    with reading() as session:
        worker = queries.worker_numbered(session, number)
    if form.ok():
        with form.catching(), transaction() as session:
            service.leave(session, worker, form.left.data, by=actor(), at=now())
            return see_other("people.person", mark("The last day is kept."), number=number)
    return page("people/leave.html", form=form, worker=worker)


@bp.get("/<int:number>/protection")
@allow(Permission.MANAGE_PEOPLE)
def protection(number: int) -> ResponseReturnValue:
    """Show what the law's watch knows of her."""
    return _protection(number)


def _protection(number: int, **forms: BaseForm) -> ResponseReturnValue:
    with reading() as session:
        worker = queries.worker_numbered(session, number)
        held = queries.guards(session)[worker.id]
        first = first_waiver(lawbook.book(session))
    law = {"first_waiver": first, "leads": LEADS, "form": next(iter(forms.values()), None)}
    shown = {"consent_form": ConsentForm(), "spared_form": SparedForm(), "wish_form": WaiverForm()}
    return page("people/protection.html", worker=worker, held=held, **(shown | forms), **law)


@bp.post("/<int:number>/consent")
@allow(Permission.MANAGE_PEOPLE)
def consent(number: int) -> ResponseReturnValue:
    """Keep what she says to night or holiday work."""
    form = ConsentForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = queries.worker_numbered(session, number)
            service.consent(session, worker, form.to_consent(), by=actor(), at=now())
            return see_other("people.protection", mark("Her word is kept."), number=number)
    return _protection(number, consent_form=form)


@bp.post("/<int:number>/spare")
@allow(Permission.MANAGE_PEOPLE)
def spare(number: int) -> ResponseReturnValue:
    """Spare her overtime for a time."""
    form = SparedForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = queries.worker_numbered(session, number)
            service.spare(session, worker, form.to_spared(), by=actor(), at=now())
            told = mark("She is planned for no overtime in this time.")
            return see_other("people.protection", told, number=number)
    return _protection(number, spared_form=form)


@bp.post("/<int:number>/spare-no-more")
@allow(Permission.MANAGE_PEOPLE)
def spare_no_more(number: int) -> ResponseReturnValue:
    """Take back that she is spared."""
    with transaction() as session:
        worker = queries.worker_numbered(session, number)
        service.spare_no_more(session, worker, by=actor(), at=now())
    return see_other("people.protection", mark("It is taken back."), number=number)


@bp.post("/<int:number>/break-wish")
@allow(Permission.MANAGE_PEOPLE)
def break_wish(number: int) -> ResponseReturnValue:
    """Keep that she asks to work four hours without the break, or wants it again."""
    form = WaiverForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = queries.worker_numbered(session, number)
            service.waive_break(session, worker, form.to_wish(), by=actor(), at=now())
            return see_other("people.protection", mark("Her wish is kept."), number=number)
    return _protection(number, wish_form=form)


@bp.post("/<int:number>/seal")
@allow(Permission.MANAGE_PEOPLE)
def seal(number: int) -> ResponseReturnValue:
    """Seal personal texts."""
    form = SealForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = queries.worker_numbered(session, number)
            service.seal(session, worker, form.to_fields(), by=actor(), at=now())
            return see_other("people.person", mark("It is sealed."), number=number)
    return _person(number, seal_form=form)


@bp.route("/<int:number>/account", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def account(number: int) -> ResponseReturnValue:
    """Keep where her wages go: her own account alone."""
    return _account(number, AccountKind.WAGES)


@bp.route("/<int:number>/irp", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def irp_account(number: int) -> ResponseReturnValue:
    """Keep where her severance goes: her own IRP account."""
    return _account(number, AccountKind.SEVERANCE)


def _account(number: int, kind: AccountKind) -> ResponseReturnValue:
    form, sealed = AccountForm.sent(), mark("Her account is sealed.")
    with reading() as session:
        worker = queries.worker_numbered(session, number)
    if form.ok():
        with form.catching(), transaction() as session:
            typed = form.to_account()
            service.set_account(session, worker, *typed, kind=kind, by=actor(), at=now())
            return see_other("people.person", sealed, number=number)
    return page("people/account.html", form=form, worker=worker, kind=kind)


@bp.post("/<int:number>/notice.pdf")
@allow(Permission.MANAGE_PEOPLE)
def notice(number: int) -> ResponseReturnValue:
    """Draw up the notice of what is kept of her, to be signed, in the language she reads."""
    with transaction() as session:
        worker = queries.worker_numbered(session, number)
        service.note_notice(session, worker, by=actor(), at=now())
        employer = business(session)
    with speaking(worker.language):
        data = pdf_of(draw_notice(worker, today(), employer))
    return inline(data, f"notice-{number}.pdf", "application/pdf")


@bp.route("/keeping", methods=["GET", "POST"])
@allow(Permission.MANAGE_PEOPLE)
def keeping() -> ResponseReturnValue:
    """Show what is kept of those who left and until when; erase what is due."""
    form = BaseForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            count = service.erase_due(session, by=actor(), at=now())
            told = mark("What was due is erased, of {count} people.")
            return see_other("people.keeping", told, values={"count": count})
    with reading() as session:
        waiting = service.waiting(session, today())
        here = tuple(each for each in waiting if each.worker.left is None)
        found = (*here, *service.gone(session))
    shown = {"found": found, "waiting": len(waiting), "on": today(), "fields": KEPT}
    return page("people/keeping.html", form=form, **shown)


@bp.post("/<int:number>/keeping")
@allow(Permission.MANAGE_PEOPLE)
def erase(number: int) -> ResponseReturnValue:
    """Erase at her own wish what no law wants kept."""
    with transaction() as session:
        worker = queries.worker_numbered(session, number)
        service.erase_at_wish(session, worker, by=actor(), at=now())
    return see_other("people.keeping", mark("It is erased."))


@bp.route("/<int:number>/sealed", methods=["GET", "POST"])
@allow(Permission.READ_VAULT)
def sealed(number: int) -> ResponseReturnValue:
    """Open one sealed text, with a reason that she can see."""
    form, opened = ReadForm.sent(), None
    with reading() as session:
        worker = queries.worker_numbered(session, number)
    if form.ok():
        with form.catching(), transaction() as session:
            opened = service.read_sealed(
                session,
                worker,
                form.field.data,
                reason=form.reason.data,
                by=actor(),
                at=now(),
            )
    return page("people/sealed.html", form=form, worker=worker, opened=opened)


def due_to_erase(session: Session) -> Waiting | None:
    """What the start page reminds of while something of those who left is due to be erased."""
    count = len(service.waiting(session, today()))
    told = say("Sealed data is due to be erased, of people: {count}", count=count)
    return (told, {}) if count else None


REMINDERS = (Reminder("people.keeping", Permission.MANAGE_PEOPLE, due_to_erase),)
