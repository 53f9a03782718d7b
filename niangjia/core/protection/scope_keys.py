"""The keys by which the database believes who is looking, in a table that the app cannot read."""

from typing import Any

from niangjia.core.crypto import keys

BLOCK_BYTES = 64
#: The digest that `sha256()` computes, as HMAC's definition pads its keys (RFC 2104).
INNER, OUTER = 0x36, 0x5C

KEEP = "DELETE FROM core_scopekey WHERE NOT number = ANY(%s)"
ADD = """
INSERT INTO core_scopekey (number, inner_pad, outer_pad) VALUES (%s, %s, %s)
ON CONFLICT (number) DO UPDATE
SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad
WHERE core_scopekey.inner_pad <> excluded.inner_pad
"""


def publish_keys(owner: Any) -> None:
    """Tell the database which keys hold: today's, and the newest of the others. `owner` is a
    psycopg connection of the tables' owner. Doing it again changes nothing."""
    ring = keys.ring()
    named, today = ring.keys["scope"], ring.current["scope"]
    valid = [today, *sorted(named.keys() - {today}, key=int)[-1:]]
    with owner.transaction():
        owner.execute(KEEP, [valid])
        for number in valid:
            owner.execute(ADD, [number, padded(named[number], INNER), padded(named[number], OUTER)])


def rotate_keys(owner: Any) -> int:
    """Make a key and sign with it from now on; the database knows it first, so that nobody who
    looks meanwhile is refused. Returns its number."""
    number = keys.provider().add("scope")
    publish_keys(owner)
    keys.provider().promote("scope", number)
    return number


def padded(key: bytes, pad: int) -> bytes:
    """`key`, as long as a block of the hash, with every byte XORed."""
    return bytes(byte ^ pad for byte in key.ljust(BLOCK_BYTES, b"\0"))
