from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("allocation", "0013_served_orders")]

    operations = [
        migrations.AddField(
            model_name="gate",
            name="shut_at",
            field=models.DateTimeField(help_text="when its occasion was called off", null=True),
        ),
    ]
