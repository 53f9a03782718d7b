"""Files people send: checked by content, cleaned, sealed, and handed back safely (ADR 62)."""

from niangjia.core.cleaning.kinds import (
    EVERY_KIND,
    PAPERS,
    PHOTOS,
    RECORDINGS,
    Kind,
    Limits,
)
from niangjia.core.files.examining import LIMITS, Examined, examine
from niangjia.core.files.names import clean_name
from niangjia.core.files.reasons import accept_attribute, kinds_in_words
from niangjia.core.files.serving import attachment
from niangjia.core.files.storing import OpenedFile, erase, open_stored, store

__all__ = [
    "EVERY_KIND",
    "LIMITS",
    "PAPERS",
    "PHOTOS",
    "RECORDINGS",
    "Examined",
    "Kind",
    "Limits",
    "OpenedFile",
    "accept_attribute",
    "attachment",
    "clean_name",
    "erase",
    "examine",
    "kinds_in_words",
    "open_stored",
    "store",
]
