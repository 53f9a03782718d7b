"""An employer's own page: its names, its unions, and the record it goes into."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.core.errors import NotFound
from niangjia.members import services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.employers import HeirForm, RenamingForm
from niangjia.members.rules import Action
from niangjia.members.selectors.employers import (
    access_employer_within,
    find_employers_within,
    know,
)
from niangjia.members.selectors.places import names_of
from niangjia.members.selectors.unions_within_reach import within_reach
from niangjia.organisations.models import Employer


@require_GET
@officer_page(Action.EDIT_UNION)
def employer(request: OfficerRequest, employer_id: str) -> HttpResponse:
    """What the register says of an employer, and whose it is to change it."""
    found = access_employer_within(request.posts, employer_id)
    return show(request, found, RenamingForm(initial={"name": found.name}))


@require_POST
@officer_page(Action.EDIT_UNION)
def employer_name(request: OfficerRequest, employer_id: str) -> HttpResponse:
    """Its new name."""
    found = access_employer_within(request.posts, employer_id)
    form = RenamingForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.rename_employer(
                posts=request.posts,
                employer_id=found.pk,
                name=form.cleaned_data["name"],
                now=clock.now(),
            )
            messages.success(request, _("The employer has its new name."))
            return redirect("members:employer", found.pk)
    return show(request, found, form)


def show(request: OfficerRequest, found: Employer, form: RenamingForm) -> HttpResponse:
    known = know(request.posts, found)
    return render(
        request,
        "members/desk/employer.html",
        {
            "known": known,
            "employer": found,
            "place": names_of([found.division])[found.division_id],
            "unions": [
                (union, within_reach(request.posts, Action.EDIT_UNION, union.path))
                for union in known.unions
            ],
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@officer_page(Action.EDIT_UNION)
def employer_merger(request: OfficerRequest, employer_id: str) -> HttpResponse:
    """Look for the record it goes into, read what moves, and only then confirm it."""
    found = access_employer_within(request.posts, employer_id)
    given = request.POST if request.method == "POST" else request.GET
    form = HeirForm(given)
    heir = find_heir(request, given.get("into", ""))
    if request.method == "POST" and heir is not None:
        form.is_valid()
        with refusals.beside(form):
            services.merge_employers(
                posts=request.posts, employer_id=found.pk, into_id=heir.pk, now=clock.now()
            )
            messages.success(
                request,
                _("%(name)s is part of %(heir)s from now on.")
                % {"name": found.name, "heir": heir.name},
            )
            return redirect("members:employer", heir.pk)
    elif request.method == "POST":
        form.add_error("words", _("Choose the employer that it goes into."))
    return show_merger(request, found, heir, form)


def find_heir(request: OfficerRequest, into: str) -> Employer | None:
    """The chosen record, if it is within reach."""
    try:
        return access_employer_within(request.posts, into) if into else None
    except NotFound:
        return None


def show_merger(
    request: OfficerRequest, found: Employer, heir: Employer | None, form: HeirForm
) -> HttpResponse:
    words = form["words"].value() or ""
    offered, has_more = find_employers_within(request.posts, words, but=found)
    names = names_of([each.division for each in (found, heir, *offered) if each])
    return render(
        request,
        "members/desk/employer_merger.html",
        {
            "known": know(request.posts, found),
            "employer": found,
            "heir": know(request.posts, heir) if heir else None,
            "offered": [(each, names[each.division_id]) for each in offered],
            "has_more": has_more,
            "words": words,
            "places": (names[found.division_id], names[heir.division_id] if heir else ""),
            "form": form,
        },
        status=422 if form.errors else 200,
    )
