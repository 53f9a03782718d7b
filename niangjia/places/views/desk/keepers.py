"""Who keeps a place: invited by a link, ended at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.forms.keeping import KeeperForm
from niangjia.places.selectors import desk
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.views.desk.access import place_for
from niangjia.places.views.desk.place import show


@require_POST
@never_cache
@officer_page(KEEPS)
def keepers(request: OfficerRequest, code: str) -> HttpResponse:
    """A link for one person, shown once."""
    place, by = place_for(request, code)
    form = KeeperForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            token = services.invite_keeper(
                by=by, place=place, known_as=form.cleaned_data["known_as"], now=clock.now()
            )
            path = reverse("places:keeper_invitation", args=[token])
            return show(request, place, link=request.build_absolute_uri(path))
    return show(request, place, form)


@require_POST
@officer_page(KEEPS)
def end(request: OfficerRequest, keeper_id: str) -> HttpResponse:
    """They keep it no longer."""
    keeper = desk.access_keeper_within(request.posts, keeper_id)
    by = access_acting_post(request.posts, KEEPS, keeper.place.union.path)
    services.end_keeping(by=by, keeper=keeper, now=clock.now())
    messages.success(request, _("They keep it no longer."))
    return redirect("places:desk_place", keeper.place.code)
