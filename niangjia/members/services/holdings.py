"""What this room, and the libraries behind sign-in, hold about people."""

import datetime as dt
import secrets

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.crypto import digest
from niangjia.core.personal_data import Holding, Subject, also_erase, register
from niangjia.members.models import Attempt, OneTimeCode

DIGEST = "a keyed digest, worthless outside this node"
INTERNAL = "an internal number that says nothing about you"
PROTECTING = "a secret that protects your account"

CHAIN = dict.fromkeys(("lane", "number", "key", "mac"), "the audit chain's own seal")


def unfindable() -> bytes:
    """A digest nothing hashes to."""
    return secrets.token_bytes(32)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    register(
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
                "identity_digest": DIGEST,
                "phone_digest": DIGEST,
                "erased_at": "empty while you are here",
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
                "password": PROTECTING,
                "phone_digest": DIGEST,
                "person_id": INTERNAL,
                "closed_at": "empty while you are here",
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
                "due_at",
                "escalated_at",
                "decided_at",
                "reason",
            ),
            withheld={
                "person_id": INTERNAL,
                "draft_version": INTERNAL,
                "reviews_id": INTERNAL,
                "decided_by_account_id": "whose account decided is the union's affair",
            },
            erased={"employer_name": "", "job": "", "statement": "", "draft_version": 0},
            kept="that the union was asked, and answered in time, without who asked",
        ),
        Holding(
            model="members.ApplicationStep",
            link="application__account_id",
            to="account",
            title=_("What happened to your applications"),
            exported=("application_id", "kind", "at", "union_id", "due_at"),
            withheld={"by_account_id": "whose account acted is the union's affair"},
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
                "admitted_date",
                "ended_date",
            ),
            erased={"employer_name": "", "job": ""},
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
            ),
            withheld={"by_account_id": "whose account acted is the union's affair"},
            erased={"reason": ""},
            kept="as the membership is",
        ),
        Holding(
            model="members.Post",
            link="account_id",
            to="account",
            title=_("Your posts"),
            exported=("union_id", "role", "reach", "appointed_at", "ended_at"),
            withheld={
                "appointed_by_account_id": "whose account acted is the union's affair",
                "ended_by_account_id": "whose account acted is the union's affair",
            },
            kept="who could see what, when: the audit chain cannot be read without it",
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
                    "deleted within a day",
                ),
                "phone_digest": DIGEST,
                "code_digest": DIGEST,
            },
            deleted=True,
        ),
        Holding(
            model="core.AuditEntry",
            link="person_id",
            to="person",
            title=_("Who did what with your data"),
            exported=("at", "action", "union_id", "purpose"),
            withheld={
                "account_id": "whose account acted is the union's affair",
                "subject": INTERNAL,
                "details": "internal particulars without personal data",
                **CHAIN,
            },
            kept="the audit chain knows ids only, and cannot be changed",
        ),
        Holding(
            model="core.AuditEntry",
            link="account_id",
            to="account",
            title=_("What you did"),
            exported=("at", "action", "subject", "purpose"),
            withheld={
                "person_id": "whose data it was is theirs",
                "union_id": INTERNAL,
                "details": "internal particulars without personal data",
                **CHAIN,
            },
            kept="the audit chain knows ids only, and cannot be changed",
        ),
        Holding(
            model="members.ApiToken",
            link="account_id",
            to="account",
            title=_("Tokens of your programs"),
            exported=("name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"),
            withheld={"digest": PROTECTING, "hint": PROTECTING, "with_second_factor": INTERNAL},
            deleted=True,
        ),
        Holding(
            model="core.AnsweredRequest",
            link="account_id",
            to="account",
            title=_("Answers kept for a day"),
            withheld=dict.fromkeys(
                ("key", "digest", "answer", "expires_at"), "what you were just told; gone in a day"
            ),
            deleted=True,
        ),
        Holding(
            model="mfa.Authenticator",
            link="user_id",
            to="account",
            title=_("Your second factors"),
            exported=("type", "created_at", "last_used_at"),
            withheld={"data": PROTECTING},
            deleted=True,
        ),
        Holding(
            model="usersessions.UserSession",
            link="user_id",
            to="account",
            title=_("Where you are signed in"),
            exported=("created_at", "last_seen_at", "ip", "user_agent"),
            withheld={"session_key": PROTECTING, "data": INTERNAL},
            deleted=True,
        ),
        Holding(
            model="account.EmailAddress",
            link="user_id",
            to="account",
            title=_("Mail addresses"),
            withheld=dict.fromkeys(("email", "verified", "primary"), "never used here"),
            deleted=True,
        ),
        Holding(
            model="account.EmailConfirmation",
            link="email_address__user_id",
            to="account",
            title=_("Mail addresses"),
            withheld=dict.fromkeys(
                ("created", "sent", "key", "email_address_id"), "never used here"
            ),
            deleted=True,
        ),
    )


@also_erase
def erase_sessions(subject: Subject) -> None:
    """End every session, so that access ends on the next request (promise 34)."""
    keys = UserSession.objects.filter(user_id=subject.account_id).values_list("session_key")
    Session.objects.filter(session_key__in=keys).delete()


@also_erase
def erase_tries(subject: Subject) -> None:
    """Codes and counted tries, which know the number by its digests."""
    if not subject.phone:
        return
    OneTimeCode.objects.filter(phone_digest=digest("phone", subject.phone)).delete()
    keys = [
        digest("attempt", f"{action}:{key}")
        for action, key in (
            ("code:phone", subject.phone),
            ("guess:phone", subject.phone),
            ("identity", str(subject.account_id)),
        )
    ]
    Attempt.objects.filter(key_digest__in=keys).delete()
    name = digest("password-tries", subject.phone).hex()
    for table in (AccessAttempt, AccessFailureLog):
        table.objects.filter(username=name).delete()


def purge_old_tries(*, now: dt.datetime) -> int:
    """Drop codes and counted tries older than a day: nothing looks at them any more."""
    before = now - dt.timedelta(days=1)
    codes, _by_table = OneTimeCode.objects.filter(expires_at__lt=before).delete()
    tries, _by_table = Attempt.objects.filter(Q(at__lt=before)).delete()
    return codes + tries
