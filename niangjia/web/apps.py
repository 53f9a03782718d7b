from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "niangjia.web"
    label = "web"
