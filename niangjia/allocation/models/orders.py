"""The order in which whoever entered a pool was served, as it was published."""

from django.db import models

from niangjia.allocation.models.pools import Pool


class ServedOrder(models.Model):
    """`rules.ordering.order_file`, written as the order was made and never changed: a trigger sees
    to it."""

    pool = models.OneToOneField(Pool, models.PROTECT, primary_key=True, related_name="served_order")
    file = models.TextField()

    def __str__(self) -> str:
        return str(self.pool_id)
