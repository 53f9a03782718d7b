"""Nothing tells anybody who named them in vain: whatever one can see is the same whether they did
or not. Two worlds that differ in one-sided choices alone are looked at from every side."""

import itertools
import json
import re

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.activities.models import Match, MatchChoice, MatchWindow
from niangjia.activities.rules import matching as rules
from niangjia.activities.services import matching
from niangjia.activities.tests.factories import make_organiser
from niangjia.activities.tests.matching import make_evening
from niangjia.core import clock, personal_data
from niangjia.core.models import AuditEntry
from niangjia.members.models import Notice
from niangjia.members.services.export import subject_of
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
#: What differs from one look to the next by itself.
FRESH = re.compile(r'csrf[^>]*|nonce="[^"]*"|"X-CSRFToken": "[^"]*"|[\d-]{10}T[\d:.+Z]*')
PAIRS = list(itertools.permutations((1, 2, 3), 2))


def seen_by(evening, number):
    """All that one of those who take part can see: pages, operation, export, notices."""
    guest = evening.guests[number - 1]
    client = signed_in(guest.account)
    pages = [
        client.get(reverse(f"activities:{name}", args=[guest.pk])).content.decode()
        for name in ("matching", "ticket")
    ]
    operation = client.get(f"/api/v1/sign-ups/{guest.pk}/matching").content.decode()
    held = [
        [personal_data.plain(holding, row) for row in rows]
        for holding, rows in personal_data.export(subject_of(guest.account))
        if holding.model.startswith("activities.Match")
    ]
    notices = Notice.objects.filter(account=guest.account).order_by("id")
    told = list(notices.values_list("kind", "facts"))
    return FRESH.sub("", "\n".join([*pages, operation, json.dumps(held), json.dumps(told)]))


def seen_at_the_desk(evening):
    """All that an officer can see of it."""
    client = officer_client(make_organiser(evening.activity.union))
    number = evening.activity.number
    there = [reverse("activities:matching_desk", args=[number])]
    there += [f"/api/v1/desk/activities/{number}/matching{each}" for each in ("", "/reports")]
    return FRESH.sub("", "\n".join(client.get(path).content.decode() for path in there))


def look(evening, said, number):
    """The world in which exactly `said` is chosen, before and after it is settled, from the side of
    one of them; undone afterwards."""
    MatchChoice.objects.all().delete()
    with clock.stopped_at(evening.now):
        for one, two in said:
            evening.choose(one, two)
        before = seen_by(evening, number), seen_at_the_desk(evening)
    with clock.stopped_at(evening.over):
        matching.settle_due(now=evening.over)
        after = seen_by(evening, number), seen_at_the_desk(evening)
    undo(evening)
    return before, after


def undo(evening):
    Match.objects.all().delete()
    Notice.objects.filter(kind="matching.settled").delete()
    MatchWindow.objects.update(settled_at=None)


def in_vain(said, number):
    """Those who named `number` and were not named in turn."""
    return {(one, two) for one, two in said if two == number and (two, one) not in said}


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.sets(st.sampled_from(PAIRS), min_size=1), number=st.sampled_from((1, 2, 3)))
def test_what_anybody_sees_does_not_depend_on_who_named_them_in_vain(said, number):
    evening = make_evening(3)
    told = look(evening, sorted(said), number)
    assert told == look(evening, sorted(said - in_vain(said, number)), number)


def test_the_control_whoever_lets_one_side_be_enough_is_found_out(monkeypatch):
    def careless(named, _blocked):
        return sorted({tuple(sorted((one, two))) for one, all_ in named.items() for two in all_})

    monkeypatch.setattr(rules, "mutual", careless)
    evening = make_evening(3)
    assert look(evening, [(2, 1)], 1) != look(evening, [], 1)


def test_what_is_on_record_says_that_somebody_named_somebody_and_never_whom():
    evening = make_evening(3)
    evening.choose(1, 3)
    first = {(e.action, e.subject, json.dumps(e.details)) for e in AuditEntry.objects.all()}
    evening.unchoose(1, 3)
    evening.choose(1, 2)
    again = {(e.action, e.subject, json.dumps(e.details)) for e in AuditEntry.objects.all()}
    assert {entry for entry in again - first if "taken-back" not in entry[0]} == set()
    [row] = MatchChoice.objects.raw("SELECT id, number::text AS sealed FROM activities_matchchoice")
    assert row.sealed not in ("2", "3")
    assert len(row.sealed) > 20
