"""What an application's state means to the person who waits for it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from niangjia.members.models import Application, ApplicationStatus
from niangjia.members.rules import applications as rules


@dataclass(frozen=True)
class Outlook:
    """One sentence of where it stands, one of what happens next, and how good that is.

    `tone` is "wait", "ok", "bad" or "info"; `late` says that a promise was broken.
    """

    now: str
    next: str
    tone: str
    late: bool = False


def outlook(application: Application, now: dt.datetime) -> Outlook:
    """Where `application` stands at `now` and what happens next. `handled_by` and `union` must be
    loaded; reads `handled_by.parent` when it is late."""
    handler = application.handled_by.name
    match ApplicationStatus(application.status):
        case ApplicationStatus.SUBMITTED if application.is_late(now):
            return _late(application)
        case ApplicationStatus.SUBMITTED:
            return Outlook(
                now=_("Waiting for {union}").format(union=handler),
                next=_(
                    "The answer comes by {date}. If it does not, the union above takes over by "
                    "itself and tells you here."
                ).format(date=_day(application.due_at)),
                tone="wait",
            )
        case ApplicationStatus.ADMITTED:
            return Outlook(
                now=_("You are admitted"),
                next=_("Your member card is ready. Welcome to the family."),
                tone="ok",
            )
        case ApplicationStatus.REFUSED:
            return Outlook(
                now=_("Not admitted this time"),
                next=_("This is about this one union only. Here is what you can do next."),
                tone="bad",
            )
        case ApplicationStatus.WITHDRAWN:
            return Outlook(
                now=_("You have withdrawn it"),
                next=_("Nothing else happens. You can apply again whenever you like."),
                tone="info",
            )
    return Outlook(now=_("Not sent yet"), next=_("Finish the form and send it."), tone="info")


def _late(application: Application) -> Outlook:
    upper = rules.next_handler(application.handled_by)
    if upper is None:
        return Outlook(
            now=_("The answer is late. We are sorry."),
            next=_(
                "{union} promised it by {date} and is the highest that answers. It stays at the "
                "top of its list. Calling 12351 helps: say your number."
            ).format(union=application.handled_by.name, date=_day(application.due_at)),
            tone="bad",
            late=True,
        )
    return Outlook(
        now=_("The answer is late. We are sorry."),
        next=_(
            "{union} promised it by {date}. {upper} takes over within minutes; you need not do "
            "anything."
        ).format(
            union=application.handled_by.name, date=_day(application.due_at), upper=upper.name
        ),
        tone="bad",
        late=True,
    )


def _day(moment: dt.datetime | None) -> str:
    return date_format(localtime(moment), "DATE_FORMAT") if moment else ""
