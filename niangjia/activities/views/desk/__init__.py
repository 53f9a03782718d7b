"""The pages of officers."""
