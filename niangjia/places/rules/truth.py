"""When what people say changes what is shown, and why nobody can bring that about alone.

- What anybody says is shown at once, as said. It changes nothing else by itself.
- A place is shown as shut, or a facility as missing, when three voices say so within three hours.
- Everybody signed in is one voice, however often they speak: their last word counts. So are all
  together who share a device or a network. Whoever is not signed in is, all of them together, one
  voice: new visitors cost nothing to make up.
- So one person has two voices at most, their own and one without a name, and three are needed.
- Voices that found it open count against it: twice as many must say it is shut.
- That it is shut counts only while it should be open by its hours, and as long as that lasts: what
  people find shut before it opens or after it closes is as it should be. A keeper's own word also
  counts before it opens.
- A keeper of the place outweighs everybody who spoke before them.
- Where a keeper says that it is open, after three voices of that day found it shut, its union is
  told: who is away could say so before the third. What came before a keeper's own word that it is
  shut contradicts nobody.
- Three voices of a day that it is not where the map says are something to be mended.
- Three hours after the voices that carried it, the hours of the week count again.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from niangjia.core import clock
from niangjia.places.models import Report, Said
from niangjia.places.rules import opening
from niangjia.places.rules.opening import Stretch

WINDOW, DAY = dt.timedelta(hours=3), dt.timedelta(days=1)
VOICES_NEEDED = 3
#: So many times the voices that say otherwise.
OUTWEIGHS = 2


@dataclass(frozen=True)
class Voice:
    """Who said what and when, as far as that is kept."""

    at: dt.datetime
    said: str
    facility: str = ""
    account: bytes | None = None
    device: bytes | None = None
    network: bytes | None = None
    by_keeper: bool = False
    is_tick: bool = False

    @classmethod
    def of(cls, report: Report) -> "Voice":
        """As it was written down."""
        return cls(
            at=report.at,
            said=report.said,
            facility=report.facility,
            account=plain(report.account_digest),
            device=plain(report.device_digest),
            network=plain(report.network_digest),
            by_keeper=report.by_keeper,
            is_tick=report.is_tick,
        )


@dataclass(frozen=True)
class Verdict:
    """What is shown instead of the hours of the week, and until when. `missing_until` is the
    earliest end among what is missing: then it is weighed again."""

    shut_until: dt.datetime | None = None
    missing: tuple[str, ...] = ()
    missing_until: dt.datetime | None = None


def plain(digest: object) -> bytes | None:
    return bytes(digest) if digest is not None else None  # type: ignore[call-overload]


def weigh(said: Collection[Voice], *, open_at: Sequence[Stretch], now: dt.datetime) -> Verdict:
    """What these voices come to. Whatever is older than `WINDOW` says nothing any more. `open_at`:
    when it should be open, by its hours."""
    recent = sorted(
        (voice for voice in said if now - WINDOW < voice.at <= now), key=lambda voice: voice.at
    )
    shut_until = carried(
        [voice for voice in recent if is_about_the_door(voice, open_at, now)], Said.CLOSED
    )
    lasting = opening.stretch_at(open_at, now)
    if shut_until and lasting:
        shut_until = min(shut_until, lasting[1])
    lacking = {}
    for facility in sorted({voice.facility for voice in recent if voice.said == Said.LACKS}):
        about = [voice for voice in recent if is_about(facility, voice)]
        if until := carried(about, Said.LACKS):
            lacking[facility] = until
    return Verdict(shut_until, tuple(lacking), min(lacking.values(), default=None))


def is_about(facility: str, voice: Voice) -> bool:
    """Whether it says something about whether a facility is there. The tick of a day says after it
    what is missing (`services.tick_opening`), and so that the rest is there."""
    if voice.said == Said.LACKS:
        return voice.facility == facility
    return voice.is_tick


def of_a_day(said: Iterable[Voice], now: dt.datetime) -> list[Voice]:
    """The voices of the last day, in their order."""
    recent = (voice for voice in said if now - DAY < voice.at <= now)
    return sorted(recent, key=lambda voice: voice.at)


def contradicted(said: Iterable[Voice], *, open_at: Sequence[Stretch], now: dt.datetime) -> int:
    """How many voices found it shut while it was meant to be open, on the day (in China) on which a
    keeper last said that it is open, before that, and since a keeper last said that it is shut."""
    voices = of_a_day(said, now)
    while voices and not (voices[-1].by_keeper and voices[-1].said == Said.OPEN):
        voices.pop()
    found: list[Voice] = []
    for voice in voices:
        if voice.said == Said.CLOSED and voice.by_keeper:
            found.clear()
        elif voice.said == Said.CLOSED and day_of(voice) == day_of(voices[-1]):
            found.append(voice)
    return len(independent(each for each in found if opening.stretch_at(open_at, each.at)))


def day_of(voice: Voice) -> dt.date:
    """The day in China on which it was said."""
    return voice.at.astimezone(clock.CHINA).date()


def is_moved(said: Iterable[Voice], *, now: dt.datetime) -> bool:
    """Whether it is believed not to be where the map says."""
    voices = [voice for voice in of_a_day(said, now) if voice.said == Said.MOVED]
    is_by_keeper = any(voice.by_keeper for voice in voices)
    return is_by_keeper or len(independent(voices)) >= VOICES_NEEDED


def is_as_meant(said: str, open_at: Sequence[Stretch], now: dt.datetime) -> bool:
    """Whether somebody finds shut what is meant to be shut now: nobody has to see to that."""
    return said == Said.CLOSED and opening.stretch_at(open_at, now) is None


def is_about_the_door(voice: Voice, open_at: Sequence[Stretch], now: dt.datetime) -> bool:
    """Whether it says something about whether the place is open now: that it is shut does so only
    within the hours that still last."""
    if voice.said != Said.CLOSED:
        return voice.said == Said.OPEN
    meant = opening.stretch_at(open_at, voice.at)
    return voice.by_keeper if meant is None else now < meant[1]


def carried(voices: list[Voice], claim: str) -> dt.datetime | None:
    """Until when `claim` holds by these voices, given in order; None when it does not."""
    since_keeper = voices
    for place, voice in enumerate(voices):
        if voice.by_keeper:
            if voice.said == claim:
                return held_by_keeper(voices[place:], claim)
            since_keeper = voices[place + 1 :]
    # What somebody said before counts no more once they have said otherwise.
    last = independent(since_keeper)
    for_it = [voice for voice in last if voice.said == claim]
    against = [voice for voice in last if voice.said != claim]
    if len(for_it) < VOICES_NEEDED or len(for_it) < OUTWEIGHS * len(against):
        return None
    # It falls when the first of the voices it cannot do without is too old.
    return sorted(voice.at for voice in for_it)[-VOICES_NEEDED] + WINDOW


def held_by_keeper(voices: list[Voice], claim: str) -> dt.datetime | None:
    """A keeper says so themselves: it holds until a keeper says otherwise."""
    last = [voice for voice in voices if voice.by_keeper][-1]
    return last.at + WINDOW if last.said == claim else carried(voices[voices.index(last) :], claim)


def independent(voices: Iterable[Voice]) -> list[Voice]:
    """One voice for each person that can be told apart, the newest word of each.

    Newest first, a voice counts when nobody counted so far shares its account, its device or its
    network; without an account, when nobody without one counts so far. Who does not count silences
    nobody else.
    """
    counted: list[Voice] = []
    spoken: set[tuple[str, bytes]] = set()
    for voice in sorted(voices, key=lambda each: each.at, reverse=True):
        known = {"account": voice.account, "device": voice.device, "network": voice.network}
        marks = {(sort, digest) for sort, digest in known.items() if digest}
        if not voice.account:
            marks.add(("nobody", b""))
        if not marks & spoken:
            counted.append(voice)
            spoken |= marks
    return counted
