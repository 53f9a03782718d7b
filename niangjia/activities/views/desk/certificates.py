"""The certificates of a course: the rule, who has come often enough, issuing, revoking."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.activities.forms.certificates import RuleForm
from niangjia.activities.forms.coming import WhyForm
from niangjia.activities.models import Activity
from niangjia.activities.selectors import certificates as selectors
from niangjia.activities.services import certificates as services
from niangjia.activities.views.desk.access import RUNS, activity_for
from niangjia.core import clock, refusals
from niangjia.core.pagination import bounded_count, page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post

COUNTED = 500


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def certificates(request: OfficerRequest, number: str) -> HttpResponse:
    """How it stands; a POST says how often one must have come."""
    found, by = activity_for(request, number)
    form = rule_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.set_rule(by=by, activity=found, needed=form.cleaned_data["needed"])
            messages.success(request, _("Saved."))
            return redirect("activities:desk_certificates", found.number)
    return shown(request, found, form)


def rule_form(found: Activity, data: Any = None) -> RuleForm:
    """How often one must have come, as it is set."""
    rule = selectors.find_rule(found)
    return RuleForm(data, initial={"needed": rule.needed if rule else None})


def shown(
    request: OfficerRequest, found: Activity, form: forms.Form, wrong: WhyForm | None = None
) -> HttpResponse:
    """The page, with a form that may need another look."""
    rule = selectors.find_rule(found)
    issued = selectors.list_issued(found)
    context: dict[str, Any] = {
        "activity": found,
        "form": form,
        "wrong": wrong,
        "rule": rule,
        "most": selectors.most_sessions(found),
        "waiting": rule and bounded_count(selectors.list_deserving(found, rule.needed), COUNTED),
        "page": page_of(issued, order=("-id",), cursor=request.GET.get("cursor")),
    }
    status = 422 if wrong or form.errors else 200
    return render(request, "activities/desk/certificates.html", context, status=status)


@require_POST
@officer_page(RUNS)
def issuing(request: OfficerRequest, number: str) -> HttpResponse:
    """A certificate for each who came often enough."""
    found, by = activity_for(request, number)
    with refusals.told(request):
        made = services.issue_certificates(by=by, activity=found, now=clock.now())
        said = ngettext("%(n)s certificate issued.", "%(n)s certificates issued.", made)
        messages.success(request, said % {"n": made})
    return redirect("activities:desk_certificates", found.number)


@require_POST
@officer_page(RUNS)
def revocation(request: OfficerRequest, certificate_id: str) -> HttpResponse:
    """It does not count any more."""
    found = selectors.access_desk_certificate(request.posts, certificate_id)
    by = access_acting_post(request.posts, RUNS, found.union.path)
    form = WhyForm(found.pk, request.POST)

    def revoke(given: dict[str, Any]) -> None:
        services.revoke_certificate(by=by, certificate=found, now=clock.now(), **given)

    if found.sign_up is None:  # of a volunteer's hours; no page lists those
        with refusals.told(request):
            revoke({"reason": request.POST.get("reason", "")})
        return redirect("activities:desk")
    course = found.sign_up.run.activity
    return refusals.act(
        request,
        form,
        revoke,
        to=reverse("activities:desk_certificates", args=[course.number]),
        said=_("Revoked. They are told why."),
        again=lambda: shown(request, course, rule_form(course), form),
    )
