"""What scans, she and the supervisor say of her presence, and where clock and scans differ."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from factory.attendance.domain.against import Odd, against_scans
from factory.attendance.domain.day import Event, Known, SheetDay
from factory.attendance.domain.plan import OFF
from factory.attendance.domain.settle import Evidence, EvidenceKind, Said, settled
from factory.timeclock.domain import pair
from tests.attendance.build import MONDAY, day, events, moment, planned, sheet, span, worked

LONG = events("in 02 08:00", "break 02 12:00", "back 02 13:00", "out 02 21:00")
EVENING = span("02 18:00 02 21:00")
CLAIM, DECISION = EvidenceKind.CLAIM, EvidenceKind.APPROVAL


def spoke(kind: EvidenceKind, when: str, *, worked: bool = True) -> Evidence:
    return Evidence(kind, EVENING, moment(when), worked)


def known(*scans: str, said: tuple[Evidence, ...] = (), found: Any = LONG) -> Known:
    plan = planned("02") | {date(2026, 11, 7): OFF}
    return settled(pair(found).shifts, Said(plan, tuple(moment(scan) for scan in scans), said))


@pytest.mark.parametrize(
    ("scans", "approved"),
    [
        ((), ()),
        (("02 10:00",), ()),
        (("02 08:20:30",), (span("02 08:20 02 09:00"),)),
        (("02 08:20", "02 08:40"), (span("02 08:20 02 09:00"),)),
        (("02 19:10:10",), (span("02 18:00 02 19:11"),)),
        (("02 18:10", "02 20:50"), (span("02 18:00 02 20:50"),)),
        (("02 22:00",), ()),
    ],
)
def test_scans_prove_work_next_to_the_plan(scans: tuple[str, ...], approved: Any) -> None:
    assert known(*scans).approved == approved


def test_on_a_free_day_scans_prove_work_from_the_first_to_the_last() -> None:
    saturday = events("in 07 09:00", "out 07 15:00")
    found = known("07 09:30", "07 14:00", found=saturday)
    assert found.approved == (span("07 09:30 07 14:00"),)
    (only,) = sheet(saturday, known=found).days
    assert only.worked == 270


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((spoke(CLAIM, "03 08:00"),), "work"),
        ((spoke(DECISION, "03 08:00"),), "work"),
        ((spoke(DECISION, "03 08:00", worked=False),), "presence"),
        ((spoke(CLAIM, "03 08:00"), spoke(DECISION, "03 09:00", worked=False)), "presence"),
        ((spoke(CLAIM, "03 10:00"), spoke(DECISION, "03 09:00", worked=False)), "open"),
        (
            (
                spoke(DECISION, "03 09:00", worked=False),
                spoke(CLAIM, "03 10:00"),
                spoke(DECISION, "03 11:00"),
            ),
            "work",
        ),
        ((spoke(DECISION, "03 08:00"), spoke(DECISION, "03 09:00", worked=False)), "presence"),
        ((spoke(DECISION, "03 08:00", worked=False), spoke(DECISION, "03 09:00")), "work"),
    ],
)
def test_the_last_word_counts_and_a_later_claim_opens_again(
    said: tuple[Evidence, ...], state: str
) -> None:
    found = known(said=said)
    assert (found.approved == (EVENING,)) is (state == "work")
    assert (found.refused == (EVENING,)) is (state == "presence")


def test_a_decision_stands_over_scans() -> None:
    found = known("02 20:00", said=(spoke(DECISION, "03 08:00", worked=False),))
    assert (found.approved, found.refused) == ((), (EVENING,))


def odd(found: list[Event], *scans: str, expected: bool = False, now: str = "03 00:00") -> Any:
    times: list[datetime] = [moment(scan) for scan in scans]
    only: SheetDay = day(found) if found else SheetDay(MONDAY)
    return [
        (each.kind, each.scans)
        for each in against_scans(only, times, expected=expected, now=moment(now))
    ]


@pytest.mark.parametrize(
    ("scans", "expected", "found"),
    [
        ((), False, []),
        ((), True, [(Odd.NO_SCANS, 0), (Odd.NO_SCANS, 0)]),
        (("02 10:30", "02 14:30", "02 16:20"), True, []),
        (("02 10:30", "02 12:30", "02 14:30", "02 16:20"), True, [(Odd.SCAN_ON_BREAK, 1)]),
        (
            ("02 10:30", "02 14:30", "02 16:20", "02 18:30", "02 19:00"),
            True,
            [(Odd.SCAN_WHILE_OUT, 2)],
        ),
        (("02 10:30", "02 14:30"), False, [(Odd.NO_SCANS, 0)]),
    ],
)
def test_clock_and_scans_are_held_against_each_other(
    scans: tuple[str, ...], *, expected: bool, found: Any
) -> None:
    assert odd(worked("02"), *scans, expected=expected) == found


def test_scans_without_any_shift_are_scans_while_clocked_out() -> None:
    assert odd([], "02 10:00", "02 11:00") == [(Odd.SCAN_WHILE_OUT, 2)]
