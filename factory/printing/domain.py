"""What papers are for, how far they are, and what may still be done with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.security.domain import Permission

VIRTUAL = "virtual"
"""The target of a printer whose paper is shown on the screen."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=2)
PRIVATE_PAPER_LASTS = timedelta(days=1)
"""So long a private paper that could not be made is kept for whoever looks why."""
PRIVATE_ON_SCREEN_LASTS = timedelta(minutes=15)
ON_SCREEN_LASTS = timedelta(days=1)
"""So long the paper of a printer on the screen lies there to be looked at."""
PAPER_LASTS = timedelta(days=90)
LEASE = timedelta(minutes=1)
"""After so long without a word from its worker, a paper that is being sent is nobody's any more."""
CLOCK_JUMPED = 10 * LEASE
"""What is to wait or to be left alone for longer than this was noted by a clock that was wrong."""
DRAWER_WAITS = timedelta(minutes=2)
"""A drawer springs open for who stands before it; for a paper that comes later it stays shut."""


class Purpose(StrEnum):
    """What a paper is for; each printer takes some."""

    RECEIPT = "receipt"
    DAY_END = "day_end"
    ALTERATION_TICKET = "alteration_ticket"
    BUNDLE_TICKET = "bundle_ticket"
    CUT_TICKET = "cut_ticket"
    HANG_TAG = "hang_tag"
    CARE_LABEL = "care_label"
    BADGE = "badge"
    PAYSLIP = "payslip"
    TEST = "test"

    @property
    def label(self) -> str:
        """The paper's name."""
        return _LABELS[self]

    @property
    def keeps_bytes(self) -> bool:
        """Whether what was printed stays readable; of private papers it is erased afterwards."""
        return self not in {Purpose.BADGE, Purpose.PAYSLIP}

    @property
    def lasts(self) -> timedelta | None:
        """How long it may wait for its printer; what the work needs waits for ever."""
        return _LASTS.get(self)

    @property
    def seen_by(self) -> Permission:
        """Who may look at the paper and print it again."""
        return _SEEN_BY.get(self, Permission.SEE_PRINTING)


_LABELS = {
    Purpose.RECEIPT: mark("receipt"),
    Purpose.DAY_END: mark("day end of the till"),
    Purpose.ALTERATION_TICKET: mark("alteration ticket"),
    Purpose.BUNDLE_TICKET: mark("bundle ticket"),
    Purpose.CUT_TICKET: mark("cut ticket"),
    Purpose.HANG_TAG: mark("hang tag"),
    Purpose.CARE_LABEL: mark("care label"),
    Purpose.BADGE: mark("badge"),
    Purpose.PAYSLIP: mark("payslip"),
    Purpose.TEST: mark("test page"),
}
_LASTS = {
    Purpose.RECEIPT: timedelta(hours=12),
    Purpose.PAYSLIP: timedelta(days=7),
    Purpose.BADGE: timedelta(days=7),
    Purpose.TEST: timedelta(hours=1),
}
"""A receipt that comes out the next morning is nobody's; private papers don't lie about."""
_SEEN_BY = {Purpose.BADGE: Permission.MANAGE_PEOPLE, Purpose.PAYSLIP: Permission.RUN_PAYROLL}


class State(StrEnum):
    """How far a paper is."""

    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """The state as people say it."""
        return _STATES[self]


_STATES = {
    State.QUEUED: mark("waiting"),
    State.SENDING: mark("being printed"),
    State.SENT: mark("printed"),
    State.UNSURE: mark("unsure: please look at the printer"),
    State.FAILED: mark("not printable"),
    State.CANCELLED: mark("given up"),
    State.HELD: mark("held back"),
    State.UNKNOWN: mark("nobody knows whether it came out"),
    State.EXPIRED: mark("waited too long"),
}
TROUBLED = (State.UNSURE, State.FAILED)
WAITING = (State.QUEUED, State.HELD, State.SENDING)
DONE = (State.SENT, State.CANCELLED, State.UNKNOWN, State.EXPIRED)


class Problem(StrEnum):
    """Why a paper waits or did not come out."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    BROKEN_OFF = "broken_off"
    UNWRITABLE = "unwritable"
    TARGET_WRONG = "target_wrong"
    DOES_NOT_FIT = "does_not_fit"
    STOPPED = "stopped"
    NOT_INSTALLED = "not_installed"

    @property
    def label(self) -> str:
        """What to do about it."""
        return _PROBLEMS[self]


_PROBLEMS = {
    Problem.PAPER_OUT: mark("The paper has run out. Please put in a new roll."),
    Problem.COVER_OPEN: mark("The cover is open. Please close it."),
    Problem.UNREACHABLE: mark("The printer does not answer. Is it on, and is its cable in?"),
    Problem.TOO_SLOW: mark("The printer stopped taking the paper's text half-way."),
    Problem.BROKEN_OFF: mark("The connection to the printer broke off half-way."),
    Problem.UNWRITABLE: mark("The printer's file can't be written."),
    Problem.TARGET_WRONG: mark("The printer's address is wrong. Please correct it."),
    Problem.DOES_NOT_FIT: mark("This paper does not fit the printer."),
    Problem.STOPPED: mark("The program was stopped while it was printing this."),
    Problem.NOT_INSTALLED: mark(
        "This computer lacks the program for such a cable. Please tell whoever looks after it."
    ),
}


class NoLongerWaiting(Refused):
    """This paper is no longer waiting, so it can't be given up."""


class NothingToDecide(Refused):
    """Nobody is asking any more whether this paper came out."""


class PaperErased(Refused):
    """What stood on this paper was erased after printing. Please print it where it is made."""


class StillOnItsWay(Refused):
    """This paper is still on its way. Please wait until it is printed or given up."""


class NotThatMany(Refused):
    """This job has {units} papers, so that number of them can't have come out."""

    field = "done"


class PicturesTooSlow(Refused):
    """This model prints pictures only, and on so slow a line one takes minutes: set 115200 baud."""

    field = "target"


class PrinterNameTaken(Refused):
    """There is already a printer of this name."""

    field = "name"


class AddressUnusable(Refused):
    """No printer can have this address. Use virtual, tcp://192.168.0.50 or serial:/dev/ttyUSB0."""

    field = "target"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a paper after an attempt."""

    state: State
    not_before: datetime
    problem: Problem | None = None


def after(problem: Problem | None, sent: int, attempts: int, at: datetime) -> Outcome:
    """Printed; or again later while not a byte has left; or a person must look."""
    if problem is None:
        return Outcome(State.SENT, at)
    if sent > 0 or problem is Problem.STOPPED:
        return Outcome(State.UNSURE, at, problem)
    if problem is Problem.DOES_NOT_FIT:
        return Outcome(State.FAILED, at, problem)
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 8), LONGEST_WAIT)
    return Outcome(State.QUEUED, at + wait, problem)


def rests(until: datetime | None, at: datetime) -> bool:
    """Whether it is not yet time; a time that a wrong clock set is no time to wait for."""
    return until is not None and at < until <= at + CLOCK_JUMPED


def given_up(state: State) -> State:
    """The state after giving up, or `NoLongerWaiting`."""
    if state not in {State.QUEUED, State.HELD, State.FAILED}:
        raise NoLongerWaiting
    return State.CANCELLED


def held(state: State) -> State:
    """The state of a waiting paper that somebody holds back, or `NoLongerWaiting`."""
    if state is not State.QUEUED:
        raise NoLongerWaiting
    return State.HELD


def released(state: State) -> State:
    """The state of a held paper that may go, or `NoLongerWaiting`."""
    if state is not State.HELD:
        raise NoLongerWaiting
    return State.QUEUED


class Answer(StrEnum):
    """What somebody who looked at the printer says: did the paper come out?"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_DECIDED = {
    Answer.YES: State.SENT,
    Answer.NO: State.CANCELLED,
    Answer.UNKNOWN: State.UNKNOWN,
}


def decided(state: State, answer: Answer) -> State:
    """What becomes of a paper after the answer, or `NothingToDecide`."""
    if state is not State.UNSURE:
        raise NothingToDecide
    return _DECIDED[answer]


def went_on(state: State, done: int, units: int) -> State:
    """The state of a batch of which so many papers came out: the others are still to come.

    A single paper has no rest: whoever wants it again gets a marked copy.
    """
    if state not in {State.UNSURE, State.UNKNOWN} or units == 1:
        raise NothingToDecide
    if not 0 <= done <= units:
        raise NotThatMany(units=units)
    return State.SENT if done == units else State.QUEUED


def outlived(state: State, purpose: Purpose) -> State:
    """What becomes of a paper that nobody needs any more: private ones leave whatever they are."""
    if state is State.QUEUED or (state is State.HELD and not purpose.keeps_bytes):
        return State.EXPIRED
    if state is State.UNSURE and not purpose.keeps_bytes:
        return State.UNKNOWN
    return state


def too_old(purpose: Purpose, made_at: datetime, at: datetime) -> bool:
    """Whether a paper waited so long that nobody needs it any more."""
    return purpose.lasts is not None and at - made_at > purpose.lasts


def copy_of(state: State, *, erased: bool) -> None:
    """Refuse to print again what is on its way or erased."""
    if state in WAITING:
        raise StillOnItsWay
    if erased:
        raise PaperErased
