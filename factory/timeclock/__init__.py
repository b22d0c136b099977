"""Who is there: punches, shifts, corrections."""
