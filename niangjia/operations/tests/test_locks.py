"""Locks agree with what they were made from, whatever index a machine has."""

import json

from niangjia.operations import locks


def test_pips_settings_reach_uv():
    listing = "\n".join(
        [
            "global.find-links='/opt/wheels'",
            "global.index-url='https://index.example/simple'",
            "global.extra-index-url='file:///a file:///b'",
            ":env:.timeout='180'",
        ]
    )
    assert locks.pip_settings(listing) == {
        "UV_FIND_LINKS": "/opt/wheels",
        "UV_DEFAULT_INDEX": "https://index.example/simple",
        "UV_INDEX": "file:///a file:///b",
    }


def test_pins_leave_hashes_and_comments_out():
    text = (
        "# made\ndjango==5.2.19 \\\n    --hash=sha256:00\n    # via x\ntzdata==1 ; os == 'nt' \\\n"
    )
    assert locks.pins(text) == ["django==5.2.19", "tzdata==1 ; os == 'nt'"]


def test_a_changed_package_json_makes_its_lock_stale(tmp_path, monkeypatch):
    assert locks.stale_packages() == []
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text((locks.ROOT / name).read_text())
    wanted = json.loads((tmp_path / "package.json").read_text())
    wanted["dependencies"]["another"] = "^1.0.0"
    (tmp_path / "package.json").write_text(json.dumps(wanted))
    monkeypatch.setattr(locks, "ROOT", tmp_path)
    assert locks.stale_packages() == ["package-lock.json"]


def test_everything_we_ask_for_is_locked_with_a_hash():
    for name in locks.NAMES:
        text = (locks.REQUIREMENTS / f"{name}.txt").read_text()
        assert locks.pins(text)
        assert text.count(" \\\n    --hash=sha256:") >= len(locks.pins(text))
