"""Identity rules: no database."""

import datetime as dt

import pytest

from niangjia.core import errors
from niangjia.members.models import DocumentType, Gender
from niangjia.members.rules import identity, names, phones

TODAY = dt.date(2026, 11, 22)


def answers(**changes):
    return {
        "name": "王小明",
        "document_type": "resident_id",
        "identity_number": "11010519491231002X",
        **changes,
    }


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("13800001111", "+8613800001111"),
        ("138 0000 1111", "+8613800001111"),
        ("138-0000-1111", "+8613800001111"),
        ("１３８００００１１１１", "+8613800001111"),
        ("+86 138 0000 1111", "+8613800001111"),
        ("0086-13800001111", "+8613800001111"),
        ("8613800001111", "+8613800001111"),
    ],
)
def test_a_phone_is_understood_however_it_is_typed(typed, normal):
    assert phones.normalised(typed) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1380000111",
        "138000011112",
        "12800001111",
        "+1 202 555 0100",
        "١٣٨٠٠٠٠١١١١",
        "😀" * 11,
        "1380000111a",
        "' OR 1=1 --",
        "1" * 100_000,
    ],
)
def test_what_is_no_mobile_number_is_refused_beside_its_field(typed):
    with pytest.raises(errors.Invalid) as refusal:
        phones.normalised(typed)
    assert set(refusal.value.fields) == {"phone"}


def test_a_masked_phone_shows_seven_digits():
    assert phones.masked("+8613812345678") == "138****5678"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" 王小明 ", "王小明"),
        ("王 小　明", "王小明"),
        ("买买提·艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("王㛃", "王㛃"),
        ("李𬎆", "李𬎆"),
        ("陈\U00031350", "陈\U00031350"),
        ("〇明", "〇明"),
        ("John  O’Neil-Smith", "John O'Neil-Smith"),
        ("José Núñez", "José Núñez"),
    ],
)
def test_names_are_kept_as_on_the_document(typed, normal):
    assert names.normalised(typed) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "王",
        "王😀",
        "<b>王明</b>",
        "'; DROP TABLE",
        "王明1",
        "王\u202e明",
        "王明" * 40,
        "···",
        "·王明",
        "王明·",
        "مرحبا",
        "王\u0000明",
        "王\ue000",
    ],
)
def test_what_is_no_name_is_refused_beside_its_field(typed):
    with pytest.raises(errors.Invalid) as refusal:
        names.normalised(typed)
    assert set(refusal.value.fields) == {"name"}


def test_a_resident_identity_number_says_birth_date_and_gender():
    checked = identity.check(answers(), today=TODAY)
    assert checked.birth_date == dt.date(1949, 12, 31)
    assert checked.gender == Gender.FEMALE
    assert checked.identity_number == "11010519491231002X"


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_numbers_are_understood_however_they_are_typed(typed):
    assert identity.check(answers(identity_number=typed), today=TODAY).identity_number == (
        "11010519491231002X"
    )


def test_fifteen_digits_become_eighteen():
    """The textbook pair of GB 11643-1999."""
    checked = identity.check(answers(identity_number="110105491231002"), today=TODAY)
    assert checked.identity_number == "11010519491231002X"


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "11010519491231020X",
        "99010519491231002X",
        "110105194913310024",
        "1234",
        "",
        "1" * 10_000,
        "😀",
        "110105491331002",
    ],
)
def test_wrong_numbers_are_refused_beside_the_field(number):
    with pytest.raises(errors.Invalid) as refusal:
        identity.check(answers(identity_number=number), today=TODAY)
    assert set(refusal.value.fields) == {"identity_number"}


@pytest.mark.parametrize(
    ("kind", "number", "holds"),
    [
        (DocumentType.HK_MO_TW_PERMIT, "810000199408230021", True),
        (DocumentType.HK_MO_TW_PERMIT, "810000199408230022", False),
        (DocumentType.HK_MO_TW_PERMIT, "11010519491231002X", False),
        (DocumentType.FOREIGN_PERMIT, "CHN110190010101", True),
        (DocumentType.FOREIGN_PERMIT, "CH110190010101", False),
        (DocumentType.PASSPORT, "e12345678", True),
        (DocumentType.PASSPORT, "ABCDEFG", False),
        (DocumentType.PASSPORT, "E1", False),
    ],
)
def test_each_document_has_its_own_form(kind, number, holds):
    typed = answers(
        document_type=kind, identity_number=number, birth_date="1990-01-01", gender="male"
    )
    if holds:
        assert identity.check(typed, today=TODAY).document_type == kind
    else:
        with pytest.raises(errors.Invalid):
            identity.check(typed, today=TODAY)


def test_a_passport_needs_birth_date_and_gender():
    with pytest.raises(errors.Invalid) as refusal:
        identity.check(answers(document_type="passport", identity_number="E12345678"), today=TODAY)
    assert set(refusal.value.fields) == {"birth_date", "gender"}


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(errors.Invalid) as refusal:
        identity.check({"name": "1", "document_type": "resident_id"}, today=TODAY)
    assert set(refusal.value.fields) == {"name", "identity_number"}


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        (dt.date(2010, 11, 22), 16),
        (dt.date(2010, 11, 23), 15),
        (dt.date(2026, 11, 23), -1),
        (dt.date(1900, 1, 1), 126),
    ],
)
def test_only_those_of_sixteen_and_plausible_age_pass(birth_date, age):
    assert identity.age_on(birth_date, TODAY) == age
    if 16 <= age <= 120:
        identity.check_age(birth_date, TODAY, "birth_date")
    else:
        with pytest.raises(errors.Invalid):
            identity.check_age(birth_date, TODAY, "birth_date")


def test_born_on_29_february_comes_of_age_on_1_march():
    assert identity.age_on(dt.date(2008, 2, 29), dt.date(2024, 2, 28)) == 15
    assert identity.age_on(dt.date(2008, 2, 29), dt.date(2024, 2, 29)) == 16
    assert identity.age_on(dt.date(2008, 2, 29), dt.date(2025, 2, 28)) == 16
    assert identity.age_on(dt.date(2008, 2, 29), dt.date(2023, 3, 1)) == 15


def test_numbers_of_different_documents_never_meet():
    assert identity.digest_text("passport", "1234567") != identity.digest_text(
        "foreign_permit", "1234567"
    )
