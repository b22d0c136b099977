"""Who may what: actors, roles, permissions, and the rules of PINs and lock-outs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from factory.kernel.errors import Refused
from factory.kernel.time import DAY, NIGHT_ENDS, at
from factory.kernel.words import SOMEBODY, mark

AccountId = NewType("AccountId", int)
WorkerId = NewType("WorkerId", int)
"""A worker, for those packages that know no more of her than that."""


class Role(StrEnum):
    """What somebody does in the house; one person can have several."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    CUTTER = "cutter"
    CASHIER = "cashier"
    ORDER_MANAGER = "order_manager"
    MANAGER = "manager"
    KEEPER = "keeper"
    CLOCK_TERMINAL = "clock_terminal"
    FLOOR_TERMINAL = "floor_terminal"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return _ROLE_LABELS[self]


TERMINALS = frozenset({Role.CLOCK_TERMINAL, Role.FLOOR_TERMINAL})
"""Shared screens: whoever scans her badge acts there."""

TWO_THINGS = frozenset({Role.MANAGER, Role.KEEPER})
"""Who needs a telephone besides the password, where the house demands it."""

_ROLE_LABELS = {
    Role.WORKER: mark("worker"),
    Role.SUPERVISOR: mark("supervisor"),
    Role.CUTTER: mark("cutter"),
    Role.CASHIER: mark("cashier"),
    Role.ORDER_MANAGER: mark("order manager"),
    Role.MANAGER: mark("manager"),
    Role.KEEPER: mark("keeper"),
    Role.CLOCK_TERMINAL: mark("clock terminal"),
    Role.FLOOR_TERMINAL: mark("floor terminal"),
}


class Permission(StrEnum):
    """One thing that may be allowed: a verb and a noun."""

    LOOK_AROUND = "look_around"
    """The start page, one's own settings, help."""
    CLOCK = "clock"
    """Take badges at the door."""
    LOG_PIECES = "log_pieces"
    """Scan bundles at a station."""
    SEE_OWN_WORK = "see_own_work"
    """One's own hours, pieces and pay; only with the PIN."""
    SEE_BOARD = "see_board"
    CORRECT_WORK = "correct_work"
    """Counter-entries for scans and punches of others, approvals of overtime."""
    ADD_PIECES = "add_pieces"
    """Add pieces to a bundle that holds more than its ticket says."""
    CUT = "cut"
    INSPECT = "inspect"
    JUDGE_FAULTS = "judge_faults"
    """Decide whose fault it was, and see figures of faults by person: her supervisor alone."""
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    """Hire, terms, badges, leaving."""
    READ_VAULT = "read_vault"
    """Legal names, addresses, bank accounts; each reading with a reason."""
    WITNESS = "witness"
    """Be the second person where what is sealed opens for many at once; she reads nothing."""
    SEE_CATALOGUE = "see_catalogue"
    EDIT_CATALOGUE = "edit_catalogue"
    SEE_ORDERS = "see_orders"
    EDIT_ORDERS = "edit_orders"
    SEE_STOCK = "see_stock"
    MOVE_STOCK = "move_stock"
    SELL = "sell"
    OVERRIDE_PRICE = "override_price"
    """Take more off a price than a cashier may, at any till, with badge and PIN."""
    CLOSE_TILL = "close_till"
    SEE_SALES = "see_sales"
    RUN_PAYROLL = "run_payroll"
    APPROVE_PAYROLL = "approve_payroll"
    APPROVE_LAW = "approve_law"
    """Compare what was entered into the law book with its source, as the second person."""
    SEE_REPORTS = "see_reports"
    SEE_PRINTING = "see_printing"
    MANAGE_PRINTERS = "manage_printers"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_DEVICES = "manage_devices"
    SEE_AUDIT = "see_audit"


_P = Permission
_OFFICE = {_P.LOOK_AROUND, _P.SEE_BOARD, _P.SEE_PRINTING}
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset({_P.LOOK_AROUND, _P.SEE_OWN_WORK}),
    Role.SUPERVISOR: frozenset(
        _OFFICE
        | {_P.CLOCK, _P.LOG_PIECES, _P.CORRECT_WORK, _P.INSPECT, _P.SEE_PEOPLE, _P.SEE_ORDERS}
        | {_P.SEE_CATALOGUE, _P.SEE_STOCK, _P.SEE_REPORTS, _P.APPROVE_LAW, _P.WITNESS}
        | {_P.JUDGE_FAULTS}
    ),
    Role.CUTTER: frozenset(
        _OFFICE | {_P.CUT, _P.LOG_PIECES, _P.SEE_ORDERS, _P.SEE_CATALOGUE, _P.SEE_STOCK}
    ),
    Role.CASHIER: frozenset(
        _OFFICE | {_P.SELL, _P.CLOSE_TILL, _P.SEE_STOCK, _P.SEE_ORDERS, _P.SEE_CATALOGUE}
    ),
    Role.ORDER_MANAGER: frozenset(
        _OFFICE
        | {_P.SEE_ORDERS, _P.EDIT_ORDERS, _P.SEE_CATALOGUE, _P.EDIT_CATALOGUE, _P.SEE_STOCK}
        | {_P.MOVE_STOCK, _P.SEE_REPORTS, _P.SEE_SALES}
    ),
    Role.MANAGER: frozenset(
        set(_P) - {_P.SEE_OWN_WORK, _P.MANAGE_ACCOUNTS, _P.MANAGE_DEVICES, _P.JUDGE_FAULTS}
    ),
    Role.KEEPER: frozenset(
        _OFFICE
        | {_P.MANAGE_ACCOUNTS, _P.MANAGE_DEVICES, _P.MANAGE_PRINTERS, _P.SEE_AUDIT}
        | {_P.APPROVE_LAW, _P.WITNESS}
    ),
    Role.CLOCK_TERMINAL: frozenset({_P.LOOK_AROUND, _P.CLOCK}),
    Role.FLOOR_TERMINAL: frozenset({_P.LOOK_AROUND, _P.CLOCK, _P.LOG_PIECES, _P.INSPECT}),
}
"""The table of who may what."""


FOR_VISITORS = frozenset({_P.LOOK_AROUND, _P.SEE_BOARD, _P.LOG_PIECES, _P.INSPECT, _P.CUT})
"""What stays open while visitors are in the house: work and coats; no names, pay or attendance."""


class DeviceRole(StrEnum):
    """What a terminal with a token may send."""

    CLOCK = "clock"
    FLOOR = "floor"
    TILL = "till"

    @property
    def label(self) -> str:
        """What it sends, as people say it."""
        return _DEVICE_LABELS[self]


_DEVICE_LABELS = {
    DeviceRole.CLOCK: mark("comings and goings"),
    DeviceRole.FLOOR: mark("pieces at a station"),
    DeviceRole.TILL: mark("sales"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever acts: a signed-in account, the person whose badge was scanned, a terminal, a command.

    `worker` is the person acting at a shared screen; her PIN (`with_pin`) opens what is hers.
    """

    name: str
    """The chosen name or the account's name; what the audit shows."""
    roles: frozenset[Role] = frozenset()
    account: AccountId | None = None
    worker: WorkerId | None = None
    with_pin: bool = False
    device: str | None = None
    seen: datetime | None = None
    """When a terminal last sent something, as far as that was noted."""
    language: str = "ko"
    visitors: bool = False
    """Whether visitors look at this screen: names, pay and attendance are hidden until a PIN."""
    her_language: str | None = None
    """Of whoever's badge was scanned at a shared screen; it goes before the screen's own."""

    @property
    def on_floor(self) -> bool:
        """Whether this is a shared screen of the floor."""
        return bool(TERMINALS & self.roles)

    @property
    def shown(self) -> str:
        """The name as it stands on this screen."""
        return SOMEBODY if self.visitors else self.name

    def may(self, permission: str) -> bool:
        """Whether one of the actor's roles allows this."""
        if self.visitors and permission not in FOR_VISITORS:
            return False
        roles = self.roles | {Role.WORKER} if self.with_pin else self.roles
        return any(permission in ALLOWED[role] for role in roles)


SYSTEM = Actor(name="didim", roles=frozenset(Role))
"""The program itself: commands on the computer, the simulator, nightly jobs."""


class WrongSignIn(Refused):
    """This name and password do not belong together. Please try again."""

    field = "password"


class CodeWrong(Refused):
    """This code does not fit. Please type the one that your telephone shows now."""

    field = "code"


class CodeWanted(Refused):
    """Her telephone is asked as well. Whoever has taken none in yet does so first, signing in."""

    field = "code"


class TelephoneFirst(Refused):
    """Please take in your own telephone first, so that you do not lock yourself out."""


class NotYourOwn(Refused):
    """Please do this for yourself under "My settings", with a code of your telephone."""


class MayNotVouch(Refused):
    """That needs a manager. This badge is not a manager's."""

    field = "badge"


class SecondWanted(Refused):
    """This opens what is sealed for many at once. A second person has to say that she knows."""

    field = "second"


class SecondIsYou(Refused):
    """The second person has to be somebody else than you."""

    field = "second"


class MayNotWitness(Refused):
    """{name} can't be the second person here. A supervisor, a manager or the keeper can."""

    field = "second"


class WrongPin(Refused):
    """This number and PIN do not belong together. Please try again."""

    field = "pin"


class OldPinWrong(Refused):
    """This is not your PIN until now. Please try again."""

    field = "old"


class OldPasswordWrong(Refused):
    """This is not your password until now. Please try again."""

    field = "old"


class TooManyAttempts(Refused):
    """Too many wrong attempts. Please wait {minutes} minutes, or ask the office."""

    field = "pin"


class TooManyHere(Refused):
    """Too many wrong PINs were typed here. Please scan your badge, or wait {minutes} minutes."""

    field = "pin"


class PinNeeded(Refused):
    """Please type your PIN first. Hours and pay are shown to you alone."""

    field = "pin"


class WeakPin(Refused):
    """Please choose a PIN of 4 to 8 digits that is not all the same digit and not 1234."""

    field = "pin"


class WeakPassword(Refused):
    """Please choose a password of at least 10 letters."""

    field = "password"


class NameTaken(Refused):
    """The sign-in name {name} is already used. Please choose another."""

    field = "name"


class NameWanted(Refused):
    """Please give a name of 1 to {most} letters."""

    field = "name"


class TokenUnknown(Refused):
    """This terminal is not known here. Please ask the keeper for a new token."""


class WrongDeviceRole(Refused):
    """This terminal may not send this. Its role is {role}."""


class NotTheirs(Refused):
    """You may not read this. Please ask someone who may."""


class ReasonNeeded(Refused):
    """Please say why you need to read this. The reason is kept, and she can see it."""

    field = "reason"


PIN_LENGTHS = range(4, 9)
_POOR_PINS = ("1234", "4321", "12345", "123456")


def checked_pin(pin: str) -> str:
    """A PIN good enough for a shared screen, or `WeakPin`."""
    digits = pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS
    if not digits or len(set(pin)) == 1 or pin in _POOR_PINS:
        raise WeakPin
    return pin


PASSWORD_LENGTH = 10


def checked_password(password: str) -> str:
    """A password long enough for the office, or `WeakPassword`."""
    if len(password) < PASSWORD_LENGTH:
        raise WeakPassword
    return password


def holds_through(last: date | None, moment: datetime) -> bool:
    """Whether what holds through a last day holds at a moment: a night ends the next morning."""
    return last is None or moment < at(last + DAY, NIGHT_ENDS)
