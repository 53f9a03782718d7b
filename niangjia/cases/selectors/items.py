"""What the catalogue says, where."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q, TextField
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import ItemSnapshot, ItemVersion, ServiceItem, VersionState
from niangjia.cases.rules import content
from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.core.prepared import AnyOf, Given, Prepared, Whole
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import ancestor_paths

#: Items that officers begin from another case.
OFFICERS = "officers"


@dataclass(frozen=True)
class Offered:
    """A service item as it holds at one union: its document and the same as JSON."""

    item: ServiceItem
    document: content.Item
    plain: dict[str, Any]

    @cached_property
    def digest(self) -> bytes:
        """What a snapshot of it is found by."""
        return content.digest_of(self.plain)


def list_offered(union: Union) -> list[Offered]:
    """Every item that is offered at `union`, as it holds there, in the order of keys. One query.

    An item without a published national document is offered nowhere; one that officers begin from
    another case is offered to nobody.
    """
    versions = (
        ItemVersion.objects.filter(
            state=VersionState.PUBLISHED, union__path__in=ancestor_paths(union.path)
        )
        .select_related("item")
        .order_by("item__key", "union__depth")
        .only("content", "item__key", "item__home", "union__depth")
    )
    layers: dict[str, list[ItemVersion]] = {}
    for version in versions:
        layers.setdefault(version.item.key, []).append(version)
    whole = [laid(found) for found in layers.values() if "key" in found[0].content]
    return [offered for offered in whole if offered.document.open_to != OFFICERS]


class Named(NamedTuple):
    """An item by its id and what it is called."""

    pk: uuid.UUID
    name: str


def items_within(posts: Sequence[Post]) -> dict[str, Named]:
    """The items whose cases may come to `posts`, by their keys: the national ones, those of unions
    above, their own and those of unions below; what officers begin as well. One query."""
    own = reaches(posts, Action.HANDLE_CASES)
    above = {path for reach in own for path in ancestor_paths(reach.path)}
    at_home = Q(union=F("item__home")) | Q(item__home=None, union__depth=0)
    versions = ItemVersion.objects.filter(
        at_home,
        Q(union__path__in=above) | scope.within(own, field="union__path"),
        state=VersionState.PUBLISHED,
    )
    names = versions.order_by("item__key").values_list("item__key", "item_id", "content__name")
    return {key: Named(pk, str(content.Text(**name))) for key, pk, name in names}


def access_offered(key: str, union: Union, *, to_officers: bool = False) -> Offered:
    """One item as it holds at `union`. One query. Raises `NotFound` when it is not offered, or only
    to officers."""
    rows = layers_of_item().rows(key=key, paths=ancestor_paths(union.path))
    return offered_in(rows, to_officers=to_officers)


def offered_in(rows: Sequence[tuple[uuid.UUID]], *, to_officers: bool = False) -> Offered:
    """The answer to `layers_of_item`. Raises `NotFound` like `access_offered`."""
    offered = laid_together(tuple(found for (found,) in rows)) if rows else None
    if offered is None:
        raise NotFound(_("This service is not offered any more."))
    if offered.document.open_to == OFFICERS and not to_officers:
        raise NotFound(_("This service is not offered any more."))
    return offered


def follow_ups_of(item: content.Item, union: Union) -> Whole[list[content.Item]]:
    """The question for what officers may begin from a case of `item`, as it holds at `union`."""
    paths = ancestor_paths(union.path)
    layers = [layers_of_item().asked(key=key, paths=paths) for key in item.follow_ups]
    return Whole(layers, offered_among)


def offered_among(*items: Sequence[tuple[uuid.UUID]]) -> list[content.Item]:
    """The documents of those that are offered to officers still."""
    found = []
    for rows in items:
        with suppress(NotFound):
            found.append(offered_in(rows, to_officers=True).document)
    return found


@cache
def layers_of_item() -> Prepared[ItemVersion]:
    """The question of `access_offered`: which versions of an item hold, the highest first."""
    at = AnyOf(F("union__path"), Given("paths", ArrayField(TextField())))
    published = ItemVersion.objects.filter(at, item__key=Given("key"), state=VersionState.PUBLISHED)
    return Prepared(published.order_by("union__depth").values_list("pk"))


@lru_cache(maxsize=2_000)
def laid_together(versions: tuple[uuid.UUID, ...]) -> Offered | None:
    """The document that these versions come to, None without a national one. What was published
    never changes, so it is put together once a process."""
    found = ItemVersion.objects.select_related("item").in_bulk(versions)
    layers = [found[version] for version in versions]
    return laid(layers) if "key" in layers[0].content else None


def laid(layers: list[ItemVersion]) -> Offered:
    """The national document with the local ones over it."""
    plain = content.merged(layers[0].content, [layer.content for layer in layers[1:]])
    return Offered(item=layers[0].item, document=content.read(plain), plain=plain)


@lru_cache(maxsize=2_000)
def document_of(snapshot_id: uuid.UUID) -> content.Item:
    """The document a case began under. Snapshots never change, so each is read once a process."""
    return content.read(ItemSnapshot.objects.only("content").get(pk=snapshot_id).content)
