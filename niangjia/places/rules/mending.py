"""How much time there is to mend what is wrong, and what it is called.

Working days after the day it was found, by how bad it is; a union that gives itself and those below
fewer days for rectification (`feedback.RectificationTerm`) gives fewer here too. More time is given
before the deadline, with the reason, twice at most, and never for what is dangerous.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.models import Problem, ProblemState, Severity
from niangjia.places.rules import checklists, facilities

WORKING_DAYS = {Severity.MINOR: 10, Severity.MAJOR: 5, Severity.DANGER: 1}
MOST_EXTENSIONS, LONGEST_EXTENSION = 2, 10
LONGEST_WORDS = 300
#: What was found all right and is wrong again within so many days is the same problem.
SAME_WITHIN = dt.timedelta(days=30)


def term(severity: str, most: int) -> int:
    """Working days to mend it, `most` of them by the union's own term."""
    return min(WORKING_DAYS[Severity(severity)], most)


def label_of(problem: Problem) -> Text:
    """What ought to be so and is not."""
    if problem.title:
        return checklists.label_of_supply(problem.title)
    if problem.about.startswith(checklists.OF_FACILITY):
        return facilities.BY_KEY[problem.facility].label
    item = checklists.BY_KEY.get(problem.about)
    return item.label if item else problem.about


def is_late(problem: Problem, now: dt.datetime) -> bool:
    """Whether it should have been mended by now."""
    return problem.state == ProblemState.OPEN and now > problem.due_at


def words_problem(words: str) -> dict[str, Text]:
    """What is wrong with the words of a step."""
    if 2 <= len(words.strip()) <= LONGEST_WORDS:
        return {}
    return {"words": _("Say it in a few words, up to 300 characters.")}
