"""What a keeper must mend, on their phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.core import clock, refusals
from niangjia.core.files import attachment, pictures
from niangjia.members.doors import signed_in
from niangjia.members.models import Account
from niangjia.places import services
from niangjia.places.forms.inspecting import MendingForm
from niangjia.places.models import Problem
from niangjia.places.selectors import problems as selectors
from niangjia.places.selectors.problems import Shown
from niangjia.places.services import photographing


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, problem_id: str) -> HttpResponse:
    """What is wrong, until when it is to be mended, and what was done."""
    account = signed_in(request)
    found = selectors.access_kept_problem(account, problem_id)
    form = MendingForm()
    if request.method == "POST":
        form = MendingForm(request.POST, request.FILES)
        if mended(account, found, form):
            messages.success(request, _("Thank you. Somebody else looks at it now."))
            return redirect("places:keep", found.place.code)
    context = {
        "problem": found,
        "shown": Shown(found, clock.now()),
        "steps": selectors.list_steps(found),
        "found_photos": selectors.list_found_photos(found),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "places/keeping/problem.html", context, status=status)


def mended(by: Account, problem: Problem, form: MendingForm) -> bool:
    """Whether it was taken, with its photo; otherwise the form says why not."""
    if not form.is_valid():
        return False
    sent = form.cleaned_data["photo"]
    with refusals.beside(form):
        clean = pictures.examined(sent, name=sent.name, field="photo") if sent else None
        services.mark_mended(
            by=by,
            problem=problem,
            words=form.cleaned_data["words"],
            photo=clean,
            now=clock.now(),
        )
        return True
    return False


@require_safe
@login_required
def photo(request: HttpRequest, photo_id: str) -> StreamingHttpResponse:
    """A photo of what is to be mended."""
    found = selectors.access_kept_photo(signed_in(request), photo_id)
    return attachment(photographing.open_photo(found))
