"""What may be entered at a step, what is refused and with which words, and how it is undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from factory.kernel.time import at as wall
from factory.kernel.words import speaking, tell
from factory.production.domain.progress import Progress, Stage, begun, ready, whereabouts
from factory.production.domain.scans import (
    AlreadyDone,
    AlreadyFurther,
    AlreadyUndone,
    Defect,
    Done,
    NothingCounted,
    NothingInWork,
    NotReady,
    NotYourEntry,
    TooMany,
    UndoTooLate,
    counts_on,
    decide_scan,
    decide_undo,
    refuse_idle,
    refuse_undo,
)
from factory.production.domain.way import way
from factory.security.domain import Actor, Role, WorkerId
from tests.production.ways import CUT, DAY, NOW, PINE, Entries, after, coat, line, make_scan


@pytest.mark.parametrize(
    ("entries", "open_"),
    [
        ((), {"cut": 10}),
        ((("cut", 10, 0),), {"front": 10, "sleeve": 10, "lining": 10}),
        ((("cut", 8, 0),), {"cut": 2, "front": 8, "sleeve": 8, "lining": 8}),
        ((("cut", 10, 0), ("front", 4, 0)), {"front": 6, "pocket": 4, "sleeve": 10, "lining": 10}),
        (
            (("cut", 10, 0), ("front", 10, 0), ("pocket", 8, 2), ("sleeve", 10, 0)),
            {"lining": 10, "join": 8},
        ),
        (
            (("cut", 10, 0), ("front", 9, 1), ("pocket", 9, 0), ("sleeve", 7, 3)),
            {"lining": 10, "join": 7},  # as many as the scarcest part
        ),
    ],
    ids=["new", "cut", "partly cut", "partly sewn", "two rejected", "scarcest part"],
)
def test_a_step_is_ready_for_as_many_as_all_before_it_are_done(
    entries: Entries, open_: dict[str, int]
) -> None:
    assert dict(ready(coat(), after(coat(), entries))) == open_


@pytest.mark.parametrize(
    ("entries", "operation", "good", "rejected", "refusal"),
    [
        ((CUT,), "front", 0, 0, NothingCounted),
        ((CUT,), "front", -1, 2, NothingCounted),
        ((CUT,), "front", 3, -1, NothingCounted),
        ((CUT,), "front", 11, 0, TooMany),
        ((CUT,), "front", 8, 3, TooMany),
        ((CUT, ("front", 8, 0)), "front", 3, 0, TooMany),  # 8 of 10 done: at most the other 2
        ((CUT, ("front", 8, 2)), "front", 1, 0, TooMany),  # what waits for repair is no new piece
        ((CUT, ("front", 8, 0)), "pocket", 9, 0, TooMany),
        ((CUT,), "pocket", 1, 0, TooMany),
        ((CUT, ("front", 10, 0), ("pocket", 10, 0)), "join", 1, 0, TooMany),  # sleeves are missing
    ],
)
def test_nothing_runs_ahead_and_nothing_is_done_twice(
    entries: Entries, operation: str, good: int, rejected: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide_scan(coat(), after(coat(), entries), operation, good=good, rejected=rejected)


def test_too_many_says_how_many_are_left() -> None:
    with pytest.raises(TooMany) as refusal:
        decide_scan(line(), after(line(), (CUT, ("sew", 8, 0))), "sew", good=10)
    with speaking("en"):
        assert tell(refusal.value) == "Only 2 can be entered here now. Please count again."


def test_whoever_scans_a_finished_bundle_hears_who_finished_it_and_when() -> None:
    done = after(line(), (CUT, ("sew", 10, 0)))
    with pytest.raises(AlreadyDone) as refusal:
        refuse_idle(line(), done, "sew", Done("초롱", wall(DAY, "10:32")), now=NOW)
    with speaking("ko"):
        assert tell(refusal.value) == (
            "이 묶음은 초롱 님이 10:32에 끝냈어요. 다른 묶음을 찍어 주세요."
        )
    with pytest.raises(AlreadyDone) as earlier:
        refuse_idle(line(), done, "sew", Done("Pine", NOW - timedelta(days=1)), now=NOW)
    with speaking("en"):
        assert "23 Nov 2026 (Mon) 10:40" in tell(earlier.value)


@pytest.mark.parametrize(
    ("entries", "operation", "missing"),
    [
        ((), "front", ("cut",)),
        ((CUT,), "pocket", ("front",)),
        ((CUT, ("front", 8, 2)), "join", ("front", "pocket", "sleeve")),
        ((CUT, ("front", 10, 0), ("pocket", 10, 0)), "join", ("sleeve",)),
        (
            (CUT, ("front", 10, 0), ("pocket", 10, 0), ("sleeve", 9, 1)),
            "close",
            ("sleeve", "lining", "join"),
        ),
        ((CUT, ("front", 10, 0), ("pocket", 5, 0)), "pack", ("pocket", "sleeve", "lining")),
        ((CUT, ("front", 4, 0), ("pocket", 4, 0)), "pocket", ("front",)),
    ],
)
def test_a_bundle_that_is_not_that_far_says_what_comes_first(
    entries: Entries, operation: str, missing: tuple[str, ...]
) -> None:
    with pytest.raises(NotReady) as refusal:
        refuse_idle(coat(), after(coat(), entries), operation, None, now=NOW)
    assert refusal.value.values["missing"] == missing


def test_a_step_with_work_left_is_not_idle() -> None:
    refuse_idle(line(), after(line(), (CUT, ("sew", 9, 0))), "sew", Done("Pine", NOW), now=NOW)


def test_a_bundle_without_a_piece_in_work_says_so() -> None:
    empty = Progress(10, begun(line(), 0).steps, scrapped=10)
    with pytest.raises(NothingInWork):
        refuse_idle(line(), empty, "sew", None, now=NOW)


def test_a_part_looked_up_gives_the_same_as_the_whole() -> None:
    steps = coat()
    for entries in ((CUT,), (CUT, ("front", 6, 1)), (CUT, ("front", 9, 1), ("pocket", 9, 0))):
        whole = after(steps, entries)
        for code, left in ready(steps, whole):
            near = {name: whole.steps[name] for name in steps.around(code)}
            part = Progress(10, near, sewn=whole.sewn, packed=whole.packed, started=True)
            full = decide_scan(steps, whole, code, good=left - 1, rejected=1)
            some = decide_scan(steps, part, code, good=left - 1, rejected=1)
            changed = {name: step for name, step in full.steps.items() if step != whole.steps[name]}
            assert {n: s for n, s in some.steps.items() if s != whole.steps[n]} == changed
            assert (some.sewn, some.packed) == (full.sewn, full.packed)


def test_a_scan_looks_at_few_steps_however_long_the_way() -> None:
    needs = {f"S{n}": (f"S{n - 1}",) if n else () for n in range(45)}
    steps = way(needs, finishing={"S44"})
    assert steps.around("S10") == {"S10", "S11"}
    assert steps.last == "S44"
    assert steps.sewn_by == ("S43",)


def test_the_stage_of_a_bundle_follows_its_pieces() -> None:
    steps = line()
    assert after(steps, (CUT,)).stage is Stage.RELEASED
    assert after(steps, (CUT, ("sew", 4, 0))).stage is Stage.IN_WORK
    partly = after(steps, (CUT, ("sew", 4, 0), ("press", 4, 0), ("pack", 4, 0)))
    assert partly.stage is Stage.IN_WORK
    assert (partly.wip_sewing, partly.wip_finishing, partly.packed) == (6, 0, 4)
    sewn = after(steps, (CUT, ("sew", 10, 0), ("press", 8, 2)))
    assert sewn.stage is Stage.IN_FINISHING
    assert (sewn.wip_sewing, sewn.wip_finishing) == (0, 10)
    assert whereabouts(steps, sewn) == ("press", "pack")
    out = after(steps, (CUT, ("sew", 10, 0), ("press", 10, 0), ("pack", 10, 0)))
    assert out.stage is Stage.CLOSED


@pytest.mark.parametrize("word", list(Defect), ids=str)
def test_every_defect_has_its_words(word: Defect) -> None:
    assert word.label != word.value or word is Defect.STAIN


# Undo


def test_an_undone_entry_leaves_the_bundle_as_it_was() -> None:
    before = after(line(), (CUT,))
    done = decide_scan(line(), before, "sew", good=8, rejected=2)
    scan = make_scan(good=8, rejects=((Defect.OPEN_SEAM, 2),))
    assert decide_undo(line(), done, scan).steps == before.steps


def test_what_a_later_step_has_used_is_not_undone() -> None:
    done = after(line(), (CUT, ("sew", 8, 0), ("press", 3, 1)))
    assert decide_undo(line(), done, make_scan(good=4)).steps["sew"].passed == 4
    with pytest.raises(AlreadyFurther):
        decide_undo(line(), done, make_scan(good=5))


def test_a_reject_that_was_decided_is_not_undone() -> None:
    done = after(line(), (CUT, ("sew", 8, 1)))
    with pytest.raises(AlreadyFurther):
        decide_undo(line(), done, make_scan(good=8, rejects=((Defect.STAIN, 2),)))


def actor(*roles: Role, worker: WorkerId | None = None) -> Actor:
    return Actor(name="Pine", roles=frozenset(roles), worker=worker)


LATE = NOW + timedelta(minutes=5, seconds=1)


@pytest.mark.parametrize(
    ("by", "at", "before", "reverses", "refusal"),
    [
        (actor(worker=PINE), NOW, 0, None, None),
        (actor(worker=PINE), NOW + timedelta(minutes=5), 0, None, None),
        (actor(worker=PINE), LATE, 0, None, UndoTooLate),
        (actor(worker=WorkerId(8)), NOW, 0, None, NotYourEntry),
        (actor(Role.FLOOR_TERMINAL), NOW, 0, None, NotYourEntry),
        (actor(Role.SUPERVISOR), LATE + timedelta(days=9), 0, None, None),
        (actor(Role.SUPERVISOR), NOW, 1, None, AlreadyUndone),
        (actor(Role.SUPERVISOR), NOW, 0, "another", AlreadyUndone),
    ],
)
def test_who_may_undo_and_until_when(
    by: Actor, at: datetime, before: int, reverses: str | None, refusal: type[Exception] | None
) -> None:
    scan = make_scan(reverses=reverses)
    if refusal is None:
        refuse_undo(scan, by, undone=bool(before), at=at)
        return
    with pytest.raises(refusal):
        refuse_undo(scan, by, undone=bool(before), at=at)


def test_an_entry_without_a_person_is_undone_by_the_supervisor_only() -> None:
    with pytest.raises(NotYourEntry):
        refuse_undo(make_scan(worker=None), actor(), undone=False, at=NOW)
    refuse_undo(make_scan(worker=None), actor(Role.SUPERVISOR), undone=False, at=NOW)


def test_an_undo_counts_on_the_day_of_its_entry_unless_that_month_is_over() -> None:
    assert counts_on(DAY, NOW + timedelta(days=3)) == DAY
    assert counts_on(DAY, wall(date(2026, 12, 1), "08:00")) == date(2026, 12, 1)
    assert counts_on(DAY, wall(date(2027, 11, 24), "08:00")) == date(2027, 11, 24)
