"""What people type, cleaned; the services decide what of it can be."""
