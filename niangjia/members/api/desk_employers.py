"""/desk/employers: names and mergers of employers, by the same services as the pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.core import clock
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.pagination import page_of
from niangjia.members import services
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.schemas.desk_employers import (
    EmployerMergerIn,
    EmployerMergerOut,
    EmployerNameIn,
    EmployerRecord,
    EmployerRecordList,
)
from niangjia.members.selectors.employers import (
    access_employer_within,
    know,
    list_employers_within,
)
from niangjia.members.selectors.places import names_of
from niangjia.organisations.models import Employer

router = Router(tags=["desk"])


@router.get("", response=EmployerRecordList, summary="Employers of the unions within reach")
def find_employers(
    request: HttpRequest, words: str = "", cursor: str | None = None
) -> dict[str, Any]:
    """By name; `words` stand in the name, or are the whole code. For choosing the record that
    another goes into."""
    found = list_employers_within(posts_for(request, Action.EDIT_UNION)).filter(merged_into=None)
    if words := " ".join(words.split())[:120]:
        found = found.filter(name__icontains=words) | found.filter(uscc=words.upper())
    page = page_of(found.select_related("division"), order=("name", "id"), cursor=cursor)
    names = names_of([each.division for each in page.items])
    return {
        "items": [brief(each, names[each.division_id]) for each in page.items],
        "next": page.next,
    }


@router.get("/{employer_id}", response=EmployerRecord, summary="An employer's record")
def read_employer(request: HttpRequest, employer_id: str) -> dict[str, Any]:
    """With its former names and the unions that are there for its workers."""
    posts = posts_for(request, Action.EDIT_UNION)
    return record_of(posts, access_employer_within(posts, employer_id))


@router.patch("/{employer_id}", response=EmployerRecord, summary="Rename an employer")
def rename_employer(
    request: HttpRequest, employer_id: str, payload: EmployerNameIn
) -> dict[str, Any]:
    """It stays one and the same under its former name too. 409 "shared-employer" when unions beyond
    one's reach are there for it."""
    posts = posts_for(request, Action.EDIT_UNION)
    found = access_employer_within(posts, employer_id)
    services.rename_employer(posts=posts, employer_id=found.pk, name=payload.name, now=clock.now())
    return record_of(posts, access_employer_within(posts, employer_id))


@router.get("/{employer_id}/merger", response=EmployerMergerOut, summary="What a merger moves")
def show_employer_merger(request: HttpRequest, employer_id: str) -> dict[str, Any]:
    """Before it goes into another: the unions that would be there for that one. Afterwards: where
    it went."""
    posts = posts_for(request, Action.EDIT_UNION)
    known = know(posts, access_employer_within(posts, employer_id))
    return {
        "merged_into": known.employer.merged_into_id,
        "moves": known.unions,
        "may_be_merged": known.is_ours,
    }


@router.post("/{employer_id}/merger", response=EmployerRecord, summary="Merge it into another")
def merge_employer(
    request: HttpRequest, employer_id: str, payload: EmployerMergerIn
) -> dict[str, Any]:
    """Gives the record it went into. Never undone; the same again is no error."""
    posts = posts_for(request, Action.EDIT_UNION)
    found = access_employer_within(posts, employer_id)
    try:
        heir = access_employer_within(posts, str(payload.into))
    except NotFound:
        problem = _("There is no such employer within your reach.")
        raise Invalid(problem, code="no-heir", fields={"into": problem}) from None
    services.merge_employers(posts=posts, employer_id=found.pk, into_id=heir.pk, now=clock.now())
    return record_of(posts, access_employer_within(posts, str(heir.pk)))


def brief(employer: Employer, place: str) -> dict[str, Any]:
    """An employer as `EmployerOut`."""
    columns = ("id", "name", "uscc", "trade", "address")
    return {column: getattr(employer, column) for column in columns} | {"place": place}


def record_of(posts: list[Post], employer: Employer) -> dict[str, Any]:
    """An employer as `EmployerRecord`."""
    known = know(posts, employer)
    return brief(employer, names_of([employer.division])[employer.division_id]) | {
        "former_names": known.former_names,
        "merged_into": employer.merged_into_id,
        "unions": known.unions,
        "may_be_changed": known.is_ours,
    }
