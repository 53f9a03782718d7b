"""What people say is true of a place."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.files import Examined
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles
from niangjia.places import events
from niangjia.places.models import Place, Problem, Report, Said, Source, State
from niangjia.places.rules import checklists, truth
from niangjia.places.rules.checklists import Item
from niangjia.places.rules.facilities import BY_KEY
from niangjia.places.rules.truth import Voice
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors.hours_ahead import stretches_of
from niangjia.places.services import mending, photos, telling
from niangjia.places.services.acting import hold
from niangjia.places.services.hearing import Change, heard_of, tell_union
from niangjia.places.services.indexing import index_place

#: One voice: a busy courier passes a dozen stations a day.
OF_ONE = (Limit(10, 600), Limit(60, 86_400))
#: One network: a dormitory, or a city's phones behind one address.
OF_NETWORK = (Limit(60, 600), Limit(600, 86_400))
#: Of one place by one voice: a word and its correction.
OF_PLACE = (Limit(4, 600), Limit(20, 86_400))
#: So long it is kept who spoke.
KEPT = dt.timedelta(days=1)


@transactions.atomic
def report_place(
    *,
    place: Place,
    said: str,
    facility: str = "",
    speaker: Speaker,
    by_keeper: bool = False,
    photo: Examined | None = None,
    now: dt.datetime,
) -> Report:
    """Somebody says how they found it; shown at once, believed as `rules.truth` says.

    `by_keeper`: the speaker answers for the place. `photo`, as `photos.examined_of` gave it, waits
    until somebody has looked at it. Raises `Invalid` by "said" and
    "facility", `Throttled` for one voice or network that says too much, `Conflict` for a place that
    is not on the map.
    """
    check(said, facility, place)
    for action, key, limits in (
        ("place-report", speaker.key, OF_ONE),
        ("place-report-network", speaker.network, OF_NETWORK),
        ("place-report-place", f"{place.pk}:{speaker.key}", OF_PLACE),
    ):
        throttles.take(action, key, limits, now=now)
    held = hold(place.pk)
    if held.state != State.PUBLISHED:
        raise Conflict(_("This place is closed for good."), code="closed")
    open_at, heard = stretches_of(held, now=now), heard_of(held, now)
    report = Report.objects.create(
        place=held,
        at=now,
        said=said,
        facility=facility,
        by_keeper=by_keeper,
        is_as_meant=truth.is_as_meant(said, open_at, now),
        **speaker.digests(held.pk),
    )
    if photo is not None:
        photos.keep_with(report, photo, now=now)
    index_place(held.pk, now=now)
    follow(held, report, Change(heard, [*heard, Voice.of(report)], open_at, now))
    outbox.publish(events.PlaceReported(place_id=held.pk, report_id=report.pk))
    return report


def check(said: str, facility: str, place: Place) -> None:
    """Raise `Invalid` for what cannot be said of this place."""
    if said not in Said.values:
        problem = _("Say how you found it.")
        raise Invalid(problem, fields={"said": problem})
    if (said == Said.LACKS) != bool(facility):
        problem = _("Say what is missing or broken.")
        raise Invalid(problem, fields={"facility": problem})
    if facility and facility not in place.facilities:
        problem = _("It is not said to have that.")
        raise Invalid(problem, fields={"facility": problem})


def follow(place: Place, report: Report, change: Change) -> None:
    """Who is told of a word, and what is to be mended because of it."""
    if report.by_keeper:
        tell_union(place, change)
    else:
        tell_keepers(place, report, change)
        open_problems(place, change)
    if change.is_moved_now:
        problem = open_problem(place, checklists.BY_KEY["found"], change.now)
        telling.tell_menders(problem, "place.problem", change.now)


def tell_keepers(place: Place, report: Report, change: Change) -> None:
    """Tell those who answer for it: the first time somebody says something bad, and when what is
    shown changes; not that it is shut when it is meant to be."""
    facts = {"name": place.name, "what": words_of(report)}
    if change.is_shut_now:
        telling.tell_all(place, "place.shut", facts, change.now)
    elif change.missing_now:
        telling.tell_all(place, "place.lacking", facts, change.now)
    elif report.said != Said.OPEN and is_news(report, change) and not report.is_as_meant:
        telling.tell_all(place, "place.reported", facts, change.now)


def is_news(report: Report, change: Change) -> bool:
    """Whether nobody has said the same within the last hours."""
    since, same = change.now - truth.WINDOW, (report.said, report.facility)
    return all(voice.at <= since or (voice.said, voice.facility) != same for voice in change.heard)


def open_problems(place: Place, change: Change) -> None:
    """What people say together, so that it is believed now (`rules.truth`), somebody has to see
    to."""
    wrong = [checklists.of_facility(key) for key in change.missing_now]
    if change.is_shut_now:
        wrong.append(checklists.BY_KEY["open"])
    for item in wrong:
        open_problem(place, item, change.now)


def open_problem(place: Place, item: Item, now: dt.datetime) -> Problem:
    """Something to be mended, as people say."""
    return mending.open_problem(
        place=place,
        item=item,
        severity=item.severity,
        source=Source.PUBLIC,
        words="",
        union=place.union,
        by=None,
        now=now,
    )


def words_of(report: Report) -> dict[str, str]:
    """What was said, in both languages."""
    label = BY_KEY[report.facility].label if report.facility else Said(report.said).label
    return telling.in_both(label)


@transactions.atomic
def forget_speakers(*, now: dt.datetime) -> int:
    """Delete who spoke, a day after they did; what they said stays. Says how many."""
    old = Report.objects.filter(at__lt=now - KEPT, network_digest__isnull=False)
    return old.update(account_digest=None, device_digest=None, network_digest=None)


@transactions.atomic
def weigh_again(*, now: dt.datetime) -> int:
    """What was shown as missing and is no longer believed is there again. Says how many places."""
    due = Place.objects.filter(entry__missing_until__lte=now).values_list("pk", flat=True)
    for place_id in (ids := list(due)):
        index_place(place_id, now=now)
    return len(ids)
