"""What pages, papers and reports ask the till."""

from factory.till.queries.baskets import Coat, bill, coats, held
from factory.till.queries.days import (
    DaySales,
    EndShort,
    ReceiptShort,
    day_end,
    day_ends,
    last_count,
    opening,
    receipts_on,
    sales_by_day,
    today,
)
from factory.till.queries.figures import figures, figures_of
from factory.till.queries.receipts import (
    cashiers_percent,
    coat_names,
    number_of,
    owed_cash_receipts,
    receipt,
    refund_of,
    return_days,
    returnable,
    shop,
    tolerance,
)
from factory.till.queries.replay import recomputed

__all__ = [
    "Coat",
    "DaySales",
    "EndShort",
    "ReceiptShort",
    "bill",
    "cashiers_percent",
    "coat_names",
    "coats",
    "day_end",
    "day_ends",
    "figures",
    "figures_of",
    "held",
    "last_count",
    "number_of",
    "opening",
    "owed_cash_receipts",
    "receipt",
    "receipts_on",
    "recomputed",
    "refund_of",
    "return_days",
    "returnable",
    "sales_by_day",
    "shop",
    "today",
    "tolerance",
]
