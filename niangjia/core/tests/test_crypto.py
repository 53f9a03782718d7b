"""Sealed texts and digests: known answers, nothing repeats, nothing moves, keys rotate."""

import hashlib
import hmac
import json
import stat

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import algorithms
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core import clock, crypto
from niangjia.core.crypto import keys, macs, rotation, sealing, suites
from niangjia.core.models import AnsweredRequest
from niangjia.core.tests.key_files import own_keys

NAMES = sorted(suites.SUITES)


@pytest.fixture(params=NAMES)
def suite(request, settings):
    settings.NIANGJIA_CIPHER_SUITE = request.param
    return suites.SUITES[request.param]


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A node with keys of its own."""
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    return provider


def h(text):
    return bytes.fromhex(text)


@pytest.mark.parametrize(
    ("cipher", "nonce", "context", "text", "sealed", "tag"),
    [
        pytest.param(
            algorithms.SM4(h("0123456789abcdeffedcba9876543210")),
            "00001234567800000000abcd",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
            "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
            "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
            "83de3541e4c2b58177e065a9bf7b62ec",
            id="SM4-GCM, RFC 8998 A.1",
        ),
        pytest.param(
            algorithms.AES(h("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")),
            "cafebabefacedbaddecaf888",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            "76fc6ece0f4e1768cddf8853bb2d551b",
            id="AES-256-GCM, test case 16 of the GCM specification",
        ),
    ],
)
def test_ciphers_give_the_published_answers(cipher, nonce, context, text, sealed, tag):
    assert suites.gcm_seal(cipher, h(nonce), h(text), h(context)) == (h(sealed), h(tag))
    assert suites.gcm_unseal(cipher, h(nonce), h(tag), h(sealed), h(context)) == h(text)


def test_hashes_give_the_published_answers():
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(b"abc")  # GB/T 32905, A.1
    assert sm3.finalize() == h("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
    mac = suites.SUITES["aes256-gcm-sha256"].mac(b"Jefe", b"what do ya want for nothing?")
    assert mac == h("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")  # RFC 4231


@given(st.binary(max_size=100), st.binary(max_size=200))
def test_hmac_sm3_is_hmac_of_sm3(key, data):
    """Against its definition (RFC 2104), computed another way."""
    block = (hashlib.new("sm3", key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = hashlib.new("sm3", bytes(b ^ 0x36 for b in block) + data).digest()
    outer = hashlib.new("sm3", bytes(b ^ 0x5C for b in block) + inner).digest()
    assert suites.SUITES["sm4-gcm-sm3"].mac(key, data) == outer


@given(
    st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=20), st.sampled_from(NAMES)
)
def test_what_is_sealed_is_unsealed(text, context, name):
    suite = suites.SUITES[name]
    sealed = suite.seal(b"k" * 32, text.encode(), context.encode(errors="replace"))
    assert suite.unseal(b"k" * 32, sealed, context.encode(errors="replace")).decode() == text


def test_the_same_text_never_gives_the_same_ciphertext(suite):
    sealed = [crypto.seal("11010519491231002X", context="a.b") for _ in range(200)]
    nonces = {one[2 : 2 + suites.SALT_BYTES + suites.NONCE_BYTES] for one in sealed}
    assert len(nonces) == len(set(sealed)) == 200


def test_control_with_one_nonce_it_would(suite, monkeypatch):
    monkeypatch.setattr(suites.secrets, "token_bytes", lambda length: b"\0" * length)
    assert crypto.seal("x", context="a.b") == crypto.seal("x", context="a.b")


def test_a_ciphertext_says_nothing_and_moves_nowhere(suite):
    sealed = crypto.seal("13800138000", context="person.phone")
    assert b"13800138000" not in sealed
    assert crypto.unseal(sealed, context="person.phone") == "13800138000"
    with pytest.raises(InvalidTag):
        crypto.unseal(sealed, context="person.identity_number")


def test_every_changed_bit_is_noticed(suite):
    sealed = crypto.seal("13800138000", context="a.b")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(InvalidTag):
            crypto.unseal(bytes(changed), context="a.b")
    for length in range(len(sealed)):
        with pytest.raises(InvalidTag):
            crypto.unseal(sealed[:length], context="a.b")


@pytest.mark.parametrize(("written", "read"), [NAMES, NAMES[::-1]])
def test_either_suite_reads_what_the_other_wrote(settings, written, read):
    settings.NIANGJIA_CIPHER_SUITE = written
    sealed = crypto.seal("x", context="a.b")
    settings.NIANGJIA_CIPHER_SUITE = read
    assert crypto.unseal(sealed, context="a.b") == "x"
    assert crypto.seal("x", context="a.b")[:2] != sealed[:2]


class TestDigests:
    def test_equal_texts_are_found_and_purposes_kept_apart(self, suite):
        assert crypto.digest("phone", "1") == crypto.digest("phone", "1")
        assert crypto.digest("phone", "1") != crypto.digest("identity-number", "1")
        assert crypto.digest("phone", "1") in crypto.digests_of("phone", "1")

    def test_without_the_key_a_list_of_numbers_matches_nothing(self, suite, tmp_path, monkeypatch):
        """Whoever steals a dump and knows the code tries every number there is."""
        everybody = [f"138001380{number:02d}" for number in range(100)]
        dump = {crypto.digest("phone", number) for number in everybody}
        thief = keys.FileKeys(tmp_path / "made-up.json")
        monkeypatch.setattr(keys, "provider", lambda: thief)
        tried = {one for number in everybody for one in crypto.digests_of("phone", number)}
        plain = {
            hashlib.new(name, text.encode()).digest()
            for name in ("sm3", "sha256")
            for number in everybody
            for text in (number, f"phone\0{number}")
        }
        assert not dump & (tried | plain)

    def test_control_with_the_key_it_matches_all(self, suite):
        assert crypto.digest("phone", "1") == crypto.digests_of("phone", "1")[0]

    def test_encrypting_and_digesting_have_different_keys(self, file):
        found = [key for named in file.ring().keys.values() for key in named.values()]
        assert len(set(found)) == len(found) == len(keys.USES)


class TestKeys:
    def test_only_their_owner_reads_them(self, file):
        file.ring()
        assert stat.S_IMODE(file.file.stat().st_mode) == 0o600

    def test_making_them_twice_changes_nothing(self, file):
        before = file.ring()
        keys.create(file.file)
        assert file.ring() == before

    def test_a_use_that_is_new_gets_its_key_and_the_others_keep_theirs(self, file):
        before = file.ring()
        content = json.loads(file.file.read_text())
        del content["keys"]["audit"], content["current"]["audit"]
        file.file.write_text(json.dumps(content))
        after = keys.FileKeys(file.file).ring()
        assert after.keys["encryption"] == before.keys["encryption"]
        assert "audit" in after.keys

    def test_a_rotation_is_seen_without_a_restart(self, file):
        sealed = crypto.seal("x", context="a.b")
        assert file.rotate("encryption") == 2
        assert crypto.seal("x", context="a.b")[1] == 2
        assert crypto.unseal(sealed, context="a.b") == "x"

    def test_what_is_under_a_lost_key_cannot_be_read(self, file):
        sealed = crypto.seal("x", context="a.b")
        file.rotate("encryption")
        content = json.loads(file.file.read_text())
        del content["keys"]["encryption"]["1"]
        file.file.write_text(json.dumps(content))
        with pytest.raises(InvalidTag):
            crypto.unseal(sealed, context="a.b")


def headers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT substring(answer from 1 for 2) FROM core_answeredrequest")
        return {bytes(header) for (header,) in cursor.fetchall() if header}


@pytest.mark.usefixtures("as_owner")
class TestRotation:
    @pytest.fixture
    def rows(self, file, monkeypatch):
        monkeypatch.setattr(rotation, "BATCH", 2)
        account = "00000000-0000-7000-8000-000000000000"
        return [
            AnsweredRequest.objects.create(
                account_id=account,
                key=f"key-{number}",
                digest=b"",
                expires_at=clock.now(),
                answer=None if number == 3 else f"answer {number}",
            )
            for number in range(7)
        ]

    def answers(self):
        return list(AnsweredRequest.objects.order_by("pk").values_list("answer", flat=True))

    def test_every_row_is_written_anew_and_reads_the_same(self, rows, file):
        before = self.answers()
        file.rotate("encryption")
        assert rotation.rotate_all() == 6
        assert headers() == {sealing.current_header()}
        assert self.answers() == before

    def test_the_second_time_there_is_nothing_to_do(self, rows, file):
        assert rotation.rotate_all() == 0

    def test_one_that_was_stopped_goes_on(self, rows, file, monkeypatch):
        file.rotate("encryption")
        rewrite, left = rotation.rewrite, iter(range(4))
        monkeypatch.setattr(rotation, "rewrite", lambda *a: (next(left), rewrite(*a))[1])
        with pytest.raises((StopIteration, RuntimeError)):
            rotation.rotate_all()
        assert len(headers()) == 2
        monkeypatch.setattr(rotation, "rewrite", rewrite)
        rotation.rotate_all()
        assert headers() == {sealing.current_header()}

    def test_another_suite_is_another_header(self, rows, settings):
        settings.NIANGJIA_CIPHER_SUITE = "aes256-gcm-sha256"
        assert rotation.rotate_all() == 6
        assert {header[0] for header in headers()} == {2}


class TestManyCodesUnderOneKey:
    @given(st.binary(max_size=200), st.binary(max_size=200))
    def test_are_those_of_the_standard_library(self, key, message):
        made = macs.under(key)
        assert made.code(message) == made.code(message) == hmac.digest(key, message, "sha256")
