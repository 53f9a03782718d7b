"""/drafts: forms that are begun and not sent."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Router, Status
from ninja.files import UploadedFile

from niangjia.cases import selectors, services
from niangjia.cases.api.files import keep, question_for
from niangjia.cases.api.shapes import words
from niangjia.cases.models import CaseDraft, ServiceItem
from niangjia.cases.rules.questions import FREE, asked_for
from niangjia.cases.schemas.files import CaseDraftIn, CaseDraftList, CaseDraftOut, CaseFileOut
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.cases.services.files import Attached
from niangjia.cases.services.shelves import DraftShelf
from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.members.doors import account_of
from niangjia.organisations import selectors as organisations

router = Router(tags=["cases"])
#: What of a draft says whom it is about.
ABOUT = ("employer", "uscc", "officer_union", "officer")


def mine(request: HttpRequest) -> bytes:
    """By what my drafts are found."""
    return owner_of_account(account_of(request).pk)


def reference(draft: CaseDraft) -> dict[str, Any]:
    """A draft as `CaseDraftRef`."""
    assert draft.snapshot_id is not None  # noqa: S101 - each is saved with what it is typed under
    return {
        "service_key": draft.item.key,
        "service": words(document_of(draft.snapshot_id).name),
        "version": draft.version,
        "saved_at": draft.saved_at,
        "expires_at": draft.expires_at,
    }


def shown(request: HttpRequest, item: ServiceItem) -> dict[str, Any]:
    """My draft about `item` as `CaseDraftOut`. Raises `NotFound`."""
    draft = services.read_draft(owner=mine(request), item=item)
    if draft.row is None:
        raise NotFound(_("There is no draft."))
    return reference(draft.row) | {
        "answers": draft.answers,
        **{name: draft.about.get(name, "") for name in ABOUT},
        "files": list(draft.held.values()),
    }


def item_of(key: str) -> ServiceItem:
    """The service of this key, offered or not. Raises `NotFound`."""
    item = ServiceItem.objects.filter(key=key).first()
    if item is None:
        raise NotFound(_("There is no draft."))
    return item


@router.get("", response=CaseDraftList, summary="My drafts")
def list_my_drafts(request: HttpRequest) -> dict[str, Any]:
    """The latest first."""
    drafts = services.list_drafts(owner=mine(request))
    return {"items": [reference(each) for each in drafts if each.snapshot_id], "next": None}


@router.get("/{key}", response=CaseDraftOut, summary="One of my drafts")
def show_my_draft(request: HttpRequest, key: str) -> dict[str, Any]:
    """What was typed so far, on whatever device; 404 when there is none."""
    return shown(request, item_of(key))


@router.put("/{key}", response=CaseDraftOut, summary="Save a draft")
def save_my_draft(request: HttpRequest, key: str, payload: CaseDraftIn) -> dict[str, Any]:
    """409 when it was changed elsewhere since `version`: nothing is overwritten silently."""
    offered = selectors.access_offered(key, organisations.access_union_by_number(payload.union))
    services.save_draft(
        owner=mine(request),
        offered=offered,
        answers=payload.answers,
        about={name: getattr(payload, name) for name in ABOUT},
        version=payload.version,
        now=clock.now(),
    )
    return shown(request, offered.item)


@router.delete("/{key}", response={204: None}, summary="Throw a draft away")
def discard_my_draft(request: HttpRequest, key: str) -> Status[None]:
    """With its files. Again is no error."""
    services.discard_draft(owner=mine(request), item=item_of(key))
    return Status(204, None)


@router.post("/{key}/files", response={201: CaseFileOut}, summary="Send a file for a draft")
def send_draft_file(
    request: HttpRequest, key: str, union: str, file: File[UploadedFile], slot: str = FREE
) -> Status[Attached]:
    """Kept with the draft, and handed in with the case by its id: as the answer to the question
    `slot`, or, for `material-…` and `files`, among `files`."""
    offered = selectors.access_offered(key, organisations.access_union_by_number(union))
    question = question_for(asked_for(offered.document), slot)
    return Status(201, keep(DraftShelf(mine(request), offered), file, question))
