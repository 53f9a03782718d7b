"""Whom at a union a case is about: the unions, beside the accounts it is kept from (ADR 158).

Whoever is complained about is tied to the complaint as its employer's people are: what rooms below
keep from "the tied" (ratings, and what is mended after them) is kept from them by the same rule. So
`members_tied_employers` answers the account itself as well. No employer has an account's id.
"""

from importlib import import_module

import django.contrib.postgres.fields
from django.db import migrations, models

BEFORE = import_module("niangjia.members.migrations.0007_ties_that_were").TIED
TIED = BEFORE.replace(
    "SELECT coalesce(array_agg(id), '{}') FROM tied", "SELECT array_agg(id) || asked FROM tied"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_no_survey"), ("members", "0010_accounts_stay")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="about_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="unions at which somebody works it is about",
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("about_ids", []), _negated=True),
                fields=["id"],
                name="case_about_officers",
            ),
        ),
        migrations.RunSQL(TIED, BEFORE),
    ]
