"""Programmes for women workers and for everybody: brands under which many unions act (S16)."""

from dataclasses import asdict, dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Programme:
    """One brand: its page gathers whatever is put on under it, wherever."""

    key: str
    name: Promise
    text: Promise
    icon: str


PROGRAMMES = (
    Programme(
        "rose-reading",
        _("Rose Reading"),
        _("Reading circles, talks with writers and book swaps, near work or home."),
        "book-open",
    ),
    Programme(
        "gathering-of-hearts",
        _("Gathering of Hearts"),
        _("Single workers meet at something they enjoy, in small groups, with somebody who hosts."),
        "heart",
    ),
    Programme(
        "child-care",
        _("Child Care with Love"),
        _("Holiday classes and care for workers' children while their parents are at work."),
        "baby",
    ),
    Programme(
        "health-care",
        _("Care for Health"),
        _("Check-ups, talks by doctors, and somebody to ask about what one does not like to ask."),
        "heart-pulse",
    ),
    Programme(
        "digital-skills",
        _("Digital Skills for Women"),
        _("From the first spreadsheet to selling on the network, in the evening and for nothing."),
        "laptop",
    ),
)

BY_KEY = {programme.key: programme for programme in PROGRAMMES}
CHOICES = tuple((programme.key, programme.name) for programme in PROGRAMMES)
WORDS_MAX = 120


@dataclass(frozen=True, kw_only=True)
class PageDraft:
    """What a union writes on its page of a programme; the fields are those of
    `models.ProgrammePage`."""

    summary: str
    text: str = ""
    phone: str = ""

    def values(self) -> dict[str, str]:
        """By the names of the columns."""
        return {name: value.strip() for name, value in asdict(self).items()}


LENGTHS: dict[str, tuple[int, int, Promise]] = {
    "summary": (1, 120, _("Say in one sentence, up to 120 characters, what people find here.")),
    "text": (0, 2000, _("Please keep to 2,000 characters.")),
    "phone": (0, 30, _("A telephone number has up to 30 characters.")),
}


def page_problems(programme: str, draft: PageDraft) -> dict[str, Promise]:
    """What is wrong with a page, by field."""
    values = draft.values()
    found = {
        name: words
        for name, (shortest, longest, words) in LENGTHS.items()
        if not shortest <= len(values[name]) <= longest
    }
    if programme not in BY_KEY:
        found["programme"] = _("Choose one of the programmes.")
    return found
