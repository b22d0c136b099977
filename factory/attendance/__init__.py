"""What presence counts as: plans, days to settle, approved days, slack season."""
