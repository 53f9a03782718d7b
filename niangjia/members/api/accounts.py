"""/me: who I am, what I agreed to, who looked, everything as a file, and leaving."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.errors import HttpError

from niangjia.core import clock, errors
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.models import Account, Person, Purpose
from niangjia.members.rules import consent_texts, mine, purposes
from niangjia.members.schemas.accounts import (
    ConsentList,
    DeletionIn,
    ExportOut,
    IdentityIn,
    Me,
    ThingList,
    ViewOfDataList,
)
from niangjia.members.services import export as exporting

router = Router(tags=["me"])


def account_of(request: HttpRequest) -> Account:
    """Who asks. The API's frame has checked it; this says so to the type checker."""
    if not isinstance(request.user, Account):
        raise HttpError(401, "Sign in first.")
    return request.user


def described(account: Account) -> dict[str, Any]:
    """The account as `Me`."""
    person = Person.objects.filter(account=account).first()
    return {
        "id": account.id,
        "phone": account.phone,
        "created_at": account.created_at,
        "name": person.name if person else None,
        "document_type": person.document_type if person else None,
        "verified_at": person.verified_at if person else None,
    }


@router.get("", response=Me, summary="Who I am")
def show_me(request: HttpRequest) -> dict[str, Any]:
    """The account that asks."""
    return described(account_of(request))


@router.get("/overview", response=ThingList, summary="What waits for me, and what I have")
def list_things(request: HttpRequest) -> dict[str, Any]:
    """From every room, as on the page Mine: what waits for me comes first."""
    waiting, owned = mine.lines(account_of(request), clock.now())
    return {"items": [asdict(line) for line in (*waiting, *owned)]}


@router.post("/identity", response=Me, summary="Say who I am")
def identify(request: HttpRequest, payload: IdentityIn) -> dict[str, Any]:
    """With `consent`, the identity service is asked; without, the union looks at the document."""
    account, now = account_of(request), clock.now()
    answers = payload.dict(exclude={"consent"})
    if payload.consent:
        services.give_consent(account=account, purpose=Purpose.IDENTITY_CHECK, now=now)
        services.confirm_identity(account=account, answers=answers, now=now)
    else:
        services.count_claim(account=account, answers=answers, now=now)
        services.identify_person(account=account, answers=answers, now=now)
    return described(account)


@router.get("/consents", response=ConsentList, summary="What I agreed to")
def list_consents(request: HttpRequest) -> dict[str, Any]:
    """Every purpose, agreed to or not."""
    return consents_of(account_of(request))


def consents_of(account: Account) -> dict[str, Any]:
    """Every purpose as `ConsentList`."""
    standing = selectors.current_consents(account)
    texts = [consent_texts.current(purpose) for purpose in Purpose]
    return {
        "items": [
            {
                "purpose": text.purpose,
                "text": text.text(get_language() or "zh-hans"),
                "version": text.version,
                "given_at": standing[text.purpose].given_at if text.purpose in standing else None,
            }
            for text in texts
        ]
    }


@router.post("/consents/{purpose}", response=ConsentList, summary="Agree to one purpose")
def give_consent(request: HttpRequest, purpose: Purpose) -> dict[str, Any]:
    """Under the text of today."""
    account = account_of(request)
    services.give_consent(account=account, purpose=purpose, now=clock.now())
    return consents_of(account)


@router.post("/consents/{purpose}/withdrawal", response=ConsentList, summary="Withdraw one consent")
def withdraw_consent(request: HttpRequest, purpose: Purpose) -> dict[str, Any]:
    """The others stand. Withdrawing what was not given changes nothing."""
    account = account_of(request)
    services.withdraw_consent(account=account, purpose=purpose, now=clock.now())
    return consents_of(account)


@router.get("/views", response=ViewOfDataList, summary="Who looked at my data, and why")
def list_views(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """Newest first."""
    page = page_of(
        selectors.list_views_of_data(account_of(request)),
        order=("-at", "-id"),
        cursor=cursor,
        size=50,
    )
    names = selectors.names_of_unions(entry.union_id for entry in page.items)
    return {
        "items": [
            {
                "at": entry.at,
                "union": names.get(entry.union_id) if entry.union_id else None,
                "purpose": purposes.in_words(entry.purpose),
            }
            for entry in page.items
        ],
        "next": page.next,
    }


@router.post("/export", response=ExportOut, summary="Everything held about me")
def export(request: HttpRequest) -> dict[str, Any]:
    """A write, because it is recorded."""
    return {"tables": exporting.record_and_collect(account_of(request))}


@router.post("/deletion", response={204: None}, summary="Close the account, erase my identity")
def delete(request: HttpRequest, payload: DeletionIn) -> HttpResponse:
    """Cannot be undone. Whoever holds a post hands it over first."""
    account = account_of(request)
    if payload.confirmation != account.phone[-4:]:
        message = _("These are not the last 4 digits of your number.")
        raise errors.Invalid(message, code="not-confirmed", fields={"confirmation": message})
    services.delete_account(account=account, now=clock.now())
    return HttpResponse(status=204)
