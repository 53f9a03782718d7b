"""An order stays kept from whoever its message was about, whatever its case says later (ADR 158)."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("niangjia.hotline.migrations.0002_protection").TRIGGER.split(
    "CREATE TRIGGER"
)[0]
BEFORE = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FOLLOW = BEFORE.replace(
    "excluded_ids = NEW.excluded_ids",
    "excluded_ids = ARRAY(SELECT DISTINCT unnest(o.excluded_ids || NEW.excluded_ids))",
)


class Migration(migrations.Migration):
    dependencies = [("hotline", "0009_kept"), ("cases", "0025_about_officers")]

    operations = [migrations.RunSQL(FOLLOW, BEFORE)]
