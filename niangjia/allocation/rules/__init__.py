"""Pure decisions, one module for each area."""
