"""Calls to the outside: the telephone system, with a fake that plays it."""
