"""Calling back whoever rated badly."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, protection, refusals
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors, services
from niangjia.feedback.forms.desk import CallForm
from niangjia.feedback.models import CallBack
from niangjia.feedback.rules.subjects import Contact
from niangjia.feedback.selectors.call_backs import ORDER
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post


@require_GET
@officer_page(Action.CALL_BACK)
def call_backs(request: OfficerRequest) -> HttpResponse:
    """Whom to call, the longest due first; or whom we called."""
    done = request.GET.get("done") == "on"
    found = selectors.list_call_backs(request.user, request.posts, done=done)
    with protection.viewing(account=request.user.pk):
        page = page_of(found, order=ORDER, cursor=request.GET.get("cursor"))
    context = {"page": page, "done": done, "now": clock.now()}
    return render(request, "feedback/desk/call_backs.html", context)


@require_GET
@officer_page(Action.CALL_BACK)
def call_back(request: OfficerRequest, call_back_id: str) -> HttpResponse:
    """One call to make."""
    found = selectors.access_call_back(request.user, request.posts, call_back_id)
    return show(request, found, CallForm())


@require_POST
@officer_page(Action.CALL_BACK)
def contact(request: OfficerRequest, call_back_id: str) -> HttpResponse:
    """Name and number, for the call alone: they see that I looked."""
    found = selectors.access_call_back(request.user, request.posts, call_back_id)
    seen = services.view_contact(
        by=request.user, posts=request.posts, call_back=found, now=clock.now()
    )
    return show(request, found, CallForm(), contact=seen)


@require_POST
@officer_page(Action.CALL_BACK)
def call(request: OfficerRequest, call_back_id: str) -> HttpResponse:
    """Write down what the call came to."""
    found = selectors.access_call_back(request.user, request.posts, call_back_id)
    form = CallForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.record_call(
                by=access_acting_post(request.posts, Action.CALL_BACK, found.union.path),
                call_back=found,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The call is written down."))
            return redirect("feedback:call_backs")
    return show(request, found, form)


def show(
    request: OfficerRequest, found: CallBack, form: CallForm, *, contact: Contact | None = None
) -> HttpResponse:
    """The page of one call."""
    with protection.viewing(account=request.user.pk):
        calls = list(found.calls.order_by("id"))
    context = {
        "call_back": found,
        "rating": found.rating,
        "calls": calls,
        "form": form,
        "contact": contact,
    }
    status = 422 if form.errors else 200
    return render(request, "feedback/desk/call_back.html", context, status=status)
