"""/desk/place-lists: many places at once; by the pages' services."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.places.forms.lists import read_table
from niangjia.places.models import ListRow, PlaceList, RowState
from niangjia.places.schemas.lists import (
    RowCountOut,
    RowMendIn,
    RowsAnswerIn,
    SentListList,
    SentListMeaningIn,
    SentListOut,
    SentRowList,
)
from niangjia.places.selectors import lists as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.services.lists import answering, entering, sending

router = Router(tags=["desk"])
OF_LIST = (
    *("id", "name", "state", "system", "kind", "hours", "headings", "columns", "total", "done"),
    *("due", "sent_at", "ended_at"),
)
OF_ROW = ("number", "state", "name", "address", "longitude", "latitude", "values", "likes")


def list_for(request: HttpRequest, list_id: str) -> tuple[PlaceList, Post]:
    """A list within reach, and the nearest post to act by. Raises `NotFound`."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_list_within(posts, list_id)
    return found, access_acting_post(posts, KEEPS, found.union.path)


def shape(found: PlaceList) -> dict[str, Any]:
    """As `SentListOut`."""
    shown = {name: getattr(found, name) for name in OF_LIST}
    return shown | {"union": found.union.number}


def row_shape(row: ListRow) -> dict[str, Any]:
    """As `SentRowOut`."""
    return {name: getattr(row, name) for name in OF_ROW} | {
        "problems": row.problems,
        "place": row.place.code if row.place else None,
    }


@router.get("", response=SentListList, summary="Lists of places that were sent")
def list_sent_lists(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """Within reach, the newest first."""
    found = selectors.list_lists_within(posts_for(request, KEEPS))
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(shape, page.items)), "next": page.next}


@router.post("", response={201: SentListOut}, summary="Send a list of places")
def send_list(
    request: HttpRequest, file: File[UploadedFile], union: Form[str]
) -> Status[dict[str, Any]]:
    """XLSX or CSV with headings, or JSON as AMap, Tencent and Baidu answer; 20,000 rows at most.
    Nothing is entered by this."""
    posts = posts_for(request, KEEPS)
    kept_by = access_union_within(posts, KEEPS, union)
    file.seek(0)
    made = sending.send_list(
        by=access_acting_post(posts, KEEPS, kept_by.path),
        union=kept_by,
        name=file.name or "",
        table=read_table(file),
        now=clock.now(),
    )
    return Status(201, shape(made))


@router.get("/{list_id}", response=SentListOut, summary="How far a list has come")
def show_sent_list(request: HttpRequest, list_id: str) -> dict[str, Any]:
    """`done` of `due` rows of the step under way."""
    return shape(list_for(request, list_id)[0])


@router.put("/{list_id}/meaning", response=SentListOut, summary="Say what its columns mean")
def explain_list(request: HttpRequest, list_id: str, payload: SentListMeaningIn) -> dict[str, Any]:
    """Then it is read, from the beginning if it was read before."""
    found, by = list_for(request, list_id)
    return shape(sending.explain_list(by=by, place_list=found, **payload.dict()))


@router.get("/{list_id}/rows", response=SentRowList, summary="Rows of a list")
def list_sent_rows(
    request: HttpRequest,
    list_id: str,
    state: RowState = RowState.WRONG,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Of one state, "wrong" unless another is named: "wrong" ones with what would put them right,
    "asked" ones with what they may be the same as."""
    found, _by = list_for(request, list_id)
    rows = selectors.list_rows(found, state)
    page = page_of(rows, order=("number", "id"), cursor=cursor, size=100)
    return {"items": list(map(row_shape, page.items)), "next": page.next}


@router.post("/{list_id}/answers", response=RowCountOut, summary="Decide about rows")
def answer_rows(request: HttpRequest, list_id: str, payload: RowsAnswerIn) -> dict[str, int]:
    """The same place, another one, or left out."""
    found, by = list_for(request, list_id)
    return {"rows": answering.answer_rows(by=by, place_list=found, **payload.dict())}


@router.post("/{list_id}/mends", response=RowCountOut, summary="Put rows right as proposed")
def mend_rows(request: HttpRequest, list_id: str, payload: RowMendIn) -> dict[str, int]:
    """Those to which it was proposed."""
    found, by = list_for(request, list_id)
    return {"rows": answering.mend_rows(by=by, place_list=found, **payload.dict())}


@router.post("/{list_id}/entry", response={202: SentListOut}, summary="Enter a list")
def enter_list(request: HttpRequest, list_id: str) -> Status[dict[str, Any]]:
    """What can be entered; again goes on with what was left."""
    found, by = list_for(request, list_id)
    return Status(202, shape(entering.enter_list(by=by, place_list=found, now=clock.now())))


@router.delete("/{list_id}", response={204: None}, summary="Throw a list away")
def drop_list(request: HttpRequest, list_id: str) -> Status[None]:
    """Before it is entered. Twice is once."""
    found, by = list_for(request, list_id)
    sending.drop_list(by=by, place_list=found, now=clock.now())
    return Status(204, None)
