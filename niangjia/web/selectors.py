"""Reads for the frame and the home page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class Viewer:
    """Whoever is signed in, as far as the frame needs to know."""

    name: str
    unread: int
    has_post: bool


def find_viewer(account_id: UUID) -> Viewer | None:
    """Name, unread notices and whether there is a desk to go to: one query."""
    row = (
        Account.objects.filter(pk=account_id)
        .annotate(
            unread=Count("notices", filter=Q(notices__read_at__isnull=True)),
            has_post=Exists(Post.objects.filter(account=OuterRef("pk"), ended_at__isnull=True)),
        )
        .values_list("person__name", "unread", "has_post")
        .first()
    )
    return Viewer(name=row[0] or "", unread=row[1], has_post=row[2]) if row else None
