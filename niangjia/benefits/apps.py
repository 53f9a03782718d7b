from django.apps import AppConfig
from django.urls import reverse


class BenefitsConfig(AppConfig):
    name = "niangjia.benefits"
    label = "benefits"

    def ready(self) -> None:
        """Subscribe to events; declare what this room holds about people and what it tells them."""
        from niangjia.allocation.rules import subjects
        from niangjia.benefits import handlers  # noqa: F401
        from niangjia.benefits.rules import notices
        from niangjia.benefits.selectors import mine as own_lines
        from niangjia.benefits.services import holdings
        from niangjia.members.rules import mine

        notices.register_wordings()
        holdings.register_holdings()
        subjects.register("benefit", lambda number: reverse("benefits:benefit", args=[number]))
        mine.register(own_lines.lines)
