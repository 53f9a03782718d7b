"""What people type and press, made sense of."""
