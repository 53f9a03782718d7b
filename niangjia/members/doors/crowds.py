"""Who many requests come from, asked together: two questions to the database, however many."""

import datetime as dt
import hmac
import re
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from niangjia.core.crypto import macs
from niangjia.core.database import arrays
from niangjia.core.edge.sessions import SessionStore, seal_key
from niangjia.members import services

SESSIONS = """
    SELECT session_key, session_data FROM django_session
    WHERE session_key = ANY(%s::text[]) AND expire_date > %s
"""
PASSWORDS = """
    SELECT id::text, password FROM members_account WHERE id = ANY(%s::uuid[]) AND is_active
"""
#: An id as the database writes it, and a session says it.
ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Accounts by what was asked with; ids are text.
Found = dict[str, str]


def accounts_of_sessions(keys: Collection[str], *, now: dt.datetime) -> Found:
    """The account that is signed in with each session key.

    A key is missing when nobody is: it has ended, the account was closed, its password is another
    one by now (promise 34). It is missing as well when only the framework can tell, after a change
    of the node's secret for one; so ask the framework about those that are missing.
    """
    if not keys:
        return {}
    store = SessionStore()
    said = {
        key: store.decode(data) for key, data in rows(SESSIONS, arrays.of_texts(set(keys)), now)
    }
    signed_in = {
        key: (account_id, session.get(HASH_SESSION_KEY, ""))
        for key, session in said.items()
        if session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and ID.fullmatch(account_id := str(session.get(SESSION_KEY)))
    }
    wanted = arrays.of_words({account_id for account_id, _sealed in signed_in.values()})
    passwords = dict(rows(PASSWORDS, wanted))
    return {
        key: account_id
        for key, (account_id, sealed) in signed_in.items()
        if (password := passwords.get(account_id)) is not None
        and hmac.compare_digest(sealed, auth_hash(password))
    }


def accounts_of_tokens(texts: Collection[str], *, now: dt.datetime) -> Found:
    """The owner of each API token that may write; of any other it is missing (promise 34)."""
    if not texts:
        return {}
    used = services.use_tokens(texts=texts, now=now)
    return {text: str(account_id) for text, account_id in used.items()}


def auth_hash(password: str) -> str:
    """What a session says of its account's password (`Account.get_session_auth_hash`)."""
    salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    key = seal_key(salt, settings.SECRET_KEY)
    return macs.under(key).code(password.encode()).hex()


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    (found,) = connection.together((statement, values))  # type: ignore[attr-defined]
    return list(found)
