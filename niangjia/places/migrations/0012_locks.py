import django.db.models.deletion
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0011_siting_choices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='which door', max_length=40)),
                ('made_at', models.DateTimeField()),
                ('pairing_digest', models.BinaryField(max_length=32, null=True, unique=True)),
                ('pairing_until', models.DateTimeField(null=True)),
                ('token_digest', models.BinaryField(max_length=32, null=True, unique=True)),
                ('paired_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(help_text='when it last asked or told something', null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locks', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='DoorEvent',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('said', models.CharField(choices=[('opened', 'Opened for a member'), ('used', 'The same code was shown again'), ('shut', 'Shown while it was shut'), ('not_good', 'A code that is not good here, or no longer'), ('no_code', 'Something that is no code'), ('out_of_date', 'The lock was too long without a network'), ('forced', 'The door was forced')], max_length=12)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('lock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='places.lock')),
            ],
        ),
        migrations.AddConstraint(
            model_name='lock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paired_at', None), ('token_digest', None)), models.Q(('paired_at__isnull', False), ('token_digest__isnull', False)), _connector='OR'), name='lock_paired_has_token'),
        ),
        migrations.AddIndex(
            model_name='doorevent',
            index=models.Index(fields=['lock', '-at'], name='door_event_by_lock'),
        ),
    ]
