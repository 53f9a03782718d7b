"""Officers, their posts, and their browsers."""

import datetime as dt

from allauth.account.internal.flows import login
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from niangjia.core import clock
from niangjia.core.edge.sessions import SessionStore
from niangjia.members.models import Account, Post, Reach, Role, Substitution
from niangjia.members.tests.factories.accounts import make_account
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make_post(
    *,
    account: Account | None = None,
    union: Union | None = None,
    role: Role = Role.CHAIR,
    reach: Reach = Reach.SUBTREE,
    **fields,
) -> Post:
    """A post held now, as the node's keeper would set it up."""
    return Post.objects.create(
        account=account or make_account(),
        union=union or make_union(),
        role=role,
        reach=reach,
        appointed_at=fields.pop("appointed_at", clock.now()),
        **fields,
    )


def make_substitution(union: Union) -> Substitution:
    """An officer of `union` is on leave, and a colleague stands in."""
    absent, substitute = (make_post(union=union).account for _ in range(2))
    now = clock.now()
    return Substitution.objects.create(
        absent=absent,
        substitute=substitute,
        starts_at=now,
        ends_at=now + dt.timedelta(days=1),
        named_at=now,
        named_by_account_id=absent.pk,
    )


def signed_in(account: Account, *, two_factors: bool = True, **options) -> Client:
    """A browser in which `account` has just signed in, by default with a second factor."""
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = make_session(account, two_factors=two_factors)
    return client


def make_session(account: Account, *, two_factors: bool = True) -> str:
    """The key of a session as signing in leaves it, without what else happens at the door."""
    at = clock.now().timestamp()
    methods = [{"method": "code", "at": at}]
    if two_factors:
        methods.append({"method": "mfa", "type": "totp", "at": at, "reauthenticated": False})
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            login.AUTHENTICATION_METHODS_SESSION_KEY: methods,
            login._AUTHENTICATION_METHODS_USER_SESSION_KEY: str(account.pk),
        }
    )
    session.create()
    return session.session_key


def officer_client(post: Post, **options) -> Client:
    """The browser of whoever holds `post`, second factor given."""
    return signed_in(post.account, **options)
