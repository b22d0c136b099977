"""What stands beside a basket: others that wait, and the rail in pictures."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.stock import queries as stock
from factory.till import queries, service
from factory.till.domain.held import WaitsNoMore
from factory.till.domain.sale import NothingToSell
from factory.till.forms import TillForm
from factory.web.forms import event_id
from factory.web.guard import actor
from factory.web.responses import see_other

SOLD_MEANWHILE = mark("This was sold already. Nothing was sold or paid twice.")


def asked(form: TillForm) -> ResponseReturnValue | None:
    """Let this basket wait, or put one away that waited, where that was pressed."""
    do, _, which = request.form.get("do", "").partition(":")
    if do == "hold":
        return _hold(form)
    if do == "drop":
        with transaction() as session:
            service.put_away(session, which)
        return see_other("till.basket", mark("It waits no more."))
    return None


def _hold(form: TillForm) -> ResponseReturnValue:
    basket = form.to_basket()
    if not basket.lines:
        raise NothingToSell
    with transaction() as session:
        sale = event_id(form.sale_id.data)
        held = service.hold_basket(session, sale, basket, "", by=actor(), at=now())
    told = mark("The basket waits. Next customer, please.")
    return see_other("till.basket", told if held else SOLD_MEANWHILE)


def fetched(which: str) -> TillForm:
    """The form around a basket that waits; it goes on waiting until it is sold or put away."""
    with reading() as session:
        found = [held for held in queries.held(session) if held.sale_id == which]
    if not found:
        raise WaitsNoMore
    return TillForm.of(found[0])


def beside(form: TillForm, grid: str) -> dict[str, Any]:
    """Baskets that wait, shown where none is begun; the rail, where somebody looks at it."""
    values: dict[str, Any] = {"held": (), "names": {}, "rails": (), "chosen": None}
    with reading() as session:
        if not form.lines and not form.back_code.data:
            values["held"] = held = queries.held(session)
            first = (each.basket.lines[0].code for each in held)
            values["names"] = queries.coat_names(session, first)
        if grid:
            number = grid.partition(":")[2]
            values["rails"] = rails = stock.rails(session)
            values["chosen"] = next((r for r in rails if r.style.number == number), None)
    return values
