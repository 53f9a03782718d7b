import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0016_one_visitor'),
    ]

    operations = [
        migrations.AddField(
            model_name='visitday',
            name='hours',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), null=True, size=24),
        ),
    ]
