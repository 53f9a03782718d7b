"""Codes on paper by which it is checked."""

import secrets

#: Neither I, L, O nor U (Crockford's base 32): nothing that is misread on paper or over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 3, 4
MISREAD = str.maketrans("ILOU", "110V")


def new_code() -> str:
    """A code like "7K2M-9QXC-4T0B": 60 random bits, so that none is found by trying."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def typed_code(text: str) -> str | None:
    """The code somebody typed, however they wrote it; None when it can be none."""
    letters = "".join(text.upper().split()).replace("-", "").translate(MISREAD)
    if len(letters) != GROUPS * GROUP or set(letters) - set(ALPHABET):
        return None
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
