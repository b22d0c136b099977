"""Rules of pay: pure functions that do not know each other."""
