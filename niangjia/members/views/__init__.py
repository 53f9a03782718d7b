"""Pages: access, one service, response. One module an area."""
