"""What is on the public notice now."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import PublicNotice
from niangjia.core import clock, ids, scope
from niangjia.core.errors import NotFound
from niangjia.organisations.models import Union

#: The order of the list, for `core.pagination.page_of`.
NEWEST = ("-id",)


def list_public_notices(union: Union) -> QuerySet[PublicNotice]:
    """The notices of `union` and all below it that last at this moment."""
    return PublicNotice.objects.filter(
        scope.subtree(union.path, field="union__path"),
        ended_at__isnull=True,
        until_at__gte=clock.now(),
    ).select_related("union")


def access_public_notice(notice_id: str | uuid.UUID) -> PublicNotice:
    """One that lasts at this moment. Raises `NotFound`: what is over is shown to nobody."""
    key = ids.parse_uuid(str(notice_id))
    found = (
        key
        and PublicNotice.objects.filter(pk=key, ended_at__isnull=True, until_at__gte=clock.now())
        .select_related("union")
        .first()
    )
    if not found:
        raise NotFound(_("There is no such page"))
    return found
