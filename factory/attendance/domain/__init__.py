"""Decisions about days: plans, what is worked, what is to be settled."""
