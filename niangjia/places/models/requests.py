"""What people ask a union to bring to a place, and how visits were rated."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.members.models import Account
from niangjia.places.models.choices import Asked
from niangjia.places.models.places import Place

OPEN = (Asked.ASKED, Asked.ON_WAY)


class SupplyRequest(models.Model):
    """Something that is used up or missing at a place. Whoever asks for the same again joins in.

    `key` says what "the same" is: a facility of `rules.facilities`, or the words. `asks` counts
    everybody; `SupplyAsker` only who is to be told. `due_at`: by when the union answers. Where it
    has not, the union that may see to it has a case (`cases` opens it, which this room does not
    know): `case_id`, and the number that officers read.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="supply_requests")
    what = models.CharField(max_length=60)
    facility = models.CharField(max_length=16, blank=True)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=Asked, default=Asked.ASKED)
    asks = models.PositiveIntegerField(default=1)
    by_keeper = models.BooleanField(default=False, help_text="a keeper of the place asks as well")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expected_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="why it is not brought")
    due_at = models.DateTimeField(help_text="by when the union answers")
    raised_at = models.DateTimeField(null=True, help_text="when nobody had answered")
    case_id = models.UUIDField(null=True, unique=True, editable=False)
    case_number = models.CharField(max_length=16, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["place", "-id"], name="supply_request_by_place"),
            models.Index(
                fields=["due_at"],
                condition=Q(state=Asked.ASKED, raised_at=None),
                name="supply_request_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "key"],
                condition=Q(state__in=OPEN),
                name="supply_request_once_while_open",
            ),
            models.CheckConstraint(
                name="supply_request_declined_says_why",
                condition=Q(state=Asked.DECLINED) & ~Q(reason="")
                | ~Q(state=Asked.DECLINED) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="supply_request_case_has_number",
                condition=Q(case_id=None, case_number="")
                | Q(case_id__isnull=False, raised_at__isnull=False) & ~Q(case_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class SupplyAsker(models.Model):
    """Somebody who is told what becomes of a request; deleted a month after it ended."""

    id = ids.primary_key()
    request = models.ForeignKey(SupplyRequest, models.CASCADE, related_name="askers")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "account"], name="supply_asker_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.account_id}"


class RatedVisit(models.Model):
    """A rating of a place, without who gave it: what the score on its page is made of.

    The id is what `feedback` knows the subject by; the same visitor's in the same week is the same.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    place = models.ForeignKey(Place, models.CASCADE, related_name="rated_visits")
    asked_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "rated_at"], name="rated_visit_by_place")]
        constraints = [
            models.CheckConstraint(
                name="rated_visit_says_when",
                condition=Q(level=None, rated_at=None)
                | Q(level__range=(1, 5), rated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.level}"
