from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "niangjia.places"
    label = "places"

    def ready(self) -> None:
        """Subscribe to events; say what notices say."""
        from niangjia.core import gathering
        from niangjia.members.rules.notices import register
        from niangjia.places import handlers  # noqa: F401
        from niangjia.places.rules import notices
        from niangjia.places.selectors import gathering as things

        register(notices.WORDINGS)
        gathering.register(gathering.Source("place", _("Places"), things.listed, things.found))
