"""Looking members up, and what officers change about a membership."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members import selectors, services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.look_up import ChangeForm, LookUpForm
from niangjia.members.forms.purposes import PurposeForm
from niangjia.members.models import Membership
from niangjia.members.rules import Action, may, particulars
from niangjia.members.rules.masking import masked_identity_number
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.registers import access_membership

#: A stated purpose opens the members it was stated for; after a while it must be stated again.
STATED = "desk_stated_purpose"
STATED_FOR = dt.timedelta(minutes=15)


@require_http_methods(["GET", "POST"])
@officer_page(Action.LOOK_UP_MEMBERS)
def look_up(request: OfficerRequest) -> HttpResponse:
    """Whom, and what for. A POST, so that no name or number ever lies in an address or a log."""
    form = LookUpForm(request.POST or None)
    found = None
    if form.is_valid():
        with refusals.beside(form):
            found = services.look_up_members(
                by=request.user, query=form.query(), purpose=form.stated(), now=clock.now()
            )
            state_purpose(request, form.stated(), found)
    status = 422 if form.errors else 200
    return render(
        request,
        "members/desk/look_up.html",
        {
            "form": form,
            "found": found,
            "may_enter": bool(holding(request.posts, Action.CHANGE_MEMBERSHIPS)),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@officer_page(Action.LOOK_UP_MEMBERS)
def member(request: OfficerRequest, number: str) -> HttpResponse:
    """One member's page, once a purpose is stated for them."""
    membership = access_membership(request.posts, number)
    if request.method == "POST":
        form = PurposeForm(request.POST)
        if form.is_valid():
            state_purpose(request, form.stated(), [membership])
            return redirect("members:desk_member", membership.number)
        return ask_purpose(request, membership, form)
    purpose = stated_purpose(request, membership)
    if purpose is None:
        return ask_purpose(request, membership, PurposeForm())
    form = PurposeForm(request.GET)
    with refusals.beside(form):
        services.view_member(
            by=request.user, membership=membership, purpose=purpose, now=clock.now()
        )
        return show(request, membership, ChangeForm(), purpose)
    return ask_purpose(request, membership, form)


@require_POST
@officer_page(Action.CHANGE_MEMBERSHIPS)
def member_change(request: OfficerRequest, number: str, change: str) -> HttpResponse:
    """Reserve, restore or end a membership, with a reason that the member reads."""
    membership = access_membership(request.posts, number)
    form = ChangeForm(request.POST)
    by = selectors.access_acting_post(
        request.posts, Action.CHANGE_MEMBERSHIPS, membership.union.path
    )
    now = clock.now()
    purpose = stated_purpose(request, membership)
    if purpose is None:
        return ask_purpose(request, membership, PurposeForm())
    if not form.is_valid():
        return show(request, membership, form, purpose)
    reason = form.cleaned_data["reason"]
    with refusals.beside(form):
        if change == "reservation":
            services.reserve_membership(by=by, membership=membership, reason=reason, now=now)
        elif change == "restoration":
            services.restore_membership(by=by, membership=membership, now=now)
        else:
            services.end_membership(by=by, membership=membership, reason=reason, now=now)
        messages.success(request, _("The membership is changed, and the member has been told."))
        return redirect("members:desk_member", number)
    return show(request, access_membership(request.posts, number), form, purpose)


def state_purpose(request: OfficerRequest, purpose: str, found: list[Membership]) -> None:
    """Remember in the session what the officer said they need these members for."""
    request.session[STATED] = {
        "purpose": purpose,
        "numbers": [membership.number for membership in found],
        "until": (clock.now() + STATED_FOR).isoformat(),
    }


def stated_purpose(request: OfficerRequest, membership: Membership) -> str | None:
    """The purpose stated for this member not long ago, or None."""
    stated: dict[str, Any] = request.session.get(STATED) or {}
    if membership.number not in stated.get("numbers", []):
        return None
    in_time = clock.now() < dt.datetime.fromisoformat(stated["until"])
    return str(stated["purpose"]) if in_time else None


def ask_purpose(request: OfficerRequest, membership: Membership, form: PurposeForm) -> HttpResponse:
    """Nothing of the member but the number, until a purpose is stated."""
    return render(
        request,
        "members/desk/member_purpose.html",
        {"number": membership.number, "form": form},
        status=422 if form.errors else 200,
    )


def show(
    request: OfficerRequest, membership: Membership, form: ChangeForm, purpose: str
) -> HttpResponse:
    """The member's page: who they are, where the membership lies, what happened to it."""
    acting = selectors.find_acting_post(
        request.posts, Action.CHANGE_MEMBERSHIPS, membership.union.path
    )
    return render(
        request,
        "members/desk/member.html",
        {
            "membership": membership,
            "person": membership.person,
            "identity_number": masked_identity_number(membership.person.identity_number or ""),
            "history": particulars.history(
                membership.changes.select_related("union", "from_union").order_by("-at")
            ),
            "may_change": acting is not None and may(acting.role, Action.CHANGE_MEMBERSHIPS),
            "form": form,
            "purpose": purpose,
        },
        status=422 if form.errors else 200,
    )
