"""What people are owed: pay rules, explained line by line."""
