"""Showing enough of a number to recognise it, and not enough to use it."""

MASK = "*"


def masked(text: str, *, head: int, tail: int) -> str:
    """`text` with all but its first `head` and last `tail` characters hidden; all of it when less
    than a third would be hidden."""
    hidden = len(text) - head - tail
    if hidden * 3 < len(text):
        return MASK * len(text)
    return text[:head] + MASK * hidden + text[len(text) - tail :]


def masked_identity_number(number: str) -> str:
    """330782********1234: the place of registration and the serial, not the birthday."""
    return masked(number, head=6, tail=4) if len(number) >= 15 else masked(number, head=1, tail=1)


def masked_phone(phone: str) -> str:
    """138****5678, of an E.164 number of the Chinese mainland or any other."""
    local = phone.removeprefix("+86")
    return masked(local, head=3, tail=4) if len(local) == 11 else masked(local, head=2, tail=2)
