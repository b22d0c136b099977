"""Looks, and changes nothing: the board of today."""
