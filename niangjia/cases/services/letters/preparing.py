"""A letter before it goes out: what it may speak of, and whom it must not name."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, LetterHead, State
from niangjia.cases.rules import content, letters
from niangjia.cases.rules.letters import Composed
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.items import OFFICERS
from niangjia.cases.selectors.letters import Standing, head_of, letters_of
from niangjia.cases.selectors.surroundings import accused_of
from niangjia.cases.services import locking, timeline, timing
from niangjia.cases.services.letters import naming
from niangjia.cases.services.letters.sealing import said_in, title_of
from niangjia.cases.services.reading import HANDLING
from niangjia.core import audit, documents, protection
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.prepared import together
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Employer, Union

WRITABLE = (State.OPEN, State.PAUSED, State.CLOSED)


@dataclass(frozen=True)
class Draft:
    """A letter that has not gone out: what is filled in, how it reads, and who would send it.

    `seen` is how many letters of this template hold in the case: whoever issues says how many they
    saw, so that two officers do not send the same letter.
    """

    case: Case
    template: content.LetterTemplate
    union: Union
    head: LetterHead | None
    values: Mapping[str, str]
    composed: Composed
    seen: int
    employer: Employer | None = None
    #: The employers the case is about, with their ids.
    accused: Sequence[tuple[uuid.UUID, str]] = ()


def prepare(
    by: Post,
    case_id: uuid.UUID,
    key: str,
    values: Mapping[str, str] | None,
    *,
    employer_id: uuid.UUID | None = None,
    now: dt.datetime,
) -> Draft:
    """The case, locked, with the letter as it would go out. Raises as `issue_letter` does."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=WRITABLE)
        item = document_of(case.snapshot_id)
        template = item.letter(key)
        if template is None:
            raise locking.not_found()
        if template.decides and not permissions.may(post.role, Action.DECIDE_CASES):
            raise locking.not_found()
        sent, accused, head = together(letters_of(case.pk), accused_of(case), head_of(post.union))
        written = [each for each in sent if each.withdrawn is None]
    check_not_erased(case)
    with protection.working("cases.letter"):
        employer = chosen_of(case, template, employer_id)
        names = [name for _pk, name in accused]
        facts = facts_for(case, item, template, post, names, written, now=now)
        if employer is not None:
            facts["employer"] = employer.name
        if values is None:
            given = begun(case, template, facts, written)
            composed = letters.compose(template, letters.shown(template, given), facts)
        else:
            given = letters.checked(template, values)
            composed = letters.compose(template, given, facts)
        if template.to != "applicant" and values is not None:
            check_names_nobody(case, composed, given, [post.union.name, *names])
    return Draft(
        case=case,
        template=template,
        union=post.union,
        head=head,
        values=given,
        composed=composed,
        seen=sum(each.letter.template == key for each in written),
        employer=employer,
        accused=accused,
    )


def chosen_of(
    case: Case, template: content.LetterTemplate, employer_id: uuid.UUID | None
) -> Employer | None:
    """The one of several accused whom a letter goes to; None for all of them together. Raises
    `Invalid` on `employer` for one that is not accused."""
    if employer_id is None or template.to != "employer":
        return None
    found = Employer.objects.filter(pk=employer_id).first()
    if found is None or found.pk not in case.accused_ids:
        problem = _("Choose one of the employers this case is about.")
        raise Invalid(problem, code="not-accused", fields={"employer": problem})
    return found


def begun(
    case: Case,
    template: content.LetterTemplate,
    facts: Mapping[str, str],
    written: Sequence[Standing],
) -> dict[str, str]:
    """What stands in the fields at first: what the template says; else what the last letter of the
    case said under the same name."""
    started = letters.started(template, facts)
    if not written:
        return started
    before = cast("Mapping[str, str]", said_in(case, written[-1].letter)["values"])
    return {key: value or before.get(key, "") for key, value in started.items()}


def check_not_erased(case: Case) -> None:
    """Raise `Conflict` where nothing can be sealed any more, because whoever asked has left."""
    if not case.sealed_key:
        raise Conflict(
            _("Whoever asked has left Niangjia; what was said here cannot be read any more."),
            code="erased",
        )


def facts_for(
    case: Case,
    item: content.Item,
    template: content.LetterTemplate,
    post: Post,
    accused: Sequence[str],
    written: Sequence[Standing],
    *,
    now: dt.datetime,
) -> dict[str, str]:
    """What a letter may speak of besides its fields. A letter to others is told nothing about the
    applicant; opening their name for one to themselves is on record (promise 6)."""
    known = item.parameters
    facts = {
        "union": post.union.name,
        "date": documents.date_in_words(timing.day_of(now)),
        "employer": "、".join(accused),
        "item": item.name.zh,
        **{f"settings.{name}": str(value) for name, value in known.items()},
        **{
            f"settings.{name.removesuffix('_days')}_term": letters.words_of_term(
                value, known.get(f"{name.removesuffix('_days')}_unit", "")
            )
            for name, value in known.items()
            if name.endswith("_days")
        },
    }
    for each in written:
        day = documents.date_in_words(timing.day_of(each.letter.issued_at))
        facts[f"earlier.{each.letter.template}"] = f"{day}发出的《{title_of(case, each.letter)}》"
        facts[f"earlier.{each.letter.template}"] += f"（{each.letter.number}）"
    if item.open_to == OFFICERS:
        # Officers' own words: what an applicant answered stands in no letter.
        facts |= {f"answers.{name}": str(said) for name, said in answers_of(case).items()}
    if template.to == "applicant":
        audit.record(
            action="case.read",
            by=post.account_id,
            subject=f"case:{case.pk}",
            union_id=post.union_id,
            person_id=case.person_id,
            purpose=HANDLING,
        )
        facts |= {"applicant": naming.name_of(case) or "来件人", "number": case.number}
    return facts


def answers_of(case: Case) -> Mapping[str, Any]:
    """What was answered when the case was begun."""
    answers: dict[str, Any] = timeline.told_in(case)["answers"]
    return answers


def check_names_nobody(
    case: Case, composed: Composed, values: Mapping[str, str], besides: Sequence[str]
) -> None:
    """Raise `Invalid` "names-applicant" for a letter that gives away anybody who complained:
    whoever asked, and everybody who takes part in their group. `besides` are names that are no
    applicant's."""
    letters.check_names_nobody(
        composed.text,
        naming.people_behind(case),
        besides=besides,
        fields=values.items(),
    )
