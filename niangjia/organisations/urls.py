"""The room's addresses, under the namespace "organisations", mounted at /unions/."""

from django.urls import path

from niangjia.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.find, name="find"),
    path("places/", views.places, name="places"),
    path("places/<str:code>/", views.places, name="places_in"),
    path("guide/", views.guide, name="guide"),
    path("<str:number>/", views.show, name="union"),
]
