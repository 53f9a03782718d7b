from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "niangjia.places"
    label = "places"

    def ready(self) -> None:
        """Subscribe to events; say what notices say, and what this room holds about people."""
        from niangjia.core import gathering
        from niangjia.feedback.rules import items
        from niangjia.members.rules import desks, export_labels, mine
        from niangjia.members.rules.notices import register
        from niangjia.members.rules.permissions import Action
        from niangjia.places import handlers  # noqa: F401
        from niangjia.places.rules import keeper_notices, mending_notices, notices, ratings
        from niangjia.places.selectors import gathering as things
        from niangjia.places.selectors import mine as own_lines
        from niangjia.places.selectors import open_data
        from niangjia.places.services import holdings

        # A licence that nobody knows is refused at the start, not when somebody asks for it.
        open_data.licence()
        register(notices.WORDINGS)
        register(keeper_notices.WORDINGS)
        register(keeper_notices.SUPPLIES)
        register(mending_notices.WORDINGS)
        export_labels.register(keeper_notices.LABELS)
        export_labels.register(mending_notices.LABELS)
        holdings.register_holdings()
        items.register(ratings.ITEMS)
        desks.begins_at(Action.KEEP_PLACES, "places:desk")
        mine.register(own_lines.lines)
        gathering.register(gathering.Source("place", _("Places"), things.listed, things.found))
