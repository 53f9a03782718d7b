"""Working on a case: its steps, what is said, its clock, who has it."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.cases import services
from niangjia.cases.forms import DeathForm, StepForm
from niangjia.cases.forms.asking import NamedOfficerForm
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.files import number_of_case_with
from niangjia.cases.services import letters
from niangjia.cases.services.shelves import DeskShelf
from niangjia.cases.views.desk.case import (
    ASKED,
    DECIDES,
    HANDLES,
    SAID,
    act,
    act_form,
    find_case,
    for_a_purpose,
    kept_purpose,
    post_for,
    questions_for,
    show,
    taken_in,
)
from niangjia.cases.views.taking_in import upload
from niangjia.core import clock, refusals
from niangjia.core.errors import NotFound
from niangjia.core.files import attachment
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action


@require_POST
@officer_page(HANDLES)
def step(request: OfficerRequest, number: str) -> HttpResponse:
    """End the present step, with the answers to its own questions."""
    found = find_case(request, number)
    present = document_of(found.snapshot_id).step(request.POST.get("step", ""))
    asked = taken_in(request, found, questions_for(present), ASKED)
    chosen = present.outcome(request.POST.get("outcome", "")) if present else None
    if chosen:
        asked.is_needed = chosen.needs_answers
    return act(
        request,
        found,
        StepForm(request.POST),
        lambda post, data: services.take_step(
            by=post,
            case_id=found.pk,
            answers=asked.answers(),
            files=asked.handed_in(),
            now=clock.now(),
            **data,
        ),
        "step_form",
        others={"questions_form": asked},
    )


@require_POST
@officer_page(HANDLES)
def note(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep a note for colleagues, or write to the applicant, with files or without."""
    found = find_case(request, number)
    asked = taken_in(request, found, questions_for(None), SAID)
    form = act_form("words_form", request.POST)
    form.fields["words"].required = not asked.has_files
    return act(
        request,
        found,
        form,
        lambda post, data: services.write_note(
            by=post, case_id=found.pk, files=asked.handed_in(), now=clock.now(), **data
        ),
        "words_form",
        others={"files_form": asked},
    )


@require_POST
@officer_page(HANDLES)
def death(request: OfficerRequest, number: str) -> HttpResponse:
    """The applicant has died. The family's receipt is shown once, on this very answer, and so are
    the other open cases of theirs that this officer may settle."""
    found = find_case(request, number)
    form = act_form("death_form", request.POST)
    given: list[services.Death] = []

    def note(post: Post, data: dict[str, Any]) -> None:
        given.append(services.note_death(by=post, case_id=found.pk, now=clock.now(), **data))

    answer = act(request, found, form, note, "death_form")
    if not given or not (given[0].receipt or given[0].others):
        return answer
    said = {"words": form.cleaned_data["words"]}
    others = [
        (each, item, item.step(each.step), DeathForm(initial=said, auto_id=f"id_{each.number}_%s"))
        for each in given[0].others
        for item in [document_of(each.snapshot_id)]
    ]
    shown = {"case": found, "receipt": given[0].receipt, "others": others}
    return render(request, "cases/desk/family.html", shown)


@require_POST
@officer_page(HANDLES)
def file_arrival(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep one file that a script sends."""
    found = find_case(request, number)
    present = document_of(found.snapshot_id).step(found.step)
    shelf = DeskShelf(post_for(request, found, HANDLES), found.pk)
    return upload(request, questions_for(present), shelf)


@require_GET
@officer_page(HANDLES)
@for_a_purpose
def file(request: OfficerRequest, file_id: uuid.UUID) -> HttpResponse:
    """One file of a case, opened for the purpose for which the case was opened; whoever has stated
    none is asked for it."""
    number = number_of_case_with(file_id, account=request.user)
    opened = services.read_file(
        by=request.user,
        posts=request.posts,
        number=number,
        file_id=str(file_id),
        purpose=kept_purpose(request, number),
        now=clock.now(),
    )
    return cast(HttpResponse, attachment(opened))


def act_page(
    name: str, service: Callable[..., Any], action: Action = HANDLES
) -> Callable[..., HttpResponse]:
    """The page behind the form `name` of a case: what the form says, the service does."""

    @require_POST
    @officer_page(action)
    def page(request: OfficerRequest, number: str) -> HttpResponse:
        found = find_case(request, number)
        return act(
            request,
            found,
            act_form(name, request.POST),
            lambda post, data: service(by=post, case_id=found.pk, now=clock.now(), **data),
            name,
            action=action,
        )

    return page


pause = act_page("pause_form", services.pause_case)
resumption = act_page("resumption_form", services.resume_case)
extension = act_page("extension_form", services.extend_case)
take_over = act_page("take_over_form", services.take_over, DECIDES)
naming = act_page("naming_form", letters.note_naming)
dismissal = act_page("dismissal_form", services.dismiss_objections)
objection = act_page("objection_form", services.object_to_transfer, DECIDES)


@require_POST
@officer_page(HANDLES)
def officer(request: OfficerRequest, number: str) -> HttpResponse:
    """Name somebody at a union whom it is about. Where they are whoever named them, or the case
    goes on to another union by that, the queue says so."""
    found = find_case(request, number)
    form = cast(NamedOfficerForm, act_form("officer_form", request.POST))
    if "find" not in request.POST and form.is_valid() and (about := form.about()):
        with refusals.beside(form):
            services.name_officer(
                by=post_for(request, found, HANDLES),
                case_id=found.pk,
                union=about.union,
                who=about.who,
                now=clock.now(),
            )
            messages.success(request, _("Whoever is meant sees this case no longer."))
            return led_on(request, number)
    if "find" in request.POST:
        form = NamedOfficerForm(initial=request.POST.dict(), auto_id=form.auto_id)
    return show(request, number, status=422 if form.errors else 200, forms={"officer_form": form})


def led_on(request: OfficerRequest, number: str) -> HttpResponse:
    """To the case, or to the queue where it is no longer shown to whoever acted."""
    with suppress(NotFound):
        find_case(request, number)
        return redirect("cases:case", number)
    return redirect("cases:queue")


@require_POST
@officer_page(HANDLES)
def employer(request: OfficerRequest, number: str) -> HttpResponse:
    """Name an employer the complaint is about; where it goes on to another union by that, or is
    kept from whoever named it, the queue says so."""
    found = find_case(request, number)
    form = act_form("employer_form", request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.name_employer(
                by=post_for(request, found, HANDLES),
                case_id=found.pk,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Whoever is tied to it sees this case no longer."))
            return led_on(request, number)
    return show(request, number, status=422, forms={"employer_form": form})
