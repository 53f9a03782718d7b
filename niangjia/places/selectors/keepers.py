"""Who answers for a place."""

from niangjia.members.models import Account
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import current_posts, find_acting_post
from niangjia.places.models import Keeper, Place


def answers_for(account: Account | None, place: Place) -> bool:
    """Whether an account keeps the place, or holds a post that answers for it. Two queries at most;
    none for a visitor."""
    if account is None:
        return False
    if Keeper.objects.filter(place=place, account=account, ended_at=None).exists():
        return True
    post = find_acting_post(current_posts(account), Action.KEEP_PLACES, place.union.path)
    return post is not None
