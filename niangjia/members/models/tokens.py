"""Tokens: what a person's own programs sign in with."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.members.models.accounts import Account


class Scope(models.TextChoices):
    """What a token is for. It never can more than its owner."""

    READ = "read", _("Read what I can see")
    WRITE = "write", _("Change what I can change")
    DESK = "desk", _("Act in my posts")


class ApiToken(models.Model):
    """One token. Its text is shown once; the database has its SHA-256 alone (it is 256 random bits,
    so that nothing can be tried). `hint` is the end of the text, to tell tokens apart.
    """

    id = ids.primary_key()
    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=4)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope))
    with_second_factor = models.BooleanField(
        default=False, help_text="made in a session that had shown a second factor"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-created_at"], name="token_by_account")]

    def __str__(self) -> str:
        return f"…{self.hint}"
