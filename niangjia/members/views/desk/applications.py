"""One application: what the applicant gave, and the answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, refusals
from niangjia.members import selectors, services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.desk import DecisionForm
from niangjia.members.forms.purposes import PurposeForm
from niangjia.members.models import Application
from niangjia.members.rules import Action, phones
from niangjia.members.rules.masking import masked_identity_number
from niangjia.members.selectors.inbox import access_application_within, find_next, urgency_of

DECIDES = Action.DECIDE_APPLICATIONS


@require_GET
@officer_page(DECIDES)
def application(request: OfficerRequest, number: str) -> HttpResponse:
    """The application, as a page or, within the inbox, as its side panel."""
    return show(request, access_application_within(request.posts, number), DecisionForm())


@require_POST
@officer_page(DECIDES)
def decision(request: OfficerRequest, number: str) -> HttpResponse:
    """Answer it. The next most urgent one comes up."""
    found = access_application_within(request.posts, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, found, form)
    now = clock.now()
    with refusals.beside(form):
        services.decide_application(
            by=selectors.access_acting_post(request.posts, DECIDES, found.handled_by.path),
            application=found,
            verdict=form.cleaned_data["verdict"],
            reason=form.cleaned_data["reason"],
            now=now,
        )
        messages.success(request, _("Application %(number)s is answered.") % {"number": number})
        return lead_on(request, find_next(request.posts, found, now))
    return show(request, access_application_within(request.posts, number), form)


def lead_on(request: OfficerRequest, following: Application | None) -> HttpResponse:
    """The next application, as a page or within the inbox; or that there is none."""
    if not request.htmx:
        return (
            redirect("members:desk_application", following.number)
            if following
            else redirect("members:desk")
        )
    response = (
        show(
            request, access_application_within(request.posts, str(following.number)), DecisionForm()
        )
        if following
        else render(request, "members/desk/application_none.html")
    )
    response["HX-Trigger"] = "inbox-changed"
    return response


@require_POST
@officer_page(DECIDES)
def identity(request: OfficerRequest, number: str) -> HttpResponse:
    """Show the whole identity number, for a purpose that its owner can read afterwards."""
    found = access_application_within(request.posts, number)
    form = PurposeForm(request.POST)
    revealed = None
    if form.is_valid() and found.person:
        revealed = services.reveal_identity_number(
            by=request.user,
            person=found.person,
            union=found.union,
            subject=f"application:{found.pk}",
            purpose=form.stated(),
            now=clock.now(),
        )
    return show(request, found, DecisionForm(), purpose_form=form, revealed=revealed)


def show(
    request: OfficerRequest,
    found: Application,
    form: DecisionForm,
    *,
    purpose_form: PurposeForm | None = None,
    revealed: str | None = None,
) -> HttpResponse:
    """The application's page; its fragment for the inbox's side panel.

    Recorded here, where the data leaves, so that no way to see an application
    (opening it, the next one coming up, a wrong answer to it) goes unrecorded (promise 6).
    """
    services.record_application_view(by=request.user, application=found)
    person = found.person
    context = {
        "application": found,
        "urgency": urgency_of(found, clock.now()),
        "identity_number": person and masked_identity_number(person.identity_number or ""),
        "phone": phones.masked(found.account.phone or ""),
        "revealed": revealed,
        "form": form,
        "purpose_form": purpose_form or PurposeForm(),
    }
    if request.htmx:
        return render(request, "members/desk/application_panel.html", context)
    wrong = form.errors or (purpose_form and purpose_form.errors)
    return render(request, "members/desk/application.html", context, status=422 if wrong else 200)
