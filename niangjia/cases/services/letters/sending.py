"""Numbering, setting, sealing and storing a letter."""

import datetime as dt
import hashlib
import json
import uuid

from django.db import connection

from niangjia.cases.models import CaseLetter
from niangjia.cases.selectors.letters import code_digest
from niangjia.cases.services import timeline, timing
from niangjia.cases.services.letters import heads
from niangjia.cases.services.letters.preparing import Draft
from niangjia.cases.services.letters.sealing import context_of, part_of
from niangjia.core import documents, files
from niangjia.core.documents import Letter, Verification
from niangjia.organisations.models import Union
from niangjia.organisations.services.numbering import next_ids

#: One statement takes the next number and holds the row: whoever comes second waits for the first.
NEXT = """
INSERT INTO cases_letterseries (union_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (union_id, year) DO UPDATE SET last = cases_letterseries.last + 1
RETURNING last
"""


def send(draft: Draft, *, by: uuid.UUID, verify_at: str, now: dt.datetime) -> CaseLetter:
    """Number, set, seal and store the letter of a locked case. As background work."""
    case, union, template, composed = draft.case, draft.union, draft.template, draft.composed
    today = timing.day_of(now)
    code, letter_id = documents.new_code(), next_ids(1)[0]
    serial = next_serial(union, today.year)
    mark = (draft.head.mark if draft.head else "") + template.mark
    number = documents.document_number(mark, today.year, serial)
    seal = heads.seal_of(union, draft.head)
    made = documents.render(
        Letter(
            issuer=union.name,
            title=composed.title,
            issued_date=today,
            body=composed.body,
            number=number,
            addressee=composed.addressee,
            contact=composed.contact,
            seal=seal,
            verification=Verification(f"{verify_at}{code}/", code),
        )
    )
    key = timeline.key_of(case)
    said = {
        "title": composed.title,
        "addressee": composed.addressee,
        "values": dict(draft.values),
        "code": code,
    }
    letter = CaseLetter(
        id=letter_id,
        case=case,
        union=union,
        union_name=union.name,
        year=today.year,
        serial=serial,
        number=number,
        template=template.key,
        kind=template.kind,
        addressed_to=template.to,
        employer_id=draft.employer.pk if draft.employer else None,
        said=key.seal(json.dumps(said, ensure_ascii=False), part=part_of(letter_id)),
        document=files.store(
            examined=as_file(made, number), key=key.secret, context=context_of(letter_id)
        ),
        sha256=hashlib.sha256(made).digest(),
        code_digest=code_digest(code),
        is_demonstration=seal is not None and seal.is_demonstration,
        issued_at=now,
        issued_by_account_id=by,
    )
    letter.save(force_insert=True)
    return letter


def next_serial(union: Union, year: int) -> int:
    """The next number of the letters of `union` in `year`. It is taken when the transaction is, and
    given back when that fails: no number is used twice and none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [union.pk, year])
        serial: int = cursor.fetchone()[0]
    return serial


def as_file(made: bytes, number: str) -> files.Examined:
    """Our own PDF as a file that is stored: it comes from nobody, and need not be cleaned."""
    return files.Examined(
        kind=files.Kind.PDF,
        name=files.clean_name(number, files.Kind.PDF),
        size=len(made),
        sha256=hashlib.sha256(made).hexdigest(),
        content=made,
    )
