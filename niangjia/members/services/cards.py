"""An officer looks at whose card it is; the member sees that they did."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Membership
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.cards import CardReading
from niangjia.members.selectors.posts import current_posts, holding


@transactions.atomic
def check_card(*, by: Account, reading: CardReading, now: dt.datetime) -> Membership:
    """The member behind a valid card, for an officer who may check cards.

    A card is shown by its holder, so any union's officer may see whose it is, wherever the member
    belongs; each look is written down and shown to the member (promise 6). Raises `NotFound`
    without such a post, or when the card is not valid.
    """
    posts = holding(current_posts(by), Action.CHECK_CARDS)
    if not posts or reading.membership is None:
        raise NotFound(_("There is no such member."))
    membership = reading.membership
    audit.record(
        action="card.checked",
        by=by.pk,
        subject=f"membership:{membership.pk}",
        union_id=posts[0].union_id,
        person_id=membership.person_id,
        purpose="card_check",
    )
    return membership
