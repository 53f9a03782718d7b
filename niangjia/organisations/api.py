"""Finding and reading unions over the API. Public: a visitor needs no account."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.organisations import schemas, selectors
from niangjia.organisations.forms import finding
from niangjia.organisations.models import Kind, WorkerKind

router = Router(tags=["unions"])

MAX_SIZE = 50


@router.get("", response=schemas.UnionList, auth=None, summary="Find unions")
def find(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=finding.LONGEST)] = "",
    near: Annotated[str, Query(description="latitude,longitude in degrees, WGS-84")] = "",
    address: Annotated[str, Query(max_length=finding.LONGEST)] = "",
    division: Annotated[str, Query(description="a code; its whole subtree is searched")] = "",
    kind: Kind | None = None,
    admits: WorkerKind | None = None,
    cursor: str = "",
    size: Annotated[int, Query(ge=1, le=MAX_SIZE)] = 20,
) -> dict[str, Any]:
    """By words (name, employer, trade, place; characters, pinyin or initials), by place, nearest
    first when `near` or `address` is given. The same results as the find page."""
    question = finding.read(
        {
            "q": q,
            "near": near,
            "address": address,
            "division": division,
            "kind": kind or "",
            "admits": admits or "",
        }
    )
    refuse(question.errors)
    page = selectors.find_unions(question.criteria, cursor=cursor or None, size=size)
    return {"items": [schemas.item_of(union) for union in page.items], "next": page.next}


@router.get("/guide", response=schemas.GuideAnswer, auth=None, summary="No union at my employer")
def guide(
    request: HttpRequest,
    work: WorkerKind,
    division: str = "",
    address: Annotated[str, Query(max_length=finding.LONGEST)] = "",
    employer: Annotated[str, Query(max_length=finding.LONGEST)] = "",
) -> dict[str, Any]:
    """Which unions take this kind of worker directly around a division or an address."""
    question = finding.read({"division": division, "address": address})
    refuse(question.errors)
    if question.place is None:
        missing = _("Say where you mostly work: a street, county or city will do.")
        raise Invalid(missing, fields={"division": missing})
    guidance = selectors.guide(worker_kind=work, division=question.place, employer=employer)
    return {
        "division": question.place,
        "direct": guidance.direct,
        "upper": guidance.upper,
        "at_employer": [schemas.item_of(union) for union in guidance.at_employer],
    }


@router.get("/{number}", response=schemas.UnionDetail, auth=None, summary="One union")
def show(request: HttpRequest, number: str) -> dict[str, Any]:
    """What the union's page says."""
    return schemas.detail_of(selectors.show_union(number, now=clock.now()))


@router.get(
    "/{number}/children", response=schemas.UnionNames, auth=None, summary="The unions right below"
)
def list_children(
    request: HttpRequest,
    number: str,
    cursor: str = "",
    size: Annotated[int, Query(ge=1, le=MAX_SIZE)] = 20,
) -> dict[str, Any]:
    """Those that are not dissolved, a page at a time, so that the whole tree can be walked."""
    union = selectors.access_union_by_number(number)
    page = page_of(
        selectors.list_children(union), order=("path",), cursor=cursor or None, size=size
    )
    return {"items": page.items, "next": page.next}


def refuse(errors: dict[str, finding.Text]) -> None:
    """Raise `Invalid` for the first of `errors`, naming all."""
    if errors:
        raise Invalid(next(iter(errors.values())), fields=errors)
