"""Photos of an activity, made by the services."""

import datetime as dt
import hashlib
from functools import cache
from io import BytesIO

from niangjia.activities.models import Activity, Photo, PhotoRequest, Session
from niangjia.activities.services import photos
from niangjia.activities.tests.factories import make_activity, make_meeting, make_worker, session_of
from niangjia.core import clock
from niangjia.core.files import Examined, Kind
from niangjia.core.tests.hostile import photo
from niangjia.organisations.models import Union

HOUR = dt.timedelta(hours=1)


@cache
def clean() -> Examined:
    """A picture as the cleaning gives it."""
    content = photo(size=(1200, 900), exif=False)
    digest = hashlib.sha256(content).hexdigest()
    return Examined(Kind.JPEG, "a.jpg", len(content), digest, content, pixels=(1200, 900))


def make_photographed(union: Union | None = None, **fields: object) -> Activity:
    """An activity that takes photos and begins in an hour."""
    now = clock.now()
    meeting = make_meeting(starts_at=now + HOUR, ends_at=now + 3 * HOUR)
    times = {"meeting": meeting, "closes_at": now + HOUR, "takes_photos": True}
    return make_activity(union, **(times | fields))


def make_photo(session: Session, alt: str = "大家在江边走") -> Photo:
    """A photo of it, two hours from now."""
    now = clock.now() + 2 * HOUR
    return photos.add_photo(by=None, session=session, clean=clean(), alt=alt, now=now)


def make_photo_request(union: Union) -> PhotoRequest:
    """Somebody asks that a photo is taken down."""
    made = make_photo(session_of(make_photographed(union)))
    return photos.ask_take_down(by=make_worker(), photo=made, words="拍到了我", now=clock.now())


def sent(content: bytes = b"", name: str = "IMG.jpg") -> BytesIO:
    """A file as a browser sends it."""
    file = BytesIO(content or photo())
    file.name = name
    return file
