"""Who cannot sign is nobody: scopes made up, altered, borrowed, expired (promise 2)."""

import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.core import protection
from niangjia.core.crypto import keys
from niangjia.core.protection import tokens, viewers
from niangjia.core.tests.protected import ANNA, BORIS, ask, seen, set_to, setting, table

__all__ = ["table"]


@pytest.mark.django_db
@pytest.mark.usefixtures("table")
class TestForgery:
    """The app's role may set any setting; only the app has the key."""

    @pytest.mark.parametrize(
        "value",
        [
            str(ANNA),
            f"account {ANNA}",
            f"account {ANNA} 1",
            f"account {ANNA} 1 ",
            f"account {ANNA} 1 {'0' * 64}",
            f"account {ANNA} 99 {'0' * 64}",
            f"account {ANNA} x {'0' * 64}",
            f"account {ANNA} 1 真",
            "account not-a-uuid 1 00",
            "account",
            "account ",
            "a" * 100_000,
        ],
    )
    def test_a_made_up_seal_is_nobody(self, value):
        set_to(value)
        assert seen() == []
        assert ask("SELECT core_viewer_account()") == [(None,)]

    def test_a_seal_holds_for_its_own_viewer_only(self):
        with protection.viewing(account=ANNA):
            seal = setting()
            for forged in (
                seal.replace(str(ANNA), str(BORIS)),
                seal.replace("account", "work"),
                seal[:-1] + ("0" if seal[-1] != "0" else "1"),
            ):
                set_to(forged)
                assert seen() == []
            set_to(seal)
            assert seen() == ["by Anna"]

    def test_control_the_same_token_unaltered_is_believed(self):
        assert self.present() == ""
        assert seen() == ["by Anna"]

    @pytest.mark.parametrize(
        ("altered", "said"),
        [
            ({"subject": str(BORIS)}, "not signed"),
            ({"kind": "work"}, "not signed"),
            ({"code": b"\0" * 32}, "not signed"),
            ({"code": b""}, "not signed"),
            ({"expires": 2**40}, "not signed"),
            ({"key_number": "99"}, "key this database does not know"),
        ],
    )
    def test_an_altered_token_is_refused(self, altered, said):
        with pytest.raises(ProgrammingError, match=said), transaction.atomic():
            self.present(altered=altered)
        assert seen() == []

    @pytest.mark.parametrize("signed", [{"pid": 1}, {"database": "another"}])
    def test_another_sessions_token_is_refused(self, signed):
        with pytest.raises(ProgrammingError, match="not signed for this session"):
            self.present(**signed)

    def test_an_expired_token_is_refused(self, monkeypatch):
        monkeypatch.setattr(tokens, "LIFE_SECONDS", -1)
        with pytest.raises(ProgrammingError, match="expired"):
            self.present()

    def test_a_token_under_a_key_of_ones_own_is_refused(self, monkeypatch, tmp_path):
        own = keys.FileKeys(tmp_path / "keys.json")
        monkeypatch.setattr(keys, "provider", lambda: own)
        with pytest.raises(ProgrammingError, match="not signed"):
            self.present()

    def present(self, altered=None, **signed):
        """What the app hands in for Anna, signed for this session unless told otherwise."""
        info = connection.connection.info
        place = {"pid": info.backend_pid, "database": info.dbname} | signed
        token = tokens.sign("account", str(ANNA), **place)
        values = vars(token) | (altered or {})
        [(before,)] = ask(viewers.DECLARE, *values.values())
        return before


@pytest.mark.django_db
@pytest.mark.usefixtures("table")
def test_the_token_stands_in_no_list_of_what_sessions_do(owner):
    """Every session of the app could read there what another one said."""
    with protection.viewing(account=ANNA):
        connection.send_waiting()
        pid = connection.connection.info.backend_pid
        running = owner.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid])
        [(text,)] = running.fetchall()
        assert text.startswith("SELECT core_view($1")
        assert str(ANNA) not in text
