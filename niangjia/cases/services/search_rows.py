"""Writing by what a case is found."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from niangjia.cases.models import Case
from niangjia.cases.rules import content, search_terms
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.search_terms import digests, made_under
from niangjia.cases.services import timeline
from niangjia.core import protection, transactions
from niangjia.core.crypto import rotation

BATCH = 500

WRITE = """
INSERT INTO cases_casesearch (case_id, words, marks, made_under) VALUES (%s, %s, '{}', %s)
ON CONFLICT (case_id) DO UPDATE SET words = excluded.words, made_under = excluded.made_under
"""


def write_row(case: Case, document: content.Item, told: Mapping[str, Any]) -> None:
    """Let `case` be found by what was `told`: the answers written in words, the name and the number
    that were left. As background work, in the transaction that writes the case."""
    found = search_terms.terms_of_answers(document.form, told["answers"])
    found += [search_terms.named(kind, told[kind]) for kind in ("name", "phone") if told[kind]]
    under = made_under()
    connection.later(  # type: ignore[attr-defined]
        WRITE, [case.pk, digests(found, under), under]
    )


def write_row_again(case: Case) -> None:
    """The same of a case that is there. Opens its seal; what is read goes no further than the row.
    One whose key was thrown away is found by where it lies alone."""
    silent = {"answers": {}, "name": "", "phone": ""}
    told = timeline.told_in(case) if case.sealed_key else silent
    write_row(case, document_of(case.snapshot_id), told)


def write_missing_rows(*, limit: int = BATCH) -> int:
    """Rows for cases that have none, the newest first, at most `limit` of them; says how many.

    Cases opened before there was a search have none. It can be stopped and begun again, and two
    at once do nothing twice.
    """
    return write_rows(
        "SELECT c.id FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_casesearch s "
        "WHERE s.case_id = c.id) ORDER BY c.id DESC LIMIT %s",
        [limit],
    )


@rotation.also_rotate
def rewrite_rows() -> int:
    """Words under another key or suite than today's are digested anew; says how many rows."""
    total = 0
    while written := write_rows(
        "SELECT case_id FROM cases_casesearch WHERE made_under <> %s LIMIT %s",
        [made_under(), BATCH],
    ):
        total += written
    return total


@transactions.atomic
def write_rows(which: str, parameters: list[Any]) -> int:
    """Write the rows of the cases that a statement names, each locked."""
    with protection.working("cases.search"):
        with connection.cursor() as cursor:
            cursor.execute(which, parameters)
            ids = [row[0] for row in cursor.fetchall()]
        cases = Case.objects.filter(pk__in=ids).select_for_update(of=("self",))
        for case in cases.only("sealed_key", "answers", "snapshot_id").order_by("pk"):
            write_row_again(case)
    return len(ids)
