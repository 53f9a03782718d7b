"""Reading letters. Every read of a case's letters happens inside a viewer's scope."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    Case,
    CaseEntry,
    CaseLetter,
    CaseLink,
    EntryKind,
    LetterFile,
    LetterHead,
    LetterRecord,
    RecordKind,
    Way,
)
from niangjia.cases.rules.content import Item
from niangjia.cases.rules.letters import Owed, owed
from niangjia.cases.selectors.own_figures import count_letters
from niangjia.core import documents, protection
from niangjia.core.crypto.digests import digest, digests_of
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Asked, Whole, asked, together
from niangjia.members.models import Account
from niangjia.members.selectors.ties import tied_employers
from niangjia.organisations.models import Union
from niangjia.organisations.selectors.figures import Figures, figures_of

CODE = "letter-code"
METRICS = "letters:"
#: The order of the register, for `core.pagination.page_of`.
REGISTER_ORDER = ("-id",)


@dataclass(frozen=True)
class Standing:
    """A letter and what became of it, the first thing first."""

    letter: CaseLetter
    records: Sequence[LetterRecord]

    def last(self, kind: RecordKind) -> LetterRecord | None:
        """The latest record of this kind."""
        return next((each for each in reversed(self.records) if each.kind == kind), None)

    @property
    def served(self) -> LetterRecord | None:
        return self.last(RecordKind.SERVED)

    @property
    def answered(self) -> LetterRecord | None:
        return self.last(RecordKind.ANSWERED)

    @property
    def withdrawn(self) -> LetterRecord | None:
        return self.last(RecordKind.WITHDRAWN)


def standings_of(letters: QuerySet[CaseLetter]) -> Whole[list[Standing]]:
    """The question for some letters, each with what became of it. In a viewer's scope."""
    records = LetterRecord.objects.filter(letter__in=letters.order_by().values("pk"))
    return Whole([asked(letters), asked(records.order_by("id"))], with_records)


def with_records(letters: list[CaseLetter], records: list[LetterRecord]) -> list[Standing]:
    """Each letter with its own."""
    of_letter: dict[uuid.UUID, list[LetterRecord]] = defaultdict(list)
    for record in records:
        of_letter[record.letter_id].append(record)
    return [Standing(letter, of_letter[letter.pk]) for letter in letters]


def letters_of(case_id: uuid.UUID) -> Whole[list[Standing]]:
    """The question for the letters of a case, the first one first; an applicant's scope shows
    those to them."""
    found = CaseLetter.objects.filter(case=case_id).select_related("union")
    return standings_of(found.order_by("id"))


def list_letters(case_id: uuid.UUID) -> list[Standing]:
    """The answer to `letters_of`. One query."""
    return list(together(letters_of(case_id))[0])


def access_letter(letter_id: uuid.UUID) -> Standing:
    """One letter with its case. In a viewer's scope. Raises `NotFound`."""
    found = CaseLetter.objects.filter(pk=letter_id).select_related("union", "case")
    if standing := find_standing(found):
        return standing
    raise NotFound(_("There is no such page"))


def find_standing(letters: QuerySet[CaseLetter]) -> Standing | None:
    """The only one of `letters`. One query."""
    [found] = together(standings_of(letters))
    return next(iter(found), None)


def letter_of_file(file_id: uuid.UUID) -> uuid.UUID:
    """The letter that a file came for. In a viewer's scope. Raises `NotFound`."""
    found = LetterFile.objects.filter(pk=file_id).select_related("record").first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found.record.letter_id


def list_owed(case: Case, item: Item, letters: Sequence[Standing]) -> list[Owed]:
    """The letters that go out with outcomes that were taken, and nobody has written yet. One query;
    none where the item knows no letters."""
    if not item.letters:
        return []
    steps = CaseEntry.objects.filter(case=case, kind=EntryKind.STEP).order_by("number")
    return owed_after(case, steps.only("kind", "step", "outcome", "at"), item, letters)


def owed_after(
    case: Case, entries: Iterable[CaseEntry], item: Item, letters: Sequence[Standing]
) -> list[Owed]:
    """The same by a timeline, or its steps, that was read before. What the union began by itself
    (what a station lacks) has no applicant to whom a decision could go."""
    written = [each.letter.template for each in letters if each.withdrawn is None]
    found = owed(item, list(entries), written)
    if case.way != Way.INNER:
        return found
    return [each for each in found if each.template.to != "applicant"]


def code_digest(code: str) -> bytes:
    """By what a letter is found from its verification code."""
    return digest(CODE, code)


def find_by_code(typed: str) -> Standing | None:
    """The letter with the verification code somebody typed, however they wrote it. As background
    work; whoever asks is told no more than `services.letters.Verified`."""
    code = documents.typed_code(typed)
    if code is None:
        return None
    return find_standing(CaseLetter.objects.filter(code_digest__in=digests_of(CODE, code)))


def list_register(unions: Sequence[Union]) -> QuerySet[CaseLetter]:
    """The letters of `unions`, with their case and what became of them; in a viewer's scope, who
    may see fewer. Order by `REGISTER_ORDER`."""
    in_order = LetterRecord.objects.order_by("id")
    return (
        CaseLetter.objects.filter(union__in=unions)
        .select_related("case")
        .prefetch_related(Prefetch("records", queryset=in_order))
    )


def read_letter_figures(unions: Sequence[Union], account: Account) -> list[tuple[Union, Figures]]:
    """Of each of `unions` and all below it: how many letters reached employers and authorities, by
    kind, and were answered, and mended something.

    For `account` as if there were no letters in the cases that it is never shown, because of a tie
    to an employer or because they are about it: beside the register a number would tell of one
    (promise 1). Three queries, and one for the scope.
    """
    tied = tied_employers(account.pk)
    found = figures_of([union.pk for union in unions], families=(METRICS,))
    never = Q(case__accused_ids__overlap=tied) | Q(case__excluded_ids__contains=[account.pk])
    with protection.working("cases.register"):
        kept = count_letters(CaseLetter.objects.filter(never))
    told = []
    for union in unions:
        figures = Counter(found[union.pk])
        for (sender, metric), n in kept.items():
            if sender.path.startswith(union.path):
                figures[metric] -= n
        told.append((union, dict(+figures)))
    return told


def head_of(union: Union) -> Asked[LetterHead | None]:
    """The question for what stands on the letters of `union` now."""
    heads = LetterHead.objects.filter(union=union).select_related("seal").order_by("-id")
    return asked(heads[:1], lambda found: next(iter(found), None))


def find_head(union: Union) -> LetterHead | None:
    """Its answer. One query."""
    found: LetterHead | None = together(head_of(union))[0]
    return found


def origins_of(case: Case) -> Asked[list[Case]]:
    """The question for the cases that `case` was begun from. In a scope that sees them."""
    links = CaseLink.objects.filter(case=case, kind="follows").select_related(
        "other__applicant__person", "other__person", "other__handler"
    )
    return asked(links.order_by("id"), lambda found: [link.other for link in found])


def list_origins(case: Case) -> list[Case]:
    """The answer to `origins_of`. One query."""
    return list(together(origins_of(case))[0])


def list_followers(case: Case) -> list[Case]:
    """The cases that were begun from `case`. In a viewer's scope, who may see fewer."""
    links = CaseLink.objects.filter(other=case, kind="follows")
    return [
        link.case for link in links.select_related("case__item", "case__handler").order_by("id")
    ]
