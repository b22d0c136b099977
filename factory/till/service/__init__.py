"""What people do at the till.

Each till of the house has a drawer and a day of its own; receipt numbers run through all of them.
Whoever changes something holds them first, so that the numbers have no gaps, and nothing is sold
into a day that ends at the same moment.
"""

from factory.till.service.accounts import enter_material_cost, note_payment
from factory.till.service.cash_receipts import cancel_cash_receipt, note_cash_receipt
from factory.till.service.days import close_day, count, day_end_event, interim, move_cash, open_till
from factory.till.service.deposits import PaidIn, pay_deposit
from factory.till.service.exchanges import Exchanged, exchange
from factory.till.service.held import hold_basket, put_away
from factory.till.service.loose import give_back_without
from factory.till.service.measures import measure
from factory.till.service.pick_ups import cancel_ticket, pick_up
from factory.till.service.prices import price_task
from factory.till.service.returns import Returned, give_back
from factory.till.service.sales import Sold, print_again, sell
from factory.till.service.shops import describe_shop
from factory.till.service.slips import ticket_event
from factory.till.service.tickets import (
    TakenIn,
    hold_fitting,
    move_ticket,
    plan_fitting,
    promise_anew,
    take_in,
)

__all__ = [
    "Exchanged",
    "PaidIn",
    "Returned",
    "Sold",
    "TakenIn",
    "cancel_cash_receipt",
    "cancel_ticket",
    "close_day",
    "count",
    "day_end_event",
    "describe_shop",
    "enter_material_cost",
    "exchange",
    "give_back",
    "give_back_without",
    "hold_basket",
    "hold_fitting",
    "interim",
    "measure",
    "move_cash",
    "move_ticket",
    "note_cash_receipt",
    "note_payment",
    "open_till",
    "pay_deposit",
    "pick_up",
    "plan_fitting",
    "price_task",
    "print_again",
    "promise_anew",
    "put_away",
    "sell",
    "take_in",
    "ticket_event",
]
