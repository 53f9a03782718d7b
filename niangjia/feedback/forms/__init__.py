"""What is typed on this room's pages, cleaned."""
