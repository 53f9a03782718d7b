import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('allocation', '0008_also_reach'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.CreateModel(
            name='DrawReminder',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='pool',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', True), ('decided_at__isnull', True), ('mode', 'draw')), fields=['closes_at'], name='pool_to_be_drawn'),
        ),
        migrations.AddField(
            model_name='drawreminder',
            name='pool',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='draw_reminders', to='allocation.pool'),
        ),
        migrations.AddIndex(
            model_name='drawreminder',
            index=models.Index(fields=['pool', '-at'], name='draw_reminder_of_pool'),
        ),
    ]
