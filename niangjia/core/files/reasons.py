"""Why a file was not taken, in words that say what to do."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors
from niangjia.core.cleaning.kinds import Kind

#: Code of `cleaning.Refused` → what is said beside the field.
WORDS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Choose it again, or choose another one."),
    "too-large": _(
        "This file has more than %(megabytes)s MB. Send a smaller one: a photo in normal quality, "
        "or a paper in two parts."
    ),
    "too-many-pixels": _(
        "This picture has more than %(megapixels)s million pixels. Make it smaller, or photograph "
        "the paper again."
    ),
    "too-many-pages": _(
        "This PDF has more than %(pages)s pages. Send the pages that matter, or divide it."
    ),
    "too-large-inside": _(
        "This PDF becomes far larger than it looks when it is opened. Print it to PDF anew, or "
        "photograph the pages."
    ),
    "too-complex": _("This file is too intricate to be checked. Save it anew, or photograph it."),
    "archive-bomb": _("This document holds far more than it shows. Save it as PDF and send that."),
    "password": _("This file is locked with a password. Save it without one and send it again."),
    "damaged": _("This file is damaged or incomplete. Save it anew, or choose another one."),
    "macros": _("This document holds a program (macros). Save it as PDF and send that."),
    "embedded": _(
        "Another file is embedded in this document. Send that one by itself, and this one as PDF."
    ),
    "program": _("This is a program, not a document, whatever its name says. It was not taken."),
    "archive": _("This is a packed archive. Unpack it and send the files in it one by one."),
    "old-office": _(
        "This is an old kind of document. Save it as .docx, .xlsx or PDF and send that."
    ),
    "heic": _(
        "This photo is in the iPhone's own format (HEIC). Send a screenshot of it, or choose "
        "“Most Compatible” under Settings > Camera > Formats and take it again."
    ),
    "other-picture": _(
        "This kind of picture is not taken. Save it as JPEG or PNG, or photograph it."
    ),
    "other-recording": _(
        "This kind of recording is not taken. Save it as MP3 or M4A and send that."
    ),
    "video": _("Films are not taken here. Send single pictures from it, or only the sound as MP3."),
    "drawing": _("This drawing (SVG) can hold a program. Save it as PNG or PDF and send that."),
    "web-page": _("This is a web page. Print it to PDF, or send a screenshot."),
    "not-wanted": _("This is %(kind)s. Here you can send %(wanted)s."),
    "unknown": _("We do not know this kind of file. Here you can send %(wanted)s."),
    "busy": _("Many files are being checked just now. Send it again in a minute."),
}
NAMES: dict[Kind, str | Promise] = {
    Kind.JPEG: _("a JPEG photo"),
    Kind.PNG: _("a PNG picture"),
    Kind.WEBP: _("a WebP picture"),
    Kind.PDF: _("a PDF"),
    Kind.DOCX: _("a Word document (.docx)"),
    Kind.XLSX: _("an Excel table (.xlsx)"),
    Kind.MP3: _("an MP3 recording"),
    Kind.M4A: _("an M4A recording"),
    Kind.AMR: _("an AMR recording"),
}


def kinds_in_words(kinds: Collection[Kind]) -> str:
    """The kinds in the order people know them: "a JPEG photo, a PNG picture or a PDF"."""
    names = [str(NAMES[kind]) for kind in Kind if kind in kinds]
    if len(names) < 2:
        return "".join(names)
    return gettext("%(most)s or %(last)s") % {
        "most": gettext(", ").join(names[:-1]),
        "last": names[-1],
    }


def accept_attribute(kinds: Collection[Kind]) -> str:
    """The `accept` attribute of a file field. It asks for JPEG and not for HEIC, so that an iPhone
    converts a photo by itself as it is chosen."""
    wanted = [kind for kind in Kind if kind in kinds]
    return ",".join([kind.media_type for kind in wanted] + [kind.extension for kind in wanted])


def refusal(
    code: str, *, field: str, allowed: Collection[Kind], values: Mapping[str, int | str]
) -> errors.DomainError:
    """The refusal `code` as services raise it, its words beside `field`."""
    said = dict(values)
    if code == "not-wanted":
        said["kind"] = str(NAMES[Kind(str(values["kind"]))])
    words = str(WORDS[code]) % {"wanted": kinds_in_words(allowed), **said}
    if code == "busy":
        return errors.Unavailable(words, code=f"file-{code}")
    return errors.Invalid(words, code=f"file-{code}", fields={field: words})
