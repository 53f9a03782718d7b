"""Asking the lean door as a server asks it, in this process."""

import json
import threading
from io import BytesIO

from django.core.wsgi import get_wsgi_application
from granian.wsgi import _callback_wrapper

from niangjia.core import clock
from niangjia.members import services as members
from niangjia.members.models import Scope
from niangjia.members.tests.factories.desk import signed_in

SECRET = "0123456789abcdefghijklmnopqrstuv"


class Line:
    """Where an answer arrives, whenever it does."""

    def __init__(self):
        self.has_come = threading.Event()

    def response_bytes(self, status, headers, body):
        self.status, self.headers, self.body = status, dict(headers), body
        self.has_come.set()

    def response_iter(self, status, headers, chunks):
        self.response_bytes(status, headers, b"".join(iter(chunks.__next__, None)))

    @property
    def said(self):
        return json.loads(self.body)


class Site:
    """The site, as granian asks it."""

    def __init__(self):
        self.run = _callback_wrapper(get_wsgi_application(), {})
        self.asked = []

    def __call__(self, line, scope):
        self.asked.append(scope)
        return self.run(line, scope)


def scope_of(pool, *, query="", language="zh-CN", body=b"", **headers):
    return {
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"/api/v1/pools/{getattr(pool, 'pk', pool)}/claims",
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        "HTTP_ACCEPT_LANGUAGE": language,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        **headers,
    }


def ask(door, pool, **told):
    line = Line()
    door(line, scope_of(pool, **told))
    assert line.has_come.wait(60)
    return line


def token_of(account, *scopes):
    text, _token = members.create_token(
        by=account,
        name="test",
        scopes=scopes or [Scope.WRITE],
        days=1,
        second_factor=False,
        now=clock.now(),
    )
    return text


def bearer(account):
    return {"HTTP_AUTHORIZATION": f"Bearer {token_of(account)}"}


def browser(account):
    """What a page of ours sends for whoever is signed in."""
    session = signed_in(account).cookies["session"].value
    return {
        "HTTP_COOKIE": f"session={session}; csrf={SECRET}",
        "HTTP_X_CSRFTOKEN": SECRET,
        "HTTP_ORIGIN": "http://testserver",
    }
