from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "niangjia.places"
    label = "places"
