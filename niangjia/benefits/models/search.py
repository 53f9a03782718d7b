"""What the search for shops reads: one row for each shop that takes coupons."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func

from niangjia.benefits.models.merchants import Shop


class ShopSearch(models.Model):
    """The index entry of one open shop of an active merchant; `services.index_shops` keeps it in
    step. A shop without a point of its own stands at its division's. `easting` and `northing` are
    that point on Mercator's plane (see `rules.positions` of organisations)."""

    shop = models.OneToOneField(Shop, models.CASCADE, primary_key=True, related_name="entry")
    easting = models.FloatField()
    northing = models.FloatField()
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    is_approximate = models.BooleanField(help_text="the point is the division's, not its own")
    tokens = SearchVectorField()

    class Meta:
        indexes = [
            GistIndex(
                Func(F("easting"), F("northing"), function="point"), name="shop_search_point"
            ),
            GinIndex(fields=["tokens"], name="shop_search_tokens", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.shop_id)
