"""When a plate is taken to hang elsewhere, and why nobody can bring that about alone.

Phones that say where they are when they scan it are voices, as for `rules.truth`: three that can
be told apart must be far from the place within a week, and twice as many as were at it. A keeper
who scans it at the place outweighs everybody before them.
"""

import datetime as dt
from collections.abc import Iterable

from niangjia.places.models import Sighting
from niangjia.places.rules import truth
from niangjia.places.rules.truth import Voice, plain

#: A palace's far corner and a phone between high buildings are nearer than this.
FAR_METRES = 800.0
WINDOW = dt.timedelta(days=7)
FAR, THERE = "far", "there"


def is_away(seen: Iterable[Sighting]) -> bool:
    """Whether these sightings, of the last `WINDOW`, come to that."""
    voices = sorted(map(voice_of, seen), key=lambda voice: voice.at)
    return truth.carried(voices, FAR) is not None


def voice_of(sighting: Sighting) -> Voice:
    """A keeper's phone speaks for the plate alone where it is at the place: far from it, it is a
    voice like others."""
    return Voice(
        at=sighting.at,
        said=FAR if sighting.is_far else THERE,
        account=plain(sighting.account_digest),
        device=plain(sighting.device_digest),
        network=plain(sighting.network_digest),
        by_keeper=sighting.by_keeper and not sighting.is_far,
    )
