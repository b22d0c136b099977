"""Persons: chosen names, terms by date, badges, skills; legal names are in the vault."""
