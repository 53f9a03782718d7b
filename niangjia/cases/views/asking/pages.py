"""The page by which a service is asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import services
from niangjia.cases.forms.picking import picker_for
from niangjia.cases.rules.wording import in_words
from niangjia.cases.services import Asking, Matter
from niangjia.cases.services.drafts import is_from
from niangjia.cases.views.asking import sheet as sheets
from niangjia.cases.views.asking.given_up import not_offered
from niangjia.cases.views.asking.sheet import Sheet
from niangjia.cases.views.services import Visit, context, obstacle_to, visit
from niangjia.core import clock, refusals
from niangjia.core.errors import DomainError, Invalid, NotFound
from niangjia.members.rules import phones


@never_cache
@require_http_methods(["GET", "POST"])
def asking(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for it. Complaints can be filed by somebody unknown; everything else asks to sign in."""
    try:
        found = visit(request, key)
    except NotFound:
        return not_offered(request, key)
    if found.is_anonymous and not found.offered.document.anonymous:
        return redirect(f"{request.build_absolute_uri('/account/login/')}?next={request.path}")
    if request.method == "GET":
        return page(request, found, sheets.empty_sheet(found), status=200)
    sheet = sheets.sent_sheet(request, found)
    if again := sheet.reshaped():
        return page(request, found, again, status=200, **keep_quietly(found, sheet))
    differs = theirs(found, sheet)
    if sheet.is_valid() and not differs:
        with refusals.beside(*sheet.forms):
            return ask(request, found, sheet)
    return page(request, found, sheet, status=422, **(differs or keep_quietly(found, sheet)))


def keep_quietly(found: Visit, sheet: Sheet) -> dict[str, Any]:
    """Keep what was sent, so that whatever is wrong with it costs nobody a word; never over what
    another window or phone saved meanwhile."""
    if found.account is None:
        return {}
    try:
        return {"version": sheets.save(found, sheet, version=sheet.version)}
    except DomainError:
        return {}


def theirs(found: Visit, sheet: Sheet) -> dict[str, Any]:
    """What another window or phone saved since this one was opened, where it differs, in words:
    whoever presses again has seen it. Nothing where there is none."""
    if found.account is None:
        return {}
    draft = sheets.draft_of(found)
    if draft.row is None or draft.version == sheet.version or is_from(draft.row, sheet.window):
        return {}
    here = sheet.form.typed()
    other = {name: said for name, said in draft.answers.items() if here.get(name) != said}
    if not other:
        return {}
    return {
        "theirs": in_words(found.offered.document.form, other),
        "theirs_at": draft.row.saved_at,
        "version": draft.version,
    }


def page(
    request: HttpRequest, found: Visit, sheet: Sheet, *, status: int, **more: Any
) -> HttpResponse:
    """The page with the form on it; without, where it is said why not now."""
    return render(
        request,
        "cases/services/asking.html",
        {
            **context(found),
            "sheet": sheet,
            "form": sheet.form,
            "about": sheet.about,
            "picker": picker_for(sheet.about, near=found.beginning.union)
            if sheet.about and "officer" in sheet.about.fields
            else None,
            "reach": sheet.reach,
            "version": sheet.version,
            "obstacle": obstacle_to(found),
            **more,
        },
        status=status,
    )


def ask(request: HttpRequest, found: Visit, sheet: Sheet) -> HttpResponse:
    """Open the case, and say what happens now. Raises what the service does, and `Invalid` while
    nobody knows which union is near."""
    account = found.account
    opened = services.open_case(
        matter=matter_of(found, sheet),
        asking=Asking(
            account=account,
            person=account.person if account else None,
            name=account.person.name if account and account.person else "",
            phone=phone_of(found, sheet),
            is_anonymous=account is None,
            receipt=sheet.keep,
            may_text=sheet.wants_texts,
        ),
        now=clock.now(),
    )
    if account is None:
        # Shown once, on this very answer: no redirect carries it, nothing keeps it.
        return render(
            request,
            "cases/services/receipt.html",
            {
                "case": opened.case,
                "receipt": opened.receipt,
                "texts_to": phones.masked(phone_of(found, sheet)) if sheet.wants_texts else "",
                **context(found),
            },
        )
    messages.success(request, _("It has arrived. You find it here, with its next date."))
    if opened.case.is_urgent:
        return redirect("cases:own_case", opened.case.number)
    return redirect("cases:mine")


def phone_of(found: Visit, sheet: Sheet) -> str:
    """How whoever asks can be reached, as far as they want to be."""
    if sheet.reach:
        return str(sheet.reach.cleaned_data["phone"])
    return found.account.phone if found.account else ""


def matter_of(found: Visit, sheet: Sheet) -> Matter:
    """What is asked for. Raises `Invalid` while nobody knows which union is near."""
    beginning = found.beginning
    if not beginning.is_near:
        raise Invalid(
            _("Choose your place at the top first: then it goes to the union near you."),
            code="no-place",
        )
    accused, about = [], sheet.about
    if about is not None and (name := about.cleaned_data.get("employer")):
        uscc, division = about.cleaned_data["uscc"], beginning.union.division
        accused.append(services.find_or_note_employer(name=name, uscc=uscc, division=division))
    return Matter(
        item_key=found.offered.item.key,
        union=beginning.union,
        answers=sheet.form.answers(),
        accused=accused,
        officer=about.about() if about else None,
        files=sheet.form.handed_in(),
    )
