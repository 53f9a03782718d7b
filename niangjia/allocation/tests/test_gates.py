"""People come in: at two doors, a day without a network, with a photographed code (promise 38)."""

import json
import uuid
from dataclasses import asdict

import pytest
from django.db import IntegrityError, transaction

from niangjia.allocation import selectors, services
from niangjia.allocation.models import Claim, Entry, Steward
from niangjia.allocation.rules import codes
from niangjia.allocation.selectors.gates import came_in
from niangjia.allocation.tests.gates import (
    HOUR,
    MINUTE,
    code,
    digits,
    make_gate,
    make_steward,
    scan,
    send,
)
from niangjia.core import clock, errors
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, signed_in

pytestmark = pytest.mark.django_db
HALF_MINUTE = MINUTE / 2


def states(entries):
    return [(entry.state, entry.problem) for entry in entries]


@pytest.fixture
def gate(db):
    made, parts = make_gate()
    made.parts, made.steward = parts, make_steward(made)
    return made


class TestComingIn:
    def test_by_code_by_digits_and_by_name(self, gate):
        now = clock.now()
        a, b, c = gate.parts
        scans = [
            scan(gate, a, now),
            scan(gate, b, now, code=digits(gate, b, now)),
            scan(gate, c, now, code=""),
        ]
        entries = send(gate, gate.steward, *scans)
        assert states(entries) == [("admitted", "")] * 3
        assert [entry.way for entry in entries] == ["code", "digits", "list"]
        assert set(came_in(gate)) == {part.pk for part in gate.parts}

    def test_is_told_written_down_and_uses_the_part(self, gate):
        part = gate.parts[0]
        send(gate, gate.steward, scan(gate, part, clock.now()))
        event = OutboxEvent.objects.get(type="allocation.CameIn").payload
        assert (event["claim_id"], event["occasion"]) == (str(part.pk), gate.occasion)
        assert AuditEntry.objects.filter(action="gate.entered", subject=f"claim:{part.pk}").exists()
        with pytest.raises(errors.Conflict):
            services.return_claim(by=part.account, claim_id=part.pk, now=clock.now())

    def test_sent_again_changes_nothing_whoever_sends_it(self, gate):
        scans = [scan(gate, part, clock.now()) for part in gate.parts]
        first = send(gate, gate.steward, *scans)
        again = send(gate, make_steward(gate), *reversed(scans), now=clock.now() + HOUR)
        assert states(again) == states(first)
        assert Entry.objects.count() == OutboxEvent.objects.filter(type="allocation.CameIn").count()
        assert Entry.objects.count() == 3

    def test_the_database_counts_nobody_twice(self, gate):
        """The control behind the rule: past every service, the constraint holds."""
        entry = send(gate, gate.steward, scan(gate, gate.parts[0], clock.now()))[0]
        entry.pk = uuid.uuid4()
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.save(force_insert=True)


class TestWhatAPersonLooksAt:
    @pytest.mark.parametrize("apart", [0, 2])
    def test_a_photographed_code_at_another_door(self, gate, apart):
        """The same code within its minute, sent by the second device first or last."""
        now, part = clock.now(), gate.parts[0]
        first = scan(gate, part, now)
        second = scan(gate, part, now + apart * HALF_MINUTE, code=first.code, door="西门")
        entries = [send(gate, make_steward(gate), each)[0] for each in (first, second)]
        assert states(entries) == [("admitted", ""), ("conflict", "replayed")]

    def test_a_fresh_code_of_somebody_who_is_in(self, gate):
        now, part = clock.now(), gate.parts[0]
        scans = [scan(gate, part, now), scan(gate, part, now + 10 * MINUTE, door="西门")]
        entries = send(gate, gate.steward, *scans, now=now + HOUR, device_now=now + HOUR)
        assert states(entries) == [("admitted", ""), ("conflict", "again")]

    def test_a_screenshot_that_is_too_old(self, gate):
        now, part = clock.now(), gate.parts[0]
        old = scan(gate, part, now, code=code(gate, part, now - 3 * MINUTE))
        assert states(send(gate, gate.steward, old)) == [("conflict", "unproven")]

    @pytest.mark.parametrize("typed", ["1 000000", "garbage", "0" * 38])
    def test_a_code_that_was_made_up(self, gate, typed):
        made_up = scan(gate, gate.parts[0], clock.now(), code=typed)
        assert states(send(gate, gate.steward, made_up)) == [("conflict", "unproven")]

    def test_a_code_of_somebody_else_or_of_another_occasion(self, gate):
        now = clock.now()
        a, b, _c = gate.parts
        other, _parts = make_gate(people=0)
        scans = [
            scan(gate, a, now, code=code(gate, b, now)),
            scan(gate, a, now, code=code(other, a, now)),
        ]
        assert states(send(gate, gate.steward, *scans)) == [("conflict", "unproven")] * 2

    def test_a_part_that_was_given_back_while_the_device_was_away(self, gate):
        part = gate.parts[0]
        services.return_claim(by=part.account, claim_id=part.pk, now=clock.now())
        late = scan(gate, part, clock.now())
        assert states(send(gate, gate.steward, late)) == [("conflict", "not_theirs")]

    def test_while_the_gate_was_shut(self, gate):
        at = gate.ends_at + 3 * HOUR
        late = scan(gate, gate.parts[0], at)
        assert states(send(gate, gate.steward, late, now=at)) == [("conflict", "out_of_time")]

    def test_nothing_is_ever_dropped(self, gate):
        now, part = clock.now(), gate.parts[0]
        scans = [scan(gate, part, now, code="x") for _ in range(5)]
        assert len(send(gate, gate.steward, *scans)) == Entry.objects.count() == 5


class TestAwayFromTheNetwork:
    def test_for_a_whole_day(self, gate):
        """Noted in the hall, sent the next evening."""
        now = clock.now()
        scans = [scan(gate, part, now + n * MINUTE) for n, part in enumerate(gate.parts)]
        later = now + 24 * HOUR
        entries = send(gate, gate.steward, *scans, now=later, device_now=later)
        assert states(entries) == [("admitted", "")] * 3
        assert [entry.at for entry in entries] == [each.at for each in scans]

    def test_a_week_later_it_is_over(self, gate):
        with pytest.raises(errors.Conflict):
            send(gate, gate.steward, now=gate.ends_at + 24 * 8 * HOUR)

    @pytest.mark.parametrize("minutes", [-5, 5])
    def test_a_clock_that_is_off_by_minutes_is_set_right(self, gate, minutes):
        now = clock.now()
        off = minutes * MINUTE
        noted = scan(gate, gate.parts[0], now, at=now + off)
        entry = send(gate, gate.steward, noted, now=now, device_now=now + off)[0]
        assert (entry.state, entry.at) == ("admitted", now)

    def test_a_clock_that_is_off_by_an_hour_is_looked_at(self, gate):
        now = clock.now()
        noted = scan(gate, gate.parts[0], now, at=now + HOUR)
        entries = send(gate, gate.steward, noted, now=now, device_now=now + HOUR)
        assert states(entries) == [("conflict", "clock")]

    def test_two_doors_send_at_the_same_moment(self, transactional_db):
        made, parts = make_gate(people=1)
        one, other = make_steward(made), make_steward(made)
        now = clock.now()
        answers = at_once(
            lambda: send(made, one, scan(made, parts[0], now)),
            lambda: send(made, other, scan(made, parts[0], now, door="西门")),
        )
        assert sorted(state for (entry,) in answers for state in [entry.state]) == [
            "admitted",
            "conflict",
        ]

    def test_people_of_another_gate_are_not_taken_in(self, gate):
        _other, parts = make_gate(people=1)
        with pytest.raises(errors.Invalid):
            send(gate, gate.steward, scan(gate, parts[0], clock.now()))
        assert not Entry.objects.exists()


class TestTheList:
    def test_holds_little_and_the_keys_of_this_occasion_alone(self, gate):
        pack = services.offline_pack(by=gate.steward, gate=gate, now=clock.now())
        assert len(pack.people) == 3
        for each, part in zip(pack.people, gate.parts, strict=True):
            person = part.account.person
            assert each.shown == f"{person.name[0]}*{person.name[2:]} {part.account.phone[-4:]}"
            assert each.key == codes.key_for(part.pk, gate.occasion)
            assert each.key != codes.key_for(part.pk, "another")

    def test_is_there_from_a_day_before_until_it_is_over(self, gate):
        for at, refusal in (
            (gate.begins_at - 25 * HOUR, "too-early"),
            (gate.ends_at + 3 * HOUR, "over"),
        ):
            with pytest.raises(errors.Conflict) as refused:
                services.offline_pack(by=gate.steward, gate=gate, now=at)
            assert refused.value.code == refusal

    def test_is_written_down_each_time_and_for_stewards_alone(self, gate):
        client = signed_in(gate.steward)
        for _ in range(2):
            answer = client.post(f"/api/v1/gates/{gate.pk}/pack", content_type="application/json")
            assert answer.status_code == 200
        assert AuditEntry.objects.filter(action="gate.list-taken").count() == 2
        services.end_steward(
            by=make_post(union=gate.union),
            gate=gate,
            steward_id=Steward.objects.get().pk,
            now=clock.now(),
        )
        for asking, what in (
            *((client, "pack"), (signed_in(make_account()), "pack")),
            (signed_in(make_account()), "entries"),
        ):
            body = json.dumps({"now": clock.now().isoformat(), "scans": []})
            answer = asking.post(
                f"/api/v1/gates/{gate.pk}/{what}", body, content_type="application/json"
            )
            assert answer.status_code == 404

    def test_what_a_former_stewards_device_had_noted_is_for_a_person_to_look_at(self, gate):
        noted = scan(gate, gate.parts[0], clock.now())
        services.end_steward(
            by=make_post(union=gate.union),
            gate=gate,
            steward_id=Steward.objects.get().pk,
            now=clock.now(),
        )
        scans = [{**asdict(noted), "members": []}]
        body = json.dumps({"now": clock.now(), "scans": scans}, default=str)
        there = f"/api/v1/gates/{gate.pk}/entries"
        answer = signed_in(gate.steward).post(there, body, content_type="application/json")
        assert (answer.status_code, answer.json()["came"]) == (200, [])
        entry = Entry.objects.get()
        assert (entry.state, entry.problem) == ("conflict", "ended")

    def test_entries_by_the_api(self, gate):
        now = clock.now()
        noted = scan(gate, gate.parts[0], now)
        body = {
            "now": now.isoformat(),
            "scans": [
                {
                    "id": str(noted.id),
                    "claim_id": str(noted.claim_id),
                    "code": noted.code,
                    "door": noted.door,
                    "at": now.isoformat(),
                }
            ],
        }
        answer = signed_in(gate.steward).post(
            f"/api/v1/gates/{gate.pk}/entries", json.dumps(body), content_type="application/json"
        )
        assert answer.json()["items"] == [{"id": str(noted.id), "state": "admitted", "problem": ""}]
        assert answer.json()["came"] == [str(noted.claim_id)]


class TestTheHolder:
    def test_alone_sees_the_code(self, gate):
        part = gate.parts[0]
        shown = signed_in(part.account).get(f"/api/v1/codes/{part.pk}").json()
        assert codes.parse(shown["text"]).claim_id == part.pk
        assert services.verify_code(gate=gate, typed=shown["text"], now=clock.now()) == part
        typed = f"{shown['place']}-{shown['digits']}"
        assert services.verify_code(gate=gate, typed=typed, now=clock.now()) == part
        for other in (gate.parts[1].account, gate.steward):
            assert signed_in(other).get(f"/api/v1/codes/{part.pk}").status_code == 404

    def test_has_none_without_a_part_or_when_it_is_over(self, gate):
        part = gate.parts[0]
        with pytest.raises(errors.NotFound):
            services.issue_code(claim=part, now=gate.ends_at + 3 * HOUR)
        services.return_claim(by=part.account, claim_id=part.pk, now=clock.now())
        with pytest.raises(errors.NotFound):
            services.issue_code(claim=Claim.objects.get(pk=part.pk), now=clock.now())


class TestLettingIn:
    def test_with_a_network(self, gate):
        now = clock.now()
        part = gate.parts[0]
        let = services.let_in(
            by=gate.steward, gate=gate, typed=code(gate, part, now), door="", now=now
        )
        assert let.shown == selectors.shown_to_steward(part.account)
        assert let.entry.state == "admitted"

    def test_an_old_code_is_refused_and_guessing_is_stopped(self, gate):
        now = clock.now()
        old = code(gate, gate.parts[0], now - 2 * MINUTE)
        for _ in range(30):
            with pytest.raises(errors.Invalid) as refusal:
                services.let_in(by=gate.steward, gate=gate, typed=old, door="", now=now)
        assert set(refusal.value.fields) == {"code"}
        with pytest.raises(errors.Throttled):
            services.let_in(by=gate.steward, gate=gate, typed=old, door="", now=now)
        assert not Entry.objects.exists()


class TestJudging:
    @pytest.fixture
    def disputed(self, gate):
        now, part = clock.now(), gate.parts[0]
        scans = [scan(gate, part, now), scan(gate, part, now + MINUTE, door="西门")]
        return send(gate, gate.steward, *scans)[1]

    def test_a_person_says_what_it_was(self, gate, disputed):
        officer = make_post(union=gate.union)
        judged = services.judge_entry(
            by=officer, entry_id=disputed.pk, judgement="misused", now=clock.now()
        )
        assert (judged.state, judged.judgement, judged.judged_by) == (
            "settled",
            "misused",
            officer.account,
        )
        with pytest.raises(errors.Conflict) as refusal:
            services.judge_entry(
                by=officer, entry_id=disputed.pk, judgement="harmless", now=clock.now()
            )
        assert refusal.value.code == "judged"

    def test_nobody_is_counted_twice_and_nobody_judges_their_own(self, gate, disputed):
        officer = make_post(union=gate.union)
        with pytest.raises(errors.Conflict) as refusal:
            services.judge_entry(
                by=officer, entry_id=disputed.pk, judgement="let_in", now=clock.now()
            )
        assert refusal.value.code == "counted"
        own = make_post(union=gate.union, account=gate.steward)
        with pytest.raises(errors.Conflict) as refusal:
            services.judge_entry(
                by=own, entry_id=disputed.pk, judgement="harmless", now=clock.now()
            )
        assert refusal.value.code == "own"

    def test_who_did_come_in_is_counted(self, gate):
        part = gate.parts[0]
        entry = send(gate, gate.steward, scan(gate, part, clock.now(), code="x"))[0]
        officer = make_post(union=gate.union)
        services.judge_entry(by=officer, entry_id=entry.pk, judgement="let_in", now=clock.now())
        assert came_in(gate) == [part.pk]


class TestMoving:
    def test_a_gate_that_is_opened_again_moves_and_keeps_its_codes(self, gate):
        moved = services.open_gate(
            occasion=gate.occasion,
            pool_id=gate.pool_id,
            union=gate.union,
            title=gate.title,
            begins_at=gate.begins_at + HOUR,
            ends_at=gate.ends_at + HOUR,
            by=None,
        )
        assert moved.pk == gate.pk
        with pytest.raises(errors.Invalid):
            services.open_gate(
                occasion="x",
                pool_id=gate.pool_id,
                union=gate.union,
                title="",
                begins_at=gate.ends_at,
                ends_at=gate.begins_at,
                by=None,
            )

    def test_a_steward_nobody_knows(self, gate):
        with pytest.raises(errors.Invalid) as refusal:
            services.name_steward(
                by=make_post(union=gate.union), gate=gate, account=None, now=clock.now()
            )
        assert set(refusal.value.fields) == {"phone"}
