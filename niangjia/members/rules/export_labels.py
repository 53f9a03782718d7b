"""What exported columns are called in words, for whoever reads their own data."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "action": _("What was done"),
    "admitted_date": _("Admitted on"),
    "application_id": _("Application"),
    "appointed_at": _("Appointed at"),
    "at": _("When"),
    "birth_date": _("Birth date"),
    "created_at": _("Made at"),
    "decided_at": _("Decided at"),
    "declared_at": _("Declared at"),
    "document_type": _("Document"),
    "draft": _("Draft, as typed"),
    "answer_working_days": _("Promised answer, in working days"),
    "due_at": _("Answer promised by"),
    "education": _("Education"),
    "employer_id": _("Employer"),
    "employer_name": _("Employer"),
    "employment_status": _("Employment"),
    "ended_at": _("Ended at"),
    "ended_date": _("Ended on"),
    "escalated_at": _("Passed up at"),
    "ethnicity": _("Ethnicity"),
    "expires_at": _("Expires at"),
    "facts": _("Particulars"),
    "from_elsewhere": _("Works outside the home province"),
    "from_union_id": _("From union"),
    "gender": _("Gender"),
    "given_at": _("Agreed at"),
    "handled_by_id": _("Union that answers"),
    "identity_number": _("Number of the document"),
    "ip": _("Network address"),
    "is_active": _("Account active"),
    "job": _("Work"),
    "kind": _("Kind"),
    "last_login": _("Last sign-in"),
    "last_seen_at": _("Last seen at"),
    "last_used_at": _("Last used at"),
    "lifted_at": _("Lifted at"),
    "membership_id": _("Membership"),
    "named_at": _("Named at"),
    "starts_at": _("Begins at"),
    "ends_at": _("Ends at"),
    "total": _("Rows"),
    "until": _("Until"),
    "name": _("Name"),
    "number": _("Number"),
    "particulars": _("What was put right"),
    "phone": _("Mobile number"),
    "phone_verified_at": _("Number proven at"),
    "purpose": _("Purpose"),
    "reach": _("Reach"),
    "read_at": _("Read at"),
    "reason": _("Reason"),
    "residence_id": _("Place of residence"),
    "revoked_at": _("Revoked at"),
    "role": _("Role"),
    "scopes": _("What it may do"),
    "skill_level": _("Skill level"),
    "statement": _("What you wrote"),
    "status": _("Status"),
    "subject": _("What it was about"),
    "submitted_at": _("Submitted at"),
    "type": _("Sort"),
    "union_id": _("Union"),
    "url": _("Page"),
    "user_agent": _("Browser"),
    "verified_at": _("Real name checked at"),
    "version": _("Version"),
    "withdrawn_at": _("Withdrawn at"),
    "worker_kind": _("Kind of work"),
    "workplace": _("Where they work"),
}


def register(labels: Mapping[str, Promise]) -> None:
    """Add what columns of a room above are called, from its AppConfig; again changes nothing."""
    LABELS.update(labels)


def label(column: str) -> str:
    """`column` in words; a column of a newer room that has none yet, by its name."""
    return str(LABELS.get(column, column))
