from django.db import migrations, models

from niangjia.core.crypto import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("activities", "0015_run_asked_at")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="questions",
            field=models.JSONField(
                default=list, help_text="what it asks besides, as `rules.questions` reads it"
            ),
        ),
        migrations.AddField(
            model_name="companion", name="answers", field=EncryptedTextField(null=True)
        ),
    ]
