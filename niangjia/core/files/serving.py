"""Handing a stored file back, so that no browser runs any of it."""

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from niangjia.core.files.storing import OpenedFile

R = TypeVar("R", bound=HttpResponseBase)


def attachment(opened: OpenedFile) -> StreamingHttpResponse:
    """The file as a download, streamed: kept by nobody, never shown in the page's own origin."""
    response = StreamingHttpResponse(opened.chunks(), content_type=opened.kind.media_type)
    response["Content-Length"] = str(opened.size)
    return as_download(response, opened.name)


def pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF that was made just now and is kept nowhere, handed out the same way."""
    return as_download(HttpResponse(made, content_type="application/pdf"), name)


def as_download(response: R, name: str) -> R:
    """`response`, which carries a file of this name, as what no browser runs or keeps."""
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    # Pictures and archives are packed already; unpacked lengths stay true.
    response["Content-Encoding"] = "identity"
    return response


def disposition(name: str) -> str:
    """`Content-Disposition` with a name in any script (RFC 6266, RFC 8187)."""
    ending = name.rpartition(".")[2]
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in " ._-")).strip(" .")
    if len(plain) <= len(ending):
        plain = f"file.{ending}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
