"""What this room holds about people."""

import secrets

from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.personal_data import Holding, Subject
from niangjia.members.models import Substitution
from niangjia.members.services.holdings import reasons


def unfindable() -> bytes:
    """A digest nothing hashes to."""
    return secrets.token_bytes(32)


def substitutions_of(subject: Subject) -> QuerySet[Substitution]:
    """Their own leave, and whom they stood in for."""
    account = subject.account_id
    return Substitution.objects.filter(Q(absent=account) | Q(substitute=account))


HOLDINGS = (
    Holding(
        model="members.Person",
        link="id",
        to="person",
        title=_("About you"),
        exported=(
            "name",
            "document_type",
            "identity_number",
            "phone",
            "verified_at",
            "gender",
            "birth_date",
            "ethnicity",
            "education",
            "residence_id",
            "from_elsewhere",
            "skill_level",
        ),
        withheld={
            "identity_digest": reasons.DIGEST,
            "phone_digest": reasons.DIGEST,
            "erased_at": reasons.EMPTY,
        },
        erased={
            "name": "",
            "identity_number": "",
            "identity_digest": unfindable,
            "phone": None,
            "phone_digest": None,
            "verified_at": None,
            "gender": "",
            "birth_date": None,
            "ethnicity": "",
            "education": "",
            "residence_id": None,
            "from_elsewhere": None,
            "skill_level": "",
            "erased_at": clock.now,
        },
        kept="the row without a name, so that the membership's history has an owner",
    ),
    Holding(
        model="members.Account",
        link="id",
        to="account",
        title=_("Your account"),
        exported=("phone", "phone_verified_at", "created_at", "last_login", "is_active"),
        withheld={
            "password": reasons.PROTECTING,
            "phone_digest": reasons.DIGEST,
            "person_id": reasons.INTERNAL,
            "closed_at": reasons.EMPTY,
        },
        erased={
            "phone": "",
            "phone_digest": unfindable,
            "phone_verified_at": None,
            "password": lambda: make_password(None),
        },
        kept="the row without a number, because the audit chain points to it",
    ),
    Holding(
        model="members.Consent",
        link="account_id",
        to="account",
        title=_("Your consents"),
        exported=("purpose", "version", "given_at", "withdrawn_at"),
        kept="PIPL, Article 14: whoever acts on consent must be able to show it",
    ),
    Holding(
        model="members.Notice",
        link="account_id",
        to="account",
        title=_("Messages to you"),
        exported=("kind", "facts", "url", "created_at", "read_at"),
        deleted=True,
    ),
    Holding(
        model="members.Application",
        link="account_id",
        to="account",
        title=_("Your applications"),
        exported=(
            "number",
            "union_id",
            "handled_by_id",
            "kind",
            "status",
            "worker_kind",
            "employment_status",
            "employer_name",
            "job",
            "statement",
            "draft",
            "created_at",
            "submitted_at",
            "answer_working_days",
            "due_at",
            "escalated_at",
            "decided_at",
            "reason",
        ),
        withheld={
            "person_id": reasons.INTERNAL,
            "draft_version": reasons.INTERNAL,
            "reviews_id": reasons.INTERNAL,
            "decided_by_account_id": reasons.OFFICERS,
        },
        # A refusal must have a reason, and its words may name whom they were written to.
        erased={
            "employer_name": "",
            "job": "",
            "statement": "",
            "reason": "—",
            "draft_version": 0,
        },
        kept="that the union was asked, and answered in time, without who asked",
    ),
    Holding(
        model="members.ApplicationStep",
        link="application__account_id",
        to="account",
        title=_("What happened to your applications"),
        exported=("application_id", "kind", "at", "union_id", "due_at"),
        withheld={"by_account_id": reasons.OFFICERS},
        kept="as the application is",
    ),
    Holding(
        model="members.Membership",
        link="person_id",
        to="person",
        title=_("Your membership"),
        exported=(
            "number",
            "union_id",
            "status",
            "employer_name",
            "job",
            "workplace",
            "admitted_date",
            "ended_date",
        ),
        erased={"employer_name": "", "job": "", "workplace": ""},
        kept="Trade Union Law, Article 13: unions account for their members; dates and union "
        "stay, without a name",
    ),
    Holding(
        model="members.MembershipChange",
        link="membership__person_id",
        to="person",
        title=_("What happened to your membership"),
        exported=(
            "membership_id",
            "kind",
            "at",
            "status",
            "union_id",
            "from_union_id",
            "reason",
            "particulars",
        ),
        withheld={"by_account_id": reasons.OFFICERS},
        erased={"reason": "", "particulars": dict},
        kept="as the membership is",
    ),
    Holding(
        model="members.Post",
        link="account_id",
        to="account",
        title=_("Your posts"),
        exported=("union_id", "role", "reach", "appointed_at", "until", "ended_at"),
        withheld={
            "lent_from_id": reasons.OFFICERS,
            "appointed_by_account_id": reasons.OFFICERS,
            "ended_by_account_id": reasons.OFFICERS,
        },
        kept="who could see what, when: the audit chain cannot be read without it",
    ),
    Holding(
        model="members.Substitution",
        link="absent_id",
        to="account",
        title=_("Your leave, and whom you stood in for"),
        exported=("starts_at", "ends_at", "named_at", "ended_at"),
        withheld={
            "absent_id": reasons.OFFICERS,
            "substitute_id": reasons.OFFICERS,
            "named_by_account_id": reasons.OFFICERS,
            "ended_by_account_id": reasons.OFFICERS,
        },
        kept="for whom somebody acted belongs to the record of the act",
        find=substitutions_of,
    ),
    Holding(
        model="members.EmployerTie",
        link="account_id",
        to="account",
        title=_("Your ties to employers"),
        exported=("employer_id", "kind", "declared_at", "lifted_at"),
        withheld={
            "declared_by_account_id": reasons.OFFICERS,
            "lifted_by_account_id": reasons.OFFICERS,
        },
        kept="why somebody was not shown a complaint has to be shown afterwards",
    ),
    Holding(
        model="members.OneTimeCode",
        link="account_id",
        to="account",
        title=_("Codes sent to you"),
        withheld={
            **dict.fromkeys(
                (
                    "purpose",
                    "phone",
                    "created_at",
                    "expires_at",
                    "tries_left",
                    "used_at",
                ),
                reasons.SHORT_LIVED,
            ),
            "phone_digest": reasons.DIGEST,
            "code_digest": reasons.DIGEST,
        },
        deleted=True,
    ),
    Holding(
        model="members.ApiToken",
        link="account_id",
        to="account",
        title=_("Tokens of your programs"),
        exported=("name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"),
        withheld={
            "digest": reasons.PROTECTING,
            "hint": reasons.PROTECTING,
            "with_second_factor": reasons.INTERNAL,
        },
        deleted=True,
    ),
)
