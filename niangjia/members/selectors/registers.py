"""The membership registers within an officer's reach."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors, scope
from niangjia.core.crypto import digests_of
from niangjia.members.models import DocumentType, Membership, Person, Post
from niangjia.members.rules import identity, names, phones
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches

#: A look-up is for one person; namesakes are few within a reach, and the rest needs a number.
FOUND_LIMIT = 10

By = Literal["name", "identity_number", "phone", "number"]


@dataclass(frozen=True)
class MemberQuery:
    """Whom to look up: the whole name, or exactly one number. Numbers are found by their digests,
    so half a number finds nobody."""

    by: By
    text: str


def list_members_within(posts: Sequence[Post]) -> QuerySet[Membership]:
    """Every membership, ended ones too, in the unions where `posts` may look members up."""
    where = scope.within(reaches(posts, Action.LOOK_UP_MEMBERS), field="union__path")
    return Membership.objects.filter(where).select_related("union", "person")


def find_members(posts: Sequence[Post], query: MemberQuery) -> list[Membership]:
    """Up to `FOUND_LIMIT` memberships that `query` names, current ones first. What cannot be a name
    or a number finds nobody."""
    try:
        named = _named(query)
    except errors.Invalid:
        return []
    within = list_members_within(posts).filter(named).order_by("ended_date", "-admitted_date", "id")
    return list(within[:FOUND_LIMIT])


def access_membership(posts: Sequence[Post], number: str) -> Membership:
    """The membership with this number, within reach. Raises `NotFound`."""
    found = list_members_within(posts).filter(number=number).first()
    if found is None:
        raise errors.NotFound(_("There is no such page"))
    return found


def find_persons_numbered(by: Literal["identity_number", "phone"], text: str) -> list[uuid.UUID]:
    """The persons of one number, members or not, wherever they are: for rooms that look for what
    is theirs within a reach of their own, and record it. None for what cannot be such a number."""
    try:
        digests = _phone_digests(text) if by == "phone" else _identity_digests(text)
    except errors.Invalid:
        return []
    field = "phone_digest" if by == "phone" else "identity_digest"
    return list(Person.objects.filter(**{f"{field}__in": digests}).values_list("pk", flat=True))


def _named(query: MemberQuery) -> Q:
    match query.by:
        case "name":
            return Q(person__name=names.normalised(query.text))
        case "number":
            return Q(number=query.text.strip().replace(" ", "").replace("-", ""))
        case "phone":
            return Q(person__phone_digest__in=_phone_digests(query.text))
        case "identity_number":
            return Q(person__identity_digest__in=_identity_digests(query.text))


def _phone_digests(text: str) -> list[bytes]:
    return digests_of("phone", phones.normalised(text))


def _identity_digests(text: str) -> list[bytes]:
    """A number as each kind of document that can bear it."""
    digests = []
    for kind in DocumentType:
        try:
            number = identity.normalised_number(kind, text)
        except errors.Invalid:
            continue
        digests += digests_of("identity-number", identity.digest_text(kind, number))
    return digests
