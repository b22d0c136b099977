"""Money, time, ids, errors and words; knows nothing but itself."""
