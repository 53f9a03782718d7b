"""What the rooms below and the libraries behind sign-in hold about people."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons

HOLDINGS = (
    Holding(
        model="core.AuditEntry",
        link="person_id",
        to="person",
        title=_("Who did what with your data"),
        exported=("at", "action", "union_id", "purpose"),
        withheld={
            "account_id": reasons.OFFICERS,
            "subject": reasons.INTERNAL,
            "details": reasons.PARTICULARS,
            **reasons.CHAIN,
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
            "person_id": reasons.THEIRS,
            "union_id": reasons.INTERNAL,
            "details": reasons.PARTICULARS,
            **reasons.CHAIN,
        },
        kept="the audit chain knows ids only, and cannot be changed",
    ),
    Holding(
        model="core.AnsweredRequest",
        link="account_id",
        to="account",
        title=_("Answers kept for a day"),
        withheld=dict.fromkeys(("key", "digest", "answer", "expires_at"), reasons.TOLD),
        deleted=True,
    ),
    Holding(
        model="mfa.Authenticator",
        link="user_id",
        to="account",
        title=_("Your second factors"),
        exported=("type", "created_at", "last_used_at"),
        withheld={"data": reasons.PROTECTING},
        deleted=True,
    ),
    Holding(
        model="usersessions.UserSession",
        link="user_id",
        to="account",
        title=_("Where you are signed in"),
        exported=("created_at", "last_seen_at", "ip", "user_agent"),
        withheld={"session_key": reasons.PROTECTING, "data": reasons.INTERNAL},
        deleted=True,
    ),
    Holding(
        model="account.EmailAddress",
        link="user_id",
        to="account",
        title=_("Mail addresses"),
        withheld=dict.fromkeys(("email", "verified", "primary"), reasons.UNUSED),
        deleted=True,
    ),
    Holding(
        model="account.EmailConfirmation",
        link="email_address__user_id",
        to="account",
        title=_("Mail addresses"),
        withheld=dict.fromkeys(("created", "sent", "key", "email_address_id"), reasons.UNUSED),
        deleted=True,
    ),
)
