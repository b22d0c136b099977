"""The order of 117 coats of `docs/story.md`: after every chapter every coat is somewhere."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.production import queries
from factory.reports.reconcile import reconciliation
from tests.story import CHAPTERS, Story

pytestmark = pytest.mark.endure


def test_every_chapter_holds(session: Session) -> None:
    story = Story()
    for chapter in CHAPTERS:
        chapter(session, story)
        found = reconciliation(session)
        assert found.holds, (chapter.__name__, found.differences)
    states = queries.order_progress(session, story.number).values()
    assert sum(state.cut for state in states) == 117
    assert sum(state.shipped for state in states) == 116
    assert sum(state.second for state in states) == 1
    assert sum(state.lost + state.scrapped + state.in_work for state in states) == 0
