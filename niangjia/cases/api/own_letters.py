"""/letters: letters to me, and whether a paper is genuine."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import File, Router
from ninja.files import UploadedFile

from niangjia.cases import services
from niangjia.cases.api import shapes
from niangjia.cases.api.letters import shape
from niangjia.cases.api.own import find_own
from niangjia.cases.schemas import CaseOut
from niangjia.cases.schemas.letters import (
    ComparedOut,
    LetterList,
    NamingIn,
    ReceiptLetterIn,
    VerifiedOut,
)
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.selectors.letters import list_letters
from niangjia.cases.services import letters
from niangjia.core import clock, files, idempotency, protection
from niangjia.members.doors import account_of, address_of

of_cases = Router(tags=["cases"])
receipts = Router(tags=["services"], auth=None)
verification = Router(tags=["letters"], auth=None)


@of_cases.get("/{number}/letters", response=LetterList, summary="Letters to me")
def list_my_letters(request: HttpRequest, number: str) -> dict[str, Any]:
    """The newest first; those to others are none of them."""
    owner, found = find_own(request, number)
    with protection.viewing(receipt=owner):
        return {"items": [shape(each) for each in list_letters(found.pk)[::-1]], "next": None}


@of_cases.get("/letters/{letter}/pdf", summary="The PDF of a letter to me", response={200: None})
def fetch_my_letter(request: HttpRequest, letter: uuid.UUID) -> HttpResponseBase:
    """As it was sent."""
    owner = owner_of_account(account_of(request).pk)
    return files.attachment(letters.open_own_letter(owner=owner, letter_id=letter))


@of_cases.post("/{number}/naming", response=CaseOut, summary="Whether letters may name me")
def say_my_naming(request: HttpRequest, number: str, payload: NamingIn) -> dict[str, Any]:
    """For letters to my employer and to authorities, from now on; to be taken back the same way."""
    owner, found = find_own(request, number)
    letters.agree_to_naming(owner=owner, case_id=found.pk, agreed=payload.agreed, now=clock.now())
    return shapes.case(find_own(request, number)[1])


@receipts.post("/letters", summary="The PDF of a letter, by receipt", response={200: None})
def fetch_letter_by_receipt(request: HttpRequest, payload: ReceiptLetterIn) -> HttpResponseBase:
    """The receipt stands in the body: no address has it."""
    idempotency.read_anew(request)
    owner = services.come_with(receipt=payload.receipt)
    return files.attachment(letters.open_own_letter(owner=owner, letter_id=payload.letter))


@verification.get("/{code}", response=VerifiedOut, summary="Whether a letter is genuine")
def verify_letter(request: HttpRequest, code: str) -> letters.Verified:
    """By the code that stands on it. Never what it says, or to whom."""
    return letters.verify_letter(code=code, address=address_of(request), now=clock.now())


@verification.post("/{code}/comparison", response=ComparedOut, summary="Whether a file is it")
def compare_letter(request: HttpRequest, code: str, file: File[UploadedFile]) -> dict[str, Any]:
    """The file is read and not kept. Scans are never the same."""
    found = letters.verify_letter(code=code, address=address_of(request), now=clock.now())
    return {"is_same": letters.is_same(found, file)}
