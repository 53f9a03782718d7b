"""The officers' desk: access, one service, response."""
