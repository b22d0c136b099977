"""Decisions of the till; pure."""
