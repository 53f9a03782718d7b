"""Lists of places that are sent in: what their columns mean, what a row says, what is the same."""
