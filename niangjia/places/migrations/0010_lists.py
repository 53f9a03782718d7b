import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_past_employers'),
        ('places', '0009_requests'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListRow',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(help_text='in the file; the headings are 1')),
                ('cells', models.JSONField()),
                ('values', models.JSONField(default=dict)),
                ('mended', models.JSONField(default=list, help_text='what an officer let us put right')),
                ('name', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('longitude', models.FloatField(null=True)),
                ('latitude', models.FloatField(null=True)),
                ('state', models.CharField(choices=[('unread', 'Not read yet'), ('wrong', 'To be corrected'), ('asked', 'May be there already'), ('ready', 'Can be entered'), ('known', 'Is there already, all the same'), ('skipped', 'Left out'), ('made', 'Entered anew'), ('updated', 'Brought up to date')], default='unread', max_length=8)),
                ('problems', models.JSONField(default=list)),
                ('likes', models.JSONField(default=list)),
                ('is_another', models.BooleanField(default=False, help_text='somebody said it is none of them')),
                ('same_row', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PlaceList',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('by_account_id', models.UUIDField()),
                ('reach_path', models.CharField(help_text='of the post it was sent by', max_length=160)),
                ('reach_below', models.BooleanField()),
                ('name', models.CharField(help_text='of the file', max_length=100)),
                ('sha256', models.CharField(help_text='of what its rows say', max_length=64)),
                ('headings', models.JSONField()),
                ('columns', models.JSONField(default=dict)),
                ('system', models.CharField(blank=True, max_length=5)),
                ('kind', models.CharField(choices=[('station', 'Service station'), ('drivers_home', "Drivers' home"), ('palace', 'Palace of culture'), ('nursing_room', 'Nursing room'), ('studio', 'Innovation studio'), ('office', 'Service centre')], default='station', max_length=14)),
                ('hours', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('sent', 'Say what its columns mean'), ('reading', 'Being read'), ('read', 'To be looked through'), ('entering', 'Being entered'), ('done', 'All entered'), ('dropped', 'Thrown away')], default='sent', max_length=8)),
                ('total', models.PositiveIntegerField(help_text='rows')),
                ('done', models.PositiveIntegerField(default=0, help_text='of the step that is under way')),
                ('due', models.PositiveIntegerField(default=0, help_text='rows of the step under way')),
                ('sent_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['latitude', 'longitude'], name='place_by_point'),
        ),
        migrations.AddField(
            model_name='listrow',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place'),
        ),
        migrations.AddField(
            model_name='listrow',
            name='same_as',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place'),
        ),
        migrations.AddField(
            model_name='placelist',
            name='union',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.union'),
        ),
        migrations.AddField(
            model_name='listrow',
            name='place_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='places.placelist'),
        ),
        migrations.AddIndex(
            model_name='placelist',
            index=models.Index(fields=['union', '-id'], name='place_list_by_union'),
        ),
        migrations.AddConstraint(
            model_name='placelist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['done', 'dropped'])), models.Q(models.Q(('state__in', ['done', 'dropped']), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='place_list_ends_in_time'),
        ),
        migrations.AddIndex(
            model_name='listrow',
            index=models.Index(fields=['place_list', 'state', 'number'], name='list_row_by_state'),
        ),
        migrations.AddIndex(
            model_name='listrow',
            index=models.Index(fields=['place_list', 'latitude'], name='list_row_by_latitude'),
        ),
        migrations.AddConstraint(
            model_name='listrow',
            constraint=models.UniqueConstraint(fields=('place_list', 'number'), name='list_row_once'),
        ),
    ]
