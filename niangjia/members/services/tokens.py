"""Making, using and revoking API tokens."""

import datetime as dt
import secrets
import uuid
from collections.abc import Collection, Sequence
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, errors, transactions
from niangjia.core.crypto import token_digest
from niangjia.core.prepared import Given, Prepared
from niangjia.members.models import Account, ApiToken, Scope

PREFIX = "nj_"
MAX_TOKENS = 20
MAX_DAYS = 366
#: The moment of last use is kept to the hour: a write on every read would cost more than it tells.
USE_GRAIN = dt.timedelta(hours=1)


@transactions.atomic
def create_token(
    *,
    by: Account,
    name: str,
    scopes: Sequence[str],
    days: int,
    second_factor: bool,
    now: dt.datetime,
) -> tuple[str, ApiToken]:
    """A new token for `by`'s own programs: its text, which nobody sees again, and its row.

    The scope for the desk is only given in a session with a second factor (promise 14). Raises
    `Invalid` for that, for an unknown scope, for more than a year, and past 20 tokens.
    """
    if not name.strip():
        raise errors.Invalid(_("Give it a name."), fields={"name": _("Give it a name.")})
    if not scopes or set(scopes) - set(Scope.values):
        raise errors.Invalid(
            _("Choose what it is for."), fields={"scopes": _("Choose what it is for.")}
        )
    if Scope.DESK in scopes and not second_factor:
        refusal = _("For the desk, sign in with your second factor first.")
        raise errors.Invalid(refusal, code="second-factor", fields={"scopes": refusal})
    if not 1 <= days <= MAX_DAYS:
        refusal = _("A token lives for a day at least and a year at most.")
        raise errors.Invalid(refusal, fields={"days": refusal})
    Account.objects.select_for_update().get(pk=by.pk)
    if valid_tokens(now).filter(account=by).count() >= MAX_TOKENS:
        raise errors.Invalid(_("You have 20 tokens. Revoke one you do not use."))
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=by,
        name=name.strip(),
        digest=token_digest(text),
        hint=text[-4:],
        scopes=sorted(set(scopes)),
        with_second_factor=second_factor,
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    record("token.created", by, token)
    return text, token


@transactions.atomic
def revoke_token(*, by: Account, token_id: uuid.UUID, now: dt.datetime) -> ApiToken:
    """End a token of one's own, at once. Twice is once. Raises `NotFound` for anybody else's."""
    token = ApiToken.objects.select_for_update().filter(account=by, pk=token_id).first()
    if token is None:
        raise errors.NotFound(_("There is no such token."))
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record("token.revoked", by, token)
    return token


def use_token(*, text: str, now: dt.datetime) -> ApiToken | None:
    """The valid token of that text, with its account; None for any other (promise 34)."""
    if not text.startswith(PREFIX):
        return None
    token = next(iter(token_of_digest().instances(digest=token_digest(text), now=now)), None)
    if token and (token.last_used_at is None or now - token.last_used_at > USE_GRAIN):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


@cache
def token_of_digest() -> Prepared[ApiToken]:
    """The question of `use_token`, which every request of a program asks."""
    found = valid_tokens(Given("now")).filter(
        digest=Given("digest"), account__is_active=True, account__closed_at__isnull=True
    )
    return Prepared(found.select_related("account"))


def use_tokens(*, texts: Collection[str], now: dt.datetime) -> dict[str, uuid.UUID]:
    """Many tokens used at once, to write: the owner's account of each that is valid and may write;
    any other is missing. Two statements, however many."""
    digests = {token_digest(text): text for text in texts if text.startswith(PREFIX)}
    found = valid_tokens(now).filter(
        digest__in=list(digests),
        account__is_active=True,
        account__closed_at__isnull=True,
        scopes__contains=[Scope.WRITE],
    )
    tokens = list(found.values_list("pk", "digest", "account_id", "last_used_at"))
    rested = [pk for pk, _d, _a, used_at in tokens if not used_at or now - used_at > USE_GRAIN]
    if rested:
        ApiToken.objects.filter(pk__in=rested).update(last_used_at=now)
    return {digests[bytes(digest)]: account_id for _pk, digest, account_id, _used_at in tokens}


def valid_tokens(now: dt.datetime | Given) -> QuerySet[ApiToken]:
    """Tokens that have neither expired nor been revoked."""
    return ApiToken.objects.filter(Q(revoked_at__isnull=True), expires_at__gt=now)


def record(action: str, by: Account, token: ApiToken) -> None:
    audit.record(
        action=action,
        by=by.pk,
        subject=f"token:{token.pk}",
        person_id=by.person_id,
        details={"scopes": token.scopes},
    )
