"""What somebody typed into a form that was not taken: shown to them once more, to be copied."""

import re
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse

#: Words somebody would have to think of anew. Numbers, days, choices, keys and tokens are none.
WORDS = re.compile(r"\S\s+\S|[^\x00-\x7f]")
#: Never shown again, not even to whoever typed them.
SECRET = re.compile(r"passw|passphrase|receipt|token|(^|_)(code|key)$", re.IGNORECASE)
MOST = 40
KEPT = "words_are_kept"


def typed_words(request: HttpRequest) -> list[str]:
    """The words in a form that reached its view. Of one that reached none nothing is read: what
    another site sends here is not shown as if its reader had typed it."""
    if request.method != "POST" or request.resolver_match is None:
        return []
    return [
        value.strip()
        for name, values in request.POST.lists()
        for value in values
        if not SECRET.search(name) and WORDS.search(value.strip())
    ][:MOST]


def keep(request: HttpRequest) -> None:
    """Say that the view itself keeps what was typed, until its sender has signed in."""
    setattr(request, KEPT, True)


def turned_away_to(request: HttpRequest, response: HttpResponse) -> str:
    """Where a form with words in it was sent instead of to its view, to come back `next` when
    signed in; "" when it was not, or its view has kept the words."""
    if getattr(request, KEPT, False):
        return ""
    address = response.get("Location", "")
    comes_back = response.status_code == 302 and "next" in parse_qs(urlsplit(address).query)
    return address if comes_back and typed_words(request) else ""
