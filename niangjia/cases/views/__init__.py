"""Access, one service, response."""
