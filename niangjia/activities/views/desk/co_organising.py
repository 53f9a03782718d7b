"""Putting an activity on together: the side that asks, and the side that is asked."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.activities import services
from niangjia.activities.forms.co_organising import AnswerForm, InviteForm, ShareForm
from niangjia.activities.models import Answer, CoOrganiser
from niangjia.activities.selectors import co_organisers as selectors
from niangjia.activities.selectors.planning import list_runs
from niangjia.activities.selectors.showing import page_of, read_activity_facts
from niangjia.activities.views.desk.access import RUNS, activity_for
from niangjia.activities.views.showing import main_context
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of as listed
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post

Service = Callable[..., CoOrganiser]


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def co_organisers(request: OfficerRequest, number: str) -> HttpResponse:
    """Who puts it on together; asking one more."""
    found, by = activity_for(request, number)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.invite_co_organiser(
                by=by, activity=found, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, str(_("Asked. Its officers are being told.")))
            return redirect("activities:co_organisers", number)
    rows = [
        (each, ShareForm(initial={"part": each.part, "opens": each.opens}, prefix=str(each.pk)))
        for each in selectors.list_of_activity(found)
    ]
    context = {"activity": found, "rows": rows, "form": form, "removal": AnswerForm()}
    status = 422 if form.errors else 200
    return render(request, "activities/desk/co_organisers.html", context, status=status)


@require_POST
@officer_page(RUNS)
def co_organiser_share(request: OfficerRequest, co_organiser_id: str) -> HttpResponse:
    """Let its officers see more or less."""
    found = selectors.access_own(request.posts, co_organiser_id)
    form = ShareForm(request.POST, prefix=str(found.pk))
    return own_act(request, found, form, services.change_co_organiser, _("Saved."))


@require_POST
@officer_page(RUNS)
def co_organiser_removal(request: OfficerRequest, co_organiser_id: str) -> HttpResponse:
    """Take the asking back, or part."""
    found = selectors.access_own(request.posts, co_organiser_id)
    form = AnswerForm(request.POST)
    return own_act(request, found, form, services.remove_co_organiser, _("They are being told."))


def own_act(
    request: OfficerRequest, found: CoOrganiser, form: forms.Form, service: Service, said: Promise
) -> HttpResponse:
    """What the union that began it does with one that it asked."""
    by = access_acting_post(request.posts, RUNS, found.activity.union.path)
    act(request, found, form, by, service, said)
    return redirect("activities:co_organisers", found.activity.number)


def act(
    request: OfficerRequest,
    found: CoOrganiser,
    form: forms.Form,
    by: Post,
    service: Service,
    said: Promise,
) -> None:
    """Do what the form says, and say what came of it."""
    if not form.is_valid():
        for words in form.errors.values():
            messages.error(request, str(words[0]))
        return
    with refusals.told(request):
        service(by=by, co_organiser=found, now=clock.now(), **form.cleaned_data)
        messages.success(request, str(said))


@require_GET
@never_cache
@officer_page(RUNS)
def co_organisations(request: OfficerRequest) -> HttpResponse:
    """What our unions were asked to put on together, and what they do."""
    page = listed(
        selectors.list_open(request.posts), order=("-id",), cursor=request.GET.get("cursor")
    )
    return render(request, "activities/desk/co_organisations.html", {"page": page})


@require_GET
@never_cache
@officer_page(RUNS)
def co_organisation(request: OfficerRequest, co_organiser_id: str) -> HttpResponse:
    """What it is, as people will see it, and what our part in it would be or is."""
    found = selectors.access_asked(request.posts, co_organiser_id)
    shown = page_of(read_activity_facts(found.activity.number), now=clock.now())
    is_in = found.state == Answer.ACCEPTED
    context: dict[str, Any] = main_context(shown) | {
        "asked": found,
        "form": AnswerForm(),
        "is_open": found.state == Answer.INVITED,
        "is_in": is_in,
        "runs": list_runs(found.activity) if is_in and found.part in selectors.SEES else [],
    }
    return render(request, "activities/desk/co_organisation.html", context)


@require_POST
@officer_page(RUNS)
def co_organisation_acceptance(request: OfficerRequest, co_organiser_id: str) -> HttpResponse:
    """We take part."""
    service = services.accept_co_organising
    return asked_act(
        request, co_organiser_id, forms.Form(request.POST), service, _("You take part.")
    )


@require_POST
@officer_page(RUNS)
def co_organisation_refusal(request: OfficerRequest, co_organiser_id: str) -> HttpResponse:
    """We do not."""
    service = services.decline_co_organising
    form = AnswerForm(request.POST)
    return asked_act(request, co_organiser_id, form, service, _("Declined. They are being told."))


@require_POST
@officer_page(RUNS)
def co_organisation_departure(request: OfficerRequest, co_organiser_id: str) -> HttpResponse:
    """We no longer do."""
    service = services.leave_co_organising
    form = AnswerForm(request.POST)
    return asked_act(request, co_organiser_id, form, service, _("They are being told."))


def asked_act(
    request: OfficerRequest, key: str, form: forms.Form, service: Service, said: Promise
) -> HttpResponse:
    """What the union that was asked does."""
    found = selectors.access_asked(request.posts, key)
    by = access_acting_post(request.posts, RUNS, found.union.path)
    act(request, found, form, by, service, said)
    return redirect("activities:co_organisation", found.pk)
