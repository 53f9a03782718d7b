"""The audit chain: whatever is done to it, the verifier finds and names it (promise 9)."""

import datetime as dt
import json
import threading
import uuid

import psycopg
import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core import audit
from niangjia.core.audit import chain
from niangjia.core.crypto import keys
from niangjia.core.models import AuditEntry, AuditLane
from niangjia.core.tests.races import at_once

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "checkpoints.jsonl"


def write(count=1):
    return [
        audit.record(
            action="member.look_up",
            by=uuid.uuid4(),
            subject=f"person:{number}",
            person_id=uuid.uuid4(),
            purpose="answering a call",
            details={"fields": ["phone"], "count": number, "share": 0.5, "at": dt.date(2026, 1, 1)},
        )
        for number in range(count)
    ]


def check(file):
    connection.ensure_connection()
    connection.send_waiting()
    return audit.verify(connection.connection, ring=keys.ring(), file=file)


def tamper(sql, *values):
    """As a superuser who has switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def named(report):
    return {(problem.number, problem.entry_id) for problem in report.problems}


@pytest.mark.usefixtures("as_owner")
class TestTogether:
    """Entries that are recorded together are links like any other."""

    def record(self, count):
        audit.record_all(
            [audit.Act("pool.claimed", uuid.uuid4(), f"claim:{number}") for number in range(count)]
        )

    def test_verify_and_stand_in_their_order_among_single_ones(self, file):
        write(1)
        self.record(40)
        write(1)
        self.record(3)
        self.record(0)
        assert check(file).problems == []
        subjects = AuditEntry.objects.order_by("number").values_list("subject", flat=True)
        numbers = [*range(1), *range(40), *range(1), *range(3)]
        assert [subject.split(":")[1] for subject in subjects] == list(map(str, numbers))

    def test_are_two_statements_however_many(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            connection.known.clear()
            self.record(50)
            connection.send_waiting()

    def test_one_that_is_taken_out_of_the_middle_is_found(self, file):
        self.record(9)
        connection.send_waiting()
        taken = AuditEntry.objects.get(number=5)
        tamper("DELETE FROM core_auditentry WHERE number = 5")
        assert (5, "") in named(check(file)), taken


@pytest.mark.usefixtures("as_owner")
class TestChain:
    def test_control_what_nobody_touched_verifies(self, file):
        write(5)
        audit.write_checkpoint(file)
        write(2)
        report = check(file)
        assert report.problems == []
        assert (report.entries, report.checkpoints) == (7, 1)

    @pytest.mark.parametrize(
        "change",
        [
            "action = 'nothing'",
            "purpose = 'none of your business'",
            "account_id = uuidv7()",
            "person_id = NULL",
            "at = at + interval '1 microsecond'",
            "details = '{}'",
            "subject = subject || ' '",
            "id = uuidv7()",
        ],
    )
    def test_an_edited_entry_is_named(self, file, change):
        entries = write(4)
        tamper(f"UPDATE core_auditentry SET {change} WHERE id = %s", entries[1].id)  # noqa: S608
        assert [problem.number for problem in check(file).problems] == [entries[1].number]

    @pytest.mark.parametrize("which", [0, 1, 2])
    def test_a_removed_entry_is_named(self, file, which):
        entries = write(4)
        tamper("DELETE FROM core_auditentry WHERE id = %s", entries[which].id)
        assert named(check(file)) == {(entries[which].number, "")}

    def test_a_removed_entry_is_named_even_when_the_rest_is_renumbered(self, file):
        entries = write(4)
        tamper("DELETE FROM core_auditentry WHERE id = %s", entries[1].id)
        for entry in entries[2:]:
            tamper("UPDATE core_auditentry SET number = number - 1 WHERE id = %s", entry.id)
        first = check(file).problems[0]
        assert (first.number, first.entry_id) == (entries[1].number, str(entries[2].id))

    def test_entries_that_change_places_are_named(self, file):
        a, b = write(4)[1:3]
        for number, entry in ((-1, a), (a.number, b), (b.number, a)):
            tamper("UPDATE core_auditentry SET number = %s WHERE id = %s", number, entry.id)
        assert {(a.number, str(b.id)), (b.number, str(a.id))} <= named(check(file))

    def test_a_made_up_entry_is_named(self, file):
        last = write(3)[-1]
        tamper(
            """INSERT INTO core_auditentry (id, at, action, subject, purpose, details, lane,
                                            number, key, mac)
               VALUES (%s, now(), 'x', 'x', '', '{}', %s, %s, 1, %s)""",
            forged := uuid.uuid4(),
            last.lane,
            last.number + 1,
            b"0" * 32,
        )
        tamper(
            "UPDATE core_auditlane SET number = number + 1, mac = %s WHERE lane = %s",
            b"0" * 32,
            last.lane,
        )
        assert named(check(file)) == {(last.number + 1, str(forged))}

    def test_an_end_that_was_cut_off_is_named(self, file):
        last = write(3)[-1]
        tamper("DELETE FROM core_auditentry WHERE id = %s", last.id)
        assert named(check(file)) == {(last.number, "")}

    def test_an_end_that_was_cut_off_with_its_head_is_named_by_the_checkpoint(self, file):
        entries = write(3)
        audit.write_checkpoint(file)
        cut_last(entries)
        (problem,) = check(file).problems
        assert problem.number == entries[2].number
        assert "signed" in problem.what

    def test_control_without_a_checkpoint_that_would_go_unseen(self, file):
        cut_last(write(3))
        assert check(file).is_clean

    def test_who_has_the_audit_key_is_found_by_what_was_signed(self, file):
        entry = write()[0]
        audit.write_checkpoint(file)
        entry.action = "nothing"
        link = chain.Link(
            lane=entry.lane,
            number=entry.number,
            id=str(entry.id),
            action="nothing",
            at=entry.at.isoformat(timespec="microseconds")[:26],
            subject=entry.subject,
            account_id=str(entry.account_id),
            union_id=None,
            person_id=str(entry.person_id),
            purpose=entry.purpose,
            details=entry.details,
        )
        key = keys.ring().key("audit", entry.key)
        forged = chain.mac(key, chain.first_mac(entry.lane), link)
        tamper(
            "UPDATE core_auditentry SET action = 'nothing', mac = %s WHERE id = %s",
            forged,
            entry.id,
        )
        tamper("UPDATE core_auditlane SET mac = %s WHERE lane = %s", forged, entry.lane)
        (problem,) = check(file).problems
        assert problem.entry_id == str(entry.id)

    def test_a_key_that_was_replaced_still_verifies_what_it_signed(self, file, tmp_path):
        write(2)
        ring = keys.ring()
        ring = keys.KeyRing(
            ring.current | {"audit": "2"},
            ring.keys | {"audit": ring.keys["audit"] | {"2": b"2" * 32}},
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keys, "ring", lambda: ring)
            assert write()[0].key == 2
            assert check(file).is_clean


def cut_last(entries):
    """Remove the last entry and set the head back as if it had never been."""
    tamper("DELETE FROM core_auditentry WHERE id = %s", entries[-1].id)
    tamper(
        "UPDATE core_auditlane SET number = %s, mac = %s WHERE lane = %s",
        entries[-2].number,
        entries[-2].mac,
        entries[-2].lane,
    )


def assert_refused(statement):
    write()
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET action = 'x'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
        "DELETE FROM core_auditlane",
        "TRUNCATE core_auditlane",
        "UPDATE core_auditlane SET number = 0",
    ],
)
class TestWhatWasWritten:
    @pytest.mark.django_db
    def test_the_app_cannot_change_it(self, statement):
        assert_refused(statement)

    @pytest.mark.usefixtures("as_owner")
    def test_nor_can_the_owner_with_the_guards_on(self, statement):
        assert_refused(statement)


@pytest.mark.django_db
class TestGuard:
    def test_an_entry_that_is_rolled_back_leaves_no_gap(self, file):
        write()
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        write()
        assert check(file).is_clean

    def test_an_entry_costs_one_statement_and_one_with_the_next(self, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(3):
            write()
            AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writers_side_by_side_do_not_wait_for_each_other(file):
    """Each holds its transaction open until all have written: one lane for all would hang."""
    writers = 8
    barrier = threading.Barrier(writers, timeout=60)

    def work():
        with transaction.atomic():
            write(2)
            barrier.wait()

    assert at_once(*[work] * writers) == [None] * writers
    assert AuditLane.objects.filter(number=2).count() == writers
    report = audit.verify_node()
    assert report.is_clean
    assert report.entries == 2 * writers


@pytest.mark.django_db(transaction=True)
def test_control_one_lane_for_all_makes_them_wait():
    """What the lanes are for: holding one, a second writer of the same lane cannot go on."""
    with transaction.atomic():
        lane = write()[0].lane
        with (
            psycopg.connect(
                **{
                    name: value
                    for name, value in connection.get_connection_params().items()
                    if name in {"host", "port", "dbname", "user", "password"} and value
                }
            ) as other,
            pytest.raises(psycopg.errors.LockNotAvailable),
        ):
            other.execute("SELECT 1 FROM core_auditlane WHERE lane = %s FOR UPDATE NOWAIT", [lane])


@given(JSON)
def test_every_json_survives_the_database_in_the_same_spelling(value):
    through = json.loads(json.dumps(value))
    assert chain.spelled(through) == chain.spelled(value)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0.1, 1e22, 1e-7, 1.0, -0.0, 10**30, 123456789.123456789])
def test_numbers_survive_the_database_in_the_same_spelling(number, file):
    audit.record(action="x", by=None, subject="x", details={"n": number})
    assert check(file).is_clean
