"""Papers that somebody takes with her: certificates, and changes of her terms."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.payroll import service
from factory.payroll.forms import CertificateForm
from factory.payroll.routes.blueprint import bp
from factory.people import queries as people
from factory.printing.service import pdf_of, stamped
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import inline, page


@bp.route("/certificates/<int:number>", methods=["GET", "POST"])
@allow(Permission.READ_VAULT)
def certificate(number: int) -> ResponseReturnValue:
    """Draw up what she asks for; it carries her legal name and asks what it is for."""
    form = CertificateForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        form.offer(people.terms_of(session, worker.id))
    if form.ok():
        with form.catching():
            wish = form.to_wish()
            with transaction() as session, speaking(form.language.data):
                sheet = service.certify(session, worker, wish, by=actor(), at=now())
                drawn = pdf_of(stamped(sheet, by=actor(), at=now()))
            return inline(drawn, f"{wish.certificate.value}-{number}.pdf", "application/pdf")
    return page("payroll/certificate.html", form=form, worker=worker)
