import django.db.models.deletion
import niangjia.core.clock
import niangjia.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_verified_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('stored_at', models.DateTimeField(default=niangjia.core.clock.now)),
                ('suite', models.SmallIntegerField(help_text='which cipher suite seals head and chunks')),
                ('salt', models.BinaryField(help_text='tells this file from every other', max_length=16)),
                ('head', models.BinaryField(help_text='sealed: name, kind, size, digest, pages')),
                ('chunks', models.PositiveIntegerField(help_text='how many there are')),
            ],
        ),
        migrations.CreateModel(
            name='FileChunk',
            fields=[
                ('id', models.UUIDField(db_default=niangjia.core.ids.UUIDv7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(help_text='from 0')),
                ('sealed', models.BinaryField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='file_chunk_once')],
            },
        ),
        # What is sealed cannot be packed any smaller; trying to would cost time at every write.
        migrations.RunSQL(
            "ALTER TABLE core_filechunk ALTER COLUMN sealed SET STORAGE EXTERNAL",
            "ALTER TABLE core_filechunk ALTER COLUMN sealed SET STORAGE EXTENDED",
        ),
    ]
