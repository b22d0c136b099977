"""What the office enters by hand."""

from __future__ import annotations

from datetime import date

import pytest

from factory.leave.domain.entering import (
    EnteredAlready,
    NothingEntered,
    TooMuchEntered,
    WhyEntered,
    refuse_entry,
)

ENTERED = [(date(2026, 11, 26), 480, "ten years")]


@pytest.mark.parametrize(
    ("minutes", "reason", "refusal"),
    [
        (0, "ten years", NothingEntered),
        (400 * 60 + 1, "ten years", TooMuchEntered),
        (-400 * 60 - 1, "ten years", TooMuchEntered),
        (480, "", WhyEntered),
        (480, "ten years", EnteredAlready),
    ],
)
def test_what_the_office_can_not_enter(minutes: int, reason: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        refuse_entry(date(2026, 11, 26), minutes, reason, ENTERED)


@pytest.mark.parametrize(
    ("day", "minutes", "reason"),
    [(26, 480, "a wedding"), (26, -480, "ten years"), (27, 480, "ten years")],
)
def test_another_entry_is_no_second_one(day: int, minutes: int, reason: str) -> None:
    refuse_entry(date(2026, 11, day), minutes, reason, ENTERED)
