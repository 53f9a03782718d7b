"""Identity documents: what their numbers say, and who is old enough to join."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from niangjia.core import errors
from niangjia.members.models import DocumentType, Gender
from niangjia.members.rules import names

#: Labour Law, Article 15: employers may not recruit anyone under sixteen.
MINIMUM_AGE_YEARS = 16
OLDEST_YEARS = 120
EIGHTEEN = re.compile(r"\d{17}[\dX]")
#: First two digits: provinces for residents (GB/T 2260), 81 to 83 on the residence permits.
PROVINCES = re.compile(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])")
PATTERNS = {
    DocumentType.RESIDENT_ID: EIGHTEEN,
    DocumentType.HK_MO_TW_PERMIT: re.compile(r"8[123]\d{15}[\dX]"),
    DocumentType.FOREIGN_PERMIT: re.compile(r"9\d{16}[\dX]|[A-Z]{3}\d{12}"),
    DocumentType.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,17}"),
}


@dataclass(frozen=True)
class Identity:
    """Who somebody says they are, checked for form. `identity_number` is in its full form."""

    name: str
    document_type: DocumentType
    identity_number: str
    birth_date: dt.date
    gender: Gender

    @property
    def digest_text(self) -> str:
        """What the keyed digest is made of: numbers of different documents never meet."""
        return digest_text(self.document_type, self.identity_number)


def digest_text(document_type: str, identity_number: str) -> str:
    """The text whose digest finds a person by their (normalised) document number."""
    return f"{document_type}:{identity_number}"


def check(answers: Mapping[str, Any], *, today: dt.date) -> Identity:
    """The identity in `answers`: name, document_type, identity_number, and, for documents that do
    not carry them, birth_date and gender.

    Raises `Invalid` naming every wrong field at once, so that nobody corrects one error at a time.
    """
    wrong: dict[str, errors.Text] = {}

    def gather(function: Any, *arguments: Any) -> Any:
        try:
            return function(*arguments)
        except errors.Invalid as refusal:
            wrong.update(refusal.fields)
            return None

    name: str | None = gather(names.normalised, str(answers.get("name") or ""))
    kind = gather(document_type_of, answers.get("document_type"))
    number = gather(normalised_number, kind, answers.get("identity_number")) if kind else None
    if number and carries_birth_date(number):
        birth_date = gather(birth_date_of, number)
        gender = gather(gender_of, number)
    else:
        birth_date = gather(parsed_date, answers.get("birth_date")) if number else None
        gender = gather(parsed_gender, answers.get("gender")) if number else None
    if birth_date:
        about = "identity_number" if number and carries_birth_date(number) else "birth_date"
        gather(check_age, birth_date, today, about)
    if wrong or not (name and kind and number and birth_date and gender):
        raise errors.Invalid(
            _("Some answers need another look."), code="invalid-identity", fields=wrong
        )
    return Identity(name, kind, number, birth_date, gender)


def document_type_of(text: Any) -> DocumentType:
    """The document type called `text`."""
    try:
        return DocumentType(text or DocumentType.RESIDENT_ID)
    except ValueError:
        raise wrong_field("document_type", _("Choose one of the documents.")) from None


def normalised_number(document_type: DocumentType, text: Any) -> str:
    """`text` as the document's number: half-width capitals, 15 digits upgraded to 18.

    GB 11643-1999: the old number gains the century and a check digit (ISO 7064 MOD 11-2).
    """
    number = unicodedata.normalize("NFKC", str(text or "")).upper()
    number = re.sub(r"[\s\-.·]+", "", number)
    if not number:
        raise wrong_field("identity_number", _("Enter the number of your document."))
    if document_type == DocumentType.RESIDENT_ID and re.fullmatch(r"[0-9]{15}", number):
        number = upgraded(number)
    if not number.isascii() or not PATTERNS[document_type].fullmatch(number):
        raise wrong_field("identity_number", FORMS[document_type])
    if EIGHTEEN.fullmatch(number) and document_type != DocumentType.PASSPORT:
        if number[0] != "9" and not PROVINCES.match(number):
            raise wrong_field("identity_number", FORMS[document_type])
        if number[-1] != ric.calc_check_digit(number):
            raise wrong_field(
                "identity_number",
                _("This number does not add up: a digit is wrong or two are swapped."),
            )
    return number


FORMS: dict[DocumentType, errors.Text] = {
    DocumentType.RESIDENT_ID: _("An identity number has 18 digits; the last may be an X."),
    DocumentType.HK_MO_TW_PERMIT: _("The permit's number has 18 digits and begins with 81 to 83."),
    DocumentType.FOREIGN_PERMIT: _(
        "The card's number has 18 digits and begins with 9, or 3 letters and 12 digits."
    ),
    DocumentType.PASSPORT: _("A passport number has 5 to 17 letters and digits."),
}


def upgraded(number: str) -> str:
    """A 15-digit number of the first generation as 18 digits."""
    body = f"{number[:6]}19{number[6:]}"
    return body + ric.calc_check_digit(body + "0")


def carries_birth_date(number: str) -> bool:
    """Whether the number itself says when its holder was born and whether male or female."""
    return bool(EIGHTEEN.fullmatch(number))


def birth_date_of(number: str) -> dt.date:
    """The birth date in an 18-digit number."""
    try:
        return ric.get_birth_date(number)
    except ValidationError:
        raise wrong_field(
            "identity_number", _("The birth date in this number does not exist.")
        ) from None


def gender_of(number: str) -> Gender:
    """The 17th digit: odd for men, even for women (GB 11643-1999)."""
    return Gender.MALE if int(number[16]) % 2 else Gender.FEMALE


def parsed_date(value: Any) -> dt.date:
    """A birth date that was typed because the document does not carry it."""
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value or ""))
    except ValueError:
        raise wrong_field("birth_date", _("Enter your birth date.")) from None


def parsed_gender(value: Any) -> Gender:
    """A gender that was chosen because the document does not carry it."""
    try:
        return Gender(value)
    except ValueError:
        raise wrong_field("gender", _("Choose one.")) from None


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years. Somebody born on 29 February comes of age on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def check_age(birth_date: dt.date, today: dt.date, field: str) -> None:
    """Raise `Invalid` for the unborn, the impossibly old and those under sixteen."""
    age = age_on(birth_date, today)
    if age < 0 or age > OLDEST_YEARS:
        raise wrong_field(field, _("Check the birth date: it cannot be right."))
    if age < MINIMUM_AGE_YEARS:
        raise wrong_field(
            field,
            _(
                "You can join from the day you turn 16. Before that nobody may employ you "
                "(Labour Law, Article 15); if somebody does, call 12351 and we will help."
            ),
        )


def wrong_field(field: str, message: errors.Text) -> errors.Invalid:
    """A refusal of one field."""
    return errors.Invalid(
        message, code=f"invalid-{field.replace('_', '-')}", fields={field: message}
    )
