"""What is erased where no column leads: sessions, codes and counted tries."""

import datetime as dt

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.sessions.models import Session
from django.db.models import Q

from niangjia.core.crypto import digests_of
from niangjia.core.personal_data import Subject, also_erase
from niangjia.members.models import Attempt, OneTimeCode


@also_erase
def erase_sessions(subject: Subject) -> None:
    """End every session, so that access ends on the next request (promise 34)."""
    keys = UserSession.objects.filter(user_id=subject.account_id).values_list("session_key")
    Session.objects.filter(session_key__in=keys).delete()


@also_erase
def erase_tries(subject: Subject) -> None:
    """Codes and counted tries, which know the number by its digests, under whatever key."""
    if not subject.phone:
        return
    phones = digests_of("phone", subject.phone)
    OneTimeCode.objects.filter(phone_digest__in=phones).delete()
    keys = [
        key_digest
        for action, key in (
            ("code:phone", subject.phone),
            ("guess:phone", subject.phone),
            ("identity", str(subject.account_id)),
            ("identity-claim", str(subject.account_id)),
        )
        for key_digest in digests_of("attempt", f"{action}:{key}")
    ]
    Attempt.objects.filter(key_digest__in=keys).delete()
    names = [name.hex() for name in digests_of("password-tries", subject.phone)]
    for table in (AccessAttempt, AccessFailureLog):
        table.objects.filter(username__in=names).delete()


def purge_old_tries(*, now: dt.datetime) -> int:
    """Drop codes and counted tries older than a day: nothing looks at them any more."""
    before = now - dt.timedelta(days=1)
    codes, _by_table = OneTimeCode.objects.filter(expires_at__lt=before).delete()
    tries, _by_table = Attempt.objects.filter(Q(at__lt=before)).delete()
    return codes + tries
