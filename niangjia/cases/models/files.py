"""Files that belong to a case, or to a form that is being filled in."""

from django.db import models
from django.db.models import Q

from niangjia.cases.models.cases import Case
from niangjia.cases.models.drafts import CaseDraft
from niangjia.cases.models.entries import CaseEntry
from niangjia.core import ids
from niangjia.core.models import StoredFile


class CaseFile(models.Model):
    """One file, sealed under the key of the case or the draft that it belongs to.

    Kept the moment it arrives, so that a form with a mistake, or a line that breaks, costs nobody
    the upload; `entry` is what it was handed in with, and none while it is not handed in. `slot` is
    the question or material it answers. `account_id` is the officer who added it; an applicant's
    (`is_applicants`) names nobody. Whatever deletes the row, a trigger deletes the file.
    """

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="files")
    draft = models.ForeignKey(CaseDraft, models.CASCADE, null=True, related_name="files")
    entry = models.ForeignKey(CaseEntry, models.PROTECT, null=True, related_name="files")
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    slot = models.CharField(max_length=60, db_collation="C")
    account_id = models.UUIDField(null=True)
    is_applicants = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False, help_text="whether the applicant sees it")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["added_at"], condition=Q(entry__isnull=True), name="case_file_not_handed_in"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="case_file_of_a_case_or_a_draft",
                condition=Q(case__isnull=False, draft__isnull=True)
                | Q(case__isnull=True, draft__isnull=False, entry__isnull=True),
            ),
            models.CheckConstraint(
                name="case_file_of_applicant_names_nobody",
                condition=Q(is_applicants=True, account_id__isnull=True)
                | Q(is_applicants=False, account_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id or self.draft_id} {self.slot}"
