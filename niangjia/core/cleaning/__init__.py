"""Taking apart what strangers send, and putting together again only what is meant to be in it.

Nothing here knows Django, the database or a key: it runs in a process of its own (`__main__`) with
little memory and time, so that a file that breaks a parser breaks nothing else.
"""
