"""Writing letters, and beginning a matter of the union's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.cases import services
from niangjia.cases.forms.letters import LetterForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import Case
from niangjia.cases.rules.content import LetterTemplate
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.selectors import access_offered, document_of
from niangjia.cases.selectors.items import follow_ups_of
from niangjia.cases.selectors.surroundings import list_accused
from niangjia.cases.services import letters
from niangjia.cases.services.letters import Draft
from niangjia.cases.views.desk.case import (
    ASKED,
    DECIDES,
    HANDLES,
    find_case,
    for_a_purpose,
    kept_purpose,
    post_for,
)
from niangjia.core import clock, refusals
from niangjia.core.prepared import together
from niangjia.members.doors import OfficerRequest, officer_page


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
@for_a_purpose
def writing(request: OfficerRequest, number: str) -> HttpResponse:
    """Fill in a letter (`template`), look at it, send it; without one, which letters there are."""
    template = request.GET.get("template", "")
    is_begun = request.method == "GET" and template
    found = open_case(request, number) if is_begun else find_case(request, number)
    item = document_of(found.snapshot_id)
    known = item.letter(template)
    if known is None:
        return render(
            request,
            "cases/desk/templates.html",
            {"case": found, "templates": item.letters},
            status=404 if template else 200,
        )
    post = post_for(request, found, DECIDES if known.decides else HANDLES)
    case_and_template: dict[str, Any] = {"by": post, "case_id": found.pk, "template": template}
    if request.method == "GET":
        draft = letters.preview_letter(**case_and_template, now=clock.now())
        begun = {**draft.values, "seen": draft.seen}
        form = LetterForm(known, initial=begun, accused=draft.accused)
        return page(request, found, known, form, draft, status=200)
    form = LetterForm(known, request.POST, accused=list_accused(found))
    draft_or_none = None
    if form.is_valid():
        given = case_and_template | {"values": form.values(), "now": clock.now()}
        given["employer_id"] = form.cleaned_data.get("employer")
        with refusals.beside(form):
            if request.POST.get("act") == "issue":
                return issue(request, found, form, given)
            draft_or_none = letters.preview_letter(**given)
    return page(request, found, known, form, draft_or_none, status=422 if form.errors else 200)


def open_case(request: OfficerRequest, number: str) -> Case:
    """The case, its opening recorded. Raises `PurposeNeeded`."""
    return services.read_case(
        by=request.user,
        posts=request.posts,
        number=number,
        purpose=kept_purpose(request, number),
        now=clock.now(),
    ).case


def issue(
    request: OfficerRequest, found: Case, form: LetterForm, given: dict[str, Any]
) -> HttpResponse:
    """Send it, and come to its page."""
    letter = letters.issue_letter(
        **given,
        seen=form.cleaned_data["seen"],
        verify_at=request.build_absolute_uri(reverse("cases:verify")),
    )
    messages.success(request, _("Sent: %(number)s.") % {"number": letter.number})
    return redirect("cases:letter", letter.pk)


def page(
    request: OfficerRequest,
    found: Case,
    template: LetterTemplate,
    form: LetterForm,
    draft: Draft | None,
    *,
    status: int,
) -> HttpResponse:
    """The form, with the letter beside it as it reads now."""
    return render(
        request,
        "cases/desk/writing.html",
        {
            "case": found,
            "template": template,
            "form": form,
            "draft": draft,
            "today": clock.today(),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
def follow_up(request: OfficerRequest, number: str) -> HttpResponse:
    """Begin another matter (`item`) from this one, about the same employer; without one, which
    there are."""
    found = find_case(request, number)
    item = document_of(found.snapshot_id)
    key = request.GET.get("item", "")
    if key not in item.follow_ups:
        [follow_ups] = together(follow_ups_of(item, found.handler))
        return render(
            request,
            "cases/desk/templates.html",
            {"case": found, "follow_ups": follow_ups},
            status=404 if key else 200,
        )
    item = access_offered(key, found.handler, to_officers=True).document
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(questions_of(item.form), data, prefix=ASKED)
    if data is not None and form.is_valid():
        with refusals.beside(form):
            case = letters.begin_follow_up(
                by=post_for(request, found, HANDLES),
                case_id=found.pk,
                item_key=key,
                answers=form.answers(),
                now=clock.now(),
            )
            messages.success(request, _("Begun. %(union)s has it.") % {"union": case.handler.name})
            return redirect("cases:case", case.number)
    return render(
        request,
        "cases/desk/follow_up.html",
        {"case": found, "item": item, "form": form},
        status=422 if form.errors else 200,
    )
