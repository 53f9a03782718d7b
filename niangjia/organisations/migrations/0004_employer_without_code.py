from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0003_merged_employers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="employer",
            name="uscc",
            field=models.CharField(
                blank=True, db_collation="C", max_length=18, null=True, unique=True
            ),
        ),
    ]
