"""Who may; what was done; the vault; the devices."""
