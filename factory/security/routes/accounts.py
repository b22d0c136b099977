"""Who may sign in, and which terminals may send."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security import devices, keeping, queries, service, telephone
from factory.security.domain import DeviceRole, NotYourOwn, Permission, Role
from factory.security.forms import AccountForm, DemandForm, DeviceForm, RolesForm
from factory.security.routes.blueprint import bp
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/accounts", methods=["GET", "POST"])
@allow(Permission.MANAGE_ACCOUNTS)
def accounts() -> ResponseReturnValue:
    """List accounts, and open one."""
    form = AccountForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.create_account(
                session,
                form.name.data.strip(),
                form.password.data,
                roles=[Role(role) for role in form.roles.data],
                shown=(form.shown.data or "").strip(),
                by=actor(),
                at=now(),
            )
            told = mark("The account {name} can sign in.")
            return see_other("security.accounts", told, values={"name": form.name.data})
    return _listed(form)


def _listed(form: AccountForm, demand: DemandForm | None = None) -> ResponseReturnValue:
    with reading() as session:
        found, wanted = queries.accounts(session), telephone.is_demanded(session)
    shown = demand or DemandForm(data={"wanted": wanted})
    answer = page("security/accounts.html", form=form, demand=shown, accounts=found)
    return (answer[0], 422) if shown.errors else answer


@bp.post("/telephones/demanded")
@allow(Permission.MANAGE_ACCOUNTS)
def demand_telephone() -> ResponseReturnValue:
    """Demand a telephone of managers and keepers besides the password, or no more."""
    demand = DemandForm.sent()
    if demand.ok():
        with demand.catching(), transaction() as session:
            telephone.demand(session, wanted=demand.wanted.data, by=actor(), at=now())
            return see_other("security.accounts", mark("It is kept."))
    return _listed(AccountForm(), demand)


@bp.route("/accounts/<name>", methods=["GET", "POST"])
@allow(Permission.MANAGE_ACCOUNTS)
def account(name: str) -> ResponseReturnValue:
    """Show an account, and give it other roles."""
    with reading() as session:
        found = queries.account(session, name)
    if found is None:
        raise NotFound("account", name)
    form = RolesForm.sent(data={"roles": [role.value for role in found.roles]})
    if form.ok():
        with form.catching(), transaction() as session:
            roles = [Role(role) for role in form.roles.data]
            service.set_roles(session, found.id, roles, by=actor(), at=now())
            telephone.end_without(session, found.id)
            return see_other("security.accounts", mark("The roles are changed."))
    with reading() as session:
        places = queries.signed_in(session, found.id, at=now())
        phone = telephone.telephone(session, found.id)
    return page(
        "security/account.html", form=form, account=found, signed_in=places, telephone=phone
    )


@bp.post("/accounts/<name>/telephone/off")
@allow(Permission.MANAGE_ACCOUNTS)
def account_telephone_off(name: str) -> ResponseReturnValue:
    """Take the telephone off somebody else's account, when it is lost."""
    with transaction() as session:
        found = queries.account(session, name)
        if found is None:
            raise NotFound("account", name)
        if found.id == actor().account:
            raise NotYourOwn
        telephone.take_off(session, found.id, by=actor(), at=now())
    return see_other("security.account", mark("No code is asked any more."), name=name)


@bp.post("/accounts/<name>/sessions/<place>/end")
@allow(Permission.MANAGE_ACCOUNTS)
def end_account_session(name: str, place: str) -> ResponseReturnValue:
    """Sign an account out at one browser, such as a tablet that is lost."""
    with transaction() as session:
        found = queries.account(session, name)
        if found is None:
            raise NotFound("account", name)
        keeping.end_session(session, found.id, place, by=actor(), at=now())
    return see_other("security.account", mark("It is signed out there."), name=name)


@bp.post("/accounts/<name>/close")
@allow(Permission.MANAGE_ACCOUNTS)
def close_account(name: str) -> ResponseReturnValue:
    """Let an account sign in no more."""
    with transaction() as session:
        found = queries.account(session, name)
        if found is None:
            raise NotFound("account", name)
        service.close_account(session, found.id, by=actor(), at=now())
    return see_other("security.accounts", mark("The account can sign in no more."))


@bp.route("/terminals", methods=["GET", "POST"])
@allow(Permission.MANAGE_DEVICES)
def terminals() -> ResponseReturnValue:
    """List terminals, and take one in; its token is shown this once."""
    form, token = DeviceForm.sent(), None
    if form.ok():
        with form.catching(), transaction() as session:
            role = DeviceRole(form.role.data)
            token = devices.add(session, form.name.data.strip(), role, by=actor(), at=now())
    with reading() as session:
        found = devices.listed(session)
    return page("security/devices.html", form=form, devices=found, token=token)


@bp.post("/terminals/<name>/void")
@allow(Permission.MANAGE_DEVICES)
def void_terminal(name: str) -> ResponseReturnValue:
    """Let a terminal send no more."""
    with transaction() as session:
        devices.void(session, name, by=actor(), at=now())
    return see_other("security.terminals", mark("This terminal can send no more."))
