"""The room's operations."""
