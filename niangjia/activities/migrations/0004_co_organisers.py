import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0003_thrown_away'),
        ('organisations', '0005_past_employers'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoOrganiser',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('invited', 'Invited, not answered yet'), ('accepted', 'Takes part'), ('declined', 'Declined'), ('left', 'No longer takes part')], default='invited', max_length=8)),
                ('part', models.CharField(choices=[('named', 'Is named on the page'), ('list', 'Also sees who comes'), ('door', 'Also notes who came')], default='named', max_length=5)),
                ('opens', models.BooleanField(default=True)),
                ('words', models.CharField(blank=True, help_text='to whom is asked', max_length=300)),
                ('reason', models.CharField(blank=True, help_text='why not, or no longer', max_length=300)),
                ('invited_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='co_organisers', to='activities.activity')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union')),
            ],
            options={
                'indexes': [models.Index(fields=['union', '-id'], name='co_organiser_by_union')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['invited', 'accepted'])), fields=('activity', 'union'), name='co_organiser_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['invited', 'accepted'])), models.Q(('ended_at__isnull', False), ('state__in', ['declined', 'left'])), _connector='OR'), name='co_organiser_ended_says_when')],
            },
        ),
        # Whoever was named before had been asked by word of mouth; nothing was opened to anybody.
        migrations.RunSQL(
            """
            INSERT INTO activities_coorganiser
                (id, activity_id, union_id, state, part, opens, words, reason, invited_at,
                 answered_at)
            SELECT uuidv7(), activity.id, link.union_id, 'accepted', 'named', false, '', '',
                   activity.created_at, activity.created_at
            FROM activities_activity_co_organisers link
            JOIN activities_activity activity ON activity.id = link.activity_id
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(
            model_name='activity',
            name='co_organisers',
        ),
    ]
