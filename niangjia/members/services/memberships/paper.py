"""补录: a member on paper who is missing here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, transactions
from niangjia.core.crypto import digest, digests_of
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.models import ChangeKind, Membership, MembershipStatus, Person, Post
from niangjia.members.rules import applications as rules
from niangjia.members.rules import identity, names, permissions
from niangjia.members.rules.particulars import check_admitted_date
from niangjia.members.rules.permissions import Action
from niangjia.members.services import personal_data
from niangjia.members.services.memberships.moving import place_member
from niangjia.members.services.memberships.recording import tell
from niangjia.organisations.models import Union

#: Refusals that tell the officer something about a person who may be beyond their reach.
TELLING = frozenset({"identity-in-use", "member-here", "member-already"})


def register_paper_member(
    *,
    by: Post,
    union: Union,
    answers: Mapping[str, Any],
    admitted_date: dt.date,
    phone: str = "",
    employer_name: str = "",
    job: str = "",
    now: dt.datetime,
) -> Membership:
    """Enter somebody from the paper register of `union`, with the date they were admitted on then.

    `answers` is who they are (see `rules.identity.check`), `phone` (E.164, may be empty) a number
    to be found by, kept unless the person has given one. They need no account; when they open one
    and pass the real-name check, the membership is theirs to see. A member of another union is not
    taken from it this way: that needs their own application.

    A refusal that says somebody stands here already counts as a look-up of them, so that a list
    of numbers cannot be tried one by one (promises 6 and 8).

    Raises `NotFound` without a post that may, `Invalid` naming wrong fields, `Conflict`
    "not-joinable", "member-here", "member-already" (of another union) or "identity-in-use" (the
    number stands here under another name), `Throttled` past the limits of look-ups.
    """
    try:
        return _register(
            by=by,
            union=union,
            answers=answers,
            admitted_date=admitted_date,
            phone=phone,
            employer_name=employer_name.strip(),
            job=job.strip(),
            now=now,
        )
    except Conflict as refusal:
        if refusal.code in TELLING:
            given = identity.check(answers, today=now.astimezone(clock.CHINA).date())
            known_as = digests_of("identity-number", given.digest_text)
            personal_data.record_entry_attempt(
                by=by.account,
                person=Person.objects.get(identity_digest__in=known_as),
                union=union,
                now=now,
            )
        raise


@transactions.atomic
def _register(
    *,
    by: Post,
    union: Union,
    answers: Mapping[str, Any],
    admitted_date: dt.date,
    phone: str,
    employer_name: str,
    job: str,
    now: dt.datetime,
) -> Membership:
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
    check_admitted_date(admitted_date, birth_date=None, today=today)
    given = identity.check(answers, today=today)
    check_admitted_date(admitted_date, birth_date=given.birth_date, today=today)
    person = _person(given, union)
    _keep_phone(person, phone)
    membership = place_member(
        person=person,
        union=union,
        employer_name=employer_name,
        job=job,
        by_account_id=by.account_id,
        kind=ChangeKind.REGISTERED,
        admitted_date=admitted_date,
        now=now,
    )
    facts = {"union": union.name, "number": membership.spaced_number}
    tell(membership, "membership.registered", facts, now=now)
    return membership


def _keep_phone(person: Person, phone: str) -> None:
    """A number for somebody who has given none; their own is never overwritten from paper."""
    if phone and not person.phone:
        person.phone, person.phone_digest = phone, digest("phone", phone)
        person.save(update_fields=["phone", "phone_digest"])


def _person(given: identity.Identity, union: Union) -> Person:
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
    live = Membership.objects.filter(person=person).exclude(status=MembershipStatus.ENDED).first()
    if live is not None and live.union_id == union.pk:
        problem = _("This person is in the register of this union already.")
        raise Conflict(problem, code="member-here", fields={"identity_number": problem})
    if live is not None:
        problem = _(
            "This person is a member of another union. They keep that membership and move it "
            "here themselves, with a transfer."
        )
        raise Conflict(problem, code="member-already", fields={"identity_number": problem})
    return person
