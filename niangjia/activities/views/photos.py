"""The gallery of an activity."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.activities.forms.photos import TakeDownForm
from niangjia.activities.selectors.photos import access_gallery, access_shown
from niangjia.activities.services import photos as services
from niangjia.core import clock, refusals
from niangjia.core.files import attachment, pictures
from niangjia.members.doors import signed_in, visitor_or_account


@require_safe
def photos(request: HttpRequest, number: str) -> HttpResponse:
    """The photos of an activity, small, each with what is to be seen."""
    found, shown = access_gallery(number, visitor_or_account(request))
    context = {"activity": found, "photos": shown}
    return render(request, "activities/portal/photos.html", context)


@require_safe
def photo(request: HttpRequest, photo_id: str) -> StreamingHttpResponse:
    """A whole photo."""
    found = access_shown(photo_id, visitor_or_account(request))
    return attachment(pictures.opened(found, small=False))


@require_safe
def small_photo(request: HttpRequest, photo_id: str) -> StreamingHttpResponse:
    """A small one."""
    found = access_shown(photo_id, visitor_or_account(request))
    return attachment(pictures.opened(found, small=True))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, photo_id: str) -> HttpResponse:
    """Ask that a photo is taken down; it is, at once."""
    account = signed_in(request)
    found = access_shown(photo_id, account)
    activity = found.session.run.activity
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    with refusals.beside(form) as tried:
        if form.is_bound and form.is_valid():
            words = form.cleaned_data["words"]
            services.ask_take_down(by=account, photo=found, words=words, now=clock.now())
            messages.success(request, _("It is hidden. The organisers decide, and you are told."))
            return redirect("activities:photos", activity.number)
    context = {"activity": activity, "photo": found, "form": form}
    return render(request, "activities/portal/take_down.html", context, status=tried.status)
