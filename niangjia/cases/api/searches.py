"""/desk/case-searches: finding cases."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.cases import services
from niangjia.cases.api import shapes
from niangjia.cases.forms.search import beginning_of, end_of
from niangjia.cases.models import ServiceItem
from niangjia.cases.rules.numbering import plain_receipt
from niangjia.cases.schemas.searches import CaseSearchIn, CaseSearchOut
from niangjia.cases.selectors.search import Sought, Whom, employers_called
from niangjia.core import clock, idempotency
from niangjia.core.errors import Invalid
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action, purposes
from niangjia.members.selectors.unions_within_reach import find_named_union_within

router = Router(tags=["desk"])
HANDLES = Action.HANDLE_CASES


@router.post("", response=CaseSearchOut, summary="Find cases")
def search_cases(request: HttpRequest, payload: CaseSearchIn) -> dict[str, Any]:
    """Of what the queue may show, finished cases too; everything narrows together. A POST, so that
    no name and no word lies in an address. `cursor` goes on from a page. Looking for a person takes
    a purpose, counts as a look-up (429 past the limits) and is shown to them."""
    idempotency.read_anew(request)
    posts, account = posts_for(request, HANDLES), account_of(request)
    whom = payload.whom
    found = services.search_cases(
        by=account,
        posts=posts,
        sought=sought(posts, payload),
        purpose=purposes.stated(whom.purpose, whom.words) if whom else "",
        cursor=payload.cursor,
        now=clock.now(),
    )
    return {
        "items": [shapes.case(each) for each in found.items],
        "next": found.next,
        "count": found.count.value if found.count else None,
        "is_exact": found.count.is_exact if found.count else None,
    }


def sought(posts: list[Post], payload: CaseSearchIn) -> Sought:
    """What the operation looks for. Raises `Invalid` on `union`."""
    union = find_named_union_within(posts, HANDLES, payload.union) if payload.union else None
    if payload.union and union is None:
        problem = _("No one union within your reach is called this.")
        raise Invalid(problem, code="no-such-union", fields={"union": problem})
    return Sought(
        words=payload.words,
        number=plain_receipt(payload.number),
        whom=Whom(payload.whom.by, payload.whom.text) if payload.whom else None,
        item=item_of(payload.service_key) if payload.service_key else None,
        employers=employers_called(payload.employer) if payload.employer else None,
        officer=payload.officer,
        place=union.path if union else None,
        states=tuple(payload.states) or None,
        since=beginning_of(payload.since),
        until=end_of(payload.until),
    )


def item_of(key: str) -> uuid.UUID:
    """The item of a key; of one that there is none, an id that is nobody's."""
    return ServiceItem.objects.filter(key=key).values_list("pk", flat=True).first() or uuid.uuid4()
