"""The database engine that the settings name: Django's for PostgreSQL, with a cheaper look at
whether a pooled connection still lives."""
