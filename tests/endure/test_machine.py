"""The floor in any order, for long: hypothesis looks for the shortest way to break R1 to R10."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.production.machine import Step, make_machine

pytestmark = pytest.mark.endure
RUNS = int(os.environ.get("DIDIM_MACHINE_RUNS", "150"))
NUMBER = st.integers(0, 60)
STEPS = st.lists(st.tuples(NUMBER, NUMBER, NUMBER, NUMBER), min_size=10, max_size=60)


@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(steps=STEPS)
def test_nothing_that_can_be_done_breaks_a_rule(session: Session, steps: list[Step]) -> None:
    with session.begin_nested() as attempt:
        house = make_machine(session)
        for turn, step in enumerate(steps):
            house.step(step)
            if turn % 5 == 4:
                house.check()
        house.check()
        attempt.rollback()
