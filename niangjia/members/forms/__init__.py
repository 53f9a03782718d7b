"""What people type, cleaned. One module an area."""
