"""/certificates, /my-certificates, /desk/activity-certificates: given for having come."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.activities.api.desk import RUNS, activity_for
from niangjia.activities.models import Certificate
from niangjia.activities.schemas.certificates import (
    CertificateChecked,
    CertificateOut,
    CertificateRevocationIn,
    CertificateRuleIn,
    CertificateRuleOut,
    CertificateRuleState,
    CertificatesIssued,
    IssuedCertificateList,
    OwnCertificateList,
    OwnCertificateOut,
    VolunteerHoursList,
)
from niangjia.activities.selectors import certificates as selectors
from niangjia.activities.services import certificates as services
from niangjia.core import clock
from niangjia.core.pagination import bounded_count, page_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules.masking import masked_name
from niangjia.members.selectors.posts import access_acting_post

public = Router(tags=["activities"], auth=None)
mine = Router(tags=["activities"])
desk = Router(tags=["desk"])
#: Nobody needs to know more exactly how many wait.
COUNTED = 500
NAMES = (
    *("number", "kind", "title", "times", "times_of", "minutes", "issued_at", "revoked_at"),
    "revoke_reason",
)


def shown(row: Certificate) -> dict[str, Any]:
    """As `CertificateOut`."""
    return {name: getattr(row, name) for name in NAMES} | {"union": row.union.name}


def shown_issued(row: Certificate) -> dict[str, Any]:
    """As `IssuedCertificateOut`."""
    return shown_own(row) | {"holder": row.name or ""}


def shown_own(row: Certificate) -> dict[str, Any]:
    """As `OwnCertificateOut`."""
    return shown(row) | {"id": row.pk, "code": row.code}


@public.get("/{code}", response=CertificateChecked, summary="Whether a certificate is genuine")
def check_certificate(request: HttpRequest, code: str) -> dict[str, Any]:
    """By the code on the paper. 404 for one that was never issued; one that was revoked says so."""
    found = selectors.access_by_code(code)
    return shown(found) | {"holder": masked_name(found.name) if found.name else ""}


@mine.get("", response=OwnCertificateList, summary="My certificates")
def list_my_certificates(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest first."""
    own = selectors.list_own_certificates(account_of(request))
    page = page_of(own, order=("-id",), cursor=cursor)
    return {"items": list(map(shown_own, page.items)), "next": page.next}


@mine.get("/volunteer-hours", response=VolunteerHoursList, summary="My volunteer hours")
def list_volunteer_hours(request: HttpRequest) -> dict[str, Any]:
    """By the union one served with, from what was attended."""
    served = selectors.list_served(account_of(request))
    names = ("union_name", "times", "minutes")
    items = [
        {name: getattr(each, name) for name in names} | {"union": each.union_id} for each in served
    ]
    return {"items": items}


@mine.post(
    "/volunteer-hours/{union_id}", response={201: OwnCertificateOut}, summary="Certify my hours"
)
def certify_volunteer_hours(request: HttpRequest, union_id: uuid.UUID) -> Status[dict[str, Any]]:
    """With that union until now. As long as nothing was added it is the same certificate."""
    made = services.certify_hours(by=account_of(request), union_id=union_id, now=clock.now())
    return Status(201, shown_own(made))


@desk.get("/{number}", response=IssuedCertificateList, summary="The certificates of an activity")
def list_issued_certificates(
    request: HttpRequest, number: str, cursor: str | None = None
) -> dict[str, Any]:
    """The newest first, those that were revoked too."""
    found, _by = activity_for(request, number)
    page = page_of(selectors.list_issued(found), order=("-id",), cursor=cursor)
    return {"items": list(map(shown_issued, page.items)), "next": page.next}


@desk.get("/{number}/rule", response=CertificateRuleState, summary="Who is given a certificate")
def show_certificate_rule(request: HttpRequest, number: str) -> dict[str, Any]:
    """And how many have come often enough and wait for theirs, 500 at most."""
    found, _by = activity_for(request, number)
    rule = selectors.find_rule(found)
    deserving = selectors.list_deserving(found, rule.needed) if rule else None
    waiting = bounded_count(deserving, COUNTED).value if deserving is not None else 0
    return {
        "needed": rule.needed if rule else None,
        "sessions": selectors.most_sessions(found),
        "waiting": waiting,
    }


@desk.put("/{number}/rule", response=CertificateRuleOut, summary="Who is given a certificate")
def set_certificate_rule(
    request: HttpRequest, number: str, payload: CertificateRuleIn
) -> dict[str, Any]:
    """Whoever was at so many sessions of their run."""
    found, by = activity_for(request, number)
    return {"needed": services.set_rule(by=by, activity=found, needed=payload.needed).needed}


@desk.post("/{number}", response=CertificatesIssued, summary="Issue the certificates of a course")
def issue_certificates(request: HttpRequest, number: str) -> dict[str, Any]:
    """To each who came often enough and has none, 500 at most at once. 409 without a rule."""
    found, by = activity_for(request, number)
    return {"count": services.issue_certificates(by=by, activity=found, now=clock.now())}


@desk.post(
    "/certificates/{certificate_id}/revocation",
    response=CertificateOut,
    summary="Revoke a certificate",
)
def revoke_certificate(
    request: HttpRequest, certificate_id: str, payload: CertificateRevocationIn
) -> dict[str, Any]:
    """Whoever checks it reads so from then on."""
    posts = posts_for(request, RUNS)
    found = selectors.access_desk_certificate(posts, certificate_id)
    by = access_acting_post(posts, RUNS, found.union.path)
    made = services.revoke_certificate(
        by=by, certificate=found, reason=payload.reason, now=clock.now()
    )
    return shown(made)
