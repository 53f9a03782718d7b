"""One effect however often the same write arrives (promise 20).

The effect and the record of its answer commit together. Whoever lost the answer, by a broken
connection or a second press of the button, sends the same again and gets the answer that was given.
"""

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, errors, transactions
from niangjia.core.models import AnsweredRequest

#: How long an answer is kept: longer than anybody's phone keeps trying.
KEPT = dt.timedelta(hours=24)
WAIT_SECONDS = 5
KEY = re.compile(r"[\x21-\x7e]{8,200}")


#: Where rooms above keep keys of their own: SQL conditions about `%(account)s` and `%(key)s`.
kept_elsewhere: list[str] = []
#: What stands for a key of an account among the database's locks. Operations hold it for
#: themselves alone until they have committed; rooms that keep keys of their own share it, and look
#: who else used the key only once they have it: whichever comes later sees the one before.
LOCK = "hashtextextended({account}::text || ' ' || {key}, 0)"


def also_kept(condition: str) -> None:
    """What `condition` finds was done under a key that its room keeps by itself: the key stands for
    that and for nothing else. For `AppConfig.ready`."""
    kept_elsewhere.append(condition)


@dataclass(frozen=True)
class Answer:
    """What was answered: enough to say it again, word for word."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def read_anew(request: HttpRequest) -> None:
    """What this request is answered is not remembered: whoever sends it again is asked again for
    their right to it, and recorded again. For operations that show what is protected, which change
    nothing but the record."""
    request.is_read_anew = True  # type: ignore[attr-defined]


def keeps_its_key(request: HttpRequest) -> None:
    """This operation sees itself to it that its key has one effect (`also_kept`)."""
    request.keeps_its_key = True  # type: ignore[attr-defined]


@transactions.atomic
def once(
    *,
    account_id: uuid.UUID,
    key: str,
    content: bytes,
    run: Callable[[], Answer],
    succeeded: Callable[[Answer], bool] = lambda answer: answer.status < 400,
    is_kept: Callable[[], bool] = lambda: False,
) -> tuple[Answer, bool]:
    """The answer of `run`, or the one it gave before; and whether it is that one again.

    `content` stands for the whole request. A request that did not succeed is not remembered, so
    that it can be corrected. A second one that arrives while the first is at work waits for it.
    `is_kept`: whether what ran has said that it `keeps_its_key`; asked after `run`.
    Raises `Invalid` for a key that is no key or stands for another request, `Conflict` when the
    first takes longer than 5 s, and whatever `run` raises. When it meets another transaction all of
    it is tried again, so `run` may run more than once; what it wrote before is undone by then.
    """
    if not KEY.fullmatch(key):
        raise errors.Invalid(
            _("An idempotency key has 8 to 200 visible characters."), code="bad-idempotency-key"
        )
    digest = hashlib.sha256(content).digest()
    mine, is_elsewhere = claim(account_id, key, digest)
    if not mine:
        return remembered(account_id, key, digest), True
    answer = run()
    if is_elsewhere and not is_kept():
        raise reused()
    if succeeded(answer):
        AnsweredRequest.objects.filter(pk=mine).update(answer=json.dumps(asdict(answer)))
    else:
        AnsweredRequest.objects.filter(pk=mine).delete()
    return answer, False


def claim(account_id: uuid.UUID, key: str, digest: bytes) -> tuple[uuid.UUID | None, bool]:
    """Be the first under this key, or None; and whether a room above keeps it for something that
    was done before. Waits while another one is trying to be."""
    elsewhere = " OR ".join(kept_elsewhere) or "false"
    now = clock.now()
    try:
        # Not retried here: `once` is, with what it runs.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT set_config('lock_timeout', '{WAIT_SECONDS}s', true),"
                f" pg_advisory_xact_lock({LOCK.format(account='%s::uuid', key='%s')})",
                [account_id, key],
            )
            cursor.execute(
                f"""
                INSERT INTO core_answeredrequest (account_id, key, digest, expires_at)
                VALUES (%(account)s, %(key)s, %(digest)s, %(until)s)
                ON CONFLICT (account_id, key) DO UPDATE
                SET digest = EXCLUDED.digest, expires_at = EXCLUDED.expires_at, answer = NULL
                WHERE core_answeredrequest.expires_at < %(now)s RETURNING id, {elsewhere}
                """,  # noqa: S608 - conditions of ours; values are passed
                {
                    "account": account_id,
                    "key": key,
                    "digest": digest,
                    "until": now + KEPT,
                    "now": now,
                },
            )
            row = cursor.fetchone()
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if not transactions.is_passing(error):
            raise
        raise errors.Conflict(
            _("The same request is being handled. Wait a moment."), code="in-progress"
        ) from error
    return row or (None, False)


def remembered(account_id: uuid.UUID, key: str, digest: bytes) -> Answer:
    """The answer that was given under this key. Raises `Invalid` when it was to something else."""
    row = AnsweredRequest.objects.get(account_id=account_id, key=key)
    if bytes(row.digest) != digest:
        raise reused()
    return Answer(**json.loads(row.answer or "{}"))


def reused() -> errors.Invalid:
    """What is said to whoever sends something else under a key."""
    return errors.Invalid(
        _("This idempotency key was used for another request."), code="idempotency-key-reused"
    )


def forget_expired() -> int:
    """Delete answers nobody will ask for any more; says how many."""
    return AnsweredRequest.objects.filter(expires_at__lt=clock.now()).delete()[0]
