"""Building a union's pages of programmes."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.activities.forms.programmes import NewPageForm, PageForm, ThingForm
from niangjia.activities.models import ProgrammePage
from niangjia.activities.rules import programmes as rules
from niangjia.activities.selectors import programmes as selectors
from niangjia.activities.services import programmes as services
from niangjia.activities.views.desk.access import RUNS
from niangjia.activities.views.desk.planning import union_for
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def programme_pages(request: OfficerRequest) -> HttpResponse:
    """The pages within reach; beginning one."""
    union, by = union_for(request)
    form = NewPageForm(request.POST if request.method == "POST" else None)
    with refusals.beside(form) as tried:
        if form.is_bound and form.is_valid():
            page = services.write_programme_page(
                by=by,
                union=union,
                programme=form.cleaned_data["programme"],
                draft=form.draft(),
                now=clock.now(),
            )
            return redirect("activities:programme_page", page.pk)
    page_list = page_of(
        selectors.list_pages(request.posts), order=("-id",), cursor=request.GET.get("cursor")
    )
    rows = [(each, rules.BY_KEY.get(each.programme)) for each in page_list.items]
    context = {"form": form, "union": union, "page": page_list, "rows": rows}
    return render(request, "activities/desk/programmes.html", context, status=tried.status)


def page_for(request: OfficerRequest, page_id: str) -> tuple[ProgrammePage, Post]:
    """A page within reach, and the post to act by. Raises `NotFound`."""
    found = selectors.access_page(request.posts, page_id)
    return found, access_acting_post(request.posts, RUNS, found.union.path)


@require_GET
@never_cache
@officer_page(RUNS)
def programme_page(request: OfficerRequest, page_id: str) -> HttpResponse:
    """Its words, what stands on it, and what can be put there."""
    found, _by = page_for(request, page_id)
    return shown(request, found, PageForm.of(found), ThingForm(found.union))


def shown(
    request: OfficerRequest,
    found: ProgrammePage,
    form: PageForm,
    thing: ThingForm,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that needs another look."""
    context = {
        "found": found,
        "programme": rules.BY_KEY[found.programme],
        "form": form,
        "thing": thing,
        "things": selectors.things_of(found),
    }
    return render(request, "activities/desk/programme.html", context, status=status)


@require_POST
@officer_page(RUNS)
def programme_words(request: OfficerRequest, page_id: str) -> HttpResponse:
    """Other words."""
    found, by = page_for(request, page_id)
    form = PageForm(request.POST)
    with refusals.beside(form) as tried:
        if form.is_valid():
            services.write_programme_page(
                by=by,
                union=found.union,
                programme=found.programme,
                draft=form.draft(),
                now=clock.now(),
            )
            return done(request, found, _("Saved."))
    return shown(request, found, form, ThingForm(found.union), tried.status)


@require_POST
@officer_page(RUNS)
def programme_addition(request: OfficerRequest, page_id: str) -> HttpResponse:
    """One thing more, or other words about it."""
    found, by = page_for(request, page_id)
    form = ThingForm(found.union, request.POST)
    with refusals.beside(form) as tried:
        if form.is_valid():
            services.gather(by=by, page=found, **form.named())
            return done(request, found, _("It stands on the page."))
    return shown(request, found, PageForm.of(found), form, tried.status)


@require_POST
@officer_page(RUNS)
def programme_removal(request: OfficerRequest, page_id: str) -> HttpResponse:
    """One thing less."""
    found, by = page_for(request, page_id)
    form = ItemForm(request.POST)
    if form.is_valid():
        item_id: uuid.UUID = form.cleaned_data["item"]
        services.take_off(by=by, page=found, item_id=item_id)
    return done(request, found, _("Taken off."))


class ItemForm(forms.Form):
    """Which thing."""

    item = forms.UUIDField()


@require_POST
@officer_page(RUNS)
def programme_publication(request: OfficerRequest, page_id: str) -> HttpResponse:
    """Everybody sees it from now on."""
    found, by = page_for(request, page_id)
    services.publish_programme_page(by=by, page=found, now=clock.now())
    return done(request, found, _("Published. Everybody sees it now."))


@require_POST
@officer_page(RUNS)
def programme_retirement(request: OfficerRequest, page_id: str) -> HttpResponse:
    """Nobody does."""
    found, by = page_for(request, page_id)
    services.retire_programme_page(by=by, page=found, now=clock.now())
    return done(request, found, _("Taken down. Nothing on it is lost."))


def done(request: OfficerRequest, found: ProgrammePage, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("activities:programme_page", found.pk)
