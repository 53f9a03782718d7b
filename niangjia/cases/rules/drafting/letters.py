"""Which cells the letters of a service item have."""

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Addressee, LetterKind
from niangjia.cases.rules.content.letters import LOCAL_WORDS
from niangjia.cases.rules.drafting.cells import KEY_HELP, Cell

LETTER_HELP = _(
    "A paragraph a line; “# ” begins a heading, “- ” an entry of a list. In braces: the key of a "
    "field, {union}, {date}, {employer}, {item}, {settings.<number>}, {earlier.<letter>}; to the "
    "applicant also {applicant} and {number}."
)
CHOOSE = ("", _("Choose"))

LETTERS = (
    Cell("key", "key", _("Key"), KEY_HELP, required=True),
    Cell("name", "words", _("What officers call it"), required=True),
    Cell(
        "kind",
        "choice",
        _("Kind"),
        choices=[CHOOSE, *LetterKind.choices],
        required=True,
        default="",
    ),
    Cell(
        "to",
        "choice",
        _("To whom"),
        choices=[CHOOSE, *Addressee.choices],
        required=True,
        default="",
    ),
    Cell("mark", "line", _("Mark in its number"), _("At most 6 Chinese characters."), default=""),
    Cell("title", "line", _("Title"), required=True),
    Cell("addressee", "line", _("Addressee"), _("Like {employer} or {applicant}."), required=True),
    Cell("body", "body", _("Text"), LETTER_HELP, required=True),
    Cell("contact", "line", _("Contact"), default=""),
    Cell("decides", "flag", _("Takes the right to decide"), default=False),
)
LETTER_FIELDS = (
    Cell("key", "key", _("Key"), KEY_HELP, required=True),
    Cell("label", "words", _("What is filled in"), required=True),
    Cell("help", "words", _("What helps to fill it in")),
    Cell("long", "flag", _("Several lines"), default=False),
    Cell("required", "flag", _("Needed"), default=True),
    Cell("most", "number", _("At most so many characters"), default=2000, least=1, most=6000),
    Cell("start", "body", _("What stands there at first"), LETTER_HELP, default=""),
)
#: What a place may say differently of a letter.
LOCAL_LETTERS = tuple(c for c in LETTERS if c.name in LOCAL_WORDS and c.name != "key")
