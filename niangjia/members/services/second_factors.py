"""Secrets of second factors lie in allauth's table, sealed under the node's keys."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from niangjia.core import transactions
from niangjia.core.crypto import rotation, seal, unseal
from niangjia.core.crypto.sealing import current_header

CONTEXT = "mfa.authenticator.secret"
#: Where in `Authenticator.data` allauth keeps what its adapter has encrypted.
SEALED = ("secret", "seed")
SEALED_LISTS = ("migrated_codes",)
LAST_STEP = "last_step"
BATCH = 500


def seal_secret(text: str) -> str:
    """`text` as hexadecimal that only this node can read."""
    return seal(text, context=CONTEXT).hex()


def unseal_secret(sealed: str) -> str:
    """What `seal_secret` was given. Raises `InvalidTag` when the key is gone."""
    return unseal(bytes.fromhex(sealed), context=CONTEXT)


def use_up(authenticator: Authenticator, code: str) -> bool:
    """Whether an app's `code` is a newer one than any that was used; it is used up then.

    A phone's clock may be a step of 30 s off (MFA_TOTP_TOLERANCE), so that a code stays right for
    90 s, which is longer than allauth remembers it: the step that was used last is kept with the
    secret, as RFC 6238, 5.2 asks. The caller holds a lock on the account.
    """
    secret = unseal_secret(authenticator.data["secret"])
    last = authenticator.data.get(LAST_STEP, -1)
    for step in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, step))
        if step > last and totp.compare_user_code(actual=code, expected=right):
            authenticator.data[LAST_STEP] = step
            authenticator.save(update_fields=["data"])
            return True
    return False


@rotation.also_rotate
def rotate_secrets() -> int:
    """Bring every secret of an app and every seed of recovery codes under today's key, in short
    transactions; says how many rows were written. Nobody has to set anything up again."""
    total, last = 0, 0
    while True:
        written, reached = rotate_batch(last)
        total += written
        if reached is None:
            return total
        last = reached


@transactions.atomic
def rotate_batch(last: int) -> tuple[int, int | None]:
    """How many of the secrets after `last` were written, and which was the last of them; None when
    there are no more."""
    rows = list(
        Authenticator.objects.select_for_update()
        .filter(pk__gt=last)
        .exclude(type=Authenticator.Type.WEBAUTHN)
        .order_by("pk")[:BATCH]
    )
    written = 0
    for row in rows:
        fresh = rotated(row.data)
        if fresh != row.data:
            row.data = fresh
            row.save(update_fields=["data"])
            written += 1
    return written, rows[-1].pk if rows else None


def rotated(data: dict[str, Any]) -> dict[str, Any]:
    """`data` with what was sealed under an older key sealed anew."""
    fresh = dict(data)
    for name in SEALED:
        if name in fresh:
            fresh[name] = resealed(fresh[name])
    for name in SEALED_LISTS:
        if name in fresh:
            fresh[name] = [resealed(each) for each in fresh[name]]
    return fresh


def resealed(sealed: str) -> str:
    """`sealed` under today's key; as it is when it lies under it already."""
    is_current = bytes.fromhex(sealed[:4]) == current_header()
    return sealed if is_current else seal_secret(unseal_secret(sealed))
