"""How good a station is by the published rules, month by month."""

from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.organisations.models import Union
from niangjia.places.models.places import Place


class StarRating(models.Model):
    """The stars of a place by the facts of a month, or by hand with a reason.

    `findings` are the keys of the rules and whether each held, `facts` what they were judged by,
    `terms` how much was asked for (nothing: what the whole country asks for).
    Fewer stars than `before` are announced first: they count from `counts_from`, once nobody has
    objected until `objections_until`, or the objection was refused. Upheld, or overtaken by a
    newer one, it is `withdrawn_at`.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="star_ratings")
    month = models.DateField(help_text="its first day")
    stars = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField(null=True)
    rules = models.PositiveSmallIntegerField(null=True, help_text="version of the rules")
    findings = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="of stars given by hand")
    made_at = models.DateTimeField()
    by_account_id = models.UUIDField(null=True, help_text="who gave them by hand")
    objections_until = models.DateTimeField(null=True)
    counts_from = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "-made_at"], name="stars_by_place"),
            models.Index(
                fields=["objections_until"],
                name="stars_announced",
                condition=Q(counts_from=None, withdrawn_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month"],
                condition=Q(by_account_id=None),
                name="stars_once_a_month",
            ),
            models.CheckConstraint(name="stars_from_one_to_five", condition=Q(stars__range=(1, 5))),
            models.CheckConstraint(
                name="stars_by_hand_say_why",
                condition=Q(by_account_id=None, rules__isnull=False)
                | (Q(by_account_id__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="stars_fewer_are_announced",
                condition=Q(before=None)
                | Q(stars__gte=F("before"))
                | Q(objections_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.month} {self.stars}"

    @property
    def is_announced(self) -> bool:
        """Whether it does not count yet and may still be objected to or decided."""
        return self.counts_from is None and self.withdrawn_at is None


class StarObjection(models.Model):
    """Whoever keeps a place says why fewer stars would be wrong; the union above decides."""

    id = ids.primary_key()
    rating = models.OneToOneField(StarRating, models.PROTECT, related_name="objection")
    words = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_account_id = models.UUIDField()
    is_upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="star_objection_decided_says_how",
                condition=Q(decided_at=None, is_upheld=None, decided_by_account_id=None)
                | (
                    Q(decided_at__isnull=False, is_upheld__isnull=False)
                    & Q(decided_by_account_id__isnull=False)
                    & ~Q(answer="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.rating_id)


class StarTerms(models.Model):
    """How much a union asks for at the stations there and below (`rules.star_terms`); the nearest
    one above counts. Without any: what the whole country asks for."""

    id = ids.primary_key()
    union = models.OneToOneField(Union, models.PROTECT, related_name="+")
    area_two = models.PositiveSmallIntegerField()
    area_three = models.PositiveSmallIntegerField()
    area_four = models.PositiveSmallIntegerField()
    on_time_three = models.PositiveSmallIntegerField()
    on_time_four = models.PositiveSmallIntegerField()
    inspected_days = models.PositiveSmallIntegerField()
    extended = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by_account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="star_terms_rise",
                condition=Q(area_two__lte=F("area_three"), area_three__lte=F("area_four"))
                & Q(on_time_three__lte=F("on_time_four"), on_time_four__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union_id}: {self.area_four}"


class StarRun(models.Model):
    """Rating all stations by the facts of a month: how far it is. `after` is the last place."""

    id = ids.primary_key()
    month = models.DateField(unique=True)
    began_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.month} {self.done}/{self.total}"
