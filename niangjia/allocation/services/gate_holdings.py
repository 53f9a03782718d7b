"""What gates hold about people: who came, and who kept them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons

KEPT = "that so many came, and who let them in, stays with the union"


def kept(model: str, link: str, title: object, *columns: str) -> Holding:
    """A table that knows who kept a gate or judged, and nothing else of them."""
    return Holding(
        model=f"allocation.{model}",
        link=link,
        to="account",
        title=title,  # type: ignore[arg-type]
        withheld=dict.fromkeys(columns, reasons.PARTICULARS),
        kept=KEPT,
    )


STEWARD = ("gate_id", "account_id", "named_by_id", "named_at", "ended_at")
ENTRY = (
    *("gate_id", "claim_id", "steward_id", "door", "way", "step", "at", "received_at", "state"),
    *("problem", "judgement", "judged_by_id", "judged_at", "members"),
)
HOLDINGS = (
    Holding(
        model="allocation.Entry",
        link="claim__account_id",
        to="account",
        title=_("Where you came in"),
        exported=("gate_title", "at", "state"),
        withheld={
            **dict.fromkeys(
                ("gate_id", "claim_id", "step", "received_at", "members"), reasons.INTERNAL
            ),
            **dict.fromkeys(
                ("door", "way", "problem", "judgement", "judged_at"), reasons.PARTICULARS
            ),
            **dict.fromkeys(("steward_id", "judged_by_id"), reasons.OFFICERS),
        },
        kept="without the account's identity, so that who came still adds up",
        readers={"gate_title": lambda entry: entry.gate.title},
    ),
    kept("Entry", "steward_id", _("Whom you let in"), *ENTRY),
    kept("Entry", "judged_by_id", _("Entries that you looked at"), *ENTRY),
    kept("Steward", "account_id", _("Gates that you keep"), *STEWARD),
    kept("Steward", "named_by_id", _("Stewards that you named"), *STEWARD),
)
