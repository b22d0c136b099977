"""The outbox: papers wait here until their printer took them; none is printed twice by itself."""
