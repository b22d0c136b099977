"""Plans of days: hours, breaks, and what is refused."""

from __future__ import annotations

import pytest

from factory.attendance.domain.plan import (
    OFF,
    BreakOutside,
    BreaksOverlap,
    NoHours,
    PlanKind,
    Planned,
    checked,
    reaching,
    read_breaks,
    write_breaks,
)
from tests.attendance.build import MONDAY, span


def test_a_plan_has_its_hours_and_breaks_on_a_day() -> None:
    planned = Planned("09:00", "18:00", (("12:00", "13:00"),))
    assert planned.hours(MONDAY) == (span("02 09:00 02 18:00"),)
    assert planned.pauses(MONDAY) == (span("02 12:00 02 13:00"),)


def test_an_end_not_after_the_start_is_on_the_next_day() -> None:
    planned = Planned("20:00", "04:00", (("23:30", "00:30"), ("02:00", "02:10")))
    assert planned.hours(MONDAY) == (span("02 20:00 03 04:00"),)
    assert planned.pauses(MONDAY) == (span("02 23:30 03 00:30"), span("03 02:00 03 02:10"))


@pytest.mark.parametrize(
    ("more", "reached"),
    [
        ("02 18:00 02 20:00", Planned("09:00", "20:00", (("12:00", "13:00"),))),
        ("02 19:00 02 20:00", Planned("09:00", "20:00", (("12:00", "13:00"), ("18:00", "19:00")))),
        ("02 12:30 02 13:00", Planned("09:00", "18:00", (("12:00", "12:30"),))),
        ("02 10:00 02 11:00", Planned("09:00", "18:00", (("12:00", "13:00"),))),
        ("02 22:00 03 01:00", Planned("09:00", "01:00", (("12:00", "13:00"), ("18:00", "22:00")))),
    ],
    ids=["after it", "with a gap", "in its break", "inside it", "over midnight"],
)
def test_more_work_than_planned_stretches_the_plan(more: str, reached: Planned) -> None:
    planned = Planned("09:00", "18:00", (("12:00", "13:00"),))
    assert reaching(planned, MONDAY, span(more)) == reached


def test_work_on_a_free_day_is_all_there_is_of_its_plan() -> None:
    assert reaching(OFF, MONDAY, span("02 09:00 02 11:00")) == Planned("09:00", "11:00")


@pytest.mark.parametrize("kind", [PlanKind.OFF, PlanKind.SHUTDOWN, PlanKind.ASKED_OFF])
def test_nobody_is_to_work_on_a_day_off(kind: PlanKind) -> None:
    planned = checked(Planned("09:00", "18:00", kind=kind))
    assert planned == Planned(kind=kind)
    assert (planned.hours(MONDAY), planned.pauses(MONDAY)) == ((), ())
    assert kind.label


@pytest.mark.parametrize(
    ("planned", "refusal"),
    [
        (Planned("09:00", "18:00", (("08:00", "09:30"),)), BreakOutside),
        (Planned("09:00", "18:00", (("17:30", "18:30"),)), BreakOutside),
        (Planned("09:00", "18:00", (("12:00", "13:00"), ("12:30", "13:30"))), BreaksOverlap),
        (Planned("09:00", "09:00"), NoHours),
        (Planned(), NoHours),
        (Planned("09:00"), NoHours),
        (Planned("", "18:00"), NoHours),
    ],
)
def test_a_plan_that_cannot_hold_is_refused(planned: Planned, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        checked(planned)
    assert refusal is not NoHours or planned.hours(MONDAY) == ()


def test_breaks_are_kept_as_text_and_read_again() -> None:
    breaks = (("12:00", "13:00"), ("15:00", "15:10"))
    assert write_breaks(breaks) == "12:00-13:00 15:00-15:10"
    assert read_breaks(write_breaks(breaks)) == breaks
    assert read_breaks("") == ()
    assert OFF.hours(MONDAY) == ()
