"""Draws from announcement to winners: in that order or not at all (promise 37)."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.allocation import services
from niangjia.allocation.models import (
    Claim,
    ClaimState,
    Draw,
    DrawLine,
    DrawState,
    Mode,
    Stock,
    ValueReading,
    VoidReason,
)
from niangjia.allocation.rules import drawing
from niangjia.allocation.tests.draws import (
    CLOSES,
    EVENING,
    KNOWN,
    SIGN_UP,
    VALUE,
    announce,
    make_draw_pool,
    make_drawn,
    make_officers,
    make_sealed,
    read,
)
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.allocation.tests.test_drawing import holds
from niangjia.core import errors
from niangjia.core.crypto import KeyRing, keys
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.core.tests.key_files import own_keys
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
OTHER_VALUE = "03 07 12 21 28 33+10"


def files(draw):
    return {
        "sealed.json": draw.sealed_file,
        "entrants.txt": draw.entrants_file,
        "drawn.json": draw.drawn_file,
    }


def refused(**changes):
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(**changes.pop("of")).update(**changes)


class TestAWholeDraw:
    def test_gives_the_published_winners_their_parts_and_the_others_a_place_in_line(self):
        draw, accounts = make_drawn(entrants=5, supply=2)
        drawn = json.loads(draw.drawn_file)
        lines = {line.pseudonym: line for line in DrawLine.objects.select_related("claim")}
        assert [lines[name].claim.state for name in drawn["winners"]] == ["confirmed"] * 2
        assert [lines[name].claim.state for name in drawn["waiting"]] == ["waiting"] * 3
        in_line = Claim.objects.filter(state=ClaimState.WAITING).order_by("place")
        assert [c.pk for c in in_line] == [lines[name].claim_id for name in drawn["waiting"]]
        assert {line.claim.account for line in lines.values()} == set(accounts)
        assert [lines[name].rank for name in drawn["winners"] + drawn["waiting"]] == [1, 2, 3, 4, 5]

    def test_a_stranger_finds_the_published_files_right(self):
        draw, _accounts = make_drawn(entrants=7, supply=3)
        assert holds(files(draw))

    def test_everybody_finds_their_own_line_and_nobody_elses(self):
        draw, _accounts = make_drawn()
        for line in DrawLine.objects.all():
            assert drawing.pseudonym(line.nonce) == line.pseudonym
        text = "".join(files(draw).values())
        for line in DrawLine.objects.select_related("claim__account"):
            for secret in (line.nonce, line.claim.account.phone, str(line.claim_id)):
                assert secret not in text

    def test_is_told_and_written_down(self):
        draw, _accounts = make_drawn()
        actions = AuditEntry.objects.filter(subject=f"draw:{draw.pk}").values_list(
            "action", flat=True
        )
        assert set(actions) == {"draw.announced", "draw.sealed", "draw.value_read", "draw.drawn"}
        kinds = set(OutboxEvent.objects.values_list("type", flat=True))
        assert {f"allocation.Draw{name}" for name in ("Announced", "Sealed", "Completed")} <= kinds
        assert "allocation.PoolDecided" in kinds

    @pytest.mark.parametrize(("entrants", "supply"), [(0, 2), (2, 5)])
    def test_with_fewer_entrants_than_parts_all_win(self, entrants, supply):
        draw, _accounts = make_drawn(entrants=entrants, supply=supply)
        assert len(json.loads(draw.drawn_file)["winners"]) == entrants
        assert set(Claim.objects.values_list("state", flat=True)) <= {"confirmed"}
        assert holds(files(draw))

    def test_a_family_wins_together_or_waits_together(self):
        pool, _alone = make_draw_pool(entrants=3, supply=3, parts_max=3)
        for _ in range(2):
            claim(pool, make_person().account, now=SIGN_UP, parts=3)
        draw = services.seal_draw(draw_id=announce(pool).pk, now=CLOSES)
        for officer in make_officers(draw):
            draw = read(draw, officer)
        pool.stock.refresh_from_db()
        won = Claim.objects.filter(state=ClaimState.CONFIRMED)
        assert sum(each.parts for each in won) == pool.stock.taken <= 3
        assert holds(files(draw))

    def test_who_leaves_between_sealing_and_drawing_makes_room_and_takes_nothing_away(self):
        draw, accounts = make_sealed(entrants=6, supply=3)
        for account in accounts[:2]:
            services.return_claim(by=account, claim_id=account.claims.get().pk, now=CLOSES)
        for officer in make_officers(draw):
            draw = read(draw, officer)
        assert holds(files(draw)), "the list stays as it was sealed"
        lines = {line.pseudonym: line.claim for line in DrawLine.objects.select_related("claim")}
        drawn = json.loads(draw.drawn_file)
        states = [lines[name].state for name in drawn["winners"]]
        assert set(states) <= {"confirmed", "returned"}
        assert Claim.objects.filter(state=ClaimState.CONFIRMED).count() == 3
        order = [lines[name] for name in drawn["waiting"] if lines[name].state != "returned"]
        moved_up = states.count("returned")
        assert [c.state for c in order] == ["confirmed"] * moved_up + ["waiting"] * (
            len(order) - moved_up
        )


class TestInOrder:
    def test_nothing_is_sealed_before_sign_up_closes(self):
        pool, _accounts = make_draw_pool()
        draw = announce(pool)
        assert services.seal_due(now=CLOSES - HOUR) == 0
        assert services.seal_draw(draw_id=draw.pk, now=CLOSES - HOUR).state == DrawState.ANNOUNCED
        assert services.seal_due(now=CLOSES) == 1
        draw.refresh_from_db()
        assert draw.state == DrawState.SEALED

    def test_a_list_that_cannot_be_sealed_holds_no_other_back(self, caplog):
        draws = [announce(make_draw_pool(entrants=1)[0]) for _ in range(2)]
        Stock.objects.filter(pool=draws[0].pool_id).delete()
        assert services.seal_due(now=CLOSES) == 1
        draws[1].refresh_from_db()
        assert draws[1].state == DrawState.SEALED
        assert f"draw {draws[0].pk} could not be dealt with" in caplog.text

    def test_a_list_sealed_twice_is_sealed_once(self):
        draw, _accounts = make_sealed()
        again = services.seal_draw(draw_id=draw.pk, now=CLOSES + HOUR)
        assert (again.seal, again.sealed_at) == (draw.seal, draw.sealed_at)

    def test_a_list_that_missed_its_hour_makes_the_draw_void_and_it_is_announced_again(self):
        pool, _accounts = make_draw_pool()
        draw = services.seal_draw(draw_id=announce(pool).pk, now=KNOWN)
        assert (draw.state, draw.void_reason) == (DrawState.VOID, VoidReason.SEALED_LATE)
        later = announce(pool, now=EVENING, day=dt.date(2026, 11, 26), issue="2026136")
        assert services.seal_draw(draw_id=later.pk, now=EVENING).state == DrawState.SEALED

    def test_no_value_is_read_before_it_can_be_known(self):
        draw, _accounts = make_sealed()
        officer, _other = make_officers(draw)
        with pytest.raises(errors.Conflict) as refusal:
            read(draw, officer, now=KNOWN - dt.timedelta(seconds=1))
        assert refusal.value.code == "too-early"

    def test_no_value_is_read_for_a_list_that_is_not_sealed(self):
        pool, _accounts = make_draw_pool()
        draw = announce(pool)
        with pytest.raises(errors.Conflict):
            read(draw, make_officers(draw)[0])

    def test_it_is_drawn_once(self):
        draw, _accounts = make_drawn()
        officer, _other = make_officers(draw)
        with pytest.raises(errors.Conflict) as refusal:
            read(draw, officer, OTHER_VALUE)
        assert refusal.value.code == "over"
        draw.refresh_from_db()
        assert draw.value == VALUE

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("source", {"source": "dice"}),
            ("issue", {"issue": "135"}),
            ("day", {"day": dt.date(2026, 11, 25)}),
            ("day", {"day": dt.date(2026, 11, 22)}),
        ],
    )
    def test_what_cannot_decide_is_refused_beside_its_field(self, field, changes):
        pool, _accounts = make_draw_pool(entrants=0)
        with pytest.raises(errors.Invalid) as refusal:
            announce(pool, **changes)
        assert set(refusal.value.fields) == {field}

    def test_only_pools_that_are_drawn_and_only_one_draw_each(self):
        with pytest.raises(errors.Conflict):
            announce(make_pool(mode=Mode.FIRST_COME))
        pool, _accounts = make_draw_pool(entrants=0)
        announce(pool)
        with pytest.raises(errors.Conflict):
            announce(pool)

    def test_what_is_promised_under_a_seal_is_not_taken_away(self):
        draw, _accounts = make_sealed(supply=2)
        services.add_supply(pool_id=draw.pool_id, count=1, by=None, now=CLOSES)
        with pytest.raises(errors.Conflict) as refusal:
            services.add_supply(pool_id=draw.pool_id, count=-1, by=None, now=CLOSES)
        assert refusal.value.code == "sealed"


class TestTwoPeople:
    def test_one_alone_decides_nothing_however_often(self):
        draw, _accounts = make_sealed()
        officer, _other = make_officers(draw)
        for _ in range(2):
            assert read(draw, officer).state == DrawState.SEALED

    def test_one_person_with_two_posts_is_one(self):
        draw, _accounts = make_sealed()
        officer, _other = make_officers(draw)
        read(draw, officer)
        second = make_post(account=officer.account, union=draw.union, role="case_officer")
        assert read(draw, second).state == DrawState.SEALED

    def test_readings_that_differ_decide_nothing_until_they_agree(self):
        draw, _accounts = make_sealed()
        one, other = make_officers(draw)
        read(draw, one, OTHER_VALUE)
        assert read(draw, other).state == DrawState.SEALED
        drawn = read(draw, one)
        assert (drawn.state, drawn.value) == (DrawState.DRAWN, VALUE)

    def test_an_earlier_reading_that_was_corrected_counts_no_more(self):
        draw, _accounts = make_sealed()
        one, other = make_officers(draw)
        read(draw, one, OTHER_VALUE)
        read(draw, one)
        assert read(draw, other, OTHER_VALUE).state == DrawState.SEALED

    def test_what_can_be_no_result_is_refused(self):
        draw, _accounts = make_sealed()
        with pytest.raises(errors.Invalid) as refusal:
            read(draw, make_officers(draw)[0], "1 2 3")
        assert set(refusal.value.fields) == {"value"}
        assert not ValueReading.objects.exists()


class TestTheDatabaseItself:
    """The controls: past every service, the constraints and triggers hold."""

    def test_refuses_a_value_that_only_one_has_read(self):
        draw, _accounts = make_sealed()
        read(draw, make_officers(draw)[0])
        refused(of={"pk": draw.pk}, value=VALUE, drawn_file="{}", drawn_at=EVENING)

    def test_refuses_a_value_before_it_can_be_known(self):
        draw, _accounts = make_sealed()
        for officer in make_officers(draw):
            ValueReading.objects.create(draw=draw, by=officer.account, value=VALUE, at=CLOSES)
        refused(of={"pk": draw.pk}, value=VALUE, drawn_file="{}", drawn_at=KNOWN - HOUR)
        Draw.objects.filter(pk=draw.pk).update(value=VALUE, drawn_file="{}", drawn_at=KNOWN)

    def test_refuses_a_seal_once_the_value_can_be_known(self):
        pool, _accounts = make_draw_pool()
        draw = announce(pool)
        parts = {"entrants_file": "", "sealed_file": "{}", "seal": "0" * 64}
        refused(of={"pk": draw.pk}, sealed_at=KNOWN, **parts)
        Draw.objects.filter(pk=draw.pk).update(sealed_at=KNOWN - HOUR, **parts)

    @pytest.mark.parametrize(
        "change",
        [
            {"commitment": "0" * 64},
            {"entrants_file": "7K2M-9QXC-4T0B-A1B2 1\n"},
            {"sealed_file": "{}"},
            {"seal": "0" * 64},
            {"parts": 3},
            {"issue": "2026136"},
            {"known_at": KNOWN + HOUR},
            {"sealed_at": None, "sealed_file": None, "entrants_file": None, "seal": None},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_refuses_to_change_what_was_published(self, change):
        draw, _accounts = make_sealed()
        refused(of={"pk": draw.pk}, **change)

    def test_refuses_to_delete_a_draw_or_change_a_line_or_a_reading(self):
        draw, _accounts = make_drawn()
        for statement in (
            "DELETE FROM allocation_draw",
            "UPDATE allocation_drawline SET pseudonym = reverse(pseudonym)",
            "UPDATE allocation_valuereading SET value = ''",
            "DELETE FROM allocation_valuereading",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert draw.lines.exists()


class TestVoid:
    def test_takes_two_for_one_reason(self):
        draw, _accounts = make_sealed()
        one, other = make_officers(draw)

        def void(by, reason, now=EVENING):
            return services.void_draw(by=by, draw_id=draw.pk, reason=reason, now=now)

        for _ in range(2):
            assert void(one, VoidReason.ANNULLED).state == DrawState.SEALED
        assert void(other, VoidReason.ANNULLED).state == DrawState.VOID
        assert set(Claim.objects.values_list("state", flat=True)) == {"entered"}
        with pytest.raises(errors.Conflict):
            read(draw, one)

    def test_a_result_nobody_likes_is_no_reason(self):
        draw, _accounts = make_sealed()
        one, _other = make_officers(draw)
        for reason, now in (
            (VoidReason.MISTAKE, EVENING),
            (VoidReason.ANNULLED, CLOSES),
            (VoidReason.SECRET_LOST, EVENING),
            (VoidReason.CALLED_OFF, EVENING),
            ("", EVENING),
        ):
            with pytest.raises(errors.Invalid):
                services.void_draw(by=one, draw_id=draw.pk, reason=reason, now=now)

    def test_a_drawn_one_stays_drawn(self):
        draw, _accounts = make_drawn()
        with pytest.raises(errors.Conflict):
            services.void_draw(
                by=make_officers(draw)[0], draw_id=draw.pk, reason="annulled", now=EVENING
            )

    def test_a_secret_that_is_lost_makes_the_draw_void_and_a_new_one_is_announced(
        self, tmp_path, monkeypatch
    ):
        draw, _accounts = make_sealed()
        one, other = make_officers(draw)
        kept = keys.ring()
        lost = own_keys(tmp_path / "keys.json").ring()
        ring = KeyRing(kept.current, kept.keys | {"encryption": lost.keys["encryption"]})
        monkeypatch.setattr(keys, "ring", lambda: ring)
        read(draw, one)
        with pytest.raises(errors.Conflict) as refusal:
            read(draw, other)
        assert refusal.value.code == "secret-lost"
        for officer in (one, other):
            services.void_draw(by=officer, draw_id=draw.pk, reason="secret_lost", now=EVENING)
        again = announce(draw.pool, now=EVENING, day=dt.date(2026, 11, 26), issue="2026136")
        assert again.commitment != draw.commitment

    def test_what_is_called_off_draws_no_lots(self):
        draw, _accounts = make_sealed()
        services.cancel_pool(pool_id=draw.pool_id, by=None, now=CLOSES)
        for _ in range(2):
            services.call_off_draws(pool_id=draw.pool_id, now=CLOSES)
        draw.refresh_from_db()
        assert (draw.state, draw.void_reason) == (DrawState.VOID, VoidReason.CALLED_OFF)


class TestFairness:
    def test_scalpers_with_many_accounts_and_bots_have_the_share_of_the_people_they_are(self):
        """Promise 38. Three people try again and again, first of all, and with accounts of nobody;
        twelve others enter once. On the list stand fifteen lines, and each has one chance."""
        pool, _none = make_draw_pool(entrants=0, supply=5, needs_real_name=True)
        scalpers = [make_person().account for _ in range(3)]
        for account in scalpers * 4:
            claim(pool, account, now=SIGN_UP)
        unnamed = [claim(pool, make_person(verified=False).account, now=SIGN_UP) for _ in range(5)]
        assert {answer.verdict.value for answer in unnamed} == {"not-verified"}
        for _ in range(12):
            claim(pool, make_person().account, now=SIGN_UP + HOUR)
        draw = services.seal_draw(draw_id=announce(pool).pk, now=CLOSES)
        assert draw.entrants == 15
        theirs = set(
            DrawLine.objects.filter(claim__account__in=scalpers).values_list("pseudonym", flat=True)
        )
        entrants = drawing.read_entrants(draw.entrants_file)
        won = sum(
            len(theirs.intersection(drawing.share_out(entrants, seed=f"{n:064x}", parts=5).winners))
            for n in range(600)
        )
        # 600 draws of 5 among 15, of whom 3: expected 600; 5.4 standard deviations are 100.
        assert abs(won - 600) <= 100
