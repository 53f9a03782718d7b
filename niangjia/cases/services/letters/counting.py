"""Counting letters up the tree: how many reached employers, were answered, and mended something."""

from niangjia.cases.models import Addressee, Case, LetterRecord, Mended, RecordKind
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.selectors.letters import Standing
from niangjia.organisations import services as organisations

ANSWERED = "letters:answered"
MENDED = "letters:mended"


def count(case: Case, standing: Standing, record: LetterRecord) -> None:
    """Count what has just become of a letter to others, at the union that sent it. `standing` is as
    it was before. A letter counts from when it first reached them: what it is about is then no news
    to anybody, and before that no figure gives it away."""
    if standing.letter.addressed_to == Addressee.APPLICANT or is_decoy(case):
        return
    for metric in metrics(standing, record):
        organisations.count(union_id=standing.letter.union_id, metric=metric, change=1)


def metrics(standing: Standing, record: LetterRecord) -> list[str]:
    """What `record` adds one to; each of them once a letter."""
    found = []
    if record.kind == RecordKind.SERVED and standing.served is None:
        found.append(f"letters:{standing.letter.kind}")
    if record.kind == RecordKind.ANSWERED:
        if standing.answered is None:
            found.append(ANSWERED)
        before = any(each.mended == Mended.YES for each in standing.records)
        if record.mended == Mended.YES and not before:
            found.append(MENDED)
    return found
