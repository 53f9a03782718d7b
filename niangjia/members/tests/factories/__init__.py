"""Makers of this room's rows for tests, a module an area."""
