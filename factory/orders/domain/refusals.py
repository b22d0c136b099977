"""What is refused about orders, shipments and customers."""

from __future__ import annotations

from factory.kernel.errors import NotFound, Refused


def price_field(style: str) -> str:
    """Where the price of a style is typed."""
    return f"price:{style}"


def ship_field(line: int, size: str) -> str:
    """Where the coats of a cell that go out are typed."""
    return f"ship:{line}:{size}"


class OrderUnknown(NotFound):
    """There is no order {name} here."""

    def __init__(self, number: str) -> None:
        super().__init__("order", number)


class LineUnknown(NotFound):
    """There is no order line {name} here."""

    def __init__(self, name: str) -> None:
        super().__init__("order line", name)


class ShipmentUnknown(NotFound):
    """There is no shipment {name} here."""

    def __init__(self, number: str) -> None:
        super().__init__("shipment", number)


class CustomerUnknown(NotFound):
    """There is no customer with the number {name} here."""

    field = "customer"

    def __init__(self, number: int) -> None:
        super().__init__("customer", number)


class EmptyOrder(Refused):
    """Nothing is ordered yet. Please type at least one quantity into the table."""


class TooManyInACell(Refused):
    """At most {most} coats of one colour and size fit into an order."""

    def __init__(self, most: int) -> None:
        super().__init__(most=f"{most:,}")


class LineTwice(Refused):
    """{style} {colour} stands in this order twice. Please put it into one line."""


class DueInThePast(Refused):
    """The due date {due} is over. Please choose a later day."""

    field = "due"


class DueTooFar(Refused):
    """The due date {due} is more than {years} years away. Please look at the year."""

    field = "due"


class CustomerMissing(Refused):
    """Please choose the customer, or make it an order for season stock."""

    field = "customer"


class StockHasNoCustomer(Refused):
    """Season stock is made for our own shop. Please leave the customer empty."""

    field = "customer"


class PriceMissing(Refused):
    """Please give the price of one coat of {style} in won."""

    def __init__(self, style: str) -> None:
        self.field = price_field(style)
        super().__init__(style=style)


class NoWayOfWork(Refused):
    """The style {style} has no operations yet, so it can't be made. Please enter them first."""

    def __init__(self, style: str) -> None:
        self.field = price_field(style)
        super().__init__(style=style)


class DepositTooLarge(Refused):
    """The deposit can't be more than the whole order, {worth}."""

    field = "deposit"


class AlreadyConfirmed(Refused):
    """Order {number} is confirmed already, so it can't be changed like a draft."""


class NotConfirmed(Refused):
    """Order {number} is only a draft. Please confirm it first."""


class NotWhileCut(Refused):
    """Cloth has been cut for order {number}, so it can't be cancelled. Please close it short."""


class NothingCutYet(Refused):
    """Nothing has been cut for order {number}. Please cancel it instead of closing it."""


class OrderCancelled(Refused):
    """Order {number} was cancelled."""


class OrderClosed(Refused):
    """Order {number} is closed. Nothing more is done for it."""


class WhyNeeded(Refused):
    """Please say why. The reason is kept with the order."""

    field = "reason"


class NobodyToShipTo(Refused):
    """Order {number} is not for a customer, so nothing is shipped for it."""


class NothingToShip(Refused):
    """Please type how many coats go out."""


class MoreThanOrdered(Refused):
    """Of size {size} only {left} more are ordered; you typed {asked}."""

    def __init__(self, line: int, size: str, left: int, asked: int) -> None:
        self.field = ship_field(line, size)
        super().__init__(size=size, left=left, asked=asked)


class NotOnTheRail(Refused):
    """Of {colour} {size} {there} hang on the rail for this order; you typed {asked}."""

    def __init__(self, line: int, colour: str, size: str, there: object, asked: int) -> None:
        self.field = ship_field(line, size)
        super().__init__(colour=colour, size=size, there=there, asked=asked)


class NotThisSize(Refused):
    """Line {line} of order {number} has no coats of size {size}."""


class BusinessNumberWrong(Refused):
    """This is no business registration number. It has ten digits, such as 123-45-67891."""

    field = "business_number"


class NameInUse(Refused):
    """Cloth of {name} lies under this name. Please keep it, so that it stays theirs."""

    field = "name"


class CustomerTwice(Refused):
    """There is already a customer named {name}."""

    field = "name"
