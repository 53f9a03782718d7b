"""Drafting, changing, previewing and publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.activities import services
from niangjia.activities.forms.planning import NewForm, PlanForm, initial_of
from niangjia.activities.selectors.planning import seen_choices
from niangjia.activities.selectors.showing import page_of, read_activity_facts
from niangjia.activities.views.desk.access import RUNS, activity_for
from niangjia.activities.views.showing import main_context
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union
from niangjia.places.selectors.naming import list_names


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def new(request: OfficerRequest) -> HttpResponse:
    """A new activity of one's own union, or, with `?union=`, of one below."""
    union, by = union_for(request)
    initial = {"companions_max": 0, "fee": 0, "has_waiting_list": True, "open_to": union.number}
    sent = request.POST if request.method == "POST" else None
    form = NewForm(seen_choices(union), sent, initial)
    if sent is not None and form.is_valid():
        with refusals.beside(form):
            made = services.draft_activity(
                by=by,
                union=union,
                plan=form.plan(),
                seats=form.cleaned_data["seats"],
                meeting=form.meeting(),
                now=clock.now(),
            )
            messages.success(request, _("Kept as a draft. Nobody sees it until you publish it."))
            return redirect("activities:plan", made.number)
    status = 422 if form.errors else 200
    context = {"form": form, "union": union, "is_new": True, "venues": list_names(union)}
    return render(request, "activities/desk/plan_form.html", context, status=status)


def union_for(request: OfficerRequest) -> tuple[Union, Post]:
    """The union that puts it on, and the post to act by. Raises `NotFound`."""
    number = request.GET.get("union", "")
    if not number:
        post = holding(request.posts, RUNS)[0]
        return post.union, post
    union = access_union_within(request.posts, RUNS, number)
    return union, access_acting_post(request.posts, RUNS, union.path)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def change(request: OfficerRequest, number: str) -> HttpResponse:
    """Write it anew: all of a draft, the words of what is published."""
    found, by = activity_for(request, number)
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(seen_choices(found.union), sent, initial_of(found))
    if sent is not None and form.is_valid():
        with refusals.beside(form):
            services.change_activity(by=by, activity=found, plan=form.plan())
            messages.success(request, _("Saved."))
            return redirect("activities:plan", found.number)
    status = 422 if form.errors else 200
    context: dict[str, Any] = {"form": form, "union": found.union, "activity": found}
    return render(request, "activities/desk/plan_form.html", context, status=status)


@require_GET
@never_cache
@officer_page(RUNS)
def preview(request: OfficerRequest, number: str) -> HttpResponse:
    """The page as people will see it."""
    found, _by = activity_for(request, number)
    shown = page_of(read_activity_facts(found.number), now=clock.now())
    return render(request, "activities/desk/preview.html", main_context(shown))


@require_POST
@officer_page(RUNS)
def publication(request: OfficerRequest, number: str) -> HttpResponse:
    """From now on people find it."""
    found, by = activity_for(request, number)
    with refusals.told(request):
        services.publish_activity(by=by, activity=found, now=clock.now())
        messages.success(request, _("Published. People find it now."))
    return redirect("activities:plan", found.number)
