"""Names of files, fit to be shown, stored and sent back."""

import re
import unicodedata

from django.utils.translation import gettext

from niangjia.core.cleaning.kinds import Kind

#: Characters of a name without its ending. File systems end at 255 bytes, 80 in Chinese.
LONGEST = 60
#: Controls, marks that turn the direction of writing, private and unassigned characters, pictures.
UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Zl", "Zp"}
#: What some system reads as something else than a letter of a name.
SPECIAL = re.compile(r'[\\/:*?"<>|%;`$&#{}\ufe0f]+')
DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
EXTENSION = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)


def clean_name(name: str, kind: Kind) -> str:
    """What a file is called here: its last step without paths, controls, direction marks, emoji and
    endings, at most 60 characters, with the ending that its true kind has. Never empty."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    while EXTENSION.search(last):
        last = EXTENSION.sub("", last)
    spaced = SPECIAL.sub(" ", re.sub(r"\s", " ", last))
    kept = "".join(one for one in spaced if unicodedata.category(one) not in UNWANTED)
    plain = re.sub(r" +", " ", kept).strip(" .-_")[:LONGEST].strip()
    if not plain:
        plain = gettext("file")
    if DEVICES.match(plain):
        plain = f"_{plain}"
    return plain + kind.extension
