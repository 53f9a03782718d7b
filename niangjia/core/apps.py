from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "niangjia.core"
    label = "core"

    def ready(self) -> None:
        post_migrate.connect(seed, sender=self)


def seed(*, using: str, **_signal: Any) -> None:
    """Fill the tables that start with reference data, once they are there."""
    from niangjia.core import working_calendar
    from niangjia.core.models import CalendarYear

    if CalendarYear._meta.db_table in connections[using].introspection.table_names():
        working_calendar.seed_working_days()
