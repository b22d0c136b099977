"""Finished coats: what came, what went, what is there."""
