"""The simulated floor: what can be begun, by whom, and when a coat is finished."""

from __future__ import annotations

from factory.catalogue.domain import Station
from factory.production.domain.outcomes import Outcome
from seed_data.floor import Floor, Sack, sack
from seed_data.people import Person
from tests.seed_data.build import person, route_of_a_coat

ROUTE = route_of_a_coat()
EVERYWHERE = tuple(station for station in Station if station is not Station.CUT)


def bundle(*, rank: int = 0, coats: int = 10, order: int = 0) -> Sack:
    return sack(f"2000{rank:03d}", rank, order, ("W-2601", "BK", "66"), ROUTE, coats)


def floor(*bundles: Sack) -> Floor:
    found = Floor()
    found.put(bundles or (bundle(),))
    return found


def finish(one: Floor, who: Person) -> list[str]:
    """Let one person do everything; the steps in her order."""
    done = []
    while (task := one.take(who)) is not None:
        del one.hands[who.number]
        task.sack.claimed.discard(task.step)
        one.scan(task, task.count, 0)
        done.append(task.step)
    return done


def test_after_the_cutting_table_comes_the_fusing_press_or_the_lining() -> None:
    one = floor()
    can = {step for waiting in one.open.values() for _, step in waiting}
    assert can == {"C06", "S20", "S22"}


def test_one_person_can_make_a_whole_coat() -> None:
    one = floor()
    done = finish(one, person(stations=EVERYWHERE))
    assert len(done) == len(set(done)) == 40
    assert done[-1] == "F07"
    assert one.sacks == {}


def test_nobody_begins_what_somebody_else_has_in_her_hands() -> None:
    one = floor()
    first = one.take(person(number=1, stations=(Station.FUSE,)))
    assert first is not None
    assert one.take(person(number=2, stations=(Station.FUSE,))) is None
    one.lay_down(1)
    assert one.take(person(number=2, stations=(Station.FUSE,))) is not None
    one.lay_down(3)  # has nothing in her hands


def test_the_oldest_bundle_comes_first_at_her_own_station() -> None:
    one = floor(bundle(rank=5), bundle(rank=2), bundle(rank=9))
    task = one.take(person(stations=(Station.LINING,)))
    assert task is not None
    assert task.sack.rank == 2


def test_she_leaves_her_station_only_for_much_older_work() -> None:
    near = floor(bundle(rank=2))
    who = person(stations=(Station.PREP, Station.LINING))
    away = near.take(who)
    assert away is not None
    assert away.step == "S20"  # nothing to do at her own station
    near.lay_down(1)
    fused = person(number=2, stations=(Station.FUSE,))
    task = near.take(fused)
    assert task is not None
    del near.hands[2]
    task.sack.claimed.clear()
    near.scan(task, 10, 0)
    own = near.take(who)
    assert own is not None
    assert own.sack.route.station[own.step] is Station.PREP


def test_work_takes_its_standard_time_at_her_pace() -> None:
    quick = floor().take(person(pace=100, stations=(Station.FUSE,)))
    slow = floor().take(person(pace=50, stations=(Station.FUSE,)))
    elsewhere = floor().take(person(pace=100, stations=(Station.PACK, Station.FUSE)))
    assert quick is not None
    assert slow is not None
    assert elsewhere is not None
    assert quick.seconds == 10 * 240 * 60 // 100  # 2.40 minutes a piece
    assert slow.seconds == 2 * quick.seconds
    assert elsewhere.seconds > quick.seconds


def test_a_bundle_waits_until_it_is_decided_about_a_rejected_piece() -> None:
    one = floor()
    who = person(stations=(Station.LINING,))
    task = one.take(who)
    assert task is not None
    del one.hands[1]
    task.sack.claimed.clear()
    one.scan(task, 9, 1)
    assert [step for _, step in one.open[Station.LINING]] == ["S22"]
    assert one.settle(task.sack, task.step, Outcome.REPAIRED) is not None
    assert one.settle(task.sack, task.step, Outcome.REPAIRED) is None  # nothing waits any more
    one.look(task.sack)
    assert task.sack.progress.steps["S20"].passed == 10


def test_a_scrapped_piece_leaves_and_the_others_go_on() -> None:
    one = floor(bundle(coats=2))
    who = person(stations=(Station.FUSE,))
    task = one.take(who)
    assert task is not None
    del one.hands[1]
    task.sack.claimed.clear()
    one.scan(task, 1, 1)
    one.settle(task.sack, "C06", Outcome.SCRAPPED)
    assert task.sack.progress.alive == 1
    finish(one, person(stations=EVERYWHERE))
    assert task.sack.progress.packed == 1


def test_a_lost_piece_is_missing_everywhere_until_it_is_found() -> None:
    one = floor()
    sewn = next(iter(one.sacks.values()))
    piece = one.settle(sewn, None, Outcome.LOST)
    assert piece is not None
    assert sewn.progress.alive == 9
    finish(one, person(stations=EVERYWHERE))
    assert one.sacks == {}
    assert one.settle(sewn, None, Outcome.LOST) is None  # nothing is in work any more
    one.find(sewn, piece)
    assert one.sacks == {sewn.code: sewn}
    assert finish(one, person(stations=EVERYWHERE))[-1] == "F07"
    assert sewn.progress.packed == 10


def test_the_work_left_falls_to_nothing() -> None:
    one = floor()
    assert one.minutes == 723  # ten coats of 72.3 minutes after the cutting table
    finish(one, person(stations=EVERYWHERE))
    assert one.minutes == 0
