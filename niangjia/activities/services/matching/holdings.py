"""What is held about whoever takes part in naming others: their own side, and nothing of whom
others named."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons


def activity_of(row: Any) -> str:
    return str(row.guest.sign_up.run.activity.name)


def own(model: str, title: Any, *exported: str) -> Holding:
    """Something that somebody said of another, told to nobody but themselves; gone with them."""
    return Holding(
        model=f"activities.{model}",
        link="guest__sign_up__account_id",
        to="account",
        title=title,
        exported=("activity_name", *exported, "made_at"),
        withheld=reasons.internal("guest_id"),
        deleted=True,
        readers={"activity_name": activity_of},
    )


def found(side: str, other: str) -> Holding:
    return Holding(
        model="activities.Match",
        link=f"{side}__sign_up__account_id",
        to="account",
        title=_("That you found each other"),
        exported=("made_at",),
        withheld={f"{side}_id": reasons.INTERNAL, f"{other}_id": reasons.THEIRS},
        deleted=True,
    )


HOLDINGS = (
    own("MatchChoice", _("Whom you named"), "number"),
    own("MatchBlock", _("With whom you want nothing to do"), "number"),
    found("one", "two"),
    found("two", "one"),
    Holding(
        model="activities.MatchReport",
        link="guest__sign_up__account_id",
        to="account",
        title=_("What you reported of others"),
        exported=("activity_name", "words", "made_at", "decided_at"),
        withheld={
            "guest_id": reasons.INTERNAL,
            "about_id": reasons.THEIRS,
            "is_upheld": reasons.THEIRS,
        },
        deleted=True,
        readers={"activity_name": activity_of},
    ),
    Holding(
        model="activities.MatchReport",
        link="about__sign_up__account_id",
        to="account",
        title=_("What others reported of you"),
        withheld=dict.fromkeys(
            ("guest_id", "about_id", "words", "made_at", "decided_at", "is_upheld"),
            reasons.THEIRS,
        ),
        deleted=True,
    ),
    Holding(
        model="activities.MatchGuest",
        link="sign_up__account_id",
        to="account",
        title=_("Where you let others name you"),
        exported=("number", "contact", "single_at", "agreed_at", "left_at", "excluded_at"),
        withheld=reasons.internal("window_id", "sign_up_id"),
        deleted=True,
    ),
)
