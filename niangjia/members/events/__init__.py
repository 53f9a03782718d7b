"""Facts this room publishes, in the past tense, ids only."""
