import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_audit_by_person_where_there_is_one'),
        ('places', '0012_locks'),
    ]

    operations = [
        migrations.AddField(
            model_name='place',
            name='cover_id',
            field=models.UUIDField(blank=True, help_text='the first photo of its page', null=True),
        ),
        migrations.CreateModel(
            name='PlacePhoto',
            fields=[
                ('key', niangjia.core.crypto.fields.EncryptedTextField()),
                ('width', models.PositiveIntegerField(help_text='pixels of the small one')),
                ('height', models.PositiveIntegerField(help_text='pixels of the small one')),
                ('added_at', models.DateTimeField()),
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('alt', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='from 0, on the page')),
                ('digest', models.CharField(help_text='SHA-256 of the clean picture', max_length=64)),
                ('shown_at', models.DateTimeField(help_text='since when everybody sees it', null=True)),
                ('looked_by_account_id', models.UUIDField(help_text='who let everybody see it', null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='places.place')),
                ('report', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='photo', to='places.report')),
                ('small', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'position'], name='place_photo_in_turn')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('report', None)), fields=('place', 'digest'), name='place_photo_once_on_a_page'), models.CheckConstraint(condition=models.Q(('report__isnull', False), models.Q(('shown_at__isnull', False), models.Q(('alt', ''), _negated=True)), _connector='OR'), name='place_photo_on_a_page_is_shown_and_described')],
            },
        ),
    ]
