"""English: hours by twenty-four and short days year first, as in all tables."""
