"""Decisions and calculations without a database."""
