"""Opening a case."""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.cases.events import CaseOpened
from niangjia.cases.models import Case, CaseDraft, CaseEntry, CaseFile, EntryKind, Way
from niangjia.cases.models.cases import no_mark
from niangjia.cases.rules import answers as answer_rules
from niangjia.cases.rules import content, eligibility, numbering
from niangjia.cases.rules.materials import unasked_slots
from niangjia.cases.rules.questions import ids_in
from niangjia.cases.selectors import owner_of_account, owner_of_receipt, person_digest
from niangjia.cases.selectors.asking import find_obstacle
from niangjia.cases.selectors.decoys import decoy_mark
from niangjia.cases.selectors.owners import kept_of_receipt
from niangjia.cases.services import (
    about_officers,
    assigning,
    basis,
    drafts,
    figures,
    files,
    routing,
    search_rows,
    telling,
    texting,
    timeline,
    timing,
)
from niangjia.cases.services.about_officers import AboutOfficer
from niangjia.core import crypto, outbox, prepared, protection, transactions
from niangjia.core.crypto import RecordKey
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Person, Post
from niangjia.members.selectors import current_posts
from niangjia.organisations.models import Employer, Union


@dataclass(frozen=True)
class Asking:
    """Who asks, as far as they said. An account for whoever is signed in; `name` and `phone` for
    whoever called or came; nothing of it, and `is_anonymous`, for whoever stays unknown. `owner` is
    the digest of a receipt that they have already, `kept` its hash (`kept_of_receipt`): it opens
    the case as well, and no other is made. `receipt` is the code their form was drawn with, which
    becomes the receipt: the same form sent again is the same case. Who gets a receipt may have text
    messages sent to `phone` when there is news (`may_text`).
    """

    account: Account | None = None
    person: Person | None = None
    name: str = ""
    phone: str = ""
    is_anonymous: bool = False
    owner: bytes = b""
    kept: str = ""
    receipt: str = ""
    may_text: bool = False


@dataclass(frozen=True)
class Matter:
    """What somebody asks for, where, and about whom. `term` takes the place of the one the item
    promises, where whoever takes it in promises by another rule (the hotline's grades), as far as
    the law's term reaches; `language` that of the page, where they speak another. `officer` is
    somebody at a union whom it is about; `follows` a case whose secrets are this one's as well."""

    item_key: str
    union: Union
    answers: Mapping[str, Any] = field(default_factory=dict)
    accused: Sequence[Employer] = ()
    officer: AboutOfficer | None = None
    follows: Case | None = None
    way: Way = Way.PORTAL
    people_count: int = 1
    is_urgent: bool = False
    term: content.Term | None = None
    language: str = ""
    #: Ids of files in the asker's draft that are handed in besides those that answers name.
    files: Sequence[str] = ()


@dataclass(frozen=True)
class Opened:
    """A new case, and the receipt of whoever has no account: shown once, stored nowhere."""

    case: Case
    receipt: str = ""


@transactions.atomic
def open_case(
    *,
    matter: Matter,
    asking: Asking,
    by: Post | None = None,
    is_decoy: bool = False,
    now: dt.datetime,
) -> Opened:
    """Begin a case: from now on its clock runs, and somebody owes an answer.

    It goes to the lowest union, from `matter.union` upward, that is not tied to an employer it
    accuses; about somebody at a union, to the next above that one, and whoever bears their name
    there is kept from it (ADR 158). `by` is the officer who takes it in for somebody; they are none
    of the applicant. Complaints keep who asks under the case's own key alone (promises 4 and 5). A
    decoy (`services.decoys`) looks like any other, accuses nobody and is no news. One whose answers
    say that somebody may be in danger is urgent: its first step is due the same day, and the
    officers are told at once.

    Raises `NotFound` for an item that is not offered there, `Invalid` with a message for each
    answer, "anonymous-not-possible", "no-employer-named", "not-about-officers", "officer-needed",
    `Conflict` "nobody-untied", and those of `rules.asking` for whom the item is not open to, or not
    yet again.
    """
    if asking.receipt and (earlier := opened_under(asking.receipt)):
        return earlier
    with protection.working("cases.open"):
        return begin(matter, asking, by=by, is_decoy=is_decoy, now=now)


def begin(
    matter: Matter, asking: Asking, *, by: Post | None, is_decoy: bool, now: dt.datetime
) -> Opened:
    """See `open_case`. As background work: what is read first is read on one trip, what is written
    goes on another."""
    accused = [employer.pk for employer in matter.accused]
    today = timing.day_of(now)
    receipt = "" if asking.account or asking.owner else asking.receipt or numbering.receipt()
    owner = asking.owner or (
        owner_of_account(asking.account.pk) if asking.account else owner_of_receipt(receipt)
    )
    on = basis.read(
        matter.item_key,
        matter.officer.union if matter.officer else matter.union,
        accused=accused,
        owner=owner,
        to_officers=matter.way == Way.INNER,
        today=today,
    )
    document = on.offered.document
    check_asking(document, matter, asking, is_decoy=is_decoy)
    if not is_decoy:
        check_turn(document, asking, matter.union, now=now)
    said = told(answer_rules.checked(document.form, matter.answers), asking, receipt)
    if matter.officer is not None:
        said["about"] = about_officers.check_who(matter.officer.who)
    kept = about_officers.kept_from(accused, matter.officer, matter.follows)
    level = routing.level_of(document, matter.union)
    handler = routing.handler_in(on.chain, on.tied, level, kept)
    key, sealed_key = crypto.new_key(timeline.context_of(on.case_id))
    case = Case(
        **facts_of(matter, asking, document, said["answers"]),
        id=on.case_id,
        number=numbering.case_number(),
        item=on.offered.item,
        snapshot_id=on.snapshot_id,
        owner_digest=owner,
        sealed_key=sealed_key,
        mark=decoy_mark(on.case_id) if is_decoy else no_mark(),
        answers=key.seal(json.dumps(said, ensure_ascii=False), part="answers"),
        began_at=handler,
        handler=handler,
        handler_path=handler.path,
        accused_ids=accused,
        about_ids=kept.about_ids,
        excluded_ids=kept.excluded_ids,
        opened_at=now,
        changed_at=now,
        due_from=today,
    )
    timing.begin_step(case, document.steps[0], today)
    if case.is_urgent:
        timing.give_days(case, 0, today)
    calendar = on.calendars.of(timing.province_of(handler))
    timing.keep_within(case, document.legal_term, calendar)
    timing.set_clocks(case, calendar)
    handed = files_in(document, said["answers"], matter)
    prepared.write_later(case)
    search_rows.write_row(case, document, said)
    entry = timeline.write_entry(
        case,
        EntryKind.OPENED,
        now=now,
        by=by.account_id if by else case.applicant_id,
        union=handler,
        step=case.step,
        facts={"way": matter.way, "due_at": case.due_at.isoformat()},
        is_public=True,
        number=1,
        is_named=bool(handed),
    )
    assigning.assign_by_rule(case, now=now, held=on.rules_of(handler))
    if on.draft is not None or handed:
        finish_draft(
            on.draft, case, entry, key, handed, besides=unasked_slots(document, said["answers"])
        )
    announce(case, asking, is_decoy=is_decoy, now=now)
    return Opened(case, receipt)


def facts_of(
    matter: Matter, asking: Asking, document: content.Item, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What stands in a case as it was asked for. A complaint names nobody; what is about somebody
    at a union is one, whatever the service."""
    is_complaint = document.kind == "complaint" or matter.officer is not None
    promised = matter.term or document.promised_term
    return {
        "way": matter.way,
        "is_complaint": is_complaint,
        "is_urgent": matter.is_urgent or eligibility.is_urgent(document, given),
        "language": matter.language or get_language() or "",
        "people_count": matter.people_count,
        "is_anonymous": asking.is_anonymous,
        "applicant": None if is_complaint else asking.account,
        "person": None if is_complaint else asking.person,
        "person_digest": person_digest(asking.person.pk) if asking.person else None,
        "division": matter.union.division,
        "due_days": promised.days,
        "due_unit": promised.unit,
    }


def announce(case: Case, asking: Asking, *, is_decoy: bool, now: dt.datetime) -> None:
    """Let everybody know who has to: rooms above, officers of what is urgent, figures, whoever
    asked. A decoy is no news."""
    if not is_decoy:
        outbox.publish(
            CaseOpened(
                case_id=case.pk,
                item=case.item.key,
                handler_id=case.handler_id,
                is_complaint=case.is_complaint,
                is_urgent=case.is_urgent,
            )
        )
        if case.is_urgent:
            telling.tell_officers(case, case.handler, "desk.case_urgent", now=now)
    figures.count(case, figures.OPEN, 1)
    figures.count(case, figures.OPENED, 1)
    if asking.account is not None:
        telling.tell_applicant(case, asking.account, "case.opened", now=now)


def files_in(
    document: content.Item, given: Mapping[str, Any], matter: Matter
) -> dict[str, set[str]]:
    """The files that are handed in, if any: by the question that names them, and under "" the
    others."""
    wanted = {name: set(ids) for name, ids in ids_in(document.form, given).items()}
    others = set(matter.files) - set().union(*wanted.values())
    return {**wanted, "": others} if others else wanted


def finish_draft(
    draft: CaseDraft | None,
    case: Case,
    entry: CaseEntry,
    key: RecordKey,
    wanted: Mapping[str, Collection[str]],
    *,
    besides: Collection[str] = (),
) -> None:
    """Hand in what lies in the draft and is wanted, and throw the rest of it away; `besides` are
    questions that nobody asked of somebody who answers like this. As background work. Raises
    `Invalid` on the question whose files are not there."""
    kept = CaseFile.objects.filter(draft=draft).select_related("stored")
    for name, ids in wanted.items():
        rows = files.rows_of(kept.filter(slot=name) if name else kept, ids, field=name)
        assert draft is not None  # noqa: S101 - rows of it were found
        asked = [row for row in rows if row.slot not in besides]
        files.move_to_case(asked, case, entry, drafts.key_of(draft), key)
    if draft is not None:
        draft.delete()


def opened_under(receipt: str) -> Opened | None:
    """The case that somebody unknown has opened with the same form already: by a second press, or
    because the answer was lost. Two at once wait for each other."""
    owner = owner_of_receipt(receipt)
    transactions.hold(f"receipt {owner.hex()}")
    with protection.working("cases.open"):
        case = Case.objects.select_related("handler", "item").filter(owner_digest=owner).first()
    return Opened(case, receipt) if case else None


def told(given: Mapping[str, Any], asking: Asking, receipt: str) -> dict[str, Any]:
    """What is sealed: the answers, and who gave them; of a receipt its hash (`kept_of_receipt`)."""
    return {
        "answers": given,
        "account": str(asking.account.pk) if asking.account else None,
        "person": str(asking.person.pk) if asking.person else None,
        "name": asking.name,
        "phone": asking.phone,
        "receipt": kept_of_receipt(receipt) if receipt else asking.kept,
        **({texting.TO: texting.agreed_number(asking.phone)} if asking.may_text else {}),
    }


def check_turn(document: content.Item, asking: Asking, union: Union, *, now: dt.datetime) -> None:
    """Whether this person may ask for the item, and now. Somebody of whom an officer knows only a
    name is looked at by whoever checks. What is open to unions is asked for by one whose officer
    they are, so that the union above it decides and not their own. One who asks twice at once waits
    for the first. Raises `Conflict` with the code of the obstacle (`rules.asking`), or
    "not-your-union"."""
    if document.again_after_months is not None and (who := asking.person or asking.account):
        transactions.hold(f"cases.asking:{document.key}:{who.pk}")
    obstacle = find_obstacle(
        document, account=asking.account, person=asking.person, today=timing.day_of(now)
    )
    if obstacle is not None:
        raise Conflict(obstacle.message, code=obstacle.code)
    if document.open_to == "unions" and asking.account is not None:
        asked_for = {post.union_id for post in current_posts(asking.account)}
        if union.pk not in asked_for:
            raise Conflict(
                _("Ask for it in the name of a union at which you hold a post."),
                code="not-your-union",
            )


def check_asking(
    document: content.Item, matter: Matter, asking: Asking, *, is_decoy: bool = False
) -> None:
    """Whether the item can be asked for like this. Raises `Invalid`."""
    if asking.is_anonymous and not document.anonymous:
        raise Invalid(
            _("For this service we have to know who asks. Sign in, or call 12351."),
            code="anonymous-not-possible",
        )
    about_officers.check_about(document, matter.officer)
    names_nobody = not matter.accused and matter.officer is None
    if document.kind == "complaint" and names_nobody and not is_decoy:
        problem = _("Say which employer it is about, so that its people never see this.")
        raise Invalid(problem, code="no-employer-named", fields={"employer": problem})
    if document.kind != "complaint" and matter.accused:
        raise Invalid(_("This service is not about an employer."), code="not-a-complaint")
    if matter.people_count > 1 and not document.group_allowed:
        problem = _("Each person asks for this service alone.")
        raise Invalid(problem, code="not-for-groups", fields={"people_count": problem})
