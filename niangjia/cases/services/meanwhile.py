"""What is told to whoever comes second to a step."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.rules import story
from niangjia.cases.rules.content import Item
from niangjia.cases.selectors.surroundings import names_of_officers
from niangjia.cases.services.timeline import Said
from niangjia.core.errors import Conflict, DomainError, NotFound, Text
from niangjia.members.models import Post

TAKEN = _("A colleague has taken this step already. Look at what was done.")


def step_taken(said: Text = TAKEN) -> Conflict:
    """The case is no longer at the step that was seen."""
    return Conflict(said, code="step-taken")


def taken_from(case: Case, document: Item, step: str, post: Post) -> DomainError:
    """The same to whoever holds `post` and sees the case: who was faster, and how `step` ended.
    `NotFound`, with the same words, where it has gone on to a union whose cases are not theirs to
    handle. In the scope of that officer. Two queries."""
    ended = CaseEntry.objects.filter(case=case, kind=EntryKind.STEP, step=step)
    entry = ended.select_related("union").order_by("-number").first()
    said: Text = TAKEN
    if entry is not None:
        names = story.Names(names_of_officers({entry.account_id} if entry.account_id else set()))
        told = story.happening(entry, Said(), document, names, False, {})
        said = _("%(who)s was faster: %(what)s, %(at)s.") % {
            "who": told.who or told.union,
            "what": told.title,
            "at": date_format(localtime(told.at), "DATETIME_FORMAT"),
        }
    return step_taken(said) if post.scope.covers(case.handler_path) else NotFound(said)
