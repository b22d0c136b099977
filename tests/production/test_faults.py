"""Where faults come from: proposed, shown to her alone, contested, decided; what is paid for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from factory.db.session import Base
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import DAY, now, today
from factory.people.domain import Worker
from factory.production import keeping, queries, sealed, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.faults import (
    Cause,
    DecidedAlready,
    Fault,
    FaultNamedAlready,
    Judged,
    NotAboutYou,
    NotFaulty,
    StepComesLater,
    WhichWork,
    WordWanted,
    by_person,
    check_step,
    is_paid,
    likely_steps,
    usual_cause,
)
from factory.production.domain.outcomes import Outcome, WhyNeeded
from factory.production.domain.scans import Defect
from factory.production.queries import causes
from factory.security.domain import SYSTEM, Actor, WorkerId
from tests.people.build import make_worker
from tests.production.build import make_bundle, scan, sew
from tests.production.coats import after, short_routing, way_of

pytestmark = pytest.mark.usefixtures("clock")
PINE, HAZEL = WorkerId(1), WorkerId(2)


def a_fault(**changes: Any) -> Fault:
    given: dict[str, Any] = {
        "id": 1,
        "scan": "s",
        "defect": Defect.OPEN_SEAM,
        "bundle": "20000120",
        "found": "F05",
        "step": "S11",
        "cause": Cause.WORK,
        "worker": PINE,
        "count": 1,
        "at": now(),
        "by": "Maple",
    }
    return Fault(**(given | changes))


def judged(cause: Cause) -> Judged:
    return Judged(cause, "looked at it", "Cedar", now())


# What is decided


@pytest.mark.parametrize("defect", Defect)
def test_every_fault_has_a_usual_cause_and_steps_before_it(defect: Defect) -> None:
    made, graph, _ = after("C06")
    usual, others = likely_steps(made, graph, "F05", defect)
    assert usual_cause(defect) in Cause
    assert "F07" not in {step.code for step in (*usual, *others)}
    assert len(usual) + len(others) == len(graph.earlier("F05")) + 1


def test_the_nearest_sewing_is_offered_first_for_an_open_seam() -> None:
    made = short_routing()
    usual, _ = likely_steps(made, way_of(made), "F05", Defect.OPEN_SEAM)
    assert [step.code for step in usual] == ["S11", "S20", "S02", "S01"]


def test_a_fault_of_the_work_names_a_step_done_before() -> None:
    graph = way_of(short_routing())
    check_step(graph, "F05", "S11", Cause.WORK)
    check_step(graph, "S11", "S11", Cause.WORK)
    check_step(graph, "F05", None, Cause.CLOTH)
    with pytest.raises(WhichWork):
        check_step(graph, "F05", None, Cause.WORK)
    with pytest.raises(StepComesLater):
        check_step(graph, "F05", "F07", Cause.WORK)


@pytest.mark.parametrize(
    ("fault", "repairer", "paid"),
    [
        (None, PINE, True),
        (a_fault(), PINE, False),
        (a_fault(), HAZEL, True),
        (a_fault(cause=Cause.MACHINE), PINE, True),
        (a_fault(step="F05"), PINE, True),
        (a_fault(step=None, cause=Cause.CLOTH, worker=None), PINE, True),
        (a_fault(judged=judged(Cause.CLOTH)), PINE, True),
        (a_fault(cause=Cause.CLOTH, judged=judged(Cause.WORK)), PINE, False),
    ],
    ids=["none", "own", "other's", "machine", "same step", "cloth", "overturned", "confirmed"],
)
def test_only_mending_ones_own_fault_is_not_paid_again(
    fault: Fault | None, repairer: WorkerId, *, paid: bool
) -> None:
    assert is_paid(fault, repairer) is paid


def test_figures_count_what_stands_as_hers() -> None:
    two = a_fault(count=2, defect=Defect.PUCKER)
    others = (a_fault(worker=None), a_fault(judged=judged(Cause.CLOTH)), a_fault(worker=HAZEL))
    found = by_person((a_fault(), two, *others))
    assert found[PINE] == {Defect.OPEN_SEAM: 1, Defect.PUCKER: 2}
    assert found[HAZEL] == {Defect.OPEN_SEAM: 1}


# What is kept


def made(**changes: Any) -> dict[str, Any]:
    return {"by": SYSTEM, "at": now()} | changes


@pytest.fixture
def pine(session: Session) -> Worker:
    return make_worker(session)


@pytest.fixture
def bundle(session: Session, pine: Worker) -> Bundle:
    """Ten coats that Pine sewed, one of them rejected at the final inspection."""
    bundle = make_bundle(session)
    sew(session, bundle, worker=pine.id)
    sew(session, bundle, "F04")
    scan(session, bundle, "F05", 9, bad=1)
    return bundle


def rejected(session: Session, bundle: Bundle) -> str:
    return next(one.id for one in queries.scans_of(session, bundle.code) if one.rejects)


def name(session: Session, bundle: Bundle, cause: Cause = Cause.WORK) -> int:
    what = (rejected(session, bundle), Defect.OPEN_SEAM, cause, "S32")
    return service.name_fault(session, *what, **made())


def repair(session: Session, bundle: Bundle, worker: Worker) -> None:
    event = made(event_id=new_id())
    service.decide(session, bundle.code, "F05", Outcome.REPAIRED, worker=worker.id, **event)


def mended(session: Session, worker: Worker) -> list[tuple[str, int, int]]:
    """Her pieces of the step, with rate and count."""
    found = queries.pieces(session, worker.id, today(), today())
    return [(p.operation, p.rate.won, p.count) for p in found if p.operation in {"S32", "F05"}]


def test_the_inspector_names_the_step_and_it_is_hers_to_see(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    state = queries.bundle(session, bundle.code)
    asked = causes.unnamed(session, state)
    assert asked is not None
    assert [step.code for step in asked.steps][:2] == ["S32", "S28"]
    number = name(session, bundle)
    assert causes.unnamed(session, state) is None
    (line,) = causes.faults_of(session, pine.id, bundle_began(session, bundle))
    assert (line.fault.id, line.fault.worker, line.fault.step) == (number, pine.id, "S32")
    assert causes.open_about(session, pine.id) == 1


def bundle_began(session: Session, bundle: Bundle) -> Any:
    return queries.scans_of(session, bundle.code)[0].at


def test_a_fault_is_named_once_and_of_an_entry_that_counts(
    session: Session, bundle: Bundle
) -> None:
    name(session, bundle)
    with pytest.raises(FaultNamedAlready):
        name(session, bundle)
    scan_id = rejected(session, bundle)
    with pytest.raises(NotFaulty):
        service.name_fault(session, scan_id, Defect.STAIN, Cause.CLOTH, **made())
    with pytest.raises(NotFaulty):
        service.name_fault(session, new_id(), Defect.STAIN, Cause.CLOTH, **made())
    service.undo(session, scan_id, **made())
    with pytest.raises(NotFaulty):
        service.name_fault(session, scan_id, Defect.OPEN_SEAM, Cause.CLOTH, **made())


def test_where_several_did_a_step_nobody_is_named(session: Session, pine: Worker) -> None:
    bundle, hazel = make_bundle(session), make_worker(session, "Hazel")
    scan(session, bundle, "C06", 5, worker=pine.id)
    assert causes.who_did(session, bundle.code, "C06") == pine.id
    scan(session, bundle, "C06", 5, worker=hazel.id)
    assert causes.who_did(session, bundle.code, "C06") is None


def test_mending_her_own_fault_is_paid_once_and_anothers_by_the_step(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    name(session, bundle)
    (_, rate, _), *_ = mended(session, pine)
    repair(session, bundle, pine)
    assert mended(session, pine) == [("S32", 0, 1), ("S32", rate, 10)]
    assert queries.recomputed(session) == ()


def test_somebody_elses_repair_is_paid_at_the_rate_of_the_step(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    hazel = make_worker(session, "Hazel")
    name(session, bundle)
    (_, rate, _), *_ = mended(session, pine)
    repair(session, bundle, hazel)
    assert mended(session, hazel) == [("S32", rate, 1)]


def test_what_was_not_her_fault_after_all_is_paid_after_all(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    number = name(session, bundle)
    (_, rate, _), *_ = mended(session, pine)
    repair(session, bundle, pine)
    service.judge_fault(session, number, Cause.MACHINE, "the looper was bent", **made())
    assert mended(session, pine) == [("S32", rate, 11)]
    service.judge_fault(session, number, Cause.MACHINE, "once more", **made())
    assert mended(session, pine) == [("S32", rate, 11)]
    assert queries.recomputed(session) == ()


def test_she_says_how_it_was_until_it_is_decided(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    number, herself = name(session, bundle), Actor(name="Pine", worker=pine.id)
    with pytest.raises(NotAboutYou):
        service.answer_fault(session, number, "not I", **made())
    with pytest.raises(WordWanted):
        service.answer_fault(session, number, " ", **made(by=herself))
    service.answer_fault(session, number, "the thread was bad", **made(by=herself))
    assert causes.contested(session) == 1
    found = causes.faults(session, at=now())
    assert [line.fault.word for line in found.contested] == ["the thread was bad"]
    assert [(person.name, person.count) for person in found.people] == [("Pine", 1)]
    with pytest.raises(WhyNeeded):
        service.judge_fault(session, number, Cause.CLOTH, "", **made())
    service.judge_fault(session, number, Cause.CLOTH, "it was the thread", **made())
    assert causes.contested(session) == 0
    assert causes.faults(session, at=now()).people == ()
    with pytest.raises(DecidedAlready):
        service.answer_fault(session, number, "again", **made(by=herself))


def test_what_is_decided_leaves_the_supervisors_sight_and_what_is_contested_stays(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    number, herself = name(session, bundle), Actor(name="Pine", worker=pine.id)
    service.answer_fault(session, number, "the thread was bad", **made(by=herself))
    later = now() + causes.LATELY + DAY
    found = causes.faults(session, at=later)
    assert ([line.fault.id for line in found.contested], found.people) == ([number], ())
    assert causes.to_judge(session, number, at=later).fault.id == number
    service.judge_fault(session, number, Cause.WORK, "looked at it", **made())
    assert causes.to_judge(session, number, at=now()).fault.id == number
    with pytest.raises(NotFound):
        causes.to_judge(session, number, at=later)
    hers = causes.faults_of(session, pine.id, bundle_began(session, bundle))
    assert [line.fault.id for line in hers] == [number]


def test_what_is_said_about_a_fault_lies_open_in_no_table(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    number, herself = name(session, bundle), Actor(name="Pine", worker=pine.id)
    service.answer_fault(session, number, "my hand hurt that day", **made(by=herself))
    service.judge_fault(session, number, Cause.MACHINE, "her hand was bandaged", **made())
    lines = [
        str(row) for each in Base.metadata.tables.values() for row in session.execute(each.select())
    ]
    assert not [line for line in lines if "hand" in line]
    (line,) = causes.faults_of(session, pine.id, bundle_began(session, bundle))
    assert line.fault.judged is not None
    assert (line.fault.word, line.fault.judged.reason) == (
        "my hand hurt that day",
        "her hand was bandaged",
    )


def test_what_was_said_goes_when_she_has_left_and_wishes_it_or_settled_everything(
    session: Session, bundle: Bundle, pine: Worker
) -> None:
    number, herself = name(session, bundle), Actor(name="Pine", worker=pine.id)
    service.answer_fault(session, number, "my hand hurt that day", **made(by=herself))
    assert keeping.kept(session, [pine]) == {}
    left = replace(pine, left=today())
    ((words,),) = keeping.kept(session, [left]).values()
    keeping.erase(session, left, words.until, asked=False)
    assert len(tuple(sealed.places(session))) == 1
    keeping.erase(session, left, words.until + DAY, asked=False)
    assert tuple(sealed.places(session)) == ()
    assert causes.contested(session) == 1
    assert keeping.kept(session, [left]) == {}
