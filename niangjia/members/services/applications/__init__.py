"""Applying, answering, and what happens when nobody answers."""

from niangjia.members.services.applications.decision import decide_application
from niangjia.members.services.applications.drafts import discard_draft, save_draft
from niangjia.members.services.applications.escalation import (
    escalate_late_applications,
    hand_over_applications,
)
from niangjia.members.services.applications.joining import apply_to_join
from niangjia.members.services.applications.keeping import seal_answers, unseal_answers
from niangjia.members.services.applications.review import request_review
from niangjia.members.services.applications.submission import submit_application
from niangjia.members.services.applications.withdrawal import withdraw_application

__all__ = [
    "apply_to_join",
    "decide_application",
    "discard_draft",
    "escalate_late_applications",
    "hand_over_applications",
    "request_review",
    "save_draft",
    "seal_answers",
    "submit_application",
    "unseal_answers",
    "withdraw_application",
]
