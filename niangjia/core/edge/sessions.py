"""Where sessions are: in the database, as Django keeps them, asked for without detours."""

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from niangjia.core.prepared import Given, Prepared


@cache
def running() -> Prepared[Session]:
    """The session of a key, unless it has ended."""
    return Prepared(Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


class SessionStore(db.SessionStore):
    """Django's own, but for the question that every request of somebody signed in asks."""

    def _get_session_from_db(self) -> Session | None:
        found = running().instances(key=self.session_key, now=timezone.now())
        session = next(found, None)
        if session is None:
            self._session_key = None
        return session
