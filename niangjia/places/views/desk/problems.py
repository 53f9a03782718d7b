"""Problems at the desk: to be mended, to be reviewed, late, closed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of, tabs_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.forms.inspecting import (
    MendingForm,
    MoreTimeForm,
    ReopeningForm,
    ReviewForm,
)
from niangjia.places.models import Problem, ProblemState
from niangjia.places.selectors import problems as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.problems import Shown
from niangjia.places.services.mending import may_review
from niangjia.places.views.mending import mended

TABS: dict[str, Promise] = {
    "": gettext_lazy("To be mended"),
    "late": gettext_lazy("Late"),
    "review": gettext_lazy("To be reviewed"),
    "closed": gettext_lazy("Reviewed"),
}
COUNTED = 100


@require_GET
@never_cache
@officer_page(KEEPS)
def desk(request: OfficerRequest) -> HttpResponse:
    """The problems of the places within reach, the most urgent first."""
    current, now = request.GET.get("tab", ""), clock.now()
    current = current if current in TABS else ""
    found = selectors.list_problems(request.posts)
    tabs = {key: found.filter(selectors.in_tab(key, now)) for key in TABS}
    order = ("-closed_at", "-id") if current == "closed" else ("due_at", "id")
    page = page_of(tabs[current], order=order, cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "rows": [Shown(each, now) for each in page.items],
        "tabs": tabs_of(tabs, labels=TABS, current=current, limit=COUNTED),
    }
    return render(request, "places/desk/problems.html", context)


def problem_for(request: OfficerRequest, problem_id: str) -> tuple[Problem, Post]:
    """A problem within reach, and the nearest post to act by. Raises `NotFound`."""
    found = selectors.access_problem(request.posts, problem_id)
    return found, access_acting_post(request.posts, KEEPS, found.place.union.path)


def reviewer_for(request: OfficerRequest, problem: Problem) -> Post:
    """The nearest post that may review it, else the nearest: the service says that it is not
    enough. Raises `NotFound`."""
    able = [post for post in request.posts if may_review(problem, post)]
    return access_acting_post(able or request.posts, KEEPS, problem.place.union.path)


@require_GET
@never_cache
@officer_page(KEEPS)
def show(request: OfficerRequest, problem_id: str) -> HttpResponse:
    """What is wrong, what happened to it, and what may be done now."""
    found, _by = problem_for(request, problem_id)
    return render_problem(request, found)


def render_problem(
    request: OfficerRequest, found: Problem, wrong: forms.Form | None = None
) -> HttpResponse:
    """The page, also with what was refused."""
    now = clock.now()
    by = reviewer_for(request, found)
    is_open = found.state == ProblemState.OPEN
    context = {
        "problem": found,
        "place": found.place,
        "shown": Shown(found, now),
        "steps": selectors.list_steps(found),
        "found_photos": selectors.list_found_photos(found),
        "may_review": found.state == ProblemState.MENDED and may_review(found, by),
        "may_extend": is_open and now <= found.due_at and by.scope.covers(found.union.path),
        "mending": form_of(MendingForm, wrong),
        "review": form_of(ReviewForm, wrong),
        "more_time": form_of(MoreTimeForm, wrong),
        "reopening": form_of(ReopeningForm, wrong),
        "wrong": wrong,
    }
    return render(request, "places/desk/problem.html", context, status=422 if wrong else 200)


def form_of(sort: type[forms.Form], wrong: forms.Form | None) -> forms.Form:
    """The form that was refused, where it is this one; else a new one."""
    return wrong if isinstance(wrong, sort) else sort(auto_id=f"id_{sort.__name__}_%s")


@require_POST
@never_cache
@officer_page(KEEPS)
def mend(request: OfficerRequest, problem_id: str) -> HttpResponse:
    """An officer says that it is mended."""
    found, by = problem_for(request, problem_id)
    form = MendingForm(request.POST, request.FILES, auto_id="id_MendingForm_%s")
    if mended(by.account, found, form):
        messages.success(request, _("Thank you. Somebody else looks at it now."))
        return redirect("places:desk_problem", problem_id)
    return render_problem(request, found, form)


def acted(
    request: OfficerRequest,
    found: Problem,
    sort: type[forms.Form],
    do: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """One act about a problem, by a form of this sort; what is wrong stands on its page."""
    form = sort(request.POST, auto_id=f"id_{sort.__name__}_%s")
    return refusals.act(
        request,
        form,
        do,
        said=said,
        to=reverse("places:desk_problem", args=[found.pk]),
        again=lambda: render_problem(request, found, form),
    )


@require_POST
@never_cache
@officer_page(KEEPS)
def review(request: OfficerRequest, problem_id: str) -> HttpResponse:
    """All right, or not yet."""
    found, _by = problem_for(request, problem_id)
    is_right = request.POST.get("verdict") == "right"
    return acted(
        request,
        found,
        ReviewForm,
        lambda data: services.review_problem(
            by=reviewer_for(request, found),
            problem=found,
            is_right=is_right,
            now=clock.now(),
            **data,
        ),
        _("Reviewed. Whoever mended it has been told."),
    )


@require_POST
@never_cache
@officer_page(KEEPS)
def extend(request: OfficerRequest, problem_id: str) -> HttpResponse:
    """More time, with the reason."""
    found, _by = problem_for(request, problem_id)
    return acted(
        request,
        found,
        MoreTimeForm,
        lambda data: services.extend_problem(
            by=reviewer_for(request, found),
            problem=found,
            days=data["days"],
            reason=data["words"],
            now=clock.now(),
        ),
        _("The deadline has moved. Whoever mends it has been told."),
    )


@require_POST
@never_cache
@officer_page(KEEPS)
def reopen(request: OfficerRequest, problem_id: str) -> HttpResponse:
    """Wrong again."""
    found, by = problem_for(request, problem_id)
    return acted(
        request,
        found,
        ReopeningForm,
        lambda data: services.reopen_problem(
            by=by, problem=found, words=data["words"], now=clock.now()
        ),
        _("To be mended again. Whoever mends it has been told."),
    )
