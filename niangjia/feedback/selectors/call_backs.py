"""Who must still be called, as officers other than the rated one see it."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, protection, scope
from niangjia.core.errors import NotFound
from niangjia.feedback.models import CallBack, Rating
from niangjia.feedback.selectors.orders import not_own
from niangjia.feedback.selectors.protection import open_to
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors import reaches

#: The order of the list, for `core.pagination.page_of`.
ORDER = ("due_at", "id")


def visible_call_backs(account: Account, posts: Sequence[Post]) -> QuerySet[CallBack]:
    """The call-backs these posts of `account` may make: within reach, not of their own work, and
    not about an employer they are tied to."""
    where = scope.within(reaches(posts, Action.CALL_BACK), field="union__path")
    return CallBack.objects.filter(
        where, open_to(account, way="rating__invitation__"), not_own(account)
    )


def list_call_backs(
    account: Account, posts: Sequence[Post], *, done: bool = False
) -> QuerySet[CallBack]:
    """Those still to make, or those done. Order by `ORDER`."""
    return (
        visible_call_backs(account, posts)
        .filter(done_at__isnull=not done)
        .select_related("union", "rating__invitation")
    )


def find_call_back(rating: Rating) -> CallBack | None:
    """The call that a bad rating asks for, if we know whom to call, for whoever rated."""
    return CallBack.objects.filter(rating=rating).first()


def access_call_back(account: Account, posts: Sequence[Post], call_back_id: str) -> CallBack:
    """One of them. Raises `NotFound`."""
    key = ids.parse_uuid(call_back_id)
    wanted = visible_call_backs(account, posts).select_related(
        "union", "rating__invitation__person", "rating__invitation__account"
    )
    with protection.viewing(account=account.pk):
        found = key and wanted.filter(pk=key).first()
    if not found:
        raise NotFound(_("There is no such page"))
    return found
