"""Handing a stored file back, so that no browser runs any of it."""

from urllib.parse import quote

from django.http import StreamingHttpResponse

from niangjia.core.files.storing import OpenedFile


def attachment(opened: OpenedFile) -> StreamingHttpResponse:
    """The file as a download, streamed: kept by nobody, never shown in the page's own origin."""
    response = StreamingHttpResponse(opened.chunks(), content_type=opened.kind.media_type)
    response["Content-Disposition"] = disposition(opened.name)
    response["Content-Length"] = str(opened.size)
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
