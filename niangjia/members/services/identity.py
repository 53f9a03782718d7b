"""Who somebody is: given by themselves, checked by the identity service."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, errors, outbox, transactions
from niangjia.core.crypto import digest, digests_of
from niangjia.members.events.posts import OfficerNamed
from niangjia.members.models import Account, Person
from niangjia.members.rules import identity, names, throttles
from niangjia.members.services import throttles as counting

#: What a person may say about themselves besides their identity.
DESCRIPTION = ("ethnicity", "education", "residence", "from_elsewhere", "skill_level")


@transactions.atomic
def identify_person(
    *, account: Account, answers: Mapping[str, Any], now: dt.datetime, proven: bool = False
) -> Person:
    """Record who the holder of `account` says they are, and what they say about themselves.

    `answers`: name, document_type, identity_number, birth_date and gender where the document does
    not carry them, and any of `DESCRIPTION`. Saying the same again changes nothing; another name
    or number takes the proof away (`verified_at`), so the check must be passed again. `proven` is
    for `confirm_identity` alone: it lets a person of the paper register be connected.
    Raises `Invalid` with its fields, `Conflict` when the number belongs to somebody else's account.
    """
    account = Account.objects.select_for_update().get(id=account.id)
    before = (account.person_id, account.person.name if account.person else "")
    given = identity.check(answers, today=now.astimezone(clock.CHINA).date())
    identity_digest = digest("identity-number", given.digest_text)
    known_as = digests_of("identity-number", given.digest_text)
    holder = Person.objects.select_for_update().filter(identity_digest__in=known_as).first()
    if holder and holder.id != account.person_id:
        if Account.objects.filter(person=holder).exists() or account.person_id:
            raise taken()
        if not proven:
            raise check_first()
        account.person = holder
        account.save(update_fields=["person"])
    person = account.person or Person()
    same_number = bool(holder)
    same_name = account.person_id is not None and names.alike(person.name, given.name)
    if person.verified_at and not same_number and not same_name:
        raise somebody_else()
    same = same_number and same_name
    if not same:
        person.verified_at = None
    person.name = given.name
    person.document_type = given.document_type
    person.identity_number = given.identity_number
    person.identity_digest = identity_digest
    person.birth_date = given.birth_date
    person.gender = given.gender
    person.phone, person.phone_digest = account.phone, account.phone_digest
    for field in DESCRIPTION:
        if field in answers:
            setattr(person, field, answers[field])
    person.save()
    if account.person_id is None:
        account.person = person
        account.save(update_fields=["person"])
    if not same:
        audit.record(
            action="person.identified",
            by=account.id,
            subject=f"person:{person.id}",
            person_id=person.id,
        )
    if before != (person.pk, person.name) and account.posts.filter(ended_at=None).exists():
        outbox.publish(OfficerNamed(account_id=str(account.pk)))
    return person


def count_claim(*, account: Account, answers: Mapping[str, Any], now: dt.datetime) -> None:
    """Count one document that `account` says is theirs; the one already known is free, and so is
    what is no document at all. Called before `identify_person`, outside its transaction, which a
    refusal undoes. Raises `Throttled` after ten a day (promise 15)."""
    given = identity.check(answers, today=now.astimezone(clock.CHINA).date())
    known_as = digests_of("identity-number", given.digest_text)
    if not Person.objects.filter(account=account, identity_digest__in=known_as).exists():
        counting.take("identity-claim", str(account.pk), throttles.IDENTITY_CLAIMS, now=now)


def taken() -> errors.Conflict:
    """The number is somebody's already. Says nothing of whose, and where help is."""
    message = _(
        "This document is already connected to another account. If it is yours, sign in with "
        "the phone number you used then; if you no longer have it, call 12351 or visit any union "
        "office with the document."
    )
    return errors.Conflict(message, code="identity-in-use", fields={"identity_number": message})


def check_first() -> errors.Conflict:
    """A union has this person in its register already; only the check connects them."""
    message = _(
        "Your union has you in its register already. Pass the real-name check to connect it to "
        "this account, or visit your union with the document."
    )
    return errors.Conflict(message, code="check-first", fields={"identity_number": message})


def somebody_else() -> errors.Conflict:
    """A proven account stays with its human being: name or document may change, not both."""
    message = _(
        "A checked account stays with the same person. If both your name and your document have "
        "changed, call 12351 or visit any union office with both documents."
    )
    return errors.Conflict(message, code="another-person", fields={"identity_number": message})
