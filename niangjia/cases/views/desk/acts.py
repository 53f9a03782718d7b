"""Working on a case: its steps, what is said, its clock, who has it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from niangjia.cases import services
from niangjia.cases.forms import StepForm
from niangjia.cases.selectors import document_of
from niangjia.cases.services import letters
from niangjia.cases.views.desk.case import (
    DECIDES,
    HANDLES,
    act,
    act_form,
    find_case,
    questions_for,
)
from niangjia.core import clock
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action


@require_POST
@officer_page(HANDLES)
def step(request: OfficerRequest, number: str) -> HttpResponse:
    """End the present step, with the answers to its own questions."""
    found = find_case(request, number)
    present = document_of(found.snapshot_id).step(request.POST.get("step", ""))
    questions = questions_for(present, request.POST)
    chosen = present.outcome(request.POST.get("outcome", "")) if present else None
    if questions and chosen:
        questions.is_needed = chosen.needs_answers
    return act(
        request,
        found,
        StepForm(request.POST),
        lambda post, data: services.take_step(
            by=post,
            case_id=found.pk,
            answers=questions.answers() if questions else None,
            now=clock.now(),
            **data,
        ),
        "step_form",
        others={"questions_form": questions} if questions else None,
    )


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


note = act_page("words_form", services.write_note)
pause = act_page("pause_form", services.pause_case)
resumption = act_page("resumption_form", services.resume_case)
extension = act_page("extension_form", services.extend_case)
take_over = act_page("take_over_form", services.take_over, DECIDES)
naming = act_page("naming_form", letters.note_naming)
objection = act_page("objection_form", services.object_to_transfer, DECIDES)
