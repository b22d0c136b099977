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
PAPER_LASTS = timedelta(days=90)
LEASE = timedelta(minutes=3)
"""After so long a job that is still being sent belongs to nobody any more."""


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
_SEEN_BY = {Purpose.BADGE: Permission.MANAGE_PEOPLE, Purpose.PAYSLIP: Permission.RUN_PAYROLL}


class State(StrEnum):
    """How far a paper is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"

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
}


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
}


class NoLongerWaiting(Refused):
    """This paper is no longer waiting, so it can't be given up."""


class NothingToDecide(Refused):
    """Nobody is asking any more whether this paper came out."""


class PaperErased(Refused):
    """What stood on this paper was erased after printing. Please print it where it is made."""


class StillOnItsWay(Refused):
    """This paper is still on its way. Please wait until it is printed or given up."""


class PrinterNameTaken(Refused):
    """There is already a printer of this name."""

    field = "name"


class AddressUnusable(Refused):
    """No printer can have this address. Use virtual, tcp://192.168.0.50 or file:/dev/usb/lp0."""

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


def given_up(state: State) -> State:
    """The state after giving up, or `NoLongerWaiting`."""
    if state not in {State.QUEUED, State.FAILED}:
        raise NoLongerWaiting
    return State.CANCELLED


def decided(state: State, *, came_out: bool) -> State:
    """What a person who looked at the printer says, or `NothingToDecide`."""
    if state is not State.UNSURE:
        raise NothingToDecide
    return State.SENT if came_out else State.CANCELLED


def copy_of(state: State, *, erased: bool) -> None:
    """Refuse to print again what is on its way or erased."""
    if state in {State.QUEUED, State.SENDING}:
        raise StillOnItsWay
    if erased:
        raise PaperErased
