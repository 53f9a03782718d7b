"""The working calendar's table: only the days that differ from Monday to Friday."""

from django.db import models

from niangjia.core import ids


class CalendarYear(models.Model):
    """A year whose arrangement of holidays has been published and entered.

    The State Council announces a year's days off in the autumn before. Until somebody has entered
    them, a deadline that falls in that year is a guess, and is shown as one.
    """

    id = ids.primary_key()
    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=120, help_text="the announcement or library it came from")

    def __str__(self) -> str:
        return str(self.year)


class WorkingDay(models.Model):
    """One day on which people work although it is a weekend, or rest although it is not.

    `province` is the two-digit GB/T 2260 prefix of a province with a rule of its own (such as
    Guangxi's 三月三), empty for the whole country. A province's row wins over the country's.
    """

    id = ids.primary_key()
    date = models.DateField()
    province = models.CharField(max_length=2, blank=True, default="", db_collation="C")
    is_working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="who announced it, and where")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["date", "province"], name="working_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
