"""Rotating codes: known answers, their life of a minute, and that nothing follows from one."""

import datetime as dt
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.allocation.rules import codes

CLAIM = uuid.UUID("019ab3c4-0000-7000-8000-00000000002a")
OTHER = uuid.UUID("019ab3c4-0000-7000-8000-00000000002b")
KEY = bytes(range(32))
NOW = dt.datetime(2026, 11, 24, 8, 0, 10, tzinfo=dt.UTC)
STEP = codes.step_at(NOW)


def test_known_answers():
    """A steward's browser is tested against the same (tests/browser/test_steward_journey.py)."""
    assert STEP == 59850240
    assert codes.proof(KEY, STEP).hex()[:24] == "de88219444709359b9f0f713"
    assert codes.code_at(CLAIM, KEY, STEP) == "AZqzxAAAcACAAAAAAAAAKt6IIZREcJNZufD3Ew"
    assert codes.digits_at(KEY, STEP) == "372673"
    assert codes.seconds_left(NOW) == 20


def test_a_key_is_of_one_claim_and_one_occasion():
    keys = {
        codes.key_for(claim, occasion) for claim in (CLAIM, OTHER) for occasion in ("a:1", "a:2")
    }
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}
    assert codes.key_for(CLAIM, "a:1") in keys


@given(st.uuids(), st.binary(min_size=32, max_size=32), st.integers(0, 2**40))
@settings(max_examples=30)
def test_what_is_shown_is_read(claim_id, key, step):
    shown = codes.parse(f"https://example.org/codes/{codes.code_at(claim_id, key, step)}/")
    assert shown.claim_id == claim_id
    assert codes.step_of_mac(key, shown.mac, step) == step
    typed = codes.parse_typed(
        f"42 {codes.digits_at(key, step)[:3]}-{codes.digits_at(key, step)[3:]}"
    )
    assert typed[0] == 42
    assert codes.step_of_digits(key, typed[1], step) == step


@pytest.mark.parametrize("later", [-2, -1, 0, 1, 2])
def test_a_photographed_code_is_good_for_a_minute_at_most(later):
    shown = codes.parse(codes.code_at(CLAIM, KEY, STEP))
    digits = codes.digits_at(KEY, STEP)
    now = codes.step_at(NOW + later * dt.timedelta(seconds=codes.STEP_SECONDS))
    good = STEP if abs(later) <= 1 else None
    assert codes.step_of_mac(KEY, shown.mac, now) == good
    assert codes.step_of_digits(KEY, digits, now) == good


def test_another_clock_is_borne_with_where_there_is_no_network():
    shown = codes.parse(codes.code_at(CLAIM, KEY, STEP))
    offline = codes.OFFLINE_TOLERATED_STEPS
    assert codes.step_of_mac(KEY, shown.mac, STEP + 3, offline) == STEP
    assert codes.step_of_mac(KEY, shown.mac, STEP + 4, offline) is None


def test_the_code_of_somebody_else_is_no_proof_for_oneself():
    shown = codes.parse(codes.code_at(CLAIM, codes.key_for(CLAIM, "a:1"), STEP))
    assert codes.step_of_mac(codes.key_for(OTHER, "a:1"), shown.mac, STEP) is None
    assert codes.step_of_mac(codes.key_for(CLAIM, "a:2"), shown.mac, STEP) is None


@pytest.mark.parametrize("text", ["", "x", "A" * 37, "A" * 39, "../../x", "二维码" * 13, "=" * 38])
def test_what_is_no_code(text):
    assert codes.parse(text) is None


@pytest.mark.parametrize("text", ["", "372673", "abc 372673", "４２ 372673", "-", "9" * 16])
def test_what_is_not_typed_right(text):
    assert codes.parse_typed(text) is None
