"""Letting people name each other, and what they report. Whom they name no officer sees."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.activities.forms.matching import TermsForm
from niangjia.activities.models import State
from niangjia.activities.selectors import matching as selectors
from niangjia.activities.services import matching as services
from niangjia.activities.views.desk.access import RUNS, activity_for
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def matching_desk(request: OfficerRequest, number: str) -> HttpResponse:
    """The terms, how many take part, and what was reported."""
    found, by = activity_for(request, number)
    sent = request.method == "POST"
    form = TermsForm(request.POST) if sent else TermsForm.of(selectors.find_terms(found))
    if sent and form.is_valid():
        with refusals.beside(form):
            services.set_match_terms(by=by, activity=found, terms=form.terms())
            messages.success(request, _("Saved."))
            return redirect("activities:matching_desk", number)
    reports = selectors.list_reports(request.posts)
    context = {
        "activity": found,
        "form": form,
        "terms": selectors.find_terms(found),
        "is_draft": found.state == State.DRAFT,
        "guests": selectors.count_guests(found),
        "reports": reports.filter(guest__sign_up__run__activity=found).order_by("-id")[:50],
    }
    status = 422 if form.errors else 200
    return render(request, "activities/desk/matching.html", context, status=status)


@require_POST
@officer_page(RUNS)
def match_report_decision(request: OfficerRequest, report_id: str) -> HttpResponse:
    """It is so, or it is not."""
    found = selectors.access_report(request.posts, report_id)
    activity = found.guest.sign_up.run.activity
    by = access_acting_post(request.posts, RUNS, activity.union.path)
    is_upheld = request.POST.get("verdict") == "upheld"
    with refusals.told(request):
        services.decide_report(by=by, found=found, is_upheld=is_upheld, now=clock.now())
        messages.success(request, _("Decided. They are being told."))
    return redirect("activities:matching_desk", activity.number)
