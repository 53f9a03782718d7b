"""Hotlines: 12351 as a province or a city runs it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from niangjia.core import ids
from niangjia.hotline.models.topics import Category, Grade
from niangjia.organisations.models import Union


def always_checked() -> list[str]:
    """The classes whose every order is checked, until a line says otherwise."""
    return [Category.COMPLAINT]


class Line(models.Model):
    """The hotline of one union, under the number people dial there ("010-12351").

    How long an ordinary, a difficult and an especially complex matter may take is said separately
    (12351 workflow standard of the national federation, 2023); the day counts are published
    nowhere, so that each province sets its own and the defaults here are ours: working days, as in
    a city's 12345 rule. `urgent_minutes` is how long an urgent matter may wait for a person.
    """

    id = ids.primary_key()
    union = models.OneToOneField(Union, models.PROTECT, related_name="hotline")
    number = models.CharField(max_length=20, unique=True, db_collation="C")
    is_open = models.BooleanField(default=True)
    ordinary_days = models.PositiveSmallIntegerField(default=5)
    difficult_days = models.PositiveSmallIntegerField(default=15)
    complex_days = models.PositiveSmallIntegerField(default=30)
    urgent_minutes = models.PositiveSmallIntegerField(default=30)
    abusive_calls = models.PositiveSmallIntegerField(
        default=3, help_text="so many abusive calls from one number within `abusive_days` mark it"
    )
    abusive_days = models.PositiveSmallIntegerField(default=30)
    page_minutes = models.PositiveSmallIntegerField(
        default=5, help_text="after so many minutes without an answer the next person is paged"
    )
    answered_call_back_percent = models.PositiveSmallIntegerField(
        default=10, help_text="of what was answered on the spot, how many in a hundred are called"
    )
    quality_percent = models.PositiveSmallIntegerField(
        default=20, help_text="of what was called back, how many in a hundred are checked"
    )
    quality_always = ArrayField(
        models.CharField(max_length=12), default=always_checked, help_text="classes checked whole"
    )
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hotline_line_terms_grow",
                condition=models.Q(
                    ordinary_days__gte=1,
                    difficult_days__gte=models.F("ordinary_days"),
                    complex_days__gte=models.F("difficult_days"),
                    urgent_minutes__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="hotline_line_shares_are_percent",
                condition=models.Q(
                    page_minutes__gte=1,
                    quality_percent__lte=100,
                    answered_call_back_percent__lte=100,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def days_for(self, grade: str) -> int:
        """The working days a matter of this grade may take here."""
        return {
            Grade.ORDINARY: self.ordinary_days,
            Grade.DIFFICULT: self.difficult_days,
            Grade.COMPLEX: self.complex_days,
        }[Grade(grade)]
