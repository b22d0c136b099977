"""The fixed cast, all invented: Pine sews, Cedar leads the shift, Willow keeps the books, …"""

from __future__ import annotations

from factory.security.domain import Role

PASSWORD = "a long sentence for tests"
PIN = "2580"

CAST = {
    Role.WORKER: "Pine",
    Role.SUPERVISOR: "Cedar",
    Role.CUTTER: "Hazel",
    Role.CASHIER: "Birch",
    Role.ORDER_MANAGER: "Maple",
    Role.MANAGER: "Willow",
    Role.KEEPER: "Juniper",
    Role.CLOCK_TERMINAL: "Door",
    Role.FLOOR_TERMINAL: "Floor",
}
"""Who signs in with which role; Stranger has none."""
