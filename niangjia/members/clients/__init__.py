"""Calls to the outside: text messages and the identity service, each with a fake."""
