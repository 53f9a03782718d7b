"""The site, and a view that does nothing: what server and middleware cost by themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing."""
    return HttpResponse()


urlpatterns = [path("bench/empty/", empty), path("", include("niangjia.web.urls"))]
