"""The catalogue as officers write it."""
