"""The doctor says of each thing one sentence, and what to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factory.kernel.time import at
from factory.kernel.words import LANGUAGES, speaking
from factory.upkeep import findings
from factory.upkeep.findings import Finding, State

NOW = at(date(2026, 11, 25), "12:00")
OLD = NOW - timedelta(days=3)
EXAMINED = {
    "damage": (findings.database(["page 7"]), State.WRONG, "restore the newest backup"),
    "no guard": (findings.guards(["punches_no_update"]), State.WRONG, "punches_no_update"),
    "old schema": (findings.steps(current=False), State.WRONG, "didim db upgrade"),
    "new schema": (findings.steps(current=False, newer=True), State.WRONG, "Start that one"),
    "read-only": (findings.disk(10**12, writable=False), State.WRONG, "Nothing can be written"),
    "full": (findings.disk(10**8, writable=True), State.WRONG, "0.1 GB"),
    "nearly full": (findings.disk(10**9, writable=True), State.MIND, "1.0 GB"),
    "room": (findings.disk(10**10, writable=True), State.GOOD, "10.0 GB are free"),
    "clock back": (findings.clock(NOW + timedelta(hours=1), NOW), State.WRONG, "set back"),
    "dead clock": (findings.clock(None, at(date(2019, 1, 1), "09:00")), State.WRONG, "set back"),
    "clock": (findings.clock(NOW, NOW), State.GOOD, "in order"),
    "wrong key": (
        findings.key(there=True, beside=False, opens=False),
        State.WRONG,
        "key file of then",
    ),
    "key beside": (findings.key(there=True, beside=True, opens=True), State.MIND, "DIDIM_KEY_FILE"),
    "printer": (findings.printers(["Till"], 3), State.MIND, "Till needs somebody, 3 papers wait"),
    "no backup": (findings.backups(None, NOW), State.WRONG, "didim backup create"),
    "old backup": (findings.backups(OLD, NOW), State.WRONG, "3 days old"),
    "one place": (findings.second_place(None, NOW, named=False), State.MIND, "BACKUP_FOLDER"),
    "stick out": (findings.second_place(OLD, NOW, named=True), State.MIND, "Is the stick in"),
    "changed": (findings.audit(["Entry 7 is gone."]), State.WRONG, "Entry 7 is gone. Run"),
    "unread": (findings.audit_unread(), State.MIND, "without the key"),
    "balance": (findings.balances(1, "coat 4"), State.WRONG, "1 differs from its facts (coat 4)"),
    "refused": (findings.open_problems(2), State.MIND, "2 entries of terminals"),
    "http": (findings.certificate(there=False, ending=False), State.MIND, "didim cert"),
    "ending": (findings.certificate(there=True, ending=True), State.MIND, "ends soon"),
}


@pytest.mark.parametrize("case", EXAMINED)
def test_what_is_found_is_told_with_what_to_do(case: str) -> None:
    found, state, words = EXAMINED[case]
    with speaking("en"):
        assert found.state is state
        assert words in found.told
    assert len({_in(language, found) for language in LANGUAGES}) > 1


def _in(language: str, found: Finding) -> str:
    with speaking(language):
        return found.told
