import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0011_search'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='worker_kinds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('courier', 'Couriers and food delivery riders'), ('driver', 'Ride-hailing and truck drivers'), ('live_commerce', 'Live commerce hosts and online sellers'), ('domestic', 'Domestic and care workers'), ('casual', 'Casual and self-employed workers'), ('employee', 'Employees whose employer has no union'), ('outdoors', 'Members who work outdoors, as their union says')], max_length=16), blank=True, default=list, size=None),
        ),
    ]
