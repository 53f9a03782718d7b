"""Where requests come in: what cannot be read is refused, what was refused is said kindly."""
