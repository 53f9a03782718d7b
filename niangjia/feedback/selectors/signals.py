"""Signs of manipulation, as the unions above see them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.feedback.models import Signal
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors import reaches


def list_signals(posts: Sequence[Post], *, judged: bool = False) -> QuerySet[Signal]:
    """Signals at unions below those of `posts`: nobody judges their own. Order by `-id`."""
    where = reaches(posts, Action.RECTIFY)
    own = Q(union__path__in=[reach.path for reach in where])
    below = scope.within(where, field="union__path") | scope.within(
        where, field="union__parent__path"
    )
    return (
        Signal.objects.filter(below, judged_at__isnull=not judged)
        .exclude(own)
        .select_related("union")
    )


def access_signal(posts: Sequence[Post], signal_id: str) -> Signal:
    """One that nobody has judged yet. Raises `NotFound`."""
    key = ids.parse_uuid(signal_id)
    found = key and list_signals(posts).filter(pk=key).first()
    if not found:
        raise NotFound(_("There is no such page"))
    return found
