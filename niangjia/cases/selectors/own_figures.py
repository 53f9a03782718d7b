"""What each union itself counts of cases, from the rows: to check the ledger of figures with."""

import uuid
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, QuerySet

from niangjia.cases.models import Addressee, Case, CaseLetter, Mended, RecordKind, State
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.core import protection
from niangjia.organisations.models import Union

#: What the metrics counted here begin with.
METRICS = ("cases:", "letters:")


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many cases; complaints and decoys are in no figure. Where a case began
    has it counted as opened, whoever has it now as open, and whoever ended it by its result."""
    with protection.working("cases.figures"):
        every = Case.objects.filter(is_complaint=False).order_by()
        # A decoy names nobody: only such cases are looked at one by one, since only the key tells.
        unnamed = every.filter(applicant=None, person=None).only("pk", "mark")
        decoys = [case.pk for case in unnamed.iterator() if is_decoy(case)]
        counted = every.exclude(pk__in=decoys)
        opened = list(counted.values_list("began_at_id").annotate(n=Count("pk")))
        running = counted.filter(state__in=[State.OPEN, State.PAUSED])
        is_open = list(running.values_list("handler_id").annotate(n=Count("pk")))
        closed = counted.filter(state=State.CLOSED)
        ended = list(closed.values_list("handler_id", "result").annotate(n=Count("pk")))
    yield from ((union, "cases:opened", n) for union, n in opened)
    yield from ((union, "cases:open", n) for union, n in is_open)
    yield from ((union, f"cases:{result}", n) for union, result, n in ended)
    yield from letters()


def letters() -> Iterator[tuple[uuid.UUID, str, int]]:
    """How many letters to others of each union reached them, by kind, were answered, and mended
    something: from the day they did, of complaints as well."""
    with protection.working("cases.figures"):
        counted = count_letters(CaseLetter.objects.all())
    yield from ((union.pk, metric, n) for (union, metric), n in counted.items())


def count_letters(found: QuerySet[CaseLetter]) -> Counter[tuple[Union, str]]:
    """What these letters count as, at the union that sent each. As background work."""
    sent = found.exclude(addressed_to=Addressee.APPLICANT).select_related("case", "union")
    return Counter(
        (letter.union, metric)
        for letter in sent.prefetch_related("records")
        if not is_decoy(letter.case)
        for metric in metrics_of(letter)
    )


def metrics_of(letter: CaseLetter) -> Iterator[str]:
    """What one letter counts as."""
    records = list(letter.records.all())
    kinds = {record.kind for record in records}
    if RecordKind.SERVED in kinds:
        yield f"letters:{letter.kind}"
    if RecordKind.ANSWERED in kinds:
        yield "letters:answered"
    if any(record.mended == Mended.YES for record in records):
        yield "letters:mended"
