"""The photos of a session at the desk."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.activities.selectors import photos as selectors
from niangjia.activities.services import photos as services
from niangjia.activities.views.desk.access import RUNS, post_for, session_for
from niangjia.core import clock, refusals
from niangjia.core.files import attachment, pictures
from niangjia.core.files.fields import PictureForm
from niangjia.members.doors import OfficerRequest, officer_page


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def photos_desk(request: OfficerRequest, session_id: str) -> HttpResponse:
    """All photos of a session, who wants to be left out, what was asked; adding one."""
    session, by = session_for(request, session_id)
    is_sent = request.method == "POST"
    form = PictureForm(request.POST, request.FILES) if is_sent else PictureForm()
    with refusals.beside(form) as tried:
        if is_sent and form.is_valid():
            sent = form.cleaned_data["file"]
            services.add_photo(
                by=by,
                session=session,
                clean=pictures.examined(sent, name=sent.name),
                alt=form.cleaned_data["alt"],
                now=clock.now(),
            )
            messages.success(request, _("It is on the page."))
            return redirect("activities:photos_desk", session_id)
    context = {
        "activity": session.run.activity,
        "session": session,
        "form": form,
        "photos": selectors.list_of_session(session),
        "not_agreed": selectors.list_not_agreed(session),
    }
    return render(request, "activities/desk/photos.html", context, status=tried.status)


@require_safe
@officer_page(RUNS)
def desk_photo(request: OfficerRequest, photo_id: str) -> StreamingHttpResponse:
    """A small one, hidden or not."""
    found = selectors.access_photo(request.posts, photo_id)
    return attachment(pictures.opened(found, small=True))


@require_POST
@officer_page(RUNS)
def photo_removal(request: OfficerRequest, photo_id: str) -> HttpResponse:
    """Delete it for good."""
    found = selectors.access_photo(request.posts, photo_id)
    by = post_for(request, found.session.run.activity)
    services.remove_photo(by=by, photo=found)
    messages.success(request, _("It is deleted."))
    return redirect("activities:photos_desk", found.session_id)


@require_POST
@officer_page(RUNS)
def photo_decision(request: OfficerRequest, request_id: str) -> HttpResponse:
    """It goes for good, or is shown again."""
    asked = selectors.access_request(request.posts, request_id)
    session = asked.photo.session
    is_upheld = request.POST.get("verdict") == "upheld"
    services.decide_photo_request(
        by=post_for(request, session.run.activity),
        asked=asked,
        is_upheld=is_upheld,
        now=clock.now(),
    )
    messages.success(request, _("Decided. They are being told."))
    return redirect("activities:photos_desk", session.pk)
