"""Leave of part-timers, counted in hours: her page says how, and by which annex."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.people.domain import Worker
from tests.cast import PIN
from tests.conftest import Kept
from tests.leave.build import HIRED, make_house
from tests.people.build import make_terms, make_worker


def _oak(session: Session) -> Worker:
    make_house(session)
    half = make_terms(since=HIRED, weekly_hours=20, shift_end="13:00")
    return make_worker(session, "Oak", hired=HIRED, terms=half)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ko", "1일 × 1/2 × 8시간"),
        ("ko_easy", "근로기준법 시행령 별표 2 제4호"),
        ("en", "1 day × 1/2 × 8 hours, up to the whole hour: 4 hours"),
    ],
)
def test_leave_by_the_hour_says_how_and_by_which_annex(
    client: FlaskClient, kept: Kept, language: str, told: str
) -> None:
    oak = kept(_oak)
    client.post("/sign-in", data={"name": str(oak.number), "password": PIN})
    assert told in client.get(f"/leave/?language={language}").text
