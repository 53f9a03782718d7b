"""Letters: written, handed over, answered, withdrawn, checked."""

from niangjia.cases.services.letters.following import begin_follow_up
from niangjia.cases.services.letters.heads import opened as open_seal
from niangjia.cases.services.letters.heads import set_letter_head
from niangjia.cases.services.letters.naming import (
    agree_to_naming,
    agreed_in,
    has_agreed,
    note_naming,
)
from niangjia.cases.services.letters.opening import (
    OpenLetter,
    find_file,
    open_document,
    open_own_letter,
    read_letter,
)
from niangjia.cases.services.letters.preparing import Draft
from niangjia.cases.services.letters.recording import (
    Upload,
    answer_letter,
    serve_letter,
    withdraw_letter,
)
from niangjia.cases.services.letters.verifying import Verified, is_same, verify_letter
from niangjia.cases.services.letters.writing import issue_letter, preview_letter

__all__ = [
    "Draft",
    "OpenLetter",
    "Upload",
    "Verified",
    "agree_to_naming",
    "agreed_in",
    "answer_letter",
    "begin_follow_up",
    "find_file",
    "has_agreed",
    "is_same",
    "issue_letter",
    "note_naming",
    "open_document",
    "open_own_letter",
    "open_seal",
    "preview_letter",
    "read_letter",
    "serve_letter",
    "set_letter_head",
    "verify_letter",
    "withdraw_letter",
]
