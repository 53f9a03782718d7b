from django.db import migrations

#: Those that were drawn up before there was a day for it are due a week after.
DUE = """
    UPDATE benefits_statement SET due_at = drawn_up_at + interval '7 days'
    WHERE state = 'drawn_up' AND due_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0005_refused_lists'),
    ]

    operations = [
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
