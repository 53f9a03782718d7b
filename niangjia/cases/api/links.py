"""/desk/cases/{number}/links: cases that belong together."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import services
from niangjia.cases.api.desk import DECIDES, find_case
from niangjia.cases.models import Case
from niangjia.cases.schemas.links import (
    CaseLinkChoiceIn,
    CaseLinkIn,
    CaseUnlinkIn,
    LinkedCaseList,
)
from niangjia.cases.selectors.linking import access_link, list_links
from niangjia.core import clock, idempotency, protection
from niangjia.members.doors import account_of

router = Router(tags=["desk"])


def as_they_are(request: HttpRequest, found: Case) -> dict[str, Any]:
    """The links of a case that the asker sees, as `LinkedCaseList`."""
    idempotency.read_anew(request)
    with protection.viewing(account=account_of(request).pk):
        rows = list_links(found)
    return {
        "items": [
            {
                "id": row.link.pk,
                "kind": row.link.kind,
                "state": row.link.state,
                "found_by": row.link.found_by,
                "number": row.there.number,
                "is_later": row.is_later,
                "at": row.link.at,
                "merged_at": row.link.merged_at,
            }
            for row in rows
        ],
        "next": None,
    }


def check_link(request: HttpRequest, found: Case, payload: CaseLinkChoiceIn) -> None:
    """Raise `NotFound` for a link that is none of this case's."""
    with protection.viewing(account=account_of(request).pk):
        access_link(found, str(payload.link))


@router.get("/{number}/links", response=LinkedCaseList, summary="Linked cases")
def list_case_links(request: HttpRequest, number: str) -> dict[str, Any]:
    """Those whose other case one may see as well."""
    return as_they_are(request, find_case(request, number)[1])


@router.post("/{number}/links", response={201: LinkedCaseList}, summary="Link with another case")
def link_case(request: HttpRequest, number: str, payload: CaseLinkIn) -> Status[dict[str, Any]]:
    """Twice is once."""
    post, found = find_case(request, number)
    services.link_cases(by=post, case_id=found.pk, now=clock.now(), **payload.dict())
    return Status(201, as_they_are(request, found))


@router.post("/{number}/links/confirmation", response=LinkedCaseList, summary="Confirm a proposal")
def confirm_case_link(
    request: HttpRequest, number: str, payload: CaseLinkChoiceIn
) -> dict[str, Any]:
    """They belong together."""
    post, found = find_case(request, number)
    check_link(request, found, payload)
    services.confirm_link(by=post, link_id=payload.link, now=clock.now())
    return as_they_are(request, found)


@router.post("/{number}/links/rejection", response=LinkedCaseList, summary="Reject a proposal")
def reject_case_link(
    request: HttpRequest, number: str, payload: CaseLinkChoiceIn
) -> dict[str, Any]:
    """They do not, and it is not proposed again."""
    post, found = find_case(request, number)
    check_link(request, found, payload)
    services.reject_link(by=post, link_id=payload.link, now=clock.now())
    return as_they_are(request, found)


@router.post("/{number}/links/end", response=LinkedCaseList, summary="Take two cases apart")
def unlink_case(request: HttpRequest, number: str, payload: CaseUnlinkIn) -> dict[str, Any]:
    """A duplicate that ended in the other case is opened again."""
    post, found = find_case(request, number)
    check_link(request, found, payload)
    services.unlink(by=post, link_id=payload.link, reason=payload.reason, now=clock.now())
    return as_they_are(request, found)


@router.post("/{number}/links/merger", response=LinkedCaseList, summary="End the duplicate")
def merge_case(request: HttpRequest, number: str, payload: CaseLinkChoiceIn) -> dict[str, Any]:
    """In favour of the case it repeats, which keeps the earlier of both dates."""
    post, found = find_case(request, number, DECIDES)
    check_link(request, found, payload)
    services.merge_duplicate(by=post, link_id=payload.link, now=clock.now())
    return as_they_are(request, found)
