"""For workers and for everybody."""

from django.urls import URLPattern, path

from niangjia.places.views import (
    doors,
    finding,
    opening_data,
    photos,
    plates,
    showing,
    stars,
    streets,
    supplies,
)

urlpatterns: list[URLPattern] = [
    path("places/", finding.find, name="find"),
    path("places/offline/", finding.offline, name="find_offline"),
    path("open-data/", opening_data.open_data_page, name="open_data"),
    path("streets/<int:col>/<int:line>/", streets.street_tile, name="street_tile"),
    path("places/stars/", stars.published, name="star_rules"),
    path("places/photos/<str:photo_id>/", photos.photo, name="photo"),
    path("places/photos/<str:photo_id>/small/", photos.small_photo, name="small_photo"),
    path("places/<str:code>/stars/", stars.stars, name="stars"),
    path("places/<str:code>/", showing.place, name="place"),
    path("places/<str:code>/reports/", showing.report, name="report"),
    path("places/<str:code>/requests/", supplies.asking, name="asking"),
    path("places/<str:code>/rating/", supplies.rating, name="rating"),
    path("places/<str:code>/door/", doors.door, name="door"),
    path("places/<str:code>/departure/", plates.departure, name="departure"),
    path("p/<str:code>/<str:key>/", plates.plate, name="plate"),
    path("p/<str:code>/<str:key>/arrival/", plates.arrival, name="arrival"),
]
