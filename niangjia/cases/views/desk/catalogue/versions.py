"""One version of an item: what it says, what changes with it, and what becomes of it."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.cases import services
from niangjia.cases.forms.drafting.acts import PublicationForm, RetirementForm
from niangjia.cases.models import ItemVersion, VersionState
from niangjia.cases.rules.drafting import comparing, parts, problems
from niangjia.cases.selectors import versions as selectors
from niangjia.cases.views.desk.catalogue.items import EDITS, acting
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page


@require_GET
@never_cache
@officer_page(EDITS)
def version(request: OfficerRequest, version_id: str) -> HttpResponse:
    """What it says part by part, what is still to be mended, and what changes for whom."""
    return show(request, selectors.access_version(request.posts, version_id))


def show(
    request: OfficerRequest,
    found: ItemVersion,
    *,
    publication: Form | None = None,
    retirement: Form | None = None,
) -> HttpResponse:
    """The page of a version."""
    above = selectors.document_above(found)
    whole = selectors.whole_document(found)
    published = selectors.published_document(found)
    is_local = above is not None
    own_parts = parts.parts_of(is_local=is_local)
    wrong = problems.problems_of(whole)
    refused = any(form is not None and form.errors for form in (publication, retirement))
    return render(
        request,
        "cases/desk/catalogue/version.html",
        {
            "version": found,
            "union": found.union,
            "is_draft": found.state == VersionState.DRAFT,
            "is_local": is_local,
            "name": comparing.said(whole.get("name")) or found.item.key,
            "parts": [
                (part, parts.label_of(part), said_in(whole, part), is_own(found, part, is_local))
                for part in own_parts
            ],
            "steps": [] if is_local else steps_of(whole),
            "inside": [] if is_local else inside_of(whole),
            "problems": wrong,
            "changes": comparing.changes(published or {}, whole) if published != whole else [],
            "is_new": published is None,
            "reach": selectors.reach_of(found),
            "wrote_it": found.drafted_by_account_id == request.user.pk,
            "officers": selectors.names_of_writers([found]),
            "publication": publication or PublicationForm(),
            "retirement": retirement or RetirementForm(),
        },
        status=422 if refused else 200,
    )


def said_in(document: dict[str, object], part: str) -> list[str]:
    """The values of a part, in words, the first few."""
    found = [
        f"{value.where}{_(': ')}{value.text}"
        for place, value in comparing.values(document)
        if place[0] == part
        and len(place) <= 3
        # The name of a row stands before each of its values already.
        and not value.where.startswith(f"{value.text} ·")
    ]
    return found[:4]


def steps_of(document: dict[str, object]) -> list[tuple[str, str, int, int]]:
    """Each step with how many ways out it has and how many questions."""
    steps = document.get("steps")
    return [
        (
            step.get("key", ""),
            comparing.said(step.get("name")),
            len(step.get("outcomes", ())),
            len((step.get("form") or {}).get("schema", {}).get("properties", {})),
        )
        for step in (steps if isinstance(steps, list) else [])
    ]


def inside_of(document: dict[str, object]) -> list[tuple[str, str, int]]:
    """What is written on pages of its own besides steps: the fields of letters, the questions in
    rows; each with its name and how many there are."""
    letters = document.get("letters")
    found = [
        (
            f"letters/{letter.get('key', '')}/{parts.FIELDS}",
            comparing.said(letter.get("name")),
            len(letter.get("fields", ())),
        )
        for letter in (letters if isinstance(letters, list) else [])
    ]
    return found + [
        (part, label, len(parts.value_at(document, part)["schema"].get("properties", {})))
        for part, label in parts.groups_in(document)
    ]


def is_own(version: ItemVersion, part: str, is_local: bool) -> bool:
    """Whether a local variant says something of its own in a part."""
    return is_local and bool(set(version.content) & set(parts.fields_of(part, is_local=True)))


@require_POST
@officer_page(EDITS)
def publication(request: OfficerRequest, version_id: str) -> HttpResponse:
    """Publish a draft, as a second person."""
    found = selectors.access_version(request.posts, version_id)
    form = PublicationForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            done = services.publish_version(
                by=acting(request, found.union),
                version_id=found.pk,
                from_date=form.cleaned_data["from_date"],
                now=clock.now(),
            )
            said = (
                _("Approved. It holds from the day you chose.")
                if done.state == VersionState.SCHEDULED
                else _("Published. Whoever asks from now on asks under this version.")
            )
            messages.success(request, said)
            return redirect("cases:item_version", found.pk)
    return show(request, found, publication=form)


@require_POST
@officer_page(EDITS)
def retirement(request: OfficerRequest, version_id: str) -> HttpResponse:
    """Offer a version no longer."""
    found = selectors.access_version(request.posts, version_id)
    form = RetirementForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.retire_version(
                by=acting(request, found.union),
                version_id=found.pk,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Retired. Cases that began under it go on as they began."))
            return redirect("cases:item_version", found.pk)
    return show(request, found, retirement=form)


@require_POST
@officer_page(EDITS)
def asked_publication(request: OfficerRequest, version_id: str) -> HttpResponse:
    """Ask a second person to look at a draft and publish it."""
    found = selectors.access_version(request.posts, version_id)
    with refusals.told(request):
        told = services.ask_publication(
            by=acting(request, found.union), version_id=found.pk, now=clock.now()
        )
        if not told:
            messages.warning(
                request,
                _("Nobody else here or above may publish it yet: somebody has to be named."),
            )
            return redirect("cases:item_version", found.pk)
        said = ngettext("%(n)d person has been asked.", "%(n)d people have been asked.", told)
        messages.success(request, said % {"n": told})
    return redirect("cases:item_version", found.pk)


@require_POST
@officer_page(EDITS)
def discarding(request: OfficerRequest, version_id: str) -> HttpResponse:
    """Throw a draft away."""
    found = selectors.access_version(request.posts, version_id)
    with refusals.told(request):
        services.discard_draft_of_item(
            by=acting(request, found.union), version_id=found.pk, now=clock.now()
        )
        messages.success(request, _("The draft is gone. What is published stays as it is."))
        return redirect("cases:items")
    return redirect("cases:item_version", found.pk)
