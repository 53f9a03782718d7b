"""Activities as a union plans and publishes them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from niangjia.activities.models.choices import Kind, State
from niangjia.allocation.models import ClaimantKind, Mode
from niangjia.core import ids
from niangjia.organisations.models import Union
from niangjia.regions.models import Division


class Activity(models.Model):
    """Something that a union puts on. What one signs up for are its runs.

    `seen_by`: only members of that union and those below it find it; without, everybody does.
    `open_to`: the same for who may sign up. `starts_at`, `ends_at` and the point follow from the
    sessions, so that lists need not look at them.
    """

    id = ids.primary_key()
    number = models.CharField(max_length=12, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=14, choices=Kind)
    programme = models.CharField(max_length=24, blank=True, db_collation="C")
    name = models.CharField(max_length=60)
    summary = models.CharField(max_length=120)
    text = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    seen_by = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    open_to = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    worker_kinds = ArrayField(
        models.CharField(max_length=16, choices=ClaimantKind), default=list, blank=True
    )
    needs_real_name = models.BooleanField(default=False)
    member_days = models.PositiveSmallIntegerField(
        default=0, help_text="for how many days one must have been a member"
    )
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)

    mode = models.CharField(max_length=12, choices=Mode, default=Mode.FIRST_COME)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    has_waiting_list = models.BooleanField(default=True)
    confirm_hours = models.PositiveSmallIntegerField(
        default=0,
        help_text="how long a seat given by lot or approval is kept to be confirmed; 0: not asked",
    )
    companions_max = models.PositiveSmallIntegerField(
        default=0, help_text="people that one may bring along; each takes a seat"
    )
    team_min = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="people in a team; empty: one signs up by oneself"
    )
    team_max = models.PositiveSmallIntegerField(null=True, blank=True)
    seats_by_team = models.BooleanField(
        default=False, help_text="a team takes one seat, not one for each of its people"
    )
    team_wait_hours = models.PositiveSmallIntegerField(
        default=0, help_text="so long after sign-up a team that is too small is waited for"
    )
    asks_emergency = models.BooleanField(default=False, help_text="whom to call in an emergency")
    asks_identity = models.BooleanField(
        default=False, help_text="identity numbers of companions, for the insurance"
    )
    health_words = models.CharField(
        max_length=300, blank=True, help_text="what one declares about one's health; empty: nothing"
    )
    takes_photos = models.BooleanField(
        default=False, help_text="photos are shown; whoever signs up is asked"
    )
    questions = models.JSONField(
        default=list, help_text="what it asks besides, as `rules.questions` reads it"
    )
    fee_fen = models.PositiveIntegerField(default=0, help_text="for each person, paid on the spot")
    phone = models.CharField(max_length=30, blank=True, help_text="the office's, public")

    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    longitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    latitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_made_up = models.BooleanField(default=False, help_text="for the demonstration")

    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["starts_at", "id"],
                condition=Q(state=State.PUBLISHED),
                name="activity_by_start",
            ),
            models.Index(
                fields=["latitude"], condition=Q(state=State.PUBLISHED), name="activity_by_latitude"
            ),
            models.Index(fields=["union", "-id"], name="activity_by_union"),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_published_is_whole",
                condition=(Q(published_at__isnull=True) & ~Q(state=State.PUBLISHED))
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    published_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="activity_opens_before_it_closes",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
            ),
            models.CheckConstraint(
                name="activity_teams_in_order",
                condition=Q(team_min__isnull=True, team_max__isnull=True)
                | Q(
                    team_min__isnull=False,
                    team_max__isnull=False,
                    team_min__gte=2,
                    team_max__gte=F("team_min"),
                    companions_max=0,
                ),
            ),
            models.CheckConstraint(
                name="activity_cancelled_says_when",
                condition=Q(state=State.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=State.CANCELLED) & Q(cancelled_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_hidden(self) -> bool:
        """Whether nobody but its officers ever sees it: a draft, thrown away or not."""
        return self.published_at is None

    @property
    def takes_teams(self) -> bool:
        """Whether one signs up as the captain of a team."""
        return self.team_max is not None

    @property
    def fee_yuan(self) -> str:
        """The fee as people write it: 20, or 9.90."""
        yuan, fen = divmod(self.fee_fen, 100)
        return f"{yuan}.{fen:02d}" if fen else str(yuan)

    @property
    def kilometres(self) -> str:
        """How far it is, where the list was asked from a point."""
        return f"{getattr(self, 'metres', 0) / 1000:.1f}"
