from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "niangjia.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Subscribe to events; declare what this room holds about people and what it tells them."""
        from niangjia.feedback import handlers  # noqa: F401
        from niangjia.feedback.rules import notices
        from niangjia.feedback.selectors import mine as own_lines
        from niangjia.feedback.services import holdings
        from niangjia.members.rules import desks, mine
        from niangjia.members.rules.permissions import Action

        notices.register_wordings()
        holdings.register_holdings()
        desks.begins_at(Action.RECTIFY, "feedback:orders")
        mine.register(own_lines.lines)
