"""A config placeholder."""
