import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0006_calendars'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgrammePage',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('programme', models.CharField(db_collation='C', max_length=24)),
                ('summary', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('is_made_up', models.BooleanField(default=False, help_text='for the demonstration')),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
        ),
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(db_collation='C', max_length=16)),
                ('key', models.CharField(db_collation='C', max_length=64)),
                ('words', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='activities.programmepage')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.AddConstraint(
            model_name='programmepage',
            constraint=models.UniqueConstraint(fields=('programme', 'union'), name='programme_page_one_of_union'),
        ),
        migrations.AddConstraint(
            model_name='programmepage',
            constraint=models.CheckConstraint(condition=models.Q(('retired_at__isnull', True), ('published_at__isnull', False), _connector='OR'), name='programme_page_retired_was_published'),
        ),
        migrations.AddConstraint(
            model_name='programmeitem',
            constraint=models.UniqueConstraint(fields=('page', 'kind', 'key'), name='programme_item_once'),
        ),
    ]
