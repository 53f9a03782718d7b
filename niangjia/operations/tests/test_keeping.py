"""`niangjia rotate-keys`."""

import argparse
import contextlib

import pytest
from django.db import connection

from niangjia.core import protection
from niangjia.core.crypto import keys, sealing
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_account
from niangjia.operations.cli import keeping


@pytest.mark.django_db(transaction=True)
def test_keys_are_rotated_and_everybody_is_still_found(tmp_path, monkeypatch, capsys):
    provider = keys.FileKeys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    monkeypatch.setattr(keeping.database, "opened", lambda *_, **__: contextlib.nullcontext())
    account = make_account()
    commands = argparse.ArgumentParser()
    keeping.add(commands.add_subparsers())
    for arguments, said in (
        (
            ["--new", "encryption", "--new", "digest", "--new", "scope"],
            "Key 2 is the scope key now.\n1 rows written anew.",
        ),
        ([], "0 rows written anew."),
    ):
        chosen = commands.parse_args(["rotate-keys", *arguments])
        chosen.do(chosen)
        assert said in capsys.readouterr().out
    assert sealing.current_header()[1] == 2
    assert Account.objects.by_phone(account.phone) == account
    with protection.viewing(account=account.pk), connection.cursor() as cursor:
        cursor.execute("SELECT core_viewer_account(), current_setting('niangjia.viewer')")
        viewer, seal = cursor.fetchone()
    assert viewer == account.pk
    assert seal.split(" ")[2] == "2"
