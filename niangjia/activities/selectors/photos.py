"""Photos as everybody sees them, and as their organisers do."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Photo, PhotoRequest, Session, SignUp, State
from niangjia.activities.selectors.finding import may_see
from niangjia.activities.selectors.planning import RUNS
from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import reaches

GONE = _("There is no such page")


def access_gallery(number: str, account: Account | None) -> tuple[Activity, list[Photo]]:
    """An activity that somebody may see, and its photos. Raises `NotFound`, also where none are
    taken. Two queries."""
    found = Activity.objects.select_related("union", "seen_by").filter(number=number[:20]).first()
    if found is None or not found.takes_photos or not may_see(found, account):
        raise NotFound(GONE)
    return found, list(list_shown(found))


def list_shown(activity: Activity) -> QuerySet[Photo]:
    """Those that nobody has asked to take down, in the order of the sessions; none of what was
    called off."""
    shown = Photo.objects.filter(
        session__run__activity=activity,
        session__run__activity__state=State.PUBLISHED,
        hidden_at=None,
    )
    return shown.select_related("session").order_by("session__starts_at", "id")


def access_shown(photo_id: str, account: Account | None) -> Photo:
    """One photo that somebody may see. Raises `NotFound`, once it is hidden alike."""
    key = ids.parse_uuid(photo_id)
    related = ("session__run__activity__seen_by", "session__run__activity__union")
    rows = Photo.objects.select_related("stored", "small", *related)
    found = rows.filter(pk=key, hidden_at=None).first() if key else None
    if found is None or not may_see(found.session.run.activity, account):
        raise NotFound(GONE)
    return found


def list_of_session(session: Session) -> list[Photo]:
    """All of a session, hidden ones with what was asked."""
    waiting = PhotoRequest.objects.filter(decided_at=None).order_by("id")
    rows = Photo.objects.filter(session=session).order_by("id")
    return list(rows.prefetch_related(Prefetch("requests", waiting, to_attr="waiting")))


def list_not_agreed(session: Session) -> list[SignUp]:
    """Who came and did not agree to be seen: to be left out."""
    came = SignUp.objects.filter(attendances__session=session, photos_at=None)
    return list(came.order_by("id"))


def access_photo(posts: Iterable[Post], photo_id: str) -> Photo:
    """A photo of an activity within reach. Raises `NotFound`."""
    key = ids.parse_uuid(photo_id)
    within = scope.within(reaches(posts, RUNS), field="session__run__activity__union__path")
    rows = Photo.objects.filter(within).select_related("session__run__activity__union")
    found = rows.select_related("stored", "small").filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(GONE)
    return found


def access_request(posts: Iterable[Post], request_id: str) -> PhotoRequest:
    """What was asked of a photo within reach. Raises `NotFound`."""
    key = ids.parse_uuid(request_id)
    within = scope.within(reaches(posts, RUNS), field="photo__session__run__activity__union__path")
    rows = PhotoRequest.objects.filter(within)
    found = (
        rows.select_related("photo__session__run__activity__union", "account")
        .filter(pk=key)
        .first()
        if key
        else None
    )
    if found is None:
        raise NotFound(GONE)
    return found
