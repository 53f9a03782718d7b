from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "niangjia.members"
    label = "members"

    def ready(self) -> None:
        """Subscribe to events; declare what this room holds about people, and what lies sealed in
        a library's table."""
        from niangjia.members import handlers  # noqa: F401
        from niangjia.members.services import holdings, second_factors  # noqa: F401

        holdings.register_holdings()
