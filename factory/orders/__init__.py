"""What is wanted: customers, orders, colour and size, by when; what was shipped."""
