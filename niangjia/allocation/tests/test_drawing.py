"""The draw: known answers, every order equally likely, and what a stranger finds (promise 37)."""

import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.allocation.rules import drawing
from niangjia.allocation.rules.drawing import Entrant, Sealed

SCRIPT = Path(drawing.__file__).parents[1] / "static" / "allocation" / "check_draw.py"
SECRET = "5e" * 32
VALUE = "03 07 12 21 28 33+09"
NAMES = ("sealed.json", "entrants.txt", "drawn.json")


def stranger():
    """The script as somebody has it who has nothing else of ours."""
    spec = importlib.util.spec_from_file_location("check_draw", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = stranger().check


def published(wanted=(1, 1, 3, 1, 1, 1, 1, 1), parts=4, secret=SECRET, value=VALUE):
    """The three files of a draw among as many as `wanted`, whose nonces are 0, 1, 2…"""
    entrants = drawing.entrants_file(
        Entrant(drawing.pseudonym(f"{number:032x}"), count) for number, count in enumerate(wanted)
    )
    sealed = drawing.sealed_file(
        Sealed(
            draw="26-1",
            title="秋游",
            union="甲市总工会",
            parts=parts,
            entrants=len(wanted),
            entrants_sha256=drawing.sha256(entrants),
            commitment=drawing.sha256(secret),
            source="中国福利彩票双色球",
            issue="2026135",
            sealed_at="2026-11-24T18:00:00+08:00",
            known_at="2026-11-24T21:00:00+08:00",
        )
    )
    _outcome, drawn = drawing.draw(
        sealed=sealed, entrants=entrants, parts=parts, secret=secret, value=value
    )
    return {"sealed.json": sealed, "entrants.txt": entrants, "drawn.json": drawn}


def holds(files) -> bool:
    """Whether the stranger finds nothing."""
    data = [
        file.encode() if isinstance(file, str) else file for file in map(files.__getitem__, NAMES)
    ]
    try:
        return all(found for found, *_words in CHECK(*data))
    except (ValueError, TypeError, AttributeError, KeyError):
        return False


class TestKnownAnswers:
    def test_a_whole_draw(self):
        drawn = json.loads(published()["drawn.json"])
        assert drawn["seal"] == "70aa0054e205adb1e6588a9893485557ea45c26c94ec38db4bad6f76101463d8"
        assert drawn["seed"] == "f31d405b7aadcb211104c3df934de9cd9b4acc7a9465720ed0abf3286b597cc0"
        assert drawn["winners"] == [
            "XS2Y-MBMJ-P744-QDH9",
            "6PGR-TJMN-K6FV-C71N",
            "REKS-446Y-APCQ-XW28",
            "MZ96-YRPR-512M-FQEB",
        ]
        assert drawn["waiting"][:2] == ["G71D-5W7R-1JSW-0BCD", "SGCH-F373-P0MX-J5A5"]

    def test_a_name_is_the_beginning_of_a_hash(self):
        digest = hashlib.sha256(b"niangjia-draw-1 line\n" + b"0" * 32).digest()
        bits = f"{int.from_bytes(digest):0256b}"[:80]
        letters = "".join(
            drawing.ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5)
        )
        assert drawing.pseudonym("0" * 32).replace("-", "") == letters

    def test_whoever_wants_more_than_is_left_waits_and_the_next_gets_it(self):
        names = [drawing.pseudonym(str(number)) for number in range(3)]
        seed = next(
            seed
            for seed in (f"{number:064x}" for number in range(100))
            if sorted(names, key=lambda name: drawing.rank(seed, name)) == names
        )
        wanted = [Entrant(names[0], 2), Entrant(names[1], 2), Entrant(names[2], 1)]
        outcome = drawing.share_out(wanted, seed=seed, parts=3)
        assert outcome.winners == (names[0], names[2])
        assert outcome.waiting == (names[1],)

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_with_enough_for_everybody_everybody_wins(self, count):
        files = published(wanted=(1,) * count, parts=5)
        drawn = json.loads(files["drawn.json"])
        assert (len(drawn["winners"]), drawn["waiting"]) == (count, [])
        assert holds(files)

    def test_the_list_says_nothing_of_who_came_first(self):
        entrants = [Entrant(drawing.pseudonym(str(number))) for number in range(9)]
        assert drawing.entrants_file(entrants) == drawing.entrants_file(reversed(entrants))

    @pytest.mark.parametrize(
        "wrong",
        [
            [Entrant("7K2M-9QXC-4T0B-A1B2"), Entrant("7K2M-9QXC-4T0B-A1B2", 2)],
            [Entrant("7K2M-9QXC-4T0B-A1B2", 0)],
            [Entrant("7k2m-9qxc-4t0b-a1b2")],
            [Entrant("7K2M-9QXC-4T0B-A1B2\n7K2M-9QXC-4T0B-A1B3")],
        ],
    )
    def test_no_list_with_a_line_twice_or_of_another_form(self, wrong):
        with pytest.raises(ValueError, match="line"):
            drawing.entrants_file(wrong)


class TestEveryOrderIsEquallyLikely:
    def test_all_orders_of_four(self):
        """Pearson's test over 24 orders in 4,800 draws; fixed seeds, so it holds or it does not.
        The bound is the 99.9th percentile of chi-squared with 23 degrees of freedom."""
        names = [drawing.pseudonym(str(number)) for number in range(4)]
        draws = 4800
        orders = Counter(
            tuple(
                drawing.share_out(
                    [Entrant(name) for name in names],
                    seed=drawing.seed_of(seal="0" * 64, secret=SECRET, value=str(number)),
                    parts=4,
                ).winners
            )
            for number in range(draws)
        )
        expected = draws / 24
        statistic = sum((orders[order] - expected) ** 2 / expected for order in permutations(names))
        assert statistic < 49.73

    def test_control_an_order_by_value_modulo_count_is_found_unequal(self):
        draws = 4800
        orders = Counter(
            int(drawing.sha256(str(number))[:2], 16) % 32 % 24 for number in range(draws)
        )
        expected = draws / 24
        assert sum((orders[o] - expected) ** 2 / expected for o in range(24)) > 49.73


class TestAStranger:
    @settings(max_examples=40, deadline=None)
    @given(
        wanted=st.lists(st.integers(1, 5), max_size=30),
        parts=st.integers(0, 40),
        secret=st.binary(min_size=32, max_size=32).map(bytes.hex),
    )
    def test_finds_the_same_winners(self, wanted, parts, secret):
        assert holds(published(wanted=tuple(wanted), parts=parts, secret=secret))

    @pytest.mark.parametrize("name", NAMES)
    def test_finds_any_byte_that_was_changed_added_or_taken_away(self, name):
        files = published()
        data = files[name].encode()
        missed = [
            at
            for at in range(len(data))
            for changed in (
                data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
                data[:at] + data[at + 1 :],
                data[:at] + data[at : at + 1] + data[at:],
            )
            if changed != data and holds(files | {name: changed})
        ]
        assert missed == []

    @pytest.mark.parametrize("name", ["sealed.json", "drawn.json"])
    def test_finds_any_field_that_was_changed_left_out_or_added(self, name):
        files = published()
        content = json.loads(files[name])
        for field in content:
            others = [content[field] + 1] if isinstance(content[field], int) else ["", [], None]
            for other in others:
                assert not holds(files | {name: drawing.canonical(content | {field: other})}), field
            left = {key: value for key, value in content.items() if key != field}
            assert not holds(files | {name: drawing.canonical(left)}), field
        assert not holds(files | {name: drawing.canonical(content | {"more": 1})})

    def test_finds_files_of_another_draw(self):
        files, other = published(), published(secret="5f" * 32)
        for name in ("sealed.json", "drawn.json"):
            assert not holds(files | {name: other[name]}), name
        assert holds(other)

    def test_finds_an_entrant_slipped_in_even_with_all_hashes_made_anew(self):
        """What is consistent in itself is not yet what people noted beforehand."""
        files, forged = published(), published(wanted=(1, 1, 3, 1, 1, 1, 1, 1, 1))
        assert holds(forged)
        seal = drawing.sha256(files["sealed.json"])
        assert run(forged, "--seal", seal).returncode == 1
        assert run(files, "--seal", seal).returncode == 0


def run(files, *options):
    """The script as anybody starts it: nothing of ours can be imported."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text)
        return subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-S", SCRIPT, *NAMES, *options],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )


class TestTheScript:
    def test_says_in_two_languages_what_holds_and_where_ones_own_line_is(self):
        done = run(published(), "--mine", f"{2:032x}")
        assert done.returncode == 0, done.stderr
        assert "✓ 名单就是封存的那一份 · the list is the one that was sealed" in done.stdout
        assert "中国福利彩票双色球 2026135 03 07 12 21 28 33+09" in done.stdout
        assert "SGCH-F373-P0MX-J5A5 waiting" in done.stdout

    def test_says_which_thing_does_not_hold(self):
        done = run(published() | {"entrants.txt": published(wanted=(1,) * 8)["entrants.txt"]})
        assert done.returncode == 1
        assert "✗ 名单就是封存的那一份" in done.stdout
        assert "✓ 密数就是封存时承诺的" in done.stdout

    def test_says_that_a_file_was_rewritten(self):
        done = run(published() | {"drawn.json": "{}"})
        assert (done.returncode, "文件被改过" in done.stderr) == (1, True)

    def test_is_short_and_leans_on_nothing(self):
        text = SCRIPT.read_text()
        assert len(text.splitlines()) < 100
        imported = {line.split()[1] for line in text.splitlines() if line.startswith("import ")}
        assert imported <= sys.stdlib_module_names
        assert "from " not in {line[:5] for line in text.splitlines()}
