"""Personal names as they stand on the document."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from niangjia.core import errors

MAX_LENGTH = 50
MIDDLE_DOT = "·"
#: Everything keyboards produce for the dot in 买买提·艾力.
DOT_VARIANTS = re.compile(r"\s*[·•・‧∙⋅⸱᛫･․●．]\s*")
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\.(?=[{HAN}])")
SPACE_IN_HAN = re.compile(rf"(?<=[{HAN}{MIDDLE_DOT}])\s+(?=[{HAN}{MIDDLE_DOT}])")
WHOLLY_ALLOWED = re.compile(rf"[{HAN}{MIDDLE_DOT} '\-.A-Za-zÀ-ɏḀ-ỿ]+")


def normalised(text: str) -> str:
    """`text` as a name: one kind of middle dot, single spaces, nothing but letters.

    Chinese characters of every plane are names, 㛃 and 𬎆 as much as 王 (GB 18030 asks for them);
    emoji, markup, digits and invisible direction marks are not. Raises `Invalid` on "name".
    """
    name = unicodedata.normalize("NFC", text).replace("\u3000", " ").replace("’", "'")
    name = DOT_VARIANTS.sub(MIDDLE_DOT, name.strip())
    name = BETWEEN_HAN.sub(MIDDLE_DOT, " ".join(name.split()))
    name = SPACE_IN_HAN.sub("", name)
    if not name:
        raise refused(_("Enter your name."))
    if len(name) > MAX_LENGTH:
        raise refused(_("A name has at most 50 characters."))
    letters = name.strip(f"{MIDDLE_DOT} '-.")
    if not WHOLLY_ALLOWED.fullmatch(name) or len(letters) < 2 or letters != name.rstrip("."):
        raise refused(
            _("Enter the name exactly as on your document: Chinese characters or Latin letters.")
        )
    return name


def refused(message: errors.Text) -> errors.Invalid:
    """The refusal of a name, beside its field."""
    return errors.Invalid(message, code="invalid-name", fields={"name": message})


def alike(one: str, other: str) -> bool:
    """Whether two names are the same name, whatever dots and capitals were typed."""
    return normalised(one).casefold() == normalised(other).casefold()
