"""Merchants, their shops, and who stands at the till."""

from django.db import models
from django.db.models import Q

from niangjia.benefits.models.choices import MerchantState
from niangjia.core import ids
from niangjia.members.models import Account, RoleLink
from niangjia.organisations.models import Union
from niangjia.regions.models import Division


class Merchant(models.Model):
    """A business that takes the coupons of a union and of the unions below it, by contract."""

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, db_collation="C", help_text="as on the business licence")
    trade = models.CharField(max_length=60, blank=True, help_text="what it sells, in words")
    state = models.CharField(
        max_length=10, choices=MerchantState, default=MerchantState.ACTIVE, db_index=False
    )
    since_date = models.DateField()
    reason = models.CharField(max_length=300, blank=True, help_text="of the state it is in")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["union", "uscc"],
                condition=~Q(state=MerchantState.ENDED),
                name="merchant_contracted_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Shop(models.Model):
    """One place where a merchant takes coupons."""

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="shops")
    name = models.CharField(max_length=120)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    longitude = models.FloatField(null=True, blank=True, help_text="degrees, WGS-84")
    latitude = models.FloatField(null=True, blank=True, help_text="degrees, WGS-84")
    opening_hours = models.CharField(
        max_length=200, blank=True, help_text="in OpenStreetMap's opening_hours syntax"
    )
    closed_at = models.DateTimeField(null=True, help_text="since then it takes none any more")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "name"],
                condition=Q(closed_at__isnull=True),
                name="shop_name_once_at_its_merchant",
            ),
            models.CheckConstraint(
                name="shop_point_whole",
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(
                    longitude__gte=-180,
                    longitude__lte=180,
                    latitude__gte=-90,
                    latitude__lte=90,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Cashier(models.Model):
    """An account that takes coupons at a shop. Ended ones stay as history."""

    id = ids.primary_key()
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="cashiers")
    account = models.ForeignKey(Account, models.PROTECT, related_name="tills")
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_manager = models.BooleanField(
        default=False, help_text="names cashiers, confirms statements, takes back what was taken"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "account"],
                condition=Q(ended_at__isnull=True),
                name="cashier_once_at_a_shop",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.shop_id}"


class TillInvitation(RoleLink):
    """A link by which one person becomes a cashier."""

    role = "cashier"

    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+")
    is_manager = models.BooleanField(default=False)
    cashier = models.OneToOneField(
        Cashier, models.PROTECT, null=True, related_name="invitation", help_text="who took it"
    )

    def __str__(self) -> str:
        return str(self.shop_id)
