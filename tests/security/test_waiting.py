"""What a terminal could not bring in waits for a person, once, and is told in her language."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.kernel.errors import Conflict, NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, speaking, tell, tell_in_each
from factory.security import waiting
from factory.security.domain import SYSTEM

TOLD = tell_in_each(Conflict())


def keep(session: Session, event_id: str) -> None:
    entry = waiting.Waited(event_id, "somewhere", None, now(), {"good": 3}, TOLD)
    waiting.keep(session, entry, received=now())


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_reads_it_reads_her_own_language(session: Session, language: str) -> None:
    with speaking("ko"):
        keep(session, new_id())
    (found,) = waiting.refused(session)
    with speaking(language):
        assert found.refusal == tell(Conflict(), language)


def test_sent_twice_beside_itself_it_waits_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = new_id()
    keep(session, event)
    keep(session, event)
    session.expunge_all()
    with monkeypatch.context() as unseen:
        unseen.setattr(session, "get", lambda *_: None)
        keep(session, event)
    assert [each.event_id for each in waiting.refused(session)] == [event]


def test_what_was_looked_at_waits_no_more_and_what_is_unknown_is_not_found(
    session: Session,
) -> None:
    event = new_id()
    keep(session, event)
    for _ in range(2):
        waiting.note_seen(session, event, by=SYSTEM, at=now())
    assert waiting.refused(session) == ()
    with pytest.raises(NotFound):
        waiting.note_seen(session, new_id(), by=SYSTEM, at=now())
