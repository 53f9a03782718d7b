"""The officers' work on cases."""
