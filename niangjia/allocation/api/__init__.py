"""This room's operations, one module for each area."""
