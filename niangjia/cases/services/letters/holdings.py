"""What letters hold about people: declared with the rest of this room (`services.holdings`)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Addressee, CaseLetter, LetterFile, LetterRecord
from niangjia.cases.services.holdings import cases_of
from niangjia.cases.services.letters.sealing import title_of
from niangjia.core import personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.members.services.holdings.reasons import DIGEST, OFFICERS, internal

SEALED = _("sealed with the case it belongs to")


def letters_to(subject: Subject) -> QuerySet[CaseLetter]:
    """The letters that went to them."""
    return CaseLetter.objects.filter(
        case__in=cases_of(subject), addressed_to=Addressee.APPLICANT
    ).select_related("case")


def records_of(subject: Subject) -> QuerySet[Any]:
    return LetterRecord.objects.filter(letter__in=letters_to(subject))


def files_of(subject: Subject) -> QuerySet[Any]:
    return LetterFile.objects.filter(record__in=records_of(subject))


def title_in(letter: CaseLetter) -> str:
    return title_of(letter.case, letter) if letter.case.sealed_key else ""


HOLDINGS = (
    Holding(
        model="cases.CaseLetter",
        link="case_id",
        to="account",
        title=_("Letters to you"),
        exported=("number", "said", "kind", "union_name", "issued_at"),
        withheld={
            "document_id": _("to be fetched from the page of the case"),
            "code_digest": DIGEST,
            "issued_by_account_id": OFFICERS,
            **internal("union_id", "year", "serial", "template", "addressed_to", "employer_id"),
            **internal("sha256", "is_demonstration"),
        },
        kept="a letter that went out is never changed; what it says is gone with the case's key",
        find=letters_to,
        readers={"said": title_in},
    ),
    Holding(
        model="cases.LetterRecord",
        link="letter__case_id",
        to="account",
        title=_("What became of letters to you"),
        exported=("kind", "on_date", "way"),
        withheld={
            "said": SEALED,
            "account_id": OFFICERS,
            **internal("letter_id", "mended", "at"),
        },
        kept="what became of a letter is part of it",
        find=records_of,
    ),
    Holding(
        model="cases.LetterFile",
        link="record__letter__case_id",
        to="account",
        title=_("Receipts of letters to you"),
        withheld={"stored_id": SEALED, **internal("record_id")},
        kept="sealed under the key of the case, and gone with it",
        find=files_of,
    ),
    Holding(
        model="cases.LetterHead",
        link="set_by_account_id",
        to="account",
        title=_("Seals you looked after"),
        exported=("union_id", "mark", "set_at"),
        withheld={"sealed_key": SEALED, **internal("seal_id")},
        kept="who set what stands on a union's letters is part of the letters",
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
