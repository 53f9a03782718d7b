"""Files: sent one by one and kept, then handed in by their ids; and read again."""

import uuid
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from niangjia.cases import selectors, services
from niangjia.cases.api.desk import HANDLES
from niangjia.cases.api.desk import find_case as find_desk_case
from niangjia.cases.api.own import find_own
from niangjia.cases.rules import numbering
from niangjia.cases.rules.content import Item
from niangjia.cases.rules.questions import FREE, Question, Questions, asked_for, questions_of
from niangjia.cases.schemas import CaseReadingIn
from niangjia.cases.schemas.files import CaseFileOut, CaseFileReceiptIn, KeptUnknownOut
from niangjia.cases.selectors import document_of, owner_of_account, owner_of_receipt
from niangjia.cases.selectors.files import number_of_case_with
from niangjia.cases.services import files
from niangjia.cases.services.files import Attached
from niangjia.cases.services.shelves import DeskShelf, DraftShelf, OwnShelf, Shelf
from niangjia.core import clock, idempotency
from niangjia.core.errors import Invalid
from niangjia.core.files import attachment
from niangjia.members.doors import account_of, posts_for
from niangjia.organisations import selectors as organisations

of_own = Router(tags=["cases"])
of_desk = Router(tags=["desk"])
of_receipts = Router(tags=["services"], auth=None)
of_services = Router(tags=["services"], auth=None)


def keep(shelf: Shelf, sent: UploadedFile, question: Question) -> Attached:
    """Check one file and keep it. Raises `Invalid` on "file"."""
    now = clock.now()
    shelf.count_try(now=now)
    sent.seek(0)
    content = files.examined(sent, name=sent.name or "", question=question, field="file")
    return shelf.keep(question.name, content, now=now)


def question_for(questions: Questions, slot: str) -> Question:
    """The question that takes files under this name. Raises `Invalid`."""
    question = questions.find(slot or FREE)
    if question is None or question.files is None:
        problem = _("No question here takes files under this name.")
        raise Invalid(problem, code="no-such-slot", fields={"slot": problem})
    return question


def anywhere_in(item: Item) -> Questions:
    """Every question of an item and its steps."""
    of_steps = [q for step in item.steps if step.form for q in questions_of(step.form).every]
    return asked_for(item).and_(*of_steps)


@of_own.post("/{number}/files", response={201: CaseFileOut}, summary="Send a file for my case")
def send_my_file(
    request: HttpRequest, number: str, file: File[UploadedFile], slot: str = FREE
) -> Status[Attached]:
    """Kept until it is handed in, by its id, with a message or a step; for a day."""
    owner, found = find_own(request, number)
    question = question_for(anywhere_in(document_of(found.snapshot_id)), slot)
    return Status(201, keep(OwnShelf(owner, found.pk), file, question))


@of_own.get("/files/{file_id}", summary="A file of my cases", response={200: None})
def read_my_file(request: HttpRequest, file_id: uuid.UUID) -> StreamingHttpResponse:
    """As a download."""
    owner = owner_of_account(account_of(request).pk)
    return attachment(services.read_own_file(owner=owner, file_id=str(file_id)))


@of_desk.post("/{number}/files", response={201: CaseFileOut}, summary="Send a file for a case")
def send_case_file(
    request: HttpRequest, number: str, file: File[UploadedFile], slot: str = FREE
) -> Status[Attached]:
    """Kept until it is handed in, by its id, with a note or a step; for a day."""
    post, found = find_desk_case(request, number)
    question = question_for(anywhere_in(document_of(found.snapshot_id)), slot)
    return Status(201, keep(DeskShelf(post, found.pk), file, question))


@of_desk.post("/files/{file_id}/reading", summary="Open a file of a case", response={200: None})
def read_case_file(
    request: HttpRequest, file_id: uuid.UUID, payload: CaseReadingIn
) -> StreamingHttpResponse:
    """Like the case itself: recorded, and shown to whoever asked. 422 without a purpose where one
    is needed."""
    idempotency.read_anew(request)
    posts, account = posts_for(request, HANDLES), account_of(request)
    opened = services.read_file(
        by=account,
        posts=posts,
        number=number_of_case_with(file_id, account=account),
        file_id=str(file_id),
        purpose=payload.stated(),
        now=clock.now(),
    )
    return attachment(opened)


@of_receipts.post("/files", response={201: CaseFileOut}, summary="Send a file, with a receipt")
def send_file_by_receipt(
    request: HttpRequest, receipt: Form[str], file: File[UploadedFile], slot: Form[str] = FREE
) -> Status[Attached]:
    """Kept until it is handed in, by its id, with a message or a step; for a day."""
    owner = services.come_with(receipt=receipt)
    found = services.find_case_of_receipt(owner=owner)
    question = question_for(anywhere_in(document_of(found.snapshot_id)), slot)
    return Status(201, keep(OwnShelf(owner, found.pk), file, question))


@of_receipts.post("/files/reading", summary="A file, with a receipt", response={200: None})
def read_file_by_receipt(request: HttpRequest, payload: CaseFileReceiptIn) -> StreamingHttpResponse:
    """As a download. The receipt stands in the body: no address has it."""
    idempotency.read_anew(request)
    owner = services.come_with(receipt=payload.receipt)
    return attachment(services.read_own_file(owner=owner, file_id=str(payload.file)))


@of_services.post(
    "/{key}/receipts/files", response={201: KeptUnknownOut}, summary="Send a file, unknown"
)
def send_file_unknown(
    request: HttpRequest,
    key: str,
    union: Form[str],
    file: File[UploadedFile],
    keep_: Form[str] = "",
    slot: Form[str] = FREE,
) -> Status[dict[str, Any]]:
    """Before a complaint without a name: `keep` finds what was sent, and goes along with the
    complaint. Send it again with the next file."""
    offered = selectors.access_offered(key, organisations.access_union_by_number(union))
    if not offered.document.anonymous:
        raise Invalid(
            _("For this service we have to know who asks. Sign in, or call 12351."),
            code="anonymous-not-possible",
        )
    keeping = keep_ if numbering.is_receipt(keep_) else numbering.receipt()
    shelf = DraftShelf(owner_of_receipt(keeping), offered, is_unknown=True)
    kept = keep(shelf, file, question_for(asked_for(offered.document), slot))
    return Status(201, {**vars(kept), "keep": keeping})
