"""What a link offers that one person takes a role by."""

from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import token_digest
from niangjia.core.errors import NotFound
from niangjia.members.models import RoleLink

L = TypeVar("L", bound=RoleLink)


def access_link(links: QuerySet[L], token: str) -> L:
    """The one of `links` with this token. Raises `NotFound`."""
    found = links.filter(token_digest=token_digest(token)).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
