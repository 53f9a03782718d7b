from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "niangjia.places"
    label = "places"

    def ready(self) -> None:
        """Subscribe to events; say what notices say."""
        from niangjia.members.rules.notices import register
        from niangjia.places import handlers  # noqa: F401
        from niangjia.places.rules import notices

        register(notices.WORDINGS)
