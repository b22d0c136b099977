"""Tell the services what happens, as a user would: one act after the other, each at its moment."""

from seed_data.entering import away, days, floor, orders, people, shop, tickets, wages
from seed_data.entering.dispatch import enter

__all__ = ["away", "days", "enter", "floor", "orders", "people", "shop", "tickets", "wages"]
