from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "niangjia.regions"
    label = "regions"
