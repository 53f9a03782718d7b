"""Stars as everybody reads them, and objecting to fewer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.core import clock, refusals
from niangjia.members.doors import signed_in
from niangjia.members.models import Account
from niangjia.places import services
from niangjia.places.forms.stars import ObjectionForm
from niangjia.places.models import Place
from niangjia.places.rules import stars as rules
from niangjia.places.rules.star_terms import LABELS, NATIONAL
from niangjia.places.selectors import star_terms
from niangjia.places.selectors.keeping import access_kept
from niangjia.places.selectors.places import access_public
from niangjia.places.selectors.stars import show_stars


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The rules, for everybody, as they are where a place is that the address names. One query, one
    more for the place."""
    own = star_terms.list_terms()
    code = request.GET.get("place", "")
    place = access_public(code) if code else None
    terms = star_terms.terms_at(place.union.path, star_terms.by_path(own)) if place else NATIONAL
    levels = sorted({rule.most for rule in rules.RULES})
    context = {
        "place": place,
        "levels": [
            (n, [rule.label(terms) for rule in rules.RULES if rule.most == n]) for n in levels
        ],
        "whose": ["", *(each.union.name for each in own)],
        "numbers": [
            (label, [getattr(each, name) for each in (NATIONAL, *own)])
            for name, label in LABELS.items()
        ],
        "days": rules.OBJECTION_WORKING_DAYS,
        "version": rules.VERSION,
    }
    return render(request, "places/portal/star_rules.html", context)


@require_safe
def stars(request: HttpRequest, code: str) -> HttpResponse:
    """Why a station has the stars it has, and how many it had before."""
    place = access_public(code)
    context = {"place": place, "page": show_stars(place)}
    return render(request, "places/portal/stars.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def keep_stars(request: HttpRequest, code: str) -> HttpResponse:
    """The keeper reads why, and objects."""
    account = signed_in(request)
    place = access_kept(account, code)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if objected(request, account, place, form):
        return redirect("places:keep_stars", code)
    context = star_context(place, form)
    return render(request, "places/keeping/stars.html", context, status=422 if form.errors else 200)


def star_context(place: Place, form: forms.Form) -> dict[str, Any]:
    """What the page of whoever may object needs."""
    return {
        "place": place,
        "page": show_stars(place),
        "now": clock.now(),
        "objecting": form,
    }


def objected(request: HttpRequest, by: Account, place: Place, form: forms.Form) -> bool:
    """Whether an objection was sent and taken; otherwise the form says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    announced = show_stars(place).announced
    if announced is None:
        form.add_error(None, _("These stars are not announced any more."))
        return False
    with refusals.beside(form):
        words = form.cleaned_data["words"]
        services.object_to_stars(by=by, rating=announced, words=words, now=clock.now())
        messages.success(request, _("It has arrived. Until it is decided the stars stay."))
        return True
    return False
