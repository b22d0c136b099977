"""What keeps the house standing: backup and restore."""
