"""What is counted up the two trees: a ledger of changes and the totals folded from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.organisations.models.unions import Union


class Tree(models.TextChoices):
    """Which of the two trees a total is added up along."""

    TERRITORY = "territory", _("Territorial tree")
    INDUSTRY = "industry", _("Industrial tree")


class Figure(models.Model):
    """What one union's subtree adds up to, as folded so far: see `FigureChange`."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="figures")
    tree = models.CharField(max_length=10, choices=Tree, db_collation="C")
    metric = models.CharField(max_length=40, db_collation="C")
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["union", "tree", "metric"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.metric}={self.value}"


class FigureChange(models.Model):
    """A change not yet folded into the figures above it. Written in the transaction of its cause,
    so that a reader who adds the changes to the figures is exact at once, while no two writers ever
    wait for each other at the top of the tree."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="+")
    metric = models.CharField(max_length=40, db_collation="C")
    change = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.metric}{self.change:+}"
