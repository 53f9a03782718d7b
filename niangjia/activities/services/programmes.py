"""A union's pages of programmes: writing them, gathering things on them, showing them."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import ProgrammeItem, ProgrammePage
from niangjia.activities.rules import programmes as rules
from niangjia.activities.rules.programmes import PageDraft
from niangjia.activities.services.acting import refuse
from niangjia.core import audit, gathering, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.organisations.models import Status, Union

MOST = 24


@transactions.atomic
def write_programme_page(
    *,
    by: Post | None,
    union: Union,
    programme: str,
    draft: PageDraft,
    now: dt.datetime,
    is_made_up: bool = False,
) -> ProgrammePage:
    """Begin or change a union's page of a programme; what is public changes at once. Raises
    `Invalid` by field, `Conflict` when the union is no more."""
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")
    refuse(rules.page_problems(programme, draft))
    page, is_new = ProgrammePage.objects.select_for_update().get_or_create(
        programme=programme,
        union=union,
        defaults={**draft.values(), "created_at": now, "is_made_up": is_made_up},
    )
    for name, value in draft.values().items():
        setattr(page, name, value)
    page.save()
    record(page, by, "drafted" if is_new else "changed")
    return page


@transactions.atomic
def gather(
    *, by: Post | None, page: ProgrammePage, kind: str, key: str, words: str = ""
) -> ProgrammeItem:
    """Put something of another room on the page, and say in a few words why. Again changes the
    words. Raises `Invalid` on `thing` for what is not offered or open to everybody, and on `words`;
    `Conflict` with more than 24 things."""
    held = hold(page)
    if not gathering.find(held.union, [(kind, key)]):
        problem = _("Choose something that there is.")
        raise Invalid(problem, fields={"thing": problem})
    if len(words.strip()) > rules.WORDS_MAX:
        problem = _("Please keep to 120 characters.")
        raise Invalid(problem, fields={"words": problem})
    there = held.items.filter(kind=kind, key=key).first()
    if there is None and held.items.count() >= MOST:
        raise Conflict(_("There are 24 things on it already."), code="too-many")
    last = held.items.aggregate(last=Max("position"))["last"] or 0
    item = there or ProgrammeItem(page=held, kind=kind, key=key, position=last + 1)
    item.words = words.strip()
    item.save()
    record(held, by, "gathered", {"kind": kind, "key": key})
    return item


@transactions.atomic
def take_off(*, by: Post | None, page: ProgrammePage, item_id: uuid.UUID) -> None:
    """Take something off the page; its room keeps it. Twice is once."""
    held = hold(page)
    gone, _by_model = held.items.filter(pk=item_id).delete()
    if gone:
        record(held, by, "taken-off", {"item": str(item_id)})


@transactions.atomic
def publish_programme_page(
    *, by: Post | None, page: ProgrammePage, now: dt.datetime
) -> ProgrammePage:
    """Show it to everybody, also after it was taken down. Twice is once."""
    held = hold(page)
    if held.is_public:
        return held
    held.published_at, held.retired_at = held.published_at or now, None
    held.save(update_fields=["published_at", "retired_at"])
    record(held, by, "published")
    return held


@transactions.atomic
def retire_programme_page(
    *, by: Post | None, page: ProgrammePage, now: dt.datetime
) -> ProgrammePage:
    """Show it no longer; nothing on it is lost. Twice is once."""
    held = hold(page)
    if not held.is_public:
        return held
    held.retired_at = now
    held.save(update_fields=["retired_at"])
    record(held, by, "retired")
    return held


def retire_pages_of(*, union_id: uuid.UUID, now: dt.datetime) -> None:
    """A dissolved union shows none. Twice is once."""
    for page in ProgrammePage.objects.filter(union=union_id):
        retire_programme_page(by=None, page=page, now=now)


def hold(page: ProgrammePage) -> ProgrammePage:
    """It, held until the transaction ends."""
    held = ProgrammePage.objects.select_for_update(of=("self",)).select_related("union")
    return held.get(pk=page.pk)


def record(
    page: ProgrammePage, by: Post | None, what: str, details: Mapping[str, Any] | None = None
) -> None:
    audit.record(
        action=f"programme-page.{what}",
        by=by.account_id if by else None,
        subject=f"programme-page:{page.pk}",
        union_id=page.union_id,
        details=details,
    )
