"""A viewer ends with its block: nothing is left in a pooled connection; keys change hands."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.core import clock, protection
from niangjia.core.crypto import keys, rotation
from niangjia.core.models import AnsweredRequest
from niangjia.core.protection import tokens, viewers
from niangjia.core.tests.protected import ANNA, BORIS, READ, ask, make, seen, set_to, setting
from tests.database import own_name, owners_connection


@pytest.fixture
def committed(transactional_db):
    """The table, in a copy of the database that is thrown away after the test."""
    with owners_connection(own_name()) as owner:
        make(owner)


@pytest.mark.usefixtures("committed")
class TestSessions:
    """Pooled connections go from request to request."""

    def test_a_block_of_its_own_costs_one_statement(self, django_assert_num_queries):
        with django_assert_num_queries(3) as counted, protection.viewing(account=ANNA):
            pass
        assert [each["sql"].split("(")[0] for each in counted] == [
            "BEGIN",
            "SELECT core_view",
            "COMMIT",
        ]

    def test_nothing_is_left_for_whoever_has_the_connection_next(self):
        pids = set()
        for _request in range(20):
            with protection.viewing(account=ANNA):
                assert seen() == ["by Anna"]
            pids.add(connection.connection.info.backend_pid)
            assert (seen(), setting()) == ([], "")
            connection.close()
            pids.add(ask("SELECT pg_backend_pid()")[0][0])
            assert (seen(), setting()) == ([], "")
        assert len(pids) < 20, "no connection was ever used again"

    def test_nor_after_an_error(self):
        with pytest.raises(ProgrammingError), protection.viewing(account=ANNA):
            ask("SELECT no_such")
        assert (seen(), setting()) == ([], "")

    def test_a_seal_is_worth_nothing_in_the_next_transaction(self):
        with protection.viewing(account=ANNA):
            seal = setting()
        with transaction.atomic():
            set_to(seal)
            assert (seen(), setting()) == ([], seal)

    def test_a_seal_is_worth_nothing_in_another_session(self):
        parts = {key: connection.get_connection_params()[key] for key in ("host", "dbname", "user")}
        with protection.viewing(account=ANNA), psycopg.connect(**parts) as thief:
            thief.execute("SELECT set_config('niangjia.viewer', %s, false)", [setting()])
            assert thief.execute(READ).fetchall() == []
            assert seen() == ["by Anna"]

    def test_a_setting_for_the_session_makes_nobody_of_those_who_come_later(self):
        """Not a way in, and not a way to shut others out."""
        ask("SELECT set_config('niangjia.viewer', 'account x 1 00', false)")
        with protection.viewing(account=ANNA):
            assert seen() == ["by Anna"]
        assert seen() == []
        ask("SELECT set_config('niangjia.viewer', '', false)")


class TestKeys:
    @pytest.fixture
    def own(self, monkeypatch, tmp_path):
        """A key file of the test's, known to a copy of the database."""
        own = keys.FileKeys(tmp_path / "keys.json")
        monkeypatch.setattr(keys, "provider", lambda: own)
        return own

    def numbers(self):
        with owners_connection(own_name()) as owner:
            return {n for (n,) in owner.execute("SELECT number FROM core_scopekey")}

    @pytest.mark.usefixtures("committed")
    def test_a_rotation_refuses_nobody(self, own):
        with owners_connection(own_name()) as owner:
            protection.publish_keys(owner)
            info = owner.info
            with protection.viewing(account=ANNA):
                before = connection.connection.info
                old = tokens.sign(
                    "account", str(BORIS), pid=before.backend_pid, database=info.dbname
                )
                assert protection.rotate_keys(owner) == 2
                assert seen() == ["by Anna"], "a seal under the old key holds to the end"
                ask(viewers.DECLARE, *vars(old).values())
                assert seen() == ["by Boris"], "so does what was signed before"
            with protection.viewing(account=ANNA):
                assert setting().split(" ")[2] == "2"
                assert seen() == ["by Anna"]
        assert self.numbers() == {"1", "2"}

    @pytest.mark.usefixtures("committed")
    def test_a_key_two_rotations_old_is_believed_no_more(self, own, monkeypatch):
        with owners_connection(own_name()) as owner:
            protection.publish_keys(owner)
            for number in (2, 3):
                assert protection.rotate_keys(owner) == number
        assert self.numbers() == {"2", "3"}
        monkeypatch.setitem(own.ring().current, "scope", "1")
        with (
            pytest.raises(ProgrammingError, match="key this database does not know"),
            protection.viewing(account=ANNA),
        ):
            pass

    @pytest.mark.usefixtures("committed")
    def test_a_rotation_cut_short_leaves_todays_key_in_force(self, own, monkeypatch):
        with owners_connection(own_name()) as owner:
            protection.publish_keys(owner)
            monkeypatch.setattr(own, "promote", lambda use, number: 1 / 0)
            for _try in range(3):
                with pytest.raises(ZeroDivisionError):
                    protection.rotate_keys(owner)
        assert "1" in self.numbers()
        with protection.viewing(account=ANNA):
            assert seen() == ["by Anna"]


@pytest.mark.django_db(transaction=True)
def test_a_key_rotation_that_would_leave_rows_out_fails_loudly():
    """What it passes over in silence is lost with the old key."""
    AnsweredRequest.objects.create(
        account_id=ANNA, key="key-1", digest=b"", expires_at=clock.now(), answer="sealed"
    )
    with owners_connection(own_name()) as owner:
        for operation in protection.enable("core_answeredrequest", read="false", write="false"):
            owner.execute(operation.sql)
    with pytest.raises(ProgrammingError, match="would be affected by row-level security"):
        rotation.rotate_model(AnsweredRequest, [AnsweredRequest._meta.get_field("answer")])
    assert AnsweredRequest.objects.count() == 0, "the control: it would have found nothing to do"
