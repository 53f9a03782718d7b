"""Links that one person takes a role by: whoever opens one first, signed in."""

import datetime as dt
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import new_token, token_digest
from niangjia.core.errors import Conflict, TooLate
from niangjia.members.models import Account, RoleLink
from niangjia.members.selectors.links import access_link

L = TypeVar("L", bound=RoleLink)

GOOD_FOR = dt.timedelta(days=7)


def make_link(kind: type[L], *, now: dt.datetime, token: str = "", **offered: Any) -> str:
    """The token of a new link that offers a role: good for a week, shown once and stored as a
    digest. Without a `token` of the caller's, as one that can be typed, it is one of 192 random
    bits. In the caller's transaction."""
    token = token or new_token()
    kind._default_manager.create(
        token_digest=token_digest(token), created_at=now, expires_at=now + GOOD_FOR, **offered
    )
    return token


def open_link(links: QuerySet[L], *, by: Account, token: str, now: dt.datetime) -> L:
    """The link of a token, locked, for `by` to take what it offers; what they hold by it already
    stands in its `taken`. In the caller's transaction.

    Raises `NotFound` for no link of ours, `Conflict` for one that somebody has used, `TooLate` for
    one that has expired.
    """
    link = access_link(links.select_for_update(of=("self",)), token)
    if link.is_held_by(by):
        return link
    if link.taken is not None:
        raise Conflict(_("This link has been used. Ask for a new one."), code="link-used")
    if now >= link.expires_at:
        raise TooLate(_("This link has expired. Ask for a new one."), code="link-expired")
    return link


def use_up(link: RoleLink, role: Any) -> None:
    """Nobody else takes anything by this link: `role` was taken. In the caller's transaction."""
    setattr(link, link.role, role)
    link.save(update_fields=[link.role])
