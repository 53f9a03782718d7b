"""A service item while it is being written: its parts, and what changes with it."""
