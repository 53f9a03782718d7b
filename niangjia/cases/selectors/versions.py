"""Versions of service items, as those who write them see them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, ItemVersion, State, VersionState
from niangjia.cases.rules import content
from niangjia.cases.selectors.cases import visible_cases
from niangjia.core import ids, protection, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Status, Union
from niangjia.organisations.rules.paths import ancestor_paths


def list_versions(union: Union, key: str) -> QuerySet[ItemVersion]:
    """Every version of an item at `union`, the newest first."""
    return (
        ItemVersion.objects.filter(union=union, item__key=key)
        .select_related("item", "union")
        .order_by("-number")
    )


def access_version(posts: Sequence[Post], version_id: str) -> ItemVersion:
    """A version within reach of `posts` for editing. Raises `NotFound`. One query."""
    key = ids.parse_uuid(version_id)
    where = scope.within(reaches(posts, Action.EDIT_SERVICES), field="union__path")
    found = (
        key
        and ItemVersion.objects.filter(where, pk=key)
        .select_related("item", "union__division")
        .first()
    )
    if not found:
        raise NotFound(_("There is no such page"))
    return found


def layers_above(version: ItemVersion) -> list[dict[str, Any]]:
    """The published documents from where the item is at home down to the union above that of
    `version`. One query; none where it is at home."""
    paths = ancestor_paths(version.union.path)[:-1]
    if version.item.is_whole_at(version.union):
        return []
    return list(
        ItemVersion.objects.filter(
            item=version.item, state=VersionState.PUBLISHED, union__path__in=paths
        )
        .order_by("union__depth")
        .values_list("content", flat=True)
    )


def document_above(version: ItemVersion) -> dict[str, Any] | None:
    """What would hold without `version`; None where the item is at home, and its document whole."""
    layers = layers_above(version)
    return content.merged(layers[0], layers[1:]) if layers else None


def whole_document(version: ItemVersion) -> dict[str, Any]:
    """What holds, or would hold, with `version` at its union."""
    above = document_above(version)
    return content.merged(above, [version.content]) if above else dict(version.content)


def published_document(version: ItemVersion) -> dict[str, Any] | None:
    """What holds at the union of `version` today; None where the item is not offered."""
    layers = list(
        ItemVersion.objects.filter(
            item=version.item,
            state=VersionState.PUBLISHED,
            union__path__in=ancestor_paths(version.union.path),
        )
        .order_by("union__depth")
        .values_list("content", flat=True)
    )
    if not layers or "key" not in layers[0]:
        return None
    return content.merged(layers[0], layers[1:])


def list_variants_below(union: Union, key: str) -> QuerySet[ItemVersion]:
    """The published variants of an item below `union`, from the top down."""
    return (
        ItemVersion.objects.filter(
            scope.subtree(union.path, field="union__path"),
            item__key=key,
            state=VersionState.PUBLISHED,
        )
        .exclude(union=union)
        .select_related("union")
        .order_by("union__path")
    )


def documents_below(version: ItemVersion) -> Iterator[tuple[Union, dict[str, Any]]]:
    """What would hold at each place below that says something itself, with `version` published."""
    whole = whole_document(version)
    variants = list(list_variants_below(version.union, version.item.key))
    for variant in variants:
        chain = [v.content for v in variants if variant.union.path.startswith(v.union.path)]
        yield variant.union, content.merged(whole, chain)


def list_publishers(version: ItemVersion, *, besides: uuid.UUID) -> list[Account]:
    """Who may publish `version` as a second person: at its own union, or, where nobody else is
    there, at the nearest union above that has somebody. One query."""
    roles = [r for r, may in permissions.MAY.items() if Action.EDIT_SERVICES in may]
    posts = (
        Post.objects.filter(
            union__path__in=ancestor_paths(version.union.path),
            role__in=roles,
            ended_at__isnull=True,
            account__is_active=True,
        )
        .exclude(account_id=besides)
        .select_related("account__person", "union")
    )
    within = [post for post in posts if post.scope.covers(version.union.path)]
    nearest = max((post.union.depth for post in within), default=0)
    return list({p.account_id: p.account for p in within if p.union.depth == nearest}.values())


def open_cases_by_item(posts: Sequence[Post], account: Account) -> dict[str, int]:
    """How many open cases of each item the asker may see. One or two queries."""
    with protection.viewing(account=account.pk):
        visible = visible_cases(posts, account=account).filter(state__in=[State.OPEN, State.PAUSED])
        rows = visible.order_by().values_list("item__key").annotate(n=Count("pk"))
        return {str(key): n for key, n in rows}


def count_begun(version: ItemVersion) -> int:
    """How many open cases go on under what holds at the union of `version` and below it today."""
    with protection.working("catalogue.compare"):
        return Case.objects.filter(
            scope.subtree(version.union.path, field="handler_path"),
            item=version.item,
            is_complaint=False,
            state__in=[State.OPEN, State.PAUSED],
        ).count()


def list_own(union: Union, states: Sequence[str]) -> QuerySet[ItemVersion]:
    """What `union` itself says of items, in these states."""
    return ItemVersion.objects.filter(union=union, state__in=states).select_related("item")


def names_of_writers(versions: Sequence[ItemVersion]) -> dict[uuid.UUID, str]:
    """Who wrote, published and retired these versions, by account. One query."""
    wanted = {
        account_id
        for version in versions
        for account_id in (
            version.drafted_by_account_id,
            version.published_by_account_id,
            version.retired_by_account_id,
        )
        if account_id
    }
    named = Account.objects.filter(pk__in=wanted).values_list("pk", "person__name")
    return {pk: name or "—" for pk, name in named} if wanted else {}


@dataclass(frozen=True)
class ReachOf:
    """For whom a version holds: so many unions, of which so many say something of their own; and
    so many open cases that go on as they began."""

    unions: int
    variants: int
    cases: int


def reach_of(version: ItemVersion) -> ReachOf:
    """For whom `version` holds, or would hold. Three queries."""
    below = Union.objects.filter(scope.subtree(version.union.path)).exclude(status=Status.DISSOLVED)
    return ReachOf(
        unions=below.count(),
        variants=list_variants_below(version.union, version.item.key).count(),
        cases=count_begun(version),
    )
