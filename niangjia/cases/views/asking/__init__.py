"""Asking for a service: the form, what is kept of it meanwhile, its files."""
