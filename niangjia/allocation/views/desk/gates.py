"""Gates for officers: who keeps them, who came, what is to be looked at."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.allocation import services
from niangjia.allocation.forms.gates import JudgementForm, StewardForm
from niangjia.allocation.models import EntryState, Gate
from niangjia.allocation.rules import subjects
from niangjia.allocation.selectors import gates as selectors
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post

#: So many to be looked at on one page; the others follow as these are settled.
CONFLICTS = 50


@require_GET
@officer_page(Action.SHARE_OUT)
def gates(request: OfficerRequest) -> HttpResponse:
    """The gates within reach, the latest first."""
    found = selectors.list_desk_gates(request.posts)
    page = page_of(found, order=("-begins_at", "-id"), cursor=request.GET.get("cursor"))
    return render(request, "allocation/desk/gates.html", {"page": page})


@require_GET
@officer_page(Action.SHARE_OUT)
def gate(request: OfficerRequest, gate_id: uuid.UUID) -> HttpResponse:
    """One gate."""
    return show(request, selectors.access_desk_gate(request.posts, gate_id))


@require_POST
@officer_page(Action.SHARE_OUT)
def steward(request: OfficerRequest, gate_id: uuid.UUID) -> HttpResponse:
    """Name a steward by their phone number."""
    found, post = acting(request, gate_id)
    form = StewardForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.name_steward(
                by=post,
                gate=found,
                account=Account.objects.by_phone(form.cleaned_data["phone"]),
                now=clock.now(),
            )
            messages.success(request, _("They find it under “Gates I keep”."))
            return redirect("allocation:desk_gate", gate_id)
    return show(request, found, steward_form=form)


@require_POST
@officer_page(Action.SHARE_OUT)
def steward_end(request: OfficerRequest, gate_id: uuid.UUID) -> HttpResponse:
    """Somebody keeps it no more."""
    found, post = acting(request, gate_id)
    for each in selectors.list_stewards(found):
        if str(each.pk) == request.POST.get("steward"):
            services.end_steward(by=post, gate=found, steward_id=each.pk, now=clock.now())
    return redirect("allocation:desk_gate", gate_id)


@require_POST
@officer_page(Action.SHARE_OUT)
def judgement(request: OfficerRequest, entry_id: uuid.UUID) -> HttpResponse:
    """What an entry was."""
    entry = selectors.access_desk_entry(request.posts, entry_id)
    post = access_acting_post(request.posts, Action.SHARE_OUT, entry.gate.union.path)
    form = JudgementForm(request.POST)
    if form.is_valid():
        with refusals.told(request):
            services.judge_entry(
                by=post,
                entry_id=entry.pk,
                judgement=form.cleaned_data["judgement"],
                now=clock.now(),
            )
            messages.success(request, _("Noted."))
        return redirect("allocation:desk_gate", entry.gate_id)
    found = selectors.access_desk_gate(request.posts, entry.gate_id)
    return show(request, found, wrong=entry.pk, judgement_form=form)


def acting(request: OfficerRequest, gate_id: uuid.UUID) -> tuple[Gate, Post]:
    """A gate within reach, and the post that acts on it."""
    found = selectors.access_desk_gate(request.posts, gate_id)
    return found, access_acting_post(request.posts, Action.SHARE_OUT, found.union.path)


def show(request: OfficerRequest, found: Gate, **more: Any) -> HttpResponse:
    """The page of one gate: what is to be looked at before anything else."""
    conflicts = selectors.list_entries(found, EntryState.CONFLICT).order_by(*selectors.LATEST)
    came = selectors.list_entries(found, EntryState.ADMITTED)
    context: dict[str, Any] = {
        "gate": found,
        "desk_page": subjects.desk_page_of(found.occasion),
        "conflicts": [
            (each, selectors.shown_to_steward(each.claim.account)) for each in conflicts[:CONFLICTS]
        ],
        "page": page_of(came, order=selectors.LATEST, cursor=request.GET.get("cursor")),
        "stewards": [
            (each, selectors.shown_to_steward(each.account))
            for each in selectors.list_stewards(found)
        ],
        "steward_form": StewardForm(),
        "judgement_form": JudgementForm(),
        "wrong": None,
    } | more
    is_wrong = context["steward_form"].errors or context["wrong"]
    return render(request, "allocation/desk/gate.html", context, status=422 if is_wrong else 200)
