import django.contrib.postgres.fields
import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hotline', '0006_asked_by_key'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.AddField(
            model_name='workorder',
            name='told',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text="how it was counted in its month's tallies, once they were written", null=True, size=None),
        ),
        migrations.AddField(
            model_name='workorder',
            name='told_unit',
            field=models.ForeignKey(help_text='and where', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.CreateModel(
            name='MonthTally',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('channel', models.CharField(choices=[('phone', 'Phone'), ('portal', 'Message'), ('paper', 'Letter on paper')], max_length=8)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('settled', models.PositiveIntegerField(default=0)),
                ('on_time', models.PositiveIntegerField(default=0)),
                ('handed', models.PositiveIntegerField(default=0)),
                ('called', models.PositiveIntegerField(default=0)),
                ('rated', models.PositiveIntegerField(default=0)),
                ('satisfied', models.PositiveIntegerField(default=0)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hotline.topic')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'union', 'topic', 'channel'), name='hotline_month_tally_once'), models.CheckConstraint(condition=models.Q(('day__day', 1)), name='hotline_month_tally_from_the_first')],
            },
        ),
    ]
