"""Doing a round: arriving, noting what there is, done. What is wrong becomes a problem to mend."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.members.models import Post
from niangjia.places import events
from niangjia.places.models import Found, Inspection, Plate, Report, Round, Said, Source, State
from niangjia.places.rules import checklists
from niangjia.places.rules.checklists import Item
from niangjia.places.selectors.keeping import list_supplies
from niangjia.places.services import mending
from niangjia.places.services.acting import hold, record, refuse
from niangjia.places.services.indexing import index_place
from niangjia.places.services.planning import hold_round

LONGEST_WORDS, LONGEST_REASON = 500, 100


@dataclass(frozen=True)
class Notes:
    """What an inspector noted. `plate`: the key of the plate at the door that was scanned."""

    found: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    item_words: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    plate: str = ""
    no_plate_reason: str = ""


def items_of(inspection: Inspection) -> list[Item]:
    """What there is to look at on the spot. One query."""
    return checklists.items_for(inspection.place, list_supplies(inspection.place))


@transactions.atomic
def note_findings(
    *, by: Post, inspection: Inspection, notes: Notes, now: dt.datetime
) -> Inspection:
    """Keep what has been noted so far, so that nothing is lost and a colleague can go on. A plate
    that was scanned proves the arrival. Raises `Invalid` on "plate" for one that hangs elsewhere
    or is dead, `Conflict` once it is done or the round was called off."""
    held = hold_open(inspection)
    write(held, notes, by, now)
    held.save()
    return held


@transactions.atomic
def finish_inspection(
    *, by: Post, inspection: Inspection, notes: Notes, now: dt.datetime
) -> Inspection:
    """Everything was looked at. Each thing that is wrong opens a problem, or is added to the one
    that is open; a place found shut is shown as shut.

    The same sent again by whoever sent it is no error and opens nothing twice. Raises `Invalid` by
    "door", the items of the checklist, "plate" and "no_plate_reason"; `Conflict` when a colleague
    has done it, or the round was called off.
    """
    done = Inspection.objects.filter(pk=inspection.pk, by_account_id=by.account_id).exclude(
        done_at=None
    )
    if found := done.first():
        return found
    held = hold_open(inspection)
    write(held, notes, by, now)
    items = items_of(held)
    refuse(problems(held, items, notes))
    held.done_at, held.checklist = now, checklists.VERSION
    held.save()
    for item, severity, words in wrong_of(held, items):
        mending.open_problem(
            place=held.place,
            item=item,
            severity=severity,
            source=Source.INSPECTION,
            words=words,
            union=held.round.union,
            inspection=held,
            by=by,
            now=now,
        )
    if held.found == Found.SHUT:
        Report.objects.create(place=held.place, at=now, said=Said.CLOSED, by_keeper=True)
    index_place(held.place_id, now=now)
    record(held.place, by, "inspected", {"found": held.found, "round": str(held.round_id)})
    outbox.publish(events.PlaceInspected(place_id=held.place_id, inspection_id=held.pk))
    return held


def hold_open(inspection: Inspection) -> Inspection:
    """The inspection, its round and its place, held. Raises `Conflict` when it is done or its
    round was called off, and for a place that is closed for good."""
    hold_round(Round(pk=inspection.round_id))
    place = hold(inspection.place_id)
    held = (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("round__union")
        .get(pk=inspection.pk)
    )
    held.place = place
    if held.done_at is not None:
        raise Conflict(_("A colleague has done this place meanwhile."), code="inspection-done")
    if place.state == State.CLOSED:
        raise Conflict(_("This place is closed for good."), code="closed")
    return held


def write(held: Inspection, notes: Notes, by: Post, now: dt.datetime) -> None:
    """Put the notes into the row, as far as they can be kept."""
    held.begun_at = held.begun_at or now
    held.by_account_id = by.account_id
    held.found = notes.found if notes.found in Found.values else ""
    held.words = notes.words.strip()[:LONGEST_WORDS]
    held.no_plate_reason = notes.no_plate_reason.strip()[:LONGEST_REASON]
    held.answers = {
        item.key: [
            notes.answers.get(item.key, ""),
            notes.item_words.get(item.key, "").strip()[: checklists.LONGEST_WORDS],
        ]
        for item in items_of(held)
        if notes.answers.get(item.key, "") in checklists.ROUND or notes.item_words.get(item.key)
    }
    if notes.plate and held.plate_id is None:
        held.plate, held.arrived_at = plate_of(held, notes.plate), now


def plate_of(held: Inspection, key: str) -> Plate:
    """The plate that was scanned. Raises `Invalid` for one that is dead or hangs elsewhere."""
    found = held.place.plates.filter(key=key.strip(), withdrawn_at=None).first()
    if found is None:
        problem = _("This plate is not the one in force at this place.")
        raise Invalid(problem, fields={"plate": problem})
    return found


def problems(held: Inspection, items: list[Item], notes: Notes) -> dict[str, Text]:
    """What is missing before it is done, by field. Where nobody can get in, nothing is ticked."""
    found: dict[str, Text] = {}
    if not held.found:
        found["door"] = _("Say how you found it.")
    if held.found == Found.OPEN:
        found |= checklists.problems(items, notes.answers, notes.item_words, checklists.ROUND)
    elif not held.words:
        found["words"] = _("Say in a few words what you saw.")
    has_plate = held.place.plates.filter(withdrawn_at=None).exists()
    if has_plate and held.plate_id is None and not held.no_plate_reason:
        found["no_plate_reason"] = _(
            "Scan the plate at the door, or say why that was not possible."
        )
    return found


def wrong_of(held: Inspection, items: list[Item]) -> list[tuple[Item, str, str]]:
    """What is wrong: the item, how bad it is, and what was said of it."""
    if held.found == Found.SHUT:
        return [(checklists.BY_KEY["open"], checklists.BY_KEY["open"].severity, held.words)]
    if held.found == Found.GONE:
        return [(checklists.BY_KEY["found"], checklists.BY_KEY["found"].severity, held.words)]
    wrong = []
    for item in items:
        answer, words = held.answers.get(item.key, ["", ""])
        if answer in checklists.WRONG:
            severity = "danger" if answer == "danger" else item.severity
            wrong.append((item, severity, words))
    return wrong
