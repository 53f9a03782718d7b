"""Writing one part of a draft, or all of it by hand."""

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import ValidationError

from niangjia.cases import services
from niangjia.cases.forms.drafting import PartForms, forms_for
from niangjia.cases.forms.drafting.acts import RawForm
from niangjia.cases.models import ItemVersion, VersionState
from niangjia.cases.rules import content, eligibility_words
from niangjia.cases.rules.drafting import comparing, lines, parts
from niangjia.cases.selectors import versions as selectors
from niangjia.cases.services.drafting import whole_seen
from niangjia.cases.views.desk.catalogue.items import EDITS, acting
from niangjia.core import clock, refusals
from niangjia.core.errors import Conflict, DomainError, NotFound
from niangjia.members.doors import OfficerRequest, officer_page


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(EDITS)
def part(request: OfficerRequest, version_id: str) -> HttpResponse:
    """The part named by `of` in the address, as a form. `inherit` gives a field back to what holds
    above; `more` saves and comes back for another row."""
    found = access_draft(request, version_id)
    above = selectors.document_above(found)
    part = request.GET.get("of", "about")
    if part not in parts.parts_of(is_local=above is not None) and above is not None:
        raise NotFound(_("There is no such page"))
    parts.value_at(found.content, part)  # a step there is not answers like a page there is not
    if request.method == "GET":
        return show(request, found, part, forms_for(part, document=found.content, above=above))
    if field := request.POST.get("inherit", ""):
        return inherit(request, found, part, field)
    made = forms_for(part, document=found.content, above=above, data=request.POST)
    if not made.is_valid():
        return show(request, found, part, made, status=422)
    try:
        services.save_part(
            by=acting(request, found.union),
            version_id=found.pk,
            part=part,
            value=made.value(),
            seen=request.POST.get("seen", ""),
            now=clock.now(),
        )
    except NotFound:
        raise
    except Conflict as refusal:
        messages.warning(request, str(refusal.message))
        return show(request, found, part, made, changed=theirs(found, part, made), status=409)
    except DomainError as refusal:
        messages.warning(request, str(refusal.message))
        return show(request, found, part, made, status=422)
    messages.success(request, _("Saved."))
    if "more" in request.POST:
        return redirect(address_of(found, part))
    return redirect("cases:item_version", found.pk)


def address_of(found: ItemVersion, part: str) -> str:
    """Where a part is written."""
    return f"{reverse('cases:item_part', args=[found.pk])}?{urlencode({'of': part})}"


def access_draft(request: OfficerRequest, version_id: str) -> ItemVersion:
    """A draft within reach; a version that is no draft is only to be looked at."""
    found = selectors.access_version(request.posts, version_id)
    if found.state != VersionState.DRAFT:
        raise NotFound(_("There is no such page"))
    return found


def inherit(request: OfficerRequest, found: ItemVersion, part: str, field: str) -> HttpResponse:
    """Say nothing of a field any more: what holds above holds here again."""
    now = parts.value_at(found.content, part)
    value = {name: each for name, each in now.items() if name != field}
    services.save_part(
        by=acting(request, found.union),
        version_id=found.pk,
        part=part,
        value=value,
        seen=parts.seen(found.content, part),
        now=clock.now(),
    )
    messages.success(request, _("Given back: what holds above holds here again."))
    return redirect(address_of(found, part))


def theirs(found: ItemVersion, part: str, made: PartForms) -> list[comparing.Change]:
    """Where what was typed differs from what somebody else saved meanwhile."""
    mine = parts.put(found.content, part, made.value())
    above = selectors.document_above(found)
    if above is None:
        return comparing.changes(found.content, mine)
    return comparing.changes(content.merged(above, [found.content]), content.merged(above, [mine]))


def show(
    request: OfficerRequest,
    found: ItemVersion,
    part: str,
    made: PartForms,
    *,
    changed: list[comparing.Change] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one part; beside a local variant, what holds above."""
    above = selectors.document_above(found)
    return render(
        request,
        "cases/desk/catalogue/part.html",
        {
            "version": found,
            "union": found.union,
            "name": comparing.said(selectors.whole_document(found).get("name")) or found.item.key,
            "part": part,
            "label": parts.label_of(part),
            "made": made,
            "seen": parts.seen(found.content, part),
            "inherited": inherited(found, part, above),
            "changed": changed or [],
            "checks": part in ("conditions", "materials"),
        },
        status=status,
    )


def inherited(
    found: ItemVersion, part: str, above: dict[str, object] | None
) -> list[tuple[str, list[str], bool]]:
    """For each field of a local part: its name, what holds above, and whether it is overridden."""
    if above is None:
        return []
    said = list(comparing.values(above))
    result = []
    for field in parts.fields_of(part, is_local=True):
        texts = [
            f"{value.where}{_(': ')}{value.text}"
            for place, value in said
            if place[0] == part and ((part != "about" and part != "terms") or field in place[1])
        ]
        result.append((field, texts, field in found.content))
    return result


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(EDITS)
def raw(request: OfficerRequest, version_id: str) -> HttpResponse:
    """The whole document as JSON, for who writes documents by hand; errors say the line."""
    found = access_draft(request, version_id)
    written = json.dumps(found.content, ensure_ascii=False, indent=2)
    form = RawForm(
        request.POST if request.method == "POST" else None,
        initial={"content": written, "seen": whole_seen(found)},
    )
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["content"]
        wrong = lines_of_errors(found, document, request.POST["content"])
        for said in wrong:
            form.add_error("content", said)
        if not wrong:
            with refusals.beside(form):
                services.replace_document(
                    by=acting(request, found.union),
                    version_id=found.pk,
                    document=document,
                    seen=form.cleaned_data["seen"],
                    now=clock.now(),
                )
                messages.success(request, _("Saved."))
                return redirect("cases:item_version", found.pk)
    return render(
        request,
        "cases/desk/catalogue/raw.html",
        {"version": found, "union": found.union, "form": form},
        status=422 if form.errors else 200,
    )


def lines_of_errors(found: ItemVersion, document: dict[str, object], text: str) -> list[str]:
    """What is wrong with a document, each with its line."""
    above = selectors.document_above(found)
    whole = content.merged(above, [document]) if above else document
    try:
        content.Item.model_validate(whole)
    except ValidationError as error:
        return [
            _("Line %(line)s: %(where)s: %(what)s")
            % {
                "line": lines.line_of(text, each["loc"]),
                "where": "/".join(map(str, each["loc"])),
                "what": each["msg"],
            }
            for each in error.errors(include_url=False)[:10]
        ]
    return []


@require_POST
@officer_page(EDITS)
def condition(request: OfficerRequest, version_id: str) -> HttpResponse:
    """A condition in words as it is typed, or what is wrong with it."""
    found = selectors.access_version(request.posts, version_id)
    typed = next((name for name in request.POST if name.endswith("-when")), "")
    text = request.POST.get(typed, "")
    context: dict[str, str] = {}
    if text.strip():
        try:
            item = content.read(selectors.whole_document(found))
            context["words"] = eligibility_words.explained(text[:2000], item)
        except ValueError:
            context["wrong"] = _("This cannot be worked out. Look at its signs and names.")
        except DomainError:
            context["words"] = ""
    return render(request, "cases/desk/catalogue/condition.html", context)
