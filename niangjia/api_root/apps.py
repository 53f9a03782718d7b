from django.apps import AppConfig


class ApiRootConfig(AppConfig):
    name = "niangjia.api_root"
    label = "api_root"
