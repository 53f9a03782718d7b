"""What draws hold about people: whose line is whose, and which officers ran them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons

KEPT = "that a draw was announced, read and voided by whom stays with the union"
DRAW = (
    *("number", "pool_id", "union_id", "title", "source", "issue", "known_at", "commitment"),
    *(
        "announced_by_id",
        "announced_at",
        "parts",
        "entrants",
        "entrants_file",
        "sealed_file",
        "seal",
    ),
    *("sealed_at", "value", "drawn_file", "drawn_at", "void_reason", "void_asked_by_id"),
    *("void_confirmed_by_id", "voided_at"),
)


def run(model: str, link: str, title: Text, columns: tuple[str, ...]) -> Holding:
    """A table that knows which officer acted, and nothing else of them."""
    internal = dict.fromkeys((column for column in columns if column != link), reasons.PARTICULARS)
    return Holding(
        model=f"allocation.{model}",
        link=link,
        to="account",
        title=title,
        withheld=internal,
        kept=KEPT,
    )


HOLDINGS = (
    Holding(
        model="allocation.DrawLine",
        link="claim__account_id",
        to="account",
        title=_("Your lines in draws"),
        exported=("pseudonym", "nonce", "parts", "rank", "has_won"),
        withheld=dict.fromkeys(("draw_id", "claim_id"), reasons.INTERNAL),
        erased={"nonce": None},
        kept="so that a published draw can still be computed; nothing leads from it to a person",
    ),
    run("Draw", "announced_by_id", _("Draws that you announced"), DRAW),
    run("Draw", "void_asked_by_id", _("Draws that you asked not to count"), DRAW),
    run("Draw", "void_confirmed_by_id", _("Draws that you agreed not to count"), DRAW),
    run("DrawSecret", "draw__announced_by_id", _("Secrets of those draws"), ("draw_id", "secret")),
    run("ValueReading", "by_id", _("Results that you looked up"), ("draw_id", "value", "at")),
)
