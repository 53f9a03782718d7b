"""Working on a case: its steps, what is said, its clock."""

from django.forms import Form
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from niangjia.cases import services
from niangjia.cases.forms import PauseForm, ReasonForm, StepForm, WordsForm
from niangjia.cases.selectors import document_of
from niangjia.cases.views.desk.case import HANDLES, act, find_case, questions_for
from niangjia.core import clock
from niangjia.members.doors import OfficerRequest, officer_page


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


@require_POST
@officer_page(HANDLES)
def note(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep a note, or write to the applicant."""
    found = find_case(request, number)
    return act(
        request,
        found,
        WordsForm(request.POST),
        lambda post, data: services.write_note(by=post, case_id=found.pk, now=clock.now(), **data),
        "words_form",
    )


@require_POST
@officer_page(HANDLES)
def pause(request: OfficerRequest, number: str) -> HttpResponse:
    """Let the clock stand still."""
    found = find_case(request, number)
    return act(
        request,
        found,
        PauseForm(request.POST),
        lambda post, data: services.pause_case(by=post, case_id=found.pk, now=clock.now(), **data),
        "pause_form",
    )


@require_POST
@officer_page(HANDLES)
def resumption(request: OfficerRequest, number: str) -> HttpResponse:
    """Let it go on."""
    found = find_case(request, number)
    return act(
        request,
        found,
        Form(request.POST),
        lambda post, data: services.resume_case(by=post, case_id=found.pk, now=clock.now()),
        "resumption_form",
    )


@require_POST
@officer_page(HANDLES)
def extension(request: OfficerRequest, number: str) -> HttpResponse:
    """Make the term longer."""
    found = find_case(request, number)
    return act(
        request,
        found,
        ReasonForm(request.POST, auto_id="id_extension_%s"),
        lambda post, data: services.extend_case(by=post, case_id=found.pk, now=clock.now(), **data),
        "extension_form",
    )
