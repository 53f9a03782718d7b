"""The catalogue at one union, item by item."""

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.cases.models import ItemVersion, VersionState
from niangjia.cases.rules.catalogue import GROUPS
from niangjia.cases.selectors.items import Offered, list_offered
from niangjia.cases.selectors.versions import list_own, open_cases_by_item
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union


@dataclass(frozen=True)
class Row:
    """One item of the list: what holds here, what this union says of it, what is left to do."""

    key: str
    name: str
    group: str
    offered: Offered | None
    own: ItemVersion | None
    draft: ItemVersion | None
    scheduled: ItemVersion | None
    unset: int
    open_cases: int
    is_own_item: bool = False


def rows_of_catalogue(union: Union, posts: Sequence[Post], account: Account) -> list[Row]:
    """The items that hold at `union` or are written there, by group and name."""
    offered = {each.item.key: each for each in list_offered(union)}
    own: dict[str, dict[str, ItemVersion]] = {}
    kept = (VersionState.DRAFT, VersionState.SCHEDULED, VersionState.PUBLISHED)
    for version in list_own(union, kept):
        own.setdefault(version.item.key, {})[version.state] = version
    counts = open_cases_by_item(posts, account)
    order = list(GROUPS)
    found = [
        row(key, offered.get(key), own.get(key, {}), counts.get(key, 0)) for key in {*offered, *own}
    ]
    return sorted(
        found, key=lambda row: (order.index(row.group) if row.group in order else 99, row.name)
    )


def row(key: str, offered: Offered | None, own: dict[str, ItemVersion], open_cases: int) -> Row:
    """One line."""
    draft = own.get(VersionState.DRAFT)
    newest = draft or own.get(VersionState.PUBLISHED) or own.get(VersionState.SCHEDULED)
    name = newest.content.get("name", {}).get("zh", key) if newest else key
    return Row(
        key=key,
        name=str(offered.document.name) if offered else name,
        group=offered.document.group if offered else "",
        offered=offered,
        own=own.get(VersionState.PUBLISHED),
        draft=draft,
        scheduled=own.get(VersionState.SCHEDULED),
        unset=len(offered.document.unset) if offered else 0,
        open_cases=open_cases,
        is_own_item=any(each.item.home_id == each.union_id for each in own.values()),
    )
