"""Why an officer looks at personal data. Stated before, recorded with it, shown to whose it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: What is stated in words has a maximum so that choice and words fit the audit entry together.
WORDS_MAX_LENGTH = 160


class LookUpPurpose(TextChoices):
    """The purposes there are. Curiosity is none of them (Personal Information Protection Law,
    Article 6: a definite and reasonable purpose, the least that it needs)."""

    ASKED = "asked", _("The member asked us to")
    APPLICATION = "application", _("To decide an application")
    CORRECTION = "correction", _("To correct the membership register")
    SERVICE = "service", _("To give the member a service or help")
    LAWFUL_REQUEST = "lawful_request", _("A request that the law obliges us to answer")


#: What is recorded without being chosen from the list above.
UNCHOSEN = {
    "card_check": _("You showed your member card"),
    "case_handling": _("To handle what you asked for"),
    "call-back": _("To call you back and ask how it was done"),
    "incident": _("To find out whose data was seen in a data incident, and to tell them"),
    "emergency_access": _("Somebody was in danger: opened with the consent of a second person"),
}


def stated(purpose: LookUpPurpose | str, words: str = "") -> str:
    """How a purpose is recorded: its code, then what was said in words."""
    return f"{LookUpPurpose(purpose).value}: {words.strip()}".removesuffix(": ")


def in_words(recorded: str) -> str:
    """What `stated` recorded, for people; anything else as it stands."""
    code, _separator, words = recorded.partition(": ")
    if code not in LookUpPurpose.values:
        return str(UNCHOSEN.get(recorded, recorded))
    label = str(LookUpPurpose(code).label)
    return f"{label}：{words}" if words else label
