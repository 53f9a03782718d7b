"""Whether whoever complained may be named, and by what they would be known."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind, GroupMember
from niangjia.cases.rules.letters import Identity
from niangjia.cases.selectors.letters import list_origins
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.contacts import contact_of
from niangjia.core import protection, transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Account, Person, Post

#: Which words were agreed to; raised when they say something else.
WORDING = 1
SHORTEST_WORDS, LONGEST_WORDS = 10, 500


@transactions.atomic
def agree_to_naming(*, owner: bytes, case_id: uuid.UUID, agreed: bool, now: dt.datetime) -> Case:
    """The applicant agrees that letters in their matter name them, or takes that back; what has
    gone out by then stays as it is. A consent of its own (Personal Information Protection Law,
    Articles 14 and 23). Twice is once."""
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
    with protection.working("cases.naming"):
        if has_agreed(case) != agreed:
            write(case, agreed, words="", by=case.applicant_id, now=now)
    return case


@transactions.atomic
def note_naming(
    *, by: Post, case_id: uuid.UUID, agreed: bool, words: str, now: dt.datetime
) -> Case:
    """Record what somebody said aloud, at the counter or on the telephone; `words` say when and
    how, and they read it. Raises `NotFound`, `Invalid` on `words`."""
    words = words.strip()
    if not SHORTEST_WORDS <= len(words) <= LONGEST_WORDS:
        problem = _("Say when and how they agreed, in 10 to 500 characters: they read it.")
        raise Invalid(problem, code="words-needed", fields={"words": problem})
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
    with protection.working("cases.naming"):
        write(case, agreed, words=words, by=by.account_id, now=now)
    return case


def write(
    case: Case, agreed: bool, *, words: str, by: uuid.UUID | None, now: dt.datetime
) -> CaseEntry:
    return timeline.write_entry(
        case,
        EntryKind.NAMING,
        now=now,
        by=by,
        union=case.handler if words else None,
        words=words,
        facts={"agreed": agreed, "wording": WORDING},
        is_public=True,
    )


def has_agreed(case: Case) -> bool:
    """Whether the applicant of `case` agrees, as things stand, to be named. One query."""
    return agreed_in(CaseEntry.objects.filter(case=case, kind=EntryKind.NAMING).order_by("number"))


def agreed_in(entries: Iterable[CaseEntry]) -> bool:
    """The same by a timeline that was read before."""
    said = [entry.facts.get("agreed") for entry in entries if entry.kind == EntryKind.NAMING]
    return bool(said and said[-1])


def people_behind(case: Case) -> Identity:
    """By what the people behind a case, and behind those it was begun from, are known and must not
    be: the names of whoever agreed to be named left out, everybody who takes or took part in a
    group included. As background work: it opens seals, and what it reads goes into a comparison and
    nowhere else."""
    known = Identity()
    for each in [case, *list_origins(case)]:
        identity = identity_in(each)
        if identity.names and has_agreed(each):
            identity = identity.without_names()
        known = known.with_(identity).with_(members_of(each))
    return known


def members_of(case: Case) -> Identity:
    """By what those who take part besides whoever asked are known. They were asked for no consent
    to be named, and leaving the group does not make them known to the employer."""
    if case.people_count == 1 or not case.sealed_key:
        return Identity()
    others = GroupMember.objects.filter(case=case).exclude(owner_digest=case.owner_digest)
    contacts = [contact_of(case, each) for each in others]
    accounts = [each.account for each in contacts if each.account]
    people = Person.objects.filter(account__in=accounts)
    return Identity(
        names=kept([*(each.name for each in contacts), *(each.name for each in people)]),
        phones=kept([*(each.phone for each in contacts), *(each.phone for each in people)]),
        identity_numbers=kept([each.identity_number for each in people]),
    )


def identity_in(case: Case) -> Identity:
    """By what whoever asked in `case` is known, to the case and to the register."""
    if not case.sealed_key:
        return Identity()
    told = timeline.told_in(case)
    account = (
        Account.objects.filter(pk=told["account"]).select_related("person").first()
        if told["account"]
        else None
    )
    person = Person.objects.filter(pk=told["person"]).first() if told["person"] else None
    people = [each for each in (person, account.person if account else None) if each]
    return Identity(
        names=kept([told["name"], *(each.name for each in people)]),
        phones=kept(
            [told["phone"], account.phone if account else "", *(each.phone for each in people)]
        ),
        identity_numbers=kept([each.identity_number for each in people]),
    )


def kept(texts: Sequence[str | None]) -> frozenset[str]:
    """Those that say something."""
    return frozenset(filter(None, texts))


def name_of(case: Case) -> str:
    """What a letter to the applicant calls them; nothing for whoever stayed unknown."""
    if not case.sealed_key:
        return ""
    told = timeline.told_in(case)
    if told["name"]:
        return str(told["name"])
    found = Person.objects.filter(pk=told["person"]).first() if told["person"] else None
    return found.name if found else ""
