import django.db.models.deletion
import niangjia.core.crypto.fields
import niangjia.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0008_certificates'),
        ('core', '0006_audit_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='takes_photos',
            field=models.BooleanField(default=False, help_text='photos are shown; whoever signs up is asked'),
        ),
        migrations.AddField(
            model_name='signup',
            name='photos_at',
            field=models.DateTimeField(help_text='when they agreed to be seen in photos', null=True),
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('alt', models.CharField(max_length=120)),
                ('key', niangjia.core.crypto.fields.EncryptedTextField()),
                ('width', models.PositiveIntegerField(help_text='pixels of the small one')),
                ('height', models.PositiveIntegerField(help_text='pixels of the small one')),
                ('added_at', models.DateTimeField()),
                ('hidden_at', models.DateTimeField(help_text='since somebody asked for it', null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='activities.session')),
                ('small', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='PhotoRequest',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('words', niangjia.core.crypto.fields.EncryptedTextField(null=True)),
                ('made_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_upheld', models.BooleanField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='activities.photo')),
            ],
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['session', 'id'], name='photo_by_session'),
        ),
        migrations.AddConstraint(
            model_name='photorequest',
            constraint=models.UniqueConstraint(fields=('photo', 'account'), name='photo_request_once'),
        ),
        migrations.AddConstraint(
            model_name='photorequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_upheld__isnull', True)), models.Q(('decided_at__isnull', False), ('is_upheld__isnull', False)), _connector='OR'), name='photo_request_decided_says_how'),
        ),
    ]
