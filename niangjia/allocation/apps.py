from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "niangjia.allocation"
    label = "allocation"
