from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "niangjia.members"
    label = "members"

    def ready(self) -> None:
        """Subscribe to events and declare what this room holds about people."""
        from niangjia.members.services import holdings

        holdings.register_holdings()
