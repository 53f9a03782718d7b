import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0004_co_organisers'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchTerms',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='match_terms', serialize=False, to='activities.activity')),
                ('hours', models.PositiveSmallIntegerField()),
                ('most', models.PositiveSmallIntegerField()),
                ('days', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='MatchWindow',
            fields=[
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='match_window', serialize=False, to='activities.run')),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('settled_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='MatchGuest',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('contact', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('single_at', models.DateTimeField(help_text='when they said that they are single')),
                ('agreed_at', models.DateTimeField(help_text='to be shown to whom they chose and who chose them')),
                ('left_at', models.DateTimeField(null=True)),
                ('excluded_at', models.DateTimeField(null=True)),
                ('sign_up', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='match_guest', to='activities.signup')),
                ('window', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='activities.matchwindow')),
            ],
        ),
        migrations.CreateModel(
            name='MatchChoice',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', niangjia.core.crypto.fields.EncryptedTextField()),
                ('made_at', models.DateTimeField()),
                ('guest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='activities.matchguest')),
            ],
        ),
        migrations.CreateModel(
            name='MatchBlock',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', niangjia.core.crypto.fields.EncryptedTextField()),
                ('made_at', models.DateTimeField()),
                ('guest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='activities.matchguest')),
            ],
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.matchguest')),
                ('two', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.matchguest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'two'), name='match_once'), models.CheckConstraint(condition=models.Q(('one', models.F('two')), _negated=True), name='match_of_two')],
            },
        ),
        migrations.CreateModel(
            name='MatchReport',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('words', niangjia.core.crypto.fields.EncryptedTextField()),
                ('made_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_upheld', models.BooleanField(null=True)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reported', to='activities.matchguest')),
                ('guest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='activities.matchguest')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['id'], name='match_report_open')],
            },
        ),
        migrations.AddConstraint(
            model_name='matchguest',
            constraint=models.UniqueConstraint(fields=('window', 'number'), name='match_guest_one_number'),
        ),
        migrations.AddConstraint(
            model_name='matchguest',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('contact__isnull', True), _connector='OR'), name='match_guest_leaves_no_contact'),
        ),
    ]
