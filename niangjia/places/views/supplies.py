"""Asking for supplies, and rating a place, from its page."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import visitor_or_account
from niangjia.places import services
from niangjia.places.forms import reporting
from niangjia.places.forms.requests import AskingForm
from niangjia.places.selectors.keepers import answers_for
from niangjia.places.selectors.places import access_public
from niangjia.places.views.showing import show


@require_POST
def asking(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody needs something there. No account needed; whoever is signed in is told what becomes
    of it."""
    place = access_public(code)
    account = visitor_or_account(request)
    form: forms.Form = AskingForm(request.POST, place=place)
    refused = refusals.beside(form)
    if form.is_valid():
        with refused:
            services.ask_for_supplies(
                place=place,
                speaker=reporting.speaker_of(request),
                account=account,
                by_keeper=answers_for(account, place),
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Thank you. Its union has been asked."))
            response = redirect("places:place", code)
            reporting.remember_device(request, response)
            return response
    return show(request, place, asking=form, status=refused.status)


@require_POST
@never_cache
def rating(request: HttpRequest, code: str) -> HttpResponse:
    """To the form of a rating, for whoever was there within the last day."""
    place = access_public(code)
    with refusals.told(request):
        there = services.ask_to_rate(
            place=place,
            visitor=reporting.speaker_of(request),
            account=visitor_or_account(request),
            now=clock.now(),
        )
        return redirect(there)
    return redirect("places:place", code)
