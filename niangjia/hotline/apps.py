from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "niangjia.hotline"
    label = "hotline"

    def ready(self) -> None:
        """Subscribe to events; say what notices say, what this room holds about people, and what it
        has beside a case."""
        from niangjia.cases.rules import beside
        from niangjia.feedback.rules import subjects
        from niangjia.hotline import handlers  # noqa: F401
        from niangjia.hotline.rules import notices, order_notices
        from niangjia.hotline.selectors.beside import order_of, subject_of
        from niangjia.hotline.services import (  # noqa: F401
            calling_back,
            contacts,
            holdings,
            holdings_of_orders,
            rotation,
        )
        from niangjia.members.rules import desks, export_labels
        from niangjia.members.rules.notices import register
        from niangjia.members.rules.permissions import Action

        register(order_notices.WORDINGS)
        export_labels.register(notices.LABELS | order_notices.LABELS)
        holdings.register_holdings()
        holdings_of_orders.register_holdings()
        beside.register(order_of)
        subjects.register(
            contacts.SUBJECT,
            subjects.Room(
                subject_of,
                contacts.leads_to_a_call,
                calling_back.view_rated,
                calling_back.count_opening,
            ),
        )
        desks.begins_at(Action.ANSWER_HOTLINE, "hotline:desk")
