"""A public holiday is worked and another day rested, by written agreement."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound, Refused
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.leave import domain, queries, service
from factory.leave.domain import swaps
from factory.leave.domain.swaps import Swap, is_off
from factory.people.domain import Worker
from factory.security.domain import SYSTEM
from factory.timeclock import service as timeclock
from tests.conftest import Kept
from tests.leave.build import ask, make_house, make_wish

HANGUL_DAY, MONDAY = date(2026, 10, 9), date(2026, 10, 12)
SWAP = Swap(HANGUL_DAY, MONDAY, "Hazel", date(2026, 9, 28))
OTHER = Swap(date(2026, 12, 25), date(2026, 12, 28), "Hazel", date(2026, 11, 20))


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, hired in January, in a house of five."""
    return kept(make_house)


def swap(session: Session, agreed: Swap = SWAP) -> None:
    service.swap_holiday(session, agreed, by=SYSTEM, at=now())


def test_the_holiday_becomes_a_working_day_and_the_other_a_day_off(
    session: Session, pine: Worker
) -> None:
    swap(session)
    terms = queries.agreed(session, pine.id)
    assert (terms.minutes(HANGUL_DAY), terms.minutes(MONDAY)) == (480, 0)
    with pytest.raises(domain.DayOffAnyway):
        ask(session, pine, make_wish(MONDAY))
    assert ask(session, pine, make_wish(HANGUL_DAY)).minutes == 480


def test_a_swap_taken_back_leaves_the_holiday_where_the_law_has_it(
    session: Session, pine: Worker
) -> None:
    swap(session)
    service.end_swap(session, SWAP, by=SYSTEM, at=now())
    assert queries.swaps(session) == ()
    assert queries.agreed(session, pine.id).minutes(HANGUL_DAY) == 0
    with pytest.raises(NotFound):
        service.end_swap(session, SWAP, by=SYSTEM, at=now())
    swap(session)
    assert queries.swaps(session) == (SWAP,)


def test_whether_a_day_was_a_holiday_changes_no_more_once_its_pay_is_done() -> None:
    swaps.refuse_locked(SWAP, None)
    swaps.refuse_locked(SWAP, date(2026, 10, 8))
    for until in (HANGUL_DAY, MONDAY, date(2026, 10, 31)):
        with pytest.raises(swaps.SwapInLockedPeriod):
            swaps.refuse_locked(SWAP, until)


def test_an_agreement_that_is_not_signed_yet_swaps_nothing() -> None:
    swaps.refuse_unsigned(SWAP, SWAP.agreed_on)
    with pytest.raises(swaps.NotYetAgreed):
        swaps.refuse_unsigned(SWAP, date(2026, 9, 27))


def test_a_closed_month_keeps_its_holidays(session: Session, pine: Worker) -> None:
    swap(session)
    timeclock.lock(session, HANGUL_DAY, by=SYSTEM, at=now())
    with pytest.raises(swaps.SwapInLockedPeriod):
        service.end_swap(session, SWAP, by=SYSTEM, at=now())
    assert queries.agreed(session, pine.id).minutes(HANGUL_DAY) == 480
    earlier = Swap(date(2026, 9, 25), date(2026, 9, 29), "Hazel", date(2026, 9, 1))
    with pytest.raises(swaps.SwapInLockedPeriod):
        swap(session, earlier)


@pytest.mark.parametrize(
    ("holiday", "day", "agreed_on", "refusal", "field"),
    [
        ("10-08", "10-12", "09-28", swaps.NoHolidayToSwap, "holiday"),
        ("08-15", "10-12", "08-01", swaps.NoHolidayToSwap, "holiday"),
        ("05-01", "05-04", "04-01", swaps.LabourDayStays, "holiday"),
        ("10-09", "10-11", "09-28", swaps.NoDayToSwap, "day"),
        ("10-09", "10-05", "09-28", swaps.NoDayToSwap, "day"),
        ("10-09", "10-12", "10-09", swaps.AgreedTooLate, "agreed_on"),
        ("10-09", "10-06", "10-06", swaps.AgreedTooLate, "agreed_on"),
        ("10-09", "10-12", "09-28", swaps.SwappedAlready, "holiday"),
        ("12-25", "10-12", "09-28", swaps.SwappedAlready, "holiday"),
    ],
    ids=[
        "no holiday",
        "a holiday on a Saturday",
        "1 May",
        "for a Sunday",
        "for another holiday",
        "agreed on the day",
        "agreed on the day off",
        "twice",
        "the same day off twice",
    ],
)
def test_what_can_not_be_swapped(
    session: Session,
    pine: Worker,
    holiday: str,
    day: str,
    agreed_on: str,
    refusal: type[Refused],
    field: str,
) -> None:
    del pine
    swap(session)
    named, instead, signed = (date.fromisoformat(f"2026-{d}") for d in (holiday, day, agreed_on))
    agreed = Swap(named, instead, "Hazel", signed)
    with pytest.raises(refusal) as refused:
        swap(session, agreed)
    assert refused.value.field == field
    assert tell(refused.value, "ko") != tell(refused.value, "en")
    assert queries.swaps(session) == (SWAP,)


def test_two_agreements_stand_beside_each_other(session: Session, pine: Worker) -> None:
    del pine
    swap(session, OTHER)
    swap(session)
    assert queries.swaps(session) == (SWAP, OTHER)
    month = queries.team_month(session, date(2026, 10, 1))
    assert MONDAY in month.off
    assert HANGUL_DAY not in month.off


def test_a_small_house_has_no_public_holidays_but_1_may() -> None:
    assert not is_off(HANGUL_DAY, (), small=True)
    assert is_off(date(2026, 5, 1), (), small=True)
    assert not is_off(MONDAY, (SWAP,), small=True)
