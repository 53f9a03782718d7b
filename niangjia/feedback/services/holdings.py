"""What this room holds about people: declared, so that export and erasure reach it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from niangjia.core import personal_data
from niangjia.core.errors import Text
from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons
from niangjia.members.services.holdings.reasons import internal

KEPT = "that a service was rated and put right, without whom: scores outlive those who leave"
DECIDED = "what an officer decided in their post stays with the union"


SUBJECT = internal("subject_kind", "subject_id", "is_protected", "tied_employer_ids")


def about(way: str, to: str, *, is_first: bool) -> Iterator[Holding]:
    """The tables that lead to somebody served through an invitation's `way` to them, the furthest
    first, so that erasing does not cut its own way. What is reached twice is exported once."""

    def holding(
        model: str,
        link: str,
        title: Text,
        exported: tuple[str, ...],
        withheld: dict[str, Text],
        **more: object,
    ) -> Holding:
        named = {name: why for name, why in withheld.items() if name != link}
        if not is_first:
            named |= internal(*(name for name in exported if name != link))
        return Holding(
            model=f"feedback.{model}",
            link=link,
            to=to,
            title=title,
            exported=exported if is_first else (),
            withheld=named,
            kept=KEPT,
            **more,  # type: ignore[arg-type]
        )

    rating = f"invitation__{way}"
    yield holding(
        "Call",
        f"call_back__rating__{rating}",
        _("Calls to you"),
        ("at", "result", "words"),
        {**internal("call_back_id"), "by_account_id": reasons.OFFICERS},
        erased={"words": None},
    )
    yield holding(
        "CallBack",
        f"rating__{rating}",
        _("Call-backs about your rating"),
        ("union_id", "created_at", "due_at", "tries", "result", "done_at"),
        {**internal("rating_id", "contact"), "rated_id": reasons.OFFICERS},
        erased={"contact": None},
    )
    yield holding(
        "OrderStep",
        f"order__rating__{rating}",
        _("What was done about your rating"),
        ("at", "kind", "union_id", "words", "due_at"),
        {**internal("order_id"), "by_account_id": reasons.OFFICERS},
        erased={"words": None},
    )
    yield holding(
        "RectificationOrder",
        f"rating__{rating}",
        _("Orders that your rating opened"),
        (
            "number",
            "union_id",
            "handled_by_id",
            "stage",
            "finding",
            "outcome",
            "opened_at",
            "due_at",
            "closed_at",
        ),
        {
            **SUBJECT,
            **internal("rating_id", "working_days", "round_began_at", "reminded_at"),
            **internal("breached_at", "reopenings"),
            "rated_id": reasons.OFFICERS,
        },
    )
    yield holding(
        "Answer",
        f"rating__{rating}",
        _("Answers to your rating in public"),
        ("union_id", "text", "shown_words", "published_at"),
        {
            **internal("rating_id", "level", "item_key"),
            "approved_by_account_id": reasons.OFFICERS,
        },
        erased={"shown_words": ""},
    )
    yield holding(
        "Rating",
        rating,
        _("Your ratings"),
        (
            "union_id",
            "channel",
            "level",
            "indicators",
            "words",
            "is_named",
            "may_be_shown",
            "rated_at",
        ),
        {
            **internal("invitation_id", "item_key", "is_protected"),
            "entered_by_account_id": reasons.OFFICERS,
            "device_digest": reasons.DIGEST,
        },
        erased={"words": None, "device_digest": None, "is_named": False},
    )
    yield holding(
        "Invitation",
        way,
        _("What you were asked to rate"),
        ("item_name", "union_id", "finished_at", "created_at", "closes_at"),
        {
            **SUBJECT,
            **internal("round", "item_key", "person_id", "account_id", "shown_by_rated"),
            "rated_id": reasons.OFFICERS,
            "token_digest": reasons.PROTECTING,
        },
        erased={way: None, "token_digest": None},
    )


def decided(model: str, column: str, *columns: str) -> Holding:
    """A table that knows which officer decided, and nothing else of them."""
    return Holding(
        model=f"feedback.{model}",
        link=column,
        to="account",
        title=_("What you decided"),
        withheld=internal(*columns),
        kept=DECIDED,
    )


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(
        *about("account_id", "account", is_first=True),
        *about("person_id", "person", is_first=False),
        decided(
            "Signal",
            "judged_by_account_id",
            *("union_id", "kind", "day", "facts", "found_at", "judged_at", "verdict", "judgement"),
        ),
        decided("RectificationTerm", "set_by_account_id", "union_id", "working_days", "set_at"),
    )
