"""By what a case is found, without saying what was said in it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from niangjia.cases.models.cases import Case


class CaseSearch(models.Model):
    """What one case is found by (ADR 64). `words` are keyed digests, 32 bits each, of every pair of
    characters and every word its applicant wrote, and of the name and the number they left.
    `marks` stand for where it lies, its week, service, employers, officer and person; the database
    writes them itself from the case and keeps them true. No account reads a row: they are asked by
    `cases_found`, which answers with the cases that whoever looks may see.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    words = ArrayField(models.IntegerField(), default=list)
    marks = ArrayField(models.IntegerField(), default=list, editable=False)
    made_under = models.PositiveSmallIntegerField(
        help_text="the suite and the digest key of the words: see `selectors.search_terms`"
    )

    class Meta:
        indexes = [
            # No pending list: each of a search's probes would read all of it.
            GinIndex(fields=["words", "marks"], name="case_search_keys", fastupdate=False),
            models.Index(fields=["made_under"], name="case_search_made_under"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
