"""`make bench`: each speed beside its ceiling, measured in the same run and printed as a ratio."""
