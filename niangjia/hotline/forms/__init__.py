"""What agents type, and what people write to the hotline."""
