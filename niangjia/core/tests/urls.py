"""Made-up pages that misbehave, for the tests of the edge."""

from importlib import import_module

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from niangjia.core import clock, errors
from niangjia.core.models import OutboxEvent

#: The site is a room above, which core may name but not import.
site = import_module("niangjia.web.urls")
handler403, handler404, handler500 = site.handler403, site.handler404, site.handler500

RAISED = {
    "conflict": errors.Conflict("somebody was faster"),
    "invalid": errors.Invalid("not like that"),
    "too-late": errors.TooLate("it is over"),
    "throttled": errors.Throttled("slowly", retry_after_seconds=90),
    "missing": errors.NotFound("there is no such application"),
    "absent": Http404("no row matches"),
    "forbidden": PermissionDenied("you may not see this"),
    "surrogate": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    "broken": RuntimeError("a mistake of ours"),
}


def misbehave(request: HttpRequest, how: str) -> HttpResponse:
    raise RAISED[how]


def store(request: HttpRequest) -> HttpResponse:
    """Keeps what it is given; a refusal to redirect stands for a form with errors."""
    text = request.POST.get("text", request.GET.get("text", ""))
    row = OutboxEvent.objects.create(type=text, payload={}, at=clock.now())
    return (
        HttpResponse("again", status=200) if text == "bad" else HttpResponseRedirect(f"/{row.pk}")
    )


urlpatterns = [
    path("misbehave/<str:how>/", misbehave),
    path("store/", store),
    *site.urlpatterns,
]
