"""Whoever asked moves to another province, whose union keeps its own node: the case stays here and
goes on, and with their consent its record goes along (PIPL, Article 23)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind, State
from niangjia.cases.rules import records, story
from niangjia.cases.rules.wording import in_words
from niangjia.cases.selectors import document_of
from niangjia.cases.services import locking, telling, timeline, timing
from niangjia.cases.services.reading import HANDLING, Reading, read_case
from niangjia.cases.services.timeline import Said
from niangjia.core import audit, documents, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Post
from niangjia.members.selectors.views_of_data import names_of_unions
from niangjia.regions.models import Division, Level

OPEN_STATES = (State.OPEN, State.PAUSED)
#: Which words were agreed to; raised when they say something else.
WORDING = 1


@transactions.atomic
def tell_move(
    *, owner: bytes, case_id: uuid.UUID, province: str, agreed: bool, now: dt.datetime
) -> Case:
    """The applicant says that they move to another `province` (its code). Their case stays with the
    union that has it, so that nothing begins anew and no term is lost; its officers are told. With
    `agreed` the record of the case may be given to the union there: by the applicant, who can fetch
    it from then on, or by an officer. The same twice is once.

    Raises `NotFound`, `Conflict` "closed" and "withdrawn", `Invalid` on `province` for one there is
    not or in which the case is.
    """
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
        locking.check_open(case, states=OPEN_STATES)
    chosen = find_province(case, province)
    facts = {"province": chosen.name, "agreed": agreed, "wording": WORDING}
    with protection.working("cases.move"):
        if last_move(case) == facts:
            return case
        timeline.write_entry(
            case, EntryKind.MOVED, now=now, by=case.applicant_id, facts=facts, is_public=True
        )
        told = {"to": chosen.name}
        telling.tell_officers(case, case.handler, "desk.case_moved_away", now=now, facts=told)
    return case


def find_province(case: Case, code: str) -> Division:
    """The province of this code, if it is another than the case's. Raises `Invalid`."""
    found = Division.objects.filter(level=Level.PROVINCE, code=code).first()
    if found is None or case.division.code[:2] == found.code[:2]:
        problem = _("Choose the province you move to: another than the one you are in.")
        raise Invalid(problem, code="no-province", fields={"province": problem})
    return found


def last_move(case: Case) -> dict[str, object]:
    """What was said last about moving away; empty where nothing was."""
    last = case.entries.filter(kind=EntryKind.MOVED, facts__has_key="province")
    found = last.order_by("-number").first()
    return dict(found.facts) if found else {}


def may_go_along(timeline: Sequence[tuple[CaseEntry, Said]]) -> bool:
    """Whether the record of a case, whose timeline this is, may be given to another province."""
    moves = [entry.facts for entry, _said in timeline if "province" in entry.facts]
    return bool(moves) and bool(moves[-1].get("agreed"))


@transactions.atomic
def take_record(
    *, by: Account, posts: Sequence[Post], number: str, purpose: str = "", now: dt.datetime
) -> bytes:
    """The record for an officer, who gives it to the union there: as opening the case itself, and
    recorded once more. Raises what `read_case` and `record_of` raise."""
    reading = read_case(by=by, posts=posts, number=number, purpose=purpose, now=now)
    made = record_of(reading, now=now)
    audit.record(
        action="case.record-taken",
        by=by.pk,
        subject=f"case:{reading.case.pk}",
        union_id=reading.case.handler_id,
        person_id=reading.case.person_id,
        purpose=HANDLING,
    )
    return made


def record_of(reading: Reading, *, now: dt.datetime) -> bytes:
    """The record of an opened case, as a PDF in Chinese: what was said and what the applicant may
    read of what happened. Raises `Conflict` "not-agreed" where they have not agreed to it."""
    if not may_go_along(reading.timeline):
        raise Conflict(
            _("The applicant has not agreed that the record goes to another province."),
            code="not-agreed",
        )
    case = reading.case
    with translation.override("zh-hans"):
        return documents.render(
            documents.Letter(
                issuer=case.handler.name,
                title=gettext("Record of a case for another union"),
                issued_date=timing.day_of(now),
                body=body_of(reading),
            )
        )


def body_of(reading: Reading) -> list[documents.Block]:
    """The body of the record, in the language that holds."""
    case, item = reading.case, document_of(reading.case.snapshot_id)
    entries = [(entry, said) for entry, said in reading.timeline if entry.is_public]
    _accounts, unions = story.ids_in(entries)
    names = story.Names(unions=names_of_unions(unions))
    present = item.step(case.step) if case.is_open else None
    facts = [
        (gettext("Service"), str(item.name)),
        (gettext("Number"), case.number),
        (gettext("Union"), case.handler.name),
        (gettext("Opened"), records.date_of(case.opened_at)),
        (gettext("Now"), str(present.name) if present else str(case.get_state_display())),
    ]
    if case.is_open:
        facts.append((gettext("Next date"), records.date_of(case.next_due_at)))
    return records.body_of(
        facts=facts,
        answers=in_words(item.form, reading.told.answers, reading.files),
        happenings=story.told(entries, item, names, to_applicant=True, files=reading.files),
    )
