"""Pure decisions: identity, permissions, deadlines. No database, no clock of their own."""
