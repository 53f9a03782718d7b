from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "niangjia.cases"
    label = "cases"

    def ready(self) -> None:
        """Subscribe to events; say what notices say, and what this room holds about people."""
        from niangjia.cases import handlers  # noqa: F401
        from niangjia.cases.rules import notices
        from niangjia.cases.selectors import gathering as things
        from niangjia.cases.selectors import mine as own_lines
        from niangjia.cases.selectors import rectification
        from niangjia.cases.services import (  # noqa: F401
            calling_back,
            digests,
            erasing,
            holdings,
            rotation,
        )
        from niangjia.cases.services.groups import holdings as group_holdings
        from niangjia.cases.services.letters import holdings as letter_holdings
        from niangjia.core import gathering
        from niangjia.feedback.rules import subjects
        from niangjia.members.rules import desks, export_labels, mine
        from niangjia.members.rules.notices import register
        from niangjia.members.rules.permissions import Action

        register(notices.WORDINGS)
        export_labels.register(notices.LABELS)
        holdings.register_holdings()
        letter_holdings.register_holdings()
        group_holdings.register_holdings()
        desks.begins_at(Action.HANDLE_CASES, "cases:queue")
        mine.register(own_lines.lines)
        subjects.register(
            rectification.SUBJECT,
            subjects.Room(
                rectification.subject_of,
                calling_back.leads_to_a_call,
                calling_back.open_contact,
                calling_back.count_opening,
            ),
        )
        gathering.register(gathering.Source("service", _("Services"), things.listed, things.found))
