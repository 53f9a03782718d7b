"""Officers, their posts, and their browsers."""

import datetime as dt

from allauth.account.internal.flows import login
from django.test import Client

from niangjia.core import clock
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
    client.force_login(account, backend=BACKEND)
    session = client.session
    at = clock.now().timestamp()
    methods = [{"method": "code", "at": at}]
    if two_factors:
        methods.append({"method": "mfa", "type": "totp", "at": at})
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session.save()
    return client


def officer_client(post: Post, **options) -> Client:
    """The browser of whoever holds `post`, second factor given."""
    return signed_in(post.account, **options)
