"""/desk/services: writing the catalogue, by the same services as the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import services
from niangjia.cases.models import ItemVersion
from niangjia.cases.rules import story
from niangjia.cases.rules.drafting import comparing, parts, problems
from niangjia.cases.schemas.catalogue import (
    CatalogueDocumentIn,
    CatalogueDraftIn,
    CatalogueList,
    CatalogueNewIn,
    CataloguePartIn,
    CataloguePublicationIn,
    CatalogueRetirementIn,
    CatalogueTrialIn,
    CatalogueTrialOut,
    CatalogueVersionDetail,
    CatalogueVersionList,
    CatalogueVersionOut,
)
from niangjia.cases.selectors import rows_of_catalogue
from niangjia.cases.selectors import versions as selectors
from niangjia.cases.services.drafting import whole_seen
from niangjia.cases.services.trial import Move, Trial, try_out
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within, find_union_within
from niangjia.organisations import selectors as organisations

router = Router(tags=["desk"])
EDITS = Action.EDIT_SERVICES


def access(request: HttpRequest, version_id: str) -> tuple[Post, ItemVersion]:
    """The version, and the nearest post to act by. Raises `NotFound`."""
    posts = posts_for(request, EDITS)
    found = selectors.access_version(posts, version_id)
    return access_acting_post(posts, EDITS, found.union.path), found


def shown(version: ItemVersion) -> dict[str, Any]:
    """A version as `CatalogueVersionOut`."""
    names = ("id", "union", "number", "state", "drafted_at", "published_at", "effective_date")
    return {
        **{name: getattr(version, name) for name in (*names, "retired_at", "retired_reason")},
        "item": version.item.key,
        "seen": whole_seen(version),
    }


@router.get("", response=CatalogueList, summary="What a union offers and is writing")
def list_catalogue(request: HttpRequest, union: str = "") -> dict[str, Any]:
    """As it stands at the union of this number."""
    posts = posts_for(request, EDITS)
    found = access_union_within(posts, EDITS, union)
    rows = rows_of_catalogue(found, posts, account_of(request))
    items = [
        {
            **{name: getattr(row, name) for name in ("key", "name", "group", "open_cases")},
            "version": row.own.pk if row.own else None,
            "draft": row.draft.pk if row.draft else None,
            "scheduled": row.scheduled.pk if row.scheduled else None,
            "unset": row.offered.document.unset if row.offered else [],
        }
        for row in rows
    ]
    return {"items": items, "next": None}


@router.post("", response={201: CatalogueVersionOut}, summary="Begin a new item")
def create_item(request: HttpRequest, payload: CatalogueNewIn) -> Status[dict[str, Any]]:
    """As a draft with nothing but its name: a national one, or, with the number of a `union`, that
    union's own, whose key then ends in the number."""
    posts = posts_for(request, EDITS)
    if payload.union:
        union = access_union_within(posts, EDITS, payload.union)
    else:
        union = organisations.access_root()
    version = services.create_item(
        by=access_acting_post(posts, EDITS, union.path),
        union=union,
        key=payload.key,
        name=payload.name.dict(),
        now=clock.now(),
    )
    return Status(201, shown(version))


@router.post("/drafts", response={201: CatalogueVersionOut}, summary="Begin a draft")
def begin_draft(request: HttpRequest, payload: CatalogueDraftIn) -> Status[dict[str, Any]]:
    """Or go on with the one there is."""
    posts = posts_for(request, EDITS)
    union = access_union_within(posts, EDITS, payload.union)
    version = services.begin_draft(
        by=access_acting_post(posts, EDITS, union.path),
        union=union,
        key=payload.item,
        now=clock.now(),
    )
    return Status(201, shown(version))


@router.get("/versions", response=CatalogueVersionList, summary="Versions of an item at a union")
def list_versions(request: HttpRequest, union: str = "", item: str = "") -> dict[str, Any]:
    """The newest first."""
    found = access_union_within(posts_for(request, EDITS), EDITS, union)
    return {"items": list(map(shown, selectors.list_versions(found, item))), "next": None}


@router.get("/versions/{version_id}", response=CatalogueVersionDetail, summary="One version")
def show_version(request: HttpRequest, version_id: str) -> dict[str, Any]:
    """All it says, what is still to be mended, and what changes with it."""
    _by, version = access(request, version_id)
    whole = selectors.whole_document(version)
    is_local = not version.item.is_whole_at(version.union)
    reach = selectors.reach_of(version)
    return {
        **shown(version),
        "document": version.content,
        "whole": whole,
        "parts": {
            part: parts.seen(version.content, part) for part in parts.parts_of(is_local=is_local)
        },
        "problems": problems.problems_of(whole),
        "changes": [
            {"part": str(each.part), **{n: getattr(each, n) for n in ("where", "before", "after")}}
            for each in comparing.changes(selectors.published_document(version) or {}, whole)
        ],
        "unions": reach.unions,
        "cases": reach.cases,
    }


@router.put("/versions/{version_id}", response=CatalogueVersionOut, summary="Write a draft")
def write_version(
    request: HttpRequest, version_id: str, payload: CatalogueDocumentIn
) -> dict[str, Any]:
    """As a whole. 409 when somebody else wrote meanwhile."""
    by, version = access(request, version_id)
    return shown(
        services.replace_document(
            by=by,
            version_id=version.pk,
            document=payload.document,
            seen=payload.seen,
            now=clock.now(),
        )
    )


@router.patch("/versions/{version_id}", response=CatalogueVersionOut, summary="Write one part")
def write_part(request: HttpRequest, version_id: str, payload: CataloguePartIn) -> dict[str, Any]:
    """409 when somebody else wrote the same part meanwhile."""
    by, version = access(request, version_id)
    head, _step, rest = parts.split(payload.part)
    wanted = list if rest == parts.OUTCOMES else dict
    if not isinstance(payload.value, wanted):
        raise Invalid("an object of fields, or a list of outcomes", code="bad-part")
    if not rest and (strange := set(payload.value) - set(parts.PARTS[head][1])):
        raise Invalid(", ".join(sorted(strange)), code="bad-part")
    saved = services.save_part(
        by=by,
        version_id=version.pk,
        part=payload.part,
        value=payload.value,
        seen=payload.seen,
        now=clock.now(),
    )
    return shown(saved)


@router.delete("/versions/{version_id}", response={204: None}, summary="Throw a draft away")
def discard_version(request: HttpRequest, version_id: str) -> Status[None]:
    """What is published stays as it is."""
    by, version = access(request, version_id)
    services.discard_draft_of_item(by=by, version_id=version.pk, now=clock.now())
    return Status(204, None)


@router.post(
    "/versions/{version_id}/publication", response=CatalogueVersionOut, summary="Publish a draft"
)
def publish_version(
    request: HttpRequest, version_id: str, payload: CataloguePublicationIn
) -> dict[str, Any]:
    """409 for whoever wrote it: it takes a second person."""
    by, version = access(request, version_id)
    return shown(
        services.publish_version(
            by=by, version_id=version.pk, from_date=payload.from_date, now=clock.now()
        )
    )


@router.post(
    "/versions/{version_id}/retirement", response=CatalogueVersionOut, summary="Retire a version"
)
def retire_version(
    request: HttpRequest, version_id: str, payload: CatalogueRetirementIn
) -> dict[str, Any]:
    """Cases that began under it go on."""
    by, version = access(request, version_id)
    return shown(
        services.retire_version(
            by=by, version_id=version.pk, reason=payload.reason, now=clock.now()
        )
    )


@router.post("/versions/{version_id}/request", response={204: None}, summary="Ask a second person")
def ask_publication(request: HttpRequest, version_id: str) -> Status[None]:
    """Those who may publish it are told."""
    by, version = access(request, version_id)
    services.ask_publication(by=by, version_id=version.pk, now=clock.now())
    return Status(204, None)


@router.post("/versions/{version_id}/trials", response=CatalogueTrialOut, summary="Try it out")
def try_version(request: HttpRequest, version_id: str, payload: CatalogueTrialIn) -> dict[str, Any]:
    """A made-up applicant goes through it; nothing of it is kept."""
    by, version = access(request, version_id)
    union = find_union_within(posts_for(request, EDITS), EDITS, payload.union)
    if union is None:
        raise Invalid("no such union within reach", code="no-union")
    seen = try_out(
        by=by,
        version_id=version.pk,
        union=union,
        answers=payload.answers,
        moves=[Move(**move.dict()) for move in payload.moves],
        now=clock.now(),
    )
    return tried(seen)


def tried(seen: Trial) -> dict[str, Any]:
    """A trial as `CatalogueTrialOut`."""
    told = story.told(seen.timeline, seen.item, story.Names(), to_applicant=False)
    return {
        **{
            name: getattr(seen.case, name)
            for name in ("state", "result", "next_due_at", "due_at", "breaches")
        },
        "step": seen.present.key if seen.present else None,
        "union": seen.case.handler,
        "at": seen.at,
        "is_announced": seen.is_announced,
        "notices": dict(seen.notices),
        "timeline": told,
        "refused": str(seen.refusal.message) if seen.refusal else "",
    }
