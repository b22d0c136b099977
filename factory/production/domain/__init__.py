"""Decisions of production; pure."""
