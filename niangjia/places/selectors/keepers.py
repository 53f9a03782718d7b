"""Who answers for a place."""

from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import current_posts, find_acting_post
from niangjia.places.models import Place


def find_keeper(account: Account | None, place: Place) -> Post | None:
    """The post by which an account answers for a place, or None. One query; none for a visitor."""
    if account is None:
        return None
    return find_acting_post(current_posts(account), Action.KEEP_PLACES, place.union.path)
