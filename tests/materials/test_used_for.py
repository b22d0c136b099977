"""What a roll's cloth was taken for is said in the reader's language."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.materials.domain import used_for
from factory.production import service
from factory.production.domain.cutting import LaidRoll
from factory.production.domain.holds import HoldKind
from factory.production.service import NewHold
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.materials.build import make_roll
from tests.production.build import make_coat_order, make_lay

SAID = {
    "en": ("order {order}, lay 1", "order {order}, a panel cut again"),
    "ko": ("주문 {order}, 연단 1", "주문 {order}, 다시 자른 조각"),
    "ko_easy": ("주문 {order}, 한 번에 펴서 자르는 천 1", "주문 {order}, 다시 자른 조각"),
}


def cut(session: Session) -> tuple[str, int]:
    """A lay and a panel cut again, both from one roll."""
    order, roll = make_coat_order(session), make_roll(session, 40)
    lay = make_lay(session, order)
    rolls = [LaidRoll(1, roll.number, 10, 3_000)]
    (bundle, *_) = service.record_cut(session, lay.id, {1: 10}, 0, rolls, by=SYSTEM, at=now())
    new = NewHold(bundle=bundle.code, kind=HoldKind.RECUT, ply=1, party="sleeve", note="a hole")
    service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())
    what = (bundle.code, (roll.number, 60))
    service.cut_again(session, *what, by=SYSTEM, at=now(), event_id=new_id())
    return order.number, roll.number


@pytest.mark.parametrize("language", list(SAID))
def test_the_rolls_page_says_it_in_every_language(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    with app.app_context(), transaction() as session:
        order, roll = cut(session)
    page = sign_in(Role.ORDER_MANAGER).get(f"/materials/rolls/{roll}?language={language}").text
    for said in SAID[language]:
        assert said.format(order=order) in page
    assert ("lay 1" in page) is (language == "en")
    assert "recut" not in page


def test_what_nobody_gave_a_shape_stays_as_it_is() -> None:
    assert (used_for(""), used_for("a gift")) == ("", "a gift")
