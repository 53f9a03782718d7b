from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "niangjia.organisations"
    label = "organisations"
