"""Which cells each part of a service item has."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.catalogue import GROUPS
from niangjia.cases.rules.content import Result
from niangjia.cases.rules.drafting.cells import KEY_HELP, UNITS, Cell
from niangjia.cases.rules.drafting.letters import LETTERS
from niangjia.cases.rules.drafting.questions import KEPT
from niangjia.cases.rules.questions import PREFILLS
from niangjia.cases.rules.wording import RESULTS

CEL_HELP = _(
    "True where the condition holds. Names: answers.<question>, person.age, person.is_member, "
    "person.months_a_member, person.gender, settings.<number>."
)

FILE_KINDS = (("photos", _("Photos")), ("papers", _("Papers")), ("recordings", _("Recordings")))

ABOUT = (
    Cell("name", "words", _("Name of the service"), required=True),
    Cell("summary", "long", _("In one or two sentences"), required=True),
    Cell("audience", "words", _("For whom"), required=True),
    Cell(
        "group",
        "choice",
        _("What it is about"),
        choices=[(key, name) for key, (name, _icon) in GROUPS.items()],
        default="voice",
    ),
    Cell(
        "kind",
        "choice",
        _("Kind"),
        _("A complaint names an employer, whose people never see it."),
        choices=[("service", _("A service")), ("complaint", _("A complaint"))],
        default="service",
    ),
    Cell(
        "open_to",
        "choice",
        _("Who may ask"),
        choices=[
            ("anyone", _("Anybody")),
            ("members", _("Members")),
            ("unions", _("Unions")),
            ("organisations", _("Organisations")),
            ("officers", _("Nobody: officers begin it from another case")),
        ],
        default="anyone",
    ),
    Cell("anonymous", "flag", _("Without saying who one is (complaints only)"), default=False),
    Cell("group_allowed", "flag", _("Also for several people at once"), default=False),
    Cell(
        "about_officers",
        "flag",
        _("May be about somebody who works at a union"),
        _("They never see it, and it goes to the union above theirs."),
        default=False,
    ),
    Cell(
        "begins",
        "choice",
        _("Where it begins"),
        choices=[
            ("membership", _("At the union of the membership")),
            ("place", _("At the union of the place")),
        ],
        default="membership",
    ),
    Cell(
        "level",
        "number",
        _("No lower in the tree than"),
        _("1 province, 2 city, 3 county, 4 township, 9 the lowest."),
        default=9,
        most=9,
    ),
    Cell("contact", "words", _("Whom to ask")),
    Cell(
        "again_after_months",
        "number",
        _("May be asked for again after so many months"),
        least=1,
        most=36,
    ),
    Cell(
        "urgent.when",
        "code",
        _("Somebody may be in danger where (CEL)"),
        _("Over the answers. Officers are told at once. Empty: never."),
    ),
    Cell(
        "urgent.kind",
        "choice",
        _("Kind of danger"),
        choices=[("danger", _("Danger to life")), ("suicide", _("Risk of suicide"))],
        default="danger",
    ),
    Cell("urgent.words", "long", _("What whoever asks reads first then")),
    Cell(
        "follow_ups",
        "names",
        _("Officers may begin from a case of it"),
        _("The keys of services, one a line."),
    ),
)
BASIS = (
    Cell("title", "words", _("Law or document"), required=True),
    Cell("article", "words", _("Article"), _("Leave it out rather than guess.")),
)
AMOUNTS = (
    Cell("key", "name", _("Key"), KEY_HELP, required=True),
    Cell("words", "words", _("What it is, with its unit"), required=True),
    Cell(
        "value",
        "value",
        _("Holds until a place sets its own"),
        _("Leave it empty where each place has to set it: no amount is made up."),
    ),
)
CONDITIONS = (
    Cell("key", "key", _("Key"), KEY_HELP, required=True),
    Cell("text", "words", _("In plain words"), required=True),
    Cell("when", "code", _("Condition (CEL)"), CEL_HELP, required=True),
    Cell("basis", "words", _("On what it rests"), _("The article, or local rules."), required=True),
)
MATERIALS = (
    Cell("key", "key", _("Key"), KEY_HELP, required=True),
    Cell("name", "words", _("What is handed in"), required=True),
    Cell("required", "flag", _("Needed"), default=True),
    Cell("when", "code", _("For whom (CEL); empty for everybody"), default=""),
    Cell("how", "words", _("What will do in its place")),
    Cell("kinds", "several", _("Kinds of files; none ticked: any"), choices=FILE_KINDS),
)
STEPS = (
    Cell("key", "key", _("Key"), KEY_HELP, required=True),
    Cell("name", "words", _("Name of the step"), required=True),
    Cell("note", "words", _("What the applicant reads while it lasts"), required=True),
    Cell(
        "by",
        "choice",
        _("Whose turn it is"),
        choices=[
            ("handler", _("The union that has it")),
            ("upper", _("The union above")),
            ("first", _("The union it belongs to")),
            ("applicant", _("The applicant")),
        ],
        default="handler",
    ),
    Cell("term", "term", _("Days for it")),
    Cell(
        "term.days_setting",
        "line",
        _("Days that each place sets (the key of a number)"),
        default="",
    ),
    Cell("term.unit_setting", "line", _("Its kind of days (the key of a number)"), default=""),
    Cell(
        "after_letter",
        "line",
        _("Counts from when this letter was handed over (its key)"),
        default="",
    ),
    Cell("decides", "flag", _("Takes the right to decide"), default=False),
    Cell("public", "flag", _("The applicant reads what was said"), default=True),
    Cell("announces", "flag", _("On the public notice while it lasts"), default=False),
    Cell("another", "flag", _("By somebody who took no earlier step"), default=False),
)
OUTCOMES = (
    Cell("key", "key", _("Key"), KEY_HELP, required=True),
    Cell("name", "words", _("How it can end"), required=True),
    Cell("next", "line", _("Goes on to"), _("The key of a step, or closed."), required=True),
    Cell(
        "result",
        "choice",
        _("Result, where it closes"),
        choices=[("", _("None")), *((each.value, RESULTS[each]) for each in Result)],
        default=None,
    ),
    Cell("needs_reason", "flag", _("Asks for a reason that the applicant reads"), default=False),
    Cell("needs_answers", "flag", _("The step’s questions must be answered"), default=True),
    Cell("on_silence", "flag", _("Taken by the clock when the term ends"), default=False),
    Cell("after_term", "flag", _("What follows begins when the term ends"), default=False),
    Cell("then_within", "term", _("What follows has, as a whole")),
    Cell("document", "line", _("Letter that goes out (its template)"), default=""),
)
KINDS = (
    ("text", _("A few words")),
    ("long", _("Several lines")),
    ("integer", _("A whole number")),
    ("number", _("A number")),
    ("date", _("A day")),
    ("yes_no", _("Yes or no")),
    ("choice", _("One of several")),
    ("choices", _("Some of several")),
    ("agree", _("A consent to tick")),
    ("files", _("Files")),
    ("group", _("Rows: the same questions of each")),
    (KEPT, _("As it stands in the document")),
)
QUESTIONS = (
    Cell("key", "name", _("Key"), KEY_HELP, required=True),
    Cell("kind", "choice", _("Kind of answer"), choices=KINDS, default="text"),
    Cell("label", "words", _("What is asked"), required=True),
    Cell("help", "words", _("What helps to answer it")),
    Cell("required", "flag", _("Must be answered"), default=False),
    Cell("options", "options", _("Choices, one a line"), _("value | Chinese | English")),
    Cell("least", "number", _("Least: number, or characters"), most=100_000_000),
    Cell("most", "number", _("Most: number, or characters"), most=100_000_000),
    Cell("show_field", "line", _("Asked only where this question"), default=""),
    Cell("show_equals", "line", _("has this answer (yes and no for yes or no)"), default=""),
    Cell("past", "flag", _("A day that is not in the future"), default=False),
    Cell(
        "prefill",
        "choice",
        _("Filled in from what is known"),
        choices=[("", _("No")), *((name, name) for name in PREFILLS)],
        default="",
    ),
    Cell("row", "words", _("Rows: what one of them is called")),
    Cell("kinds", "several", _("Files: their kinds; none ticked: any"), choices=FILE_KINDS),
    Cell("material", "line", _("Files: the material they are (its key)"), default=""),
)
#: What is asked in each row of a group: neither files nor rows in rows.
IN_ROWS = tuple(
    replace(cell, choices=[each for each in KINDS if each[0] not in ("files", "group")])
    if cell.name == "kind"
    else cell
    for cell in QUESTIONS
    if cell.name not in ("row", "kinds", "material")
)
TERMS = (
    Cell("promised_term", "term", _("Promised to the applicant"), required=True),
    Cell("legal_term", "term", _("Allowed by law")),
    Cell("legal_term.source", "words", _("The text that says so")),
    Cell("suspension.allowed", "flag", _("The clock may stand still"), default=False),
    Cell("suspension.most_days", "number", _("For so many days in all"), default=0, most=365),
    Cell(
        "suspension.reasons",
        "lines",
        _("Reasons to stand still, one a line"),
        _("Chinese | English"),
    ),
    Cell("extension.days", "number", _("May be made longer by so many days"), most=365),
    Cell(
        "extension.unit",
        "choice",
        _("Kind of days"),
        choices=UNITS,
        default="working",
    ),
    Cell("extension.times", "number", _("So many times"), default=1, most=5),
)

#: Parts that are one form.
SINGLE = {"about": ABOUT, "terms": TERMS}
#: Parts that are a list of rows, and the field that holds them.
ROWS = {
    "basis": ("legal_basis", BASIS),
    "conditions": ("eligibility", CONDITIONS),
    "materials": ("materials", MATERIALS),
    "steps": ("steps", STEPS),
    "letters": ("letters", LETTERS),
}
