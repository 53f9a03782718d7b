"""A node's folder: one supervisor, private files, a load that is done once."""

import pytest

from niangjia.core.models import AuditEntry
from niangjia.operations import demo
from niangjia.operations.node import loading
from niangjia.operations.node.home import AlreadyRuns, Home
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
