"""What people do at the till.

There is one till in the house. Whoever changes something in it holds it first, so that receipt
numbers have no gaps, and nothing is sold into a day that ends at the same moment.
"""

from factory.till.service.days import close_day, count, day_end_event, interim, move_cash, open_till
from factory.till.service.exchanges import Exchanged, exchange
from factory.till.service.held import hold_basket, put_away
from factory.till.service.returns import Returned, give_back
from factory.till.service.sales import Sold, note_cash_receipt, print_again, sell
from factory.till.service.shops import describe_shop

__all__ = [
    "Exchanged",
    "Returned",
    "Sold",
    "close_day",
    "count",
    "day_end_event",
    "describe_shop",
    "exchange",
    "give_back",
    "hold_basket",
    "interim",
    "move_cash",
    "note_cash_receipt",
    "open_till",
    "print_again",
    "put_away",
    "sell",
]
