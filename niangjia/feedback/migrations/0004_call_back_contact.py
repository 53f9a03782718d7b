import niangjia.core.crypto.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0003_protection'),
    ]

    operations = [
        migrations.AddField(
            model_name='callback',
            name='contact',
            field=niangjia.core.crypto.fields.EncryptedTextField(null=True),
        ),
    ]
