"""Writing, publishing and retiring service items, as officers do it (`Action.EDIT_SERVICES`)."""

import datetime as dt
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import ItemVersion, ServiceItem, VersionState
from niangjia.cases.rules import content
from niangjia.cases.rules.drafting import parts, problems
from niangjia.cases.selectors import versions as selectors
from niangjia.cases.services import catalogue
from niangjia.cases.services.locking import find_account
from niangjia.core import clock, transactions
from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import find_acting_post
from niangjia.members.services import notices
from niangjia.organisations.models import Union

logger = logging.getLogger(__name__)
EDITS = Action.EDIT_SERVICES
REASON_LENGTHS = (10, 500)
#: Keys that are pages of their own.
RESERVED = frozenset({"receipt", "notices"})
FARTHEST_DAYS = 730
KEY_LENGTH = 40


@transactions.atomic
def create_item(
    *, by: Post, union: Union, key: str, name: Mapping[str, str], now: dt.datetime
) -> ItemVersion:
    """Begin a new item with nothing but its name: at the root a national one, elsewhere the union's
    own, offered there and below. Its own ends in the union's number ("canteen-3307820001"), so that
    no two unions take each other's keys.

    Raises `NotFound` out of reach, `Invalid` on `key`, `Conflict` for a key that is taken.
    """
    check_post(by, union)
    if union.depth:
        key = own_key(key, union)
    if key in RESERVED:
        problem = _("This key is taken by a page. Choose another.")
        raise Invalid(problem, code="key-reserved", fields={"key": problem})
    home = union if union.depth else None
    item, is_new = ServiceItem.objects.get_or_create(key=key, defaults={"home": home})
    if not is_new:
        problem = _("There is a service of this key already. Open it and draft a new version.")
        raise Conflict(problem, code="key-taken")
    document = {"key": key, "name": dict(name)}
    return new_draft(item, union, document, by, now)


def own_key(key: str, union: Union) -> str:
    """The key of an item that `union` has for itself. Raises `Invalid` on `key`."""
    whole = f"{key}-{union.number}"
    if len(whole) > KEY_LENGTH:
        problem = _("Choose a shorter key: the number of your union is added to it.")
        raise Invalid(problem, code="key-too-long", fields={"key": problem})
    return whole


@transactions.atomic
def begin_draft(*, by: Post, union: Union, key: str, now: dt.datetime) -> ItemVersion:
    """The draft of an item at `union`: the one there is, or a new one that says what holds there
    now (elsewhere than where it is at home: only what is different). Raises `NotFound`, `Conflict`
    "not-offered"."""
    check_post(by, union)
    item = ServiceItem.objects.select_for_update().filter(key=key).first()
    if item is None:
        raise NotFound(_("There is no such page"))
    there = ItemVersion.objects.filter(item=item, union=union)
    if draft := there.filter(state=VersionState.DRAFT).first():
        return draft
    base = catalogue.base_of(item, union)
    before = there.filter(state=VersionState.PUBLISHED).first()
    if before is None and base is None:
        before = there.order_by("-number").first()
    return new_draft(item, union, before.content if before else {}, by, now)


def new_draft(
    item: ServiceItem, union: Union, document: Mapping[str, Any], by: Post, now: dt.datetime
) -> ItemVersion:
    last = ItemVersion.objects.filter(item=item, union=union).aggregate(n=Max("number"))["n"]
    return ItemVersion.objects.create(
        item=item,
        union=union,
        number=(last or 0) + 1,
        content=dict(document),
        drafted_at=now,
        drafted_by_account_id=by.account_id,
    )


@transactions.atomic
def save_part(
    *, by: Post, version_id: uuid.UUID, part: str, value: Any, seen: str, now: dt.datetime
) -> ItemVersion:
    """Write one part of a draft. `seen` is `parts.seen` of what the officer had before them: who
    is the second to write the same part is told, and overwrites nothing they have not seen. A draft
    may be unfinished; `problems_of` says what is left before it can be published.

    Raises `NotFound`, `Conflict` "not-a-draft" and "part-changed", `Invalid` for the wrong shape.
    """
    version = lock_version(by, version_id)
    check_draft(version)
    if parts.seen(version.content, part) != seen:
        raise Conflict(
            _("Somebody else has changed this part meanwhile. Look at both, then save again."),
            code="part-changed",
        )
    changed = parts.put(version.content, part, value)
    is_local = not version.item.is_whole_at(version.union)
    if is_local and (strange := sorted(set(changed) - content.LOCAL)):
        raise catalogue_refusal(strange)
    check_shape(version, changed)
    return save(version, changed, by, now)


@transactions.atomic
def replace_document(
    *, by: Post, version_id: uuid.UUID, document: Mapping[str, Any], seen: str, now: dt.datetime
) -> ItemVersion:
    """Write a draft as a whole, for who writes documents by hand. `seen` as in `save_part`, of the
    whole. Raises `Invalid` on `content` for what is no document, and as `save_part`."""
    version = lock_version(by, version_id)
    check_draft(version)
    if whole_seen(version) != seen:
        raise Conflict(
            _("Somebody else has changed this draft meanwhile. Look at both, then save again."),
            code="part-changed",
        )
    if base := catalogue.base_of(version.item, version.union):
        content.read_local(base.content, document)
    elif content.read(document).key != version.item.key:
        problem = _("The key of a service never changes.")
        raise Invalid(problem, code="bad-item", fields={"content": problem})
    check_shape(version, document)
    return save(version, dict(document), by, now)


def save(version: ItemVersion, document: dict[str, Any], by: Post, now: dt.datetime) -> ItemVersion:
    version.content = document
    version.drafted_at, version.drafted_by_account_id = now, by.account_id
    version.save()
    return version


@transactions.atomic
def discard_draft_of_item(*, by: Post, version_id: uuid.UUID, now: dt.datetime) -> None:
    """Throw a draft away. Nothing began under it. Raises `NotFound`, `Conflict`."""
    version = lock_version(by, version_id)
    check_draft(version)
    catalogue.record("service-item.draft-discarded", version, by.account_id)
    version.delete()


@transactions.atomic
def ask_publication(*, by: Post, version_id: uuid.UUID, now: dt.datetime) -> int:
    """Tell those who may publish a draft that it waits: colleagues at its union, else the union
    above. Says how many. Raises `NotFound`, `Conflict`, `Invalid` while it has problems."""
    version = lock_version(by, version_id)
    check_draft(version)
    check_whole(version)
    others = selectors.list_publishers(version, besides=by.account_id)
    name = selectors.whole_document(version)["name"]
    for account in others:
        notices.notify(
            account=account,
            kind="desk.item_to_publish",
            facts={
                "item": name,
                "union": version.union.name,
                "officer": by.account.person.name if by.account.person else "—",
            },
            url=f"/desk/services/versions/{version.pk}/",
            now=now,
        )
    return len(others)


@transactions.atomic
def publish_version(
    *, by: Post, version_id: uuid.UUID, from_date: dt.date | None = None, now: dt.datetime
) -> ItemVersion:
    """Offer a draft, from today or from a later day. It takes a second person: whoever wrote the
    last word of it does not publish it. What a place below says differently must go on fitting.
    Twice is once.

    Raises `NotFound`, `Conflict` "second-person", "retired", "breaks-below", "already-scheduled",
    `Invalid` on `from_date`, and while the draft has problems.
    """
    version = lock_version(by, version_id)
    if version.state in (VersionState.PUBLISHED, VersionState.SCHEDULED):
        return version
    if version.state == VersionState.RETIRED:
        raise Conflict(_("This version has been retired. Draft a new one."), code="retired")
    if version.drafted_by_account_id == by.account_id:
        raise Conflict(
            _("You wrote this draft. A second person looks at it and publishes it."),
            code="second-person",
        )
    check_whole(version)
    check_below(version)
    today = now.astimezone(clock.CHINA).date()
    if from_date is None or from_date == today:
        return catalogue.publish_item(version=version, by=by.account, now=now)
    return schedule(version, from_date, today, by, now)


def schedule(
    version: ItemVersion, from_date: dt.date, today: dt.date, by: Post, now: dt.datetime
) -> ItemVersion:
    """Approve a locked draft for a later day; `put_into_force` publishes it then."""
    if not today < from_date <= today + dt.timedelta(days=FARTHEST_DAYS):
        problem = _("Choose today or a day within the next two years.")
        raise Invalid(problem, code="bad-date", fields={"from_date": problem})
    waiting = ItemVersion.objects.filter(
        item=version.item, union=version.union, state=VersionState.SCHEDULED
    )
    if waiting.exists():
        raise Conflict(
            _("Another version waits for its day already. Retire that one first."),
            code="already-scheduled",
        )
    version.state, version.effective_date = VersionState.SCHEDULED, from_date
    version.published_by_account_id = by.account_id
    version.save()
    catalogue.record("service-item.scheduled", version, by.account_id, day=from_date.isoformat())
    return version


@transactions.atomic
def retire_version(
    *, by: Post, version_id: uuid.UUID, reason: str, now: dt.datetime
) -> ItemVersion:
    """Offer a version no longer, and say why; what waits for its day is taken back. Cases that
    began under it go on. Raises `NotFound`, `Invalid` on `reason`, `Conflict` for a draft."""
    version = lock_version(by, version_id)
    said = reason.strip()
    if not REASON_LENGTHS[0] <= len(said) <= REASON_LENGTHS[1]:
        problem = _("Say why, in 10 to 500 characters: colleagues read it later.")
        raise Invalid(problem, code="reason-needed", fields={"reason": problem})
    if version.state == VersionState.DRAFT:
        raise Conflict(_("This is a draft. Throw it away instead."), code="is-draft")
    return catalogue.retire_item(version=version, by=by.account, reason=said, now=now)


def put_into_force(*, now: dt.datetime) -> int:
    """Publish every version whose day has come; says how many. Twice is once. Each in a transaction
    of its own: one that fits no longer, because what it varies was retired, holds no other back."""
    today = now.astimezone(clock.CHINA).date()
    due = ItemVersion.objects.filter(state=VersionState.SCHEDULED, effective_date__lte=today)
    count = 0
    for version in list(due.select_related("item", "union")):
        by = find_account(version.published_by_account_id)
        try:
            catalogue.publish_item(version=version, by=by, now=now)
        except DomainError:
            logger.exception("version %s could not be put into force", version.pk)
        else:
            count += 1
    return count


def lock_version(by: Post, version_id: uuid.UUID) -> ItemVersion:
    """The version, its item locked, when `by` may edit what its union offers. The post is looked up
    again inside the lock. Raises `NotFound`."""
    found = ItemVersion.objects.filter(pk=version_id).values_list("item_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    ServiceItem.objects.select_for_update().get(pk=found)
    version = ItemVersion.objects.select_related("item", "union").filter(pk=version_id).first()
    if version is None:
        raise NotFound(_("There is no such page"))
    check_post(by, version.union)
    return version


def check_post(by: Post, union: Union) -> None:
    """Raise `NotFound` unless the post is held at this moment and reaches `union`."""
    posts = [post for post in current_posts(by.account) if post.pk == by.pk]
    if find_acting_post(posts, EDITS, union.path) is None:
        raise NotFound(_("There is no such page"))


def check_draft(version: ItemVersion) -> None:
    if version.state != VersionState.DRAFT:
        raise Conflict(
            _("This version is published and never changes. Draft a new one."), code="not-a-draft"
        )


def check_shape(version: ItemVersion, document: Mapping[str, Any]) -> None:
    """Raise `Invalid` for what no page could show and nobody mend there; unfinished is fine."""
    above = selectors.document_above(version)
    whole = content.merged(above, [document]) if above else dict(document)
    if wrong := problems.misshapen(whole):
        problem = _("The service item cannot be used like this: %(where)s") % {"where": wrong}
        raise Invalid(problem, code="bad-item", fields={"content": problem})


def check_whole(version: ItemVersion) -> None:
    """Raise `Invalid` while the document that would hold has problems."""
    found = problems.problems_of(selectors.whole_document(version))
    if found:
        problem = _("Some things are still to be mended first: %(what)s") % {
            "what": "; ".join(each.text for each in found[:3])
        }
        raise Invalid(problem, code="has-problems", fields={"content": problem})


def check_below(version: ItemVersion) -> None:
    """Raise `Conflict` naming the places whose own variant would no longer fit."""
    broken = []
    for union, document in selectors.documents_below(version):
        if problems.problems_of(document):
            broken.append(union.name)
    if broken:
        raise Conflict(
            _("What these places say differently would no longer fit: %(names)s")
            % {"names": ", ".join(broken[:5])},
            code="breaks-below",
        )


def catalogue_refusal(strange: list[str]) -> Invalid:
    problem = _("This is not to be said differently by a place: %(names)s") % {
        "names": ", ".join(strange)
    }
    return Invalid(problem, code="bad-item", fields={"content": problem})


def whole_seen(version: ItemVersion) -> str:
    """What tells whether a draft as a whole is still as somebody saw it."""
    return content.digest_of(version.content).hex()[:16]
