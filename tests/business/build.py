"""An invented business."""

from __future__ import annotations

from factory.business.domain import Business

SAMPLE = Business(
    name="Sample Clothing",
    registration="124-81-00998",
    representative="Willow",
    address="1 Sample Street",
    phone="000-000-0000",
    officer="Cedar",
    officer_contact="000-000-0001",
)
