"""What a device keeps for the moments without a network: the offline page and the files it needs.

Nothing else. A page that is somebody's, or an answer of the API, is never kept (the worker caches
what is listed here and no more), and a member card's code must not be older than its 30 seconds.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from niangjia.web import styles

SOURCE = Path(__file__).parent / "templates" / "web" / "service_worker.js"
#: Beside the style sheets: what every page and the offline page ask for first.
FIRST = (
    "web/css/dark.css",
    "web/js/connection.js",
    "web/js/offline.js",
    "web/js/page.js",
    "web/mark/mark.svg",
    "vendor/htmx.js",
)


def names() -> list[str]:
    """The static names of the files that are kept, of both faces."""
    sheets = [
        sheet
        for face in styles.FACES
        for sheet in styles.sheets(face, joined=settings.STYLES_JOINED)
    ]
    return sorted({*sheets, *FIRST})


@cache
def page() -> str:
    """The offline page, drawn for nobody: in both languages, without a name, a count or a place."""
    sheets = styles.sheets("portal", joined=settings.STYLES_JOINED)
    return render_to_string("web/offline.html", {"sheets": sheets})


@cache
def script() -> str:
    """The service worker. Its version follows from all it keeps, so that a change of any makes
    browsers take the new one."""
    digest = hashlib.sha256(page().encode() + SOURCE.read_bytes())
    for name in names():
        digest.update(static(name).encode())
        if not settings.COLLECTED and (found := finders.find(name)):
            digest.update(Path(str(found)).read_bytes())
    shell = {
        "version": digest.hexdigest()[:16],
        "offline": reverse("web:offline"),
        "signOut": reverse("account_logout"),
        "assets": [static(name) for name in names()],
    }
    return f"const SHELL = {json.dumps(shell)};\n{SOURCE.read_text()}"
