"""Searching cases: every question goes through `cases_found`, which knows who may see what."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.cases.rules import search_terms
from niangjia.cases.selectors.cases import COUNT_LIMIT, NEWEST, SHOWN, visible_cases
from niangjia.cases.selectors.owners import person_digest
from niangjia.cases.selectors.search_terms import digests, made_under_any
from niangjia.core.errors import Invalid
from niangjia.core.pagination import FORWARD, BoundedCount, read_cursor, write_cursor
from niangjia.members.models import Account, Post
from niangjia.members.rules import names, phones
from niangjia.members.selectors.registers import find_persons_numbered
from niangjia.organisations.models import Employer
from niangjia.organisations.selectors.employers import kin

PAGE = 25
FOUND = "SELECT cases_found(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Whom:
    """A person by their whole name or exactly one number."""

    by: Literal["name", "identity_number", "phone"]
    text: str


@dataclass(frozen=True)
class Sought:
    """What is looked for; what is left out narrows nothing. All of `words` are wanted; `employers`
    are the records of one employer; `place` is the path of the union whose turn it is; `since` and
    `until` are the moments between which a case was opened. A `number` finds its case by itself."""

    words: str = ""
    number: str = ""
    whom: Whom | None = None
    item: uuid.UUID | None = None
    employers: frozenset[uuid.UUID] | None = None
    officer: uuid.UUID | None = None
    place: str | None = None
    states: tuple[str, ...] | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Found:
    """A page of cases, the newest first; on the first page, how many there are in all; the cursor
    of the page that follows."""

    items: list[Case] = field(default_factory=list)
    count: BoundedCount | None = None
    next: str | None = None


def search(
    posts: Sequence[Post], sought: Sought, *, account: Account, cursor: str | None = None
) -> Found:
    """What `account` finds: of the cases its queue may show, those that are `sought`. No seal is
    opened. In the scope of `account`. Two statements and one for its ties, one more for a number.

    Raises `Invalid` on `words` for what is no word, and for a cursor that was not given out."""
    before = read_cursor(cursor, NEWEST)[1][0] if cursor else None
    most = PAGE + 1 if before else COUNT_LIMIT + 1
    if sought.number:
        own = visible_cases(posts, account=account).filter(number=sought.number)
        ids = list(own.values_list("pk", flat=True))
    else:
        ids = found_ids(sought, before=before, most=most)
    shown = visible_cases(posts, account=account).filter(pk__in=ids[:PAGE])
    items = list(shown.select_related("item", "handler", "began_at").only(*SHOWN).order_by(*NEWEST))
    return Found(
        items=items,
        count=None if before else BoundedCount(min(len(ids), COUNT_LIMIT), len(ids) < most),
        next=write_cursor(FORWARD, items[-1], NEWEST) if len(ids) > PAGE and items else None,
    )


def found_ids(sought: Sought, *, before: uuid.UUID | None, most: int) -> list[uuid.UUID]:
    """The newest `most` of the cases that are sought, older than `before`."""
    words = search_terms.terms(sought.words)
    if sought.words.strip() and not words:
        problem = _("Write at least two characters.")
        raise Invalid(problem, code="no-words", fields={"words": problem})
    found: set[uuid.UUID] = set()
    with connection.cursor() as cursor:
        for terms, persons in questions(list(words), sought.whom):
            for under in made_under_any() if terms else (0,):
                asked = digests(terms, under) if terms else None
                cursor.execute(FOUND, parameters(sought, asked, persons, before, most))
                found.update(row[0] for row in cursor.fetchall())
    return sorted(found, reverse=True)[:most]


def questions(
    words: list[str], whom: Whom | None
) -> Iterator[tuple[list[str], list[bytes] | None]]:
    """The questions that answer together: terms that are all wanted, and digests of persons of whom
    it is one. A name was left with the case; a number is the person's, or was left."""
    if whom is None:
        yield words, None
        return
    if whom.by == "name":
        yield [*words, search_terms.named("name", names.normalised(whom.text))], None
        return
    if persons := find_persons_numbered(whom.by, whom.text):
        yield words, [person_digest(person) for person in persons]
    if whom.by == "phone":
        yield [*words, search_terms.named("phone", phones.normalised(whom.text))], None


def employers_called(text: str) -> frozenset[uuid.UUID]:
    """Every record of the employer of this whole name or credit code. Of one that nobody has noted,
    an id that is nobody's: it is looked for as long as any, and finds nothing."""
    called = Employer.objects.filter(Q(name=text.strip()) | Q(uscc=text.strip().upper()))
    return frozenset(kin(called.values_list("pk", flat=True)) or {uuid.uuid4()})


def persons_concerned(found: Found, whom: Whom | None) -> list[uuid.UUID]:
    """Whose cases were found, as far as anything in the clear says so: whoever bears the number,
    and the persons of those that are no complaints. In the scope of whoever searched."""
    if whom is None or not found.items:
        return []
    listed = Case.objects.filter(pk__in=[case.pk for case in found.items], person__isnull=False)
    persons = set(listed.values_list("person_id", flat=True))
    if whom.by != "name":
        persons |= set(find_persons_numbered(whom.by, whom.text))
    return sorted(persons)


def parameters(
    sought: Sought,
    asked: list[int] | None,
    persons: list[bytes] | None,
    before: uuid.UUID | None,
    most: int,
) -> list[Any]:
    """What `cases_found` takes (migration 0010), in its order."""
    return [
        asked,
        persons,
        sought.item,
        list(sought.employers) if sought.employers is not None else None,
        sought.officer,
        sought.place,
        list(sought.states) if sought.states is not None else None,
        sought.since,
        sought.until,
        before,
        most,
    ]
