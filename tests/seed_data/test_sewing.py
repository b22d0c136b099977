"""A day at the machines, as the floor's rules allow it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from factory.catalogue.domain import Station
from factory.kernel.time import DAY, Interval, at, in_order
from factory.production.domain.outcomes import Outcome
from factory.timeclock.domain import PunchKind
from seed_data import quality
from seed_data.acts import Act, Found, Missing, Scanned, Settled, Undone
from seed_data.attendance import Attendance
from seed_data.floor import Floor, Sack, Task, sack
from seed_data.sewing import Sewing, worked
from tests.seed_data.build import chance, person, route_of_a_coat

ROUTE = route_of_a_coat()
MONDAY = date(2026, 11, 23)
EVERYWHERE = tuple(station for station in Station if station is not Station.CUT)


def bundles(count: int, *, coats: int = 10) -> list[Sack]:
    item = ("W-2601", "BK", "66")
    return [sack(f"2{number:07d}", number, 0, item, ROUTE, coats) for number in range(count)]


def there(day: date, *, number: int = 1, pace: int = 80, until: str = "18:00") -> Attendance:
    morning = Interval(at(day, "09:00"), at(day, "12:00"))
    afternoon = Interval(at(day, "13:00"), at(day, until))
    punches = ((PunchKind.IN, morning.start), (PunchKind.OUT, afternoon.end))
    who = person(number=number, pace=pace, stations=EVERYWHERE)
    return Attendance(who, punches, (morning, afternoon))


def sewn(
    *, seed: int = 1, days: int = 4, people: int = 3, count: int = 4
) -> tuple[Sewing, list[Act]]:
    one = Sewing(Floor(), chance(seed))
    one.floor.put(bundles(count))
    acts: list[Act] = []
    for turn in range(days):
        day = MONDAY + turn * DAY
        acts += one.day([there(day, number=number) for number in range(1, people + 1)])
    return one, acts


def scans(acts: list[Act]) -> list[Scanned]:
    undone = {act.id for act in acts if isinstance(act, Undone)}
    return [act for act in acts if isinstance(act, Scanned) and act.id not in undone]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000))
def test_everything_is_entered_in_order_at_working_time(seed: int) -> None:
    _, acts = sewn(seed=seed)
    assert in_order(act.at for act in acts)
    for act in scans(acts):
        assert 9 <= (act.at + timedelta(hours=9)).hour <= 18


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000))
def test_no_step_gets_more_pieces_than_the_bundle_has(seed: int) -> None:
    _, acts = sewn(seed=seed)
    done: dict[tuple[str, str], int] = {}
    for act in scans(acts):
        assert act.good >= 0
        key = (act.bundle, act.operation)
        done[key] = done.get(key, 0) + act.good + sum(count for _, count in act.rejects)
    assert max(done.values()) <= 10


def test_bundles_come_out_of_the_end_and_leave_the_floor() -> None:
    one, acts = sewn(days=12)
    packed = sum(act.good for act in scans(acts) if act.operation == "F07")
    settled = [act for act in acts if isinstance(act, Settled)]
    gone = sum(act.outcome is not Outcome.REPAIRED for act in settled)
    lost = sum(isinstance(act, Missing) for act in acts) - sum(isinstance(a, Found) for a in acts)
    assert packed + gone + lost == 40
    assert one.floor.sacks == {}


def test_half_done_work_is_gone_on_with_in_the_morning() -> None:
    one = Sewing(Floor(), chance())
    one.floor.put(bundles(1, coats=40))
    first = one.day([there(MONDAY, until="13:20")])
    assert one.floor.hands
    task = one.floor.hands[1]
    second = one.day([there(MONDAY + DAY)])
    entered = [act for act in second if isinstance(act, Scanned)]
    assert (entered[0].bundle, entered[0].operation) == (task.sack.code, task.step)
    assert len(first) < len(second)


def test_what_somebody_left_is_taken_up_by_others_when_she_is_away() -> None:
    one = Sewing(Floor(), chance())
    one.floor.put(bundles(1, coats=40))
    one.day([there(MONDAY, until="13:20")])
    step = one.floor.hands[1].step
    acts = one.day([there(MONDAY + DAY, number=2)])
    assert 1 not in one.floor.hands
    assert step in {act.operation for act in scans(acts)}


def test_in_the_evening_some_enter_a_part_but_never_on_a_day_that_goes_on() -> None:
    def parts(*, whole: bool) -> int:
        count = 0
        for seed in range(40):
            one = Sewing(Floor(), chance(seed))
            one.floor.put(bundles(1, coats=60))
            acts = one.day([there(MONDAY, until="13:20")], whole=whole)
            end = at(MONDAY, "13:20")
            count += sum(act.at == end for act in acts if isinstance(act, Scanned))
        return count

    assert parts(whole=False) == 0
    assert parts(whole=True) > 0


def test_without_anybody_nothing_is_sewn() -> None:
    one = Sewing(Floor(), chance())
    one.floor.put(bundles(2))
    assert one.day([]) == []
    helper = Attendance(person(pace=0, stations=()), (), there(MONDAY).spans)
    assert one.day([helper]) == []


def test_who_is_quick_makes_more() -> None:
    def pieces(pace: int) -> int:
        one = Sewing(Floor(), chance())
        one.floor.put(bundles(6))
        return sum(act.good for act in scans(one.day([there(MONDAY, pace=pace)])))

    assert pieces(100) > pieces(60) > 0


def test_a_mistake_is_taken_back_by_herself_within_a_minute() -> None:
    found = 0
    for seed in range(12):
        _, acts = sewn(seed=seed, days=6)
        entered = {act.id: act for act in acts if isinstance(act, Scanned)}
        for act in acts:
            if isinstance(act, Undone):
                found += 1
                wrong = entered[act.id]
                assert act.person == wrong.person
                assert timedelta(0) < act.at - wrong.at < timedelta(minutes=1)
    assert found > 0


def test_rejected_pieces_are_decided_later_and_some_are_lost_and_found() -> None:
    kinds: set[Outcome] = set()
    lost = found = 0
    for seed in range(40):
        _, acts = sewn(seed=seed, days=10, people=4, count=10)
        kinds |= {act.outcome for act in acts if isinstance(act, Settled)}
        lost += sum(isinstance(act, Missing) for act in acts)
        found += sum(isinstance(act, Found) for act in acts)
        for act in acts:
            assert not isinstance(act, Settled) or act.reason
    assert kinds == {Outcome.REPAIRED, Outcome.SECOND, Outcome.SCRAPPED}
    assert lost >= found > 0


def test_second_quality_is_decided_in_finishing_only() -> None:
    sewing, finishing = (Task(bundles(1)[0], step, 10, 1) for step in ("S28", "F05"))
    draw = chance()
    moment = at(MONDAY, "10:00")
    early = {one.outcome for one in quality.decisions(sewing, person(), 400, moment, draw)}
    late = {one.outcome for one in quality.decisions(finishing, person(), 400, moment, draw)}
    assert early == {Outcome.REPAIRED, Outcome.SCRAPPED}
    assert late == {Outcome.REPAIRED, Outcome.SCRAPPED, Outcome.SECOND}


def test_the_inspection_finds_more_than_the_machines_and_packing_nothing() -> None:
    def found(step: str) -> int:
        draw = chance()
        task = Task(bundles(1)[0], step, 10, 1)
        return sum(quality.rejected(task, draw) for _ in range(2000))

    assert found("F05") > found("S28") > found("F07") == 0


def test_every_defect_is_counted_once_and_they_add_up() -> None:
    task = Task(bundles(1)[0], "F05", 10, 1)
    found = quality.defects(task, 6, chance())
    assert sum(count for _, count in found) == 6
    assert len({defect for defect, _ in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(seconds=st.integers(1, 60_000), start=st.integers(0, 500))
def test_work_goes_on_only_while_she_is_there(seconds: int, start: int) -> None:
    spans = there(MONDAY).spans
    now: datetime = spans[0].start + timedelta(minutes=start)
    end, left = worked(spans, now, seconds)
    here = sum(
        int((span.end - max(now, span.start)).total_seconds()) for span in spans if span.end > now
    )
    assert (end is None) == (seconds > here)
    assert left == max(0, seconds - here)
    if end is not None:
        assert any(span.start <= end <= span.end for span in spans)
