"""Invented data for trying the program out, entered through the same services a user calls."""
