"""补录: a member on paper who is missing here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, transactions
from niangjia.core.crypto import digest, digests_of
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import ChangeKind, Membership, MembershipStatus, Person, Post
from niangjia.members.rules import applications as rules
from niangjia.members.rules import identity, names, permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.services.memberships.moving import place_member
from niangjia.members.services.memberships.recording import tell
from niangjia.organisations.models import Union


@transactions.atomic
def register_paper_member(
    *,
    by: Post,
    union: Union,
    answers: Mapping[str, Any],
    admitted_date: dt.date,
    employer_name: str = "",
    job: str = "",
    now: dt.datetime,
) -> Membership:
    """Enter somebody from the paper register of `union`, with the date they were admitted on then.

    `answers` is who they are (see `rules.identity.check`). They need no account; when they open one
    and pass the real-name check, the membership is theirs to see. A member of another union is not
    taken from it this way: that needs their own application.

    Raises `NotFound` without a post that may, `Invalid` naming wrong fields, `Conflict`
    "not-joinable", "member-already" or "identity-in-use" (the number stands here under another
    name).
    """
    post = (
        Post.objects.select_related("union")
        .filter(pk=by.pk, ended_at__isnull=True, account__is_active=True)
        .first()
    )
    union = Union.objects.get(pk=union.pk)
    if (
        post is None
        or not permissions.may(post.role, Action.CHANGE_MEMBERSHIPS)
        or not post.scope.covers(union.path)
    ):
        raise NotFound(_("There is no such union."))
    if not rules.is_joinable(union):
        raise Conflict(_("This union has no members of its own."), code="not-joinable")
    today = now.astimezone(clock.CHINA).date()
    if admitted_date > today:
        problem = _("Nobody was admitted on a day that is yet to come.")
        raise Invalid(problem, code="admitted-later", fields={"admitted_date": problem})
    membership = place_member(
        person=_person(identity.check(answers, today=today)),
        union=union,
        employer_name=employer_name.strip(),
        job=job.strip(),
        by_account_id=by.account_id,
        kind=ChangeKind.REGISTERED,
        admitted_date=admitted_date,
        now=now,
    )
    facts = {"union": union.name, "number": membership.spaced_number}
    tell(membership, "membership.registered", facts, now=now)
    return membership


def _person(given: identity.Identity) -> Person:
    """The person with this document, who must not be a member of anything; made if need be."""
    known_as = digests_of("identity-number", given.digest_text)
    person = (
        Person.objects.select_for_update(of=("self",)).filter(identity_digest__in=known_as).first()
    )
    if person is None:
        return Person.objects.create(
            name=given.name,
            document_type=given.document_type,
            identity_number=given.identity_number,
            identity_digest=digest("identity-number", given.digest_text),
            birth_date=given.birth_date,
            gender=given.gender,
        )
    if not names.alike(person.name, given.name):
        problem = _("This number stands here under another name. Please look at the document.")
        raise Conflict(problem, code="identity-in-use", fields={"identity_number": problem})
    live = Membership.objects.filter(person=person).exclude(status=MembershipStatus.ENDED)
    if live.exists():
        problem = _(
            "This person is a member already. If it is of another union, they apply to move."
        )
        raise Conflict(problem, code="member-already", fields={"identity_number": problem})
    return person
