from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "niangjia.members"
    label = "members"
