from django.apps import AppConfig
from django.urls import reverse


class ActivitiesConfig(AppConfig):
    name = "niangjia.activities"
    label = "activities"

    def ready(self) -> None:
        """Subscribe to events; say what notices say, and what this room holds about people."""
        from niangjia.activities import handlers  # noqa: F401
        from niangjia.activities.rules import doors, notices
        from niangjia.activities.selectors import mine as own_lines
        from niangjia.activities.selectors.teams import parties_of
        from niangjia.activities.services import holdings
        from niangjia.allocation.rules import parties, subjects
        from niangjia.members.rules import desks, export_labels, mine
        from niangjia.members.rules.notices import register
        from niangjia.members.rules.permissions import Action

        register(notices.WORDINGS)
        export_labels.register(notices.LABELS)
        holdings.register_holdings()
        subjects.register("run", lambda run_id: reverse("activities:run", args=[run_id]))
        subjects.register_desk("run", lambda run_id: reverse("activities:coming", args=[run_id]))
        subjects.register_desk(doors.KIND, lambda of: reverse("activities:desk_session", args=[of]))
        parties.register(doors.KIND, parties_of)
        desks.begins_at(Action.RUN_ACTIVITIES, "activities:desk")
        mine.register(own_lines.lines)
