"""Every address of the site."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from niangjia.web.addresses import Entry, shelved
from niangjia.web.views import device, nation, pages, place

addresses = [
    path("", pages.home, name="home"),
    path("display/", pages.change_display, name="display"),
    path("language/", csrf_exempt(set_language), name="language"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path("service-worker.js", device.service_worker, name="service_worker"),
    path("offline/", device.offline_page, name="offline"),
    path("place/", place.place, name="place"),
    path("place/<str:code>/", place.place, name="place_in"),
    path("nation/", nation.nation, name="nation"),
    path("nation/<str:number>/", nation.nation, name="nation"),
    path("styleguide/", pages.styleguide, name="styleguide"),
]

everything: list[Entry] = [
    path("", include((addresses, "web"))),
    path("unions/", include("niangjia.organisations.urls")),
    path("account/", include("niangjia.members.urls.sign_in")),
    # Looked through in this order: first what a crowd looks at in one moment.
    path("", include("niangjia.activities.urls")),
    path("", include("niangjia.cases.urls")),
    path("", include("niangjia.places.urls")),
    path("", include("niangjia.hotline.urls")),
    path("", include("niangjia.members.urls")),
    path("", include("niangjia.benefits.urls")),
    path("", include("niangjia.feedback.urls")),
    path("", include("niangjia.allocation.urls")),
    path("api/v1/", include("niangjia.api_root.urls")),
    path("", include("niangjia.api_root.health_urls")),
]
urlpatterns = shelved(everything)

handler400 = "niangjia.web.views.problems.bad_request"
handler403 = "niangjia.web.views.problems.forbidden"
handler404 = "niangjia.web.views.problems.not_found"
#: Django has no 429 of its own; allauth asks for this one.
handler429 = "niangjia.web.views.problems.too_often"
handler500 = "niangjia.web.views.problems.broken"
