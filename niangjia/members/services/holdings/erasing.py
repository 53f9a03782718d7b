"""What is erased where no column leads: sessions, codes and counted tries."""

import datetime as dt

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.sessions.models import Session
from django.db.models import Q

from niangjia.core.crypto import digest
from niangjia.core.personal_data import Subject, also_erase
from niangjia.members.models import Attempt, OneTimeCode


@also_erase
def erase_sessions(subject: Subject) -> None:
    """End every session, so that access ends on the next request (promise 34)."""
    keys = UserSession.objects.filter(user_id=subject.account_id).values_list("session_key")
    Session.objects.filter(session_key__in=keys).delete()


@also_erase
def erase_tries(subject: Subject) -> None:
    """Codes and counted tries, which know the number by its digests."""
    if not subject.phone:
        return
    OneTimeCode.objects.filter(phone_digest=digest("phone", subject.phone)).delete()
    keys = [
        digest("attempt", f"{action}:{key}")
        for action, key in (
            ("code:phone", subject.phone),
            ("guess:phone", subject.phone),
            ("identity", str(subject.account_id)),
        )
    ]
    Attempt.objects.filter(key_digest__in=keys).delete()
    name = digest("password-tries", subject.phone).hex()
    for table in (AccessAttempt, AccessFailureLog):
        table.objects.filter(username=name).delete()


def purge_old_tries(*, now: dt.datetime) -> int:
    """Drop codes and counted tries older than a day: nothing looks at them any more."""
    before = now - dt.timedelta(days=1)
    codes, _by_table = OneTimeCode.objects.filter(expires_at__lt=before).delete()
    tries, _by_table = Attempt.objects.filter(Q(at__lt=before)).delete()
    return codes + tries
