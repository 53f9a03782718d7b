"""The public notice: what is published while a step of a case `announces` (公示)."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind, PublicNotice
from niangjia.cases.rules import content
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.services import telling, timeline, timing
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.working_calendar import Calendar
from niangjia.members.rules.masking import masked_name

#: The question of a form by which the applicant agrees to be published (Personal Information
#: Protection Law, Article 25).
CONSENT = "notice_consent"
OBJECTION_LENGTHS = (10, 2_000)
#: What nobody could read any more: from there on it is noise, or somebody's machine.
MOST_OBJECTIONS = 50


def announce(
    case: Case, step: content.Step, calendar: Calendar, *, now: dt.datetime
) -> PublicNotice | None:
    """What was published before ends; `step`, which a locked case has just come to, is published
    if it announces and the applicant has agreed. Never a complaint, and never a decoy: nobody
    asked for that. As background work."""
    end_notice(case, now=now)
    if not step.announces or case.is_complaint or is_decoy(case):
        return None
    told = timeline.told_in(case)
    if told["answers"].get(CONSENT) is not True:
        return None
    name = document_of(case.snapshot_id).name
    return PublicNotice.objects.create(
        case=case,
        item=case.item,
        item_name={"zh": name.zh, "en": name.en},
        union=case.handler,
        masked_name=masked_name(told.get("name") or ""),
        published_at=now,
        until_at=timing.end_of_step(case, calendar),
    )


def follow(case: Case, calendar: Calendar) -> None:
    """The clock of a locked case was set anew, or another union has it: what is published of it
    lasts as long as its step does, and says so. As background work. One query, none for a step
    that announces nothing."""
    step = document_of(case.snapshot_id).step(case.step)
    if step is not None and step.announces:
        PublicNotice.objects.filter(case=case, ended_at__isnull=True).update(
            union=case.handler, until_at=timing.end_of_step(case, calendar)
        )


def end_notice(case: Case, *, now: dt.datetime) -> None:
    """A case is published no longer: it went on, ended, or was taken back."""
    PublicNotice.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now)


@transactions.atomic
def object_to_notice(*, notice_id: uuid.UUID, words: str, now: dt.datetime) -> None:
    """Somebody says that what is published is not right. They need not say who they are; officers
    read it on the case and decide, and the applicant is not shown it; while its clock stands still
    as well. Raises `Invalid` on `words`, `NotFound`, `Conflict` "notice-over" once the term has run
    out."""
    said = words.strip()
    if not OBJECTION_LENGTHS[0] <= len(said) <= OBJECTION_LENGTHS[1]:
        problem = _("Say what is not right, in 10 to 2,000 characters.")
        raise Invalid(problem, code="words-needed", fields={"words": problem})
    with protection.working("cases.objection"):
        notice = PublicNotice.objects.filter(pk=notice_id).first()
        if notice is None:
            raise NotFound(_("There is no such page"))
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("handler", "item")
            .get(pk=notice.case_id)
        )
        notice.refresh_from_db()
        if notice.ended_at or notice.until_at < now or not case.is_open:
            raise Conflict(
                _("This notice is over. Call 12351, or write to the union."), code="notice-over"
            )
        if case.entries.filter(kind=EntryKind.OBJECTED_TO_NOTICE).count() >= MOST_OBJECTIONS:
            raise Conflict(
                _("Very many have objected already; the union is looking into it."), code="enough"
            )
        timeline.write_entry(
            case, EntryKind.OBJECTED_TO_NOTICE, now=now, union=case.handler, words=said
        )
        telling.tell_officers(case, case.handler, "desk.notice_objection", now=now)
