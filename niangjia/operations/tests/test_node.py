"""A node's folder: one supervisor, private files, a load that is done once."""

import os
import subprocess
import sys

import pytest

from niangjia.cases.models import ItemVersion, VersionState
from niangjia.cases.services import catalogue
from niangjia.core.models import AuditEntry
from niangjia.operations import demo
from niangjia.operations.node import loading
from niangjia.operations.node.home import CHECKOUT, AlreadyRuns, Home
from niangjia.regions.models import Division


def test_one_supervisor_at_a_time(tmp_path):
    home = Home(tmp_path)
    assert not home.is_supervised()
    with home.supervised():
        assert home.is_supervised()
        with pytest.raises(AlreadyRuns), home.supervised():
            pass
    with home.supervised():
        pass


def test_the_secret_key_is_private_and_stays(tmp_path):
    home = Home(tmp_path)
    home.ensure_secret_key()
    file = tmp_path / "secret_key"
    key = file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(key) > 50
    home.ensure_secret_key()
    assert file.read_text() == key


def test_what_a_killed_supervisor_half_wrote_is_not_believed(tmp_path):
    (tmp_path / "node.json").write_text('{"pid": 1')
    assert Home(tmp_path).running() == {}


@pytest.mark.django_db
def test_an_area_is_loaded_once(capsys):
    loading.load(["divisions"])
    assert Division.objects.count() > 3000
    Division.objects.filter(code="330782").update(name="renamed")
    loading.load(["divisions"])
    assert Division.objects.get(code="330782").name == "renamed"
    assert AuditEntry.objects.filter(subject="demo:divisions").count() == 1
    assert "Divisions of the country" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_a_load_cut_short_leaves_nothing_and_is_begun_again(monkeypatch):
    module = demo.module("divisions")
    whole = module.load

    def cut_short(*, progress):
        whole(progress=progress)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "load", cut_short)
    with pytest.raises(KeyboardInterrupt):
        loading.load(["divisions"])
    assert not Division.objects.exists()
    assert not loading.is_loaded("divisions")
    monkeypatch.undo()
    loading.load(["divisions"])
    assert loading.is_loaded("divisions")


NOBODY_LISTENS = "postgresql://nobody@127.0.0.1:9/niangjia"


@pytest.mark.parametrize("command", ["run", "backup", "verify-audit"])
@pytest.mark.parametrize(
    ("url", "said"), [("nonsense", "NIANGJIA_DATABASE_URL cannot be read"), (NOBODY_LISTENS, "9")]
)
def test_a_server_that_cannot_be_reached_is_said_without_a_traceback(tmp_path, command, url, said):
    done = niangjia(command, NIANGJIA_HOME=str(tmp_path), NIANGJIA_DATABASE_URL=url)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_status_tells_whose_server_it_is(tmp_path):
    named = niangjia("status", NIANGJIA_HOME=str(tmp_path), NIANGJIA_DATABASE_URL=NOBODY_LISTENS)
    assert "the server that NIANGJIA_DATABASE_URL names" in named.stdout
    own = niangjia("status", NIANGJIA_HOME=str(tmp_path))
    assert "database  not running" in own.stdout


def niangjia(*arguments, **variables):
    """The command as a person gives it."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NIANGJIA_")}
    return subprocess.run(
        [sys.executable, "-m", "niangjia", *arguments],
        cwd=CHECKOUT,
        env=inherited | variables,
        capture_output=True,
        text=True,
    )


@pytest.mark.django_db
def test_newer_software_brings_new_services_to_a_node_that_has_run_before(monkeypatch, capsys):
    loading.load(demo.SEED)
    offered = ItemVersion.objects.filter(state=VersionState.PUBLISHED)
    assert offered.count() == len(catalogue.seeds()) >= 16
    newer = {**catalogue.seeds()[0], "key": "new-service"}
    monkeypatch.setattr(catalogue, "seeds", lambda: [newer])
    capsys.readouterr()
    loading.load(demo.SEED)
    assert offered.filter(item__key="new-service").exists()
    assert capsys.readouterr().out == ""
