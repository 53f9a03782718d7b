"""What the search for activities by words reads."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from niangjia.activities.models.activities import Activity


class ActivitySearch(models.Model):
    """The index entry of one published activity; `services.indexing` keeps it in step."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="entry"
    )
    tokens = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="activity_search_tokens", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.activity_id)
