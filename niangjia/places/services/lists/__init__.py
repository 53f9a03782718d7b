"""Lists of places: sent, explained, read, looked through, entered. Each step can be begun again."""
