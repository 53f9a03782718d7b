"""Drafting, publishing and retiring what the catalogue says."""

import datetime as dt
import tomllib
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import ItemSnapshot, ItemVersion, ServiceItem, VersionState
from niangjia.cases.rules import content, eligibility
from niangjia.cases.selectors import Offered
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict
from niangjia.core.prepared import Given, Prepared
from niangjia.members.models import Account
from niangjia.organisations.models import Union

SEEDS = Path(__file__).parent.parent / "catalogue"


@transactions.atomic
def draft_item(
    *,
    union: Union,
    key: str,
    document: Mapping[str, Any],
    by: Account | None,
    now: dt.datetime,
) -> ItemVersion:
    """Keep what an item should say at `union`, checked but not yet offered; the draft there was is
    replaced. Where the item is at home the document is whole; elsewhere it says what is different.
    One that is new at the root is national.

    Raises `Invalid` on `content`, `Conflict` for a local draft of an item that is not offered.
    """
    item = ServiceItem.objects.filter(key=key).first()
    if item is None:
        if union.depth:
            raise not_offered()
        item, _is_new = ServiceItem.objects.get_or_create(key=key)
    ServiceItem.objects.select_for_update().get(pk=item.pk)
    base = base_of(item, union)
    check(content.read_local(base.content, document) if base else content.read(document))
    draft = ItemVersion.objects.filter(item=item, union=union, state=VersionState.DRAFT).first()
    if draft is None:
        last = ItemVersion.objects.filter(item=item, union=union).aggregate(n=Max("number"))["n"]
        draft = ItemVersion(item=item, union=union, number=(last or 0) + 1)
    draft.content = dict(document)
    draft.drafted_at, draft.drafted_by_account_id = now, by.pk if by else None
    draft.save()
    return draft


def check(document: content.Item) -> None:
    """What a document says can be asked, and the letters it names are there. Raises `Invalid`."""
    eligibility.check(document)
    content.check_outcomes(document)


@transactions.atomic
def publish_item(*, version: ItemVersion, by: Account | None, now: dt.datetime) -> ItemVersion:
    """Offer a draft from now on; what held there before is retired. Cases go on under the version
    they began with. Twice is once. Who may is asked by `services.drafting`; `by` None is this
    software's own. Raises `Conflict` for a retired one."""
    ServiceItem.objects.select_for_update().get(pk=version.item_id)
    version = ItemVersion.objects.select_related("item", "union").get(pk=version.pk)
    if version.state == VersionState.PUBLISHED:
        return version
    if version.state == VersionState.RETIRED:
        raise Conflict(_("This version has been retired. Draft a new one."), code="retired")
    if base := base_of(version.item, version.union):
        content.read_local(base.content, version.content)
    retire_published(version.item, version.union, now)
    version.state = VersionState.PUBLISHED
    version.published_at, version.published_by_account_id = now, by.pk if by else None
    version.save()
    record("service-item.published", version, version.published_by_account_id)
    return version


@transactions.atomic
def retire_item(
    *, version: ItemVersion, by: Account | None, reason: str = "", now: dt.datetime
) -> ItemVersion:
    """Offer it no longer: where it is at home nowhere, elsewhere what is said above holds again.
    Twice is once. Cases that began under it go on."""
    ServiceItem.objects.select_for_update().get(pk=version.item_id)
    version.refresh_from_db()
    if version.state != VersionState.RETIRED:
        version.state, version.retired_at = VersionState.RETIRED, now
        version.retired_by_account_id = by.pk if by else None
        version.retired_reason = reason
        version.save()
        record("service-item.retired", version, version.retired_by_account_id)
    return version


def record(action: str, version: ItemVersion, by: uuid.UUID | None, **details: Any) -> None:
    """Write on the audit chain what became of a version."""
    audit.record(
        action=action,
        by=by,
        subject=f"item-version:{version.pk}",
        union_id=version.union_id,
        details={"item": version.item.key, "number": version.number, **details},
    )


def retire_published(item: ServiceItem, union: Union, now: dt.datetime) -> None:
    ItemVersion.objects.filter(item=item, union=union, state=VersionState.PUBLISHED).update(
        state=VersionState.RETIRED, retired_at=now
    )


def base_of(item: ServiceItem, union: Union) -> ItemVersion | None:
    """The whole document that `union` varies; None where the item is at home and its own document
    is whole. Raises `Conflict` when the item is not offered above."""
    if item.is_whole_at(union):
        return None
    at_home = Q(union=item.home_id) if item.home_id else Q(union__depth=0)
    found = ItemVersion.objects.filter(at_home, item=item, state=VersionState.PUBLISHED)
    base = found.select_related("union").first()
    if base is None or not union.path.startswith(base.union.path):
        raise not_offered()
    return base


def not_offered() -> Conflict:
    return Conflict(_("This service is not offered here."), code="not-offered")


def snapshot_of(offered: Offered) -> ItemSnapshot:
    """The document as it holds now, stored once however many cases begin under it."""
    for found in snapshot_of_digest().instances(digest=offered.digest):
        return found
    made, _is_new = ItemSnapshot.objects.get_or_create(
        digest=offered.digest, defaults={"item": offered.item, "content": offered.plain}
    )
    return made


@cache
def snapshots_of_item() -> Prepared[ItemSnapshot]:
    """The question for the newest documents of an item: as a rule the one that holds is there."""
    newest = ItemSnapshot.objects.filter(item__key=Given("key")).order_by("-id")
    return Prepared(newest.values_list("pk", "digest")[:20])


@cache
def snapshot_of_digest() -> Prepared[ItemSnapshot]:
    """The question of `snapshot_of`."""
    return Prepared(ItemSnapshot.objects.filter(digest=Given("digest")).defer("content"))


def seed_catalogue(*, root: Union, now: dt.datetime) -> int:
    """Publish the national documents that come with this software, where they are new or have
    changed; says how many were. What a keeper published, is drafting or has retired is theirs:
    it is left alone. Twice is once."""
    published = 0
    for document in seeds():
        key = document["key"]
        if is_kept(ItemVersion.objects.filter(item__key=key, union=root), document):
            continue
        draft = draft_item(union=root, key=key, document=document, by=None, now=now)
        publish_item(version=draft, by=None, now=now)
        published += 1
    return published


def seeds() -> list[dict[str, Any]]:
    """The national documents that come with this software, in the order of their keys."""
    return [
        tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(SEEDS.glob("*.toml"))
    ]


def is_kept(versions: QuerySet[ItemVersion], document: Mapping[str, Any]) -> bool:
    """Whether what the root says of an item stays as it is: it says this already, or a keeper has
    published, is drafting, or has retired it."""
    if not versions.exists():
        return False
    return (
        versions.filter(content=document).exists()
        or versions.filter(
            Q(published_by_account_id__isnull=False) | Q(state=VersionState.DRAFT)
        ).exists()
        or not versions.filter(state=VersionState.PUBLISHED).exists()
    )
